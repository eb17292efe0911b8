"""The text columns of learning, for `own_words`: which a person's words reach, and by which commands."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from desktop.errors import BadInput
from desktop.learning import (
    activities,
    evidence,
    goals,
    levels,
    people,
    questions,
    review,
    selfcheck,
    study,
    toolkit,
    tries,
    units,
)
from desktop.learning.values import ActivityKind
from desktop.store.writer import Writer

T = TypeVar("T")

PERSON = {
    (table, column)
    for table, columns in {
        "goal": "why framework code label next_step closing",
        "person": "name note url",
        "activity": "title provider people url cost position note",
        "unit": "title",
        "study_time": "note",
        "planned_session": "note",
        "try": "what result",
        "evidence": "sentence who",
        "level_change": "sentence",
        "tool": "name url problem cost alternatives note",
        "question": "text answer",
        "review": "closing",
        "self_check": "answer",
    }.items()
    for column in columns.split()
}
ONCE = (("person", "name"), ("question", "text"), ("tool", "name"))
"""Of which one stands for all writings of a word."""

_WORD = "one of a few words of the program's own"
_DAY = "a day or moment, checked"
BY_MACHINE = {
    ("event", "noun"): _WORD,
    ("goal", "by_date"): _DAY,
    ("person", "key"): "made of the name, for comparing",
    ("activity", "uuid"): "made by the program",
    ("activity", "kind"): _WORD,
    ("activity", "begins"): _DAY,
    ("activity", "ends"): _DAY,
    ("activity", "zone"): "a name of the IANA list",
    ("activity", "status"): _WORD,
    ("planned_session", "uuid"): "made by the program",
    ("planned_session", "begins"): _DAY,
    ("planned_session", "zone"): "a name of the IANA list",
    ("try", "by_date"): _DAY,
    ("try", "state"): _WORD,
    ("try", "went"): _WORD,
    ("try", "done_on"): _DAY,
    ("evidence", "kind"): _WORD,
    ("evidence", "on_date"): _DAY,
    ("level_change", "on_date"): _DAY,
    ("tool", "last_used"): _DAY,
    ("tool", "verdict"): _WORD,
    ("tool", "review_on"): _DAY,
    ("review", "step"): _WORD,
    ("review_step", "step"): _WORD,
    ("review_step", "outcome"): _WORD,
    ("self_check", "quarter"): "a quarter, checked",
    ("memory_card", "stability"): "a number",
    ("memory_card", "difficulty"): "a number",
}


class _Within:
    """A writer for commands inside one transaction: a disk that waits for each would take minutes."""

    def __init__(self, writer: Writer, session: Any) -> None:
        self.paths, self._session = writer.paths, session

    def run(self, command: Callable[[Any], T]) -> T:
        return command(self._session)


def write(writer: Writer, number: int, text: str) -> None:
    """Put one string into every field of learning, by the commands that the window uses."""
    if text.strip():
        writer.run(lambda session: _write(_Within(writer, session), number, text))


def _write(writer: Any, number: int, text: str) -> None:
    goal = goals.make(
        writer, f"learn {number}", why=text, framework=text, code=text, label=text, next_step=text
    ).made
    activity = activities.make(
        writer, ActivityKind.BOOK, text, provider=text, people=text, url=text, cost=text, note=text
    ).made
    activities.edit(writer, activity, position=text)
    units.paste(writer, activity, "unit")
    study.log(writer, activity, 5, text)
    study.plan(writer, activity, "2026-12-03 14:00", note=text)
    one = tries.plan(writer, text, goal_id=goal).made
    tries.resolve(writer, one, text)
    said = evidence.feedback(writer, goal, text, text).made
    levels.move(writer, goal, 1, text, [said])
    goals.close(writer, goal, closing=text)
    with suppress(BadInput):  # a tool of that name, in another writing
        toolkit.make(writer, text, text)
    toolkit.make(writer, f"tool {number}", text, url=text, cost=text, alternatives=text, note=text)
    questions.answer(writer, questions.ask(writer, text).made, text)
    question = questions.ask(writer, f"question {number}").made
    questions.answer(writer, question, text)
    review.finish(writer, review.begin(writer).made, text)
    selfcheck.write(writer, f"{1000 + number:04}-Q1", 1, text)
    people.keep(writer, text)
    people.keep(writer, f"person {number}", text, text)
    _rename_unit(writer, activity, text)


def _rename_unit(writer: Any, activity: int, text: str) -> None:
    from desktop.store.sessions import plain

    sql = "SELECT id FROM unit WHERE activity_id = ?"
    (unit_id,) = writer.run(lambda session: plain(session).execute(sql, (activity,)).fetchone())
    units.edit(writer, unit_id, text)
