"""The toolkit: a card for each tool that the person keeps, with the problem it solves.

The surprising fact: a card asks to be looked at again. Its review day is set when it is made and after each
look, by what was decided: sooner for what is to be learned or replaced.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from desktop.errors import BadInput
from desktop.languages import mark, tr, trn, writing
from desktop.learning import days, goals
from desktop.learning.review_values import ToolRow
from desktop.learning.rows import OF_THEM, change, delete, insert, need, touch
from desktop.learning.values import LEVELS, Verdict
from desktop.library.acts import act, as_json, found, note_event, now
from desktop.library.tag_paths import key_of
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

NEXT = {Verdict.KEEP: 182, Verdict.LEARN: 28, Verdict.REPLACE: 14}
"""Days until the next look, by what was decided."""
FIRST = 91
"""Days until the first look at a new card."""
NOUNS = frozenset({Noun.TOOL})
_SELECT = """SELECT id, name, url, problem, level, last_used, cost, alternatives, verdict, review_on, note,
        (SELECT json_group_array(source_id) FROM tool_source WHERE tool_id = tool.id), made_at, changed_at
    FROM tool"""
_BY_NAME = "SELECT id FROM tool WHERE name = ? COLLATE NOCASE ORDER BY id LIMIT 1"
_TABLE = (
    mark("name"),
    mark("problem"),
    mark("level"),
    mark("verdict"),
    mark("last used"),
    mark("next review"),
    mark("cost"),
    mark("alternatives"),
    mark("address"),
)


def make(
    writer: Writer,
    name: str,
    problem: str = "",
    *,
    url: str = "",
    level: int = 0,
    last_used: str = "",
    cost: str = "",
    alternatives: str = "",
    verdict: Verdict | None = None,
    review_on: str = "",
    note: str = "",
    source_ids: Sequence[int] = (),
    origin: str = "",
) -> Changes:
    """Put a tool into the toolkit; ``made`` is the card's id. Undoable.

    Without ``review_on`` a day is chosen. Raises BadInput: no name, one that is there already, no day, no
    level.
    """
    row = {
        "name": _name(name), "problem": problem.strip(), "url": url.strip(), "level": goals.level(level),
        "last_used": days.checked(last_used), "cost": cost.strip(), "alternatives": alternatives.strip(),
        "verdict": verdict.value if verdict else "", "note": note.strip(),
        "review_on": days.checked(review_on) or _later(NEXT[verdict] if verdict else FIRST),
    }  # fmt: skip

    def work(connection: sqlite3.Connection) -> Changes:
        _free(connection, str(row["name"]))
        made = insert_card(connection, row, source_ids)
        said = tr("Added to the toolkit: {name}").format(name=row["name"])
        return Changes(NOUNS, tuple(source_ids), origin, said, made)

    return act(writer, work)


def insert_card(connection: sqlite3.Connection, row: dict[str, Any], source_ids: Sequence[int]) -> int:
    """Put a card in inside an act; its id. ``row``: checked values by column, others are the usual ones."""
    moment = now()
    usual = {
        "name": "", "problem": "", "url": "", "level": 0, "last_used": "", "cost": "", "alternatives": "",
        "verdict": "", "note": "", "review_on": _later(FIRST), "made_at": moment, "changed_at": moment,
    }  # fmt: skip
    made = insert(connection, "tool", usual | row)
    _tie(connection, made, source_ids)
    note_event(connection, "sense", "added a tool", 1, "tool", made)
    return made


def add_to_card(
    connection: sqlite3.Connection, tool_id: int, problem: str, source_ids: Sequence[int]
) -> None:
    """Inside an act: another wording of the problem, and pages that are about the tool too."""
    change(connection, "tool", tool_id, {"problem": problem})
    _tie(connection, tool_id, source_ids)
    touch(connection, "tool", tool_id)


def edit(
    writer: Writer,
    tool_id: int,
    *,
    name: str | None = None,
    problem: str | None = None,
    url: str | None = None,
    level: int | None = None,
    last_used: str | None = None,
    cost: str | None = None,
    alternatives: str | None = None,
    review_on: str | None = None,
    note: str | None = None,
    origin: str = "",
) -> Changes:
    """Change what is not None. Undoable as one. Raises BadInput as `make` does."""
    texts = {"problem": problem, "url": url, "cost": cost, "alternatives": alternatives, "note": note}
    values: dict[str, Any] = {one: None if text is None else text.strip() for one, text in texts.items()}
    values |= {
        "name": None if name is None else _name(name),
        "level": None if level is None else goals.level(level),
        "last_used": None if last_used is None else days.checked(last_used),
        "review_on": None if review_on is None else days.checked(review_on),
    }

    def work(connection: sqlite3.Connection) -> Changes:
        if name is not None:
            _free(connection, values["name"], but=tool_id)
        is_changed = change(connection, "tool", tool_id, values)
        return _said(connection, tool_id, tr("Card changed"), origin) if is_changed else Changes()

    return act(writer, work)


def decide(writer: Writer, tool_id: int, verdict: Verdict, review_on: str = "", origin: str = "") -> Changes:
    """Keep, learn or replace a tool; the next look is set by that, or to ``review_on``. Undoable."""
    when = days.checked(review_on) or _later(NEXT[verdict])

    def work(connection: sqlite3.Connection) -> Changes:
        values = {"verdict": verdict.value, "review_on": when}
        if not change(connection, "tool", tool_id, values):
            return Changes()
        note_event(connection, "sense", "looked at a tool", 1, "tool", tool_id)
        words = {Verdict.KEEP: tr("Keep"), Verdict.LEARN: tr("Learn"), Verdict.REPLACE: tr("Replace")}
        return _said(connection, tool_id, words[verdict], origin)

    return act(writer, work)


def reviewed(writer: Writer, tool_id: int, origin: str = "") -> Changes:
    """Say that a tool was looked at: its verdict holds, the next look is set as that asks. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "tool", tool_id, tr("This tool"))
        (verdict,) = connection.execute("SELECT verdict FROM tool WHERE id = ?", (tool_id,)).fetchone()
        when = _later(NEXT[Verdict(verdict)] if verdict else FIRST)
        if not change(connection, "tool", tool_id, {"review_on": when}):
            return Changes()
        note_event(connection, "sense", "looked at a tool", 1, "tool", tool_id)
        return _said(connection, tool_id, tr("Reviewed"), origin)

    return act(writer, work)


def used(writer: Writer, tool_id: int, on: str = "", origin: str = "") -> Changes:
    """Say that a tool was used, today when no day is given. Undoable."""
    return edit(writer, tool_id, last_used=days.checked(on) or days.today().isoformat(), origin=origin)


def tie(
    writer: Writer,
    tool_id: int,
    add: Sequence[int] = (),
    remove: Sequence[int] = (),
    origin: str = "",
) -> Changes:
    """Say which sources are about a tool. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        need(connection, "tool", tool_id, tr("This tool"))
        added = _tie(connection, tool_id, add)
        removed = connection.execute(
            f"DELETE FROM tool_source WHERE tool_id = ? AND source_id {OF_THEM}", (tool_id, as_json(remove))
        ).rowcount
        if not added + removed:
            return Changes()
        said = _said(connection, tool_id, tr("Pages of the tool changed"), origin)
        return Changes(NOUNS, (*add, *remove), origin, said.label, tool_id)

    return act(writer, work)


def about(
    writer: Writer,
    source_ids: Sequence[int],
    add: Sequence[str],
    remove: Sequence[str] = (),
    origin: str = "",
) -> Changes:
    """Say by their names which tools these sources are about, and which they are not; undoable as one.

    A name that is not in the toolkit yet becomes a card. Raises BadInput for an empty name.
    """
    names = [_name(one) for one in add]

    def work(connection: sqlite3.Connection) -> Changes:
        made, count = 0, 0
        for name in names:
            known = found(connection, _BY_NAME, name)
            if not known:
                made = insert_card(connection, {"name": name}, ())
            count += _tie(connection, known[0] if known else made, source_ids)
        for name in remove:
            for tool_id in found(connection, _BY_NAME, name):
                count += connection.execute(
                    f"DELETE FROM tool_source WHERE tool_id = ? AND source_id {OF_THEM}",
                    (tool_id, as_json(source_ids)),
                ).rowcount
        if not count and not made:
            return Changes()
        said = tr("About: {names}").format(names=writing.listed(names)) if names else tr("Not about it")
        return Changes(NOUNS, tuple(source_ids), origin, said, made)

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Take tools out of the toolkit. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        names = found(connection, f"SELECT name FROM tool WHERE id {OF_THEM}", as_json(ids))
        if not names:
            return Changes()
        number = delete(connection, "tool", ids, ("tool_source",))
        one = tr("Taken out of the toolkit: {name}").format(name=names[0])
        many = trn("{n} tool taken out", "{n} tools taken out", number).format(n=writing.number(number))
        return Changes(NOUNS, (), origin, one if number == 1 else many)

    return act(writer, work)


def all_of(reader: Reader, verdict: Verdict | None = None, *, day: date | None = None) -> list[ToolRow]:
    """All cards, or those of one verdict, by name."""
    where, values = (" WHERE verdict = ?", [verdict.value]) if verdict else ("", [])
    return _rows(reader, f"{where} ORDER BY name COLLATE NOCASE, id", values, day)


def due(reader: Reader, *, day: date | None = None) -> list[ToolRow]:
    """The cards whose review day has come, the longest overdue first."""
    today = (day or days.today()).isoformat()
    where = " WHERE review_on <> '' AND review_on <= ? ORDER BY review_on, id"
    return _rows(reader, where, [today], day)


def count_due(reader: Reader, *, day: date | None = None) -> int:
    """How many cards wait for their review."""
    today = (day or days.today()).isoformat()
    row = reader.row("SELECT count(*) FROM tool WHERE review_on <> '' AND review_on <= ?", (today,))
    return int(row[0]) if row else 0


def of_source(reader: Reader, source_id: int, *, day: date | None = None) -> list[ToolRow]:
    """The tools that a page is about."""
    where = " WHERE id IN (SELECT tool_id FROM tool_source WHERE source_id = ?) ORDER BY name COLLATE NOCASE"
    return _rows(reader, where, [source_id], day)


def read(reader: Reader, tool_id: int, *, day: date | None = None) -> ToolRow | None:
    """One card; None when it is gone."""
    rows = _rows(reader, " WHERE id = ?", [tool_id], day)
    return rows[0] if rows else None


def table(reader: Reader) -> list[tuple[str, ...]]:
    """All cards as the rows of a table, the names of the columns first: for CSV, or Markdown."""
    rows = [
        (
            one.name, one.problem, tr(LEVELS[one.level]), one.verdict.value if one.verdict else "",
            one.last_used, one.review_on, one.cost, one.alternatives, one.url,
        )
        for one in all_of(reader)
    ]  # fmt: skip
    return [tuple(tr(name) for name in _TABLE), *rows]


def _rows(reader: Reader, where: str, values: Sequence[Any], day: date | None) -> list[ToolRow]:
    today = day or days.today()
    return [_row(row, today) for row in reader.rows(_SELECT + where, values)]


def _row(row: tuple[Any, ...], today: date) -> ToolRow:
    values: list[Any] = [
        *row[:8], Verdict(row[8]) if row[8] else None, row[9], days.days_left(row[9], today), row[10],
        tuple(json.loads(row[11])), *row[12:],
    ]  # fmt: skip
    return ToolRow(*values)


def _tie(connection: sqlite3.Connection, tool_id: int, source_ids: Sequence[int]) -> int:
    return connection.execute(
        f"INSERT OR IGNORE INTO tool_source (tool_id, source_id) SELECT ?, id FROM source WHERE id {OF_THEM}",
        (tool_id, as_json(source_ids)),
    ).rowcount


def _later(number: int) -> str:
    return (days.today() + timedelta(days=number)).isoformat()


def _name(name: str) -> str:
    if not name.strip():
        raise BadInput(tr("A tool needs a name."))
    return name.strip()


def _free(connection: sqlite3.Connection, name: str, but: int = 0) -> None:
    rows = connection.execute("SELECT name FROM tool WHERE id <> ?", (but,))
    if key_of(name) in {key_of(known) for (known,) in rows}:
        raise BadInput(
            tr("“{name}” is in the toolkit already.").format(name=name),
            tr("Change its card, or call this one something else."),
        )


def _said(connection: sqlite3.Connection, tool_id: int, what: str, origin: str) -> Changes:
    touch(connection, "tool", tool_id)
    (name,) = found(connection, "SELECT name FROM tool WHERE id = ?", tool_id)
    return Changes(NOUNS, (), origin, f"{what}: {name}", tool_id)
