"""A level moves only with a day, a sentence and evidence: for any order of acts, and for any clock."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import BadInput
from desktop.learning import days, evidence, goals, levels, tries
from desktop.learning.values import GoalState
from desktop.library import acts, undo
from desktop.library.opening import Library
from desktop.store.reader import Reader
from desktop.store.writer import Writer

ANY_CLOCK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TODAY = date(2028, 2, 29)
OPERATIONS = st.one_of(
    st.tuples(st.just("clock"), st.integers(-400, 400)),
    st.tuples(
        st.just("move"), st.integers(-1, 5), st.sampled_from(["", " ", "I can"]), st.integers(-30, 5),
        st.lists(st.integers(0, 6), max_size=3),
    ),
    st.tuples(st.just("feedback")),
    st.tuples(st.just("remove"), st.lists(st.integers(0, 6), min_size=1, max_size=3)),
    st.tuples(st.just("back")),
    st.tuples(st.just("began"), st.integers(0, 4)),
    st.tuples(st.just("close")),
    st.tuples(st.just("reopen")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The moment, in milliseconds, that a test may move."""
    moment = [days.start_of(TODAY) + 12 * 3600 * 1000]
    monkeypatch.setattr(acts, "now", lambda: moment[0])
    for module in (days, goals, levels, evidence, tries):
        monkeypatch.setattr(module, "now", lambda: moment[0], raising=False)
    return moment


def said(writer: Writer, goal: int) -> int:
    return evidence.feedback(writer, goal, "Ada", "You did it alone").made


def test_an_aim_below_the_beginning_is_refused_whichever_of_the_two_is_changed(
    writer: Writer, reader: Reader
) -> None:
    with pytest.raises(BadInput, match="below the level"):
        goals.make(writer, "SQL", level_from=3, level_to=1)
    made = goals.make(writer, "SQL", level_from=1, level_to=2).made
    for change in ({"level_to": 0}, {"level_from": 3}):
        with pytest.raises(BadInput, match="below the level"):
            goals.edit(writer, made, **change)  # type: ignore[arg-type]
    goals.edit(writer, made, level_from=3, level_to=4)
    goals.edit(writer, made, level_from=4, level_to=-1)
    goal = goals.read(reader, made)
    assert goal is not None
    assert (goal.level_from, goal.level_to) == (4, None)


def test_a_level_changes_with_a_sentence_a_day_and_evidence(
    writer: Writer, reader: Reader, goal: int
) -> None:
    one = said(writer, goal)
    changes = levels.move(writer, goal, 2, " With help, yes ", [one], "2026-01-31")

    (step,) = levels.of_goal(reader, goal)
    assert (step.level_before, step.level, step.on_date, step.sentence) == (
        0,
        2,
        "2026-01-31",
        "With help, yes",
    )
    assert step.evidence_ids == (one,)
    assert changes.made == step.id
    assert goals.all_of(reader)[0].level == 2
    assert evidence.of_goal(reader, goal)[0].level_ids == (step.id,)


@pytest.mark.parametrize(
    ("level", "sentence", "on", "word"),
    [
        (2, "  ", "", "sentence"),
        (5, "I can", "", "0 to 4"),
        (-1, "I can", "", "0 to 4"),
        (0, "I can", "", "level you are at"),
        (2, "I can", "2999-01-01", "still to come"),
        (2, "I can", "31.1.2026", "not a day"),
        (2, "I can", "2026-02-30", "not a day"),
    ],
)
def test_what_is_missing_is_said(
    writer: Writer, reader: Reader, goal: int, level: int, sentence: str, on: str, word: str
) -> None:
    one = said(writer, goal)
    with pytest.raises(BadInput, match=word):
        levels.move(writer, goal, level, sentence, [one], on)

    assert levels.of_goal(reader, goal) == []


def test_a_level_needs_evidence_of_its_own_goal(writer: Writer, goal: int) -> None:
    other = goals.make(writer, "SQL").made
    foreign = said(writer, other)
    with pytest.raises(BadInput, match="evidence"):
        levels.move(writer, goal, 2, "I can", [])
    with pytest.raises(BadInput, match="no evidence for this goal"):
        levels.move(writer, goal, 2, "I can", [foreign])


def test_no_change_lies_before_the_one_before(writer: Writer, goal: int) -> None:
    one = said(writer, goal)
    levels.move(writer, goal, 2, "I can", [one], "2026-03-03")
    with pytest.raises(BadInput, match="cannot be before"):
        levels.move(writer, goal, 3, "I can more", [one], "2026-03-02")
    levels.move(writer, goal, 3, "I can more", [one], "2026-03-03")


def test_the_level_cannot_be_set_past_the_rules(writer: Writer, reader: Reader, goal: int) -> None:
    goals.edit(writer, goal, level_from=1)
    assert goals.all_of(reader)[0].level == 1
    levels.move(writer, goal, 2, "I can", [said(writer, goal)])
    with pytest.raises(BadInput, match="where you began"):
        goals.edit(writer, goal, level_from=0)


def test_evidence_that_a_level_stands_on_alone_stays(writer: Writer, reader: Reader, goal: int) -> None:
    one, two = said(writer, goal), said(writer, goal)
    levels.move(writer, goal, 2, "I can", [one, two])
    evidence.remove(writer, [two])
    with pytest.raises(BadInput, match="stands on this alone"):
        evidence.remove(writer, [one])

    levels.take_back(writer, goal)
    evidence.remove(writer, [one])
    assert evidence.of_goal(reader, goal) == []
    assert goals.all_of(reader)[0].level == 0


def test_a_closed_goal_is_opened_before_its_level_moves(writer: Writer, goal: int) -> None:
    one = said(writer, goal)
    goals.close(writer, goal, GoalState.REACHED, "Done it")
    with pytest.raises(BadInput, match="closed"):
        levels.move(writer, goal, 2, "I can", [one])
    goals.reopen(writer, goal)
    assert levels.move(writer, goal, 2, "I can", [one])


def test_a_clock_that_was_moved_back_locks_no_goal(
    writer: Writer, reader: Reader, goal: int, clock: list[int]
) -> None:
    one = said(writer, goal)
    levels.move(writer, goal, 2, "I can", [one])
    clock[0] -= 400 * 24 * 3600 * 1000
    levels.move(writer, goal, 3, "I can more", [one])

    assert [step.on_date for step in levels.of_goal(reader, goal)] == ["2028-02-29", "2028-02-29"]


@ANY_CLOCK
@given(operations=st.lists(OPERATIONS, max_size=25))
def test_the_rules_hold_after_any_acts(library: Library, clock: list[int], operations: list[Any]) -> None:
    assert library.writer is not None
    clock[0] = days.start_of(TODAY) + 12 * 3600 * 1000
    skill = f"Skill {library.reader.rows('SELECT count(*) FROM goal')[0][0]}"
    goal = goals.make(library.writer, skill, level_from=1).made
    made = [said(library.writer, goal)]
    for name, *values in operations:
        try:
            _do(library.writer, goal, clock, made, name, values)
        except BadInput:
            pass
        _holds(library.reader, goal)


def _do(writer: Writer, goal: int, clock: list[int], made: list[int], name: str, values: list[Any]) -> None:
    def chosen(numbers: list[int]) -> list[int]:
        return [made[number % len(made)] for number in numbers]

    if name == "clock":
        clock[0] += values[0] * 24 * 3600 * 1000
    elif name == "move":
        level, sentence, shift, numbers = values
        on = (days.today() + timedelta(days=shift)).isoformat() if shift else ""
        levels.move(writer, goal, level, sentence, chosen(numbers), on)
    elif name == "feedback":
        made.append(said(writer, goal))
    elif name == "remove":
        evidence.remove(writer, chosen(values[0]))
    elif name == "began":
        goals.edit(writer, goal, level_from=values[0])
    else:
        acts_by_name = {
            "back": lambda: levels.take_back(writer, goal),
            "close": lambda: goals.close(writer, goal),
            "reopen": lambda: goals.reopen(writer, goal),
            "undo": lambda: undo.undo(writer),
            "redo": lambda: undo.redo(writer),
        }
        acts_by_name[name]()


def _holds(reader: Reader, goal: int) -> None:
    whole = goals.read(reader, goal)
    if whole is None:  # its making was undone
        return
    steps = levels.of_goal(reader, goal)
    here = {one.id for one in evidence.of_goal(reader, goal)}
    at = whole.level_from
    for step in steps:
        assert step.level_before == at
        assert step.level != at
        assert 0 <= step.level <= 4
        assert step.sentence.strip()
        assert days.parse(step.on_date) is not None
        assert step.evidence_ids
        assert set(step.evidence_ids) <= here
        at = step.level
    assert whole.level == at
    assert [step.on_date for step in steps] == sorted(step.on_date for step in steps)
    assert reader.rows("PRAGMA foreign_key_check") == []
