"""Search: a question in, ids, passages and plain sentences out.

Surprising: an answer is true at once, although the index follows the library: what has not arrived in the
index yet is checked against the library itself.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import apsw

from desktop.languages import tr
from desktop.library.opening import Library
from desktop.library.search import completing, hits, similar
from desktop.library.search.answering import Answers, Waiting
from desktop.library.search.asking import Asking
from desktop.library.search.indexing import Follower
from desktop.library.search.resolving import Resolver
from desktop.library.search.spelling import Spelling
from desktop.library.search.values import Completion, Found, Hit, Kind, Mode, Progress, Said, Similar
from desktop.library.values import View
from desktop.store import query
from desktop.store.index import FORMAT
from desktop.store.index_reading import IndexReader, Overtaken
from desktop.store.query import Query

_FEW = 40
"""Changes that a question rather waits for than checks one by one."""
_PATIENCE = 5.0
"""Seconds, should the machine be busy; it takes milliseconds."""
_ATTEMPTS = 10

T = TypeVar("T")

log = logging.getLogger(__name__)


class Searcher:
    """One per open library, usable from any thread; close it before the library.

    With a library that can be written it also keeps the index: a thread of its own follows every commit,
    builds what is missing and repairs what is broken. Nothing blocks while it does.
    """

    def __init__(self, library: Library) -> None:
        """Opens the index at once; a missing one is built in the background."""
        self._library = library
        self._reader = library.reader
        self._guard = threading.Lock()
        self._index: IndexReader | None = None
        self._is_closed = False
        self._tickets: Counter[str] = Counter()
        self._active: Counter[str] = Counter()
        self._answers = Answers(library.reader)
        self._resolver = Resolver(library.reader)
        self._spelling = Spelling(self._words)
        self._follower: Follower | None = None
        if library.writer is not None:
            self._follower = Follower(library.reader, library.writer, self._renew, self.warm)

    def search(
        self,
        text: str,
        *,
        limit: int = 50,
        view: View | None = None,
        mode: Mode = Mode.RANKED,
        passages: int = 0,
        channel: str = "",
    ) -> Found:
        """Answer ``text``. Blocks a few milliseconds: call it off the GUI thread.

        ``limit``: most ids given back, 0 for all. ``view``: only what that list shows (state, tag, goal);
        None: everything but Trash. ``passages``: for how many of the first ids a `Hit` is made. A later call
        on the same ``channel`` (a field of the window) overtakes one that is still running, which then comes
        back with ``is_overtaken``. Never raises for what was typed: ``said`` has a sentence.
        """
        ticket = self._take_turn(channel)
        asked = query.parse(text)
        try:
            while True:
                try:
                    return self._found(asked, limit if limit > 0 else -1, view, mode, passages)
                except Overtaken:
                    if self._tickets[channel] != ticket:
                        return Found(text, is_overtaken=True)
        except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as error:
            log.warning("The search index cannot be read: %s", error)
            self.rebuild()
            return Found(text, is_exact=False, said=self._shortcomings(None))
        finally:
            self._active[channel] -= 1

    def hits(self, found: Found, ids: Sequence[int]) -> list[Hit]:
        """Rows with passages for some of the ids of ``found``, in the order given."""
        return hits.of_sources(self._reader, ids, query.parse(found.query).node)

    def count(self, text: str) -> int:
        """How many sources a question finds, exactly: for saved searches in the sidebar."""
        asked = self._resolver.resolve(query.parse(text).node, None, with_tag_names=True)

        def work(index: IndexReader) -> int:
            return self._answers.count(index, asked, self._waiting(index))

        return self._retried(work, 0)

    def complete(self, text: str, cursor: int, limit: int = 8) -> list[Completion]:
        """Ways to go on at the cursor: operators, own tags, goals, sites, authors, dates."""
        return completing.complete(self._reader, text, cursor, limit)

    def similar(self, source_id: int, limit: int = 8) -> list[Similar]:
        """Other sources that share its rare words, tags and goals; best first. Offline."""
        return self._retried(lambda index: similar.find(self._reader, index, source_id, limit), [])

    def progress(self) -> Progress:
        """How far the index is."""
        if self._follower is not None:
            return self._follower.progress()
        (total,) = self._reader.rows("SELECT count(*) FROM source")[0]
        return Progress(self._retried(lambda index: index.size(), 0), total)

    @property
    def keeps_index(self) -> bool:
        """Whether this process brings the index up to date; else another one does, or nobody."""
        return self._follower is not None

    def is_current(self) -> bool:
        """Whether the index is complete and knows every commit."""

        def work(index: IndexReader) -> bool:
            return index.state("complete") == "yes" and not self._is_behind(index)

        return self._retried(work, False)

    def rebuild(self) -> None:
        """Throw the index away and build it anew, in the background; `progress` tells."""
        if self._follower is not None:
            self._follower.rebuild()

    def wait(self, seconds: float = 30.0) -> bool:
        """Wait until the index has caught up; False when it has not by then."""
        if self._follower is not None:
            return self._follower.wait(self._last(), seconds)
        until = time.monotonic() + seconds
        while not self.is_current() and time.monotonic() < until:
            time.sleep(0.02)
        return self.is_current()

    def settle(self, seconds: float) -> bool:
        """Wait until the index is as a person finds it after a pause; False when it is not by then."""
        return self.wait(seconds) and (self._follower is None or self._follower.settle(seconds))

    def warm(self) -> None:
        """Load what the first slip of a finger needs. The index's own thread does it when it is idle."""
        self._spelling.warm()

    def close(self) -> None:
        """Stop following; what is not in the index yet goes in next time. Twice is harmless."""
        if self._follower is not None:
            self._follower.close()
        with self._guard:
            self._is_closed = True
            if self._index is not None:
                self._index.close()
                self._index = None

    # ── the index ───────────────────────────────────────────────────────────────────────────────────────

    def _opened(self) -> IndexReader | None:
        """The index, if there is one that belongs to this library."""
        with self._guard:
            if self._index is None and not self._is_closed:
                self._index = self._open()
            return self._index

    def _retried(self, work: Callable[[IndexReader], T], otherwise: T) -> T:
        """Ask, and ask again when another question got in the way or the index was replaced."""
        for _ in range(_ATTEMPTS):
            index = self._opened()
            if index is None:
                break
            try:
                return work(index)
            except Overtaken:
                continue
            except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as error:
                log.warning("The search index cannot be read: %s", error)
                self.rebuild()
                break
        return otherwise

    def _open(self) -> IndexReader | None:
        try:
            index = IndexReader(self._library.paths.index)
        except (apsw.Error, OSError):
            return None
        try:
            generation = self._reader.rows("SELECT value FROM library_state WHERE name = 'generation'")[0][0]
            if index.state("format") == FORMAT and index.state("generation") == generation:
                return index
        except (apsw.Error, IndexError):
            pass
        index.close()
        return None

    def _renew(self) -> None:
        """The file was replaced or its words were counted anew."""
        with self._guard:
            if self._index is not None:
                self._index.close()
                self._index = None
        self._spelling.forget()

    def _words(self) -> list[tuple[str, int]]:
        return self._retried(lambda index: index.words(), [])

    def _last(self) -> int:
        found = self._reader.row("SELECT max(id) FROM outbox")
        return int(found[0] or 0) if found else 0

    def _waiting(self, index: IndexReader) -> Waiting:
        """What the index does not know yet; a few changes are waited for."""
        found = self._behind(index)
        if 0 < len(found.ids) <= _FEW and self._follower is not None and self._follower.done >= 0:
            self._follower.wait(found.last, _PATIENCE)
            found = self._behind(index)
        return found

    def _behind(self, index: IndexReader) -> Waiting:
        done = int(index.state("done") or 0)
        last = self._last()
        if last <= done:
            return Waiting()
        rows = self._reader.rows(
            "SELECT DISTINCT source_id FROM outbox WHERE id > ? AND source_id IS NOT NULL", (done,)
        )
        return Waiting(frozenset(row[0] for row in rows), last)

    # ── one question ────────────────────────────────────────────────────────────────────────────────────

    def _take_turn(self, channel: str) -> int:
        """A question that runs on the same channel is stopped; one of another channel that is stopped by
        mistake is asked again."""
        with self._guard:
            if self._active[channel] and self._index is not None:
                self._index.interrupt()
            self._active[channel] += 1
            self._tickets[channel] += 1
            return self._tickets[channel]

    def _found(self, asked: Query, limit: int, view: View | None, mode: Mode, passages: int) -> Found:
        index = self._opened()
        if index is None:
            return Found(asked.text, is_exact=False, said=self._shortcomings(None))
        waiting = self._waiting(index)
        asking = Asking(self._reader, index, self._answers, self._resolver, self._spelling, waiting)
        found = asking.ask(asked, limit, view, mode)
        missing = self._shortcomings(index)
        if missing:
            found = replace(found, is_exact=False, said=(*found.said, *missing))
        if passages:
            node = query.parse(found.query).node
            own = hits.of_notes(self._reader, found.note_ids[:passages], node)
            found = replace(found, hits=(*own, *hits.of_sources(self._reader, found.ids[:passages], node)))
        return found

    def _is_behind(self, index: IndexReader) -> bool:
        return self._last() > int(index.state("done") or 0)

    def _shortcomings(self, index: IndexReader | None) -> tuple[Said, ...]:
        """What may be missing from an answer, said openly."""
        trouble = self._follower.trouble if self._follower is not None else ""
        if trouble:
            return (Said(Kind.CATCHING_UP, trouble),)
        if index is not None and index.state("complete") == "yes":
            return ()
        so_far = self.progress()
        text = tr("The search index is being built; more will be found soon.")
        if 0 < so_far.done < so_far.total:
            text = tr("The search index is being built ({percent} %); more will be found soon.").format(
                percent=100 * so_far.done // so_far.total
            )
        if self._follower is None:
            return (
                Said(Kind.CATCHING_UP, tr("The search index is not there yet. Open Kithbook to build it.")),
            )
        return (Said(Kind.CATCHING_UP, text),)
