"""Skill goals as captures know them: a skill in words.

One skill is one goal; tying to a closed one opens it again.
"""

import sqlite3
from collections.abc import Sequence

from desktop.library.acts import act, as_json, found, label, note_event, now
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
        note_event(connection, "sense", "tied to a goal", len(touched))
        names = ", ".join(plus or minus)
        if plus and minus:
            said = label(ids, "Goals changed", "with changed goals")
        elif plus:
            said = label(ids, f"Goal set: {names}", f"tied to {names}")
        else:
            said = label(ids, f"Goal removed: {names}", f"no longer tied to {names}")
        return Changes(frozenset({Noun.SOURCE, Noun.GOAL}), tuple(sorted(touched)), origin, said)

    return act(writer, work)


def tie(connection: sqlite3.Connection, ids: Sequence[int], skills: Sequence[str]) -> set[int]:
    """Tie sources to goals; the sources that were not tied to them all."""
    touched: set[int] = set()
    for skill in skills:
        key = key_of(skill)
        connection.execute(
            "INSERT OR IGNORE INTO goal (key, skill, state, made_at) VALUES (?, ?, 'open', ?)",
            (key, skill, now()),
        )
        connection.execute("UPDATE goal SET state = 'open' WHERE key = ? AND state <> 'open'", (key,))
        (goal_id,) = found(connection, "SELECT id FROM goal WHERE key = ?", key)
        lacking = found(
            connection,
            "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?)) "
            "AND id NOT IN (SELECT source_id FROM source_goal WHERE goal_id = ?)",
            as_json(ids),
            goal_id,
        )
        connection.executemany("INSERT INTO source_goal VALUES (?, ?)", ((each, goal_id) for each in lacking))
        touched.update(lacking)
    return touched


def untie(connection: sqlite3.Connection, ids: Sequence[int], skills: Sequence[str]) -> set[int]:
    """Untie sources from goals; the sources that were tied to one. The goal itself stays."""
    touched: set[int] = set()
    for skill in skills:
        where = (
            "goal_id = (SELECT id FROM goal WHERE key = ?) AND source_id IN (SELECT value FROM json_each(?))"
        )
        values = (key_of(skill), as_json(ids))
        touched.update(found(connection, f"SELECT source_id FROM source_goal WHERE {where}", *values))
        connection.execute(f"DELETE FROM source_goal WHERE {where}", values)
    return touched
