"""Comment on what was received, and send the comments back as a small pack that joins the sender's library.

Surprising: a reply is kept apart from highlights. It answers a UUID (of an item, a highlight or another
reply), so that it finds its place in every library that has that thing, whatever became of the page there.
"""

import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import replace

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.learning.rows import insert
from desktop.library.acts import act, as_json, found, label, note_event, now
from desktop.library.marks import highlights
from desktop.library.sense_values import Annotation
from desktop.share.answers import Reply, of_note, of_pack, of_source, waiting
from desktop.share.hosts import is_internal, words_without_internal
from desktop.share.values import Item, ItemKind, Pack, Sender, SharedAnnotation
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.selectors import Quote, Selectors
from desktop.text.web_annotation import WebAnnotation

__all__ = [
    "Reply", "comment", "edit", "make_pack", "of_note", "of_pack", "of_source", "own_marks", "remove",
    "waiting",
]  # fmt: skip

_REPLY = frozenset({Noun.REPLY})
_PLACE = """SELECT pack_item.uuid, pack_item.pack_id FROM pack_item JOIN pack ON pack.id = pack_id
    WHERE {column} = ? AND direction = 'received' AND is_kept
    ORDER BY pack.at DESC, pack_item.id DESC LIMIT 1"""
_OWN_MARKS = """SELECT annotation.id FROM pack_item JOIN pack ON pack.id = pack_id
        JOIN annotation ON annotation.source_id = pack_item.source_id
        JOIN capture ON capture.id = annotation.capture_id
    WHERE pack_id = ? AND is_kept AND creator = '' AND NOT annotation.is_private AND NOT capture.is_private
        AND annotation.made_at >= pack.at
    ORDER BY pack_item.ordinal, annotation.made_at, annotation.id"""


def comment(
    writer: Writer,
    body: str,
    *,
    source_id: int = 0,
    note_id: int = 0,
    annotation_id: int = 0,
    reply_id: int = 0,
    origin: str = "",
) -> Changes:
    """Say something to one received thing; ``made`` is the reply's id. Undoable. Raises BadInput.

    To a highlight (``annotation_id``), to somebody's reply, or to a whole page or note.
    """
    if not body.strip():
        raise BadInput(tr("There are no words in this comment."))

    def work(connection: sqlite3.Connection) -> Changes:
        answers, place = _answered(connection, source_id, note_id, annotation_id, reply_id)
        item, pack_id = _received(connection, *place)
        moment = now()
        made = insert(
            connection,
            "reply",
            {
                "uuid": str(uuid.uuid4()), "reply_to": answers or item, "source_id": place[0] or None,
                "note_id": place[1] or None, "annotation_id": annotation_id or None,
                "pack_id": pack_id or None, "creator": "", "body": body.strip(), "made_at": moment,
                "changed_at": moment, "sent_at": 0,
            },
        )  # fmt: skip
        note_event(
            connection, "share", "commented on what was shared", 1, "source" if place[0] else "", place[0]
        )
        return Changes(_REPLY, (place[0],) if place[0] else (), origin, tr("Comment saved"), made)

    return act(writer, work)


def edit(writer: Writer, reply_id: int, body: str, origin: str = "") -> Changes:
    """Change one's own reply. Undoable. Raises BadInput: no words, somebody else's."""
    if not body.strip():
        raise BadInput(tr("There are no words in this comment."))

    def work(connection: sqlite3.Connection) -> Changes:
        row = connection.execute("SELECT creator, body FROM reply WHERE id = ?", (reply_id,)).fetchone()
        if row is None or row[0]:
            raise BadInput(tr("Only your own comments can be changed."))
        if row[1] == body.strip():
            return Changes()
        connection.execute(
            "UPDATE reply SET body = ?, changed_at = ? WHERE id = ?", (body.strip(), now(), reply_id)
        )
        return Changes(_REPLY, (), origin, tr("Comment saved"), reply_id)

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Remove replies, one's own or received ones. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        here = found(
            connection, "SELECT id FROM reply WHERE id IN (SELECT value FROM json_each(?))", as_json(ids)
        )
        connection.executemany("DELETE FROM reply WHERE id = ?", [(one,) for one in here])
        said = label(here, tr("Comment removed"), tr("comments removed"))
        return Changes(_REPLY, (), origin, said) if here else Changes()

    return act(writer, work)


def own_marks(reader: Reader, pack_id: int) -> list[int]:
    """Ids of one's own highlights, not private, on pages that came with a pack, made since: they can go back
    with the comments."""
    return [row[0] for row in reader.rows(_OWN_MARKS, (pack_id,))]


def make_pack(
    reader: Reader,
    pack_id: int,
    sender: Sender,
    *,
    reply_ids: Sequence[int] | None = None,
    annotation_ids: Sequence[int] = (),
    message: str = "",
    pack_uuid: str = "",
    moment: int = 0,
) -> Pack:
    """The comments on a received pack (all that wait when ``reply_ids`` is None) as a pack for its sender.

    It holds those words and the names of the items alone. Raises BadInput when there is nothing to send.
    """
    row = reader.row("SELECT uuid, title FROM pack WHERE id = ? AND direction = 'received'", (pack_id,))
    if row is None:
        raise BadInput(tr("This pack is not here any more."))
    replies = [one for one in of_pack(reader, pack_id) if not one.creator]
    chosen = [one for one in replies if (not one.sent_at if reply_ids is None else one.id in reply_ids)]
    items = [
        item for item in _items(reader, pack_id, chosen, annotation_ids, sender.name) if item.annotations
    ]
    if not items:
        raise BadInput(tr("There is nothing to send back yet."), tr("Comment on what you received first."))
    title = tr("Re: {title}").format(title=row[1])
    return Pack(
        pack_uuid or str(uuid.uuid4()), title, message, moment or now(), sender, tuple(items), reply_to=row[0]
    )


def _answered(
    connection: sqlite3.Connection, source_id: int, note_id: int, annotation_id: int, reply_id: int
) -> tuple[str, tuple[int, int]]:
    """(UUID of the highlight or reply, or empty; (source, note)). Raises BadInput when it is gone."""
    if annotation_id:
        row = connection.execute(
            "SELECT uuid, source_id, 0 FROM annotation WHERE id = ?", (annotation_id,)
        ).fetchone()
    elif reply_id:
        row = connection.execute(
            "SELECT uuid, coalesce(source_id, 0), coalesce(note_id, 0) FROM reply WHERE id = ?", (reply_id,)
        ).fetchone()
    else:
        row = ("", source_id, note_id)
    if row is None or not (row[1] or row[2]):
        raise BadInput(tr("This is not here any more."))
    return row[0], (row[1], row[2])


def _received(connection: sqlite3.Connection, source_id: int, note_id: int) -> tuple[str, int]:
    """The item and pack by which a thing came last. Raises BadInput for what nobody sent."""
    column = "pack_item.source_id" if source_id else "pack_item.note_id"
    row = connection.execute(_PLACE.format(column=column), (source_id or note_id,)).fetchone()
    if row is None:
        raise BadInput(tr("Nobody sent you this, so there is nobody to answer."))
    return row[0], row[1]


def _items(
    reader: Reader, pack_id: int, chosen: Sequence[Reply], annotation_ids: Sequence[int], author: str
) -> list[Item]:
    rows = reader.rows(
        "SELECT uuid, title, url, coalesce(source_id, 0), coalesce(note_id, 0) FROM pack_item "
        "WHERE pack_id = ? ORDER BY ordinal, id",
        (pack_id,),
    )
    allowed = set(own_marks(reader, pack_id)) & set(annotation_ids)
    items = []
    for item_uuid, title, url, source_id, note_id in rows:
        place = url or f"urn:uuid:{item_uuid}"
        said = [
            one
            for one in chosen
            if (source_id and one.source_id == source_id) or (note_id and one.note_id == note_id)
        ]
        marks = (
            [one for one in highlights.of_source(reader, source_id) if one.id in allowed] if source_id else []
        )
        shared = [SharedAnnotation(_web(reader, one, place, author), one.reply_to) for one in said]
        shared += [SharedAnnotation(_own(one, place, author)) for one in marks]
        kind = ItemKind.NOTE if note_id else ItemKind.PAGE
        items.append(Item(item_uuid, kind, title, url, annotations=tuple(shared)))
    return items


def _own(one: Annotation, place: str, author: str) -> WebAnnotation:
    """A highlight of one's own."""
    link, comment = "" if is_internal(one.link) else one.link, words_without_internal(one.comment)
    return WebAnnotation(
        one.uuid, place, _selectors(one), one.colour.value, comment, one.tags, link, author,
        made_at=one.made_at, changed_at=one.changed_at,
    )  # fmt: skip


def _selectors(one: Annotation) -> Selectors:
    return Selectors(one.start, one.stop, Quote(one.quote, one.prefix, one.suffix), one.range, one.fragment)


def _web(reader: Reader, reply: Reply, url: str, author: str) -> WebAnnotation:
    """A reply; it quotes the highlight it answers, unless that is private, so that it can be read alone."""
    row = reader.row(
        "SELECT annotation.quote, annotation.prefix, annotation.suffix, fragment "
        "FROM annotation JOIN capture ON capture.id = capture_id "
        "WHERE annotation.uuid = ? AND NOT annotation.is_private AND NOT capture.is_private",
        (reply.reply_to,),
    )
    selectors = Selectors(-1, -1, Quote(*row[:3]), fragment=row[3]) if row else Selectors(-1, -1, Quote(""))
    bare = WebAnnotation(
        reply.uuid, url, selectors, comment=reply.body, creator=author, made_at=reply.made_at
    )
    return replace(bare, changed_at=reply.made_at)
