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
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from desktop.errors import UserFixable
from desktop.languages import tr, trn, writing
from desktop.library import lists, snapshot
from desktop.library.opening import Library
from desktop.store.changes import Changes, Noun
from desktop.ui import commands
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
EVERYTHING: Final = frozenset({Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL})

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
        self._pool = ThreadPoolExecutor(1, "kithbook-collect")
        self._is_looking = False
        self._is_wanted = False
        self._is_closed = False
        self._seen = 0
        self._exported = 0
        self._own = False
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
        self._seen = lists.last_change(library.reader)
        self._commits.start()
        if library.writer is None:
            return
        folder = self._desk.paths.spool
        try:
            make_private(folder)
            self._watcher.addPath(str(folder))
        except OSError as error:
            log.warning("The spool is not watched: %s", error)
        self._poll.start()
        now = time.time_ns() // 1_000_000
        self._desk.tasks.run("empty old trash", commands.empty_old_trash, now, can_undo=False)
        self._snapshot.start()
        self.look()

    def poke(self) -> None:
        """Somebody says that the spool has something."""
        self._settle.start()

    def look(self) -> None:
        """Empty the spool, in the background; asked for meanwhile, once more afterwards."""
        self._is_wanted = True
        if not self._is_looking and not self._is_closed and self._library and self._library.writer:
            self._desk.tasks.start(self._look())

    @property
    def is_looking(self) -> bool:
        """True while the spool is being emptied."""
        return self._is_looking

    async def pause(self) -> None:
        """The library closes for a while; `start` goes on."""
        self._stop()
        await asyncio.get_running_loop().run_in_executor(self._pool, self._close_station)
        self._library = None

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
        self._stop()
        await asyncio.get_running_loop().run_in_executor(self._pool, self._close_station)
        self._pool.shutdown()

    def _close_station(self) -> None:
        if self._station is not None:
            self._station.close()
            self._station = None

    async def _look(self) -> None:
        self._is_looking = True
        loop = asyncio.get_running_loop()
        try:
            while self._is_wanted and not self._is_closed:
                self._is_wanted = False
                found = await loop.run_in_executor(self._pool, self._collect)
                self.collected.emit(found)
                self._say(found)
                await loop.run_in_executor(self._pool, self._complete)
        except UserFixable as error:
            if not self._is_closed:
                self._on_trouble(error)
        except Exception as error:
            if not self._is_closed:
                self._desk.tasks.report(error)
        finally:
            self._is_looking = False

    def _collect(self) -> "Collected":
        # Imported here, on the collecting thread: the extraction's libraries are large, and the window
        # is drawn long before it needs them.
        from desktop.capture.station import Station
        from desktop.learning import page_tools

        assert self._library is not None
        if self._station is None:
            self._station = Station(self._library, self._desk.settings, take_tool=page_tools.receive)
            self._station.warm()
        return self._station.collect(self.told.emit)

    def _complete(self) -> None:
        if self._station is not None and not self._is_closed:
            self._station.complete(self.told.emit)

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
        self._own = True
        can_write = self._library is not None and self._library.writer is not None
        if can_write and changes.nouns & EVERYTHING and not self._snapshot.isActive() and not self._is_closed:
            self._snapshot.start()

    def _on_snapshot_due(self) -> None:
        if self._library is not None:
            self._exported = lists.last_change(self._library.reader)
        self._desk.tasks.read(snapshot.export, self._desk.paths)

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
        was_own, self._own = self._own, False
        if not was_own and self._library.writer is None:
            self._desk.announce(Changes(EVERYTHING))
