"""From a question to what it means in this library: names of tags and goals become key terms of the index.

Surprising: Trash is left out of every question that does not name it.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.languages import tr
from desktop.library import lists, vocabulary
from desktop.library.search.values import Kind, Said
from desktop.library.tag_paths import SLASH
from desktop.library.values import State, View
from desktop.store.index_match import key
from desktop.store.query import And, Dates, Filter, Keys, Node, Not, Or, Word
from desktop.store.reader import Reader
from desktop.text.folding import fold

_STATES = {state.value for state in State}
_FLAGS = {"read": "read", "unread": "unread", "link": "linkonly", "private": "private"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the index can answer."""

    node: Node | None
    """Words and keys; dates only where `start` and `stop` cannot say it."""
    own: Node | None
    """The same without what the list adds (its state, no Trash): for notes, and for what to say."""
    start: int | None = None
    stop: int | None = None
    """Saved in this span: milliseconds."""
    is_hard: bool = False
    """Dates stand below OR or NOT: sets are needed."""
    said: tuple[Said, ...] = ()


class Resolver:
    """Knows the tags and goals of one library. Usable from any thread."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._local = threading.local()

    def resolve(self, node: Node | None, view: View | None, *, with_tag_names: bool = False) -> Asked:
        """``with_tag_names``: a plain word also finds the sources that bear a tag of that name."""
        said: list[Said] = []
        plain, start, stop = _without_dates(node)
        own = self._of(plain, said, with_tag_names) if plain is not None else None
        parts = [own] if own is not None else []
        parts += self._listed(view, node)
        joined = parts[0] if len(parts) == 1 else And(tuple(_flat(parts))) if parts else None
        return Asked(joined, own, start, stop, _has_dates(own), tuple(said))

    def _listed(self, view: View | None, node: Node | None) -> list[Node]:
        """What the list adds to the question."""
        parts: list[Node] = []
        if view is not None and view.state is not None:
            parts.append(Keys((key("d", view.state.value),)))
        elif not _names_trash(node):
            parts.append(Not(Keys((key("d", State.TRASH.value),))))
        if view is not None and view.tag:
            parts.append(Keys(_tags(vocabulary.family(self._reader, view.tag))))
        if view is not None and view.goal:
            parts.append(Keys((key("g", view.goal),)))
        return parts

    def _of(self, node: Node, said: list[Said], with_tag_names: bool) -> Node:
        if isinstance(node, And | Or):
            return replace(node, parts=tuple(self._of(part, said, with_tag_names) for part in node.parts))
        if isinstance(node, Not):
            return Not(self._of(node.part, said, False))
        if isinstance(node, Filter):
            return self._filter(node, said)
        if (
            isinstance(node, Word)
            and with_tag_names
            and not (node.column or node.is_quoted or node.is_prefix)
        ):
            tags = self._tag_names().get(fold(node.text))
            return Or((node, Keys(tags))) if tags else node
        return node

    def _filter(self, asked: Filter, said: list[Said]) -> Keys:
        if asked.name == "tag":
            return Keys(self._tag(asked, said))
        if asked.name == "goal":
            return Keys(self._goal(asked.value, said))
        if asked.name == "is":
            in_state = asked.value in _STATES
            return Keys((key("d", asked.value) if in_state else key("f", _FLAGS[asked.value]),))
        return Keys((key({"type": "k", "lang": "l", "has": "f"}[asked.name], asked.value),))

    def _tag(self, asked: Filter, said: list[Said]) -> tuple[str, ...]:
        if asked.is_exact:
            found = vocabulary.resolve(self._reader, asked.value)
            ids: Sequence[int] = () if found is None else (found,)
        else:
            ids = vocabulary.family(self._reader, asked.value.rstrip(SLASH))
        if not ids and not asked.is_exact:  # `tag:howto` for work/howto and its like
            return self._tag_names().get(fold(asked.value)) or self._no("tag", asked.value, said)
        return _tags(ids) or self._no("tag", asked.value, said)

    def _no(self, what: str, value: str, said: list[Said]) -> tuple[str, ...]:
        near = [one.name for one in vocabulary.complete(self._reader, value, 3)] if what == "tag" else []
        text = tr("You have no tag “{name}”.") if what == "tag" else tr("You have no goal “{name}”.")
        sentence = text.format(name=value)
        if near:
            sentence += " " + tr("You have {names}.").format(names=_listing(near))
        said.append(Said(Kind.NOTHING, sentence))
        return ()

    def _goal(self, value: str, said: list[Said]) -> tuple[str, ...]:
        wanted = fold(value)
        goals = [(row[0], fold(row[1])) for row in self._reader.rows("SELECT id, skill FROM goal")]
        same = [number for number, skill in goals if skill == wanted]
        held = same or [number for number, skill in goals if all(part in skill for part in wanted.split())]
        return tuple(key("g", number) for number in held) or self._no("goal", value, said)

    def _tag_names(self) -> dict[str, tuple[str, ...]]:
        """Key terms by each part of each tag's path, folded: read again when the library has changed."""
        seen = lists.last_change(self._reader)
        known: tuple[int, dict[str, tuple[str, ...]]] | None = getattr(self._local, "names", None)
        if known is None or known[0] != seen:
            grouped: defaultdict[str, list[str]] = defaultdict(list)
            for tag_id, name in self._reader.rows("SELECT id, name FROM tag"):
                for part in dict.fromkeys(fold(name).split(SLASH)):
                    grouped[part].append(key("t", tag_id))
            known = seen, {part: tuple(terms) for part, terms in grouped.items()}
            self._local.names = known
        return known[1]


def saved_at(reader: Reader, ids: Sequence[int]) -> dict[int, int]:
    """When these sources were saved last: milliseconds."""
    sql = (
        "SELECT source.id, saved_at FROM json_each(?) AS wanted CROSS JOIN source ON source.id = wanted.value"
    )
    return dict(reader.rows(sql, (json.dumps(list(ids)),)))


def _tags(ids: Sequence[int]) -> tuple[str, ...]:
    return tuple(key("t", tag_id) for tag_id in ids)


def _without_dates(node: Node | None) -> tuple[Node | None, int | None, int | None]:
    """Dates that everything must meet are taken out of the tree."""
    parts = node.parts if isinstance(node, And) else (node,) if node is not None else ()
    dates = [part for part in parts if isinstance(part, Dates)]
    others = tuple(part for part in parts if not isinstance(part, Dates))
    start = max((one.start for one in dates if one.start is not None), default=None)
    stop = min((one.stop for one in dates if one.stop is not None), default=None)
    rest = And(others) if len(others) > 1 else others[0] if others else None
    return rest, start, stop


def _has_dates(node: Node | None) -> bool:
    if isinstance(node, And | Or):
        return any(map(_has_dates, node.parts))
    return isinstance(node, Dates) or (isinstance(node, Not) and _has_dates(node.part))


def _names_trash(node: Node | None) -> bool:
    if isinstance(node, And | Or):
        return any(map(_names_trash, node.parts))
    return isinstance(node, Filter) and (node.name, node.value) == ("is", "trash")


def _flat(parts: Sequence[Node]) -> list[Node]:
    return [each for part in parts for each in (part.parts if isinstance(part, And) else (part,))]


def _listing(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
