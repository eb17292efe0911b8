"""Calendar files go out and come in again without a difference; strange ones are refused with a sentence."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from desktop.errors import BadInput
from desktop.learning import activities, calendar, study
from desktop.learning.values import ActivityKind, Status
from desktop.library import undo
from desktop.library.opening import Library
from desktop.store.reader import Reader
from desktop.store.writer import Writer

ZONES = ("", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Other//EN
BEGIN:VEVENT
UID:1234@other.example
DTSTAMP:20261120T100000Z
SUMMARY:Webinar: Window functions
DTSTART;TZID=Europe/Berlin:20261203T140000
DTEND;TZID=Europe/Berlin:20261203T153000
URL:https://webinars.example/1
LOCATION:Data School
END:VEVENT
BEGIN:VEVENT
UID:day@other.example
DTSTAMP:20261120T100000Z
SUMMARY:Conference
DTSTART;VALUE=DATE:20280228
DTEND;VALUE=DATE:20280302
END:VEVENT
END:VCALENDAR
"""


def file(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_events_become_activities_once(writer: Writer, reader: Reader, goal: int) -> None:
    events = calendar.read(file(EVENT))
    calendar.take(writer, events, goal)
    calendar.take(writer, events, goal)
    webinar, meeting = activities.all_of(reader)

    assert (webinar.kind, webinar.title) == (ActivityKind.WEBINAR, "Webinar: Window functions")
    assert (webinar.begins, webinar.ends, webinar.zone) == (
        "2026-12-03T14:00", "2026-12-03T15:30", "Europe/Berlin",
    )  # fmt: skip
    assert (webinar.minutes, webinar.url, webinar.provider) == (
        90,
        "https://webinars.example/1",
        "Data School",
    )
    assert (meeting.kind, meeting.begins, meeting.ends) == (
        ActivityKind.CONFERENCE, "2028-02-28", "2028-03-01",
    )  # fmt: skip
    assert webinar.goal_id == goal
    undo.undo(writer)
    assert activities.all_of(reader) == []


def test_what_was_moved_in_another_calendar_moves_here(writer: Writer, reader: Reader) -> None:
    made = activities.make(
        writer, ActivityKind.WEBINAR, "Joins", begins="2026-12-03 14:00", zone="Europe/Berlin", minutes=60
    ).made
    study.plan(writer, made, "2026-12-05 09:00", 45, note="Chapter 2")
    text = calendar.write(reader).decode()
    moved = text.replace("20261203T140000", "20261210T160000").replace("20261205T090000", "20261206T100000")
    changes = calendar.take(writer, calendar.read(moved.encode()))

    whole = activities.read(reader, made)
    assert whole is not None
    assert whole.row.begins == "2026-12-10T16:00"
    assert [one.begins for one in whole.planned] == ["2026-12-06T10:00"]
    assert "2 activities" in changes.label
    assert len(activities.all_of(reader)) == 1


def test_the_file_is_a_calendar_that_others_read(writer: Writer, reader: Reader) -> None:
    made = activities.make(
        writer, ActivityKind.COURSE, "Línea; with, signs\\", begins="2026-03-29", ends="2026-03-30",
        people="Ada, Bob", url="https://x.example/a?b=1",
    ).made  # fmt: skip
    activities.make(writer, ActivityKind.BOOK, "No date")
    study.plan(writer, made, "2026-10-25 02:30", 30, "Europe/Berlin")
    parsed = Calendar.from_ical(calendar.write(reader))
    events = {str(one["summary"]): one for one in parsed.walk("VEVENT") if "dtend" in one}

    assert len(parsed.walk("VEVENT")) == 2
    assert len(parsed.walk("VTIMEZONE")) == 1
    assert events["Línea; with, signs\\"]["dtend"].dt == datetime.date(2026, 3, 31)
    assert {str(one["uid"]).endswith("@kithbook.org") for one in parsed.walk("VEVENT")} == {True}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    when=st.datetimes(datetime.datetime(1971, 1, 1), datetime.datetime(2090, 1, 1)),
    minutes=st.integers(1, 600),
    zone=st.sampled_from(ZONES),
    title=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60),
)
def test_any_session_comes_back_as_it_was(
    library: Library, when: datetime.datetime, minutes: int, zone: str, title: str
) -> None:
    if not title.strip():
        return
    assert library.writer is not None
    begins = when.isoformat(timespec="minutes")
    made = activities.make(
        library.writer, ActivityKind.WEBINAR, title, begins=begins, zone=zone, minutes=minutes
    ).made
    (event,) = calendar.read(calendar.write(library.reader, made))

    assert event.title == title.strip()
    assert (event.begins, event.zone, event.minutes) == (begins, zone, minutes)
    assert event.kind is ActivityKind.WEBINAR
    activities.set_status(library.writer, [made], Status.DROPPED)


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xfe", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\x00" * 100],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadInput, match="no calendar"):
        calendar.read(data)


def test_a_calendar_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "LARGEST", 100)
    with pytest.raises(BadInput, match="5 MB"):
        calendar.read(file(EVENT))
    monkeypatch.setattr(calendar, "LARGEST", 5000)
    monkeypatch.setattr(calendar, "MOST", 1)
    with pytest.raises(BadInput, match="more than 1"):
        calendar.read(file(EVENT))


def _zone(shift: str) -> str:
    moved = f"TZOFFSETFROM:{shift}1400\nTZOFFSETTO:{shift}1400\nTZNAME:F"
    return (
        f"BEGIN:VTIMEZONE\nTZID:Own{shift}\nBEGIN:STANDARD\nDTSTART:19700101T000000\n{moved}\n"
        "END:STANDARD\nEND:VTIMEZONE\n"
    )


@pytest.mark.parametrize(
    "when",
    [
        "DTSTART;TZID=Own+:00010101T000000",
        "DTSTART;TZID=Own-:99991231T230000",
        "DTSTART:00010101T000000",
        "DTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:00010101",
        "DTSTART;VALUE=DATE:99991230\nDTEND;VALUE=DATE:99991231",
        "DTSTART;TZID=Asia/Tokyo:20260101T000000\nDTEND;TZID=America/New_York:99991231T230000",
    ],
)
def test_events_at_the_ends_of_time_come_in_and_go_out(writer: Writer, reader: Reader, when: str) -> None:
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{_zone('+')}{_zone('-')}"
    event = f"BEGIN:VEVENT\nUID:ends\nSUMMARY:Ends\n{when}\nEND:VEVENT\n"
    events = calendar.read(file(f"{head}{event}END:VCALENDAR\n"))
    made = calendar.take(writer, events).made
    assert b"SUMMARY:Ends" in calendar.write(reader, made)
