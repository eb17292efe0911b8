"""Ids for a resolved question: from the index, and, for what has not arrived there yet, from the library.

Surprising: while many changes are on their way (10,000 pages tagged at once), sources among them are judged
one by one on what the library knows of them now; the index answers for all others. The union is exact.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.library.search import indexed
from desktop.library.search.resolving import Asked, saved_at
from desktop.store.index_match import expression
from desktop.store.index_reading import IndexReader
from desktop.store.query import And, Dates, Keys, Node, Not, Or, Word, words_of
from desktop.store.reader import Reader

META_FIRST = 20
"""While typing: so many from the small table (titles, tags, sites, own words), then texts."""
_LOOKED_AT = 400
_MOST_CHECKED = 40_000

Scored = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Sources whose latest change is not in the index yet."""

    ids: frozenset[int] = frozenset()
    last: int = 0
    """The outbox's last number."""


class Answers:
    """Asks one index and one library."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._facts: tuple[int, dict[int, frozenset[str]]] = (-1, {})

    def typed(self, index: IndexReader, asked: Asked, limit: int, waiting: Waiting) -> list[int]:
        """As one types: the newest few whose title, tags or own words match, then the newest whose text does.

        The last word of ``asked`` is a beginning; a single letter is looked for in the small table alone.
        """
        if _needs_dates(asked) or (waiting.ids and _is_mixed(asked.node)):
            return [one for one, _ in self.all(index, asked, waiting, is_ranked=False)][: _most(limit)]
        if waiting.ids:
            return self._typed_meanwhile(index, asked, limit, waiting)
        text = without_lone_letter(asked.node)
        first = index.newest("ft_meta", expression(asked.node), META_FIRST if words_of(text) else limit)
        rest = index.newest("ft_body", expression(text), limit) if words_of(text) else []
        return list(dict.fromkeys((*first, *rest)))[: _most(limit)]

    def _typed_meanwhile(self, index: IndexReader, asked: Asked, limit: int, waiting: Waiting) -> list[int]:
        """Words by the index, filters by the library, for the newest candidates."""
        words = _words_alone(asked.node)
        text = without_lone_letter(words)
        found = index.newest("ft_meta", expression(words), _LOOKED_AT)
        if words_of(text) or not words_of(words):
            found += index.newest("ft_body", expression(text), _LOOKED_AT)
        candidates = list(dict.fromkeys(found))
        facts = indexed.keys(self._reader, candidates)
        fits = [one for one in candidates if one in facts and _fits(asked.node, facts[one])]
        return fits[: _most(limit)]

    def ranked(self, index: IndexReader, asked: Asked, limit: int, waiting: Waiting) -> tuple[list[int], int]:
        """The best ids and the exact number of all."""
        if self._is_plain(asked, waiting):
            match = expression(asked.node)
            if not words_of(asked.node):
                return self.newest(index, asked, limit, waiting)
            found = index.ranked(match, limit)
            total = len(found) if len(found) < limit or limit < 0 else index.count(match)
            return [one for one, _ in found], total
        scored = self.all(index, asked, waiting, is_ranked=bool(words_of(asked.node)))
        return [one for one, _ in scored][: _most(limit)], len(scored)

    def newest(self, index: IndexReader, asked: Asked, limit: int, waiting: Waiting) -> tuple[list[int], int]:
        """The ids that arrived last and the exact number of all."""
        if self._is_plain(asked, waiting):
            match = expression(asked.node)
            ids = index.newest("ft_body", match, limit)
            return ids, len(ids) if len(ids) < limit or limit < 0 else index.count(match)
        scored = self.all(index, asked, waiting, is_ranked=False)
        return [one for one, _ in scored][: _most(limit)], len(scored)

    def count(self, index: IndexReader, asked: Asked, waiting: Waiting) -> int:
        """The exact number."""
        if self._is_plain(asked, waiting):
            return index.count(expression(asked.node))
        return len(self.all(index, asked, waiting, is_ranked=False))

    def all(self, index: IndexReader, asked: Asked, waiting: Waiting, *, is_ranked: bool) -> Scored:
        """Everything that fits, best or newest first."""
        if asked.is_hard:
            found = _without_scores(self._set(index, asked))
        elif asked.start is not None or asked.stop is not None:
            found = index.dated(expression(asked.node), asked.start, asked.stop, is_ranked=is_ranked)
        elif is_ranked:
            found = index.ranked(expression(asked.node), -1)
        else:
            found = _without_scores(set(index.newest("ft_body", expression(asked.node), -1)))
        if waiting.ids:
            found = [pair for pair in found if pair[0] not in waiting.ids]
            found += _without_scores(self._judged(index, asked, waiting))
        if not (waiting.ids or asked.is_hard):
            return found
        return self._ordered(index, asked, found, is_ranked)

    def _ordered(self, index: IndexReader, asked: Asked, found: Scored, is_ranked: bool) -> Scored:
        words = tuple(words_of(asked.node))
        if not is_ranked or not words:
            return sorted(found, reverse=True)
        wanted = expression(Or(words) if len(words) > 1 else words[0])
        scores = dict(index.ranked(wanted, -1))
        scored = [(one, scores.get(one, 0.0)) for one, _ in found]
        return sorted(scored, key=lambda pair: (pair[1], -pair[0]))

    def _is_plain(self, asked: Asked, waiting: Waiting) -> bool:
        return not (waiting.ids or _needs_dates(asked))

    # ── sets ────────────────────────────────────────────────────────────────────────────────────────────

    def _set(self, index: IndexReader, asked: Asked) -> set[int]:
        """Dates anywhere in the tree."""

        def leaf(node: Node) -> set[int]:
            if isinstance(node, Dates):
                return index.saved(node.start, node.stop)
            return set(index.newest("ft_body", expression(node), -1))

        everything = index.saved(asked.start, asked.stop)
        return everything if asked.node is None else _judge(asked.node, everything, leaf)

    def _judged(self, index: IndexReader, asked: Asked, waiting: Waiting) -> set[int]:
        """Those that wait, by what the library knows of them; their words by the index."""
        facts = self._known(waiting)
        ids = set(facts)
        dates = saved_at(self._reader, list(ids)) if _needs_dates(asked) else {}

        def leaf(node: Node) -> set[int]:
            if isinstance(node, Keys):
                return {one for one in ids if not facts[one].isdisjoint(node.terms)}
            if isinstance(node, Dates):
                return _between(dates, node.start, node.stop)
            return set(index.newest("ft_body", expression(node), -1)) & ids

        within = _between(dates, asked.start, asked.stop) if _needs_dates(asked) else ids
        return within if asked.node is None else within & _judge(asked.node, ids, leaf)

    def _known(self, waiting: Waiting) -> dict[int, frozenset[str]]:
        """The facts of those that wait, read once for each commit."""
        last, facts = self._facts
        if last != waiting.last:
            facts = indexed.keys(self._reader, sorted(waiting.ids)[:_MOST_CHECKED])
            self._facts = (waiting.last, facts)
        return {one: facts[one] for one in waiting.ids if one in facts}


def _judge(node: Node, ids: set[int], leaf: Callable[[Node], set[int]]) -> set[int]:
    """Set algebra over the tree, within ``ids``."""
    if isinstance(node, And):
        left = set(ids)
        for part in node.parts:
            left &= _judge(part, ids, leaf)
        return left
    if isinstance(node, Or):
        return {one for part in node.parts for one in _judge(part, ids, leaf)}
    if isinstance(node, Not):
        return ids - _judge(node.part, ids, leaf)
    return leaf(node) & ids


def without_lone_letter(node: Node | None) -> Node | None:
    """The question without a single letter at its end: half of all texts hold a word that begins with it."""
    if isinstance(node, Word):
        return None if node.is_prefix and len(node.text) == 1 and node.text.isascii() else node
    if isinstance(node, And):
        parts = tuple(part for part in node.parts if without_lone_letter(part) is not None)
        return And(parts) if len(parts) > 1 else parts[0] if parts else None
    return node


def _words_alone(node: Node | None) -> Node | None:
    """The question without its filters; what stands under OR or NOT with a filter is let through."""
    if isinstance(node, And):
        parts = tuple(each for part in node.parts if (each := _words_alone(part)) is not None)
        return And(parts) if len(parts) > 1 else parts[0] if parts else None
    return node if node is not None and not _has_keys(node) else None


def _has_keys(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_has_keys, node.parts))
    return isinstance(node, Keys) or (isinstance(node, Not) and _has_keys(node.part))


def _is_mixed(node: Node | None) -> bool:
    """Whether a filter and a word stand under the same OR or NOT."""
    parts = node.parts if isinstance(node, And) else (node,) if node is not None else ()
    return any(_has_keys(part) and _has_words(part) for part in parts)


def _has_words(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_has_words, node.parts))
    return isinstance(node, Word) or (isinstance(node, Not) and _has_words(node.part))


def _fits(node: Node | None, facts: frozenset[str]) -> bool:
    """Whether the filters hold; the words of a candidate hold already."""
    if isinstance(node, And):
        return all(_fits(part, facts) for part in node.parts)
    if isinstance(node, Or):
        return any(_fits(part, facts) for part in node.parts)
    if isinstance(node, Not):
        return not _has_keys(node.part) or not _fits(node.part, facts)
    return not isinstance(node, Keys) or not facts.isdisjoint(node.terms)


def _most(limit: int) -> int | None:
    """Where a list of ids is cut; nowhere for -1."""
    return limit if limit >= 0 else None


def _needs_dates(asked: Asked) -> bool:
    return asked.is_hard or asked.start is not None or asked.stop is not None


def _between(dates: dict[int, int], start: int | None, stop: int | None) -> set[int]:
    return {
        one
        for one, moment in dates.items()
        if (start is None or moment >= start) and (stop is None or moment < stop)
    }


def _without_scores(ids: Sequence[int] | set[int]) -> Scored:
    return [(one, 0.0) for one in sorted(ids, reverse=True)]
