"""Connections that write, with their pragmas, and transactions on them.

Plain sqlite3; `writer` puts sessions on top. WAL with ``synchronous=FULL``, always BEGIN IMMEDIATE, one
writing connection that alone checkpoints: this is also what keeps Python's SQLite 3.40 clear of the WAL-reset
bug (two connections that checkpoint at once).
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from native_host.durable import make_private

APPLICATION_ID = 0x4B495448  # "KITH"

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = 1",  # macOS: fsync alone does not reach the disk
    "checkpoint_fullfsync = 1",
    "foreign_keys = ON",
    "secure_delete = ON",  # "delete for good" overwrites the text
    "temp_store = MEMORY",
    "cache_size = -32000",
    "journal_size_limit = 16777216",
    "busy_timeout = 10000",
)


def connect_to_write(path: Path) -> sqlite3.Connection:
    """The one connection that writes; it is used on the thread that made it. Makes the file, 0600."""
    make_private(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)  # SQLite gives -wal and -shm the same rights
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection of its own that cannot change the file, for checks and copies. Close it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=10)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """BEGIN IMMEDIATE … COMMIT, or ROLLBACK when anything is raised."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise


def tables(connection: sqlite3.Connection) -> list[str]:
    """Names of the library's tables."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"
    )
    return [name for (name,) in found]
