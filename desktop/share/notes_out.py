"""Notes on their way out: the person's own Markdown, without what it quotes of private things.

Surprising: a block that quotes a private highlight goes whole, also when its words were edited since; the tie
alone says what it is.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from desktop.library.note_markdown import ANNOTATION, Spot, spots
from desktop.share.choice import Choice, Chosen
from desktop.share.hosts import words_without_internal
from desktop.share.values import Item, ItemKind, Sender
from desktop.store.reader import Reader

_NOTES = """SELECT note.id, uuid, title, body, made_at, is_private FROM json_each(?) AS wanted
    CROSS JOIN note ON note.id = wanted.value"""
_TAGS = """SELECT note_id, name FROM json_each(?) AS wanted
    CROSS JOIN note_tag ON note_id = wanted.value JOIN tag ON tag.id = tag_id ORDER BY tag.key"""
_PRIVATE = """SELECT annotation.uuid, comment FROM json_each(?1) AS wanted
        CROSS JOIN annotation ON annotation.uuid = wanted.value
        JOIN capture ON capture.id = annotation.capture_id JOIN source ON source.id = annotation.source_id
        JOIN capture AS newest ON newest.id = source.capture_id
        WHERE annotation.is_private OR capture.is_private OR newest.is_private
    UNION SELECT capture.uuid, '' FROM json_each(?1) AS wanted
        CROSS JOIN capture ON capture.uuid = wanted.value
        JOIN source ON source.id = capture.source_id JOIN capture AS newest ON newest.id = source.capture_id
        WHERE capture.is_private OR newest.is_private"""
_LEFT_OUT = "[…]"


def note_items(reader: Reader, choice: Choice, sender: Sender) -> dict[int, Item]:
    """By note id, the notes of a choice that may leave."""
    chosen = {one.note_id: one for one in choice.chosen if one.note_id}
    ids = json.dumps(list(chosen))
    rows = [row for row in reader.rows(_NOTES, (ids,)) if chosen[row[0]].with_private or not row[5]]
    tags: dict[int, list[str]] = defaultdict(list)
    for note_id, name in reader.rows(_TAGS, (ids,)) if choice.with_tags else ():
        tags[note_id].append(name)
    hidden = _hidden(reader, [row[3] for row in rows])
    return {
        row[0]: _item(row, chosen[row[0]], tuple(tags[row[0]]), hidden, sender, choice.hosts) for row in rows
    }


def _item(
    row: Sequence[object],
    one: Chosen,
    tags: tuple[str, ...],
    hidden: Mapping[str, str],
    sender: Sender,
    hosts: Sequence[str],
) -> Item:
    _, uuid, title, body, made_at, _ = row
    told = str(body) if one.with_private else without(str(body), hidden)
    told = told if one.with_address else words_without_internal(told, hosts)
    return Item(
        uuid=str(uuid),
        kind=ItemKind.NOTE,
        title=str(title),
        captured_at=int(str(made_at)),
        captured_by=sender.name,
        words=len(told.split()),
        sentence=one.sentence.strip(),
        group=one.heading.strip(),
        tags=tags,
        markdown=told,
    )


def without(body: str, hidden: Mapping[str, str]) -> str:
    """A note's body without the quotations and citations of these annotations and captures, and without the
    comment that came into the note behind its quotation."""
    kept, at = [], 0
    for spot in sorted(spots(body), key=lambda one: (one.start, -one.stop)):
        if spot.uuid in hidden and spot.start >= at:
            kept += [body[at : spot.start], _stand_in(body, spot)]
            at = spot.stop + _comment_behind(body[spot.stop :], hidden[spot.uuid])
    return "".join([*kept, body[at:]])


def _comment_behind(rest: str, comment: str) -> int:
    """How many characters behind a quotation are blanks and its comment; 0: it is not there any more."""
    said = comment.strip()
    blank = len(rest) - len(rest.lstrip())
    return blank + len(said) if said and rest[blank:].startswith(said) else 0


def _stand_in(body: str, spot: Spot) -> str:
    is_quotation = spot.kind == ANNOTATION and body[spot.start : spot.stop].lstrip().startswith(">")
    return f"> {_LEFT_OUT}" if is_quotation else _LEFT_OUT


def _hidden(reader: Reader, bodies: Sequence[str]) -> dict[str, str]:
    """Annotations and captures that are private, by UUID, with the comment on them."""
    named = {spot.uuid for body in bodies for spot in spots(body)}
    return dict(reader.rows(_PRIVATE, (json.dumps(sorted(named)),)))
