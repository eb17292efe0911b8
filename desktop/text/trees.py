"""The vote: decision trees over the numbers of a block, each adding a little for or against it.

Surprising: `weights.py` is text, ``(first 0.5 (links 0.3 0.2 -0.4) 1.1)``: up to 0.5 of ``first`` go left,
else right. At the first page it becomes one Python expression, which answers three times as fast as a walk.
"""

import re
from collections.abc import Callable
from functools import cache
from math import exp

from desktop.text.features import NAMES
from desktop.text.weights import BASE, TREES

Node = float | tuple[int, float, "Node", "Node"]
_PART = re.compile(r"[()]|[^\s()]+")


def votes_of(rows: list[list[float]]) -> list[float]:
    """0–1 for each row: how likely the block belongs to the page's content."""
    total = _total()
    return [1.0 / (1.0 + exp(-max(-30.0, min(30.0, total(row))))) for row in rows]


@cache
def _total() -> Callable[[list[float]], float]:
    """The sum of all trees for one row. Only numbers and brackets of our own get into the expression."""
    terms = [repr(BASE), *(_expression(parse_tree(text)) for text in TREES)]
    found: Callable[[list[float]], float] = eval(f"lambda row: {' + '.join(terms)}", {"__builtins__": {}})
    return found


def _expression(node: Node) -> str:
    if not isinstance(node, tuple):
        return repr(node)
    place, threshold, left, right = node
    return f"({_expression(left)} if row[{place}] <= {threshold!r} else {_expression(right)})"


def parse_tree(text: str) -> Node:
    """The tree that a line of the table stands for. Raises ValueError for a feature that does not exist."""
    parts = iter(_PART.findall(text))

    def read(part: str) -> Node:
        if part != "(":
            return float(part)
        feature, threshold = NAMES.index(next(parts)), float(next(parts))
        left, right = read(next(parts)), read(next(parts))
        next(parts)
        return (feature, threshold, left, right)

    return read(next(parts))
