"""Commands and readings off the GUI thread; one signal when something changed.

The surprising fact: commands run one after another on one thread of their own, so two quick keys are
applied in the order in which they were pressed, and the GUI thread never waits for the writer. Long works
have threads of their own too, so that they keep nobody from reading.
"""

import asyncio
import logging
import traceback
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.library.opening import Library
from desktop.store.changes import Changes
from desktop.store.reader import Reader

T = TypeVar("T")

WORKS = 4
"""Long works at once; a further one waits."""

log = logging.getLogger(__name__)


class Tasks(QObject):
    """Runs work for the window and says how it ended. Lives on the GUI thread, inside the asyncio loop."""

    changed = Signal(object)
    """`Changes`: emitted on the GUI thread after a command has been committed."""
    done = Signal(str, bool)
    """What was done, as the toast says it, and whether it can be undone."""
    failed = Signal(object)
    """`UserFixable`: the person can mend it; shown as a banner."""
    broke = Signal(str)
    """A bug of ours: the traceback, already in the log."""
    draining = Signal()
    """The library is to be closed: who holds something unsaved starts its command now, works end soon."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Library | None = None
        self._reader: Reader | None = None
        self._commands = ThreadPoolExecutor(1, "kithbook-command")
        self._pool = ThreadPoolExecutor(3, "kithbook-read")
        self._works = ThreadPoolExecutor(WORKS, "kithbook-work")
        self._running: set[asyncio.Task[Any]] = set()
        self._acts: set[asyncio.Task[Any]] = set()
        self._jobs: set[Future[Any]] = set()
        """What the threads do or will do; also when the task that asked has been cancelled."""
        self._is_drained = False
        self._last_acts: list[Callable[[], None]] = []
        self.is_mute = False
        """True while a picture is drawn: commands are dropped without a word."""

    def use_reader(self, reader: Reader | None) -> None:
        """Read from this library from now on; one connection per thread is the reader's own matter."""
        self._reader = reader
        self._is_drained = self._is_drained and reader is None

    def use_library(self, library: Library | None) -> None:
        """Send commands here from now on; None while the library is closed or open for reading only."""
        self._library = library

    def run(
        self,
        label: str,
        command: Callable[..., Changes | None],
        *args: Any,
        can_undo: bool = True,
        **named: Any,
    ) -> "asyncio.Task[Changes | None]":
        """Run ``command(writer, *args, **named)`` on the command thread.

        ``label`` names the act for the log ("Moving pages"). The task's result is the `Changes`, or None when
        it failed: the failure has been shown by then. Emits `changed` when the changes are not empty, and
        `done` when they carry a label.
        """
        act = self._start(self._run(label, partial(_with_writer, command, args, named), can_undo))
        self._acts.add(act)
        act.add_done_callback(self._acts.discard)
        return act

    def read(self, fn: Callable[..., T], *args: Any) -> "asyncio.Task[T | None]":
        """Run ``fn(reader, *args)`` on a reading thread; the result, or None when it failed."""
        return self._start(self._guard(partial(self._with_reader, fn, *args)))

    def work(self, fn: Callable[..., T], *args: Any) -> "asyncio.Task[T | None]":
        """Run ``fn(*args)`` off the GUI thread (files, browsers); the result, or None when it failed."""
        return self._start(self._guard(partial(fn, *args)))

    async def attempt(self, fn: Callable[..., T], *args: Any) -> T:
        """Run ``fn(*args)`` off the GUI thread and let its errors through, for whoever says them better."""
        return await self._on(self._pool, partial(fn, *args))

    async def labour(self, fn: Callable[..., T], *args: Any) -> T:
        """The same for what may take minutes: on threads that nobody else waits for."""
        return await self._on(self._works, partial(fn, *args))

    def start(self, coroutine: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Keep a coroutine of a view alive until it ends; cancelled when the window closes."""
        return self._start(coroutine)

    @property
    def is_idle(self) -> bool:
        """True when nothing is under way."""
        return not self._running

    async def drain(self) -> None:
        """Come to rest, so that the library can be closed: works are asked to stop, commands that were given
        are carried out, what is being read is read to its end. New commands are refused until there is a
        library again, and new reads come back as None.
        """
        self.draining.emit()
        # What was started in this turn of the loop (a hidden reader keeps its place) gets its thread first.
        await asyncio.sleep(0)
        while self._acts:
            await asyncio.wait(self._acts)
            await asyncio.sleep(0)  # an act may be followed by another
        self._is_drained = True
        self.use_library(None)
        self.use_reader(None)
        while jobs := list(self._jobs):
            await asyncio.gather(*map(asyncio.wrap_future, jobs), return_exceptions=True)

    async def close(self) -> None:
        """Come to rest as `drain` does, cancel everything else, end the threads."""
        await self.drain()
        others = self._running - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for threads in (self._commands, self._pool, self._works):
            threads.shutdown()
        for act in self._last_acts:
            act()

    def at_end(self, act: Callable[[], None]) -> None:
        """Do this when everything under way has ended, before the library is closed."""
        self._last_acts.append(act)

    def report(self, error: BaseException) -> None:
        """Show an error by blame: a sentence for the person's to mend, log and report for ours."""
        if isinstance(error, UserFixable):
            log.warning("%s %s", str(error), error.action)
            self.failed.emit(error)
            return
        text = "".join(traceback.format_exception(error))
        log.error("%s", text)
        self.broke.emit(text)

    async def _run(
        self, label: str, command: Callable[[Library], Changes | None], can_undo: bool
    ) -> Changes | None:
        if self.is_mute:
            return None
        try:
            if self._is_drained:
                raise UserFixable(tr("The library is not open."), tr("Nothing was changed."))
            if self._library is None or self._library.writer is None:
                raise UserFixable(tr("This library is open for reading only."), tr("Nothing was changed."))
            log.debug("%s", label)
            changes = await self._on(self._commands, partial(command, self._library))
        except Exception as error:
            self.report(error)
            return None
        if changes:
            self.changed.emit(changes)
            if changes.label:
                self.done.emit(changes.label, can_undo)
        return changes

    async def _guard(self, fn: Callable[[], T]) -> T | None:
        try:
            return await self._on(self._pool, fn)
        except Exception as error:
            self.report(error)
            return None

    def _with_reader(self, fn: Callable[..., T], *args: Any) -> T | None:
        reader = self._reader
        if reader is None and self._is_drained:
            return None  # whoever asked is told that everything may have changed, once there is a library
        if reader is None:
            raise UserFixable(tr("The library is not open."))
        return fn(reader, *args)

    async def _on(self, threads: ThreadPoolExecutor, fn: Callable[[], T]) -> T:
        # Never the loop's default executor: qasync's is made of QThreads, which abort when they outlive it.
        job = threads.submit(fn)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return await asyncio.wrap_future(job)

    def _start(self, coroutine: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.get_running_loop().create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


def _with_writer(
    command: Callable[..., Changes | None], args: tuple[Any, ...], named: dict[str, Any], library: Library
) -> Changes | None:
    return command(library.writer, *args, **named)
