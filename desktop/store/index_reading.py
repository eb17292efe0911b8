"""Questions to the search index: expressions in, ids out.

Surprising: a running question can be interrupted from another thread, which is how the next key overtakes the
last one.
"""

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apsw


class Overtaken(Exception):
    """The question was interrupted, or the index was replaced meanwhile: ask again."""


class IndexReader:
    """One read-only connection. Any thread may ask; they take turns."""

    def __init__(self, path: Path) -> None:
        """Raises apsw.CantOpenError when there is no index."""
        self._db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        self._turn = threading.Lock()
        self._is_closed = False
        self._db.set_busy_timeout(10_000)
        for pragma in ("query_only = 1", "cache_size = -16000", "mmap_size = 268435456"):
            self._db.execute(f"PRAGMA {pragma}").fetchall()

    def newest(self, table: str, match: str, limit: int) -> list[int]:
        """Ids, latest arrival first. ``table``: ``ft_meta``, ``ft_body`` or ``ft_note``; no limit for -1."""
        # As one value: row by row, a long list would stop every other thread at each of its rows.
        ids = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
        ((packed,),) = self._rows(f"SELECT json_group_array(rowid) FROM ({ids})", (match, limit))
        return list(json.loads(packed))

    def ranked(self, match: str, limit: int, table: str = "ft_body") -> list[tuple[int, float]]:
        """(id, score) with the best first; smaller scores are better."""
        sql = f"SELECT rowid, rank FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT ?"
        return [(row[0], row[1]) for row in self._rows(sql, (match, limit))]

    def dated(
        self, match: str, start: int | None, stop: int | None, *, is_ranked: bool
    ) -> list[tuple[int, float]]:
        """(id, score) of all that were saved in that span (milliseconds), best or latest first."""
        score, order = ("rank", "score, ft_body.rowid DESC") if is_ranked else ("0.0", "ft_body.rowid DESC")
        sql = (  # CROSS JOIN: words first, and the score only of those within the span
            f"SELECT ft_body.rowid, {score} AS score "
            f"FROM ft_body CROSS JOIN saved ON saved.id = ft_body.rowid "
            f"WHERE ft_body MATCH ? AND at >= ? AND at < ? ORDER BY {order}"
        )
        span = (start if start is not None else -(2**62), stop if stop is not None else 2**62)
        return [(row[0], row[1]) for row in self._rows(sql, (match, *span))]

    def count(self, match: str, table: str = "ft_body") -> int:
        """How many."""
        return int(self._rows(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (match,))[0][0])

    def saved(self, start: int | None, stop: int | None) -> set[int]:
        """Ids saved in that span."""
        span = (start if start is not None else -(2**62), stop if stop is not None else 2**62)
        return {row[0] for row in self._rows("SELECT id FROM saved WHERE at >= ? AND at < ?", span)}

    def state(self, name: str) -> str:
        """A word kept beside the index; empty when there is none."""
        found = self._rows("SELECT value FROM state WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    def words(self) -> list[tuple[str, int]]:
        """(folded word, number of sources) for words of three sources and more."""
        return [(row[0], row[1]) for row in self._rows("SELECT term, number FROM word", ())]

    def numbers(self, words: Sequence[str]) -> dict[str, int]:
        """In how many sources each of these folded words stands; only those of three and more."""
        signs = ", ".join("?" * len(words))
        sql = f"SELECT term, number FROM word WHERE term IN ({signs})"
        return {row[0]: row[1] for row in self._rows(sql, tuple(words))}

    def size(self) -> int:
        """How many sources are in it."""
        return int(self._rows("SELECT count(*) FROM saved", ())[0][0])

    def interrupt(self) -> None:
        """Stop the question that is running, from any thread: it raises `Overtaken`."""
        if not self._is_closed:
            self._db.interrupt()

    def close(self) -> None:
        """Close; twice is harmless."""
        self._is_closed = True
        with self._turn:
            self._db.close()

    def _rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._turn:
            try:
                return list(self._db.execute(sql, values))
            except (apsw.InterruptError, apsw.ConnectionClosedError) as error:
                raise Overtaken from error
            except apsw.SQLError as error:
                if "vtable constructor failed" in str(error):  # interrupted while a table was being opened
                    raise Overtaken from error
                raise
