"""Evidence comes from every place, speaks without retyping, outlives what it referred to, and is undone."""

from typing import Any

import pytest

from desktop.errors import BadInput
from desktop.learning import activities, evidence, goal_page, goals, levels, tries
from desktop.learning.values import ActivityKind, EvidenceKind, GoalState, Thing, TryState, Went
from desktop.library import captures, notes, tags, undo
from desktop.library.marks import annotations
from desktop.library.values import State
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page
from tests.support.sensing import annotate

BUT = ("journal_entry", "journal_change", "outbox", "sqlite_sequence")
CHANGED_AT = 16  # of a goal: when it was last touched is no part of what undo brings back
PDF = b"%PDF-1.7\n%certificate"


def kept(reader: Reader) -> dict[str, list[tuple[Any, ...]]]:
    found = everything(reader, but=BUT)
    found["goal"] = [row[:CHANGED_AT] + row[CHANGED_AT + 1 :] for row in found["goal"]]
    return found


def test_a_page_tied_to_a_goal_is_evidence_and_speaks_by_why(writer: Writer, reader: Reader) -> None:
    source = captures.add(writer, page(goal="SQL", why="Our joins are slow")).source_id
    (row,) = goals.all_of(reader)
    (shown,) = evidence.of_goal(reader, row.id)

    assert (shown.kind, shown.sentence, shown.is_own_sentence) == (
        EvidenceKind.CAPTURE,
        "Our joins are slow",
        False,
    )
    assert (row.evidence, row.sources) == (1, 1)
    evidence.say(writer, shown.id, "I rewrote ours")
    assert evidence.of_thing(reader, Thing(EvidenceKind.CAPTURE, source))[0].sentence == "I rewrote ours"
    evidence.say(writer, shown.id, "")
    captures.set_goals(writer, [source], remove=["sql"])
    assert evidence.of_goal(reader, row.id) == []


def test_untying_keeps_evidence_with_a_sentence_of_its_own(writer: Writer, reader: Reader, goal: int) -> None:
    source = captures.add(writer, page()).source_id
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, source)], "Mine")
    captures.set_goals(writer, [source], remove=["data analysis"])

    assert [one.sentence for one in evidence.of_goal(reader, goal)] == ["Mine"]


def test_many_things_are_attached_in_one_act(writer: Writer, reader: Reader, goal: int) -> None:
    before = kept(reader)
    sources = [captures.add(writer, page(name)).source_id for name in "abc"]
    marked, _ = annotate(writer, sources[0], comment="Exactly")
    note = notes.make(writer, "", "My own words on it").made
    course = activities.make(writer, ActivityKind.COURSE, "Statistics", note="Half done").made
    ready = kept(reader)
    things = [
        *(Thing(EvidenceKind.CAPTURE, one) for one in sources), Thing(EvidenceKind.ANNOTATION, marked),
        Thing(EvidenceKind.NOTE, note), Thing(EvidenceKind.ACTIVITY, course),
    ]  # fmt: skip
    changes = evidence.attach(writer, goal, things)

    assert changes.label == "6 attached as evidence"
    assert set(changes.ids) == set(sources)
    rows = {one.kind: one for one in evidence.of_goal(reader, goal)}
    assert rows[EvidenceKind.ANNOTATION].sentence == "Exactly"
    assert rows[EvidenceKind.NOTE].title == "My own words on it"
    assert rows[EvidenceKind.ACTIVITY].sentence == "Half done"
    assert not evidence.attach(writer, goal, things)
    undo.undo(writer)
    assert kept(reader) == ready
    assert before != ready


def test_a_try_counts_once_it_has_a_result(writer: Writer, reader: Reader, goal: int) -> None:
    one = tries.plan(writer, "A pivot table on Monday", "2026-12-07", goal).made
    with pytest.raises(BadInput, match="how it went"):
        evidence.attach(writer, goal, [Thing(EvidenceKind.TRY, one)])
    tries.resolve(writer, one, "It saved an hour", Went.PARTLY)
    (shown,) = evidence.of_goal(reader, goal)

    assert (shown.kind, shown.title, shown.sentence) == (
        EvidenceKind.TRY, "A pivot table on Monday", "It saved an hour",
    )  # fmt: skip
    tries.resolve(writer, one, "It saved two hours", Went.WELL)
    assert [row.sentence for row in evidence.of_goal(reader, goal)] == ["It saved two hours"]
    levels.move(writer, goal, 1, "I can", [shown.id])
    with pytest.raises(BadInput, match="level change stands"):
        tries.remove(writer, [one])
    undo.undo(writer)
    undo.undo(writer)
    undo.undo(writer)
    assert evidence.of_goal(reader, goal) == []
    assert tries.read(reader, one) is not None
    assert tries.all_of(reader)[0].state is TryState.PLANNED


def test_a_try_without_a_goal_counts_when_it_gets_one(writer: Writer, reader: Reader, goal: int) -> None:
    one = tries.plan(writer, "A pivot table").made
    tries.resolve(writer, one, "It worked")
    assert evidence.of_goal(reader, goal) == []
    tries.set_goal(writer, one, goal)

    assert [row.sentence for row in evidence.of_goal(reader, goal)] == ["It worked"]


def test_a_certificate_is_kept_and_found(writer: Writer, reader: Reader, goal: int) -> None:
    course = activities.make(writer, ActivityKind.COURSE, "Statistics").made
    evidence.certificate(writer, goal, PDF, who="Open Uni", sentence="Passed", activity_id=course)
    (shown,) = evidence.of_goal(reader, goal)
    from desktop.library.assets import path_of, sweep

    path = path_of(writer.paths, shown.file)
    assert path is not None
    assert path.read_bytes() == PDF
    assert activities.many(reader, [course])[0].certificate == shown.file
    sweep(writer.paths, {shown.file}, 1 << 62)
    assert path.is_file()
    for wrong in (b"", b"<svg>", b"MZ"):
        with pytest.raises(BadInput, match="PDF or a picture"):
            evidence.certificate(writer, goal, wrong)


def test_a_certificate_outlives_a_page_that_showed_the_same_picture(
    writer: Writer, reader: Reader, goal: int
) -> None:
    from desktop.library.assets import keep, path_of

    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000080000000808000000003a0f1a300000000a4944415478da6360000000020001"
        "e527de520000000049454e44ae426082"
    )
    picture = keep(writer.paths, png, "png", "https://site.example/a.png")
    source = captures.add(writer, page(pictures=(picture,))).source_id
    evidence.certificate(writer, goal, png)
    captures.move(writer, [source], State.TRASH)
    captures.delete_for_good(writer, [source])

    (shown,) = evidence.of_goal(reader, goal)
    assert path_of(writer.paths, shown.file) is not None


def test_evidence_outlives_what_it_referred_to(writer: Writer, reader: Reader, goal: int) -> None:
    source = captures.add(writer, page("gone", title="Secret 4711", why="Secret 4711")).source_id
    marked, _ = annotate(writer, source, "Secret 4711")
    note = notes.make(writer, "Title").made
    course = activities.make(writer, ActivityKind.BOOK, "Book").made
    things = [
        Thing(EvidenceKind.ANNOTATION, marked),
        Thing(EvidenceKind.NOTE, note),
        Thing(EvidenceKind.ACTIVITY, course),
    ]
    evidence.attach(writer, goal, things, "My words")
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, source)])
    (on_page,) = evidence.of_thing(reader, Thing(EvidenceKind.CAPTURE, source))
    levels.move(writer, goal, 1, "I can", [on_page.id])
    before = kept(reader)
    annotations.remove(writer, [marked])
    notes.delete(writer, [note])
    activities.remove(writer, [course])

    rows = evidence.of_goal(reader, goal)
    assert sorted(row.is_gone for row in rows) == [False, True, True, True]
    for _ in range(3):
        undo.undo(writer)
    assert kept(reader) == before
    captures.move(writer, [source], State.TRASH)
    captures.delete_for_good(writer, [source])
    rows = evidence.of_goal(reader, goal)
    assert len(rows) == 4
    assert sum(row.is_gone for row in rows) == 2
    assert reader.rows("PRAGMA foreign_key_check") == []
    writer.checkpoint()
    assert b"Secret 4711" not in writer.paths.library.read_bytes()


def test_blank_evidence_goes_with_its_page(writer: Writer, reader: Reader, goal: int) -> None:
    source = captures.add(writer, page(goal="Data analysis")).source_id
    captures.move(writer, [source], State.TRASH)
    captures.delete_for_good(writer, [source])

    assert evidence.of_goal(reader, goal) == []


def test_private_things_make_private_evidence(writer: Writer, reader: Reader, goal: int) -> None:
    source = captures.add(writer, page(is_private=True)).source_id
    note = notes.make(writer, "Mine", is_private=True).made
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, source), Thing(EvidenceKind.NOTE, note)])
    told = evidence.feedback(writer, goal, "Ada", "Good").made
    assert [one.is_private for one in evidence.of_goal(reader, goal)] == [False, True, True]
    evidence.set_private(writer, [told], True)
    assert all(one.is_private for one in evidence.of_goal(reader, goal))


def test_tags_that_feed_a_goal_suggest_pages(writer: Writer, reader: Reader, goal: int) -> None:
    goals.feed(writer, goal, ["work/sql"])
    inside = captures.add(writer, page("a", tags=("Work/SQL/joins",))).source_id
    captures.add(writer, page("b", tags=("work/sqlite",)))
    own = captures.add(writer, page("c", tags=("work/sql",), goal="Data analysis")).source_id
    trashed = captures.add(writer, page("d", tags=("work/sql",))).source_id
    captures.move(writer, [trashed], State.TRASH)

    assert [one.source_id for one in goals.suggested(reader, goal)] == [inside]
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, inside)])
    assert goals.suggested(reader, goal) == []
    assert own
    goals.feed(writer, goal, remove=["WORK/SQL"])
    whole = goals.read(reader, goal)
    assert whole is not None
    assert whole.tags == ()


def test_a_tag_that_is_merged_or_deleted_takes_its_goals_along(
    writer: Writer, reader: Reader, goal: int
) -> None:
    goals.feed(writer, goal, ["sql"])
    captures.add(writer, page(tags=("databases",)))
    before = kept(reader)
    tags.merge(writer, ["sql"], "databases")
    (candidate,) = goals.suggested(reader, goal)
    assert candidate.tag == "databases"
    undo.undo(writer)
    assert kept(reader) == before
    tags.delete(writer, "sql")
    assert reader.rows("SELECT count(*) FROM tag_goal") == [(0,)]
    undo.undo(writer)
    assert kept(reader) == before


def test_a_reached_goal_takes_evidence_and_stays_reached(writer: Writer, reader: Reader, goal: int) -> None:
    goals.close(writer, goal, GoalState.REACHED, "I teach it now")
    source = captures.add(writer, page()).source_id
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, source)])

    (row,) = goals.all_of(reader)
    assert (row.state, row.evidence) == (GoalState.REACHED, 1)


def test_a_deleted_goal_comes_back_whole(writer: Writer, reader: Reader, goal: int) -> None:
    source = captures.add(writer, page(goal="Data analysis")).source_id
    activities.make(writer, ActivityKind.BOOK, "Book", goal_id=goal)
    tries.plan(writer, "Try", goal_id=goal)
    goals.feed(writer, goal, ["sql"])
    (one,) = evidence.of_goal(reader, goal)
    levels.move(writer, goal, 1, "I can", [one.id])
    before = kept(reader)
    changes = goals.remove(writer, [goal])

    assert changes.ids == (source,)
    assert goal_page.read(reader, goal) is None
    assert reader.rows("SELECT count(*) FROM evidence") == [(0,)]
    assert [row.goal_id for row in tries.all_of(reader)] == [0]
    undo.undo(writer)
    assert kept(reader) == before


def test_a_thing_that_is_gone_cannot_be_attached(writer: Writer, goal: int) -> None:
    for kind in (EvidenceKind.CAPTURE, EvidenceKind.ANNOTATION, EvidenceKind.NOTE, EvidenceKind.ACTIVITY):
        with pytest.raises(BadInput, match="not here any more"):
            evidence.attach(writer, goal, [Thing(kind, 99)])
    with pytest.raises(BadInput, match="cannot be attached"):
        evidence.attach(writer, goal, [Thing(EvidenceKind.PACK, 1)])
    with pytest.raises(BadInput, match="This goal"):
        evidence.feedback(writer, 99, "Ada", "Good")
