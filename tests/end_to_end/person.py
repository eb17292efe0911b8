"""A person at the real window: the whole program in this process, driven by key events where the focus is.

The surprising part: the test itself is a coroutine on the program's own loop, so that the window goes on
answering the browser; what blocks (the browser's driver) runs on a thread beside it.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import App
from desktop.paths import Paths
from desktop.store.reader import Reader
from desktop.ui.palette.box import Palette
from desktop.ui.window import MainWindow
from tests.end_to_end.waiting import LIMIT_S, TooLateError

T = TypeVar("T")
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Person:
    """Presses keys and looks; `open_program` makes one."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def window(self) -> MainWindow:
        """The window."""
        return self.app.window

    @property
    def reader(self) -> Reader:
        """The window's own."""
        reader = self.app.desk.reader
        assert reader is not None
        return reader

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        return QApplication.focusWidget() or self.window

    async def until(
        self, holds: Callable[[], T], what: str, seconds: float = LIMIT_S, *, is_asking: bool = False
    ) -> T:
        """Waits until a condition is true and nothing is under way; its answer.

        ``is_asking``: what is under way may itself be waiting, for the person's answer.
        """
        end = time.monotonic() + seconds
        while not ((answer := holds()) and (is_asking or self.window.is_idle)):
            if time.monotonic() > end:
                focus = type(self.focus).__name__
                raise TooLateError(
                    f"waited {seconds:.0f} s for {what}; last seen: {answer!r}; focus: {focus}"
                )
            await asyncio.sleep(0.02)
        return answer

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One key after another."""
        for key in keys:
            QTest.keyClick(self.focus, key, held)

    def write(self, words: str) -> None:
        """Letters, digits, signs."""
        QTest.keyClicks(self.focus, words)

    async def command(self, words: str) -> None:
        """Ctrl+K, the command by its name, Enter."""
        self.press(Qt.Key.Key_K, held=CTRL)
        palette = await self.form(Palette)
        self.write(f">{words}")
        self.press(Qt.Key.Key_Return)
        await self.until(lambda: self.window.overlays.current is not palette, "the Ctrl+K box to close")

    async def form(self, kind: type[T], *, is_asking: bool = False) -> T:
        """The form of this kind, once it stands over the window."""
        found = await self.until(lambda: self.overlay(kind), kind.__name__, is_asking=is_asking)
        assert found is not None
        return found

    def overlay(self, kind: type[T]) -> T | None:
        """What stands over the window, if it is of this kind."""
        found = self.window.overlays.current
        return found if isinstance(found, kind) else None

    async def closed(self) -> None:
        """Until nothing stands over the window."""
        await self.until(lambda: self.window.overlays.current is None, "the form to close")

    async def go(self, keys: Qt.Key, held: Qt.KeyboardModifier, kind: type[T]) -> T:
        """To a page by its keys, once it has read what it shows and has the keyboard."""
        self.press(keys, held=held)
        found = await self.page(kind)
        assert isinstance(found, QWidget)
        await self.until(lambda: found.isAncestorOf(self.focus), "the page to have the keyboard")
        return found

    async def page(self, kind: type[T]) -> T:
        """The page of this kind, once it is shown."""
        found = await self.until(lambda: self._shown(kind), kind.__name__)
        assert found is not None
        return found

    def _shown(self, kind: type[T]) -> T | None:
        found = self.window.stack.currentWidget()
        return found if isinstance(found, kind) else None


@contextlib.asynccontextmanager
async def open_program(paths: Paths) -> AsyncIterator[Person]:
    """The program from its start until its window is closed and everything is put away."""
    app = App(paths)
    running = asyncio.get_running_loop().create_task(app.main())
    try:
        while not (hasattr(app, "_holding") and app.desk.library is not None and app.window.is_idle):
            assert not running.done(), running
            await asyncio.sleep(0.02)
        app.window.activateWindow()
        yield Person(app)
    finally:
        if hasattr(app, "window"):
            app.window.close()
        await asyncio.wait_for(running, LIMIT_S)


async def beside(act: Callable[..., T], *args: Any, **named: Any) -> T:
    """Something that blocks, on a thread: the window goes on."""
    return await asyncio.to_thread(act, *args, **named)
