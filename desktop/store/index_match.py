"""From the tree of a question to an FTS5 expression. What a person typed never reaches FTS5 unquoted.

Surprising: filters are words too. Each row of the index bears key terms such as "tag 17" in a column of its
own; they begin with a private character that `text.folding` takes out of every text, so they meet no word.
"""

from desktop.errors import Bug
from desktop.store.query import And, Keys, Node, Not, Or, Word
from desktop.text.folding import is_paired, searchable

SIGN = "\ue000"
EVERY = f"{SIGN}a"
"""Every row bears it."""
_NONE = f"{SIGN}none"


def key(kind: str, value: object) -> str:
    """The term of one fact: ``key("t", 17)`` for tag 17."""
    return f"{SIGN}{kind}{value}"


def expression(node: Node | None) -> str:
    """For MATCH. None asks for everything. The tree must be resolved: no `Filter`, no `Dates`."""
    return _quoted(EVERY) if node is None else _of(node)


def word(asked: Word) -> str:
    """One word or phrase, quoted."""
    text = searchable(asked.text).replace('"', " ")
    is_prefix = asked.is_prefix or (text[-2:-1] in ("", " ") and is_paired(text[-1:]))
    column = f"{asked.column} : " if asked.column else ""
    return f'{column}"{text}"{" *" if is_prefix else ""}'


def _of(node: Node) -> str:
    if isinstance(node, Word):
        return word(node)
    if isinstance(node, Keys):
        terms = [_quoted(term) for term in node.terms or (_NONE,)]
        return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"
    if isinstance(node, And):
        return _all(node.parts)
    if isinstance(node, Or):
        return f"({' OR '.join(map(_of, node.parts))})"
    if isinstance(node, Not):
        return _all((node,))
    raise Bug(f"the question was not resolved: {node}")


def _all(parts: tuple[Node, ...]) -> str:
    """FTS5 knows NOT only between two parts, so what must be there comes first."""
    wanted = [_of(part) for part in parts if not isinstance(part, Not)] or [_quoted(EVERY)]
    unwanted = [_of(part.part) for part in parts if isinstance(part, Not)]
    both = " AND ".join(wanted)
    if not unwanted:
        return f"({both})" if len(wanted) > 1 else both
    return f"(({both}) NOT ({' OR '.join(unwanted)}))"


def _quoted(term: str) -> str:
    return f'"{term}"'
