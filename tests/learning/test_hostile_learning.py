"""What strangers wrote (calendars, outlines, a page's own data) and what no calendar holds: refused with a
sentence, or taken safely; and in no time."""

import json
from datetime import date

import pytest

from desktop.errors import BadInput
from desktop.learning import activities, calendar, days, from_page, goals, selfcheck, study, typed_days, units
from desktop.learning.values import ActivityKind
from desktop.library import assets, captures
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text import dom, learning_data
from desktop.text.learning_data import LearningData
from desktop.text.reading import LONGEST
from tests.support.saving import page


def told(objects: str) -> LearningData:
    return learning_data.read(dom.parse(f'<script type="application/ld+json">{objects}</script><p>Text</p>'))


def video(**said: object) -> str:
    return json.dumps({"@type": "VideoObject", "name": "A", **said})


@pytest.mark.parametrize(
    "line", ["(" * 100_000, "x" + " " * 200_000 + "y", "x " + "1:" * 50_000, "x " + "1 h " * 30_000]
)
def test_a_line_made_to_keep_a_pattern_busy_is_read_at_once(line: str) -> None:
    (unit,) = units.outline(line)

    assert len(unit.title) <= LONGEST


def test_the_time_behind_a_long_title_is_still_read() -> None:
    (unit,) = units.outline("What we know of feedback, and what we only believe " * 5 + "(1:02:30)")

    assert unit.minutes == 63
    assert unit.title.endswith("only believe")


def test_an_outline_of_a_hundred_thousand_lines_is_refused() -> None:
    with pytest.raises(BadInput, match="2,000 units at most"):
        units.outline("\n".join(f"{number}. Lesson" for number in range(100_000)))


@pytest.mark.parametrize(
    "part",
    [
        '{"name": "u", "startOffset": 0, "endOffset": Infinity}',
        '{"name": "u", "startOffset": NaN, "endOffset": NaN}',
        '{"name": "u", "startOffset": 0.5, "endOffset": 1' + "0" * 400 + "}",
        '{"name": "u", "duration": "PT' + "9" * 5_000 + 'H"}',
    ],
)
def test_numbers_that_are_none_count_as_nothing(part: str) -> None:
    data = told('{"@type": "VideoObject", "name": "A", "hasPart": [' + part + "]}")

    assert (data.title, data.units) == ("A", (("u", 0),))


def test_a_price_beyond_all_numbers_is_none() -> None:
    assert told('{"@type": "Course", "name": "A", "offers": {"price": 1' + "0" * 400 + "}}").cost == ""


def test_long_names_and_half_signs_of_a_page_can_be_kept() -> None:
    data = told('{"@type": "VideoObject", "name": "A\\ud800B", "author": "' + "n" * 5_000 + '"}')

    assert data.title == "A?B"
    assert (len(data.people), data.people[-1]) == (LONGEST, "…")


def test_a_page_with_endless_units_and_hours_becomes_an_activity(writer: Writer, reader: Reader) -> None:
    objects = video(duration="P999999W", hasPart=[{"name": "u\nv"}] * 2_500)
    name, digest = assets.keep_page(
        writer.paths, f'<script type="application/ld+json">{objects}</script><p>Text</p>'.encode()
    )
    source = captures.add(writer, page("film", raw_page=name, raw_sha256=digest)).source_id
    whole = activities.read(reader, from_page.activity(writer, reader, source).made)

    assert whole is not None
    assert (len(whole.units), whole.units[0].title) == (units.MOST, "u v")
    assert whole.note == "The page names 2,500 units; the first 2,000 stand here."
    assert from_page.proposal(reader, writer.paths, source).minutes == activities.MOST_MINUTES


def event(*lines: str) -> bytes:
    inner = "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inner}\r\nEND:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    "lines",
    [
        ("SUMMARY:a", "DTSTART:20270101T100000Z", "DURATION:P999999999D"),
        ("SUMMARY:a", "DTSTART:00010101T000000Z", "DTEND:00010101T010000Z"),
        ("SUMMARY:a", "DTSTART:99991231T235959Z", "DTEND:99991231T235959Z"),
        ("SUMMARY:" + "a" * 100_000, "DTSTART;VALUE=DATE:99991231"),
        ("SUMMARY:\u202egnp.exe\u2066x", "DTSTART;TZID=../../etc/passwd:20270101T100000"),
        ("SUMMARY:a", "DTSTART:20270101T100000Z", "RRULE:FREQ=SECONDLY"),
    ],
)
def test_events_at_the_ends_of_time_are_taken_and_go_out_again(
    writer: Writer, reader: Reader, lines: tuple[str, ...]
) -> None:
    (one,) = calendar.read(event("UID:1", *lines))
    calendar.take(writer, [one])
    (row,) = activities.all_of(reader)

    assert len(row.title) <= LONGEST
    assert row.minutes <= activities.MOST_MINUTES
    assert len(calendar.read(calendar.write(reader))) == 1


def test_a_calendar_of_endless_parts_is_refused_before_it_is_read() -> None:
    parts = b"BEGIN:VTODO\r\nEND:VTODO\r\n" * (4 * calendar.MOST + 1)
    with pytest.raises(BadInput, match="more than"):
        calendar.read(b"BEGIN:VCALENDAR\r\n" + parts + b"END:VCALENDAR\r\n")


def test_no_activity_takes_longer_than_a_life(writer: Writer) -> None:
    made = activities.make(writer, ActivityKind.COURSE, "A", minutes=-5).made
    with pytest.raises(BadInput, match="10,000 hours at most"):
        activities.edit(writer, made, minutes=10**18)
    with pytest.raises(BadInput, match="1,440 minutes"):
        study.plan(writer, made, "2027-01-01", 10**9)


def test_what_serves_a_goal_that_is_gone_is_refused_with_a_sentence(writer: Writer) -> None:
    gone = goals.make(writer, "SQL").made
    goals.remove(writer, [gone])
    with pytest.raises(BadInput, match="not here any more"):
        activities.make(writer, ActivityKind.COURSE, "A", goal_id=gone)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_at_the_ends_of_time_are_days_or_none(reader: Reader, day: date) -> None:
    for typed in ("fri", "+999", "tomorrow", "1.1.", "29.2.", " " * 100_000, "1." * 50_000):
        typed_days.day(typed, day)
        typed_days.moment(typed, day)
    assert days.start_of(day) == days.start_of(day)
    assert len(selfcheck.read(reader, days.quarter_of(day))) == len(selfcheck.QUESTIONS)
