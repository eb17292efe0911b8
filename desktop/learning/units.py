"""Units of an activity: a pasted outline becomes all of them in one step.

The surprising fact: nothing in an outline is refused. Bullets, numbers, boxes and durations are read where
they stand; a line that has none of them is a title.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.learning.activity_rows import units
from desktop.learning.rows import OF_THEM, change, insert, need
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer
from desktop.text.reading import shortened

__all__ = ["Line", "edit", "mark_done", "outline", "paste", "remove", "reorder", "units"]

MOST = 2_000
"""Units of one activity: beyond them a sentence, never a silent cut."""
_NOUNS = frozenset({Noun.ACTIVITY})
_BULLET = re.compile(
    r"(?:[-*+•◦▪‣·–—]\s+|\[(?P<box>[ xX])\]\s*|(?:\d{1,3}|[a-zA-Z])[.)]\s+|\d{1,3}(?:\.\d{1,3})+\.?\s+)+"
)
_CLOCK = re.compile(r"[\s(\[–—|,-]*\b(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>\d{2})\b[)\]]?\s*$")
_WORDS = re.compile(
    r"[\s(\[–—|,-]*\b(?:(?P<h>\d{1,3})\s*(?:h|hrs?|hours?|Std\.?|Stunden?)\b\.?\s*)?"
    r"(?:(?P<m>\d{1,4})\s*(?:m|min|mins|minutes?|Minuten?|Min)\b\.?)?[)\]]?\s*$",
    re.IGNORECASE,
)
_TAB = 4
_LONGEST_TIME = 64
"""Signs at the end of a line in which its time is looked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit as an outline says it."""

    title: str
    depth: int
    minutes: int
    is_done: bool


def outline(text: str) -> list[Line]:
    """Read an outline. Depth by indent or by headings' signs (#); minutes by ``12:30``, ``1 h 20 min``.

    Raises BadInput for too many units.
    """
    lines, indents = list[Line](), list[int]()
    raws = [raw for raw in text.splitlines() if raw.strip()]
    if len(raws) > MOST:
        raise BadInput(tr("An activity may have {n} units at most.").format(n=writing.number(MOST)))
    for raw in raws:
        lines.append(_line(raw, indents))
    return lines


def paste(writer: Writer, activity_id: int, text: str, origin: str = "") -> Changes:
    """Add the units of an outline behind those that are there, in one step. Undoable as one.

    Raises BadInput: an empty outline, too many units, an activity that is gone.
    """
    lines = outline(text)
    if not lines:
        raise BadInput(tr("There are no units in this text."), tr("Write one on each line."))

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "activity", activity_id, tr("This activity"))
        add(connection, activity_id, lines)
        said = trn("{n} unit added", "{n} units added", len(lines)).format(n=writing.number(len(lines)))
        return Changes(_NOUNS, (), origin, said, activity_id)

    return act(writer, work)


def add(connection: sqlite3.Connection, activity_id: int, lines: Sequence[Line]) -> None:
    """Add units behind those that are there, inside an act. Raises BadInput for too many."""
    sql = "SELECT coalesce(max(ordinal), 0), count(*) FROM unit WHERE activity_id = ?"
    last, number = connection.execute(sql, (activity_id,)).fetchone()
    if number + len(lines) > MOST:
        raise BadInput(tr("An activity may have {n} units at most.").format(n=writing.number(MOST)))
    moment = now()
    for ordinal, line in enumerate(lines, start=last + 1):
        row = {
            "activity_id": activity_id, "ordinal": ordinal, "depth": line.depth, "title": line.title,
            "minutes": line.minutes, "done_at": moment if line.is_done else 0,
        }  # fmt: skip
        insert(connection, "unit", row)


def mark_done(writer: Writer, ids: Sequence[int], is_done: bool = True, origin: str = "") -> Changes:
    """Say that units are done, or not. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        moment = now() if is_done else 0
        done = connection.execute(
            f"UPDATE unit SET done_at = ? WHERE id {OF_THEM} AND (done_at > 0) <> ?",
            (moment, as_json(ids), int(is_done)),
        ).rowcount
        if not done:
            return Changes()
        owners = found(connection, f"SELECT DISTINCT activity_id FROM unit WHERE id {OF_THEM}", as_json(ids))
        if is_done:
            note_event(connection, "sense", "finished units", done, "activity", owners[0])
        one = tr("Unit done") if is_done else tr("Unit open again")
        many = trn("{n} unit changed", "{n} units changed", done).format(n=writing.number(done))
        return Changes(_NOUNS, (), origin, one if done == 1 else many, owners[0])

    return act(writer, work)


def edit(
    writer: Writer, unit_id: int, title: str | None = None, minutes: int | None = None, origin: str = ""
) -> Changes:
    """Change a unit. Undoable. Raises BadInput for no title."""
    if title is not None and not title.strip():
        raise BadInput(tr("A unit needs a title."))
    values = {
        "title": None if title is None else title.strip(),
        "minutes": None if minutes is None else max(0, minutes),
    }

    def work(connection: sqlite3.Connection) -> Changes:
        is_changed = change(connection, "unit", unit_id, values)
        return Changes(_NOUNS, (), origin, tr("Unit changed"), unit_id) if is_changed else Changes()

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete units. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        number = connection.execute(f"DELETE FROM unit WHERE id {OF_THEM}", (as_json(ids),)).rowcount
        said = trn("{n} unit deleted", "{n} units deleted", number).format(n=writing.number(number))
        return Changes(_NOUNS, (), origin, said) if number else Changes()

    return act(writer, work)


def reorder(writer: Writer, activity_id: int, ids: Sequence[int], origin: str = "") -> Changes:
    """Put these units in this order, before all that are not named. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        sql = "SELECT id FROM unit WHERE activity_id = ? ORDER BY ordinal, id"
        present = found(connection, sql, activity_id)
        wanted = [one for one in dict.fromkeys(ids) if one in present]
        order = [*wanted, *(one for one in present if one not in wanted)]
        if order == list(present):
            return Changes()
        connection.executemany("UPDATE unit SET ordinal = ? WHERE id = ?", list(enumerate(order, start=1)))
        return Changes(_NOUNS, (), origin, tr("Units put in another order"), activity_id)

    return act(writer, work)


def _line(raw: str, indents: list[int]) -> Line:
    indent = len(raw.expandtabs(_TAB)) - len(raw.expandtabs(_TAB).lstrip())
    text = raw.strip()
    heading = re.match(r"(#{1,6})\s+", text)
    if heading:
        text, depth = text[heading.end() :], len(heading[1]) - 1
        indents.clear()
    else:
        while indents and indents[-1] > indent:
            indents.pop()
        if not indents or indents[-1] < indent:
            indents.append(indent)
        depth = len(indents) - 1
    bullet = _BULLET.match(text)
    is_done = bool(bullet and (bullet["box"] or " ").strip())
    text = text[bullet.end() :] if bullet else text
    title, minutes = _timed(text)
    return Line(title or text, min(depth, 5), minutes, is_done)


def _timed(text: str) -> tuple[str, int]:
    """A title and the minutes behind it; seconds are rounded up."""
    text = text.strip()
    front, end = (
        text[:-_LONGEST_TIME],
        text[-_LONGEST_TIME:],
    )  # over a whole long line they would take minutes
    clock = _CLOCK.search(end)
    if clock and clock.start():
        seconds = int(clock["h"] or 0) * 3600 + int(clock["m"]) * 60 + int(clock["s"])
        return _title(front + end[: clock.start()]), -(-seconds // 60)
    words = _WORDS.search(end)
    if words and words.start() and (words["h"] or words["m"]):
        return _title(front + end[: words.start()]), int(words["h"] or 0) * 60 + int(words["m"] or 0)
    return _title(text), 0


def _title(text: str) -> str:
    return shortened(text.strip())
