"""Learning activities: courses, webinars, books and whatever else is planned, done or dropped.

The surprising fact: minutes planned are the activity's own only until units say how long they take.
"""

import sqlite3
import uuid
from collections.abc import Sequence
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning import days, units, zones
from desktop.learning.activity_rows import all_of, counts, ids_of, many, of_goal, of_source, read, running
from desktop.learning.rows import OF_THEM, change, delete, insert, optional, touch
from desktop.learning.values import ActivityKind, Status
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

__all__ = [
    "all_of", "counts", "edit", "ids_of", "make", "many", "of_goal", "of_source", "read", "remove", "running",
    "set_goal", "set_status",
]  # fmt: skip

_NOUNS = frozenset({Noun.ACTIVITY})
MOST_MINUTES = 600_000
"""Of one activity: beyond any life of learning, and no sum of them runs over."""
_CLOSED = (Status.DONE, Status.DROPPED)


def make(
    writer: Writer,
    kind: ActivityKind,
    title: str,
    *,
    provider: str = "",
    people: str = "",
    url: str = "",
    begins: str = "",
    ends: str = "",
    zone: str = "",
    minutes: int = 0,
    cost: str = "",
    status: Status = Status.PLANNED,
    note: str = "",
    goal_id: int = 0,
    source_id: int = 0,
    is_private: bool = False,
    outline: str = "",
    origin: str = "",
) -> Changes:
    """Plan an activity; ``made`` of the Changes is its id. ``outline``: its units, as `units.paste` reads
    them. Undoable as one.

    Raises BadInput: no title, no moment, an end before the beginning, an unknown zone, too many units.
    """
    lines = units.outline(outline)
    row = {
        "kind": kind.value, "title": _title(title), "provider": provider.strip(), "people": people.strip(),
        "url": url.strip(), "zone": zones.checked(zone), "minutes": _minutes(minutes), "cost": cost.strip(),
        "status": status.value, "note": note.strip(), "goal_id": optional(goal_id),
        "source_id": optional(source_id), "is_private": int(is_private), **span(begins, ends),
    }  # fmt: skip

    def work(connection: sqlite3.Connection) -> Changes:
        made = add(connection, row)
        units.add(connection, made, lines)
        said = tr("Planned: {title}").format(title=row["title"])
        return Changes(_NOUNS, (source_id,) if source_id else (), origin, said, made)

    return act(writer, work)


def edit(
    writer: Writer,
    activity_id: int,
    *,
    kind: ActivityKind | None = None,
    title: str | None = None,
    provider: str | None = None,
    people: str | None = None,
    url: str | None = None,
    begins: str | None = None,
    ends: str | None = None,
    zone: str | None = None,
    minutes: int | None = None,
    cost: str | None = None,
    position: str | None = None,
    note: str | None = None,
    goal_id: int | None = None,
    is_private: bool | None = None,
    origin: str = "",
) -> Changes:
    """Change what is not None (``goal_id`` 0: no goal). Undoable as one. Raises BadInput as `make` does."""
    texts = {"provider": provider, "people": people, "url": url, "cost": cost, "position": position}
    values: dict[str, Any] = {name: None if text is None else text.strip() for name, text in texts.items()}
    values |= {
        "kind": None if kind is None else kind.value, "title": None if title is None else _title(title),
        "zone": None if zone is None else zones.checked(zone), "note": None if note is None else note.strip(),
        "minutes": None if minutes is None else _minutes(minutes),
        "is_private": None if is_private is None else int(is_private),
    }  # fmt: skip

    def work(connection: sqlite3.Connection) -> Changes:
        old = connection.execute("SELECT begins, ends FROM activity WHERE id = ?", (activity_id,)).fetchone()
        if old is None:
            raise BadInput(tr("This activity is not here any more."))
        when = span(old[0] if begins is None else begins, old[1] if ends is None else ends)
        is_changed = change(connection, "activity", activity_id, values | when)
        serves_another = goal_id is not None and _serve(connection, [activity_id], goal_id)
        if not (is_changed or serves_another):
            return Changes()
        touch(connection, "activity", activity_id)
        nouns = _NOUNS | {Noun.GOAL} if serves_another else _NOUNS
        return Changes(nouns, (), origin, _said(connection, activity_id, tr("Changed")), activity_id)

    return act(writer, work)


def set_status(writer: Writer, ids: Sequence[int], status: Status, origin: str = "") -> Changes:
    """Say where activities stand. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        wanted = found(
            connection,
            f"SELECT id FROM activity WHERE id {OF_THEM} AND status <> ?",
            as_json(ids),
            status.value,
        )
        if not wanted:
            return Changes()
        moment = now()
        connection.executemany(
            "UPDATE activity SET status = ?, closed_at = ?, changed_at = ? WHERE id = ?",
            [(status.value, moment if status in _CLOSED else 0, moment, one) for one in wanted],
        )
        verb = "sense" if status is Status.DONE else "seek"
        one_id = wanted[0] if len(wanted) == 1 else 0
        note_event(
            connection, verb, f"activity {status.value}", len(wanted), "activity" if one_id else "", one_id
        )
        many = trn("{n} activity changed", "{n} activities changed", len(wanted))
        words = {
            Status.PLANNED: tr("Planned"), Status.DOING: tr("Begun"), Status.DONE: tr("Done"),
            Status.DROPPED: tr("Dropped"),
        }  # fmt: skip
        one = _said(connection, wanted[0], words[status])
        said = one if len(wanted) == 1 else many.format(n=writing.number(len(wanted)))
        return Changes(_NOUNS, (), origin, said, one_id)

    return act(writer, work)


def set_goal(writer: Writer, ids: Sequence[int], goal_id: int, origin: str = "") -> Changes:
    """Let activities serve a goal; 0: none. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        is_changed = _serve(connection, ids, goal_id)
        said = tr("Goal of the activity set") if goal_id else tr("Activity has no goal now")
        return Changes(_NOUNS | {Noun.GOAL}, (), origin, said) if is_changed else Changes()

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete activities with units and sessions; evidence keeps its sentence. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        if not found(connection, f"SELECT 1 FROM activity WHERE id {OF_THEM}", as_json(ids)):
            return Changes()
        one = _said(connection, ids[0], tr("Deleted"))
        connection.execute(
            f"UPDATE evidence SET activity_id = NULL WHERE activity_id {OF_THEM}", (as_json(ids),)
        )
        number = delete(connection, "activity", ids, ("unit", "study_time", "planned_session"))
        many = trn("{n} activity deleted", "{n} activities deleted", number)
        said = one if number == 1 else many.format(n=writing.number(number))
        return Changes(_NOUNS | {Noun.GOAL}, (), origin, said)

    return act(writer, work)


def add(connection: sqlite3.Connection, row: dict[str, Any]) -> int:
    """Make an activity inside an act; its id."""
    moment = now()
    made = insert(
        connection,
        "activity",
        {"uuid": str(uuid.uuid4()), "position": "", "made_at": moment, "changed_at": moment, "closed_at": 0}
        | row,
    )
    note_event(connection, "seek", "planned an activity", 1, "activity", made)
    return made


def span(begins: str, ends: str) -> dict[str, str]:
    """Beginning and end as they are kept. Raises BadInput: no moment, or an end before the beginning."""
    first, last = days.moment(begins), days.moment(ends)
    if first and last and last[: len(first)] < first[: len(last)]:
        raise BadInput(tr("It cannot end before it begins."))
    return {"begins": first, "ends": last}


def _serve(connection: sqlite3.Connection, ids: Sequence[int], goal_id: int) -> bool:
    """True when one of them served another goal, or none, before."""
    done = connection.execute(
        f"UPDATE activity SET goal_id = ? WHERE id {OF_THEM} AND goal_id IS NOT ?",
        (optional(goal_id), as_json(ids), optional(goal_id)),
    )
    return done.rowcount > 0


def _minutes(minutes: int) -> int:
    if minutes > MOST_MINUTES:
        raise BadInput(
            tr("An activity takes {n} hours at most.").format(n=writing.number(MOST_MINUTES // 60))
        )
    return max(0, minutes)


def _title(title: str) -> str:
    if not title.strip():
        raise BadInput(tr("An activity needs a title."))
    return title.strip()


def _said(connection: sqlite3.Connection, activity_id: int, what: str) -> str:
    titles = found(connection, "SELECT title FROM activity WHERE id = ?", activity_id)
    return f"{what}: {titles[0]}" if titles else what
