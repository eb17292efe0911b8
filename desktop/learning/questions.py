"""Questions: what a search did not answer, kept in one key and listed until answered.

The surprising fact: the same question asked again is not a second one; it comes up again as open.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning.review_values import QuestionRow
from desktop.learning.rows import change, delete, insert, optional
from desktop.library.acts import act, note_event, now
from desktop.library.tag_paths import key_of
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_NOUNS = frozenset({Noun.QUESTION})
_SELECT = """SELECT question.id, text, asked_at, answered_at, answer, is_dropped, source_id, note_id,
        coalesce(source.title, note.title)
    FROM question LEFT JOIN source ON source.id = source_id LEFT JOIN note ON note.id = note_id"""
_OPEN = "answered_at = 0 AND is_dropped = 0"


def ask(writer: Writer, text: str, origin: str = "") -> Changes:
    """Keep a question; ``made`` is its id. Undoable. Raises BadInput for no words."""
    text = text.strip()
    if not text:
        raise BadInput(tr("There is no question yet."), tr("Type it first."))

    def work(connection: sqlite3.Connection) -> Changes:
        same = [
            row[0]
            for row in connection.execute("SELECT id, text FROM question")
            if key_of(row[1]) == key_of(text)
        ]
        said = tr("Question kept: {text}").format(text=text)
        if same:
            values = {"answered_at": 0, "is_dropped": 0}
            is_changed = change(connection, "question", same[0], values)
            return Changes(_NOUNS, (), origin, said, same[0]) if is_changed else Changes(made=same[0])
        made = insert(connection, "question", {
            "text": text, "asked_at": now(), "answered_at": 0, "answer": "", "is_dropped": 0,
        })  # fmt: skip
        note_event(connection, "seek", "asked a question", 1, "question", made)
        return Changes(_NOUNS, (), origin, said, made)

    return act(writer, work)


def answer(
    writer: Writer,
    question_id: int,
    text: str = "",
    source_id: int = 0,
    note_id: int = 0,
    origin: str = "",
) -> Changes:
    """Answer a question by words, a page or a note. Undoable. Raises BadInput when there is none of them."""
    if not (text.strip() or source_id or note_id):
        raise BadInput(tr("What is the answer?"), tr("Write it, or choose a page or note."))

    def work(connection: sqlite3.Connection) -> Changes:
        change(connection, "question", question_id, {
            "answer": text.strip(), "answered_at": now(), "is_dropped": 0,
        })  # fmt: skip
        connection.execute(
            "UPDATE question SET source_id = ?, note_id = ? WHERE id = ?",
            (optional(source_id), optional(note_id), question_id),
        )
        note_event(connection, "sense", "answered a question", 1, "question", question_id)
        return Changes(
            _NOUNS, (source_id,) if source_id else (), origin, tr("Question answered"), question_id
        )

    return act(writer, work)


def reopen(writer: Writer, question_id: int, origin: str = "") -> Changes:
    """Open a question again; its answer stays to be read. Undoable."""
    return _set(writer, question_id, {"answered_at": 0, "is_dropped": 0}, tr("Question open again"), origin)


def drop(writer: Writer, question_id: int, origin: str = "") -> Changes:
    """Say that a question does not matter any more. Undoable."""
    return _set(writer, question_id, {"is_dropped": 1}, tr("Question dropped"), origin)


def reword(writer: Writer, question_id: int, text: str, origin: str = "") -> Changes:
    """Ask it in other words. Undoable. Raises BadInput for none."""
    if not text.strip():
        raise BadInput(tr("There is no question yet."), tr("Type it first."))
    return _set(writer, question_id, {"text": text.strip()}, tr("Question changed"), origin)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete questions. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        number = delete(connection, "question", ids, ())
        said = trn("Question deleted", "{n} questions deleted", number).format(n=writing.number(number))
        return Changes(_NOUNS, (), origin, said) if number else Changes()

    return act(writer, work)


def count_open(reader: Reader) -> int:
    """How many questions are open."""
    row = reader.row(f"SELECT count(*) FROM question WHERE {_OPEN}")
    return int(row[0]) if row else 0


def open_ones(reader: Reader, limit: int | None = None) -> list[QuestionRow]:
    """The open questions, the oldest first."""
    cut = "" if limit is None else f" LIMIT {int(limit)}"
    return _rows(reader, f"{_OPEN} ORDER BY asked_at, question.id{cut}", [])


def all_of(reader: Reader) -> list[QuestionRow]:
    """All questions: open ones, the oldest first; then answered and dropped ones, the newest first."""
    order = f"ORDER BY NOT ({_OPEN}), iif({_OPEN}, asked_at, -max(answered_at, asked_at)), question.id"
    return _rows(reader, f"1 {order}", [])


def read(reader: Reader, question_id: int) -> QuestionRow | None:
    """One question; None when it is gone."""
    rows = _rows(reader, "question.id = ?", [question_id])
    return rows[0] if rows else None


def _rows(reader: Reader, where: str, values: Sequence[Any]) -> list[QuestionRow]:
    rows: list[list[Any]] = [
        [*row[:5], bool(row[5]), row[6] or 0, row[7] or 0, row[8] or ""]
        for row in reader.rows(f"{_SELECT} WHERE {where}", values)
    ]
    return [QuestionRow(*row) for row in rows]


def _set(writer: Writer, question_id: int, values: dict[str, Any], said: str, origin: str) -> Changes:
    def work(connection: sqlite3.Connection) -> Changes:
        is_changed = change(connection, "question", question_id, values)
        return Changes(_NOUNS, (), origin, said, question_id) if is_changed else Changes()

    return act(writer, work)


__all__ = ["all_of", "answer", "ask", "count_open", "drop", "open_ones", "read", "remove", "reopen", "reword"]
