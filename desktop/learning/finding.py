"""Activities, tools, questions and tries by words, for Answer now: true in the moment they are committed.

The surprising fact: there is no index. All that is searched is some thousand short texts; SQLite hands those
of a kind over as one string, which is folded once and gone through in a few milliseconds.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from desktop.learning.rows import OF_THEM
from desktop.library.acts import as_json
from desktop.store.changes import Noun
from desktop.store.reader import Reader

LIMIT = 4
"""Of each kind."""
MOST_WORDS = 32
"""Looked for; a whole page may have been pasted."""
_LOOKED_AT = 200
"""So many of the newest that hold the words are put in order."""
_BETWEEN, _AFTER_ID = "\x1e", "\x1f"
_ALL = "SELECT group_concat(id || char(31) || {words}, char(30)) FROM {table}"
_THESE = "SELECT id, {title}, {line}, {state} FROM {table} WHERE id " + OF_THEM


@dataclass(frozen=True, slots=True)
class _Kind:
    table: str
    title: str
    line: str
    """What is shown below: its problem, answer, result."""
    also: str
    """What else is searched."""
    state: str
    last: str
    """State of those that are over: they come after the others."""


_KINDS = {
    Noun.ACTIVITY: _Kind("activity", "title", "provider", "people || ' ' || note", "status", "done dropped"),
    Noun.TOOL: _Kind("tool", "name", "problem", "alternatives || ' ' || note", "verdict", ""),
    Noun.QUESTION: _Kind(
        "question", "text", "answer", "''",
        "iif(is_dropped, 'dropped', iif(answered_at, 'answered', 'open'))", "answered dropped",
    ),
    Noun.TRY: _Kind("try", "what", "result", "''", "state", "done dropped"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that holds all the words."""

    noun: Noun
    id: int
    title: str
    line: str
    """What it says below: its provider, problem, answer or result; may be empty."""
    state: str
    """``planned doing done dropped`` of activities and tries, ``open answered dropped`` of questions, a
    tool's verdict."""


def find(reader: Reader, text: str, limit: int = LIMIT) -> list[Found]:
    """The things whose words hold every word of ``text``: at most ``limit`` of each kind.

    Those that are not over come first, then those that hold the words in their title, then the newest.
    """
    words = folded(text).split()[:MOST_WORDS]
    return [one for noun in _KINDS for one in _of(reader, noun, words, limit)] if words else []


def folded(text: str) -> str:
    """Without case and without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _holding(whole: str, words: list[str]) -> Iterator[int]:
    """Ids of the lines that hold every word, the last line first. Only where the longest word stands is
    looked at, from one hit back to the next: most lines are never cut out of the whole."""
    rarest, end = max(words, key=len), len(whole)
    while (at := whole.rfind(rarest, 0, end)) >= 0:
        begin = whole.rfind(_BETWEEN, 0, at) + 1
        after = whole.find(_BETWEEN, at)
        number, _, said = whole[begin : after if after >= 0 else len(whole)].partition(_AFTER_ID)
        # A word that is a number may have been found in the id alone.
        if all(word in said for word in words):
            yield int(number)
        end = begin


def _of(reader: Reader, noun: Noun, words: list[str], limit: int) -> list[Found]:
    kind = _KINDS[noun]
    searched = f"{kind.title} || ' ' || {kind.line} || ' ' || {kind.also}"
    row = reader.row(_ALL.format(words=searched, table=kind.table))
    ids = list(islice(_holding(folded((row[0] or "") if row else ""), words), _LOOKED_AT))
    if not ids:
        return []
    sql = _THESE.format(title=kind.title, line=kind.line, state=kind.state, table=kind.table)
    found = [Found(noun, *values) for values in reader.rows(sql, (as_json(ids),))]

    def order(one: Found) -> tuple[bool, bool, int]:
        title = folded(one.title)
        return one.state in kind.last.split(), not all(word in title for word in words), -one.id

    return sorted(found, key=order)[:limit]
