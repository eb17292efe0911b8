"""What every act of the person has in common: one transaction, one journal entry, one `Changes`.

sqlmodel is not imported here but where an act runs, on the writer's thread, so that views may import the
modules of commands.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from desktop.languages import writing
from desktop.store import journal
from desktop.store.changes import Changes
from desktop.store.writer import Writer

if TYPE_CHECKING:
    from sqlmodel import Session

T = TypeVar("T")


def act(writer: Writer, work: Callable[[sqlite3.Connection], Changes], sitting: str = "") -> Changes:
    """Run ``work`` as one undoable act; the label of its Changes names the entry.

    Empty Changes leave no entry. Acts of one ``sitting`` that follow each other are one entry.
    """

    def command(session: Session) -> Changes:
        connection = _plain(session)
        with journal.entry(connection, "", now(), sitting):
            changes = work(connection)
            if changes.label:
                journal.relabel(connection, changes.label)
        return changes

    return writer.run(command)


def quietly(writer: Writer, work: Callable[[sqlite3.Connection], T]) -> T:
    """Run ``work`` in one transaction that undo does not know."""
    return writer.run(lambda session: work(_plain(session)))


def _plain(session: Session) -> sqlite3.Connection:
    from desktop.store.sessions import plain

    return plain(session)


def note_event(
    connection: sqlite3.Connection, verb: str, name: str, count: int = 1, noun: str = "", ref_id: int = 0
) -> None:
    """Remember for the balance view that something was done. ``verb``: seek, sense or share.

    ``noun`` and ``ref_id``: on what, when it was one thing.
    """
    connection.execute(
        "INSERT INTO event (at, verb, act, count, noun, ref_id) VALUES (?, ?, ?, ?, ?, ?)",
        (now(), verb, name, count, noun, ref_id),
    )


def one_of(noun: str, ids: Sequence[int]) -> tuple[str, int]:
    """Noun and id for `note_event` when there is one thing; else nothing to open."""
    return (noun, ids[0]) if len(ids) == 1 else ("", 0)


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def as_json(values: Iterable[int]) -> str:
    """For ``json_each``: any number of ids in one parameter."""
    return json.dumps(list(values))


def found(connection: sqlite3.Connection, sql: str, *values: object) -> tuple[int, ...]:
    """The first column of all rows."""
    return tuple(row[0] for row in connection.execute(sql, values))


def label(ids: Sequence[int], one: str, many: str) -> str:
    """Say "Moved to Later" for one, "3 moved to Later" for three."""
    return one if len(ids) == 1 else f"{writing.number(len(ids))} {many}"
