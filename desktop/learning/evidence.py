"""Evidence: what shows that a goal is nearer, from every place where it is shown.

The surprising fact: evidence need not be typed. A page speaks by *why it matters*, a highlight by its
comment, a try by its result, an activity by its note, until the person writes a sentence for this very goal.
"""

import sqlite3
from collections.abc import Sequence

from desktop.capture import pictures
from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning import days
from desktop.learning.evidence_rows import (
    COLUMNS,
    last_support,
    many,
    of_goal,
    of_thing,
    read,
)
from desktop.learning.rows import OF_THEM, change, insert, need, optional, touch
from desktop.learning.values import EvidenceKind, Thing
from desktop.library import assets
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.library.goals import tie, untie
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

__all__ = [
    "attach", "attach_in", "certificate", "feedback", "many", "of_goal", "of_thing", "read", "remove", "say",
    "set_date", "set_private",
]  # fmt: skip

LARGEST = 20 * 1024 * 1024
"""Bytes of a certificate."""
_GOAL = frozenset({Noun.GOAL})
_TABLES = {
    EvidenceKind.CAPTURE: "source",
    EvidenceKind.ANNOTATION: "annotation",
    EvidenceKind.NOTE: "note",
    EvidenceKind.ACTIVITY: "activity",
    EvidenceKind.TRY: "try",
}


def attach(
    writer: Writer,
    goal_id: int,
    things: Sequence[Thing],
    sentence: str = "",
    on: str = "",
    is_private: bool = False,
    origin: str = "",
) -> Changes:
    """Let things be evidence for a goal; ``made`` is the id of the last. ``on``: a day, today when empty.

    What is evidence already only gets the sentence, if there is one. Undoable as one. Raises BadInput: a
    thing or goal that is gone, a try without a result, no day, a kind that cannot be attached like this.
    """
    day = days.checked(on) or days.today().isoformat()
    sentence = sentence.strip()

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "goal", goal_id, tr("This goal"))
        ids, is_any_new = attach_in(connection, goal_id, things, sentence, day, is_private)
        if not is_any_new:
            return Changes(made=ids[-1] if ids else 0)
        sources = found(
            connection,
            f"SELECT DISTINCT source_id FROM evidence WHERE id {OF_THEM} AND source_id IS NOT NULL",
            as_json(ids),
        )
        said = trn("Attached as evidence", "{n} attached as evidence", len(ids))
        return _noted(connection, goal_id, said.format(n=writing.number(len(ids))), origin, ids[-1], sources)

    return act(writer, work)


def attach_in(
    connection: sqlite3.Connection,
    goal_id: int,
    things: Sequence[Thing],
    sentence: str = "",
    day: str = "",
    is_private: bool = False,
) -> tuple[list[int], bool]:
    """The same inside an act: (ids of the evidence, whether anything is new)."""
    ids, is_any_new = [], False
    for thing in dict.fromkeys(things):
        evidence_id, is_new = _attach(connection, goal_id, thing, day or days.today().isoformat(), is_private)
        is_new |= bool(sentence) and change(connection, "evidence", evidence_id, {"sentence": sentence})
        is_any_new |= is_new
        ids.append(evidence_id)
    return ids, is_any_new


def feedback(
    writer: Writer,
    goal_id: int,
    who: str,
    sentence: str,
    on: str = "",
    is_private: bool = False,
    origin: str = "",
) -> Changes:
    """Keep what somebody said as evidence; ``made`` is its id. Undoable. Raises BadInput for no sentence."""
    if not sentence.strip():
        raise BadInput(tr("What did they say?"))
    row = _row(goal_id, EvidenceKind.FEEDBACK, days.checked(on), is_private)
    row |= {"who": who.strip(), "sentence": sentence.strip()}

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "goal", goal_id, tr("This goal"))
        made = insert(connection, "evidence", row)
        return _noted(connection, goal_id, tr("Feedback kept as evidence"), origin, made)

    return act(writer, work)


def certificate(
    writer: Writer,
    goal_id: int,
    data: bytes,
    *,
    who: str = "",
    sentence: str = "",
    on: str = "",
    activity_id: int = 0,
    is_private: bool = False,
    origin: str = "",
) -> Changes:
    """Keep a certificate (PDF or picture) as evidence, and with its activity; ``made`` is its id.

    ``goal_id`` 0: with its activity alone. Undoable. Raises BadInput: another kind of file, or one that is
    too large, an activity or a goal that is gone; NoSpace.
    """
    row = _row(goal_id, EvidenceKind.CERTIFICATE, days.checked(on), is_private)
    row |= {"who": who.strip(), "sentence": sentence.strip(), "activity_id": optional(activity_id)}
    kept = assets.keep(writer.paths, data, _extension(data))

    def work(connection: sqlite3.Connection) -> Changes:
        if goal_id:
            need(connection, "goal", goal_id, tr("This goal"))
        connection.execute(
            "INSERT OR IGNORE INTO asset (sha256, ext, mime, bytes, url) VALUES (?, ?, ?, ?, '')",
            (kept.sha256, kept.ext, kept.mime, kept.bytes),
        )
        (asset_id,) = found(connection, "SELECT id FROM asset WHERE sha256 = ?", kept.sha256)
        if activity_id:
            change(connection, "activity", activity_id, {"asset_id": asset_id})
        if not goal_id:
            return Changes(frozenset({Noun.ACTIVITY}), (), origin, tr("Certificate kept"))
        made = insert(connection, "evidence", row | {"asset_id": asset_id})
        noted = _noted(connection, goal_id, tr("Certificate kept as evidence"), origin, made)
        return Changes(noted.nouns | {Noun.ACTIVITY}, (), origin, noted.label, made)

    return act(writer, work)


def say(writer: Writer, evidence_id: int, sentence: str, origin: str = "") -> Changes:
    """Write the sentence; empty: what the thing itself says is shown again. Undoable."""
    return _set(writer, evidence_id, {"sentence": sentence.strip()}, tr("Sentence saved"), origin)


def set_date(writer: Writer, evidence_id: int, on: str, origin: str = "") -> Changes:
    """Say when it was. Undoable. Raises BadInput for no day."""
    day = days.checked(on)
    if not day:
        raise BadInput(tr("Evidence has a day."), tr("Write it like 2027-03-31."))
    return _set(writer, evidence_id, {"on_date": day}, tr("Day changed"), origin)


def set_private(writer: Writer, ids: Sequence[int], is_private: bool, origin: str = "") -> Changes:
    """Keep evidence out of every portfolio, or no longer. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute(
            f"UPDATE evidence SET is_private = ? WHERE id {OF_THEM} AND is_private <> ?",
            (int(is_private), as_json(ids), int(is_private)),
        )
        said = tr("Evidence kept private") if is_private else tr("Evidence no longer private")
        return Changes(_GOAL, (), origin, said) if done.rowcount else Changes()

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Take evidence away; the things themselves stay. Undoable as one.

    A page is no longer tied to the goal then. Raises BadInput when a level change would stand on nothing.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        doomed = as_json(ids)
        if found(connection, f"SELECT 1 FROM evidence WHERE id {OF_THEM} LIMIT 1", doomed) == ():
            return Changes()
        day = last_support(connection, doomed)
        if day:
            raise BadInput(
                tr("The level change of {day} stands on this alone.").format(day=day),
                tr("Take that back first, or let it stand on something else."),
            )
        sources = _untie(connection, doomed)
        connection.execute(f"DELETE FROM level_evidence WHERE evidence_id {OF_THEM}", (doomed,))
        number = connection.execute(f"DELETE FROM evidence WHERE id {OF_THEM}", (doomed,)).rowcount
        said = trn("Evidence removed", "{n} pieces of evidence removed", number)
        return Changes(_GOAL | {Noun.SOURCE}, sources, origin, said.format(n=writing.number(number)))

    return act(writer, work)


def of_try(connection: sqlite3.Connection, goal_id: int, try_id: int, day: str) -> int:
    """Let a try with a result be evidence, inside its act; the evidence's id."""
    evidence_id, _ = _attach(connection, goal_id, Thing(EvidenceKind.TRY, try_id), day, False)
    touch(connection, "goal", goal_id)
    return evidence_id


def _attach(
    connection: sqlite3.Connection, goal_id: int, thing: Thing, day: str, is_private: bool
) -> tuple[int, bool]:
    """(id, whether it is new)."""
    if thing.kind not in _TABLES:
        raise BadInput(tr("This cannot be attached as it is."))
    column = COLUMNS[thing.kind]
    need(connection, _TABLES[thing.kind], thing.id, tr("What you want to attach"))
    sql = f"SELECT id FROM evidence WHERE goal_id = ? AND kind = ? AND {column} = ?"
    same = (goal_id, thing.kind.value, thing.id)
    here = found(connection, sql, *same)
    if here:
        return here[0], False
    if thing.kind is EvidenceKind.TRY and found(
        connection, "SELECT 1 FROM try WHERE id = ? AND state <> 'done'", thing.id
    ):
        raise BadInput(tr("A try counts once you have said how it went."))
    if thing.kind is EvidenceKind.CAPTURE:
        skill = found(connection, "SELECT skill FROM goal WHERE id = ?", goal_id)
        was_open = found(connection, "SELECT 1 FROM goal WHERE id = ? AND state = 'open'", goal_id)
        state = connection.execute("SELECT state, closed_at FROM goal WHERE id = ?", (goal_id,)).fetchone()
        tie(connection, [thing.id], [str(skill[0])])
        if not was_open:  # evidence for a goal that is reached does not open it again
            connection.execute("UPDATE goal SET state = ?, closed_at = ? WHERE id = ?", (*state, goal_id))
        here = found(connection, sql, *same)
        if here:
            change(connection, "evidence", here[0], {"on_date": day, "is_private": int(is_private)})
            return here[0], True
    row = _row(goal_id, thing.kind, day, is_private) | {column: thing.id}
    if thing.kind is EvidenceKind.ANNOTATION:
        (row["source_id"],) = found(connection, "SELECT source_id FROM annotation WHERE id = ?", thing.id)
    return insert(connection, "evidence", row), True


def _row(goal_id: int, kind: EvidenceKind, day: str, is_private: bool) -> dict[str, object]:
    return {
        "goal_id": goal_id, "kind": kind.value, "sentence": "", "who": "",
        "on_date": day or days.today().isoformat(), "made_at": now(), "is_private": int(is_private),
    }  # fmt: skip


def _untie(connection: sqlite3.Connection, doomed: str) -> tuple[int, ...]:
    """Untie the pages among the evidence from its goals; the pages."""
    rows = connection.execute(
        "SELECT source_id, skill FROM evidence JOIN goal ON goal.id = goal_id "
        f"WHERE evidence.id {OF_THEM} AND kind = 'capture' AND source_id IS NOT NULL",
        (doomed,),
    ).fetchall()
    for source_id, skill in rows:
        untie(connection, [source_id], [skill])
    return tuple(sorted({row[0] for row in rows}))


def _set(writer: Writer, evidence_id: int, values: dict[str, str], said: str, origin: str) -> Changes:
    def work(connection: sqlite3.Connection) -> Changes:
        if not change(connection, "evidence", evidence_id, values):
            return Changes()
        return Changes(_GOAL, (), origin, said, evidence_id)

    return act(writer, work)


def _noted(
    connection: sqlite3.Connection,
    goal_id: int,
    said: str,
    origin: str,
    made: int,
    sources: tuple[int, ...] = (),
) -> Changes:
    touch(connection, "goal", goal_id)
    note_event(connection, "sense", "attached evidence", 1, "goal", goal_id)
    nouns = _GOAL | ({Noun.SOURCE} if sources else frozenset())
    return Changes(nouns, sources, origin, said, made)


def _extension(data: bytes) -> str:
    """Of a certificate, by its own header. Raises BadInput."""
    if len(data) > LARGEST:
        raise BadInput(tr("A certificate may have 20 MB."))
    if data.startswith(b"%PDF-"):
        return "pdf"
    picture = pictures.known(data)
    if picture is None:
        raise BadInput(tr("A certificate is a PDF or a picture (PNG, JPEG, GIF, WebP, AVIF)."))
    return picture.ext
