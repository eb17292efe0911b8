"""Goals of things, by skill in words: the same things tied to several goals, and untied, in one act.

The surprising fact: a sentence that is given here is written for every thing that is attached by this act,
and never over one that a thing has for a goal it was tied to before.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.learning import days, evidence
from desktop.learning.evidence_rows import COLUMNS, last_support
from desktop.learning.rows import OF_THEM, insert, need, touch
from desktop.learning.values import EvidenceKind, Thing, TryState, Went
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.library.goals import tie, untie
from desktop.library.tag_paths import key_of, named
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_NOUNS = frozenset({Noun.GOAL, Noun.SOURCE, Noun.ANNOTATION})


def goals_of(reader: Reader, things: Sequence[Thing]) -> Counter[str]:
    """The skills that these things are evidence for, each with how many of them are."""
    counts: Counter[str] = Counter()
    for kind, ids in _by_kind(things).items():
        rows = reader.rows(
            f"SELECT skill, count(DISTINCT {COLUMNS[kind]}) FROM evidence JOIN goal ON goal.id = goal_id "
            f"WHERE kind = ? AND {COLUMNS[kind]} {OF_THEM} GROUP BY skill",
            (kind.value, as_json(ids)),
        )
        counts.update(dict(rows))
    return counts


def attach(
    writer: Writer,
    things: Sequence[Thing],
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    sentence: str = "",
    origin: str = "",
) -> Changes:
    """Let things be evidence for the goals ``add`` and no longer for ``remove``; undoable as one.

    A skill that is no goal yet becomes one. Raises BadInput: a thing that is gone, a try without a result, or
    a level change that would stand on nothing.
    """
    plus, minus, sentence = named(add), named(remove), sentence.strip()

    def work(connection: sqlite3.Connection) -> Changes:
        touched = False
        for skill in plus:
            tie(connection, [], [skill])  # makes the goal where there is none
            (goal_id,) = found(connection, "SELECT id FROM goal WHERE key = ?", key_of(skill))
            new = [thing for thing in things if not _is_attached(connection, goal_id, thing)]
            _attach(connection, goal_id, skill, new, sentence)
            if new:
                touch(connection, "goal", goal_id)
                note_event(connection, "sense", "attached evidence", 1, "goal", goal_id)
            touched |= bool(new)
        for skill in minus:
            touched |= _detach(connection, things, skill)
        if not touched:
            return Changes()
        sources = tuple(thing.id for thing in things if thing.kind is EvidenceKind.CAPTURE)
        return Changes(_NOUNS, sources, origin, _said(plus, minus))

    return act(writer, work)


def step_done(
    writer: Writer,
    goal_id: int,
    went: Went,
    result: str,
    next_step: str = "",
    origin: str = "",
) -> Changes:
    """The next step of a goal is done: kept as a try with its result, hence as evidence, and the goal has
    another next step. ``made`` is the try. Undoable as one. Raises BadInput: no sentence, no step.
    """
    result = result.strip()
    if not result:
        raise BadInput(tr("How did it go?"), tr("One sentence will do."))
    day = days.today().isoformat()

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "goal", goal_id, tr("This goal"))
        (step,) = found(connection, "SELECT next_step FROM goal WHERE id = ?", goal_id)
        if not step:
            raise BadInput(tr("This goal has no next step."))
        moment = now()
        row = {
            "what": step, "by_date": "", "state": TryState.DONE.value, "went": went.value, "result": result,
            "done_on": day, "is_private": 0, "goal_id": goal_id, "source_id": None, "made_at": moment,
            "changed_at": moment,
        }  # fmt: skip
        made = insert(connection, "try", row)
        evidence.of_try(connection, goal_id, made, day)
        connection.execute("UPDATE goal SET next_step = ? WHERE id = ?", (next_step.strip(), goal_id))
        note_event(connection, "sense", "tried", 1, "try", made)
        said = tr("Kept as evidence: how it went")
        return Changes(frozenset({Noun.GOAL, Noun.TRY}), (), origin, said, made)

    return act(writer, work)


def _by_kind(things: Sequence[Thing]) -> dict[EvidenceKind, list[int]]:
    kinds: dict[EvidenceKind, list[int]] = {}
    for thing in things:
        kinds.setdefault(thing.kind, []).append(thing.id)
    return kinds


def _is_attached(connection: sqlite3.Connection, goal_id: int, thing: Thing) -> bool:
    sql = f"SELECT 1 FROM evidence WHERE goal_id = ? AND kind = ? AND {COLUMNS[thing.kind]} = ?"
    return bool(found(connection, sql, goal_id, thing.kind.value, thing.id))


def _attach(
    connection: sqlite3.Connection, goal_id: int, skill: str, things: Sequence[Thing], sentence: str
) -> None:
    """Pages all at once, since there may be thousands; the others one by one."""
    kinds = _by_kind(things)
    pages = kinds.pop(EvidenceKind.CAPTURE, [])
    tie(connection, pages, [skill])
    if pages and sentence:
        connection.execute(
            "UPDATE evidence SET sentence = ? WHERE goal_id = ? AND kind = 'capture' AND source_id IN "
            "(SELECT value FROM json_each(?))",
            (sentence, goal_id, as_json(pages)),
        )
    others = [thing for thing in things if thing.kind is not EvidenceKind.CAPTURE]
    evidence.attach_in(connection, goal_id, others, sentence)


def _detach(connection: sqlite3.Connection, things: Sequence[Thing], skill: str) -> bool:
    """Whether anything was taken away."""
    kinds = _by_kind(things)
    pages = kinds.pop(EvidenceKind.CAPTURE, [])
    touched = bool(untie(connection, pages, [skill]))
    for kind, ids in kinds.items():
        doomed = found(
            connection,
            f"SELECT evidence.id FROM evidence JOIN goal ON goal.id = goal_id WHERE key = ? AND kind = ? "
            f"AND {COLUMNS[kind]} {OF_THEM}",
            key_of(skill),
            kind.value,
            as_json(ids),
        )
        day = last_support(connection, json.dumps(doomed)) if doomed else ""
        if day:
            raise BadInput(
                tr("The level change of {day} stands on this alone.").format(day=day),
                tr("Take that back first, or let it stand on something else."),
            )
        connection.execute(f"DELETE FROM level_evidence WHERE evidence_id {OF_THEM}", (as_json(doomed),))
        connection.execute(f"DELETE FROM evidence WHERE id {OF_THEM}", (as_json(doomed),))
        touched |= bool(doomed)
    return touched


def _said(plus: Sequence[str], minus: Sequence[str]) -> str:
    if plus and minus:
        return tr("Goals changed")
    if plus:
        return tr("Evidence for {names}").format(names=", ".join(plus))
    return tr("No longer evidence for {names}").format(names=", ".join(minus))
