"""This week as the Learning view shows it: what was studied, and what is planned, day by day.

The surprising fact: a session that was planned and then studied on the same day is shown once, as done.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

from desktop.learning import days, zones
from desktop.learning.values import ActivityKind
from desktop.store.reader import Reader

_PLANNED = """SELECT activity_id, title, kind, planned_session.begins, planned_session.zone,
        planned_session.minutes
    FROM planned_session JOIN activity ON activity.id = activity_id
    WHERE status IN ('planned', 'doing') AND planned_session.begins BETWEEN ?1 AND ?2
    UNION ALL SELECT id, title, kind, begins, zone, minutes FROM activity
    WHERE status IN ('planned', 'doing') AND begins BETWEEN ?1 AND ?2 ORDER BY 4"""
_STUDIED = """SELECT activity_id, title, kind, started, study_time.minutes
    FROM study_time JOIN activity ON activity.id = activity_id
    WHERE started >= ? AND started < ? AND study_time.minutes > 0 ORDER BY started"""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayItem:
    """An activity on one day."""

    activity_id: int
    title: str
    kind: ActivityKind
    time: str
    """``14:00``, or empty."""
    minutes: int
    """Studied, or planned; 0: not said."""
    is_done: bool


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day, the earliest item first, what was studied before what is planned."""

    day: str
    items: tuple[DayItem, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday."""

    days: tuple[WeekDay, ...]
    month_minutes: int
    """Studied since the first of this month."""


def of(reader: Reader, *, day: date | None = None, zone: tzinfo | None = None) -> Week:
    """The week of ``day`` (today) where the person is."""
    today = day or days.today(zone)
    monday = days.week_of(today)
    week = [monday + _DAY * number for number in range(7)]
    found: dict[date, list[DayItem]] = {one: [] for one in week}
    for one, item in (*_studied(reader, monday, zone), *_planned(reader, monday, zone)):
        here = found.get(one)
        if here is None:
            continue
        same = next((at for at, known in enumerate(here) if known.activity_id == item.activity_id), -1)
        if same < 0:
            here.append(item)
        elif item.is_done:
            here[same] = replace(here[same], minutes=here[same].minutes + item.minutes)
    month = reader.row(
        "SELECT coalesce(sum(minutes), 0) FROM study_time WHERE started >= ?",
        (days.start_of(today.replace(day=1), zone),),
    )
    shown = tuple(WeekDay(one.isoformat(), tuple(found[one])) for one in week)
    return Week(shown, month[0] if month else 0)


def _studied(reader: Reader, monday: date, zone: tzinfo | None) -> list[tuple[date, DayItem]]:
    span = days.start_of(monday, zone), days.start_of(monday + days.WEEK, zone)
    return [
        (days.day_of(row[3], zone), DayItem(row[0], row[1], ActivityKind(row[2]), "", row[4], True))
        for row in reader.rows(_STUDIED, span)
    ]


def _planned(reader: Reader, monday: date, zone: tzinfo | None) -> list[tuple[date, DayItem]]:
    # A day more on each side: a time in another zone may fall into this week here.
    span = (monday - _DAY).isoformat(), (monday + days.WEEK + _DAY).isoformat()
    found = []
    for activity_id, title, kind, begins, its_zone, minutes in reader.rows(_PLANNED, span):
        when = zones.day_here(begins, its_zone, zone)
        if when is None:
            continue
        moment = zones.at(begins, its_zone)
        local = moment.astimezone(zone) if moment is not None and its_zone else moment
        time = f"{local:%H:%M}" if local is not None else ""
        item = DayItem(activity_id, title, ActivityKind(kind), time, minutes, False)
        found.append((when, item))
    return found
