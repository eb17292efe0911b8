"""Tags: labels on sources. "SQL" and "sql" are one tag, shown as it was first written."""

import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence

from desktop.library.acts import act, as_json, found, label, note_event
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer


def tag(
    writer: Writer, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Add and remove tags by name. Undoable as one."""
    plus, minus = named(add), named(remove)

    def work(connection: sqlite3.Connection) -> Changes:
        touched = put_on(connection, ids, plus) | take_off(connection, ids, minus)
        if not touched:
            return Changes()
        note_event(connection, "sense", "tagged", len(touched))
        names = ", ".join(plus or minus)
        if plus and minus:
            said = label(ids, "Tags changed", "with changed tags")
        elif plus:
            said = label(ids, f"Tagged {names}", f"tagged {names}")
        else:
            said = label(ids, f"Tag removed: {names}", f"without {names}")
        return Changes(frozenset({Noun.SOURCE, Noun.TAG}), tuple(sorted(touched)), origin, said)

    return act(writer, work)


def key_of(name: str) -> str:
    """By what two tags (or skills) are the same."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def named(names: Iterable[str]) -> list[str]:
    """The names without blanks around them, empty ones and doubles; the first writing stays."""
    kept: dict[str, str] = {}
    for name in names:
        if name.strip():
            kept.setdefault(key_of(name), name.strip())
    return list(kept.values())


def put_on(connection: sqlite3.Connection, ids: Sequence[int], names: Sequence[str]) -> set[int]:
    """Put tags on sources, making tags that are new; the sources that did not bear them all."""
    touched: set[int] = set()
    for name in names:
        connection.execute("INSERT OR IGNORE INTO tag (key, name) VALUES (?, ?)", (key_of(name), name))
        (tag_id,) = found(connection, "SELECT id FROM tag WHERE key = ?", key_of(name))
        lacking = found(
            connection,
            "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?)) "
            "AND id NOT IN (SELECT source_id FROM source_tag WHERE tag_id = ?)",
            as_json(ids),
            tag_id,
        )
        connection.executemany("INSERT INTO source_tag VALUES (?, ?)", ((each, tag_id) for each in lacking))
        touched.update(lacking)
    return touched


def take_off(connection: sqlite3.Connection, ids: Sequence[int], names: Sequence[str]) -> set[int]:
    """Take tags off sources; the sources that bore one."""
    touched: set[int] = set()
    for name in names:
        bearing = found(
            connection,
            "SELECT source_id FROM source_tag WHERE tag_id = (SELECT id FROM tag WHERE key = ?) "
            "AND source_id IN (SELECT value FROM json_each(?))",
            key_of(name),
            as_json(ids),
        )
        connection.execute(
            "DELETE FROM source_tag WHERE tag_id = (SELECT id FROM tag WHERE key = ?) "
            "AND source_id IN (SELECT value FROM json_each(?))",
            (key_of(name), as_json(ids)),
        )
        touched.update(bearing)
    return touched
