"""Take an open archive into an empty library: the same rows, in every column.

Surprising: the whole archive is read twice. First everything is checked and nothing written; then a library
file is made beside the present one, checked as a whole, and renamed into its place.
"""

import hashlib
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.errors import BadInput, LibraryTooNew, NoSpace, Refused
from desktop.languages import tr, writing
from desktop.library import assets
from desktop.library.archive import format as names
from desktop.library.archive.format import (
    LARGEST_FILE,
    LONGEST_LINE,
    LONGEST_MANIFEST,
    MANIFEST,
    TABLES,
    Count,
    Manifest,
    Stop,
    Tell,
    digest_of,
    in_silence,
    is_page,
    never,
    read_manifest,
)
from desktop.library.archive.rows import Column, cleaned, columns_of, row_of
from desktop.library.archive.unpacking import NOT_ONE, Opened, open_archive
from desktop.paths import Paths
from desktop.store import faults, schema
from desktop.store.database import connect_to_read, connect_to_write, transaction
from desktop.store.lock import LibraryLock
from desktop.store.reader import Reader
from desktop.store.swapping import preparing, swap_in
from native_host.durable import make_private

_BATCH = 500
_OWN = {"circle": " WHERE id > 3"}
"""Which rows are somebody's, of a table that is never without."""
_STRAY = "SELECT count(*) FROM source WHERE capture_id NOT IN (SELECT id FROM capture)"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in. ``cleaned``: texts whose markup had to be cleaned; ``missing``: files it told as gone."""

    rows: int
    files: int
    cleaned: int
    missing: tuple[str, ...]


def import_archive(paths: Paths, source: Path, told: Tell = in_silence, stop: Stop = never) -> Imported:
    """Take it in. Raises BadInput (library not empty, nothing there), Refused (hostile or damaged archive),
    LibraryBusy (a window is open), LibraryTooNew, NoSpace, `Stopped`; nothing is changed then.
    """
    try:
        make_private(paths.home)
        lock = LibraryLock(paths.lock)
        lock.take()
        try:
            _be_empty(paths)
            with closing(open_archive(source.expanduser())) as opened:
                return _import(paths, opened, told, stop)
        finally:
            lock.release()
    except (OSError, sqlite3.Error) as error:
        raise faults.told(error, paths.library) from error


def is_empty(reader: Reader) -> bool:
    """Whether an archive could be taken into this library: no row stands in any table that archives have."""
    with reader.held() as connection:
        return _has_no_row(connection)


def _has_no_row(connection: sqlite3.Connection) -> bool:
    here = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    known = [table for table in TABLES if table in here]
    return not any(
        connection.execute(f"SELECT 1 FROM {table}{_OWN.get(table, '')} LIMIT 1").fetchone()
        for table in known
    )


def _be_empty(paths: Paths) -> None:
    if not paths.library.exists() or not paths.library.stat().st_size:
        return
    connection = connect_to_write(paths.library)  # we hold the lock; a log of an earlier crash is taken in
    try:
        has_no_row = _has_no_row(connection)
    finally:
        connection.close()
    if not has_no_row:
        raise BadInput(
            tr("The library is not empty, and an archive is taken only into an empty one."),
            tr("Set KITHBOOK_HOME to a new folder, or move the present library away."),
        )


def _import(paths: Paths, opened: Opened, told: Tell, stop: Stop) -> Imported:
    manifest = read_manifest(opened.bytes_of(MANIFEST, LONGEST_MANIFEST))
    _fit(paths, opened, manifest)
    work = 2 * (sum(table.rows for table in manifest.tables.values()) + len(manifest.files))
    count = Count(work, told, stop)
    columns = _columns(manifest)
    _check_files(opened, manifest, count)
    for table in columns:
        for _ in _rows(opened, manifest, table, columns[table]):
            count.step(table)
    kept: list[str] = []
    try:
        with preparing(paths.library, lambda path: _empty_file(path, manifest.schema)) as prepared:
            dirty = _fill(prepared, opened, manifest, columns, count)
            for one in manifest.files:
                if digest_of(one.name):
                    kept.append(_keep(paths, opened, one.name))
                count.step("files")
            swap_in(prepared, paths.library)
    except BaseException:
        assets.remove(paths, kept)
        raise
    rows = sum(table.rows for table in manifest.tables.values())
    return Imported(rows, len(kept), dirty, manifest.missing)


def _fit(paths: Paths, opened: Opened, manifest: Manifest) -> None:
    """The manifest and what is there say the same, and there is room for it."""
    if manifest.schema > schema.newest():
        raise LibraryTooNew(
            tr("This archive was written by a newer Kithbook."), tr("Install the newer version first.")
        )
    told = {one.name: one.bytes for one in manifest.files}
    here = {name: size for name, size in opened.sizes.items() if name != MANIFEST}
    if told != here:
        name = min(told.items() ^ here.items())[0]
        raise Refused(
            tr("{not_one}: “{name}” is not as the manifest says.").format(not_one=tr(NOT_ONE), name=name)
        )
    if {names.table_of(name) for name in told} - {""} != manifest.tables.keys():
        raise Refused(tr("{not_one}: tables are missing.").format(not_one=tr(NOT_ONE)))
    if 2 * sum(told.values()) > shutil.disk_usage(paths.home).free:
        raise NoSpace(
            tr("There is not enough room on the disk for this archive."), tr("Free some space and try again.")
        )


def _columns(manifest: Manifest) -> dict[str, tuple[Column, ...]]:
    """Each table's columns at the archive's schema, in the order of writing. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="kithbook-") as folder:
        path = Path(folder) / "columns.db"
        _empty_file(path, manifest.schema)
        with closing(connect_to_read(path)) as connection:
            found = {table: columns_of(connection, table) for table in TABLES}
    found = {table: columns for table, columns in found.items() if columns}
    told = {table: set(one.columns) for table, one in manifest.tables.items()}
    if told != {table: {column.name for column in columns} for table, columns in found.items()}:
        raise Refused(tr("{not_one}: its tables have other columns.").format(not_one=tr(NOT_ONE)))
    return found


def _steps(connection: sqlite3.Connection, version: int) -> None:
    for step in schema.STEPS[:version]:
        with transaction(connection):
            step(connection)
    connection.execute(f"PRAGMA user_version = {version}")


def _check_files(opened: Opened, manifest: Manifest, count: Count) -> None:
    for one in manifest.files:
        digest = hashlib.sha256()
        for piece in opened.pieces(one.name):
            digest.update(piece)
        if digest.hexdigest() != one.sha256:
            raise Refused(
                tr("{not_one}: “{name}” was changed or is damaged.").format(
                    not_one=tr(NOT_ONE), name=one.name
                )
            )
        if digest_of(one.name):
            _plain(opened, one.name)
        count.step("files")


def _plain(opened: Opened, name: str) -> bytes:
    """A picture, or a raw page unpacked; its bytes are those that its name says. Raises Refused."""
    data = opened.bytes_of(name, LARGEST_FILE)
    if is_page(name):
        unpack = zlib.decompressobj(wbits=31)
        try:
            data = unpack.decompress(data, LARGEST_FILE)
        except zlib.error as error:
            raise Refused(
                tr("{not_one}: “{name}” is damaged.").format(not_one=tr(NOT_ONE), name=name)
            ) from error
        if not unpack.eof:
            raise Refused(
                tr("{not_one}: “{name}” is too large or cut short.").format(not_one=tr(NOT_ONE), name=name)
            )
    if hashlib.sha256(data).hexdigest() != digest_of(name):
        raise Refused(
            tr("{not_one}: “{name}” is not what its name says.").format(not_one=tr(NOT_ONE), name=name)
        )
    return data


def _keep(paths: Paths, opened: Opened, name: str) -> str:
    """Store a picture or raw page; its name as `assets.remove` knows it. Its place is told by its bytes."""
    data = _plain(opened, name)
    if is_page(name):
        return assets.keep_page(paths, data)[0]
    return assets.keep(paths, data, names.extension_of(name)).name


def _rows(
    opened: Opened, manifest: Manifest, table: str, columns: tuple[Column, ...]
) -> Iterator[dict[str, Any]]:
    number = 0
    for line in opened.lines(f"{table}.jsonl", LONGEST_LINE):
        yield row_of(line, table, columns)
        number += 1
    if number != manifest.tables[table].rows:
        raise Refused(
            tr("{not_one}: {table}.jsonl has {number} rows and not as many as the manifest says.").format(
                not_one=tr(NOT_ONE), table=table, number=writing.number(number)
            )
        )


def _empty_file(path: Path, version: int) -> None:
    connection = connect_to_write(path)
    try:
        _steps(connection, version)
    finally:
        connection.close()


def _fill(
    path: Path, opened: Opened, manifest: Manifest, columns: dict[str, tuple[Column, ...]], count: Count
) -> int:
    """All rows in one transaction, then a look at the whole; how many texts had to be cleaned."""
    connection = connect_to_write(path)
    try:
        with transaction(connection):
            for table in columns.keys() & _OWN.keys():
                connection.execute(f"DELETE FROM {table}")  # the archive has them too
            dirty = 0
            for table in columns:
                dirty += _insert(connection, opened, manifest, table, columns[table], count)
            _set_last_ids(connection, manifest)
            if "library_state" in {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}:
                connection.execute("DELETE FROM outbox")  # the index of another generation is built anew
            _hold_together(connection, manifest)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.IntegrityError as error:
        raise Refused(tr("{not_one}: its rows contradict each other.").format(not_one=tr(NOT_ONE))) from error
    finally:
        connection.close()
    return dirty


def _insert(
    connection: sqlite3.Connection,
    opened: Opened,
    manifest: Manifest,
    table: str,
    columns: tuple[Column, ...],
    count: Count,
) -> int:
    listed = ", ".join(f'"{column.name}"' for column in columns)
    statement = f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(columns))})"
    dirty, batch = 0, []
    for row in _rows(opened, manifest, table, columns):
        if table == "content":
            dirty += cleaned(row)
        batch.append([row[column.name] for column in columns])
        if len(batch) >= _BATCH:
            connection.executemany(statement, batch)
            batch.clear()
        count.step(table)
    connection.executemany(statement, batch)
    return dirty


def _set_last_ids(connection: sqlite3.Connection, manifest: Manifest) -> None:
    """Ids of rows that are gone stay used."""
    for table, told in manifest.tables.items():
        if told.last_id:
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, told.last_id))


def _hold_together(connection: sqlite3.Connection, manifest: Manifest) -> None:
    """No row refers to one that is not there, no file that is neither there nor told as missing."""
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    (stray,) = connection.execute(_STRAY).fetchone()
    if dangling or stray:
        raise Refused(tr("{not_one}: rows refer to others that are not there.").format(not_one=tr(NOT_ONE)))
    told = {one.name for one in manifest.files} | set(manifest.missing)
    found = connection.execute(
        "SELECT 'assets/' || substr(sha256, 1, 2) || '/' || sha256 || '.' || ext FROM asset "
        "UNION SELECT 'pages/' || raw_page FROM content WHERE raw_page <> ''"
    )
    if any(name not in told for (name,) in found):
        raise Refused(tr("{not_one}: pictures or pages are missing.").format(not_one=tr(NOT_ONE)))
