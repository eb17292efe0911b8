"""Acts on sources: move, retitle, say why, note what was read.

Each is one transaction and, where it says so, one undo. Reading leaves no trace in the journal: nobody wants
`u` to turn a page back.
"""

import sqlite3
from collections.abc import Sequence

from desktop.errors import BadInput
from desktop.languages import mark, tr
from desktop.library.acts import act, as_json, found, label, note_event, now, one_of, quietly
from desktop.library.values import State
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

_SOURCE = frozenset({Noun.SOURCE})
_PLACES = {
    State.INBOX: mark("Inbox"),
    State.LATER: mark("Later"),
    State.ARCHIVE: mark("Archive"),
    State.TRASH: mark("Trash"),
}


def move(writer: Writer, ids: Sequence[int], to: State, origin: str = "") -> Changes:
    """Move sources to a triage state; those already there are left alone. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        moved = found(
            connection,
            "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?)) AND state <> ?",
            as_json(ids),
            to.value,
        )
        if not moved:
            return Changes()
        moment = now()
        connection.execute(
            "UPDATE source SET state = ?, state_since = ?, changed = ? "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (to.value, moment, moment, as_json(moved)),
        )
        note_event(connection, "sense", "triaged", len(moved), *one_of("source", moved))
        place = tr(_PLACES[to])
        said = label(
            moved, tr("Moved to {place}").format(place=place), tr("moved to {place}").format(place=place)
        )
        return Changes(_SOURCE, moved, origin, said)

    return act(writer, work)


def retitle(writer: Writer, source_id: int, title: str, origin: str = "") -> Changes:
    """Give a source the person's own title; empty goes back to the page's. Undoable."""
    return act(writer, lambda connection: put_title(connection, source_id, title, origin))


def set_why(writer: Writer, source_id: int, why: str, origin: str = "") -> Changes:
    """Keep the person's own sentence. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        changes = put_text(connection, source_id, "why", why, tr("Why it matters changed"), origin)
        if changes and why:
            note_event(connection, "sense", "said why", 1, "source", source_id)
        return changes

    return act(writer, work)


def set_found_through(writer: Writer, source_id: int, found_through: str, origin: str = "") -> Changes:
    """Keep who or what led there. Undoable."""
    return act(
        writer,
        lambda connection: put_text(
            connection, source_id, "found_through", found_through, tr("Found through changed"), origin
        ),
    )


def mark_read(writer: Writer, ids: Sequence[int], is_read: bool = True, origin: str = "") -> Changes:
    """Note that sources were opened. Not undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        marked = found(
            connection,
            "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?)) AND is_read <> ?",
            as_json(ids),
            is_read,
        )
        connection.execute(
            "UPDATE source SET is_read = ? WHERE id IN (SELECT value FROM json_each(?))",
            (is_read, as_json(marked)),
        )
        return Changes(_SOURCE, marked, origin) if marked else Changes()

    return quietly(writer, work)


def keep_position(writer: Writer, source_id: int, offset: int, progress: float, origin: str = "") -> Changes:
    """Keep the reading position (code points into the text) and progress (0–1). Not undoable."""
    if not 0 <= progress <= 1 or offset < 0:
        raise BadInput(tr("A reading position lies within the text."))

    def work(connection: sqlite3.Connection) -> Changes:
        kept = connection.execute(
            "UPDATE source SET position = ?, progress = ? WHERE id = ? AND (position, progress) <> (?, ?)",
            (offset, progress, source_id, offset, progress),
        )
        return Changes(_SOURCE, (source_id,), origin) if kept.rowcount else Changes()

    return quietly(writer, work)


def put_title(connection: sqlite3.Connection, source_id: int, title: str, origin: str = "") -> Changes:
    """Set the person's own title inside an act."""
    changes = put_text(connection, source_id, "own_title", title.strip(), tr("Title changed"), origin)
    connection.execute(
        "UPDATE source SET title = coalesce(nullif(own_title, ''), nullif("
        "(SELECT title FROM capture WHERE capture.id = source.capture_id), ''), url) WHERE id = ?",
        (source_id,),
    )
    return changes


def put_text(
    connection: sqlite3.Connection, source_id: int, column: str, text: str, said: str, origin: str = ""
) -> Changes:
    """Set one text column of a source inside an act; ``column`` is one of ours, never a person's word."""
    done = connection.execute(
        f"UPDATE source SET {column} = ?, changed = ? WHERE id = ? AND {column} <> ?",
        (text, now(), source_id, text),
    )
    return Changes(_SOURCE, (source_id,), origin, said) if done.rowcount else Changes()
