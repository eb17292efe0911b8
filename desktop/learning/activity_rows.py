"""Activities as they are shown; the list is one statement."""

from collections.abc import Sequence
from typing import Any

from desktop.learning import tries
from desktop.learning.rows import OF_THEM
from desktop.learning.values import Activity, ActivityKind, ActivityRow, Planned, Session, Status, Unit
from desktop.library.acts import as_json
from desktop.library.marks import timed_comments
from desktop.store.reader import Reader

_SELECT = """SELECT activity.id, kind, title, provider, people, activity.url, begins, ends, zone,
        coalesce(nullif((SELECT sum(minutes) FROM unit WHERE activity_id = activity.id), 0), minutes),
        coalesce((SELECT sum(minutes) FROM study_time WHERE activity_id = activity.id), 0),
        cost, position, status, activity.goal_id, goal.skill, activity.source_id,
        (SELECT count(*) FROM unit WHERE activity_id = activity.id),
        (SELECT count(*) FROM unit WHERE activity_id = activity.id AND done_at > 0),
        (SELECT title FROM unit WHERE activity_id = activity.id AND done_at = 0 ORDER BY ordinal, id LIMIT 1),
        (SELECT started FROM study_time WHERE activity_id = activity.id AND is_running LIMIT 1),
        'res/' || asset.sha256 || '.' || asset.ext, activity.is_private, activity.made_at,
        (SELECT min(begins) FROM planned_session
            WHERE activity_id = activity.id AND begins >= date('now', 'localtime')),
        (SELECT max(started) FROM study_time WHERE activity_id = activity.id)
    FROM activity LEFT JOIN goal ON goal.id = activity.goal_id
        LEFT JOIN asset ON asset.id = activity.asset_id"""
_ORDER = """ ORDER BY CASE status WHEN 'doing' THEN 0 WHEN 'planned' THEN 1 WHEN 'done' THEN 2 ELSE 3 END,
    CASE status WHEN 'doing'
        THEN -coalesce((SELECT max(started) FROM study_time WHERE activity_id = activity.id), 0) END,
    begins = '', CASE WHEN status IN ('planned', 'doing') THEN begins END, activity.closed_at DESC,
    activity.id DESC"""


def all_of(
    reader: Reader, statuses: Sequence[Status] = (), goal_id: int = 0, limit: int | None = None
) -> list[ActivityRow]:
    """All activities, or those of some states or of a goal: what is being done, studied last first,
    planned by date, done, dropped."""
    where, values = ["1"], list[Any]()
    if statuses:
        where.append(f"status IN ({', '.join('?' * len(statuses))})")
        values += [one.value for one in statuses]
    if goal_id:
        where.append("activity.goal_id = ?")
        values.append(goal_id)
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    return _rows(reader, f"{' AND '.join(where)}{_ORDER}{cut}", values)


def ids_of(
    reader: Reader, statuses: Sequence[Status] = (), goal_id: int = 0, kind: ActivityKind | None = None
) -> list[int]:
    """The ids of `all_of`, in its order, for a windowed list; also of one kind."""
    where, values = ["1"], list[Any]()
    if statuses:
        where.append(f"status IN ({', '.join('?' * len(statuses))})")
        values += [one.value for one in statuses]
    for column, value in (("goal_id", goal_id), ("kind", kind.value if kind else "")):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    return [
        row[0] for row in reader.rows(f"SELECT id FROM activity WHERE {' AND '.join(where)}{_ORDER}", values)
    ]


def counts(reader: Reader, goal_id: int = 0, kind: ActivityKind | None = None) -> dict[Status, int]:
    """How many activities stand where, of a goal (0: any) and a kind (None: any)."""
    sql = (
        "SELECT status, count(*) FROM activity WHERE (?1 = 0 OR goal_id = ?1) AND (?2 = '' OR kind = ?2) "
        "GROUP BY status"
    )
    found = {Status(row[0]): row[1] for row in reader.rows(sql, (goal_id, kind.value if kind else ""))}
    return {status: found.get(status, 0) for status in Status}


def of_goal(reader: Reader, goal_id: int) -> list[ActivityRow]:
    """The activities that serve a goal."""
    return all_of(reader, goal_id=goal_id)


def of_source(reader: Reader, source_id: int) -> list[ActivityRow]:
    """The activities that came from a page."""
    return _rows(reader, f"activity.source_id = ?{_ORDER}", [source_id])


def many(reader: Reader, ids: Sequence[int]) -> list[ActivityRow]:
    """These activities, those that are gone left out, for a windowed list."""
    rows = {row.id: row for row in _rows(reader, f"activity.id {OF_THEM}", [as_json(ids)])}
    return [rows[one] for one in ids if one in rows]


def running(reader: Reader) -> ActivityRow | None:
    """The activity whose timer is on, or None."""
    rows = _rows(reader, "activity.id = (SELECT activity_id FROM study_time WHERE is_running LIMIT 1)", [])
    return rows[0] if rows else None


def read(reader: Reader, activity_id: int) -> Activity | None:
    """An activity with units, sessions, comments and tries; None when it is gone."""
    rows = many(reader, [activity_id])
    if not rows:
        return None
    row = rows[0]
    note = reader.row("SELECT note FROM activity WHERE id = ?", (activity_id,))
    return Activity(
        row,
        note[0] if note else "",
        tuple(units(reader, activity_id)),
        tuple(sessions(reader, activity_id)),
        tuple(planned(reader, activity_id)),
        tuple(timed_comments.of_source(reader, row.source_id)) if row.source_id else (),
        tuple(tries.of_source(reader, row.source_id)) if row.source_id else (),
    )


def units(reader: Reader, activity_id: int) -> list[Unit]:
    """The units of an activity, in order."""
    sql = (
        "SELECT id, activity_id, ordinal, depth, title, minutes, done_at FROM unit "
        "WHERE activity_id = ? ORDER BY ordinal, id"
    )
    return [Unit(*row) for row in reader.rows(sql, (activity_id,))]


def sessions(reader: Reader, activity_id: int) -> list[Session]:
    """The sessions of study, newest first."""
    sql = (
        "SELECT id, activity_id, started, minutes, is_running, note FROM study_time "
        "WHERE activity_id = ? ORDER BY started DESC, id DESC"
    )
    rows: list[list[Any]] = [[*row[:4], bool(row[4]), row[5]] for row in reader.rows(sql, (activity_id,))]
    return [Session(*row) for row in rows]


def planned(reader: Reader, activity_id: int = 0) -> list[Planned]:
    """The planned sessions of an activity, or of all (0), the earliest first."""
    sql = (
        "SELECT id, uuid, activity_id, begins, zone, minutes, note FROM planned_session "
        "WHERE ?1 = 0 OR activity_id = ?1 ORDER BY begins, id"
    )
    return [Planned(*row) for row in reader.rows(sql, (activity_id,))]


def _rows(reader: Reader, where: str, values: list[Any]) -> list[ActivityRow]:
    return [_row(row) for row in reader.rows(f"{_SELECT} WHERE {where}", values)]


def _row(row: tuple[Any, ...]) -> ActivityRow:
    values: list[Any] = [
        row[0], ActivityKind(row[1]), *row[2:13], Status(row[13]), row[14] or 0, row[15] or "", row[16] or 0,
        *row[17:19], row[19] or "", row[20] or 0, row[21] or "", bool(row[22]), row[23],
        row[24] or "", row[25] or 0,
    ]  # fmt: skip
    return ActivityRow(*values)
