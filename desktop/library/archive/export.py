"""Write everything of a library into one open archive.

Surprising: the rows are those of one moment, whatever is saved meanwhile (one read transaction), while
pictures and raw pages are read as they are found: one that was deleted for good in between is told as
missing.
"""

import contextlib
import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop import NAME, VERSION
from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.archive.format import (
    LARGEST_FILE,
    MANIFEST,
    TABLES,
    Count,
    File,
    Manifest,
    Stop,
    Table,
    Tell,
    digest_of,
    in_silence,
    is_page,
    never,
)
from desktop.library.archive.packing import Box, box
from desktop.paths import Paths
from desktop.store import faults, schema
from desktop.store.reader import Reader
from native_host import strict

_FETCHED = 200
_PIECE = 1 << 20

FILES = """
SELECT 'assets/' || substr(sha256, 1, 2) || '/' || sha256 || '.' || ext FROM asset
UNION SELECT 'pages/' || raw_page FROM content WHERE raw_page <> '' ORDER BY 1
"""
"""Names in an archive of all pictures and raw pages that rows refer to."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. ``missing``: files that rows name and that are gone or damaged."""

    path: Path
    rows: int
    files: int
    bytes: int
    missing: tuple[str, ...]


def export(reader: Reader, paths: Paths, out: Path, told: Tell = in_silence, stop: Stop = never) -> Exported:
    """Write the archive to ``out``: a zip when it ends so, else a folder. The library may be in use.

    Raises BadInput (``out`` exists, or lies in Kithbook's own folder), NoSpace, UserFixable, `Stopped`;
    nothing is left behind then.
    """
    place = out.expanduser().absolute()
    if place.resolve().is_relative_to(paths.home.resolve()):
        raise BadInput(tr("An archive cannot stand in Kithbook's own folder."), tr("Choose another place."))
    try:
        with contextlib.ExitStack() as stack:
            made = box(place)
            stack.callback(made.drop)
            return _export(reader, paths, made, told, stop)
    except (OSError, sqlite3.Error) as error:
        raise faults.told(error, paths.library) from error


def _export(reader: Reader, paths: Paths, made: Box, told: Tell, stop: Stop) -> Exported:
    with reader.held() as connection:
        return _export_by(connection, paths, made, told, stop)


def _export_by(connection: sqlite3.Connection, paths: Paths, made: Box, told: Tell, stop: Stop) -> Exported:
    connection.execute("BEGIN")  # all that follows sees one moment
    try:
        names = [name for (name,) in connection.execute(FILES)]
        counts = {
            table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in TABLES
        }
        count = Count(sum(counts.values()) + len(names), told, stop)
        files = [made.put(f"{table}.jsonl", _lines(connection, table, count)) for table in TABLES]
        tables = {table: _table(connection, table, counts[table]) for table in TABLES}
        version = schema.version_of(connection)
    finally:
        connection.execute("ROLLBACK")
    missing: list[str] = []
    for name in names:
        found = _file(paths, made, name)
        files.append(found) if found else missing.append(name)
        count.step("files")
    manifest = Manifest(
        time.time_ns() // 1_000_000, f"{NAME} {VERSION}", version, tables, tuple(files), tuple(missing)
    )
    made.put(MANIFEST, [strict.dumps(manifest.to_json()), b"\n"])
    size = made.finish()
    return Exported(made.out, sum(counts.values()), len(names) - len(missing), size, tuple(missing))


def _lines(connection: sqlite3.Connection, table: str, count: Count) -> Iterator[bytes]:
    """A JSON object for each row, with every column, in the order of keys."""
    keys = ", ".join(
        row[1] for row in sorted(connection.execute(f"PRAGMA table_info({table})"), key=_rank) if row[5]
    )
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY {keys}")
    columns = [column[0] for column in cursor.description]
    while rows := cursor.fetchmany(_FETCHED):
        for row in rows:
            yield strict.dumps(dict(zip(columns, row, strict=True))) + b"\n"
        count.step(table, len(rows))


def _rank(column: tuple[object, ...]) -> int:
    assert isinstance(column[5], int)
    return column[5]


def _table(connection: sqlite3.Connection, table: str, rows: int) -> Table:
    columns = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return Table(rows, columns, int(found[0]) if found else 0)


def _file(paths: Paths, made: Box, name: str) -> File | None:
    """Write a picture or raw page; None when it is gone, or its bytes are not those that its name says."""
    if not digest_of(name) or not is_whole(paths.home / name, name):
        return None
    return made.put(name, _pieces(paths.home / name), is_packed=True)


def is_whole(path: Path, name: str) -> bool:
    """Whether the file is there and holds what its name in an archive says."""
    digest, unpack, size = hashlib.sha256(), zlib.decompressobj(wbits=31), 0
    try:
        for piece in _pieces(path):
            plain = unpack.decompress(piece, LARGEST_FILE) if is_page(name) else piece
            size += len(plain)
            digest.update(plain)
    except (OSError, zlib.error):
        return False
    is_over = unpack.eof and not unpack.unconsumed_tail if is_page(name) else True
    return is_over and size <= LARGEST_FILE and digest.hexdigest() == digest_of(name)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
