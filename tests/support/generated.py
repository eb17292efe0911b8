"""Whole libraries by chance: every column of every table of an archive, with values that break things.

Surprising: no table is named but those with rules of their own. Columns and references are asked from the
file, so that a new column is filled on the day it is made.
"""

import random
import sqlite3
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.library import assets
from desktop.library.archive.format import TABLES
from desktop.library.archive.rows import CHOICES, FLAGS
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.store.database import connect_to_write, transaction
from desktop.text import sanitize
from native_host import strict

STRINGS = (
    "", " ", "\n", "\r\n\t", "\x00", "a\x00b", "\x1f\x7f\x85", "\u2028\u2029",
    "\ufeff", "\u202e\u2066abc", "NULL", "null", "undefined", "0", "-1",
    "1e400", "NaN", "\\", "\\n", '"', "'", "';--", "%s%d", "{{}}", "é",
    "e\u0301", "Å\u212b", "ﬁ", "İıß", "日本語", "ไทย", "한국어", "שלום", "مرحبا",
    "👩‍👩‍👧‍👦", "𝔘𝔫𝔦", "\U0010ffff", "a" * 3000, "<script>alert(1)</script>",
    "<b>bold</b>", "<p>para", "&amp;&lt;", "../../etc/passwd", "C:\\con",
    "\ud7ff\ue000",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), 1_790_000_000_000)
PARTS = (0.0, -0.0, 0.1, 1.0, 1 / 3, 1e-308, 5e-324, 1e308, -2.5)

MAYBE = {
    *("basket", "activity", "try", "evidence", "question"),
    *("source", "draft", "pack", "pack_item", "reply"),
}
"""Tables with references that may be empty."""

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Making:
    """One library on its way."""

    paths: Paths
    connection: sqlite3.Connection
    chance: random.Random
    strings: Sequence[str]
    rows: int
    """Per table; 0: a few by chance."""
    ids: dict[str, list[int]] = field(default_factory=lambda: {"circle": [1, 2, 3]})
    at: int = 0

    def text(self) -> str:
        """One of the strings, the next in turn when there is a row for each."""
        if self.rows:
            return self.strings[self.at % len(self.strings)]
        kind = self.chance.random()
        if kind < 0.7:
            return self.chance.choice(self.strings)
        if kind < 0.85:
            return "".join(self.chance.choices(string.printable, k=self.chance.randint(0, 60)))
        points = [self.chance.randrange(0x110000) for _ in range(self.chance.randint(0, 20))]
        return "".join(chr(point) for point in points if not 0xD800 <= point <= 0xDFFF)


def generate(paths: Paths, seed: int, strings: Sequence[str] = STRINGS, rows: int = 0) -> None:
    """Make the library. The same seed makes the same rows."""
    open_library(paths, write=True).close()
    connection = connect_to_write(paths.library)
    try:
        with transaction(connection):
            making = Making(paths, connection, random.Random(seed), strings, rows)
            for table in TABLES:
                _fill(making, table)
            connection.execute(
                "UPDATE source SET capture_id = (SELECT max(id) FROM capture WHERE source_id = source.id)"
            )
            if making.chance.random() < 0.5:  # ids that are gone stay used
                connection.execute("DELETE FROM event WHERE id = (SELECT max(id) FROM event)")
    finally:
        connection.close()


def contents(paths: Paths) -> Rows:
    """All rows of the tables that an archive holds, and the highest ids ever given."""
    connection = sqlite3.connect(paths.library)
    try:
        found: Rows = {}
        for table in (*TABLES, "sqlite_sequence"):
            cursor = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor]
            if table == "sqlite_sequence":
                rows = [row for row in rows if row["name"] in TABLES and row["seq"]]
            found[table] = sorted(rows, key=repr)
        return found
    finally:
        connection.close()


def differences(one: Paths, other: Paths) -> list[str]:
    """Each field that is not the same, by bytes, kind and sign."""
    first, second = contents(one), contents(other)
    told = []
    for table in first:
        if len(first[table]) != len(second[table]):
            told.append(f"{table}: {len(first[table])} and {len(second[table])} rows")
        for left, right in zip(first[table], second[table], strict=False):
            told += [
                f"{table}.{name}: {left[name]!r} and {right.get(name)!r}"
                for name in left
                if repr(left[name]) != repr(right.get(name))
            ]
    files = [_files(one), _files(other)]
    return told + [f"file {name}" for name in sorted(files[0].items() ^ files[1].items())]


def _files(paths: Paths) -> dict[str, bytes]:
    found = {}
    for folder in (paths.assets, paths.pages):
        for path in folder.glob("??/*"):
            name = f"{path.parent.name}/{path.name}"
            found[name] = (
                (assets.read_page(paths, name) or b"") if folder == paths.pages else path.read_bytes()
            )
    return found


def _fill(making: Making, table: str) -> None:
    info = making.connection.execute(f"PRAGMA table_info({table})").fetchall()
    refers = {row[3]: row[2] for row in making.connection.execute(f"PRAGMA foreign_key_list({table})")}
    if table == "capture":  # its content comes after it: references are checked at commit
        making.ids["content"] = list(range(1, (making.rows or making.chance.randint(1, 6)) + 1))
    number = making.rows or making.chance.randint(0, 6)
    if table in ("capture", "content"):
        number = len(making.ids["source" if table == "capture" else "content"])
    made = []
    for making.at in range(number):
        row = {
            name: _value(making, table, name, kind, refers, not_null) for _, name, kind, not_null, *_ in info
        }
        if _special(making, table, row):
            made.append(row)
    names = [column[1] for column in info]
    making.connection.executemany(
        f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [[row[name] for name in names] for row in made],
    )
    if "id" in names:
        making.ids[table] = [number for (number,) in making.connection.execute(f"SELECT id FROM {table}")]


def _value(making: Making, table: str, name: str, kind: str, refers: dict[str, str], not_null: int) -> Any:
    chance = making.chance
    if name == "id":
        return making.at + 1
    if name in refers:
        ids = making.ids[refers[name]]
        return chance.choice(ids) if ids and (not_null or chance.random() < 0.5) else None
    if (table, name) in CHOICES:
        return chance.choice(sorted(CHOICES[table, name]))
    if name in FLAGS:
        return chance.randint(0, 1)
    if kind == "REAL":
        return chance.choice(PARTS) if chance.random() < 0.5 else chance.uniform(-1e9, 1e9)
    if kind == "INTEGER":
        return chance.choice(NUMBERS) if chance.random() < 0.5 else chance.randint(-(10**12), 10**13)
    return making.text()


def _special(making: Making, table: str, row: dict[str, Any]) -> bool:
    """Rules that no schema tells; False for a row that cannot be."""
    text = making.text()
    if any(row[name] is None for name in row if name.endswith("_id") and table not in MAYBE):
        return False
    for name in ("uuid", "key", "url_key"):
        if name in row:
            row[name] += f" {making.at}"
    if table == "source":
        row["capture_id"] = 0
    elif table == "capture":
        _capture(making, row, text)
    elif table == "content":
        _content(making, row, text)
    elif table == "asset":
        return _asset(making, row, text)
    elif table == "annotation":
        row["range"] = making.chance.choice(["", _json({"type": "RangeSelector", "value": text})])
    return True


def _content(making: Making, row: dict[str, Any], text: str) -> None:
    html = sanitize.clean(f"<p>{text}</p>{text}")
    row |= {"html": html, "left_out": _json([html]), "raw_page": "", "raw_sha256": ""}
    if making.chance.random() < 0.3 and making.at < 20:
        row["raw_page"], row["raw_sha256"] = assets.keep_page(making.paths, text.encode() + b"<p>page</p>")


def _capture(making: Making, row: dict[str, Any], text: str) -> None:
    row |= {
        "source_id": making.ids["source"][making.at], "number": 1, "notices": _json([text]),
        "given": _json({"tags": [text], "why": text}), "media": making.chance.choice(["", "[1.5, 20]"]),
    }  # fmt: skip


def _asset(making: Making, row: dict[str, Any], text: str) -> bool:
    if making.at >= 20:
        return False
    kept = assets.keep(making.paths, f"{making.at} {text}".encode(), row["ext"], text)
    row |= {"sha256": kept.sha256, "mime": kept.mime, "bytes": kept.bytes}
    return True


def _json(value: object) -> str:
    return strict.dumps(value).decode()
