"""One row of an archive, checked by the columns of the table it is for.

Surprising: the columns are asked from a library made by the archive's own schema step, so this list of checks
need not know them; only what a view would stumble over (names of states, JSON in a column) stands here.
"""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.errors import Refused
from desktop.languages import tr
from desktop.library import learn_words
from desktop.library.sense_values import Colour, How, Reason
from desktop.library.values import State
from desktop.text import sanitize
from native_host import strict

_MOST, _LEAST = (1 << 63) - 1, -(1 << 63)
_HEX = re.compile(r"[0-9a-f]{64}")

CHOICES: dict[tuple[str, str], frozenset[str]] = {
    ("source", "state"): frozenset(State),
    ("annotation", "colour"): frozenset(Colour),
    ("tag", "colour"): frozenset(Colour) | {""},
    ("anchor", "how"): frozenset(How),
    ("link", "reason"): frozenset(Reason),
    ("block_edit", "op"): frozenset({"remove", "restore"}),
    ("asset", "ext"): frozenset({"png", "jpg", "gif", "webp", "avif", "pdf", "json", "eml"}),
    ("goal", "state"): frozenset(learn_words.GoalState),
    ("activity", "kind"): frozenset(learn_words.ActivityKind),
    ("activity", "status"): frozenset(learn_words.Status),
    ("try", "state"): frozenset(learn_words.TryState),
    ("try", "went"): frozenset(learn_words.Went) | {""},
    ("evidence", "kind"): frozenset(learn_words.EvidenceKind),
    ("tool", "verdict"): frozenset(learn_words.Verdict) | {""},
    ("person_key", "state"): frozenset({"known", "confirmed", "changed", "refused"}),
    ("pack", "direction"): frozenset({"sent", "received"}),
    ("pack", "trust"): frozenset({"", "unknown", "known", "confirmed", "changed"}),
    ("pack", "way"): frozenset({"file", "draft", "mail", "folder", "reply"}),
    ("pack", "state"): frozenset({"new", "kept", "aside"}),
}
"""Columns that hold one of a few words."""

FLAGS = frozenset(
    {
        *("is_read", "is_link_only", "is_private", "is_published_approximate", "is_running", "is_dropped"),
        *("full_text", "with_tags", "with_private", "with_address", "is_kept", "is_new"),
    }
)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, int | float) for one in value)


JSON: dict[tuple[str, str], tuple[Callable[[Any], bool], bool]] = {
    ("capture", "notices"): (_is_texts, False),
    ("capture", "given"): (lambda value: isinstance(value, dict), False),
    ("capture", "media"): (_is_numbers, True),
    ("content", "left_out"): (_is_texts, False),
    ("annotation", "range"): (lambda value: isinstance(value, dict), True),
}
"""Columns that hold JSON: what it must be, and whether the column may be empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """As SQLite tells it."""

    name: str
    kind: str
    """``TEXT``, ``INTEGER`` or ``REAL``."""
    may_be_null: bool


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[Column, ...]:
    """The table's columns, in order."""
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return tuple(Column(name, kind, not not_null and not key) for _, name, kind, not_null, _, key in found)


def row_of(line: bytes, table: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    """The row on a line, its columns those of the table and each of its kind. Raises Refused."""
    try:
        row = strict.loads(line)
    except ValueError as error:
        raise _refused(table, tr("a line that is not JSON")) from error
    if not isinstance(row, dict) or row.keys() != {column.name for column in columns}:
        raise _refused(table, tr("a row with other columns"))
    for column in columns:
        if not _fits(row[column.name], column):
            raise _refused(table, tr("a value that “{name}” cannot hold").format(name=column.name))
        _check(table, column.name, row[column.name])
    return row


def cleaned(row: dict[str, Any]) -> bool:
    """Send a content's HTML through the gate; True when it was not clean. Raises Refused."""
    html = sanitize.clean(row["html"])
    left_out = [sanitize.clean(block) for block in strict.loads(row["left_out"].encode())]
    was_clean = html == row["html"] and left_out == strict.loads(row["left_out"].encode())
    if not was_clean:
        row["html"], row["left_out"] = html, strict.dumps(left_out).decode()
    return not was_clean


def _fits(value: Any, column: Column) -> bool:
    if value is None:
        return column.may_be_null
    if column.kind == "TEXT":
        return isinstance(value, str) and _is_storable(value)
    if column.kind == "REAL":
        return type(value) in (int, float)
    whole = type(value) is int and _LEAST <= value <= _MOST
    return whole and (column.name not in FLAGS or value in (0, 1))


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check(table: str, column: str, value: Any) -> None:
    choices = CHOICES.get((table, column))
    if choices is not None and value not in choices:
        raise _refused(table, tr("a word that “{column}” does not know").format(column=column))
    if (table, column) == ("asset", "sha256") and not _HEX.fullmatch(value):
        raise _refused(table, tr("a SHA-256 that is none"))
    if (table, column) in JSON:
        is_right, may_be_empty = JSON[table, column]
        try:
            is_good = (may_be_empty and value == "") or is_right(strict.loads(value.encode()))
        except ValueError:
            is_good = False
        if not is_good:
            raise _refused(
                table, tr("something in “{column}” that does not belong there").format(column=column)
            )


def _refused(table: str, what: str) -> Refused:
    return Refused(
        tr("This archive cannot be read: {table}.jsonl has {what}.").format(table=table, what=what)
    )
