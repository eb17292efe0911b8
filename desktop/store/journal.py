"""Undo by SQLite's own technique: triggers on the watched tables write what turns each row back.

The triggers are TEMP and exist on the writer's connection alone, so they are no part of the file and need no
migration. An entry always holds what flips it: undoing applies its changes backwards while the triggers write
their inverse under the same entry, which is what redo applies. Undone entries are therefore the newest ones,
and a new act drops them.
"""

import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from desktop.store.changes import Noun
from desktop.store.watched import BY_TABLE, WATCHED, Watched

KEPT_FOR = 30 * 24 * 3600 * 1000
"""Milliseconds that an entry can be undone."""

CHUNK = 1000
"""Changes that are turned back at a time: undoing a hundred thousand takes no more memory than this many."""

_Change = tuple[int, str, str, Any, str, Any, int | None]


@dataclass(frozen=True, slots=True)
class Flipped:
    """What `undo` or `redo` turned."""

    label: str
    nouns: frozenset[Noun]
    source_ids: tuple[int, ...]


def watch(connection: sqlite3.Connection) -> None:
    """Put the triggers on the writer's connection."""
    connection.execute("PRAGMA recursive_triggers = ON")  # else REPLACE deletes rows without telling them
    connection.execute("CREATE TEMP TABLE journal_open (entry_id INTEGER NOT NULL)")
    connection.execute("CREATE TEMP TABLE journal_sitting (name TEXT PRIMARY KEY, entry_id INTEGER NOT NULL)")
    for each in WATCHED:
        for column in each.columns:
            _trigger(connection, each, "update", column)
        if each.is_rows_watched:
            _trigger(connection, each, "insert")
            _trigger(connection, each, "delete")


@contextmanager
def entry(connection: sqlite3.Connection, label: str, now: int, sitting: str = "") -> Iterator[None]:
    """Journal what is done inside, as one act. Nothing changed: no entry, and redo stays possible.

    Acts of one ``sitting``, a name that its caller makes up, are one entry as long as no other act comes
    between: a text that is saved every few seconds is undone as a whole.
    """
    entry_id = _sat(connection, sitting) if sitting else None
    if entry_id is None:
        made = connection.execute(
            "INSERT INTO journal_entry (at, label, is_undone) VALUES (?, ?, 0)", (now, label)
        )
        entry_id = made.lastrowid
    with _open(connection, entry_id):
        yield
    if sitting:
        _sit(connection, sitting, entry_id)
    if connection.execute("SELECT 1 FROM journal_change WHERE entry_id = ? LIMIT 1", (entry_id,)).fetchone():
        _drop(connection, "is_undone = 1", ())
    else:
        connection.execute("DELETE FROM journal_entry WHERE id = ?", (entry_id,))


def _sat(connection: sqlite3.Connection, sitting: str) -> int | None:
    """The entry of a sitting that goes on: the newest one, and nothing has been undone since."""
    row = connection.execute(
        "SELECT entry_id FROM journal_sitting WHERE name = ? AND entry_id = "
        "(SELECT max(id) FROM journal_entry) AND NOT EXISTS "
        "(SELECT 1 FROM journal_entry WHERE is_undone = 1)",
        (sitting,),
    ).fetchone()
    return None if row is None else int(row[0])


def _sit(connection: sqlite3.Connection, sitting: str, entry_id: int | None) -> None:
    """Remember the sitting's entry, and of every field in it only what it was at first."""
    connection.execute("INSERT OR REPLACE INTO journal_sitting VALUES (?, ?)", (sitting, entry_id))
    connection.execute(
        "DELETE FROM journal_change WHERE entry_id = ?1 AND op = 'update' AND id NOT IN "
        "(SELECT min(id) FROM journal_change WHERE entry_id = ?1 AND op = 'update' "
        "GROUP BY what, key, field)",
        (entry_id,),
    )


def relabel(connection: sqlite3.Connection, label: str) -> None:
    """Name the open entry once its extent is known."""
    connection.execute(
        "UPDATE journal_entry SET label = ? WHERE id = (SELECT entry_id FROM journal_open)", (label,)
    )


def undo(connection: sqlite3.Connection) -> Flipped | None:
    """Turn the last act back. Raises sqlite3.IntegrityError at commit when rows it needs are gone."""
    found = connection.execute("SELECT max(id) FROM journal_entry WHERE is_undone = 0").fetchone()
    return None if found[0] is None else _flip(connection, found[0], True)


def redo(connection: sqlite3.Connection) -> Flipped | None:
    """Do again what was undone last."""
    found = connection.execute("SELECT min(id) FROM journal_entry WHERE is_undone = 1").fetchone()
    return None if found[0] is None else _flip(connection, found[0], False)


def forget(connection: sqlite3.Connection, source_ids: str) -> None:
    """Remove every trace of sources (a JSON list of ids) that are about to be deleted for good.

    An act on them alone goes whole: the rest of it, as making a tag, is nothing that a person sees. A note
    that was deleted can still come back, with the words it quoted: they are the person's own by then.
    """
    _name_second_sources(connection, source_ids)
    _forget_quoted(connection, source_ids)
    gone = "source_id IN (SELECT value FROM json_each(?))"
    acts = [
        row[0]
        for row in connection.execute(
            f"SELECT DISTINCT entry_id FROM journal_change WHERE {gone}", (source_ids,)
        )
    ]
    connection.execute(f"DELETE FROM journal_change WHERE {gone}", (source_ids,))
    _drop(
        connection,
        "id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM journal_change "
        "WHERE entry_id = journal_entry.id AND (source_id IS NOT NULL OR what = 'note'))",
        (json.dumps(acts),),
    )


def _name_second_sources(connection: sqlite3.Connection, source_ids: str) -> None:
    """Let the changes of rows that join two sources, one of them gone, stand under the one that is gone."""
    for each in WATCHED:
        if each.also:
            connection.execute(
                "UPDATE journal_change SET source_id = (SELECT value FROM json_each(?1) LIMIT 1) "
                "WHERE what = ?2 AND key IN ("
                f"SELECT id FROM {each.table} WHERE {each.also} IN (SELECT value FROM json_each(?1)) "
                "UNION SELECT key FROM journal_change WHERE what = ?2 AND op = 'delete' "
                "AND json_extract(before, ?3) IN (SELECT value FROM json_each(?1)))",
                (source_ids, each.table, f"$.{each.also}"),
            )


def _forget_quoted(connection: sqlite3.Connection, source_ids: str) -> None:
    """Remove earlier texts of notes that quote the sources, or did: the note keeps what it says now."""
    connection.execute(
        "DELETE FROM journal_change WHERE what = 'note' AND op = 'update' AND key IN ("
        "SELECT note_id FROM note_source WHERE source_id IN (SELECT value FROM json_each(?1)) "
        "UNION SELECT json_extract(key, '$[0]') FROM journal_change "
        "WHERE what = 'note_source' AND source_id IN (SELECT value FROM json_each(?1)))",
        (source_ids,),
    )
    connection.execute(
        "DELETE FROM journal_entry "
        "WHERE NOT EXISTS (SELECT 1 FROM journal_change WHERE entry_id = journal_entry.id)"
    )


def drop_last(connection: sqlite3.Connection, *, is_undone: bool) -> str:
    """Remove the entry that `undo` (or `redo`, when ``is_undone``) would flip; its label, or empty."""
    end = "min" if is_undone else "max"
    found = connection.execute(
        f"SELECT {end}(id), label FROM journal_entry WHERE is_undone = ?", (is_undone,)
    ).fetchone()
    if found[0] is None:
        return ""
    _drop(connection, "id = ?", (found[0],))
    return str(found[1])


def trim(connection: sqlite3.Connection, now: int) -> None:
    """Drop what is older than 30 days."""
    _drop(connection, "at < ?", (now - KEPT_FOR,))


def _flip(connection: sqlite3.Connection, entry_id: int, is_undone: bool) -> Flipped:
    (label,) = connection.execute("SELECT label FROM journal_entry WHERE id = ?", (entry_id,)).fetchone()
    nouns: set[Noun] = set()
    source_ids: dict[int, None] = {}
    (newest,) = connection.execute(
        "SELECT coalesce(max(id), 0) FROM journal_change WHERE entry_id = ?", (entry_id,)
    ).fetchone()
    with _open(connection, entry_id):
        for changes in _backwards(connection, entry_id, newest):
            for (what, op, field), group in itertools.groupby(
                changes, key=lambda one: (one[1], one[2], one[4])
            ):
                _turn_back(connection, BY_TABLE[what], op, field, list(group))
                nouns.add(BY_TABLE[what].noun)
            source_ids.update((one[6], None) for one in changes if one[6] is not None)
    connection.execute("DELETE FROM journal_change WHERE entry_id = ? AND id <= ?", (entry_id, newest))
    connection.execute("UPDATE journal_entry SET is_undone = ? WHERE id = ?", (is_undone, entry_id))
    return Flipped(label, frozenset(nouns), tuple(source_ids))


def _backwards(connection: sqlite3.Connection, entry_id: int, newest: int) -> Iterator[list[_Change]]:
    """Changes up to the newest, last first. What is journalled meanwhile stands above it and is not met."""
    while changes := connection.execute(
        "SELECT id, what, op, key, field, before, source_id FROM journal_change "
        "WHERE entry_id = ? AND id <= ? ORDER BY id DESC LIMIT ?",
        (entry_id, newest, CHUNK),
    ).fetchall():
        newest = changes[-1][0] - 1
        yield changes


def _turn_back(
    connection: sqlite3.Connection, watched: Watched, op: str, field: str, group: list[_Change]
) -> None:
    """Apply the inverse of neighbouring changes of one kind in one go."""
    where = " AND ".join(f"{column} = ?" for column in watched.key)
    if op == "update":
        sql = f"UPDATE {watched.table} SET {field} = ? WHERE {where}"
        connection.executemany(sql, [(change[5], *_key(change[3])) for change in group])
    elif op == "insert":
        kept = "".join(
            f" AND NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.{column} = {watched.table}.id)"
            for table, column in watched.kept_by
        )
        sql = f"DELETE FROM {watched.table} WHERE {where}{kept}"
        connection.executemany(sql, [_key(change[3]) for change in group])
    else:
        rows = [json.loads(change[5]) for change in group]
        names = list(rows[0])
        # IGNORE: the same row may have been made again since, as when a page is saved again with its tag.
        signs = ", ".join("?" * len(names))
        sql = f"INSERT OR IGNORE INTO {watched.table} ({', '.join(names)}) VALUES ({signs})"
        connection.executemany(sql, [tuple(row[name] for name in names) for row in rows])


def _key(stored: int | str) -> tuple[Any, ...]:
    return tuple(json.loads(stored)) if isinstance(stored, str) else (stored,)


@contextmanager
def _open(connection: sqlite3.Connection, entry_id: int | None) -> Iterator[None]:
    """No clean-up on error: the transaction takes the open mark back with the rest."""
    connection.execute("INSERT INTO journal_open VALUES (?)", (entry_id,))
    yield
    connection.execute("DELETE FROM journal_open")


def _drop(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> None:
    ids = [(row[0],) for row in connection.execute(f"SELECT id FROM journal_entry WHERE {where}", values)]
    connection.executemany("DELETE FROM journal_change WHERE entry_id = ?", ids)
    connection.executemany("DELETE FROM journal_entry WHERE id = ?", ids)


def _trigger(connection: sqlite3.Connection, watched: Watched, op: str, column: str = "") -> None:
    row = "NEW" if op == "insert" else "OLD"
    key = f"{row}.{watched.key[0]}"
    if len(watched.key) > 1:
        key = f"json_array({', '.join(f'{row}.{part}' for part in watched.key)})"
    before = {"update": f"OLD.{column}", "insert": "NULL", "delete": _whole_row(connection, watched.table)}[
        op
    ]
    event = f"UPDATE OF {column}" if column else op.upper()
    differs = f"OLD.{column} IS NOT NEW.{column} AND " if column else ""
    source = f"{row}.{watched.source}" if watched.source else "NULL"
    if watched.by[0]:
        source = f"(SELECT source_id FROM main.{watched.by[0]} WHERE id = {row}.{watched.by[1]})"
    connection.execute(
        f"CREATE TEMP TRIGGER journal_{watched.table}_{op}_{column} AFTER {event} ON main.{watched.table} "
        f"WHEN {differs}EXISTS (SELECT 1 FROM journal_open) BEGIN "
        "INSERT INTO journal_change (entry_id, what, op, key, field, before, source_id) VALUES "
        f"((SELECT entry_id FROM journal_open), "
        f"'{watched.table}', '{op}', {key}, '{column}', {before}, {source}); "
        "END"
    )


def _whole_row(connection: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
    pairs = (f"'{column}', OLD.{column}" for column in columns)
    return f"json_object({', '.join(pairs)})"
