"""One question answered, whatever it takes: as typed, as a beginning, in another spelling, or in part.

Surprising: nothing is changed silently. Each step away from what was typed comes with a sentence.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.languages import tr, trn, writing
from desktop.library.search.answering import Answers, Waiting
from desktop.library.search.passages import sought
from desktop.library.search.resolving import Asked, Resolver
from desktop.library.search.spelling import Spelling
from desktop.library.search.values import Found, Kind, Mode, Said
from desktop.library.values import View
from desktop.store import query
from desktop.store.index_match import expression
from desktop.store.index_reading import IndexReader
from desktop.store.query import And, Keys, Node, Not, Or, Query, Word, words_of
from desktop.store.reader import Reader

_MANY_MORE = 20
_FEW = 5
_MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Asking:
    """What is needed to answer one question."""

    reader: Reader
    index: IndexReader
    answers: Answers
    resolver: Resolver
    spelling: Spelling
    waiting: Waiting

    def ask(self, asked: Query, limit: int, view: View | None, mode: Mode) -> Found:
        """The answer, without passages."""
        wrong = tuple(Said(Kind.WRONG, one.sentence, "", one.start, one.end) for one in asked.wrong)
        if asked.node is None:
            return Found(asked.text, said=wrong)
        if mode is Mode.TYPING:
            found = self._typed(asked, limit, view)
        else:
            found = self._as_it_stands(asked, limit, view, mode)
            if not found.ids and not found.note_ids:
                found = self._otherwise(asked, limit, view, mode) or self._nothing(asked, view, found)
            elif found.total < _FEW:
                found = replace(found, said=(*found.said, *self._better(asked)))
        return replace(found, said=(*wrong, *found.said))

    def _typed(self, asked: Query, limit: int, view: View | None) -> Found:
        assert asked.node is not None
        node = query.with_last_as_prefix(asked.node) if asked.is_open else asked.node
        resolved = self.resolver.resolve(node, view)
        ids = self.answers.typed(self.index, resolved, limit, self.waiting)
        notes = self._notes(resolved)
        said = resolved.said
        if not ids and not notes and not said:
            said = (Said(Kind.NOTHING, tr("Nothing yet for “{text}”.").format(text=asked.text.strip())),)
        text = f"{asked.text}*" if asked.is_open else asked.text
        words = sought(node).words
        return Found(text, array("q", ids), len(ids), False, note_ids=notes, said=said, words=words)

    def _as_it_stands(self, asked: Query, limit: int, view: View | None, mode: Mode) -> Found:
        assert asked.node is not None
        resolved = self.resolver.resolve(asked.node, view, with_tag_names=True)
        answer = self.answers.newest if mode is Mode.NEWEST else self.answers.ranked
        ids, total = answer(self.index, resolved, limit, self.waiting)
        return Found(
            asked.text,
            array("q", ids),
            total,
            note_ids=self._notes(resolved),
            said=resolved.said,
            words=sought(asked.node).words,
        )

    def _notes(self, resolved: Asked) -> tuple[int, ...]:
        """Notes that hold the words. Questions about pages alone (states, dates, sites) find none."""
        if resolved.own is None or resolved.start is not None or resolved.stop is not None:
            return ()
        if resolved.is_hard or not words_of(resolved.own) or not _fits_notes(resolved.own):
            return ()
        ranked = self.index.ranked(expression(resolved.own), _MOST_NOTES, "ft_note")
        return tuple(one for one, _ in ranked)

    # ── when nothing was found ──────────────────────────────────────────────────────────────────────────

    def _otherwise(self, asked: Query, limit: int, view: View | None, mode: Mode) -> Found | None:
        for other, said in self._others(asked):
            found = self._as_it_stands(other, limit, view, mode)
            if found.ids or found.note_ids:
                return replace(found, said=(said,))
        return None

    def _others(self, asked: Query) -> Iterator[tuple[Query, Said]]:
        """The next best questions, with what is to be said."""
        assert asked.node is not None
        if asked.is_open:
            last = words_of(asked.node)[-1:]
            if last and not last[0].is_prefix:
                node = query.with_last_as_prefix(asked.node)
                sentence = tr("Nothing holds the whole word “{text}”; these begin with it.").format(
                    text=last[0].text
                )
                yield replace(asked, text=f"{asked.text}*", node=node), Said(Kind.BEGINNING, sentence)
        corrected, changed = self._corrected(asked, 3)
        if changed:
            words = ", ".join(f"“{old}”" for old, _ in changed)
            sentence = tr("Nothing holds {words}. Showing results for “{text}”.").format(
                words=words, text=corrected.text
            )
            yield corrected, Said(Kind.CORRECTED, sentence, corrected.text)
        for each in (asked, corrected) if changed else (asked,):
            loose = query.loosened(each.node) if each.node is not None else None
            if loose is not None:
                sentence = tr("Nothing holds all of these words; these hold some of them.")
                text = _texts(words_of(loose), " OR ")
                yield replace(each, text=text, node=loose), Said(Kind.ANY, sentence)

    def _corrected(self, asked: Query, at_least: int) -> tuple[Query, list[tuple[str, str]]]:
        """The question with words that hardly occur replaced by near ones, and (old, new) of each."""
        text, changed = asked.text, []
        for word in words_of(asked.node):
            if word.is_prefix or " " in word.text or self.spelling.number(word.text) >= at_least:
                continue
            near = self.spelling.nearest(word.text, at_least)
            if near:
                whole = rf"(?<![^\W_]){re.escape(word.text)}(?![^\W_])"
                text = re.sub(whole, near, text)
                changed.append((word.text, near))
        return (query.parse(text), changed) if changed else (asked, changed)

    def _better(self, asked: Query) -> tuple[Said, ...]:
        """Results there are, but few: a spelling that would find many more."""
        corrected, changed = self._corrected(asked, 3)
        if not changed or any(self.spelling.number(new) < _MANY_MORE for _, new in changed):
            return ()
        resolved = self.resolver.resolve(corrected.node, None)
        total = self.answers.count(self.index, resolved, Waiting())
        if total < _MANY_MORE:
            return ()
        text = trn(
            "Did you mean “{query}”? {n} page holds it.", "Did you mean “{query}”? {n} pages hold it.", total
        )
        sentence = text.format(query=corrected.text, n=writing.number(total))
        return (Said(Kind.SUGGESTED, sentence, corrected.text),)

    def _nothing(self, asked: Query, view: View | None, found: Found) -> Found:
        """Why nothing was found, as far as it can be told."""
        if found.said:  # no such tag or goal
            return found
        words = words_of(asked.node)
        elsewhere = self.resolver.resolve(asked.node, None)
        if view is not None and (view.state or view.tag or view.goal):
            total = self.answers.count(self.index, elsewhere, self.waiting)
            if total:
                text = trn(
                    "Nothing in this list. One page fits elsewhere.",
                    "Nothing in this list. {n} pages fit elsewhere.",
                    total,
                )
                sentence = text.format(n=writing.number(total))
                return replace(found, said=(Said(Kind.NOTHING, sentence, asked.text),))
        plain = And(tuple(words)) if len(words) > 1 else words[0] if words else None
        if plain is not None and plain != asked.node:
            resolved = self.resolver.resolve(plain, None)
            total = self.answers.count(self.index, resolved, self.waiting)
            if total:
                text = trn(
                    "One page holds the words, but none fits the rest of the question.",
                    "{n} pages hold the words, but none fits the rest of the question.",
                    total,
                )
                sentence = text.format(n=writing.number(total))
                return replace(found, said=(Said(Kind.NOTHING, sentence, _texts(words)),))
        text = tr("Nothing holds “{query}”.") if words else tr("Nothing fits “{query}”.")
        return replace(found, said=(Said(Kind.NOTHING, text.format(query=asked.text.strip())),))


def _fits_notes(node: Node) -> bool:
    """Words anywhere or in the title, and tags: what a note has."""
    if isinstance(node, And | Or):
        return all(map(_fits_notes, node.parts))
    if isinstance(node, Not):
        return _fits_notes(node.part)
    if isinstance(node, Word):
        return node.column in ("", "title")
    return isinstance(node, Keys) and all(term[1:2] == "t" for term in node.terms)


def _texts(words: Sequence[Word], between: str = " ") -> str:
    """Words as they would be typed."""
    return between.join(f'"{word.text}"' if " " in word.text else word.text for word in words)
