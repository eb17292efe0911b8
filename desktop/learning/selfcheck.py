"""The quarterly self-check: twelve questions, answered in the person's own words.

The surprising fact: nothing scores it. Each answer stands beside the one of the quarter before and beside
what the person's own log shows; nobody else sees it.
"""

import sqlite3
from datetime import date

from desktop.errors import BadInput
from desktop.languages import mark, tr, trn, writing
from desktop.learning import days
from desktop.learning.review_values import CheckAnswer
from desktop.learning.rows import change, insert
from desktop.library.acts import act, found, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

QUESTIONS = (
    mark("What am I learning, and from whom?"),
    mark("What can I do now that I could not do three months ago?"),
    mark("Where do I look first, and what do I miss by that?"),
    mark("Whom could I ask that I have not asked?"),
    mark("Which of my sources gave me most? Which only cost time?"),
    mark("What did I read that changed how I work?"),
    mark("What did I write in my own words?"),
    mark("What did I check before I believed it?"),
    mark("What did I pass on, and who could use it?"),
    mark("What did others tell me back?"),
    mark("How well do I use my networks and my social tools?"),
    mark("What will I do differently in the next three months?"),
)
"""Shown through ``tr``; a question's number is its place, from 1. New ones go to the end."""
_NOUNS = frozenset({Noun.REVIEW})
_COUNTED = {
    1: "SELECT count(DISTINCT found_through) FROM source WHERE found_through <> '' AND first_saved >= ? "
    "AND first_saved < ?",
    2: "SELECT count(*) FROM level_change WHERE made_at >= ? AND made_at < ?",
    5: "SELECT count(*) FROM source WHERE first_saved >= ? AND first_saved < ?",
    6: "SELECT count(*) FROM try WHERE state = 'done' AND changed_at >= ? AND changed_at < ?",
    7: "SELECT count(*) FROM note WHERE made_at >= ? AND made_at < ?",
    9: "SELECT count(*) FROM event WHERE verb = 'share' AND at >= ? AND at < ?",
    10: "SELECT count(*) FROM evidence WHERE kind = 'feedback' AND made_at >= ? AND made_at < ?",
}


def write(writer: Writer, quarter: str, number: int, answer: str, origin: str = "") -> Changes:
    """Keep an answer; empty: none any more. ``quarter``: ``2026-Q4``. Undoable. Raises BadInput."""
    if not 1 <= number <= len(QUESTIONS) or not is_quarter(quarter):
        raise BadInput(tr("The self-check has no such question."))
    answer = answer.strip()

    def work(connection: sqlite3.Connection) -> Changes:
        sql = "SELECT id FROM self_check WHERE quarter = ? AND number = ?"
        here = found(connection, sql, quarter, number)
        if here:
            is_changed = change(connection, "self_check", here[0], {"answer": answer})
            connection.execute("UPDATE self_check SET changed_at = ? WHERE id = ?", (now(), here[0]))
            return Changes(_NOUNS, (), origin, tr("Answer kept"), here[0]) if is_changed else Changes()
        if not answer:
            return Changes()
        row = {"quarter": quarter, "number": number, "answer": answer, "changed_at": now()}
        made = insert(connection, "self_check", row)
        note_event(connection, "sense", "answered the self-check", 1, "review", 0)
        return Changes(_NOUNS, (), origin, tr("Answer kept"), made)

    return act(writer, work)


def read(reader: Reader, quarter: str = "", *, day: date | None = None) -> list[CheckAnswer]:
    """The questions with the answers of a quarter (this one when empty) and of the last one before it."""
    quarter = quarter or days.quarter_of(day or days.today())
    rows = reader.rows(
        "SELECT number, quarter, answer FROM self_check WHERE quarter <= ? AND answer <> '' ORDER BY quarter",
        (quarter,),
    )
    now_said = {number: answer for number, one, answer in rows if one == quarter}
    before = {number: (answer, one) for number, one, answer in rows if one < quarter}
    seen = _seen(reader, quarter)
    return [
        CheckAnswer(
            number,
            tr(question),
            now_said.get(number, ""),
            *before.get(number, ("", "")),
            seen.get(number, ""),
        )
        for number, question in enumerate(QUESTIONS, start=1)
    ]


def quarters(reader: Reader) -> list[str]:
    """The quarters with an answer, the newest first."""
    rows = reader.rows("SELECT DISTINCT quarter FROM self_check WHERE answer <> '' ORDER BY quarter DESC")
    return [row[0] for row in rows]


def is_quarter(text: str) -> bool:
    """Is it written like ``2026-Q4``?"""
    return (
        len(text) == 7
        and text[:4].isascii()
        and text[:4].isdigit()
        and text[4:6] == "-Q"
        and text[6] in "1234"
    )


def _seen(reader: Reader, quarter: str) -> dict[int, str]:
    """What the log shows, by number of the question."""
    year, part = max(1, int(quarter[:4])), int(quarter[6])
    first = date(year, part * 3 - 2, 1)
    after = date(year + part // 4, part * 3 % 12 + 1, 1) if year < date.max.year else date.max
    borders = (days.start_of(first), days.start_of(after))
    said = {}
    for number, sql in _COUNTED.items():
        row = reader.row(sql, borders)
        said[number] = _sentence(number, row[0] if row else 0)
    return said


def _sentence(number: int, count: int) -> str:
    words = {
        1: trn("{n} person or place led you to pages.", "{n} people or places led you to pages.", count),
        2: trn("{n} level changed.", "{n} levels changed.", count),
        5: trn("{n} page saved.", "{n} pages saved.", count),
        6: trn("{n} try made.", "{n} tries made.", count),
        7: trn("{n} note written.", "{n} notes written.", count),
        9: trn("{n} thing passed on.", "{n} things passed on.", count),
        10: trn("{n} piece of feedback kept.", "{n} pieces of feedback kept.", count),
    }
    return words[number].format(n=writing.number(count))
