"""What a pack takes along and what stays: the figures of the preview, and what is worth a second look.

The surprising fact: a long quotation is told, never stopped. How much may be quoted is law and judgement, and
differs by country; here are only the numbers.
"""

import json
from dataclasses import dataclass

from desktop.library.marks import highlights
from desktop.share.choice import Choice
from desktop.share.gather import leaves
from desktop.share.hosts import is_internal
from desktop.share.values import ItemKind, Pack
from desktop.store.reader import Reader

MOST_QUOTED = 1_500
"""Characters of one page, or one in ten of its text, whichever is less."""
_PAGES = """SELECT source.id, source.url, source.why <> '', newest.is_private,
        (SELECT count(*) FROM source_goal WHERE source_id = source.id),
        (SELECT json_group_array(id) FROM capture WHERE source_id = source.id AND capture.is_private)
    FROM json_each(?) AS wanted CROSS JOIN source ON source.id = wanted.value
    JOIN capture AS newest ON newest.id = source.capture_id"""
_LENGTHS = """SELECT uuid, (SELECT length(text) FROM content
        JOIN capture AS newest ON content_id = content.id
        JOIN source ON source.capture_id = newest.id WHERE source.id = capture.source_id)
    FROM json_each(?) AS wanted CROSS JOIN capture ON uuid = wanted.value"""
_PRIVATE_NOTES = """SELECT note.id FROM json_each(?) AS wanted CROSS JOIN note ON note.id = wanted.value
    WHERE is_private"""


@dataclass(frozen=True, slots=True)
class Leaves:
    """How much of what is in a pack."""

    pages: int
    notes: int
    addresses: int
    sentences: int
    quotations: int
    comments: int
    tags: int
    full_texts: int
    pictures: int
    picture_bytes: int
    message: bool


@dataclass(frozen=True, slots=True)
class Stays:
    """How much of what was chosen from is not in the pack."""

    private_pages: int
    private_annotations: int
    private_notes: int
    of_others: int
    """Highlights and comments that somebody else made."""
    whys: int
    goals: int
    addresses: int
    """Of hosts inside an organisation."""
    full_texts: int


@dataclass(frozen=True, slots=True)
class LongQuotation:
    """A page of which much is quoted."""

    uuid: str
    """Of the item."""
    title: str
    quoted: int
    """Characters."""
    of: int
    """Characters of its text; 0: not known here."""


def what_leaves(pack: Pack) -> Leaves:
    """Count what is in a pack, from the pack alone."""
    pages = [one for one in pack.items if one.kind is ItemKind.PAGE]
    marks = [mark.web for one in pages for mark in one.annotations]
    return Leaves(
        pages=len(pages),
        notes=len(pack.items) - len(pages),
        addresses=sum(1 for one in pages if one.url),
        sentences=sum(1 for one in pack.items if one.sentence),
        quotations=sum(1 for mark in marks if mark.selectors.quote.exact),
        comments=sum(1 for mark in marks if mark.comment),
        tags=len(
            {tag for one in pack.items for tag in one.tags} | {tag for mark in marks for tag in mark.tags}
        ),
        full_texts=sum(1 for one in pages if one.html),
        pictures=len(pack.pictures),
        picture_bytes=sum(len(one.data) for one in pack.pictures),
        message=bool(pack.message),
    )


def what_stays(reader: Reader, choice: Choice) -> Stays:
    """Count what was left out of the things chosen."""
    chosen = {one.source_id: one for one in choice.chosen if one.source_id}
    rows = reader.rows(_PAGES, (json.dumps(list(chosen)),))
    private_pages = private_marks = others = addresses = full_texts = 0
    for source_id, url, _, is_private, _, private_captures in rows:
        one = chosen[source_id]
        if is_private and not one.with_private:
            private_pages += 1
            continue
        addresses += not one.with_address and is_internal(url, choice.hosts)
        full_texts += not (one.full_text or choice.full_text)
        hidden = frozenset(json.loads(private_captures))
        for mark in highlights.of_source(reader, source_id):
            if not leaves(one, mark, hidden):
                others += bool(mark.creator)
                private_marks += mark.is_private or mark.capture_id in hidden
    notes = json.dumps([one.note_id for one in choice.chosen if one.note_id and not one.with_private])
    return Stays(
        private_pages,
        private_marks,
        len(reader.rows(_PRIVATE_NOTES, (notes,))),
        others,
        sum(row[2] for row in rows),
        sum(row[4] for row in rows),
        addresses,
        full_texts,
    )


def long_quotations(reader: Reader, pack: Pack) -> list[LongQuotation]:
    """Pages of which more is quoted than one in ten of the text or `MOST_QUOTED` characters."""
    quoted = {
        one.uuid: sum(len(mark.web.selectors.quote.exact) for mark in one.annotations)
        for one in pack.items
        if not one.html
    }
    lengths = dict(reader.rows(_LENGTHS, (json.dumps([uuid for uuid, number in quoted.items() if number]),)))
    found = []
    for one in pack.items:
        number, of = quoted.get(one.uuid, 0), lengths.get(one.uuid) or 0
        if number > MOST_QUOTED or (of and number > of / 10):
            found.append(LongQuotation(one.uuid, one.title, number, of))
    return found


def full_texts_without_licence(pack: Pack) -> list[str]:
    """Titles of the pages that go whole though no licence was found on them."""
    return [one.title for one in pack.items if one.html and not one.licence]
