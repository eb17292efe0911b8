"""Commands and readings off the GUI thread; one signal when something changed.

The surprising fact: commands run one after another on one thread of their own, so two quick keys are applied in the
order in which they were pressed, and the GUI thread never waits for the writer.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserFixable
from desktop.library.opening import Library
from desktop.store.changes import Changes
from desktop.store.reader import Reader

T = TypeVar("T")

log = logging.getLogger(__name__)


class Tasks(QObject):
    """Runs work for the window and says how it ended. Lives on the GUI thread, inside the running asyncio loop."""

    changed = Signal(object)
    """`Changes`: emitted on the GUI thread after a command has been committed."""
    failed = Signal(object)
    """`UserFixable`: the person can mend it; shown as a banner."""
    broke = Signal(str)
    """A bug of ours: the traceback, already in the log."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Library | None = None
        self._reader: Reader | None = None
        self._commands = ThreadPoolExecutor(1, "kithbook-command")
        self._pool = ThreadPoolExecutor(3, "kithbook-read")
        self._running: set[asyncio.Task[Any]] = set()

    def use_reader(self, reader: Reader | None) -> None:
        """Read from this library from now on; one connection per thread is the reader's own matter."""
        self._reader = reader

    def use_library(self, library: Library | None) -> None:
        """Send commands to this library from now on; None while it is closed or opened for reading only."""
        self._library = library

    def run(
        self, label: str, command: Callable[..., Changes | None], *args: Any, **named: Any
    ) -> "asyncio.Task[Changes | None]":
        """Run ``command(writer, *args, **named)`` on the command thread.

        ``label`` names the act for the log ("Moving pages"). The task's result is the `Changes`, or None when it
        failed: the failure has been shown by then. Emits `changed` when the changes are not empty.
        """
        return self._start(self._run(label, command, *args, **named))

    def read(self, fn: Callable[..., T], *args: Any) -> "asyncio.Task[T | None]":
        """Run ``fn(reader, *args)`` on a reading thread; the result, or None when it failed (and was shown)."""
        return self._start(self._guard(self._pool, self._with_reader, fn, *args))

    def work(self, fn: Callable[..., T], *args: Any) -> "asyncio.Task[T | None]":
        """Run ``fn(*args)`` off the GUI thread (files, browsers, the network); the result, or None when it failed."""
        return self._start(self._guard(self._pool, fn, *args))

    def start(self, coroutine: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Keep a coroutine of a view alive until it ends; cancelled when the window closes."""
        return self._start(coroutine)

    @property
    def is_idle(self) -> bool:
        """True when nothing is under way."""
        return not self._running

    async def close(self) -> None:
        """Wait for commands under way, cancel everything else, end the threads."""
        await asyncio.get_running_loop().run_in_executor(None, self._commands.shutdown)
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(None, self._pool.shutdown)

    def report(self, error: BaseException) -> None:
        """Show an error by blame: a sentence for the person's to mend, log and report for ours."""
        raise NotImplementedError

    async def _run(
        self, label: str, command: Callable[..., Changes | None], *args: Any, **named: Any
    ) -> Changes | None:
        raise NotImplementedError

    async def _guard(self, pool: ThreadPoolExecutor, fn: Callable[..., T], *args: Any) -> T | None:
        raise NotImplementedError

    def _with_reader(self, fn: Callable[..., T], *args: Any) -> T:
        raise NotImplementedError

    def _start(self, coroutine: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.get_event_loop().create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task
