"""Level changes: the only way a goal's level moves.

The rules, which tests hold for any order of acts: a change has a day, a sentence and at least one piece of
evidence of this goal; it goes from the level before; no change is dated before the one before it, nor after
today. Surprising: when the clock was moved back, "today" may lie before the last change; then that day will
do, so that a wrong clock never locks a goal.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.learning import days, goals
from desktop.learning.rows import OF_THEM, change, insert, touch
from desktop.learning.values import LEVELS, GoalState, LevelStep
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_GOAL = frozenset({Noun.GOAL})
_OF_GOAL = """SELECT id, goal_id, level_before, level, on_date, sentence, made_at,
        (SELECT json_group_array(evidence_id) FROM level_evidence WHERE level_change_id = level_change.id)
    FROM level_change WHERE goal_id = ? ORDER BY on_date, id"""


def move(
    writer: Writer,
    goal_id: int,
    level: int,
    sentence: str,
    evidence_ids: Sequence[int],
    on: str = "",
    origin: str = "",
) -> Changes:
    """Move a goal to another level; ``made`` is the change's id. ``on``: a day, today when empty. Undoable.

    Raises BadInput: no sentence, no evidence, evidence of another goal, the level it has, a day that is too
    early or still to come, a goal that is closed.
    """
    level = goals.level(level)
    sentence = sentence.strip()
    if not sentence:
        raise BadInput(tr("A level changes with a sentence: what can you do now?"))
    wanted = list(dict.fromkeys(evidence_ids))
    if not wanted:
        raise BadInput(tr("A level changes with evidence."), tr("Choose at least one piece."))

    def work(connection: sqlite3.Connection) -> Changes:
        skill, before = _open_goal(connection, goal_id)
        if level == before:
            raise BadInput(tr("That is the level you are at."))
        of_it = f"SELECT id FROM evidence WHERE goal_id = ? AND id {OF_THEM}"
        if len(found(connection, of_it, goal_id, as_json(wanted))) != len(wanted):
            raise BadInput(tr("Some of this is no evidence for this goal."))
        row = {
            "goal_id": goal_id, "level_before": before, "level": level,
            "on_date": _day(connection, goal_id, on), "sentence": sentence, "made_at": now(),
        }  # fmt: skip
        made = insert(connection, "level_change", row)
        connection.executemany("INSERT INTO level_evidence VALUES (?, ?)", [(made, one) for one in wanted])
        change(connection, "goal", goal_id, {"level": level})
        touch(connection, "goal", goal_id)
        note_event(connection, "sense", "changed a level", 1, "goal", goal_id)
        said = tr("{skill}: {level}").format(skill=skill, level=tr(LEVELS[level]))
        return Changes(_GOAL, (), origin, said, made)

    return act(writer, work)


def say(writer: Writer, change_id: int, sentence: str, origin: str = "") -> Changes:
    """Write another sentence for a level change. Undoable. Raises BadInput for none."""
    if not sentence.strip():
        raise BadInput(tr("A level change keeps a sentence."))

    def work(connection: sqlite3.Connection) -> Changes:
        if not change(connection, "level_change", change_id, {"sentence": sentence.strip()}):
            return Changes()
        return Changes(_GOAL, (), origin, tr("Sentence of the level changed"), change_id)

    return act(writer, work)


def take_back(writer: Writer, goal_id: int, origin: str = "") -> Changes:
    """Take back the last level change of a goal; empty Changes when there is none. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        last = connection.execute(
            "SELECT id, level_before FROM level_change WHERE goal_id = ? ORDER BY on_date DESC, id DESC",
            (goal_id,),
        ).fetchone()
        if last is None:
            return Changes()
        connection.execute("DELETE FROM level_evidence WHERE level_change_id = ?", (last[0],))
        connection.execute("DELETE FROM level_change WHERE id = ?", (last[0],))
        change(connection, "goal", goal_id, {"level": last[1]})
        touch(connection, "goal", goal_id)
        return Changes(_GOAL, (), origin, tr("Level change taken back"), goal_id)

    return act(writer, work)


def of_goal(reader: Reader, goal_id: int) -> list[LevelStep]:
    """The level changes of a goal, oldest first."""
    rows: list[list[Any]] = [
        [*row[:7], tuple(json.loads(row[7]))] for row in reader.rows(_OF_GOAL, (goal_id,))
    ]
    return [LevelStep(*row) for row in rows]


def _open_goal(connection: sqlite3.Connection, goal_id: int) -> tuple[str, int]:
    row = connection.execute("SELECT skill, level, state FROM goal WHERE id = ?", (goal_id,)).fetchone()
    if row is None:
        raise BadInput(tr("This goal is not here any more."))
    if row[2] != GoalState.OPEN:
        raise BadInput(tr("This goal is closed."), tr("Open it again first."))
    return row[0], row[1]


def _day(connection: sqlite3.Connection, goal_id: int, on: str) -> str:
    """The day of a change, checked against the last one and today."""
    (last,) = found(
        connection, "SELECT coalesce(max(on_date), '') FROM level_change WHERE goal_id = ?", goal_id
    )
    latest = max(days.today().isoformat(), str(last))
    day = days.checked(on) or latest
    if day > latest:
        raise BadInput(tr("{day} is still to come.").format(day=day), tr("Choose today or an earlier day."))
    if day < str(last):
        raise BadInput(tr("The level changed on {day}; this cannot be before it.").format(day=last))
    return day
