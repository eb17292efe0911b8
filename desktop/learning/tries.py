"""Tries: something to attempt at work, and how it went.

The surprising fact: a try with a result needs no retyping to count. The moment it is resolved it is evidence
for its goal, and shows its result as the sentence.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning import days, evidence
from desktop.learning.rows import OF_THEM, change, delete, insert, need, optional, touch
from desktop.learning.values import TryRow, TryState, Went
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_NOUNS = frozenset({Noun.TRY})
_SELECT = """SELECT try.id, what, try.by_date, try.state, went, result, done_on, try.goal_id, goal.skill,
        try.source_id, source.title, try.is_private, try.made_at
    FROM try LEFT JOIN goal ON goal.id = try.goal_id LEFT JOIN source ON source.id = try.source_id"""
_ORDER = " ORDER BY try.state <> 'planned', try.by_date = '', try.by_date, try.done_on DESC, try.id DESC"


def plan(
    writer: Writer,
    what: str,
    by: str = "",
    goal_id: int = 0,
    source_id: int = 0,
    is_private: bool = False,
    origin: str = "",
) -> Changes:
    """Plan a try; ``made`` is its id. ``by``: a day. Undoable. Raises BadInput: no words, no day."""
    row = {
        "what": _words(what), "by_date": days.checked(by), "state": TryState.PLANNED.value, "went": "",
        "result": "", "done_on": "", "is_private": int(is_private), "goal_id": optional(goal_id),
        "source_id": optional(source_id),
    }  # fmt: skip

    def work(connection: sqlite3.Connection) -> Changes:
        if goal_id:
            need(connection, "goal", goal_id, tr("This goal"))
        moment = now()
        made = insert(connection, "try", row | {"made_at": moment, "changed_at": moment})
        note_event(connection, "sense", "planned a try", 1, "try", made)
        return Changes(_NOUNS, (source_id,) if source_id else (), origin, tr("Try planned"), made)

    return act(writer, work)


def resolve(
    writer: Writer,
    try_id: int,
    result: str,
    went: Went = Went.WELL,
    on: str = "",
    goal_id: int | None = None,
    origin: str = "",
) -> Changes:
    """Say how it went; with a goal (``goal_id``: another one than before) it is evidence from then on.
    Undoable as one.

    Said again, result and day change. Raises BadInput for no sentence, or no day.
    """
    result = result.strip()
    if not result:
        raise BadInput(tr("How did it go?"), tr("One sentence will do."))
    day = days.checked(on) or days.today().isoformat()
    values = {"state": TryState.DONE.value, "went": went.value, "result": result, "done_on": day}

    def work(connection: sqlite3.Connection) -> Changes:
        serves_another = goal_id is not None and _serve(connection, try_id, goal_id)
        if not (change(connection, "try", try_id, values) or serves_another):
            return Changes()
        touch(connection, "try", try_id)
        (goal,) = found(connection, "SELECT coalesce(goal_id, 0) FROM try WHERE id = ?", try_id)
        if goal:
            evidence.of_try(connection, goal, try_id, day)
        note_event(connection, "sense", "tried", 1, "try", try_id)
        said = tr("Kept as evidence: how it went") if goal else tr("Kept: how it went")
        return Changes(_NOUNS | ({Noun.GOAL} if goal else frozenset()), (), origin, said, try_id)

    return act(writer, work)


def edit(
    writer: Writer,
    try_id: int,
    what: str | None = None,
    by: str | None = None,
    goal_id: int | None = None,
    is_private: bool | None = None,
    origin: str = "",
) -> Changes:
    """Change what is not None (``goal_id`` 0: no goal). Undoable as one. Raises BadInput as `plan` does."""
    values = {
        "what": None if what is None else _words(what),
        "by_date": None if by is None else days.checked(by),
        "is_private": None if is_private is None else int(is_private),
    }

    def work(connection: sqlite3.Connection) -> Changes:
        is_changed = change(connection, "try", try_id, values)
        serves_another = goal_id is not None and _serve(connection, try_id, goal_id)
        if not (is_changed or serves_another):
            return Changes()
        touch(connection, "try", try_id)
        nouns = _NOUNS | {Noun.GOAL} if serves_another else _NOUNS
        return Changes(nouns, (), origin, tr("Try changed"), try_id)

    return act(writer, work)


def set_goal(writer: Writer, try_id: int, goal_id: int, origin: str = "") -> Changes:
    """Let a try serve a goal (0: none); with a result it is evidence for it at once. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        if not _serve(connection, try_id, goal_id):
            return Changes()
        return Changes(_NOUNS | {Noun.GOAL}, (), origin, tr("Goal of the try set"), try_id)

    return act(writer, work)


def drop(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Say that planned tries will not be made. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        number = connection.execute(
            f"UPDATE try SET state = 'dropped' WHERE id {OF_THEM} AND state = 'planned'", (as_json(ids),)
        ).rowcount
        said = trn("Try dropped", "{n} tries dropped", number).format(n=writing.number(number))
        return Changes(_NOUNS, (), origin, said) if number else Changes()

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete tries; evidence with a sentence of its own keeps it, other evidence goes too. Undoable as one.

    Raises BadInput when a level change stands on such evidence.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        spoken = f"try_id {OF_THEM} AND sentence = ''"
        if found(
            connection,
            f"SELECT 1 FROM evidence JOIN level_evidence ON evidence_id = evidence.id WHERE {spoken} LIMIT 1",
            as_json(ids),
        ):
            raise BadInput(
                tr("A level change stands on this try."), tr("Give the evidence its own sentence first.")
            )
        connection.execute(f"DELETE FROM evidence WHERE {spoken}", (as_json(ids),))
        connection.execute(f"UPDATE evidence SET try_id = NULL WHERE try_id {OF_THEM}", (as_json(ids),))
        number = delete(connection, "try", ids, ())
        said = trn("Try deleted", "{n} tries deleted", number).format(n=writing.number(number))
        return Changes(_NOUNS | {Noun.GOAL}, (), origin, said) if number else Changes()

    return act(writer, work)


def all_of(reader: Reader, states: Sequence[TryState] = (), day: date | None = None) -> list[TryRow]:
    """All tries or those of some states: planned ones by date, then the newest result first."""
    words = [one.value for one in states]
    where = f"try.state IN ({', '.join('?' * len(words))})" if words else "1"
    return _rows(reader, where, words, day)


def due(reader: Reader, day: date | None = None) -> list[TryRow]:
    """Planned tries whose day has come, the longest overdue first."""
    today = (day or days.today()).isoformat()
    return _rows(reader, "try.state = 'planned' AND try.by_date <> '' AND try.by_date <= ?", [today], day)


def of_goal(reader: Reader, goal_id: int, day: date | None = None) -> list[TryRow]:
    """The tries of a goal."""
    return _rows(reader, "try.goal_id = ?", [goal_id], day)


def of_source(reader: Reader, source_id: int, day: date | None = None) -> list[TryRow]:
    """The tries that came from a page."""
    return _rows(reader, "try.source_id = ?", [source_id], day)


def read(reader: Reader, try_id: int, day: date | None = None) -> TryRow | None:
    """One try; None when it is gone."""
    rows = _rows(reader, "try.id = ?", [try_id], day)
    return rows[0] if rows else None


def _serve(connection: sqlite3.Connection, try_id: int, goal_id: int) -> bool:
    """Let a try serve a goal, inside an act; False when it does already. Raises BadInput."""
    row = connection.execute("SELECT goal_id, state, done_on FROM try WHERE id = ?", (try_id,)).fetchone()
    if row is None:
        raise BadInput(tr("This try is not here any more."))
    if row[0] == optional(goal_id):
        return False
    connection.execute("UPDATE try SET goal_id = ? WHERE id = ?", (optional(goal_id), try_id))
    if goal_id and row[1] == TryState.DONE:
        evidence.of_try(connection, goal_id, try_id, row[2])
    return True


def _rows(reader: Reader, where: str, values: Sequence[Any], day: date | None) -> list[TryRow]:
    today = day or days.today()
    return [_row(row, today) for row in reader.rows(f"{_SELECT} WHERE {where}{_ORDER}", values)]


def _row(row: tuple[Any, ...], today: date) -> TryRow:
    state = TryState(row[3])
    left = days.days_left(row[2], today) if state is TryState.PLANNED else None
    values: list[Any] = [
        *row[:3], left, state, Went(row[4]) if row[4] else None, *row[5:7], row[7] or 0, row[8] or "",
        row[9] or 0, row[10] or "", bool(row[11]), row[12],
    ]  # fmt: skip
    return TryRow(*values)


def _words(what: str) -> str:
    if not what.strip():
        raise BadInput(tr("What will you try?"))
    return what.strip()
