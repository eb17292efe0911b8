"""The week that the Learning view shows, the windowed list's ids, and an activity made with its outline."""

from datetime import UTC, date, datetime

import pytest

from desktop.errors import BadInput
from desktop.learning import activities, study, week
from desktop.learning.values import ActivityKind, Status
from desktop.library import undo
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything

THURSDAY = date(2026, 11, 26)
BUT = ("journal_entry", "journal_change", "outbox", "sqlite_sequence")


def at(day: int, hour: int) -> int:
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp() * 1000)


def test_a_week_has_what_was_studied_and_what_is_planned(writer: Writer, reader: Reader) -> None:
    course = activities.make(writer, ActivityKind.COURSE, "Python").made
    talk = activities.make(writer, ActivityKind.WEBINAR, "Month-end", begins="2026-11-26 16:00", zone="UTC")
    study.log(writer, course, 35, started=at(24, 9))
    study.log(writer, course, 5, started=at(24, 12))
    study.log(writer, course, 50, started=at(2, 12))
    study.plan(writer, course, "2026-11-24 18:00", 30)
    study.plan(writer, course, "2026-11-27", 40)
    study.plan(writer, course, "2026-12-01", 40)
    found = week.of(reader, day=THURSDAY, zone=UTC)
    shown = {
        one.day[8:]: [(item.title, item.time, item.minutes, item.is_done) for item in one.items]
        for one in found.days
    }

    assert list(shown) == ["23", "24", "25", "26", "27", "28", "29"]
    assert shown["24"] == [("Python", "", 40, True)]
    assert shown["26"] == [("Month-end", "16:00", 0, False)]
    assert shown["27"] == [("Python", "", 40, False)]
    assert not any(shown[day] for day in ("23", "25", "28", "29"))
    assert found.month_minutes == 90
    activities.set_status(writer, [talk.made], Status.DROPPED)
    assert not week.of(reader, day=THURSDAY, zone=UTC).days[3].items


def test_a_time_elsewhere_counts_on_the_day_that_it_is_here(writer: Writer, reader: Reader) -> None:
    activities.make(writer, ActivityKind.WEBINAR, "Far", begins="2026-11-29 23:00", zone="America/New_York")

    assert week.of(reader, day=THURSDAY, zone=UTC).days[6].items == ()
    (item,) = week.of(reader, day=date(2026, 12, 1), zone=UTC).days[0].items
    assert (item.title, item.time) == ("Far", "04:00")


def test_ids_and_counts_are_those_of_the_whole_list(writer: Writer, reader: Reader, goal: int) -> None:
    for number, kind in enumerate((ActivityKind.BOOK, ActivityKind.COURSE, ActivityKind.BOOK)):
        activities.make(writer, kind, f"Activity {number}", goal_id=goal if number else 0)
    activities.set_status(writer, [2], Status.DONE)

    assert activities.ids_of(reader) == [row.id for row in activities.all_of(reader)]
    assert activities.ids_of(reader, [Status.PLANNED], goal) == [3]
    assert activities.ids_of(reader, kind=ActivityKind.BOOK) == [3, 1]
    assert activities.counts(reader) == {
        Status.PLANNED: 2, Status.DOING: 0, Status.DONE: 1, Status.DROPPED: 0,
    }  # fmt: skip
    assert activities.counts(reader, goal, ActivityKind.BOOK)[Status.PLANNED] == 1


def test_an_activity_comes_with_its_outline_in_one_step(writer: Writer, reader: Reader) -> None:
    before = everything(reader, but=BUT)
    made = activities.make(writer, ActivityKind.COURSE, "Python", outline="Files (40 min)\n[x] Lists").made
    row = activities.many(reader, [made])[0]

    assert (row.units, row.units_done, row.minutes, row.next_unit) == (2, 1, 40, "Files")
    undo.undo(writer)
    assert everything(reader, but=BUT) == before
    with pytest.raises(BadInput):
        activities.make(writer, ActivityKind.COURSE, "Python", outline="x\n" * 2001)
    assert everything(reader, but=BUT) == before


def test_the_next_and_the_last_session_stand_in_the_row(writer: Writer, reader: Reader) -> None:
    made = activities.make(writer, ActivityKind.BOOK, "Plain statistics").made
    for when in ("2999-01-05 10:00", "2999-01-02", "2000-01-01"):
        study.plan(writer, made, when)
    study.log(writer, made, 20, started=at(2, 9))
    study.log(writer, made, 20, started=at(1, 9))
    row = activities.many(reader, [made])[0]

    assert (row.next_at, row.last_at) == ("2999-01-02", at(2, 9))
