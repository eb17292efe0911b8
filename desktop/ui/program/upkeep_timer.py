"""What a library needs once a day, done while the window is open: a while after the start, then by the hour.

Surprising: by the hour, because a window may stay open for weeks; on all but one of a day's hours there is
nothing to do.
"""

import asyncio

from PySide6.QtCore import QObject, QTimer

from desktop.library.opening import Library
from desktop.store.changes import Changes
from desktop.ui.desk import Desk

FIRST_MS, NEXT_MS = 20_000, 3_600_000


class UpkeepTimer(QObject):
    """Runs `library.upkeep.keep_in_order`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._library: Library | None = None
        self._running: asyncio.Task[None] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.run)

    def start(self, library: Library) -> None:
        """Look after this library, if it can be written."""
        if library.writer is not None:
            self._library = library
            self._timer.start(FIRST_MS)

    async def stop(self) -> None:
        """Leave it alone; what is under way is waited for."""
        self._timer.stop()
        self._library = None
        if self._running is not None:
            await self._running

    def run(self) -> None:
        """Do now what is due."""
        self._timer.start(NEXT_MS)
        if self._running is None and self._library is not None:
            self._running = self._desk.tasks.start(self._run(self._library))

    async def _run(self, library: Library) -> None:
        try:
            changes = await self._desk.tasks.work(_keep_in_order, library)
            if changes:
                self._desk.announce(changes)
        finally:
            self._running = None


def _keep_in_order(library: Library) -> Changes:
    from desktop.library import upkeep  # brings sqlmodel; the first paint is long past, the import is not

    return upkeep.keep_in_order(library)
