"""What was said to what was shared: read by plain SQL.

Surprising: the reader shows answers beside the text, so nothing here imports what makes or opens packs.
"""

from dataclasses import dataclass

from desktop.store.reader import Reader

_COLUMNS = """reply.id, reply.uuid, reply_to, coalesce(source_id, 0), coalesce(note_id, 0),
    coalesce(annotation_id, 0), coalesce(pack_id, 0), creator, body, made_at, sent_at"""


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment on what was shared. Ids are 0 where there is no such thing (any more)."""

    id: int
    uuid: str
    reply_to: str
    """UUID of the item, highlight or reply that it answers."""
    source_id: int
    note_id: int
    annotation_id: int
    pack_id: int
    """The pack it came with, or that it is an answer to."""
    creator: str
    """Empty: the person whose library this is."""
    body: str
    """Markdown."""
    made_at: int
    sent_at: int
    """0: not sent yet, or not one's own."""


def of_source(reader: Reader, source_id: int) -> list[Reply]:
    """Everything said to a page and its highlights, the oldest first."""
    return _read(reader, "source_id = ?", source_id)


def of_note(reader: Reader, note_id: int) -> list[Reply]:
    """Everything said to a note, the oldest first."""
    return _read(reader, "note_id = ?", note_id)


def of_pack(reader: Reader, pack_id: int) -> list[Reply]:
    """What came with a received pack, and one's own comments on what it brought, the oldest first."""
    return _read(reader, "pack_id = ?", pack_id)


def waiting(reader: Reader, pack_id: int) -> list[Reply]:
    """One's own comments on a received pack that were not sent yet."""
    return _read(reader, "pack_id = ? AND creator = '' AND sent_at = 0", pack_id)


def _read(reader: Reader, where: str, value: int) -> list[Reply]:
    rows = reader.rows(f"SELECT {_COLUMNS} FROM reply WHERE {where} ORDER BY made_at, id", (value,))
    return [Reply(*row) for row in rows]
