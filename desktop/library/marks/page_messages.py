"""What the browser's button says beside a page's capture: its values, and how each is taken in once.

Surprising: a message may come before its capture has. It is then left where it is, not refused.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from desktop.library.acts import found, now
from desktop.store import journal
from desktop.store.changes import Changes
from desktop.store.writer import Writer


@dataclass(frozen=True, slots=True)
class PageComment:
    """Words said at a moment of a video or recording on the live page, checked."""

    uuid: str
    """Becomes the annotation's."""
    of: str
    """UUID of the page's capture."""
    seconds: float
    comment: str
    caption: str = ""
    """The line that stood on the page at that moment, or empty."""
    tags: tuple[str, ...] = ()
    is_private: bool = False
    made_at: int = 0
    """Milliseconds; 0: now."""


@dataclass(frozen=True, slots=True)
class PageTool:
    """A tool that the person adds to the toolkit from its own site, checked."""

    uuid: str
    of: str
    name: str
    url: str = ""
    problem: str = ""


def once(
    writer: Writer,
    uuid: str,
    of: str,
    label: str,
    work: Callable[[sqlite3.Connection], Changes],
    is_here: Callable[[sqlite3.Connection], bool] | None = None,
) -> Changes | None:
    """Run ``work`` as one undoable act named ``label``, once for each ``uuid``; a repeat: empty Changes.

    None: the capture ``of`` has not come yet, or ``is_here`` says that something else has not.
    """

    def command(session: object) -> Changes | None:
        from desktop.store.sessions import plain

        connection = plain(session)  # type: ignore[arg-type]
        if found(connection, "SELECT 1 FROM applied WHERE uuid = ?", uuid):
            return Changes()
        if not has_come(connection, of) or not (is_here is None or is_here(connection)):
            return None
        connection.execute("INSERT INTO applied VALUES (?, ?)", (uuid, now()))
        with journal.entry(connection, label, now()):
            return work(connection)

    return writer.run(command)


def has_come(connection: sqlite3.Connection, of: str) -> bool:
    """Whether a capture has come: also when it has gone again since."""
    sql = "SELECT 1 FROM capture WHERE uuid = ?1 UNION SELECT 1 FROM tombstone WHERE uuid = ?1"
    return bool(found(connection, sql, of))


def place_of(connection: sqlite3.Connection, of: str) -> tuple[int, int]:
    """(capture id, source id) of a capture; zeros when it was deleted for good."""
    row = connection.execute("SELECT id, source_id FROM capture WHERE uuid = ?", (of,)).fetchone()
    return (row[0], row[1]) if row else (0, 0)
