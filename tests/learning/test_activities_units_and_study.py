"""Activities with units from a pasted outline, sessions of study, and comments at a moment of a video."""

import pytest

from desktop.errors import BadInput
from desktop.learning import activities, study, units
from desktop.learning.units import Line
from desktop.learning.values import ActivityKind, Status
from desktop.library import captures, undo
from desktop.library.marks import annotations, timed_comments
from desktop.library.values import Media
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text import moments
from desktop.text.web_annotation import MEDIA_FRAGMENTS
from tests.support.saving import everything, page

VIDEO = "https://www.youtube.com/watch?v=abc"
BUT = ("journal_entry", "journal_change", "outbox", "sqlite_sequence")


@pytest.fixture
def course(writer: Writer) -> int:
    return activities.make(writer, ActivityKind.COURSE, " Statistics ", minutes=600).made


def test_forty_units_come_from_one_outline_in_one_step(writer: Writer, reader: Reader, course: int) -> None:
    outline = "\n".join(f"{number}. Lesson {number} (12:30)" for number in range(1, 41))
    before = everything(reader, but=BUT)
    changes = units.paste(writer, course, outline)
    whole = activities.read(reader, course)

    assert changes.label == "40 units added"
    assert whole is not None
    assert [unit.title for unit in whole.units] == [f"Lesson {number}" for number in range(1, 41)]
    assert (whole.row.minutes, whole.row.units, whole.row.next_unit) == (40 * 13, 40, "Lesson 1")
    units.mark_done(writer, [unit.id for unit in whole.units[:3]])
    (row,) = activities.all_of(reader)
    assert (row.units_done, row.next_unit) == (3, "Lesson 4")
    undo.undo(writer)
    undo.undo(writer)
    assert everything(reader, but=BUT) == before
    assert activities.all_of(reader)[0].minutes == 600


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("Lesson", Line("Lesson", 0, 0, False)),
        ("- Lesson 1:02:03", Line("Lesson", 0, 63, False)),
        ("• Lesson — 1 h 20 min", Line("Lesson", 0, 80, False)),
        ("12) Lesson, 45 minutes", Line("Lesson", 0, 45, False)),
        ("1.2.3 Lesson [10:00]", Line("Lesson", 0, 10, False)),
        ("[x] Lesson", Line("Lesson", 0, 0, True)),
        ("- [ ] Lesson", Line("Lesson", 0, 0, False)),
        ("## Part", Line("Part", 1, 0, False)),
        ("2001: A Space Odyssey", Line("2001: A Space Odyssey", 0, 0, False)),
        ("Chapter 12", Line("Chapter 12", 0, 0, False)),
        ("C", Line("C", 0, 0, False)),
        ("Plan B", Line("Plan B", 0, 0, False)),
        ("10 min", Line("10 min", 0, 0, False)),
        ("Lektion 3 (2 Std. 5 Min)", Line("Lektion 3", 0, 125, False)),
        ("日本語の授業 5:00", Line("日本語の授業", 0, 5, False)),
    ],
)
def test_a_line_of_an_outline_is_read(raw: str, line: Line) -> None:
    assert units.outline(raw) == [line]


def test_indents_and_headings_make_levels() -> None:
    found = units.outline("Part\n  Lesson\n    Step\n  Lesson\nPart\n\tLesson\n# Top\n### Low\n")

    assert [one.depth for one in found] == [0, 1, 2, 1, 0, 1, 0, 2]
    assert units.outline("  \n\n") == []


def test_too_many_units_are_refused_whole(writer: Writer, reader: Reader, course: int) -> None:
    with pytest.raises(BadInput, match="2,000 units"):
        units.paste(writer, course, "x\n" * 2_001)
    with pytest.raises(BadInput, match="no units"):
        units.paste(writer, course, " \n")
    with pytest.raises(BadInput, match="not here any more"):
        units.paste(writer, 99, "x")

    assert activities.all_of(reader)[0].units == 0


def test_units_are_changed_moved_and_deleted(writer: Writer, reader: Reader, course: int) -> None:
    units.paste(writer, course, "a\nb\nc")
    first, second, third = (unit.id for unit in units.units(reader, course))
    units.reorder(writer, course, [third, first])
    units.edit(writer, second, "B", 7)
    units.remove(writer, [first])

    assert [(one.title, one.minutes) for one in units.units(reader, course)] == [("c", 0), ("B", 7)]


def test_sessions_add_up_and_one_timer_runs(
    writer: Writer, reader: Reader, course: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_796_000_000_000]
    monkeypatch.setattr(study, "now", lambda: clock[0])
    other = activities.make(writer, ActivityKind.BOOK, "Book").made
    study.log(writer, course, 30, "First")
    study.begin(writer, course)
    running = activities.running(reader)
    assert running is not None
    assert (running.id, running.running_since, running.status) == (course, clock[0], Status.DOING)
    clock[0] += 25 * 60_000
    study.begin(writer, other)
    clock[0] -= 3_600_000
    study.stop(writer, "Clock went back")

    whole, book = activities.read(reader, course), activities.read(reader, other)
    assert whole is not None
    assert book is not None
    assert (whole.row.spent, [one.minutes for one in book.sessions]) == (55, [1])
    assert book.sessions[0].note == "Clock went back"
    assert activities.running(reader) is None
    assert not study.stop(writer)
    study.begin(writer, other)
    study.cancel(writer)
    assert len(study.sessions(reader, other)) == 1
    for wrong in (0, -5, 1_441):
        with pytest.raises(BadInput, match="1 to 1,440"):
            study.log(writer, course, wrong)


def test_what_cannot_be_is_said(writer: Writer, course: int) -> None:
    with pytest.raises(BadInput, match="title"):
        activities.make(writer, ActivityKind.BOOK, " ")
    with pytest.raises(BadInput, match="before it begins"):
        activities.make(writer, ActivityKind.BOOK, "Book", begins="2026-12-03", ends="2026-12-02")
    with pytest.raises(BadInput, match="before it begins"):
        activities.edit(writer, course, begins="2026-12-03 10:00", ends="2026-12-03 09:00")
    with pytest.raises(BadInput, match="not a time"):
        activities.make(writer, ActivityKind.BOOK, "Book", begins="2026-12-03 25:00")
    with pytest.raises(BadInput, match="no time zone"):
        activities.edit(writer, course, zone="Mars/Base")
    with pytest.raises(BadInput, match="When"):
        study.plan(writer, course, " ")


def test_states_change_together_and_are_listed_in_order(writer: Writer, reader: Reader, course: int) -> None:
    book = activities.make(writer, ActivityKind.BOOK, "Book", begins="2026-12-01").made
    talk = activities.make(writer, ActivityKind.WEBINAR, "Talk", begins="2026-12-09 10:00").made
    assert [one.id for one in activities.all_of(reader)] == [book, talk, course]
    activities.set_status(writer, [book, talk], Status.DONE)
    activities.set_status(writer, [course], Status.DOING)

    assert activities.all_of(reader)[0].id == course
    assert {one.id for one in activities.all_of(reader, [Status.DONE])} == {book, talk}
    undo.undo(writer)
    undo.undo(writer)
    assert [one.id for one in activities.all_of(reader)] == [book, talk, course]


def test_a_comment_at_a_moment_opens_the_video_there(writer: Writer, reader: Reader) -> None:
    media = Media(75.5, 300.0, "0:05 Hello\n1:10 A join is\n1:30 And")
    added = captures.add(writer, page(url=VIDEO, media=media))
    made = timed_comments.comment(writer, added.capture_id, 75.5, "Good example", tags=("sql",)).made
    timed_comments.comment(writer, added.capture_id, 6, "Greeting", caption="Hi there")
    first, second = timed_comments.of_source(reader, added.source_id)

    assert (first.seconds, first.caption) == (6.0, "Hi there")
    assert (second.seconds, second.caption, second.comment) == (75.5, "A join is", "Good example")
    assert second.url == "https://www.youtube.com/watch?v=abc&t=75s"
    (highlight,) = annotations.page(reader, annotations.ids(reader)[:1])
    assert not highlight.is_lost
    captures.add(writer, page(text="Another text", url=VIDEO))
    assert annotations.lost_of(reader, added.source_id) == []
    assert len(timed_comments.of_source(reader, added.source_id)) == 2
    annotations.remove(writer, [made])
    assert len(timed_comments.of_source(reader, added.source_id)) == 1
    with pytest.raises(BadInput, match="no words"):
        timed_comments.comment(writer, added.capture_id, 1, " ")


def test_a_moment_goes_out_as_a_media_fragment() -> None:
    from desktop.text.selectors import Quote, Selectors
    from desktop.text.web_annotation import WebAnnotation, to_json

    at = Selectors(0, 0, Quote("", "", ""), "", "t=75.5")
    one = WebAnnotation("5b0f6f0e-3d62-4b43-9f0e-6b1f5f1f3a77", "https://x.example/", at)
    (selector,) = to_json(one)["target"]["selector"]

    assert selector == {"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENTS, "value": "t=75.5"}
    assert moments.seconds_of("t=75.5") == 75.5
    assert moments.seconds_of("t=npt:75,80") == 75.0
    assert moments.seconds_of(":~:text=t=5") is None
    assert moments.fragment(75.0) == "t=75"
    assert moments.fragment(-1.0) == "t=0"
