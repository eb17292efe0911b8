"""The vote: decision trees over the numbers of a block, each adding a little for or against it.

Surprising: `weights.py` is text, ``(first 0.5 (links 0.3 0.2 -0.4) 1.1)``: up to 0.5 of ``first`` go left,
else right. It is read once, at the first page.
"""

import re
from functools import cache
from math import exp

from desktop.text.features import NAMES
from desktop.text.weights import BASE, TREES

Node = float | tuple[int, float, "Node", "Node"]
_PART = re.compile(r"[()]|[^\s()]+")


def votes_of(rows: list[list[float]]) -> list[float]:
    """0–1 for each row: how likely the block belongs to the page's content."""
    trees = _trees()
    found = []
    for row in rows:
        total = BASE
        for node in trees:
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        found.append(1.0 / (1.0 + exp(-max(-30.0, min(30.0, total)))))
    return found


@cache
def _trees() -> tuple[Node, ...]:
    return tuple(parse_tree(text) for text in TREES)


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
