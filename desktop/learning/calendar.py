"""Calendar files: planned sessions and activities out, events in.

The surprising fact: an activity goes out under its own UID and is found by it when it comes in again, so that
a file that was moved about in another calendar changes dates and makes no doubles.
"""

import datetime
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop import NAME, VERSION
from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning import activities, activity_rows, days, zones
from desktop.learning.rows import change
from desktop.learning.values import ActivityKind, ActivityRow, Planned, Status
from desktop.library.acts import act, now
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.reading import shortened

if TYPE_CHECKING:
    from icalendar import Calendar, Event

LARGEST = 5 * 1024 * 1024
MOST = 5_000
"""Bytes of a file and events in it."""
_BEGIN = re.compile(rb"^BEGIN:", re.IGNORECASE | re.MULTILINE)
_UID = "@kithbook.org"
_DAY = datetime.timedelta(days=1)
_WORDS = (
    ("webinar", ActivityKind.WEBINAR),
    ("workshop", ActivityKind.WORKSHOP),
    ("conference", ActivityKind.CONFERENCE),
    ("konferenz", ActivityKind.CONFERENCE),
    ("podcast", ActivityKind.PODCAST),
    ("mentor", ActivityKind.MENTORING),
    ("mooc", ActivityKind.MOOC),
    ("course", ActivityKind.COURSE),
    ("kurs", ActivityKind.COURSE),
    ("screencast", ActivityKind.SCREENCAST),
    ("video", ActivityKind.VIDEO),
)


@dataclass(frozen=True, slots=True)
class EventIn:
    """One event of a calendar file, as an activity would take it."""

    uid: str
    title: str
    begins: str
    ends: str
    zone: str
    kind: ActivityKind
    url: str
    people: str
    provider: str
    note: str
    minutes: int


def write(reader: Reader, activity_id: int = 0) -> bytes:
    """A calendar file of planned sessions and dated activities: of one, or of all that are not over."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{NAME}//{NAME} {VERSION}//EN")
    calendar.add("version", "2.0")
    rows = activity_rows.many(reader, [activity_id]) if activity_id else _planned_ones(reader)
    by_id = {row.id: row for row in rows}
    uuids = dict(reader.rows("SELECT id, uuid FROM activity"))
    for row in rows:
        if row.begins:
            calendar.add_component(_of_activity(row, uuids[row.id]))
    for session in activity_rows.planned(reader, activity_id):
        if session.activity_id in by_id:
            calendar.add_component(_of_session(session, by_id[session.activity_id]))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def read(data: bytes) -> list[EventIn]:
    """The events of a calendar file, without those that only repeat another.

    Raises BadInput: no calendar, too large, too many events.
    """
    calendar = _parsed(data)
    events = [one for one in calendar.walk("VEVENT") if one.get("recurrence-id") is None]
    if len(events) > MOST:
        raise BadInput(tr("This calendar has more than {n} events.").format(n=writing.number(MOST)))
    found = [_event(one) for one in events]
    return [one for one in found if one is not None]


def take(writer: Writer, events: Iterable[EventIn], goal_id: int = 0, origin: str = "") -> Changes:
    """Make activities of events; those that are here get the new dates. Undoable as one.

    ``made`` is the id of the last that was made or changed.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        last = number = 0
        for event in events:
            touched = _take(connection, event, goal_id)
            last, number = touched or last, number + bool(touched)
        said = trn("{n} activity from the calendar", "{n} activities from the calendar", number)
        shown = said.format(n=writing.number(number))
        return Changes(frozenset({Noun.ACTIVITY}), (), origin, shown, last) if number else Changes()

    return act(writer, work)


def _take(connection: sqlite3.Connection, event: EventIn, goal_id: int) -> int:
    """The activity's id when it was made or changed, else 0."""
    when = {"begins": event.begins, "ends": event.ends, "zone": event.zone}
    if event.uid.startswith("session-") and event.uid.endswith(_UID):
        number = event.uid.removeprefix("session-").removesuffix(_UID)
        row = connection.execute(
            "SELECT id, activity_id FROM planned_session WHERE uuid = ?", (number,)
        ).fetchone()
        if row is not None:
            moved = {"begins": event.begins, "zone": event.zone, "minutes": event.minutes or None}
            return row[1] if change(connection, "planned_session", row[0], moved) else 0
    number = event.uid.removesuffix(_UID) if event.uid.endswith(_UID) else event.uid
    row = (
        connection.execute("SELECT id FROM activity WHERE uuid = ?", (number,)).fetchone() if number else None
    )
    if row is not None:
        return int(row[0]) if change(connection, "activity", row[0], when) else 0
    values: dict[str, Any] = {
        "kind": event.kind.value, "title": event.title, "provider": event.provider, "people": event.people,
        "url": event.url, "minutes": event.minutes, "cost": "", "status": Status.PLANNED.value,
        "note": event.note, "is_private": 0, "goal_id": goal_id or None, **when,
    }  # fmt: skip
    return activities.add(connection, values | ({"uuid": number} if number else {}))


def _planned_ones(reader: Reader) -> list[ActivityRow]:
    return activity_rows.all_of(reader, (Status.PLANNED, Status.DOING))


def _of_activity(row: ActivityRow, uuid: str) -> "Event":
    event = _new(f"{uuid}{_UID}", row.title)
    event.add("dtstart", _moment(row.begins, row.zone))
    if row.ends:
        last = _moment(row.ends, row.zone)
        is_day = not isinstance(last, datetime.datetime)
        event.add(
            "dtend", last + _DAY if is_day and last < datetime.date.max else last
        )  # a day's end is the next
    elif len(row.begins) > 10 and row.minutes:
        event.add("duration", datetime.timedelta(minutes=row.minutes))
    for name, text in (("url", row.url), ("location", row.provider)):
        if text:
            event.add(name, text)
    if row.people:
        event.add("comment", row.people)
    event.add("categories", [row.kind.value])
    return event


def _of_session(session: Planned, row: ActivityRow) -> "Event":
    event = _new(f"session-{session.uuid}{_UID}", row.title)
    event.add("dtstart", _moment(session.begins, session.zone))
    if session.minutes and len(session.begins) > 10:
        event.add("duration", datetime.timedelta(minutes=session.minutes))
    if session.note:
        event.add("description", session.note)
    if row.url:
        event.add("url", row.url)
    return event


def _new(uid: str, title: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.datetime.fromtimestamp(now() // 1000, datetime.UTC))
    event.add("summary", title)
    return event


def _moment(text: str, zone: str) -> datetime.date:
    """A day, or a time: in its zone, or floating, which a calendar shows as the wall's clock anywhere."""
    if len(text) <= 10:
        return days.parse(text) or datetime.date.min
    naive = datetime.datetime.fromisoformat(text)
    return naive.replace(tzinfo=zones.find(zone)) if zone else naive


def _parsed(data: bytes) -> "Calendar":
    from icalendar import Calendar

    if len(data) > LARGEST:
        raise BadInput(tr("A calendar file may have 5 MB."))
    if len(_BEGIN.findall(data)) > 4 * MOST:  # to parse them all would take half a minute
        raise BadInput(tr("This calendar has more than {n} events.").format(n=writing.number(MOST)))
    try:
        calendar = Calendar.from_ical(data)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadInput(tr("This is no calendar file."), tr("Choose one that ends in .ics.")) from error
    if not isinstance(calendar, Calendar):
        raise BadInput(tr("This is no calendar file."), tr("Choose one that ends in .ics."))
    return calendar


def _event(event: Any) -> EventIn | None:
    """None for an event without a beginning or a title."""
    begins, zone = _kept(event, "dtstart")
    title = _text(event, "summary")
    if not begins or not title:
        return None
    ends, minutes = _end(event, begins, zone)
    note = _text(event, "description")
    return EventIn(
        _text(event, "uid"),
        title,
        begins,
        ends,
        zone,
        _kind(event, title),
        _text(event, "url"),
        _text(event, "comment"),
        _text(event, "location"),
        note,
        min(minutes, activities.MOST_MINUTES),
    )


def _kept(event: Any, name: str) -> tuple[str, str]:
    """(moment as it is kept, zone)."""
    try:
        value = event.get(name).dt
    except (AttributeError, ValueError):
        return "", ""
    if not isinstance(value, datetime.datetime):
        return (value.isoformat(), "") if isinstance(value, datetime.date) else ("", "")
    text = value.replace(tzinfo=None).isoformat(timespec="minutes")
    if value.tzinfo is None:
        return text, ""
    name = str(getattr(value.tzinfo, "key", "") or value.tzinfo)
    try:
        return text, zones.checked(name)
    except BadInput:  # a zone of the file's own: the moment is kept in UTC
        return _wall(value, datetime.UTC), "UTC"


def _end(event: Any, begins: str, zone: str) -> tuple[str, int]:
    """(the end as it is kept, minutes between)."""
    ends, its_zone = _kept(event, "dtend")
    start = zones.at(begins, zone)
    if ends and len(ends) <= 10:
        return (_day_before(ends) if ends > begins[:10] and _day_before(ends) > begins[:10] else "", 0)
    stop = zones.at(ends, its_zone) if ends else None
    if stop is not None and start is not None and stop > start:
        return _wall(stop, start.tzinfo), round((stop - start).total_seconds() / 60)
    try:
        lasts = event.get("duration").dt
        return "", max(0, round(lasts.total_seconds() / 60))
    except (AttributeError, ValueError):
        return "", 0


def _day_before(text: str) -> str:
    return (datetime.date.fromisoformat(text) - _DAY).isoformat()


def _wall(moment: datetime.datetime, zone: datetime.tzinfo | None) -> str:
    """What the clock shows there; at the ends of time, where that would be no date, what it shows here."""
    try:
        moment = moment.astimezone(zone)
    except (OverflowError, ValueError):
        pass
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _kind(event: Any, title: str) -> ActivityKind:
    named = " ".join(str(one) for one in getattr(event.get("categories"), "cats", [])).casefold()
    for kind in ActivityKind:
        if kind.value in named.split():
            return kind
    words = title.casefold()
    return next((kind for word, kind in _WORDS if word in words), ActivityKind.WEBINAR)


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value)
    text = str(value).strip() if value is not None else ""
    return text if name in ("description", "uid") else shortened(text)
