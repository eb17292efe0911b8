"""Rows made and changed inside an act. Columns are ours, never a person's word."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.acts import as_json, found, now

OF_THEM = "IN (SELECT value FROM json_each(?))"


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> int:
    """Make a row; its id."""
    signs = ", ".join("?" * len(values))
    made = connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({signs})", tuple(values.values())
    )
    return made.lastrowid or 0


def change(connection: sqlite3.Connection, table: str, row_id: int, values: Mapping[str, Any]) -> bool:
    """Set the columns that are not None; True when one of them was another. Raises BadInput: no such row."""
    wanted = {name: value for name, value in values.items() if value is not None}
    if not wanted:
        return False
    row = connection.execute(f"SELECT {', '.join(wanted)} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    if row is None:
        raise BadInput(tr("This is not here any more."))
    if tuple(wanted.values()) == row:
        return False
    sets = ", ".join(f"{name} = ?" for name in wanted)
    connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*wanted.values(), row_id))
    return True


def touch(connection: sqlite3.Connection, table: str, row_id: int) -> None:
    """Note that something about it changed now."""
    connection.execute(f"UPDATE {table} SET changed_at = ? WHERE id = ?", (now(), row_id))


def need(connection: sqlite3.Connection, table: str, row_id: int, what: str) -> None:
    """Raises BadInput when that row is not there. ``what``: "This goal"."""
    if not found(connection, f"SELECT 1 FROM {table} WHERE id = ?", row_id):
        raise BadInput(tr("{what} is not here any more.").format(what=what))


def delete(connection: sqlite3.Connection, table: str, ids: Sequence[int], children: Sequence[str]) -> int:
    """Delete rows, first those of ``children`` that refer to them by ``<table>_id``; how many there were."""
    doomed = as_json(ids)
    for child in children:
        connection.execute(f"DELETE FROM {child} WHERE {table}_id {OF_THEM}", (doomed,))
    return connection.execute(f"DELETE FROM {table} WHERE id {OF_THEM}", (doomed,)).rowcount


def optional(row_id: int | None) -> int | None:
    """0 and None: no reference."""
    return row_id or None
