"""What was sent, to whom and by which way, and what came back: "Between us" on the People page.

Surprising: what was sent stays recorded when the act before it is undone. A file that left cannot be called
back, and the record of it is for knowing that.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.learning.rows import insert
from desktop.library import assets
from desktop.library.acts import found, note_event, now, quietly
from desktop.library.values import Asset
from desktop.share import offer
from desktop.share.values import ItemKind, Pack
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

WAYS = ("file", "draft", "mail", "folder", "reply")
_NOUNS = frozenset({Noun.PACK, Noun.PERSON, Noun.REPLY})
_EXCHANGES = """SELECT pack.id, uuid, direction, title, message, at, way, state, trust,
        coalesce(person_id, 0), sender_name, coalesce(circle_id, 0), circle, file_name, bytes, reply_to,
        (SELECT count(*) FROM pack_item WHERE pack_id = pack.id),
        (SELECT count(*) FROM pack AS other WHERE other.reply_to = pack.uuid
            AND other.direction <> pack.direction),
        (SELECT count(*) FROM reply JOIN pack AS other ON other.id = reply.pack_id
            WHERE other.reply_to = pack.uuid AND other.direction = 'received' AND creator <> '')
    FROM pack"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One pack that went or came."""

    id: int
    uuid: str
    direction: str
    """``sent`` or ``received``."""
    title: str
    message: str
    at: int
    way: str
    """One of `WAYS`."""
    state: str
    """``new``, ``kept`` or ``aside``."""
    trust: str
    """Of a received one, at arrival: a `values.Trust`."""
    person_id: int
    sender_name: str
    circle_id: int
    circle: str
    """For whom, in the words of the pack."""
    file_name: str
    bytes: int
    reply_to: str
    items: int
    answers: int
    """Packs that answer it: received ones to one that was sent, sent ones to one that was received."""
    comments: int
    """Comments that came back with them."""


def record(
    writer: Writer,
    pack: Pack,
    *,
    block: bytes = b"",
    sha256: str = "",
    size: int = 0,
    way: str = "file",
    file_name: str = "",
    person_id: int = 0,
    circle_id: int = 0,
    origin: str = "",
) -> Changes:
    """Note that a pack left; ``made`` is its row's id. Replies in it count as sent. Not undoable.

    The same pack sent again by another way keeps its row and the newest way. Raises NoSpace.
    """
    kept = assets.keep(writer.paths, block, "json") if block else None

    def work(connection: sqlite3.Connection) -> Changes:
        values: dict[str, object] = {
            "title": pack.title, "message": pack.message, "made_at": pack.made_at, "at": now(),
            "person_id": person_id or None, "sender_name": pack.sender.name, "sender_key": pack.sender.key,
            "circle_id": circle_id or None, "circle": pack.circle, "sha256": sha256, "bytes": size,
            "file_name": file_name, "way": way, "reply_to": pack.reply_to, "state": "kept", "trust": "",
        }  # fmt: skip
        if kept is not None:
            values["asset_id"] = _asset(connection, kept)
        here = found(connection, "SELECT id FROM pack WHERE uuid = ? AND direction = 'sent'", pack.uuid)
        pack_id = here[0] if here else _made(connection, pack, values)
        if here:
            _update(connection, pack_id, values)
        act_name = "answered" if pack.reply_to else "sent a pack"
        note_event(connection, "share", act_name, max(1, len(pack.items)))
        return Changes(_NOUNS, (), origin, made=pack_id)

    return quietly(writer, work)


def all_of(reader: Reader, direction: str = "", limit: int = 500) -> list[Exchange]:
    """Packs of a direction (or both), the newest first."""
    sql = f"{_EXCHANGES} WHERE ? IN ('', direction) ORDER BY at DESC, pack.id DESC LIMIT ?"
    return [Exchange(*row) for row in reader.rows(sql, (direction, limit))]


def between(reader: Reader, person_id: int, limit: int = 200) -> list[Exchange]:
    """What went to a person and came from them, the newest first."""
    sql = f"{_EXCHANGES} WHERE person_id = ? ORDER BY at DESC, pack.id DESC LIMIT ?"
    return [Exchange(*row) for row in reader.rows(sql, (person_id, limit))]


def one(reader: Reader, pack_id: int) -> Exchange | None:
    """One pack by its row."""
    row = reader.row(f"{_EXCHANGES} WHERE pack.id = ?", (pack_id,))
    return Exchange(*row) if row else None


def _made(connection: sqlite3.Connection, pack: Pack, values: Mapping[str, object]) -> int:
    pack_id = insert(connection, "pack", {"uuid": pack.uuid, "direction": "sent", **values})
    for ordinal, item in enumerate(pack.items, start=1):
        is_page = item.kind is ItemKind.PAGE
        source_id = offer.source_of(connection, item) if is_page else 0
        note_id = 0 if is_page else offer.note_of(connection, item)
        insert(
            connection,
            "pack_item",
            {
                "pack_id": pack_id, "uuid": item.uuid, "ordinal": ordinal, "title": item.title,
                "url": item.url, "source_id": source_id or None, "note_id": note_id or None, "is_kept": 0,
                "is_new": 0, "sentence": item.sentence, "captured_at": item.captured_at,
                "captured_by": item.captured_by, "licence": item.licence,
            },
        )  # fmt: skip
        connection.executemany(
            "UPDATE reply SET sent_at = ? WHERE uuid = ? AND creator = ''",
            [(now(), each.web.uuid) for each in item.annotations],
        )
    return pack_id


def _update(connection: sqlite3.Connection, pack_id: int, values: Mapping[str, object]) -> None:
    sets = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE pack SET {sets} WHERE id = ?", (*values.values(), pack_id))


def _asset(connection: sqlite3.Connection, kept: Asset) -> int:
    connection.execute(
        "INSERT OR IGNORE INTO asset (sha256, ext, mime, bytes, url) VALUES (?, ?, ?, ?, '')",
        (kept.sha256, kept.ext, kept.mime, kept.bytes),
    )
    return found(connection, "SELECT id FROM asset WHERE sha256 = ?", kept.sha256)[0]
