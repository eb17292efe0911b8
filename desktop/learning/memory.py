"""Highlights that the person wants to remember: asked again by FSRS, off until the first is chosen.

The surprising fact: intervals are never blurred at random here (FSRS calls it fuzz), so that the same answers
give the same days on every machine, and undo is exact. A clock that was moved back counts as no time.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning.review_values import CardRow
from desktop.learning.rows import OF_THEM, delete, insert
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

FORGOTTEN, HARD, GOOD, EASY = 1, 2, 3, 4
_NOUNS = frozenset({Noun.CARD})
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SELECT = """SELECT memory_card.id, annotation_id, source_id, quote, comment, source.title, memory_card.state,
        due_at, last_at, (SELECT count(*) FROM memory_answer WHERE card_id = memory_card.id)
    FROM memory_card JOIN annotation ON annotation.id = annotation_id JOIN source ON source.id = source_id
    WHERE source.state <> 'trash'"""


def remember(writer: Writer, annotation_ids: Sequence[int], origin: str = "") -> Changes:
    """Ask these highlights again from now on; ``made`` is the last card's id. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        wanted = found(
            connection,
            f"SELECT id FROM annotation WHERE id {OF_THEM} "
            "AND id NOT IN (SELECT annotation_id FROM memory_card)",
            as_json(annotation_ids),
        )
        moment, made = now(), 0
        for annotation_id in wanted:
            row = {"annotation_id": annotation_id, "made_at": moment, "state": 1, "step": 0, "due_at": moment}
            made = insert(connection, "memory_card", row | {"stability": "", "difficulty": "", "last_at": 0})
        said = trn("Will be asked again", "{n} will be asked again", len(wanted))
        shown = said.format(n=writing.number(len(wanted)))
        return Changes(_NOUNS, (), origin, shown, made) if wanted else Changes()

    return act(writer, work)


def forget(writer: Writer, annotation_ids: Sequence[int], origin: str = "") -> Changes:
    """Ask these highlights no longer. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        cards = found(
            connection, f"SELECT id FROM memory_card WHERE annotation_id {OF_THEM}", as_json(annotation_ids)
        )
        connection.execute(f"DELETE FROM memory_answer WHERE card_id {OF_THEM}", (as_json(cards),))
        number = delete(connection, "memory_card", cards, ())
        said = trn("Will not be asked again", "{n} will not be asked again", number)
        return Changes(_NOUNS, (), origin, said.format(n=writing.number(number))) if number else Changes()

    return act(writer, work)


def answer(writer: Writer, card_id: int, rating: int, origin: str = "") -> Changes:
    """Say how well it was remembered: 1 forgotten, 2 hard, 3 good, 4 easy. Undoable. Raises BadInput."""
    if rating not in (FORGOTTEN, HARD, GOOD, EASY):
        raise BadInput(tr("An answer is a number from 1 to 4."))

    def work(connection: sqlite3.Connection) -> Changes:
        sql = "SELECT state, step, stability, difficulty, due_at, last_at FROM memory_card WHERE id = ?"
        row = connection.execute(sql, (card_id,)).fetchone()
        if row is None:
            raise BadInput(tr("This card is not here any more."))
        moment = max(now(), row[5])
        connection.execute(
            "UPDATE memory_card SET state = ?, step = ?, stability = ?, difficulty = ?, due_at = ?, "
            "last_at = ? WHERE id = ?",
            (*after(row, rating, moment), card_id),
        )
        insert(connection, "memory_answer", {"card_id": card_id, "at": moment, "rating": rating})
        note_event(connection, "sense", "remembered", 1, "card", card_id)
        return Changes(_NOUNS, (), origin, tr("Answer kept"), card_id)

    return act(writer, work)


def after(row: tuple[Any, ...], rating: int, moment: int) -> tuple[Any, ...]:
    """A card's columns after an answer. ``row``: state, step, stability, difficulty, due_at, last_at."""
    from fsrs import Rating

    reviewed, _ = _scheduler().review_card(_card(row), Rating(rating), _time(moment))
    return (
        reviewed.state.value, reviewed.step, repr(reviewed.stability), repr(reviewed.difficulty),
        _milliseconds(reviewed.due), moment,
    )  # fmt: skip


def due(reader: Reader, limit: int | None = None, *, moment: int = 0) -> list[CardRow]:
    """The cards to ask now (or at ``moment``), the longest due first; not those of pages in Trash."""
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    return _rows(reader, f" AND due_at <= ? ORDER BY due_at, memory_card.id{cut}", (moment or now(),))


def all_of(reader: Reader) -> list[CardRow]:
    """All cards, the next due first."""
    return _rows(reader, " ORDER BY due_at, memory_card.id", ())


def of_annotations(reader: Reader, annotation_ids: Sequence[int]) -> set[int]:
    """Which of these annotations are asked again."""
    sql = f"SELECT annotation_id FROM memory_card WHERE annotation_id {OF_THEM}"
    return {row[0] for row in reader.rows(sql, (as_json(annotation_ids),))}


def counts(reader: Reader, *, moment: int = 0) -> tuple[int, int]:
    """(cards due now, cards in all)."""
    row = reader.row(
        "SELECT count(*) FILTER (WHERE due_at <= ?), count(*) FROM memory_card", (moment or now(),)
    )
    return (row[0], row[1]) if row else (0, 0)


def _rows(reader: Reader, where: str, values: tuple[object, ...]) -> list[CardRow]:
    return [CardRow(*row) for row in reader.rows(_SELECT + where, values)]


def _scheduler() -> "Scheduler":
    from fsrs import Scheduler

    return Scheduler(enable_fuzzing=False)


def _card(row: tuple[Any, ...]) -> "Card":
    from fsrs import Card, State

    state, step, stability, difficulty, due_at, last_at = row
    return Card(
        1,  # a number of our own: without one it would wait for the clock
        State(state),
        step,
        float(stability) if stability else None,
        float(difficulty) if difficulty else None,
        _time(due_at),
        _time(last_at) if last_at else None,
    )


def _time(moment: int) -> datetime:
    return _START + moment * _MILLISECOND


def _milliseconds(moment: datetime) -> int:
    return (moment - _START) // _MILLISECOND
