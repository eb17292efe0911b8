"""Undo and redo of the person's acts, last first, across restarts, for 30 days."""

import sqlite3
from collections.abc import Callable

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.acts import quietly
from desktop.store import journal
from desktop.store.changes import Changes
from desktop.store.faults import GoneMeanwhile
from desktop.store.writer import Writer


def undo(writer: Writer, origin: str = "") -> Changes:
    """Undo the last act in one transaction; empty Changes when there is none.

    Raises BadInput when it cannot be.
    """
    return _flip(writer, journal.undo, tr("Undone"), origin, is_undone=False)


def redo(writer: Writer, origin: str = "") -> Changes:
    """Do again what was undone last; empty Changes when there is none. Raises BadInput when it cannot be."""
    return _flip(writer, journal.redo, tr("Done again"), origin, is_undone=True)


def _flip(
    writer: Writer,
    turn: Callable[[sqlite3.Connection], journal.Flipped | None],
    word: str,
    origin: str,
    *,
    is_undone: bool,
) -> Changes:
    from sqlalchemy.exc import IntegrityError  # here: views import this module before the first paint

    def work(connection: sqlite3.Connection) -> Changes:
        flipped = turn(connection)
        if flipped is None:
            return Changes()
        return Changes(flipped.nouns, flipped.source_ids, origin, f"{word}: {flipped.label}")

    try:
        return quietly(writer, work)
    except (GoneMeanwhile, sqlite3.IntegrityError, IntegrityError) as error:
        # What it would restore has been taken or removed since. All was rolled back; it would only block
        # older acts.
        label = quietly(writer, lambda connection: journal.drop_last(connection, is_undone=is_undone))
        raise BadInput(
            tr("“{label}” can no longer be undone: what it changed has changed since.").format(label=label)
        ) from error
