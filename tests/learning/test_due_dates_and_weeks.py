"""Days, weeks, due dates and sums hold for any clock, zone, leap day and change of clocks."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import BadInput
from desktop.learning import activities, agenda, balance, days, goals, study, toolkit, tries, zones
from desktop.learning.values import ActivityKind, Status
from desktop.library import acts
from desktop.library.acts import note_event, quietly
from desktop.library.opening import Library
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia",
         "America/Sao_Paulo")  # fmt: skip
ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.dates(date(1972, 1, 1), date(2099, 12, 31))
MOMENTS = st.integers(0, 4_000_000_000_000)


@ANY
@given(day=DAYS, zone=st.sampled_from(ZONES))
def test_a_day_begins_where_the_one_before_ends(day: date, zone: str) -> None:
    where = ZoneInfo(zone)
    start, end = days.start_of(day, where), days.start_of(day + timedelta(days=1), where)

    assert end > start or (zone, day) == ("Pacific/Apia", date(2011, 12, 30))
    if end > start:
        assert days.day_of(start, where) == day
        assert days.day_of(end - 1, where) == day


@ANY
@given(first=DAYS, number=st.integers(0, 400))
def test_weeks_begin_on_mondays_and_leave_no_gap(first: date, number: int) -> None:
    last = first + timedelta(days=number)
    found = days.weeks(first, last)

    assert all(one.weekday() == 0 for one in found)
    assert all(later - earlier == days.WEEK for earlier, later in itertools.pairwise(found))
    assert found[0] <= first < found[0] + days.WEEK
    assert found[-1] <= last < found[-1] + days.WEEK


@ANY
@given(day=DAYS, shift=st.integers(-1000, 1000))
def test_days_left_count_days_of_the_calendar(day: date, shift: int) -> None:
    other = day + timedelta(days=shift)

    assert days.days_left(other.isoformat(), day) == shift
    assert days.checked(other.isoformat()) == other.isoformat()
    assert days.moment(f"{other.isoformat()} 08:30") == f"{other.isoformat()}T08:30"
    quarter = days.quarter_of(other)
    assert days.quarter_of(other.replace(day=1) - timedelta(days=92)) <= quarter
    assert days.quarter_before(quarter) < quarter


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "1.2.2026", "20260101", "2026-1-1", "x" * 10])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not a day"):
        days.checked(text)


def test_leap_days_are_days() -> None:
    assert days.checked("2028-02-29") == "2028-02-29"
    assert days.days_left("2028-03-01", date(2028, 2, 28)) == 2
    assert days.days_left("2027-03-01", date(2027, 2, 28)) == 1


def test_a_planned_time_falls_on_the_day_that_it_is_here() -> None:
    berlin, home = "Europe/Berlin", ZoneInfo("America/New_York")

    assert zones.day_here("2026-12-03T02:00", berlin, home) == date(2026, 12, 2)
    assert zones.day_here("2026-12-03T02:00", "", home) == date(2026, 12, 3)
    assert zones.day_here("2026-12-03", berlin, home) == date(2026, 12, 3)
    gap = zones.at("2026-03-29T02:30", berlin)
    twice = zones.at("2026-10-25T02:30", berlin)
    assert gap is not None
    assert twice is not None
    assert gap.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with pytest.raises(BadInput, match="no time zone"):
        zones.checked("Europe/Nowhere")
    with pytest.raises(BadInput, match="no time zone"):
        zones.checked("../../etc/passwd")


@FEW
@given(
    sessions=st.lists(st.tuples(MOMENTS, st.integers(1, 1440)), max_size=12),
    day=DAYS,
    zone=st.sampled_from(ZONES),
    at_most=st.integers(1, 60),
)
def test_minutes_by_week_lose_nothing_of_weeks_shown(
    library: Library, sessions: list[tuple[int, int]], day: date, zone: str, at_most: int
) -> None:
    assert library.writer is not None
    number = len(goals.all_of(library.reader))
    goal = goals.make(library.writer, f"Skill {number}").made
    course = activities.make(library.writer, ActivityKind.COURSE, "Course", goal_id=goal).made
    for started, minutes in sessions:
        study.log(library.writer, course, minutes, started=started or 1)
    where = ZoneInfo(zone)
    shown = study.weeks(library.reader, goal, day=day, zone=where, at_most=at_most)

    assert bool(shown) == bool(sessions)
    assert len(shown) <= at_most
    mondays = [date.fromisoformat(one.week) for one in shown]
    assert mondays == days.weeks(mondays[0], mondays[-1]) if shown else True
    if shown:
        first = days.start_of(mondays[0], where)
        assert sum(one.minutes for one in shown) == sum(
            minutes for started, minutes in sessions if (started or 1) >= first
        )
        assert mondays[-1] == days.week_of(day)


@FEW
@given(
    events=st.lists(st.tuples(MOMENTS, st.sampled_from(["seek", "sense", "share"])), max_size=40),
    day=DAYS,
    zone=st.sampled_from(ZONES),
    number=st.integers(1, 30),
)
def test_every_number_of_the_balance_opens_the_acts_behind_it(
    library: Library, events: list[tuple[int, str]], day: date, zone: str, number: int
) -> None:
    assert library.writer is not None

    def put(connection: object) -> Changes:
        connection.execute("DELETE FROM event")  # type: ignore[attr-defined]
        for at, verb in events:
            connection.execute(  # type: ignore[attr-defined]
                "INSERT INTO event (at, verb, act, count) VALUES (?, ?, 'did', 3)", (at, verb)
            )
        return Changes()

    quietly(library.writer, put)  # type: ignore[arg-type]
    where = ZoneInfo(zone)
    weeks = balance.weeks(library.reader, number, day=day, zone=where)
    stand = balance.stand(library.reader, number, day=day, zone=where)

    assert len(weeks) == number
    for week in weeks:
        for verb in balance.VERBS:
            behind = balance.acts(library.reader, verb, week.week, zone=where)
            assert getattr(week, verb) == len(behind)
            assert all(days.week_of(days.day_of(one.at, where)).isoformat() == week.week for one in behind)
    for verb in balance.VERBS:
        of_all = balance.acts(library.reader, verb, number=number, day=day, zone=where)
        assert getattr(stand, verb) == len(of_all) == sum(getattr(week, verb) for week in weeks)


@ANY
@given(seek=st.integers(0, 500), sense=st.integers(0, 500), share=st.integers(0, 500))
def test_where_somebody_stands_is_between_0_and_100(seek: int, sense: int, share: int) -> None:
    stand = balance.placed(seek, sense, share)

    assert 0 <= stand.sense_making <= 100
    assert 0 <= stand.sharing <= 100
    assert bool(stand.name) == (seek + sense + share >= balance.ENOUGH)
    assert stand.sentence
    more = balance.placed(seek, sense + 1, share)
    assert more.sense_making >= stand.sense_making
    assert balance.placed(seek, sense, share + 1).sharing >= stand.sharing


def test_an_act_names_what_it_was_about(writer: Writer, reader: Reader, goal: int) -> None:
    quietly(writer, lambda connection: note_event(connection, "share", "sent", 1) or Changes())
    titles = {(one.act, one.title) for one in balance.acts(reader)}

    assert titles == {("made a goal", "Data analysis"), ("sent", "")}
    assert goal


def test_what_is_due_comes_in_order_and_only_what_is_due(writer: Writer, reader: Reader) -> None:
    goal = goals.make(writer, "SQL", by_date="2028-03-05").made
    goals.close(writer, goals.make(writer, "Done", by_date="2028-03-01").made)
    tries.plan(writer, "Overdue", "2028-02-28", goal)
    tries.resolve(writer, tries.plan(writer, "Resolved", "2028-02-28").made, "Fine")
    begun = activities.make(writer, ActivityKind.COURSE, "Course", begins="2028-01-01", goal_id=goal).made
    activities.set_status(writer, [begun], Status.DOING)
    webinar = activities.make(
        writer, ActivityKind.WEBINAR, "Webinar", begins="2028-03-01 01:00", zone="Asia/Kathmandu"
    ).made
    study.plan(writer, begun, "2028-02-28 09:00")
    study.plan(writer, begun, "2028-02-29 09:00")
    toolkit.make(writer, "DuckDB", review_on="2028-03-20")
    found = agenda.due(reader, day=date(2028, 2, 29), zone=ZoneInfo("UTC"))

    assert [(one.kind, one.title, one.days) for one in found] == [
        ("try", "Overdue", -1), ("session", "Course", 0), ("activity", "Webinar", 0), ("goal", "SQL", 5),
    ]  # fmt: skip
    assert found[2].id == webinar
    assert [one.kind for one in agenda.due(reader, goal, day=date(2028, 2, 29))] == ["try", "session", "goal"]
    assert "tool" in [one.kind for one in agenda.due(reader, within=30, day=date(2028, 2, 29))]


def test_stillness_is_counted_in_days_and_ends_with_a_move(
    writer: Writer, reader: Reader, goal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = days.today()

    assert not goals.all_of(reader, day=today + timedelta(days=28))[0].is_still
    assert goals.all_of(reader, day=today + timedelta(days=30))[0].is_still
    assert not goals.all_of(reader, day=today - timedelta(days=4000))[0].is_still
    course = activities.make(writer, ActivityKind.COURSE, "Course", goal_id=goal).made
    later = acts.now() + 25 * 24 * 3600 * 1000
    study.log(writer, course, 10, started=later)
    assert not goals.all_of(reader, day=today + timedelta(days=30))[0].is_still
    goals.close(writer, goal)
    assert not goals.all_of(reader, day=today + timedelta(days=400))[0].is_still


@ANY
@given(started=MOMENTS, stopped=MOMENTS)
def test_a_timer_never_counts_less_than_one_minute_nor_a_night(started: int, stopped: int) -> None:
    minutes = study.minutes_between(started, stopped)

    assert 1 <= minutes <= study.LONGEST
    if 60_000 <= stopped - started <= study.LONGEST * 60_000:
        assert abs(minutes - (stopped - started) / 60_000) <= 0.5
