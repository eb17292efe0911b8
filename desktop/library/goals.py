"""Skill goals as captures know them: a skill in words. What a goal is beside that: `learning.goals`.

One skill is one goal; tying to a closed one opens it again. The surprising fact: a page tied to a goal is
evidence for it from then on, and its sentence is why it matters until the person writes another.
"""

import sqlite3
from collections.abc import Sequence

from desktop.languages import tr
from desktop.library.acts import act, as_json, found, label, note_event, now, one_of
from desktop.library.tags import key_of, named
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer


def set_goals(
    writer: Writer, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Tie sources to goals, by skill in words; an unknown skill becomes an open goal. Undoable as one."""
    plus, minus = named(add), named(remove)

    def work(connection: sqlite3.Connection) -> Changes:
        touched = tie(connection, ids, plus) | untie(connection, ids, minus)
        if not touched:
            return Changes()
        note_event(connection, "sense", "tied to a goal", len(touched), *one_of("source", sorted(touched)))
        names = ", ".join(plus or minus)
        if plus and minus:
            said = label(ids, tr("Goals changed"), tr("with changed goals"))
        elif plus:
            said = label(
                ids, tr("Goal set: {names}").format(names=names), tr("tied to {names}").format(names=names)
            )
        else:
            said = label(
                ids,
                tr("Goal removed: {names}").format(names=names),
                tr("no longer tied to {names}").format(names=names),
            )
        return Changes(frozenset({Noun.SOURCE, Noun.GOAL}), tuple(sorted(touched)), origin, said)

    return act(writer, work)


def tie(connection: sqlite3.Connection, ids: Sequence[int], skills: Sequence[str]) -> set[int]:
    """Tie sources to goals; the sources that were not tied to them all."""
    touched: set[int] = set()
    for skill in skills:
        key = key_of(skill)
        connection.execute(
            "INSERT OR IGNORE INTO goal (key, skill, state, made_at, changed_at) "
            "VALUES (?1, ?2, 'open', ?3, ?3)",
            (key, skill, now()),
        )
        connection.execute(
            "UPDATE goal SET state = 'open', closed_at = 0 WHERE key = ? AND state <> 'open'", (key,)
        )
        (goal_id,) = found(connection, "SELECT id FROM goal WHERE key = ?", key)
        lacking = found(
            connection,
            "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?)) "
            "AND id NOT IN (SELECT source_id FROM source_goal WHERE goal_id = ?)",
            as_json(ids),
            goal_id,
        )
        connection.executemany("INSERT INTO source_goal VALUES (?, ?)", ((each, goal_id) for each in lacking))
        _bear_witness(connection, lacking, goal_id)
        touched.update(lacking)
    return touched


def untie(connection: sqlite3.Connection, ids: Sequence[int], skills: Sequence[str]) -> set[int]:
    """Untie sources from goals; the sources that were tied to one. The goal itself stays.

    So does evidence with a sentence of its own, or that a level change stands on.
    """
    touched: set[int] = set()
    for skill in skills:
        where = (
            "goal_id = (SELECT id FROM goal WHERE key = ?) AND source_id IN (SELECT value FROM json_each(?))"
        )
        values = (key_of(skill), as_json(ids))
        touched.update(found(connection, f"SELECT source_id FROM source_goal WHERE {where}", *values))
        connection.execute(f"DELETE FROM source_goal WHERE {where}", values)
        connection.execute(
            f"DELETE FROM evidence WHERE kind = 'capture' AND sentence = '' AND {where} "
            "AND NOT EXISTS (SELECT 1 FROM level_evidence WHERE evidence_id = evidence.id)",
            values,
        )
    return touched


def _bear_witness(connection: sqlite3.Connection, ids: Sequence[int], goal_id: int) -> None:
    """Let sources be evidence, those that are not yet."""
    moment = now()
    connection.execute(
        "INSERT INTO evidence (goal_id, kind, sentence, who, on_date, made_at, is_private, source_id) "
        "SELECT ?1, 'capture', '', '', date(?2 / 1000, 'unixepoch', 'localtime'), ?2, 0, value "
        "FROM json_each(?3) AS one WHERE NOT EXISTS (SELECT 1 FROM evidence "
        "WHERE goal_id = ?1 AND kind = 'capture' AND source_id = one.value)",
        (goal_id, moment, as_json(ids)),
    )
