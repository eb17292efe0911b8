"""Undo and redo of the person's acts, last first, across restarts, for 30 days."""

import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.store import journal
from desktop.store.changes import Changes
from desktop.store.sessions import plain
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
    def command(session: Session) -> Changes:
        flipped = turn(plain(session))
        if flipped is None:
            return Changes()
        return Changes(flipped.nouns, flipped.source_ids, origin, f"{word}: {flipped.label}")

    try:
        return writer.run(command)
    except (sqlite3.IntegrityError, IntegrityError) as error:
        # What it would restore has been taken or removed since. All was rolled back; it would only block
        # older acts.
        label = writer.run(lambda session: journal.drop_last(plain(session), is_undone=is_undone))
        raise BadInput(
            tr("“{label}” can no longer be undone: what it changed has changed since.").format(label=label)
        ) from error
