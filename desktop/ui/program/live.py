"""The window kept true: the spool is emptied as it fills, the host's snapshot follows, others' commits are
seen.

The surprising fact: the folder's watcher is only the quick way. A slow poll looks as well, since watchers
fail silently on network folders and when the system has no more of them.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from desktop.errors import UserFixable
from desktop.languages import tr, trn, writing
from desktop.library import deletion, lists, snapshot
from desktop.library.opening import Library
from desktop.paths import Paths
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui.desk import Desk, Trouble
from native_host.durable import make_private
from native_host.spool import Spool

if TYPE_CHECKING:
    from desktop.capture.collect import Collected
    from desktop.capture.station import Station

SETTLE_MS: Final = 60
POLL_MS: Final = 5000
COMMITS_MS: Final = 1000
SNAPSHOT_MS: Final = 1000
IN_SNAPSHOT: Final = frozenset({Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL})

NEVER: Final = -1
"""No number of a change: the snapshot is older than this library."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class Live(QObject):
    """Started once the library is open; `close` before the library closes."""

    told = Signal(object)
    """`Changes` from the collecting thread; Qt carries it to the GUI thread."""
    collected = Signal(object)
    """`Collected`, after each look into the spool."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._library: Library | None = None
        self._station: Station | None = None
        self._collecting = ThreadPoolExecutor(1, "kithbook-collect")
        self._completing = ThreadPoolExecutor(1, "kithbook-complete")
        self._is_looking = self._is_look_wanted = False
        self._is_filling = self._is_fill_wanted = False
        self._is_closed = False
        self._seen = 0
        self._exported = NEVER
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_folder_changed)
        self._settle = self._timer(SETTLE_MS, self.look, is_single=True)
        self._poll = self._timer(POLL_MS, self._on_poll)
        self._commits = self._timer(COMMITS_MS, self._on_commits)
        self._snapshot = self._timer(SNAPSHOT_MS, self._on_snapshot_due, is_single=True)
        self.told.connect(desk.announce)
        desk.changed.connect(self._on_changed)
        desk.tasks.at_end(self._export_at_end)

    def _timer(self, ms: int, then: Callable[[], None], is_single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(is_single)
        timer.setInterval(ms)
        timer.timeout.connect(then)
        return timer

    def start(self, library: Library) -> None:
        """Begin: a library that can be written collects; any library notices what others commit."""
        self._library = library
        self._exported = NEVER
        if library.writer is None:
            self._seen = lists.last_change(library.reader)
            self._commits.start()
            return
        folder = self._desk.paths.spool
        try:
            make_private(folder)
            self._watcher.addPath(str(folder))
        except OSError as error:
            log.warning("The spool is not watched: %s", error)
        self._poll.start()
        now = time.time_ns() // 1_000_000
        self._desk.tasks.run("empty old trash", deletion.empty_old_trash, now, can_undo=False)
        self._snapshot.start()
        self.look()

    def poke(self) -> None:
        """Somebody says that the spool has something."""
        self._settle.start()

    def look(self) -> None:
        """Empty the spool, in the background; asked for meanwhile, once more afterwards."""
        self._is_look_wanted = True
        if not self._is_looking and self._may_collect():
            self._is_looking = True
            self._desk.tasks.start(self._look())

    def _may_collect(self) -> bool:
        return not self._is_closed and self._library is not None and self._library.writer is not None

    async def pause(self) -> None:
        """The library closes for a while; `start` goes on."""
        self._library = None
        await self._rest()

    def _stop(self) -> None:
        for timer in (self._settle, self._poll, self._commits, self._snapshot):
            timer.stop()
        folders = self._watcher.directories()
        if folders:
            self._watcher.removePaths(folders)
        if self._station is not None:
            self._station.stop()

    async def close(self) -> None:
        """Stop after the present page; nothing that was acknowledged is lost."""
        self._is_closed = True
        await self._rest()
        self._completing.shutdown()
        self._collecting.shutdown()

    async def _rest(self) -> None:
        """Until both threads have nothing more to do; then the worker ends."""
        self._stop()
        await self._on(self._completing, _nothing)
        await self._on(self._collecting, self._close_station)

    async def _on(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, work)

    def _close_station(self) -> None:
        if self._station is not None:
            self._station.close()
            self._station = None

    async def _look(self) -> None:
        try:
            while self._is_look_wanted and self._may_collect():
                self._is_look_wanted = False
                found = await self._on(self._collecting, self._collect)
                if found is not None:
                    self.collected.emit(found)
                    self._say(found)
                    self._fill_up()
        except Exception as error:
            self._on_fault(error)
        finally:
            self._is_looking = False

    def _fill_up(self) -> None:
        """Fetch what is missing, beside the collecting: the next page is seen before these pictures."""
        self._is_fill_wanted = True
        if not self._is_filling:
            self._is_filling = True
            self._desk.tasks.start(self._fill())

    async def _fill(self) -> None:
        try:
            while self._is_fill_wanted and self._may_collect():
                self._is_fill_wanted = False
                await self._on(self._completing, self._complete)
        except Exception as error:
            self._on_fault(error)
        finally:
            self._is_filling = False

    def _on_fault(self, error: Exception) -> None:
        if self._is_closed:
            return
        if isinstance(error, UserFixable):
            self._on_trouble(error)
        else:
            self._desk.tasks.report(error)

    def _collect(self) -> "Collected | None":
        # Imported here, on the collecting thread: the extraction's libraries are large, and the window
        # is drawn long before it needs them.
        from desktop.capture.station import Station
        from desktop.learning import page_tools

        library = self._library
        if library is None:
            return None
        if self._station is None:
            self._station = Station(library, self._desk.settings, take_tool=page_tools.receive)
            self._station.warm()
        return self._station.collect(self.told.emit)

    def _complete(self) -> None:
        station = self._station
        if station is not None and self._may_collect():
            station.complete(self.told.emit)

    def _say(self, found: "Collected") -> None:
        self._desk.heal("spool")
        for sentence in found.set_aside:
            self._desk.trouble(Trouble(sentence, tr("It is kept in the spool's folder “damaged”."), "warn"))

    def _on_trouble(self, error: UserFixable) -> None:
        waiting = len(Spool(self._desk.paths.spool).names())
        safe = trn(
            "Nothing is lost: one page is waiting.", "Nothing is lost: {n} pages are waiting.", waiting
        ).format(n=writing.number(waiting))
        safe = f"{safe} {error.action}".strip()
        self._desk.trouble(Trouble(str(error), safe, "bad", ((tr("Try again"), self.look),), "spool"))

    def _on_folder_changed(self, _path: str) -> None:
        self._settle.start()

    def _on_poll(self) -> None:
        if Spool(self._desk.paths.spool).names():
            self.look()

    def _on_changed(self, changes: Changes) -> None:
        if self._may_collect() and changes.nouns & IN_SNAPSHOT and not self._snapshot.isActive():
            self._snapshot.start()

    def _on_snapshot_due(self) -> None:
        if self._library is not None:
            self._desk.tasks.start(self._export(self._library))

    async def _export(self, library: Library) -> None:
        seen = lists.last_change(library.reader)
        if await self._desk.tasks.read(_exported, self._desk.paths) and self._library is library:
            self._exported = seen

    def _export_at_end(self) -> None:
        """What was committed since the last snapshot must be in it: the host may be asked while nobody is
        there to tell it.
        """
        library = self._library
        if library is None or library.writer is None or lists.last_change(library.reader) == self._exported:
            return
        try:
            snapshot.export(library.reader, self._desk.paths)
        except UserFixable as error:
            log.warning("The host was not told of the last changes: %s", error)

    def _on_commits(self) -> None:
        if self._library is None:
            return
        seen = lists.last_change(self._library.reader)
        if seen == self._seen:
            return
        self._seen = seen
        self._desk.announce(Changes(frozenset(Noun)))


def _exported(reader: Reader, paths: Paths) -> bool:
    snapshot.export(reader, paths)
    return True


def _nothing() -> None:
    """What a thread does last: whoever waits for it has waited for all before."""
