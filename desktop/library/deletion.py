"""Delete for good: the text leaves the tables, the journal, the log beside the file, and the folders.

Only what is in Trash can be deleted, and only a tombstone (the UUID of each capture) stays, so that a spool
file that comes again does not bring it back. Evidence and tries keep the person's own sentences. Backups
made before still hold it until they are thinned out.
"""

import sqlite3
import time
from collections.abc import Sequence

from desktop.languages import tr
from desktop.library import assets
from desktop.library.acts import as_json, found, label, now, quietly
from desktop.store import journal
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

KEPT_IN_TRASH = 30 * 24 * 3600 * 1000
"""Milliseconds."""
_ON_THE_WAY = 5 * 60 * 1_000_000_000
"""Nanoseconds: a file kept a moment ago may belong to a capture on its way. Upkeep takes it later."""


def delete_for_good(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete sources that are in Trash, their texts and files; their UUIDs leave tombstones. Not undoable."""
    return _delete(writer, "id IN (SELECT value FROM json_each(?))", as_json(ids), origin)


def empty_old_trash(writer: Writer, now: int, origin: str = "") -> Changes:
    """Delete for good what has been in Trash for 30 days. ``now`` in milliseconds since 1970."""
    return _delete(writer, "state_since <= ?", now - KEPT_IN_TRASH, origin)


def _delete(writer: Writer, where: str, value: object, origin: str) -> Changes:
    def work(connection: sqlite3.Connection) -> tuple[tuple[int, ...], list[str]]:
        ids = found(connection, f"SELECT id FROM source WHERE state = 'trash' AND {where}", value)
        return ids, _delete_rows(connection, as_json(ids)) if ids else []

    ids, files = quietly(writer, work)
    if not ids:
        return Changes()
    assets.remove(writer.paths, files, time.time_ns() - _ON_THE_WAY)
    writer.checkpoint()  # else the text would stay readable in library.db-wal
    nouns = frozenset(set(Noun) - {Noun.BROWSER, Noun.SETTING, Noun.SEARCH})
    return Changes(nouns, ids, origin, label(ids, tr("Deleted for good"), tr("deleted for good")))


def _delete_rows(connection: sqlite3.Connection, ids: str) -> list[str]:
    """Delete sources (a JSON list of ids) and what hangs on them; names of files that nothing shows any
    more."""
    of_them = "IN (SELECT value FROM json_each(?))"
    connection.execute(
        f"INSERT OR IGNORE INTO tombstone SELECT uuid, ? FROM capture WHERE source_id {of_them}", (now(), ids)
    )
    contents = as_json(
        found(connection, f"SELECT DISTINCT content_id FROM capture WHERE source_id {of_them}", ids)
    )
    journal.forget(connection, ids)
    remove_annotations(
        connection, as_json(found(connection, f"SELECT id FROM annotation WHERE source_id {of_them}", ids))
    )
    connection.execute(
        f"DELETE FROM link WHERE from_source_id {of_them} OR to_source_id {of_them}", (ids, ids)
    )
    connection.execute(
        f"DELETE FROM evidence WHERE source_id {of_them} AND sentence = '' "
        "AND NOT EXISTS (SELECT 1 FROM level_evidence WHERE evidence_id = evidence.id)",
        (ids,),
    )
    for table in ("basket", "note_source", "source_tag", "source_goal", "tool_source", "address", "capture"):
        connection.execute(f"DELETE FROM {table} WHERE source_id {of_them}", (ids,))
    blocks = _forget_packs(connection, ids)
    connection.execute(f"DELETE FROM source WHERE id {of_them}", (ids,))
    return _drop_contents(connection, contents) + blocks


def _forget_packs(connection: sqlite3.Connection, ids: str) -> list[str]:
    """Let packs forget those sources (a JSON list of ids); names of the files that held their text.

    A pack keeps its row, so that what was sent to whom stays known; its signed block, which is whole or
    nothing, goes.
    """
    of_them = "IN (SELECT value FROM json_each(?))"
    connection.execute(f"DELETE FROM reply WHERE source_id {of_them}", (ids,))
    packs = as_json(
        found(connection, f"SELECT DISTINCT pack_id FROM pack_item WHERE source_id {of_them}", ids)
    )
    connection.execute(
        f"UPDATE pack_item SET title = '', url = '', sentence = '' WHERE source_id {of_them}", (ids,)
    )
    held = as_json(
        found(connection, f"SELECT asset_id FROM pack WHERE id {of_them} AND asset_id IS NOT NULL", packs)
    )
    names = [
        f"res/{sha256}.{ext}"
        for sha256, ext in connection.execute(f"SELECT sha256, ext FROM asset WHERE id {of_them}", (held,))
    ]
    connection.execute(f"UPDATE pack SET asset_id = NULL WHERE id {of_them}", (packs,))
    connection.execute(f"DELETE FROM asset WHERE id {of_them}", (held,))
    return names


def remove_annotations(connection: sqlite3.Connection, ids: str) -> None:
    """Delete annotations (a JSON list of ids) and what hangs on them, inside an act.

    Notes that quote them keep the words. The children go first, so that the journal knows their source.
    """
    of_them = "IN (SELECT value FROM json_each(?))"
    for table in ("basket", "note_quote", "annotation_tag", "anchor"):
        connection.execute(f"DELETE FROM {table} WHERE annotation_id {of_them}", (ids,))
    connection.execute(f"DELETE FROM annotation WHERE id {of_them}", (ids,))


def _drop_contents(connection: sqlite3.Connection, contents: str) -> list[str]:
    """Delete those contents (a JSON list of ids) that no capture shows; names of files that nothing shows
    any more."""
    unused = as_json(
        found(
            connection,
            "SELECT value FROM json_each(?) AS one "
            "WHERE NOT EXISTS (SELECT 1 FROM capture WHERE content_id = one.value)",
            contents,
        )
    )
    of_them = "IN (SELECT value FROM json_each(?))"
    pages = [
        row[0]
        for row in connection.execute(
            f"SELECT DISTINCT raw_page FROM content WHERE id {of_them} AND raw_page <> '' "
            "AND NOT EXISTS (SELECT 1 FROM content AS other "
            f"WHERE other.raw_page = content.raw_page AND other.id NOT {of_them})",
            (unused, unused),
        )
    ]
    shown = as_json(
        found(connection, f"SELECT asset_id FROM content_asset WHERE content_id {of_them}", unused)
    )
    connection.execute(f"DELETE FROM content_asset WHERE content_id {of_them}", (unused,))
    connection.execute(f"DELETE FROM content WHERE id {of_them}", (unused,))
    orphans = f"id {of_them} AND " + " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE asset_id = asset.id)"
        for table in ("content_asset", "evidence", "activity")
    )
    pictures = [
        f"res/{sha256}.{ext}"
        for sha256, ext in connection.execute(f"SELECT sha256, ext FROM asset WHERE {orphans}", (shown,))
    ]
    connection.execute(f"DELETE FROM asset WHERE {orphans}", (shown,))
    return pages + pictures
