"""Read the library by plain sqlite3, one connection per thread.

Closing waits for whoever reads: a connection that is closed while another thread is in it ends the process.

No sqlmodel here: it costs 250 ms to import. Surprising: many rows are read as one. Python's sqlite3 gives the
interpreter away and takes it back at every row, and beside a busy thread each taking back costs up to the
switch interval, so a page of 128 rows could stop the window for a second.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.store import faults


class Reader:
    """Read-only connections (``mode=ro`` and ``query_only``): they can neither write nor checkpoint."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Condition()
        self._in_use = 0
        self._closed = False

    @contextmanager
    def held(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, which `close` leaves alone until the block ends.

        Raises sqlite3.ProgrammingError once the reader is closed, or waits to be.
        """
        with self._guard:
            if self._closed:
                raise sqlite3.ProgrammingError("the reader is closed")
            self._in_use += 1
        try:
            yield self.connection()
        finally:
            with self._guard:
                self._in_use -= 1
                self._guard.notify_all()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for whoever sees to it that the reader is not closed meanwhile."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is not None:
            return found
        with self._guard:
            if self._closed:
                raise sqlite3.ProgrammingError("the reader is closed")
            made = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                timeout=10,
                check_same_thread=False,  # close() may come from another thread
            )
            self._all.append(made)
        made.execute("PRAGMA query_only = 1")
        made.execute("PRAGMA busy_timeout = 10000")
        made.execute("PRAGMA cache_size = -16000")
        self._local.connection = made
        return made

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement. Raises UserFixable for a damaged file or a failing disk."""
        try:
            with self.held() as connection:
                return connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise faults.told(error, self.path) from error

    def row(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def packed(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        """A whole list in one step: ``sql`` gives one ``json_group_array(…)``.

        Values are as in `rows`, save that a REAL has 15 digits.
        """
        return list(json.loads(self.rows(sql, values)[0][0]))

    def close(self) -> None:
        """Close the connections of all threads; what is being read is read to its end first."""
        with self._guard:
            self._closed = True
            self._guard.wait_for(lambda: not self._in_use)
            while self._all:
                self._all.pop().close()
