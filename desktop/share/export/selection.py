"""What is exported: some sources with everything that is theirs, read page by page.

The surprising fact: an export is for the person themselves, so what they keep private is in it, unless
``with_private`` is false: then whom they found it through and what was answered stay too. Packs
(`share.gather`) are what is made for others.
"""

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.library import assets, lists
from desktop.library.sense_values import Annotation, Colour
from desktop.library.values import View
from desktop.paths import Paths
from desktop.store.reader import Reader

PAGE = 100
"""Sources read at once: 100,000 of them never stand in memory together."""
PICTURE = re.compile(r"res/[0-9a-f]{64}\.[a-z]{2,5}")
"""How clean HTML names a picture."""

_SOURCES = """SELECT source.id, capture.id, capture.content_id,
        CASE WHEN capture.number = 1 THEN capture.uuid ELSE (SELECT first.uuid FROM capture AS first
            WHERE first.source_id = source.id ORDER BY number LIMIT 1) END,
        source.url, source.title, capture.author, capture.published, capture.is_published_approximate,
        capture.site, capture.lang, capture.kind, source.state, source.is_read, capture.captured_at,
        source.first_saved, source.words, source.minutes, source.excerpt, source.why, source.found_through,
        capture.is_private, capture.quote, {text}, coalesce(nullif(circle.name, ''), circle.key, '')
    FROM json_each(?) AS wanted CROSS JOIN source ON source.id = wanted.value
    JOIN capture ON capture.id = source.capture_id JOIN content ON content.id = capture.content_id
    LEFT JOIN circle ON circle.id = source.circle_id
    WHERE capture.is_private = 0 OR ?"""
_TAGS = """SELECT source_id, name FROM json_each(?) AS wanted
    CROSS JOIN source_tag ON source_id = wanted.value JOIN tag ON tag.id = tag_id ORDER BY tag.key"""
_GOALS = """SELECT source_id, skill FROM json_each(?) AS wanted
    CROSS JOIN source_goal ON source_id = wanted.value
    JOIN goal ON goal.id = goal_id WHERE goal.is_private = 0 OR ? ORDER BY goal.key"""
_SENDERS = """SELECT source_id, sender_name FROM json_each(?) AS wanted
    CROSS JOIN pack_item ON source_id = wanted.value JOIN pack ON pack.id = pack_id
    WHERE direction = 'received' AND is_kept AND sender_name <> '' ORDER BY pack.id"""
_ANSWERS = """SELECT source_id, creator, body, reply.made_at, coalesce(annotation_id, 0)
    FROM json_each(?) AS wanted CROSS JOIN reply ON source_id = wanted.value ORDER BY made_at, reply.id"""
_HERE = """SELECT uuid FROM json_each(?) AS wanted CROSS JOIN capture ON capture.uuid = wanted.value
    JOIN source ON source.id = source_id WHERE state <> 'trash'"""
_MARKS = """SELECT annotation.id, uuid, annotation.source_id, annotation.capture_id, made_at, changed_at,
        creator, colour, comment, link, is_private, annotation.start, annotation.stop, quote, prefix, suffix,
        range, fragment, origin,
        (SELECT json_group_array(name) FROM (SELECT name FROM annotation_tag JOIN tag ON tag.id = tag_id
            WHERE annotation_id = annotation.id ORDER BY tag.key))
    FROM json_each(?) AS wanted CROSS JOIN annotation ON annotation.source_id = wanted.value
    JOIN source ON source.id = annotation.source_id
    LEFT JOIN anchor ON annotation_id = annotation.id AND anchor.capture_id = source.capture_id
    WHERE is_private = 0 OR ?
    ORDER BY coalesce(how, 'lost') = 'lost', coalesce(anchor.start, annotation.start), annotation.id"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A comment on what was shared: the person's own, or one that came back."""

    creator: str
    """Empty: the person whose library this is."""
    body: str
    """Markdown."""
    made_at: int
    annotation_id: int = 0
    """The annotation that it answers; 0: the page."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One source with its newest capture and all that the person did with it. Texts may hold anything."""

    id: int
    """Source id, in this library only."""
    capture_id: int
    content_id: int
    """The same for captures with the same text."""
    uuid: str
    """Of its first capture: stays the same when the page is saved again, and in other libraries."""
    url: str
    title: str
    """May be empty."""
    author: str
    published: str
    """ISO date or empty."""
    is_published_approximate: bool
    site: str
    lang: str
    kind: str
    """``page``, ``selection``, ``link``, ``video`` or ``pdf``."""
    state: str
    """``inbox``, ``later``, ``archive`` or ``trash``."""
    is_read: bool
    captured_at: int
    """The newest capture; milliseconds since 1970, UTC."""
    first_saved: int
    words: int
    minutes: int
    excerpt: str
    why: str
    found_through: str
    is_private: bool
    selection: str
    """The quotation when a selection was saved; else empty."""
    html: str
    """Clean, pictures as `PICTURE`; empty when read without text."""
    text: str
    circle: str = ""
    """The tightest circle it may go to, by name (``public``, ``community``, ``team``); empty: anyone."""
    tags: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    """Who sent it in a pack."""
    annotations: tuple[Annotation, ...] = ()
    """In the order of the text; those that the newest version lost come last."""
    answers: tuple[Answer, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who led to it or sent it, and who commented on it."""
        if not (self.found_through or self.senders or self.annotations or self.answers):
            return ()
        named = [self.found_through, *self.senders, *(one.creator for one in self.annotations)]
        named += [one.creator for one in self.answers]
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def name(self) -> str:
        """What to call it: its title, else its address."""
        return self.title.strip() or self.url


class Items:
    """The sources to be exported. Iterate as often as needed; those that are gone by then are left out."""

    def __init__(
        self, reader: Reader, paths: Paths, ids: Sequence[int], *, with_private: bool = True
    ) -> None:
        self.reader, self.paths, self.ids, self.with_private = reader, paths, ids, with_private

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Exported]:
        """All of them, with their text."""
        return self._read("content.html, content.text")

    def with_html(self) -> Iterator[Exported]:
        """All of them, `Exported.text` empty."""
        return self._read("content.html, ''")

    def without_text(self) -> Iterator[Exported]:
        """All of them, `Exported.html` and `Exported.text` empty: much quicker."""
        return self._read("'', ''")

    def picture(self, name: str) -> Path | None:
        """The file of a picture as `PICTURE` names it; None when it is gone."""
        return assets.path_of(self.paths, name)

    def still_here(self, uuids: Iterable[str]) -> set[str]:
        """Those of `Exported.uuid` that are in the library, chosen or not, and not in Trash."""
        return {uuid for (uuid,) in self.reader.rows(_HERE, (json.dumps(sorted(uuids)),))}

    def _read(self, text: str) -> Iterator[Exported]:
        sql = _SOURCES.format(text=text)
        for start in range(0, len(self.ids), PAGE):
            wanted = json.dumps(list(self.ids[start : start + PAGE]))
            yield from self._page(sql, wanted)

    def _page(self, sql: str, wanted: str) -> Iterator[Exported]:
        tags = _grouped(self.reader.rows(_TAGS, (wanted,)))
        goals = _grouped(self.reader.rows(_GOALS, (wanted, self.with_private)))
        senders = _grouped(self.reader.rows(_SENDERS, (wanted,)))
        marks: dict[int, list[Annotation]] = defaultdict(list)
        for row in self.reader.rows(_MARKS, (wanted, self.with_private)):
            marks[row[2]].append(_annotation(row))
        answers: dict[int, list[Answer]] = defaultdict(list)
        for one, *said in self.reader.rows(_ANSWERS, (wanted,)) if self.with_private else ():
            answers[one].append(Answer(*said))
        for row in self.reader.rows(sql, (wanted, self.with_private)):
            one, values = row[0], list(row)
            values[8], values[13], values[21] = row[8] == 1, row[13] == 1, row[21] == 1
            if not self.with_private:
                values[19] = values[20] = ""
            values += (
                tuple(tags.get(one, ())), tuple(goals.get(one, ())),
                tuple(dict.fromkeys(senders[one])) if one in senders else (), tuple(marks.get(one, ())),
                tuple(answers.get(one, ())),
            )  # fmt: skip
            yield Exported(*values)


def everything(reader: Reader) -> "array[int]":
    """Ids of all sources outside Trash, newest first."""
    return lists.ids(reader, View())


def of_tag(reader: Reader, tag: str) -> "array[int]":
    """Ids of the sources outside Trash with this tag (path or alias) or one below it, newest first."""
    return lists.ids(reader, View(tag=tag))


def of_goal(reader: Reader, goal_id: int) -> "array[int]":
    """Ids of the sources outside Trash that serve this goal, newest first."""
    return lists.ids(reader, View(goal=goal_id))


def _grouped(rows: Sequence[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for source_id, name in rows:
        found[source_id].append(name)
    return found


def _annotation(row: Sequence[Any]) -> Annotation:
    values = list(row)
    values[7], values[10], values[19] = Colour(row[7]), bool(row[10]), tuple(json.loads(row[19]))
    return Annotation(*values)
