"""How a view reads what it shows: off the GUI thread, when it is seen, and anew when something changes.

The surprising fact: a view that nobody sees reads nothing; it is stale until it is shown. An answer that has
become stale while it was read is dropped, and the question is asked again.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.store.changes import Changes, Noun
from desktop.ui.desk import Desk

T = TypeVar("T")


class Reading(QObject):
    """One per view. ``fill(reading)`` reads by `ask` and shows what it got; ``nouns``: what it shows."""

    def __init__(
        self, desk: Desk, view: QWidget, nouns: Iterable[Noun], fill: Callable[["Reading"], Awaitable[None]]
    ) -> None:
        super().__init__(view)
        self._desk, self._view, self._nouns, self._fill = desk, view, frozenset(nouns), fill
        self._is_stale, self._is_loading = True, False
        desk.changed.connect(self._on_changed)
        view.installEventFilter(self)

    def refresh(self) -> None:
        """Read anew, now or when the view is shown next."""
        self._is_stale = True
        if self._view.isVisible() and not self._is_loading and self._desk.reader is not None:
            self._is_loading = True  # now: asked twice in one turn of the loop, it reads once
            self._desk.tasks.start(self._load())

    @property
    def is_stale(self) -> bool:
        """Whether something changed since what is being read was asked for."""
        return self._is_stale

    async def ask(self, read: Callable[..., T], *args: Any) -> T | None:
        """What ``read(reader, *args)`` gives; None when it failed, or when it has become stale meanwhile."""
        found = await self._desk.tasks.read(read, *args)
        return None if self._is_stale else found

    async def _load(self) -> None:
        try:
            while self._is_stale:
                self._is_stale = False
                await self._fill(self)
        finally:
            self._is_loading = False

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & self._nouns:
            self.refresh()

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._is_stale:
            self.refresh()
        return False
