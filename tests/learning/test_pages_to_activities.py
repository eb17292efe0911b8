"""A saved course, video or event page becomes an activity in one act, with what the page says of itself."""

import gzip
import json
from typing import Any

import pytest

from desktop.learning import activities, from_page
from desktop.learning.values import ActivityKind
from desktop.library import assets, captures, undo
from desktop.library.values import Media
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text import dom, learning_data
from tests.support.saving import page

COURSE = {
    "@context": "https://schema.org", "@type": "Course", "name": "Statistics for all",
    "provider": {"@type": "Organization", "name": "Open Uni"},
    "offers": [{"price": 49, "priceCurrency": "EUR"}],
    "hasCourseInstance": {
        "@type": "CourseInstance", "startDate": "2027-01-11", "endDate": "2027-03-01",
        "courseWorkload": "PT20H",
        "instructor": [{"@type": "Person", "name": "Ada"}, {"@type": "Person", "name": "Bob"}],
    },
    "syllabusSections": [
        {"@type": "Syllabus", "name": "Means", "timeRequired": "PT1H"},
        {"@type": "Syllabus", "name": "Spread", "timeRequired": "PT1H30M"},
    ],
}  # fmt: skip
VIDEO = {
    "@type": "VideoObject", "name": "Joins in ten minutes", "duration": "PT9M31S", "author": "Mira",
    "hasPart": [{"@type": "Clip", "name": "Hash", "startOffset": 0, "endOffset": 90}],
}  # fmt: skip
WEBINAR = {
    "@type": "Event", "name": "Window functions", "startDate": "2026-12-03T14:00:00+01:00",
    "endDate": "2026-12-03T15:30:00+01:00", "organizer": {"name": "Data School"},
    "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
}  # fmt: skip


def html(*objects: Any) -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in objects)
    return f"<html><head>{scripts}</head><body><p>Text</p></body></html>"


def saved(writer: Writer, markup: str, **others: Any) -> int:
    name, digest = assets.keep_page(writer.paths, markup.encode())
    return captures.add(writer, page("course", raw_page=name, raw_sha256=digest, **others)).source_id


def test_a_course_page_becomes_a_course_with_its_units(writer: Writer, reader: Reader, goal: int) -> None:
    source = saved(writer, html({"@type": "WebSite", "name": "Site"}, COURSE), goal="Data analysis")
    made = from_page.activity(writer, reader, source).made
    whole = activities.read(reader, made)

    assert whole is not None
    row = whole.row
    assert (row.kind, row.title, row.provider, row.people) == (
        ActivityKind.COURSE, "Statistics for all", "Open Uni", "Ada, Bob",
    )  # fmt: skip
    assert (row.begins, row.ends, row.cost, row.goal_id) == ("2027-01-11", "2027-03-01", "49 EUR", goal)
    assert [(unit.title, unit.minutes) for unit in whole.units] == [("Means", 60), ("Spread", 90)]
    assert row.source_id == source
    assert from_page.activity(writer, reader, source).made == made
    undo.undo(writer)
    assert activities.all_of(reader) == []
    assert reader.rows("SELECT count(*) FROM unit") == [(0,)]


def test_a_video_and_a_webinar_say_what_they_are(writer: Writer, reader: Reader) -> None:
    video = learning_data.read(dom.parse(html(VIDEO)))
    webinar = learning_data.read(dom.parse(html({"@graph": [WEBINAR]})))

    assert (video.kind, video.minutes, video.people, video.units) == ("video", 10, "Mira", (("Hash", 2),))
    assert (webinar.kind, webinar.begins, webinar.ends, webinar.zone, webinar.provider) == (
        "webinar", "2026-12-03T13:00", "2026-12-03T14:30", "UTC", "Data School",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"location": {"@type": "Place", "name": "Ulm"}}, "workshop"),
        ({"location": {"@type": "Place", "name": "Ulm"}, "endDate": "2026-12-05T15:00:00Z"}, "conference"),
        ({"eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"}, "workshop"),
        ({"eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode"}, "webinar"),
    ],
)
def test_an_event_at_a_place_is_no_webinar(event: dict[str, Any], kind: str) -> None:
    data = {name: value for name, value in WEBINAR.items() if name != "eventAttendanceMode"} | event

    assert learning_data.read(dom.parse(html(data))).kind == kind


def test_a_page_without_data_still_becomes_an_activity(writer: Writer, reader: Reader) -> None:
    source = saved(writer, "<p>Nothing</p>", title="A talk", media=Media(3.0, 600.5, "A talk"))
    made = from_page.activity(writer, reader, source).made
    (row,) = activities.many(reader, [made])

    assert (row.kind, row.title, row.minutes) == (ActivityKind.VIDEO, "A talk", 10)
    assert from_page.proposal(reader, writer.paths, source).outline == ""


@pytest.mark.parametrize(
    "broken",
    [
        {"@type": "Course", "name": ["A", {"x": 1}], "hasCourseInstance": "no", "offers": [1, None]},
        {"@type": ["Course", 5], "name": "A", "syllabusSections": [None, {"name": 3}, {"name": "x"}]},
        {"@type": "Event", "name": "A", "startDate": "soon", "endDate": 5, "location": "here"},
        {"@type": "VideoObject", "name": "A", "duration": "PT1Y", "hasPart": {"name": "A", "endOffset": "1"}},
        {"@type": "Event", "name": "A", "startDate": "9999-12-31T23:59:59-12:00"},
    ],
)
def test_broken_data_breaks_nothing(broken: dict[str, Any]) -> None:
    assert learning_data.read(dom.parse(html(broken))).title == "A"


def test_a_lost_raw_page_costs_only_the_data(writer: Writer, reader: Reader) -> None:
    source = saved(writer, html(COURSE))
    (name,) = reader.rows("SELECT raw_page FROM content")[0]
    (writer.paths.pages / name).write_bytes(gzip.compress(b"x")[:5])

    assert (
        activities.many(reader, [from_page.activity(writer, reader, source).made])[0].title
        == "Title of course"
    )
