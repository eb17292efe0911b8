"""Sessions of study: a timer, minutes written afterwards, and sessions planned ahead.

The surprising fact: one timer runs at a time, and it survives a restart, since it is a row. A clock that was
moved back gives no negative minutes, and a timer forgotten over night counts no more than six hours.
"""

import sqlite3
import uuid
from collections.abc import Sequence
from datetime import date, tzinfo

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning import days, zones
from desktop.learning.activity_rows import planned, sessions
from desktop.learning.rows import OF_THEM, change, insert, need
from desktop.learning.values import WeekMinutes
from desktop.library.acts import act, as_json, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

__all__ = [
    "begin", "cancel", "edit", "log", "minutes_between", "plan", "planned", "remove", "sessions", "stop",
    "unplan", "weeks",
]  # fmt: skip

LONGEST = 6 * 60
"""Minutes that a timer counts at most; more is written by hand."""
MOST = 24 * 60
_NOUNS = frozenset({Noun.ACTIVITY, Noun.GOAL})


def begin(writer: Writer, activity_id: int, origin: str = "") -> Changes:
    """Start the timer; one that runs is stopped first. ``made`` is the session's id. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "activity", activity_id, tr("This activity"))
        _stop(connection)
        row = {"activity_id": activity_id, "started": now(), "minutes": 0, "is_running": 1, "note": ""}
        made = insert(connection, "study_time", row)
        change(connection, "activity", activity_id, {"status": "doing"})
        return Changes(_NOUNS, (), origin, tr("Timer started"), made)

    return act(writer, work)


def stop(writer: Writer, note: str = "", origin: str = "") -> Changes:
    """Stop the timer and keep its minutes (at least one); empty Changes when none runs. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        session_id, minutes = _stop(connection, note.strip())
        if not session_id:
            return Changes()
        said = trn("{n} minute of study", "{n} minutes of study", minutes).format(n=writing.number(minutes))
        return Changes(_NOUNS, (), origin, said, session_id)

    return act(writer, work)


def cancel(writer: Writer, origin: str = "") -> Changes:
    """Stop the timer and keep nothing. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        number = connection.execute("DELETE FROM study_time WHERE is_running").rowcount
        return Changes(_NOUNS, (), origin, tr("Timer put back")) if number else Changes()

    return act(writer, work)


def log(
    writer: Writer, activity_id: int, minutes: int, note: str = "", started: int = 0, origin: str = ""
) -> Changes:
    """Write a session afterwards. ``started``: milliseconds; 0: it ends now. Undoable. Raises BadInput."""
    _sensible(minutes)

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "activity", activity_id, tr("This activity"))
        begun = started or now() - minutes * 60_000
        row = {
            "activity_id": activity_id,
            "started": begun,
            "minutes": minutes,
            "is_running": 0,
            "note": note.strip(),
        }
        made = insert(connection, "study_time", row)
        note_event(connection, "sense", "studied", 1, "activity", activity_id)
        said = trn("{n} minute of study", "{n} minutes of study", minutes).format(n=writing.number(minutes))
        return Changes(_NOUNS, (), origin, said, made)

    return act(writer, work)


def edit(
    writer: Writer,
    session_id: int,
    minutes: int | None = None,
    note: str | None = None,
    started: int | None = None,
    origin: str = "",
) -> Changes:
    """Change a session. Undoable. Raises BadInput for minutes that no day has."""
    if minutes is not None:
        _sensible(minutes)
    values = {"minutes": minutes, "note": None if note is None else note.strip(), "started": started}

    def work(connection: sqlite3.Connection) -> Changes:
        is_changed = change(connection, "study_time", session_id, values)
        return Changes(_NOUNS, (), origin, tr("Session changed"), session_id) if is_changed else Changes()

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete sessions. Undoable as one."""
    return _delete(writer, "study_time", ids, tr("Session deleted"), origin)


def plan(
    writer: Writer,
    activity_id: int,
    begins: str,
    minutes: int = 0,
    zone: str = "",
    note: str = "",
    origin: str = "",
) -> Changes:
    """Plan a session; ``made`` is its id. Undoable. Raises BadInput: no moment, an unknown zone, too long."""
    if minutes > 0:
        _sensible(minutes)
    moment = days.moment(begins)
    if not moment:
        raise BadInput(tr("When?"), tr("Write it like 2027-03-31 14:00."))
    row = {
        "uuid": str(uuid.uuid4()), "activity_id": activity_id, "begins": moment, "zone": zones.checked(zone),
        "minutes": max(0, minutes), "note": note.strip(),
    }  # fmt: skip

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "activity", activity_id, tr("This activity"))
        made = insert(connection, "planned_session", row)
        return Changes(_NOUNS, (), origin, tr("Session planned"), made)

    return act(writer, work)


def unplan(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Plan these sessions no longer. Undoable as one."""
    return _delete(writer, "planned_session", ids, tr("Planned session deleted"), origin)


def weeks(
    reader: Reader,
    goal_id: int = 0,
    *,
    day: date | None = None,
    zone: tzinfo | None = None,
    at_most: int = 12,
) -> list[WeekMinutes]:
    """Minutes by week of the person's calendar, up to this week: of a goal, or of all (0). Idle weeks too.

    A session counts in the week in which it began. What lies in the future (a clock moved back) counts in
    the last week.
    """
    today = day or days.today(zone)
    rows = reader.rows(
        "SELECT started, study_time.minutes FROM study_time JOIN activity ON activity.id = activity_id "
        "WHERE (?1 = 0 OR goal_id = ?1) AND study_time.minutes > 0",
        (goal_id,),
    )
    if not rows:
        return []
    last = days.week_of(today)
    first = max(
        min(days.week_of(days.day_of(row[0], zone)) for row in rows), last - days.WEEK * (at_most - 1)
    )
    sums = dict.fromkeys(days.weeks(min(first, last), last), 0)
    for started, minutes in rows:
        week = min(days.week_of(days.day_of(started, zone)), last)
        if week in sums:
            sums[week] += minutes
    return [WeekMinutes(week.isoformat(), total) for week, total in sums.items()]


def minutes_between(started: int, stopped: int) -> int:
    """What a timer counts: whole minutes, rounded, at least 1, at most `LONGEST`."""
    return min(LONGEST, max(1, round((stopped - started) / 60_000)))


def _stop(connection: sqlite3.Connection, note: str = "") -> tuple[int, int]:
    """(session's id, its minutes); zeros when no timer runs."""
    row = connection.execute("SELECT id, started, activity_id FROM study_time WHERE is_running").fetchone()
    if row is None:
        return 0, 0
    minutes = minutes_between(row[1], now())
    change(connection, "study_time", row[0], {"minutes": minutes, "is_running": 0, "note": note or None})
    note_event(connection, "sense", "studied", 1, "activity", row[2])
    return row[0], minutes


def _sensible(minutes: int) -> None:
    if not 1 <= minutes <= MOST:
        raise BadInput(tr("A session has 1 to {n} minutes.").format(n=writing.number(MOST)))


def _delete(writer: Writer, table: str, ids: Sequence[int], said: str, origin: str) -> Changes:
    def work(connection: sqlite3.Connection) -> Changes:
        number = connection.execute(f"DELETE FROM {table} WHERE id {OF_THEM}", (as_json(ids),)).rowcount
        return Changes(_NOUNS, (), origin, said) if number else Changes()

    return act(writer, work)
