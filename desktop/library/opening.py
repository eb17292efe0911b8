"""Open the library: lock, check, migrate with a verified backup; hand out one reader and at most one writer.

Nothing here imports sqlmodel: the writer does so with its first command.
"""

import sqlite3
import time
from dataclasses import dataclass
from types import TracebackType

from desktop.errors import UserFixable
from desktop.languages import mark, tr
from desktop.library import backups
from desktop.paths import Paths
from desktop.store import faults, journal, schema
from desktop.store.database import APPLICATION_ID, connect_to_read, connect_to_write, transaction
from desktop.store.lock import LibraryLock
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from native_host.durable import make_private

_TOO_NEW = mark(
    "This library was written by a newer Kithbook, so it can be read but not changed. "
    "Install the newer version again."
)


@dataclass(slots=True)
class Library:
    """An open library; close it (or use ``with``)."""

    reader: Reader
    writer: Writer | None
    """None when opened for reading, or when the file is newer than this program."""
    paths: Paths
    notice: str = ""
    """A sentence to show: why the library is read-only; else empty."""
    lock: LibraryLock | None = None

    def close(self) -> None:
        """Finish the writer's work, close every connection, let the lock go. Twice is harmless."""
        self.reader.close()
        if self.writer is not None:
            self.writer.close()
        if self.lock is not None:
            self.lock.release()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_library(paths: Paths, *, write: bool) -> Library:
    """Open, and make if need be.

    Raises LibraryBusy (another process writes), NoSpace, UserFixable (damaged file). For reading, the lock is
    needed only while the file is made or brought up to date.
    """
    try:
        return _open(paths, write)
    except (OSError, sqlite3.Error) as error:
        raise faults.told(error, paths.library) from error


def _open(paths: Paths, write: bool) -> Library:
    make_private(paths.home)
    version = _version(paths)
    if version > schema.newest():
        return Library(Reader(paths.library), None, paths, tr(_TOO_NEW))
    if not write and version == schema.newest():
        return Library(Reader(paths.library), None, paths)
    lock = LibraryLock(paths.lock)
    lock.take()
    try:
        _bring_up_to_date(paths)
    except BaseException:
        lock.release()
        raise
    if not write:
        lock.release()
        return Library(Reader(paths.library), None, paths)
    return Library(Reader(paths.library), Writer(paths), paths, lock=lock)


def _version(paths: Paths) -> int:
    """The steps that the file has seen; 0 for a file that is not there or empty.

    Raises UserFixable for a foreign one.
    """
    if not paths.library.exists() or paths.library.stat().st_size == 0:
        return 0
    connection = connect_to_read(paths.library)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (holds,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        version = schema.version_of(connection)
    finally:
        connection.close()
    if holds and application != APPLICATION_ID:
        raise UserFixable(
            tr("{library} is not a Kithbook library.").format(library=paths.library),
            tr("Move it away; copies are in {backups}.").format(backups=paths.backups),
        )
    return version


def _bring_up_to_date(paths: Paths) -> None:
    """Under the lock: make or migrate, and drop what can no longer be undone."""
    for folder in (paths.assets, paths.pages, paths.snapshot, paths.backups):
        make_private(folder)
    connection = connect_to_write(paths.library)
    try:
        schema.migrate(connection, paths.library, backups.name_for(paths, "before-migration"))
        with transaction(connection):
            journal.trim(connection, time.time_ns() // 1_000_000)
    finally:
        connection.close()
