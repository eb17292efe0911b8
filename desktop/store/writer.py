"""The one writer: one thread, one connection, one transaction (BEGIN IMMEDIATE) per command.

sqlmodel is imported by the first command, on the writer's thread: it costs 250 ms that the first paint need
not wait for.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from desktop.errors import Bug
from desktop.paths import Paths
from desktop.store import faults, journal
from desktop.store.database import connect_to_write

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

T = TypeVar("T")


class Writer:
    """Holds the only connection that writes and checkpoints. Whoever makes one must hold the library lock."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._ident = 0
        self._connection: sqlite3.Connection | None = None
        self._engine: Engine | None = None
        self._closed = False
        self.committed: Callable[[], None] | None = None
        """Called on the writer thread after each commit; it must return at once and raise nothing."""

    def run(self, command: Callable[[Session], T]) -> T:
        """Run ``command`` in one transaction on the writer thread and wait; callable from any other thread.

        What it raises rolls everything back. Raises NoSpace, UserFixable, LibraryBusy for faults of disk and
        file, BadInput for text that cannot be stored. Values out, never rows: they die with the transaction.
        """
        return self._on_thread(lambda: self._run(command))

    def warm(self) -> None:
        """Import sqlmodel and connect now, on the writer thread, without waiting for it."""
        self._thread.submit(self._open)

    def checkpoint(self) -> None:
        """Bring everything into the library file and empty the log beside it."""
        self._on_thread(self._checkpoint)

    def close(self) -> None:
        """Finish what is queued, checkpoint, close. Twice is harmless."""
        if self._closed:
            return
        self._closed = True
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _on_thread(self, work: Callable[[], T]) -> T:
        if threading.get_ident() == self._ident:
            raise Bug("a command ran another command: nest functions of a session instead")
        if self._closed:
            raise Bug("the library is closed")
        try:
            return self._thread.submit(work).result()
        except Exception as error:
            said = faults.told(error, self.paths.library)
            if said is error:
                raise
            raise said from error

    def _run(self, command: Callable[[Session], T]) -> T:
        from sqlmodel import Session

        with Session(self._open()) as session, session.begin():
            result = command(session)
        if self.committed is not None:
            self.committed()
        return result

    def _open(self) -> Engine:
        if self._engine is None:
            from desktop.store.sessions import engine_on

            self._ident = threading.get_ident()
            connection = connect_to_write(self.paths.library)
            try:
                journal.watch(connection)
            except BaseException:
                connection.close()
                raise
            self._connection, self._engine = connection, engine_on(connection)
        return self._engine

    def _checkpoint(self) -> None:
        self._open()
        assert self._connection is not None
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
        if self._connection is not None:
            self._connection.close()
