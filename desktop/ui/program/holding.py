"""Who holds the library open for the window: opens it, closes it, puts another in its place, opens it again.

The surprising fact: a restore or an import needs the library closed, and the window stays. Everything that
reads or writes comes to rest first (`Tasks.drain`), so that no act is lost and nobody reads in a file that
goes; every view is told afterwards that everything may have changed.
"""

from PySide6.QtCore import QObject, Signal

from desktop.errors import LibraryBusy, UserFixable
from desktop.languages import mark, tr
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.store.changes import Changes, Noun
from desktop.ui.desk import Desk, Trouble
from desktop.ui.program.folder_timer import FolderTimer
from desktop.ui.program.live import Live
from desktop.ui.program.upkeep_timer import UpkeepTimer
from desktop.ui.ways import posting
from desktop.ui.window import MainWindow
from desktop.ui.works import Replacing
from native_host.durable import make_private

BUSY = mark("Another Kithbook is using this library.")


class Holding(QObject):
    """One per window; the library it opened is closed by whoever ends the program."""

    opened = Signal(object)
    """A `Library`, each time one has been opened."""

    def __init__(self, desk: Desk, window: MainWindow, live: Live) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._live = live
        self._is_busy = False
        self.library: Library | None = None
        self._upkeep = UpkeepTimer(desk, self)
        self._folder = FolderTimer(desk, self)
        self._posting = posting.of(desk)
        desk.view_asked.connect(self._on_view_asked)
        desk.replace_asked.connect(self._on_replace_asked)

    async def open(self) -> None:
        """Open for writing; if another process writes, for reading; else say why not."""
        try:
            library = await self._desk.tasks.attempt(_opened, self._desk.paths)
        except UserFixable as error:
            self._say_closed(error)
            return
        except Exception as error:
            self._desk.tasks.report(error)
            return
        self.take(library)

    def take(self, library: Library) -> None:
        """Show this library, which is open, from now on."""
        self.library = library
        self._desk.open_library(library)
        self._desk.heal("library")
        if library.writer is None:
            is_busy = library.notice == BUSY
            retry = ((tr("Try again"), self.reopen),) if is_busy else ()
            safe = tr("Everything can be read; nothing can be changed here.") if retry else ""
            notice = tr(BUSY) if is_busy else library.notice
            self._desk.trouble(Trouble(notice, safe, "warn", retry, "library"))
        self._window.begin()
        self._live.start(library)
        self._upkeep.start(library)
        self._posting.start(library)
        self._folder.start(library)
        self.opened.emit(library)

    async def close(self) -> None:
        """Close it; the window shows nothing of it any more."""
        before, self.library = self.library or self._desk.reader, None
        if before is None:
            return
        await self._upkeep.stop()
        await self._live.pause()
        await self._desk.tasks.drain()
        self._desk.library = self._desk.reader = None
        self._window.list.model.use(None)
        await self._desk.searching.end()
        await self._desk.tasks.attempt(before.close)

    def reopen(self) -> None:
        """Try again, for instance when another Kithbook has ended."""
        if not self._is_busy:
            self._is_busy = True
            self._desk.tasks.start(self._reopen())

    async def _reopen(self) -> None:
        try:
            await self.close()
            await self.open()
        finally:
            self._is_busy = False

    def _on_view_asked(self, name: str) -> None:
        if name == "reopen":
            self.reopen()

    def _on_replace_asked(self, wanted: Replacing) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._desk.tasks.start(self._replace(wanted))

    async def _replace(self, wanted: Replacing) -> None:
        try:
            await self.close()
            result = await self._desk.works.do(wanted.label, wanted.run, can_stop=wanted.can_stop)
            await self.open()
        finally:
            self._is_busy = False
        self._desk.announce(Changes(frozenset(Noun)))
        if result is not None:
            wanted.done(result)

    def _say_closed(self, error: UserFixable) -> None:
        again = ((tr("Try again"), self.reopen),)
        self._desk.trouble(Trouble(str(error), error.action, "bad", again, "library"))
        self._window.list.show_closed(str(error), error.action)


def _opened(paths: Paths) -> Library:
    make_private(paths.home)
    try:
        return open_library(paths, write=True)
    except LibraryBusy:
        library = open_library(paths, write=False)
        library.notice = BUSY
        return library
