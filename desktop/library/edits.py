"""What the popup edits after the save.

An update speaks for one capture, while tags, goal and sentences belong to the source, which may have had them
before. So each capture remembers what it gave, and an update takes back only that.
"""

import json
import sqlite3
from typing import Any

from sqlmodel import Session, select

from desktop.languages import mark, tr
from desktop.library.acts import found, now
from desktop.library.goals import tie, untie
from desktop.library.tags import key_of, named, put_on, take_off
from desktop.library.triage import put_title
from desktop.library.values import NewCapture
from desktop.store import journal
from desktop.store.changes import Changes, Noun
from desktop.store.models import Capture
from desktop.store.sessions import plain
from desktop.store.writer import Writer

_LABEL = mark("Edited in the browser")
_SEPARATOR = {"why": "\n", "found_through": ", "}


def update(
    writer: Writer,
    *,
    uuid: str,
    of: str,
    title: str | None = None,
    tags: tuple[str, ...] | None = None,
    goal: str | None = None,
    why: str | None = None,
    found_through: str | None = None,
    origin: str = "",
) -> Changes | None:
    """Apply what the popup edited after the save, once per ``uuid``; None: the capture is not here yet.

    What is None was not touched. A repeat, or an update of what was deleted for good, gives empty Changes.
    Undoable.
    """
    fields = {"title": title, "tags": tags, "goal": goal, "why": why, "found_through": found_through}
    wanted = {name: value for name, value in fields.items() if value is not None}

    def command(session: Session) -> Changes | None:
        connection = plain(session)
        if found(connection, "SELECT 1 FROM applied WHERE uuid = ?", uuid):
            return Changes()
        capture = session.exec(select(Capture).where(Capture.uuid == of)).first()
        if capture is None and not found(connection, "SELECT 1 FROM tombstone WHERE uuid = ?", of):
            return None
        connection.execute("INSERT INTO applied VALUES (?, ?)", (uuid, now()))
        if capture is None:
            return Changes()
        with journal.entry(connection, tr(_LABEL), now()):
            _apply(connection, capture, wanted)
        session.add(capture)
        nouns = frozenset({Noun.SOURCE, Noun.TAG, Noun.GOAL})
        return Changes(nouns, (capture.source_id,), origin, tr(_LABEL))

    return writer.run(command)


def given(new: NewCapture) -> str:
    """What a capture gave to its source, as it is remembered: JSON without the empty."""
    kept = {
        "tags": named(new.tags),
        "goal": new.goal.strip(),
        "why": new.why,
        "found_through": new.found_through,
    }
    return _as_json(kept)


def join_text(connection: sqlite3.Connection, source_id: int, column: str, before: str, after: str) -> None:
    """Replace in a source's sentence what one capture gave; what others gave stays, and nothing is said
    twice."""
    row = connection.execute(f"SELECT {column} FROM source WHERE id = ?", (source_id,)).fetchone()
    text = str(row[0])
    separator = _SEPARATOR[column]
    parts = text.split(separator) if text else []
    lines = before.split(separator) if before else []
    for start in range(len(parts) - len(lines) + 1):
        if lines and parts[start : start + len(lines)] == lines:
            parts[start : start + len(lines)] = [after] if after else []
            break
    else:
        if after and after != text and after not in parts:
            parts.append(after)
    joined = separator.join(parts)
    if joined != text:
        connection.execute(
            f"UPDATE source SET {column} = ?, changed = ? WHERE id = ?", (joined, now(), source_id)
        )


def _apply(connection: sqlite3.Connection, capture: Capture, wanted: dict[str, Any]) -> None:
    """Change the source, and remember in the capture what it gives now."""
    source_id = capture.source_id
    gave = json.loads(capture.given)
    if "title" in wanted:
        put_title(connection, source_id, wanted["title"])
    if "tags" in wanted:
        names = named(wanted["tags"])
        kept = {key_of(name) for name in names}
        take_off(connection, [source_id], [name for name in gave.get("tags", []) if key_of(name) not in kept])
        put_on(connection, [source_id], names)
        gave["tags"] = names
    if "goal" in wanted:
        skill = wanted["goal"].strip()
        if key_of(skill) != key_of(gave.get("goal", "")):
            untie(connection, [source_id], named([gave.get("goal", "")]))
        tie(connection, [source_id], named([skill]))
        gave["goal"] = skill
    for column in _SEPARATOR:
        if column in wanted:
            join_text(connection, source_id, column, gave.get(column, ""), wanted[column])
            gave[column] = wanted[column]
    capture.given = _as_json(gave)


def _as_json(kept: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False)
