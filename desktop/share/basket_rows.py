"""The basket as its page lists it: each thing with its number in the pack and what of it would leave.

Surprising: a page that stands in the basket whole and by single highlights has one number, since it will be
one item of the pack; and what stays because it is private has none.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.library import basket
from desktop.library.sense_values import BasketItem
from desktop.share import circles
from desktop.share.hosts import is_internal
from desktop.store.reader import Reader

_PAGES = """SELECT source.id, source.url, content.minutes, coalesce(source.circle_id, 0),
        coalesce(circle.name, ''), newest.is_private, source.state = 'trash'
    FROM json_each(?) AS wanted CROSS JOIN source ON source.id = wanted.value
    JOIN capture AS newest ON newest.id = source.capture_id
    JOIN content ON content.id = newest.content_id
    LEFT JOIN circle ON circle.id = source.circle_id AND circle.rank > 0"""
_MARKS = """SELECT annotation.source_id, annotation.id, annotation.quote <> '', annotation.comment <> '',
        annotation.creator <> '', annotation.is_private OR coalesce(capture.is_private, 0)
    FROM json_each(?) AS wanted CROSS JOIN annotation ON annotation.source_id = wanted.value
    LEFT JOIN capture ON capture.id = annotation.capture_id"""
_PRIVATE_NOTES = """SELECT note.id FROM json_each(?) AS wanted CROSS JOIN note ON note.id = wanted.value
    WHERE is_private"""


@dataclass(frozen=True, slots=True)
class BasketRow:
    """One thing in the basket."""

    item: BasketItem
    number: int
    """In the pack, from 1; 0: it stays."""
    minutes: int
    circle: str
    """How far its page may go, in words; empty: to anyone."""
    quotes: int
    """That leave with it."""
    comments: int
    has_private: bool
    """It is private, or has highlights that are; `BasketItem.with_private` lets them go."""
    is_inside: bool
    """Its address is inside an organisation."""

    @property
    def id(self) -> int:
        """Of the thing in the basket."""
        return self.item.id


def rows(reader: Reader, hosts: Sequence[str] = ()) -> list[BasketRow]:
    """What is in the basket, in its order."""
    items = basket.items(reader)
    ids = json.dumps([one.source_id for one in items if one.source_id])
    pages = {row[0]: row[1:] for row in reader.rows(_PAGES, (ids,))}
    marks: dict[int, list[tuple[int, bool, bool, bool, bool]]] = {}
    for source_id, *mark in dict.fromkeys(reader.rows(_MARKS, (ids,))):
        marks.setdefault(source_id, []).append((mark[0], *map(bool, mark[1:])))
    notes = json.dumps([one.note_id for one in items if one.note_id])
    private_notes = {row[0] for row in reader.rows(_PRIVATE_NOTES, (notes,))}
    numbers: dict[tuple[int, int], int] = {}
    made = []
    for one in items:
        if one.note_id:
            is_private = one.note_id in private_notes
            row = BasketRow(one, 0, 0, "", 0, 0, is_private, False)
            is_staying = is_private and not one.with_private
        else:
            row = _of_page(one, pages.get(one.source_id), marks.get(one.source_id, []), hosts)
            page = pages.get(one.source_id)
            is_staying = page is None or page[5] or (page[4] and not one.with_private)
        if not is_staying:
            key = (one.source_id, one.note_id)
            row = replace(row, number=numbers.setdefault(key, len(numbers) + 1))
        made.append(row)
    return made


def _of_page(
    one: BasketItem,
    page: Sequence[object] | None,
    marks: Sequence[tuple[int, bool, bool, bool, bool]],
    hosts: Sequence[str],
) -> BasketRow:
    if page is None:
        return BasketRow(one, 0, 0, "", 0, 0, False, False)
    url, minutes, circle_id, name, is_private, _ = page
    wanted = [mark for mark in marks if (mark[0] == one.annotation_id if one.annotation_id else not mark[3])]
    leaving = [mark for mark in wanted if one.with_private or not mark[4]]
    circle = circles.name_of(int(str(circle_id)), str(name)) if circle_id != circles.PUBLIC else ""
    return BasketRow(
        one,
        0,
        int(str(minutes or 0)),
        circle,
        sum(mark[1] for mark in leaving),
        sum(mark[2] for mark in leaving),
        bool(is_private) or any(mark[4] for mark in wanted),
        is_internal(str(url), tuple(hosts)),
    )
