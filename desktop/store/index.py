"""The search index: one SQLite file by apsw, rebuildable at any time.

Surprising: it holds no text, only where each word stands. apsw brings its own SQLite (deleting from a table
without content, no WAL-reset bug), and the two SQLite libraries never open the same file: the library is read
by `reader.Reader` alone, and this file by this module and `index_reading` alone.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw

from desktop.text.folding import indexable
from native_host.durable import make_private

FORMAT = "2"
"""Another number is another layout: the file is built anew."""

Broken = (apsw.CorruptError, apsw.NotADBError, apsw.SQLError)
"""What a damaged or foreign file says when it is opened or written."""

_TOKENS = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\""
_BARE = "content='', contentless_delete=1"
_MERGE_PAGES = 125
_MOST_PARTS = 64
"""Changes that may come in a row before one of them has to wait until they are merged; `tidy` does it before,
when there is a pause."""
_SMALL = 100
"""Pages in other parts than the largest that never matter."""
_LONGEST_LOG = 8000
"""Pages of 4 KiB that may wait in the file beside the index while many changes come in."""

_SCHEMA = f"""
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE saved (id INTEGER PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE word (term TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE ft_meta USING fts5(title, tags, site, author, why, comment, person, quotes, keys,
    {_BARE}, prefix='1 2 3', {_TOKENS});
CREATE VIRTUAL TABLE ft_body USING fts5(title, body, comment, why, author, person, site, keys,
    {_BARE}, prefix='2 3 4', {_TOKENS});
CREATE VIRTUAL TABLE ft_note USING fts5(title, body, keys, {_BARE}, prefix='1 2 3', {_TOKENS});
CREATE VIRTUAL TABLE term USING fts5vocab('ft_body', 'row');
INSERT INTO ft_body (ft_body, rank) VALUES ('rank', 'bm25(8.0, 1.0, 4.0, 4.0, 2.0, 2.0, 2.0, 0.0)');
INSERT INTO ft_meta (ft_meta, rank) VALUES ('rank', 'bm25(8.0, 4.0, 2.0, 2.0, 4.0, 4.0, 2.0, 1.0, 0.0)');
INSERT INTO ft_note (ft_note, rank) VALUES ('rank', 'bm25(4.0, 1.0, 0.0)');
INSERT INTO ft_body (ft_body, rank) VALUES ('automerge', 0);
INSERT INTO ft_meta (ft_meta, rank) VALUES ('automerge', 0);
INSERT INTO ft_body (ft_body, rank) VALUES ('crisismerge', {_MOST_PARTS});
INSERT INTO ft_meta (ft_meta, rank) VALUES ('crisismerge', {_MOST_PARTS});
"""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One source, as it is found. Texts as they are; this module folds them."""

    id: int
    saved_at: int
    title: str
    body: str
    comment: str
    why: str
    author: str
    person: str
    site: str
    tags: str
    quotes: str
    keys: str
    """Key terms (`index_match.key`), blanks between."""


@dataclass(frozen=True, slots=True)
class IndexNote:
    """A note of the person's own."""

    id: int
    title: str
    body: str
    keys: str


class Index:
    """The connection that writes; used on one thread. Whoever makes one must hold the library lock."""

    def __init__(self, path: Path) -> None:
        """Open, and make if need be. Raises one of `Broken`, apsw.Error, OSError."""
        make_private(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._db = apsw.Connection(str(path))
        self._log_pages = 0
        try:
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -16000"):
                self._db.execute(f"PRAGMA {pragma}").fetchall()
            self._db.set_busy_timeout(10_000)
            self._db.set_wal_hook(self._logged)
            if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall():
                with self._db:
                    self._db.execute(_SCHEMA)
                    self.set_state("format", FORMAT)
        except BaseException:
            self._db.close()
            raise

    def state(self, name: str) -> str:
        """A word kept beside the index; empty when there is none."""
        found = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchall()
        return str(found[0][0]) if found else ""

    def set_state(self, name: str, value: str) -> None:
        """Keep a word."""
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def put(
        self,
        rows: Iterable[IndexRow],
        gone: Iterable[int] = (),
        state: Iterable[tuple[str, str]] = (),
        *,
        is_new: bool = False,
    ) -> None:
        """Take over rows, drop those that are gone, and keep words about it: one transaction.

        ``is_new``: the rows are not there yet (it saves looking).
        """
        kept = list(rows)
        with self._transaction():
            if not is_new:
                self._drop([*gone, *(row.id for row in kept)])
            self._db.executemany("INSERT INTO saved VALUES (?, ?)", [(row.id, row.saved_at) for row in kept])
            self._db.executemany(_TO_META, map(_meta, kept))
            self._db.executemany(_TO_BODY, map(_body, kept))
            for name, value in state:
                self.set_state(name, value)
        self._shorten()

    def put_meta(self, rows: Iterable[IndexRow]) -> None:
        """Take over what changes with the name of a tag; the large table knows tags by number."""
        with self._transaction():
            for row in rows:
                self._db.execute("DELETE FROM ft_meta WHERE rowid = ?", (row.id,))
                self._db.execute(_TO_META, _meta(row))
        self._shorten()

    def put_notes(self, notes: Iterable[IndexNote], gone: Iterable[int] = ()) -> None:
        """Take over notes."""
        kept = list(notes)
        with self._transaction():
            ids = [(one,) for one in (*gone, *(note.id for note in kept))]
            self._db.executemany("DELETE FROM ft_note WHERE rowid = ?", ids)
            self._db.executemany(
                "INSERT INTO ft_note (rowid, title, body, keys) VALUES (?, ?, ?, ?)",
                [(note.id, indexable(note.title), indexable(note.body), note.keys) for note in kept],
            )

    def tidy(self) -> bool:
        """One step of merging, a few milliseconds; False when nothing is left to merge."""
        before = self._db.total_changes()
        for table in ("ft_body", "ft_meta"):
            self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {_MERGE_PAGES})")
        self._shorten()
        # SQLite's manual: fewer than two changes mean that the merge had nothing to do.
        return self._db.total_changes() - before > 3 or self._unite()

    def merge_all(self) -> None:
        """After a build: `tidy` from now on merges everything into one, step by step.

        All at once (``optimize``) would be one transaction as large as the index.
        """
        for table in ("ft_body", "ft_meta"):
            self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {-_MERGE_PAGES})")

    def _unite(self) -> bool:
        """Begin to merge everything into one when much stands beside the largest part, as after a bulk edit:
        a common word in several large parts takes eight times as long. False when there is no need."""
        sizes = sorted(row[0] for row in self._db.execute("SELECT count(*) FROM ft_body_idx GROUP BY segid"))
        is_needed = len(sizes) > 1 and sum(sizes[:-1]) > max(sizes[-1] // 10, _SMALL)
        if is_needed:
            self.merge_all()
        return is_needed

    def keep_words(self) -> None:
        """Write down the words of three sources and more, for spelling and for what sources share."""
        with self._transaction():
            self._db.execute("DELETE FROM word")
            self._db.execute(
                "INSERT INTO word SELECT term, doc FROM term WHERE doc >= 3 "
                "AND length(term) BETWEEN 3 AND 30 AND term NOT GLOB '*[0-9]*' AND unicode(term) < 0xE000"
            )
            self.set_state("words_of", str(self.size()))

    def size(self) -> int:
        """How many sources are in it."""
        (number,) = self._db.execute("SELECT count(*) FROM saved").fetchall()[0]
        assert isinstance(number, int)
        return number

    def checkpoint(self) -> None:
        """Empty the file beside the index as far as its readers let it; this waits for the disk: 100 ms."""
        if self._log_pages:
            self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            self._log_pages = 0

    def sync(self) -> None:
        """Bring all that was put onto the disk."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close; twice is harmless."""
        self._db.close()

    def _logged(self, _: apsw.Connection, __: str, pages: int) -> int:
        """After each commit. In place of SQLite's own checkpoint, which lets a single change wait for it."""
        self._log_pages = pages
        return apsw.SQLITE_OK

    def _shorten(self) -> None:
        if self._log_pages > _LONGEST_LOG:
            self.checkpoint()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing. Not apsw's own ``with``: it keeps the interpreter while a commit waits for the
        disk, and the window stands still.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _drop(self, ids: Sequence[int]) -> None:
        for table, column in (("saved", "id"), ("ft_meta", "rowid"), ("ft_body", "rowid")):
            self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(one,) for one in ids])


def remove(path: Path) -> None:
    """Take the file and its companions away."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)


_TO_META = (
    "INSERT INTO ft_meta (rowid, title, tags, site, author, why, comment, person, quotes, keys) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_TO_BODY = (
    "INSERT INTO ft_body (rowid, title, body, comment, why, author, person, site, keys) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _meta(row: IndexRow) -> tuple[object, ...]:
    texts = (row.title, row.tags, row.site, row.author, row.why, row.comment, row.person, row.quotes)
    return (row.id, *map(indexable, texts), row.keys)


def _body(row: IndexRow) -> tuple[object, ...]:
    texts = (row.title, row.body, row.comment, row.why, row.author, row.person, row.site)
    return (row.id, *map(indexable, texts), row.keys)
