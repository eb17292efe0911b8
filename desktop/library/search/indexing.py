"""The index follows the library: on a thread and a connection of its own, by the outbox.

Surprising: whoever asks a question takes over the last few changes itself if it comes first; the thread is
for all the rest. And nothing is deleted from the outbox to mark it as done: the index remembers the last
number it took over, in the very transaction that took it over, so neither can be ahead of the other; what is
done is cleared away now and then, once the index is on the disk.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import apsw

from desktop.errors import KithbookError
from desktop.languages import tr
from desktop.library.search import indexed
from desktop.library.search.values import Progress
from desktop.store import index as index_file
from desktop.store.index import Index
from desktop.store.reader import Reader
from desktop.store.writer import Writer

if TYPE_CHECKING:
    from sqlmodel import Session

BATCH = 200
"""Sources in one transaction."""
_QUIET = 2.0
"""Seconds without a change after which the index tidies itself."""
_BETWEEN = 0.02
"""Seconds between two steps of tidying, each of which takes about as long."""
_PAUSE = 30.0
"""Seconds to the next attempt after a failing disk."""
_CLEAR_AT = 1000
"""Rows of the outbox that are worth clearing away."""

log = logging.getLogger(__name__)


class Follower:
    """Owns the index's writing connection. On its thread it calls ``renewed`` when the file is another one,
    and ``idle`` when everything is done."""

    def __init__(
        self, reader: Reader, writer: Writer, renewed: Callable[[], None], idle: Callable[[], None]
    ) -> None:
        """Start following. Nothing is waited for."""
        self._reader, self._writer, self._renewed, self._idle = reader, writer, renewed, idle
        self._path = writer.paths.index
        self._index: Index | None = None
        self._wake = threading.Event()
        self._resting = threading.Event()
        self._settled = threading.Event()
        self._is_hurried = False
        self._state = threading.Condition()
        self._turn = threading.Lock()
        """Whoever holds it may use the index's connection."""
        self._is_closed = False
        self._is_unwanted = False
        self._is_building = False
        self._done = -1
        self._sources = (0, 0)
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, name="index", daemon=True)
        writer.committed = self.wake
        self._thread.start()

    @property
    def done(self) -> int:
        """The outbox's last number that is in the index; -1 while the index is being built."""
        return self._done

    @property
    def trouble(self) -> str:
        """A sentence when the index cannot be written; else empty."""
        return self._trouble

    def wake(self) -> None:
        """Something was committed."""
        self._wake.set()

    def progress(self) -> Progress:
        """How far it is."""
        return Progress(*self._sources, self._is_building)

    def rebuild(self) -> None:
        """Throw the index away and build it anew."""
        self._is_unwanted = True
        self._wake.set()

    def wait(self, number: int, seconds: float) -> bool:
        """Wait until the index has taken over that number of the outbox, and lend a hand meanwhile."""
        self._wake.set()
        self._help(number, seconds)
        with self._state:
            return self._state.wait_for(lambda: self._done >= number or self._is_closed, seconds)

    def settle(self, seconds: float) -> bool:
        """Wait until the index is as it is after a pause: caught up, and merged into one."""
        self._is_hurried = True
        self._settled.clear()
        self._wake.set()
        try:
            return self._settled.wait(seconds)
        finally:
            self._is_hurried = False

    def close(self) -> None:
        """Stop after the batch under way. Twice is harmless."""
        self._is_closed = True
        self._wake.set()
        self._resting.set()
        self._writer.committed = None
        self._thread.join()

    def _help(self, number: int, seconds: float) -> None:
        """Take changes over on the caller's thread: on a busy machine the other one may get its turn late, or
        be at something that takes long. What fails here is left to it."""
        if self._is_helpless() or not self._turn.acquire(timeout=seconds):
            return
        try:
            while self._done < number and not self._is_helpless():
                assert self._index is not None
                if not self._catch_up(self._index):
                    break
        except (*index_file.Broken, apsw.Error, OSError, KithbookError) as error:
            log.info("The search index's own thread has to see to this: %s", error)
        finally:
            self._turn.release()

    def _is_helpless(self) -> bool:
        """While it is built, repaired or closed, the index is its own thread's alone."""
        return self._index is None or self._done < 0 or self._must_stop() or bool(self._trouble)

    # ── on the thread ───────────────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        while not self._is_closed:
            try:
                self._follow()
            except index_file.Broken as error:
                log.warning("The search index is built anew: %s", error)
                if self._is_unwanted:  # the new one does not work either
                    self._rest()
                self._is_unwanted = True
            except (apsw.Error, OSError, KithbookError) as error:
                log.warning("The search index could not be written: %s", error)
                self._trouble = tr("The disk refuses to write the search index, so new pages may be missing.")
                self._rest()
            except Exception:
                log.exception("The search index could not be brought up to date")
                self._rest()
        with self._turn:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _must_stop(self) -> bool:
        return self._is_closed or self._is_unwanted

    def _rest(self) -> None:
        """Before another attempt. A close ends it."""
        self._resting.wait(_PAUSE)

    def _follow(self) -> None:
        """Until closed, or until the index has to be built anew."""
        with self._turn:
            index = self._opened()
            if index.state("complete") != "yes":
                self._build(index)
            self._tell(int(index.state("done") or 0))
        pause: float | None = _QUIET
        self._trouble = ""
        while not self._must_stop():
            self._wake.clear()
            with self._turn:
                is_behind = self._catch_up(index)
            if is_behind:
                pause = _QUIET
            elif self._must_stop():  # asked for just before the clearing
                break
            elif self._wake.wait(pause):  # who asked may have taken it over already
                pause = _QUIET
            else:
                pause = None if self._tidy(index) else 0.0 if self._is_hurried else _BETWEEN

    def _opened(self) -> Index:
        """The index that belongs to this library. One that does not is thrown away."""
        if self._index is None and not self._is_unwanted:
            self._index = Index(self._path)
        if self._index is None or self._is_unwanted or not self._is_ours(self._index):
            self._tell(-1)
            if self._index is not None:
                self._index.close()
                self._index = None
            index_file.remove(self._path)
            self._index = Index(self._path)
            self._index.set_state("generation", self._kept("generation"))
            self._index.set_state("done", str(self._last()))
            self._is_unwanted = False
        self._renewed()
        return self._index

    def _is_ours(self, index: Index) -> bool:
        done = int(index.state("done") or -1)
        cleared = int(self._kept("outbox_cleared") or 0)
        return (
            index.state("format") == index_file.FORMAT
            and index.state("generation") == self._kept("generation")
            and cleared <= done <= max(self._last(), cleared)
        )

    def _kept(self, name: str) -> str:
        found = self._reader.row("SELECT value FROM library_state WHERE name = ?", (name,))
        return str(found[0]) if found else ""

    def _last(self) -> int:
        """The outbox's last number ever given."""
        found = self._reader.row("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
        return int(found[0]) if found else 0

    def _build(self, index: Index) -> None:
        """All sources, in order of id; a build that was cut short goes on where it was."""
        self._is_building = True
        (total,) = self._reader.rows("SELECT count(*) FROM source")[0]
        built = int(index.state("built") or 0)
        self._sources = (index.size(), total)
        while not self._must_stop():
            ids = self._ids("SELECT id FROM source WHERE id > ? ORDER BY id LIMIT ?", built, BATCH)
            if not ids:
                break
            built = ids[-1]
            index.put(indexed.rows(self._reader, ids), state=[("built", str(built))], is_new=True)
            self._sources = (self._sources[0] + len(ids), total)
        else:
            return
        notes = self._ids("SELECT id FROM note")
        index.put_notes(indexed.notes(self._reader, notes))
        index.merge_all()
        index.keep_words()
        index.set_state("complete", "yes")
        index.sync()
        self._is_building = False

    def _catch_up(self, index: Index) -> bool:
        """One batch of the outbox; False when there is none."""
        waiting = self._reader.rows(
            "SELECT id, kind, ref_id, source_id FROM outbox WHERE id > ? ORDER BY id LIMIT ?",
            (self._done, BATCH * 4),
        )
        if not waiting:
            self._sources = (self._sources[1], self._sources[1])
            return False
        sources = list(dict.fromkeys(row[3] for row in waiting if row[3] is not None))[:BATCH]
        last = _last_of(waiting, sources)
        taken = [row for row in waiting if row[0] <= last]
        rows = list(indexed.rows(self._reader, sources))
        self._renamed(index, [row[2] for row in taken if row[1] == "tag"])
        self._notes(index, [row[2] for row in taken if row[1] == "note"])
        index.put(rows, set(sources) - {row.id for row in rows}, [("done", str(last))])
        self._tell(last)
        return True

    def _notes(self, index: Index, ids: Sequence[int]) -> None:
        if ids:
            notes = list(indexed.notes(self._reader, list(dict.fromkeys(ids))))
            index.put_notes(notes, set(ids) - {note.id for note in notes})

    def _renamed(self, index: Index, tags: Sequence[int]) -> None:
        """The names of tags stand in the small table alone."""
        for tag_id in dict.fromkeys(tags):
            bearing = self._ids(
                "SELECT source_id FROM source_tag WHERE tag_id = ? UNION SELECT source_id FROM annotation "
                "JOIN annotation_tag ON annotation_id = annotation.id WHERE tag_id = ?",
                tag_id,
                tag_id,
            )
            for at in range(0, len(bearing), BATCH):
                if self._is_closed:
                    return
                index.put_meta(indexed.rows(self._reader, bearing[at : at + BATCH]))

    def _tidy(self, index: Index) -> bool:
        """One step of what can wait; True when nothing is left."""
        with self._turn:
            if index.tidy():
                return False
            is_counted = abs(index.size() - int(index.state("words_of") or 0)) <= 50 + index.size() // 20
            if not is_counted:
                index.keep_words()
            index.checkpoint()
        if not is_counted:
            self._renewed()
        (waiting,) = self._reader.rows("SELECT count(*) FROM outbox WHERE id <= ?", (self._done,))[0]
        if waiting >= _CLEAR_AT:
            with self._turn:
                index.sync()  # first: what is cleared away must be on the disk
                done = self._done
            clear(self._writer, done)
        self._settled.set()
        self._idle()
        return True

    def _ids(self, sql: str, *values: int) -> list[int]:
        return [row[0] for row in self._reader.rows(sql, values)]

    def _tell(self, done: int) -> None:
        with self._state:
            self._done = done
            self._state.notify_all()


def clear(writer: Writer, done: int) -> None:
    """Clear the outbox up to a number that is in the index for good."""
    from desktop.store.sessions import plain  # sqlmodel comes with it, and the first paint need not wait

    def command(session: "Session") -> None:
        connection = plain(session)
        connection.execute("DELETE FROM outbox WHERE id <= ?", (done,))
        connection.execute("INSERT OR REPLACE INTO library_state VALUES ('outbox_cleared', ?)", (str(done),))

    writer.run(command)


def _last_of(waiting: Sequence[tuple[int, str, int, int | None]], sources: Sequence[int]) -> int:
    """The last number before a source that does not fit into this batch."""
    taken = set(sources)
    last = waiting[0][0]
    for number, _, _, source_id in waiting:
        if source_id is not None and source_id not in taken:
            break
        last = number
    return last
