"""The overview's weeks, what may be attached, and ties to several goals in one act."""

from collections import Counter
from datetime import date

import pytest

from desktop.errors import BadInput
from desktop.learning import attaching, choosing, evidence, goals, levels, overview, tries
from desktop.learning.values import EvidenceKind, Thing, Went
from desktop.library import captures, undo
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import page
from tests.support.sensing import annotate

THURSDAY = date(2026, 11, 26)


def test_evidence_counts_in_the_week_of_its_day(writer: Writer, reader: Reader, goal: int) -> None:
    for day in ("2026-11-29", "2026-11-23", "2026-11-22", "2026-09-07", "2026-09-06", "2026-11-30"):
        evidence.feedback(writer, goal, "Jonas", "Well read", day)
    (line,) = overview.read(reader, day=THURSDAY).lines

    # The last week has its Monday and its Sunday; what is older than twelve weeks, or to come, is left out.
    assert line.pieces == (1, *[0] * 9, 1, 2)
    assert line.row.evidence == 6


def test_what_is_attached_is_offered_as_such_and_words_narrow_it(
    writer: Writer, reader: Reader, goal: int
) -> None:
    first = captures.add(writer, page("a", title="Joins", url="https://a.example/1")).source_id
    captures.add(writer, page("b", title="Windows", url="https://a.example/2"))
    evidence.attach(writer, goal, [Thing(EvidenceKind.CAPTURE, first)])
    made = tries.plan(writer, "Write a join").made
    found = {one.title: one.is_attached for one in choosing.offers(reader, goal, EvidenceKind.CAPTURE)}

    assert found == {"Joins": True, "Windows": False}
    assert [one.title for one in choosing.offers(reader, goal, EvidenceKind.CAPTURE, "wind")] == ["Windows"]
    assert choosing.offers(reader, goal, EvidenceKind.TRY) == []
    tries.resolve(writer, made, "It held", Went.WELL)
    assert [one.words for one in choosing.offers(reader, goal, EvidenceKind.TRY, "HELD")] == ["It held"]


def test_things_are_tied_to_a_new_goal_with_a_sentence_and_untied_in_one_act(
    writer: Writer, reader: Reader, goal: int
) -> None:
    source = captures.add(writer, page()).source_id
    marked, _ = annotate(writer, source)
    things = [Thing(EvidenceKind.ANNOTATION, marked), Thing(EvidenceKind.CAPTURE, source)]
    evidence.attach(writer, goal, things[:1])
    skill = goals.all_of(reader, goal_id=goal)[0].skill

    attaching.attach(writer, things, ["Say it aloud"], [skill], "On Thursday")

    assert attaching.goals_of(reader, things) == Counter({"Say it aloud": 2})
    other = goals.by_skill(reader, "say it aloud")
    assert other is not None
    assert {row.sentence for row in evidence.of_goal(reader, other)} == {"On Thursday"}
    undo.undo(writer)
    assert attaching.goals_of(reader, things) == Counter({skill: 1})
    assert goals.by_skill(reader, "Say it aloud") is None


def test_what_a_level_stands_on_cannot_be_untied(writer: Writer, reader: Reader, goal: int) -> None:
    source = captures.add(writer, page()).source_id
    marked, _ = annotate(writer, source)
    thing = Thing(EvidenceKind.ANNOTATION, marked)
    kept = evidence.attach(writer, goal, [thing]).made
    skill, now = goals.all_of(reader, goal_id=goal)[0].skill, goals.all_of(reader, goal_id=goal)[0].level
    levels.move(writer, goal, now + 1, "I can", [kept])

    with pytest.raises(BadInput, match="stands on this alone"):
        attaching.attach(writer, [thing], [], [skill])


def test_several_goals_are_private_in_one_act(writer: Writer, reader: Reader, goal: int) -> None:
    other = goals.make(writer, "Another").made
    goals.set_private(writer, [goal, other], True)
    assert all(row.is_private for row in goals.all_of(reader))
    undo.undo(writer)
    assert not any(row.is_private for row in goals.all_of(reader))


def test_the_tags_that_feed_a_goal_are_set_with_its_other_words(
    writer: Writer, reader: Reader, goal: int
) -> None:
    goals.edit(writer, goal, why="Because", tags=["work/sql", "charts"])
    goals.edit(writer, goal, tags=["charts", "surveys"])
    found = goals.read(reader, goal)

    assert found is not None
    assert (found.why, found.tags) == ("Because", ("charts", "surveys"))
