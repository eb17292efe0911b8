"""The weekly review: fixed steps, fifteen minutes, left and taken up again at the same step.

The surprising fact: what a step offers is worked out when it is looked at, never stored, so a review that was
left for days does not show what is no longer so.
"""

import sqlite3
from datetime import date
from itertools import pairwise
from typing import Any

from desktop.errors import BadInput
from desktop.languages import mark, tr
from desktop.learning import days, goals, questions, toolkit, tries
from desktop.learning.review_values import Offers, ReviewRow, StepDone, ToolRow
from desktop.learning.rows import insert
from desktop.learning.values import GoalState
from desktop.library.acts import act, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

STEPS = ("inbox", "highlights", "goals", "tries", "tool", "questions", "share", "closing")
"""In their order. The last takes the closing sentence."""
NAMES = {
    "inbox": mark("Inbox to zero"),
    "highlights": mark("Highlights without a sentence"),
    "goals": mark("Goals that have not moved"),
    "tries": mark("Tries that are due"),
    "tool": mark("One tool"),
    "questions": mark("Open questions"),
    "share": mark("One thing worth sharing"),
    "closing": mark("One closing sentence"),
}
"""Shown through ``tr``."""
WHOLE = 15 * 60
"""Seconds that a review should take."""
_NOUNS = frozenset({Noun.REVIEW})
_FORTNIGHT = 14
_WORDLESS = """SELECT annotation.id FROM annotation JOIN source ON source.id = source_id
    WHERE comment = '' AND made_at >= ? AND creator = '' AND state <> 'trash'
    ORDER BY made_at DESC LIMIT 20"""
_SHARE = """SELECT source.id FROM source NOT INDEXED WHERE state = 'archive' AND state_since >= ?
        AND (why <> '' OR EXISTS (SELECT 1 FROM annotation WHERE source_id = source.id))
        AND NOT EXISTS (SELECT 1 FROM basket WHERE source_id = source.id)
        AND NOT EXISTS (SELECT 1 FROM capture WHERE capture.id = capture_id AND is_private)
    ORDER BY (why <> '') + (SELECT count(*) FROM annotation WHERE source_id = source.id) DESC,
        state_since DESC LIMIT 5"""


def begin(writer: Writer, origin: str = "") -> Changes:
    """Begin a review, or take up the one that was left; ``made`` is its id. Undoable when it is new."""

    def work(connection: sqlite3.Connection) -> Changes:
        left = _open_one(connection)
        if left:
            return Changes(made=left[0])
        made = insert(
            connection,
            "review",
            {"started_at": now(), "step": STEPS[0], "finished_at": 0, "closing": ""},
        )
        return Changes(_NOUNS, (), origin, tr("Review begun"), made)

    return act(writer, work)


def leave_step(
    writer: Writer, review_id: int, step: str, *, is_skipped: bool = False, left: int = 0, origin: str = ""
) -> Changes:
    """Go on to the next step. ``left``: what the step still offered. Undoable.

    Raises BadInput: the review is finished or gone, a step that is none.
    """
    if step not in STEPS[:-1]:
        raise BadInput(tr("The review has no such step."))

    def work(connection: sqlite3.Connection) -> Changes:
        _need_open(connection, review_id)
        connection.execute(
            "INSERT INTO review_step (review_id, step, at, outcome, left) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET at = excluded.at, outcome = excluded.outcome, left = excluded.left",
            (review_id, step, now(), "skipped" if is_skipped else "done", max(0, left)),
        )
        after = STEPS[STEPS.index(step) + 1]
        connection.execute("UPDATE review SET step = ? WHERE id = ?", (after, review_id))
        said = tr("Step skipped") if is_skipped else tr("Step done")
        return Changes(_NOUNS, (), origin, f"{said}: {tr(NAMES[step])}", review_id)

    return act(writer, work)


def go_to(writer: Writer, review_id: int, step: str, origin: str = "") -> Changes:
    """Stand at a step, without saying anything of the others. Undoable. Raises BadInput as `leave_step`."""
    if step not in STEPS:
        raise BadInput(tr("The review has no such step."))

    def work(connection: sqlite3.Connection) -> Changes:
        _need_open(connection, review_id)
        done = connection.execute(
            "UPDATE review SET step = ? WHERE id = ? AND step <> ?", (step, review_id, step)
        )
        return Changes(_NOUNS, (), origin, tr(NAMES[step]), review_id) if done.rowcount else Changes()

    return act(writer, work)


def finish(writer: Writer, review_id: int, closing: str, origin: str = "") -> Changes:
    """Finish a review with one sentence. Undoable. Raises BadInput: no sentence, finished already, gone."""
    if not closing.strip():
        raise BadInput(tr("A review ends with one sentence."))

    def work(connection: sqlite3.Connection) -> Changes:
        _need_open(connection, review_id)
        connection.execute(
            "UPDATE review SET step = 'closing', finished_at = ?, closing = ? WHERE id = ?",
            (max(1, now()), closing.strip(), review_id),
        )
        note_event(connection, "sense", "reviewed the week", 1, "review", review_id)
        return Changes(_NOUNS, (), origin, tr("Review finished"), review_id)

    return act(writer, work)


def current(reader: Reader) -> ReviewRow | None:
    """The review that was begun and not finished; None when there is none."""
    rows = _rows(reader, "finished_at = 0 ORDER BY id DESC LIMIT 1", ())
    return rows[0] if rows else None


def log(reader: Reader, limit: int | None = None) -> list[ReviewRow]:
    """The finished reviews, the newest first."""
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    return _rows(reader, f"finished_at > 0 ORDER BY finished_at DESC, id DESC{cut}", ())


def seconds_of(row: ReviewRow) -> int:
    """How long it has taken so far, in seconds: from step to step; a longer gap than a whole review was a
    pause and counts as nothing. Pure."""
    moments = sorted({row.started_at, *(one.at for one in row.steps), row.finished_at or row.started_at})
    gaps = [after - before for before, after in pairwise(moments)]
    return sum(gap for gap in gaps if gap <= WHOLE * 1000) // 1000


def days_since(reader: Reader, day: date | None = None) -> int | None:
    """Days since the last finished review; None before the first. Never negative."""
    row = reader.row("SELECT max(finished_at) FROM review")
    if row is None or not row[0]:
        return None
    return max(0, ((day or days.today()) - days.day_of(row[0])).days)


def offers(reader: Reader, *, day: date | None = None) -> Offers:
    """What the steps offer now."""
    today = day or days.today()
    since = days.start_of(date.fromordinal(max(1, today.toordinal() - _FORTNIGHT)))
    inbox = reader.row("SELECT count(*) FROM source WHERE state = 'inbox'")
    return Offers(
        inbox[0] if inbox else 0,
        tuple(row[0] for row in reader.rows(_WORDLESS, (since,))),
        tuple(one for one in goals.all_of(reader, [GoalState.OPEN], day=today) if one.is_still),
        tuple(tries.due(reader, today)),
        _tool(reader, today),
        tuple(questions.open_ones(reader)),
        tuple(row[0] for row in reader.rows(_SHARE, (since,))),
    )


def _tool(reader: Reader, today: date) -> ToolRow | None:
    overdue = toolkit.due(reader, day=today)
    if overdue:
        return overdue[0]
    row = reader.row("SELECT id FROM tool ORDER BY changed_at, id LIMIT 1")
    return toolkit.read(reader, row[0], day=today) if row else None


def _rows(reader: Reader, where: str, values: tuple[object, ...]) -> list[ReviewRow]:
    rows = reader.rows(f"SELECT id, started_at, step, finished_at, closing FROM review WHERE {where}", values)
    found: list[list[Any]] = [[*row, _steps(reader, row[0])] for row in rows]
    return [ReviewRow(*one) for one in found]


def _steps(reader: Reader, review_id: int) -> tuple[StepDone, ...]:
    rows = reader.rows("SELECT step, at, outcome, left FROM review_step WHERE review_id = ?", (review_id,))
    known = [StepDone(*row) for row in rows if row[0] in STEPS]
    return tuple(sorted(known, key=lambda one: STEPS.index(one.step)))


def _open_one(connection: sqlite3.Connection) -> tuple[int, ...]:
    row = connection.execute("SELECT id FROM review WHERE finished_at = 0 ORDER BY id DESC").fetchone()
    return tuple(row) if row else ()


def _need_open(connection: sqlite3.Connection, review_id: int) -> None:
    row = connection.execute("SELECT finished_at FROM review WHERE id = ?", (review_id,)).fetchone()
    if row is None:
        raise BadInput(tr("This review is not here any more."))
    if row[0]:
        raise BadInput(tr("This review is finished."), tr("Begin a new one."))
