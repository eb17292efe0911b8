"""Goals: a skill in the person's own words, why, from which level to which, by when, and the next step.

The surprising fact: the level now cannot be set here. Only a level change moves it (`levels`), which needs a
day, a sentence and evidence; what the person says of where they began counts only until the first of these.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning import days
from desktop.learning.rows import OF_THEM, change, delete, insert, touch
from desktop.learning.values import Candidate, Goal, GoalRow, GoalState
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.library.goals import set_goals
from desktop.library.tag_paths import key_of, named
from desktop.library.tags import tag_ids
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

__all__ = [
    "STILL_AFTER", "all_of", "by_skill", "close", "edit", "feed", "make", "read", "remove", "reopen",
    "set_goals", "set_private", "suggested",
]  # fmt: skip

STILL_AFTER = 28
"""Days without evidence, level change or study after which an open goal counts as still."""
_DAY = 24 * 3600 * 1000
_GOAL = frozenset({Noun.GOAL})

_READ = """SELECT id, skill, state, why, framework, code, label, level_from, level, level_to, by_date,
        next_step, closing, is_private, made_at, changed_at, closed_at,
        (SELECT json_group_array(name) FROM (SELECT name FROM tag_goal JOIN tag ON tag.id = tag_id
            WHERE goal_id = goal.id ORDER BY tag.key))
    FROM goal WHERE id = ?"""

_ROWS = """WITH
    shown AS (SELECT goal_id, count(*) AS number, max(made_at) AS last FROM evidence
        WHERE 1{only} GROUP BY goal_id),
    moved AS (SELECT goal_id, max(made_at) AS last FROM level_change WHERE 1{only} GROUP BY goal_id),
    studied AS (SELECT goal_id, sum(study_time.minutes) AS minutes, max(started) AS last
        FROM study_time JOIN activity ON activity.id = activity_id WHERE goal_id IS NOT NULL{only}
        GROUP BY goal_id),
    planned AS (SELECT goal_id, count(*) AS number FROM activity
        WHERE goal_id IS NOT NULL AND status IN ('planned', 'doing'){only} GROUP BY goal_id),
    tried AS (SELECT goal_id, count(*) AS number FROM try
        WHERE goal_id IS NOT NULL AND state = 'planned'{only} GROUP BY goal_id),
    tied AS (SELECT goal_id, count(*) AS number FROM source_goal JOIN source ON source.id = source_id
        WHERE source.state <> 'trash'{only} GROUP BY goal_id)
    SELECT goal.id, skill, state, level_from, level, level_to, by_date, next_step, is_private,
        coalesce(shown.number, 0), coalesce(tied.number, 0), coalesce(planned.number, 0),
        coalesce(tried.number, 0), coalesce(studied.minutes, 0),
        max(goal.made_at, coalesce(shown.last, 0), coalesce(moved.last, 0), coalesce(studied.last, 0))
    FROM goal LEFT JOIN shown ON shown.goal_id = goal.id LEFT JOIN moved ON moved.goal_id = goal.id
        LEFT JOIN studied ON studied.goal_id = goal.id LEFT JOIN planned ON planned.goal_id = goal.id
        LEFT JOIN tried ON tried.goal_id = goal.id LEFT JOIN tied ON tied.goal_id = goal.id"""

_SUGGESTED = """SELECT source.id, source.title, site, saved_at, min(child.name), why
    FROM tag_goal JOIN tag AS fed ON fed.id = tag_goal.tag_id
        JOIN tag AS child ON child.key = fed.key
            OR (child.key > fed.key || '/' AND child.key < fed.key || '0')
        JOIN source_tag ON source_tag.tag_id = child.id JOIN source ON source.id = source_id
    WHERE tag_goal.goal_id = ?1 AND state <> 'trash' AND NOT EXISTS (SELECT 1 FROM evidence
        WHERE evidence.goal_id = ?1 AND evidence.kind = 'capture' AND evidence.source_id = source.id)
    GROUP BY source.id ORDER BY saved_at DESC, source.id DESC LIMIT ?2"""


def make(
    writer: Writer,
    skill: str,
    *,
    why: str = "",
    level_from: int = 0,
    level_to: int | None = None,
    by_date: str = "",
    next_step: str = "",
    framework: str = "",
    code: str = "",
    label: str = "",
    tags: Sequence[str] = (),
    is_private: bool = False,
    origin: str = "",
) -> Changes:
    """Make a goal; ``made`` of the Changes is its id. ``tags`` feed it. Undoable.

    Raises BadInput: no skill, one that is there already, no day, a level that is none, an aim below where one
    begins.
    """
    skill = _skill(skill)
    level_from = level(level_from)
    _upwards(level_from, level_to)
    row = {
        "key": key_of(skill), "skill": skill, "state": GoalState.OPEN.value, "why": why.strip(),
        "framework": framework.strip(), "code": code.strip(), "label": label.strip(),
        "level_from": level_from, "level": level_from,
        "level_to": None if level_to is None else level(level_to),
        "by_date": days.checked(by_date), "next_step": next_step.strip(), "is_private": int(is_private),
    }  # fmt: skip

    def work(connection: sqlite3.Connection) -> Changes:
        _free(connection, skill)
        moment = now()
        goal_id = insert(connection, "goal", row | {"made_at": moment, "changed_at": moment})
        _feed(connection, goal_id, named(tags), [])
        note_event(connection, "sense", "made a goal", 1, "goal", goal_id)
        nouns = _GOAL | ({Noun.TAG} if tags else frozenset())
        return Changes(nouns, (), origin, tr("Goal made: {skill}").format(skill=skill), goal_id)

    return act(writer, work)


def edit(
    writer: Writer,
    goal_id: int,
    *,
    skill: str | None = None,
    why: str | None = None,
    level_from: int | None = None,
    level_to: int | None = None,
    by_date: str | None = None,
    next_step: str | None = None,
    framework: str | None = None,
    code: str | None = None,
    label: str | None = None,
    is_private: bool | None = None,
    tags: Sequence[str] | None = None,
    origin: str = "",
) -> Changes:
    """Change what is not None; ``level_to=-1``: no level any more; ``tags``: all that feed it. Undoable.

    Raises BadInput as `make` does, or for ``level_from`` once a level change stands on it.
    """
    values: dict[str, Any] = {
        "why": _bare(why), "next_step": _bare(next_step), "framework": _bare(framework), "code": _bare(code),
        "label": _bare(label), "by_date": None if by_date is None else days.checked(by_date),
        "is_private": None if is_private is None else int(is_private),
        "level_to": None if level_to is None or level_to < 0 else level(level_to),
    }  # fmt: skip
    if skill is not None:
        values |= {"skill": _skill(skill), "key": key_of(skill)}

    def work(connection: sqlite3.Connection) -> Changes:
        if skill is not None:
            _free(connection, skill, but=goal_id)
        is_changed = change(connection, "goal", goal_id, values | _began(connection, goal_id, level_from))
        if level_to is not None and level_to < 0:
            emptied = "UPDATE goal SET level_to = NULL WHERE id = ? AND level_to IS NOT NULL"
            is_changed |= connection.execute(emptied, (goal_id,)).rowcount > 0
        if level_from is not None or level_to is not None:
            pair = "SELECT level_from, level_to FROM goal WHERE id = ?"
            _upwards(*(connection.execute(pair, (goal_id,)).fetchone() or (0, None)))
        if tags is not None:
            is_changed |= _feed_only(connection, goal_id, named(tags))
        if not is_changed:
            return Changes()
        said = _said(connection, goal_id, tr("Goal changed"), origin)
        return Changes(said.nouns | {Noun.TAG}, (), origin, said.label, goal_id)

    return act(writer, work)


def close(
    writer: Writer,
    goal_id: int,
    state: GoalState = GoalState.REACHED,
    closing: str = "",
    origin: str = "",
) -> Changes:
    """Say that a goal is reached or dropped, with a closing sentence. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        values = {"state": state.value, "closing": closing.strip(), "closed_at": now()}
        if not change(connection, "goal", goal_id, {"state": state.value}):
            values.pop("closed_at")
        change(connection, "goal", goal_id, values)
        note_event(connection, "sense", f"{state.value} a goal", 1, "goal", goal_id)
        words = {
            GoalState.REACHED: tr("Goal reached"),
            GoalState.DROPPED: tr("Goal dropped"),
            GoalState.OPEN: tr("Goal opened again"),
        }
        return _said(connection, goal_id, words[state], origin)

    return act(writer, work)


def reopen(writer: Writer, goal_id: int, origin: str = "") -> Changes:
    """Open a goal again; empty Changes when it is open. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        if not change(connection, "goal", goal_id, {"state": GoalState.OPEN.value, "closed_at": 0}):
            return Changes()
        return _said(connection, goal_id, tr("Goal opened again"), origin)

    return act(writer, work)


def set_private(writer: Writer, ids: Sequence[int], is_private: bool, origin: str = "") -> Changes:
    """Keep goals out of every portfolio, or no longer. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute(
            f"UPDATE goal SET is_private = ? WHERE id {OF_THEM} AND is_private <> ?",
            (int(is_private), as_json(ids), int(is_private)),
        )
        said = tr("Kept private") if is_private else tr("No longer private")
        return Changes(_GOAL, (), origin, said) if done.rowcount else Changes()

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete goals with their evidence and levels; the pages, activities and tries stay. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        doomed = as_json(ids)
        skills = [
            row[0] for row in connection.execute(f"SELECT skill FROM goal WHERE id {OF_THEM}", (doomed,))
        ]
        if not skills:
            return Changes()
        touched = found(
            connection, f"SELECT DISTINCT source_id FROM source_goal WHERE goal_id {OF_THEM}", doomed
        )
        for table in ("level_change", "evidence"):
            connection.execute(
                f"DELETE FROM level_evidence WHERE {table}_id IN "
                f"(SELECT id FROM {table} WHERE goal_id {OF_THEM})",
                (doomed,),
            )
        for table in ("activity", "try"):
            connection.execute(f"UPDATE {table} SET goal_id = NULL WHERE goal_id {OF_THEM}", (doomed,))
        delete(connection, "goal", ids, ("level_change", "evidence", "source_goal", "tag_goal"))
        nouns = frozenset({Noun.GOAL, Noun.SOURCE, Noun.ACTIVITY, Noun.TRY})
        many = trn("{n} goal deleted", "{n} goals deleted", len(skills)).format(n=writing.number(len(skills)))
        one = tr("Goal deleted: {skill}").format(skill=skills[0])
        return Changes(nouns, touched, origin, one if len(skills) == 1 else many)

    return act(writer, work)


def feed(
    writer: Writer, goal_id: int, add: Sequence[str] = (), remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Let tags feed a goal: what bears them, or a tag below, is suggested as evidence. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        if not _feed(connection, goal_id, named(add), named(remove)):
            return Changes()
        said = _said(connection, goal_id, tr("Tags of the goal changed"), origin)
        return Changes(_GOAL | {Noun.TAG}, (), origin, said.label, goal_id)

    return act(writer, work)


def read(reader: Reader, goal_id: int) -> Goal | None:
    """A goal; None when it is gone."""
    row = reader.row(_READ, (goal_id,))
    if row is None:
        return None
    values: list[Any] = list(row)
    values[2], values[13] = GoalState(row[2]), bool(row[13])
    values[-1] = tuple(json.loads(row[-1]))
    return Goal(*values)


def by_skill(reader: Reader, skill: str) -> int | None:
    """The id of the goal with this skill, whatever its case; None when there is none."""
    row = reader.row("SELECT id FROM goal WHERE key = ?", (key_of(skill),))
    return int(row[0]) if row else None


def all_of(
    reader: Reader, states: Sequence[GoalState] = (), *, goal_id: int = 0, day: date | None = None
) -> list[GoalRow]:
    """All goals, those in ``states``, or one: open first, the nearest date first, then by name.

    ``day``: today, when it is not given. One statement.
    """
    where = only = ""
    if goal_id:
        where, only = f" WHERE goal.id = {int(goal_id)}", f" AND goal_id = {int(goal_id)}"
    elif states:
        where = (
            f" WHERE state IN (SELECT value FROM json_each('{json.dumps([one.value for one in states])}'))"
        )
    order = " ORDER BY state <> 'open', state, by_date = '', by_date, goal.key"
    today = day or days.today()
    return [_row(row, today) for row in reader.rows(_ROWS.format(only=only) + where + order)]


def suggested(reader: Reader, goal_id: int, limit: int = 50) -> list[Candidate]:
    """Pages that bear a tag which feeds the goal and are no evidence for it yet, newest first."""
    return [Candidate(*row) for row in reader.rows(_SUGGESTED, (goal_id, limit))]


def level(number: int) -> int:
    """The level itself. Raises BadInput when it is not 0 to 4."""
    if not 0 <= number <= 4:
        raise BadInput(tr("A level is a number from 0 to 4."))
    return number


def _upwards(level_from: int, level_to: int | None) -> None:
    if level_to is not None and level_to < level_from:
        raise BadInput(
            tr("The aim lies below the level at which you begin."), tr("Aim at that level or a higher one.")
        )


def _row(row: tuple[Any, ...], today: date) -> GoalRow:
    state, by_date, moved_at = GoalState(row[2]), row[6], row[14]
    is_open = state == GoalState.OPEN
    left = days.days_left(by_date, today) if is_open else None
    is_still = is_open and moved_at < days.start_of(today) - STILL_AFTER * _DAY
    values: list[Any] = [*row[:2], state, *row[3:7], left, row[7], bool(row[8]), *row[9:], is_still]
    return GoalRow(*values)


def _began(connection: sqlite3.Connection, goal_id: int, level_from: int | None) -> dict[str, int]:
    """Both levels at the beginning, as long as nothing was changed since."""
    if level_from is None:
        return {}
    if found(connection, "SELECT 1 FROM level_change WHERE goal_id = ? LIMIT 1", goal_id):
        raise BadInput(tr("The level has changed since; where you began can no longer be set."))
    return {"level_from": level(level_from), "level": level_from}


def _feed(connection: sqlite3.Connection, goal_id: int, add: Sequence[str], remove: Sequence[str]) -> bool:
    added = connection.executemany(
        "INSERT OR IGNORE INTO tag_goal (tag_id, goal_id) VALUES (?, ?)",
        [(tag_id, goal_id) for tag_id in tag_ids(connection, add)],
    ).rowcount
    removed = connection.executemany(
        "DELETE FROM tag_goal WHERE goal_id = ? AND tag_id = (SELECT id FROM tag WHERE key = ?)",
        [(goal_id, key_of(name)) for name in remove],
    ).rowcount
    return max(added, 0) + max(removed, 0) > 0


def _feed_only(connection: sqlite3.Connection, goal_id: int, names: Sequence[str]) -> bool:
    """Let these tags feed a goal and no others."""
    sql = "SELECT name FROM tag_goal JOIN tag ON tag.id = tag_id WHERE goal_id = ?"
    kept = {key_of(name) for name in names}
    others = [str(name) for name in found(connection, sql, goal_id) if key_of(str(name)) not in kept]
    return _feed(connection, goal_id, names, others)


def _skill(skill: str) -> str:
    if not skill.strip():
        raise BadInput(tr("A goal needs a skill."), tr("Write it in your own words."))
    return skill.strip()


def _free(connection: sqlite3.Connection, skill: str, but: int = 0) -> None:
    if found(connection, "SELECT 1 FROM goal WHERE key = ? AND id <> ?", key_of(skill), but):
        raise BadInput(tr("There is a goal “{skill}” already.").format(skill=skill.strip()))


def _bare(text: str | None) -> str | None:
    return None if text is None else text.strip()


def _said(connection: sqlite3.Connection, goal_id: int, what: str, origin: str) -> Changes:
    touch(connection, "goal", goal_id)
    (skill,) = found(connection, "SELECT skill FROM goal WHERE id = ?", goal_id)
    return Changes(_GOAL, (), origin, f"{what}: {skill}", goal_id)
