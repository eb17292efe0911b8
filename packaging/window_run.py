"""One run of the real window, off-screen, for `bench_window`: ``window_run.py HOME acts|marks STARTED``.

STARTED is when the process was asked for, in seconds since 1970. It prints one line of JSON. Surprising: a
stall is measured twice, by the clock and less the time in which other programs had the processors, since a
busy machine would otherwise be measured instead of the window.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from desktop.library import lists
from desktop.paths import Paths
from desktop.ui.desk import Desk
from desktop.ui.program import looping
from desktop.ui.program.first_window import first_window
from desktop.ui.shell.state import WindowState
from desktop.ui.window import MainWindow

T = TypeVar("T")

TICK_MS = 5
BULK = 10_000
LETTERS = ("pivot", "query plan", "shift", "exit q", "handover")
RESTING = 0.03
"""Seconds of a processor in 0.3 seconds by the clock; on a busy machine, a sleeping window takes 0.01."""
NEVER = 120.0
"""Seconds after which nothing more is waited for."""
HEAVY = ("sqlmodel", "trafilatura", "keyring", "httpx")


def memory(name: str) -> float:
    """A line of /proc/self/status in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def queued() -> float:
    """Seconds that this thread has waited for a processor so far."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Painted(QObject):
    """When one of these widgets was painted next: on the screen, not only asked for.

    ``counts``: only paints while this holds.
    """

    def __init__(self, *widgets: QWidget, counts: Callable[[], bool] = lambda: True) -> None:
        super().__init__()
        self.at = self.cpu = 0.0
        self._counts = counts
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.at and self._counts():
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        if not self.at:
            self.at, self.cpu = time.perf_counter(), time.process_time()

    async def next(self) -> float:
        """The moment of the first paint since `at` was last set to 0."""
        await until(lambda: bool(self.at), "It was not painted.")
        return self.at


async def until(holds: Callable[[], bool], sentence: str, step: float = 0.001) -> None:
    """Wait in short steps; RuntimeError with the sentence after two minutes."""
    end = time.perf_counter() + NEVER
    while not holds():
        if time.perf_counter() > end:
            raise RuntimeError(f"{sentence} Waited for {NEVER:.0f} seconds.")
        await asyncio.sleep(step)


async def outside(act: Callable[[], T]) -> T:
    """Run ``act`` from Qt's own loop. Within a coroutine, an event that goes on with another one (a key, or
    what `processEvents` brings) breaks that other one for good: the window then never comes to rest.
    """
    done: list[T] = []
    QTimer.singleShot(0, lambda: done.append(act()))
    await until(lambda: bool(done), "Qt's loop does not run.")
    return done[0]


class Stalls:
    """The longest time that the window answered nothing, during an act."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._last = (0.0, 0.0)
        self._longest = self._net = 0.0
        self.found: dict[str, tuple[float, float]] = {}
        self.anonymous = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now, waited = time.perf_counter(), queued()
        gap = now - self._last[0] - TICK_MS / 1000
        self._longest = max(self._longest, gap)
        self._net = max(self._net, gap - (waited - self._last[1]))
        self._last = (now, waited)

    async def during(self, name: str, act: Callable[[], object]) -> None:
        """Do it, wait until all is quiet, and keep the longest stall in milliseconds."""
        self._longest = self._net = 0.0
        self._last = (time.perf_counter(), queued())
        self._timer.start()
        act()
        await asyncio.sleep(0.05)
        await until(self._is_idle, f"“{name}” did not end.", 0.02)
        await asyncio.sleep(0.1)
        self._timer.stop()
        self.found[name] = (self._longest * 1000, max(0.0, self._net * 1000))

    def _is_idle(self) -> bool:
        self.anonymous = max(self.anonymous, memory("RssAnon"))
        return self._window.is_idle


class Run:
    """One window on one library."""

    def __init__(self, home: Path) -> None:
        self._paths = Paths(home)
        self._result: dict[str, Any] = {}
        self.window: MainWindow
        self.desk: Desk

    async def begin(self) -> None:
        """To the first paint, then open the library as the program does."""
        self.window, self.desk = first_window(self._paths, WindowState(view="archive"))
        self.rows = Painted(self.window.list.view.viewport(), self.window.list.empty)
        self.window.show()
        await self.rows.next()
        first = {
            "wall": (time.time() - (time.perf_counter() - self.rows.at) - float(sys.argv[3])) * 1000,
            "cpu": self.rows.cpu * 1000,
            "rss": memory("VmRSS"),
            "light": [name for name in HEAVY if name in sys.modules],
        }
        self._result.update(first)
        from desktop.library.opening import open_library

        library = await self.desk.tasks.attempt(lambda: open_library(self._paths, write=True))
        self.desk.open_library(library)
        self.window.begin()
        assert library.writer is not None
        await self.desk.tasks.work(library.writer.run, lambda _: None)
        self.window.activateWindow()
        await until(lambda: self.desk.searching.is_open, "The search was not opened.")
        await self.quiet()

    async def idle(self) -> None:
        """Until nothing is read or written."""
        await until(lambda: self.window.is_idle, "The window was never idle.")

    async def quiet(self) -> None:
        """Until this process rests: nothing is read or written, and the index has caught up."""
        used, end = 1.0, time.perf_counter() + NEVER
        while used > RESTING:
            if time.perf_counter() > end:
                raise RuntimeError(f"This process did not come to rest within {NEVER:.0f} seconds.")
            await self.idle()
            before = time.process_time()
            await asyncio.sleep(0.3)
            used = time.process_time() - before

    async def end(self) -> dict[str, Any]:
        """Close as the program does; what was found."""
        self.window.hide()
        await self.desk.tasks.close()
        if self.desk.library is not None:
            self.desk.library.close()
        return self._result

    # ── acts, keys, lists ───────────────────────────────────────────────────────────────────────────────

    async def acts(self) -> None:
        """Stalls, keys and memory."""
        self._result["open"] = memory("RssAnon")
        stalls = Stalls(self.window)
        run = self.desk.actions.run
        await stalls.during("one page", lambda: run("trash"))
        await stalls.during("undo", lambda: run("undo"))
        await stalls.during("redo", lambda: run("redo"))
        await stalls.during("another list", lambda: self.desk.ask_view("all"))
        await stalls.during("select 10,000", self._select_many)
        await stalls.during("10,000 pages", lambda: run("later"))
        await stalls.during("undo 10,000", lambda: run("undo"))
        await stalls.during("redo 10,000", lambda: run("redo"))
        self._result |= {"stalls": stalls.found, "after": memory("RssAnon")}
        self._result["most"] = max(stalls.anonymous, memory("RssAnon"))
        run("undo")
        await self.quiet()
        await self._keys()
        self._result["frame"] = self._frames()
        self._result["page"] = self._pages()

    def _select_many(self) -> None:
        model = self.window.list.model
        last = min(BULK, model.rowCount()) - 1
        chosen = QItemSelection(model.index(0), model.index(last))
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.window.list.view.selectionModel().select(chosen, flag)

    async def _keys(self) -> None:
        view, model = self.window.list.view, self.window.list.model
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        view.selectionModel().setCurrentIndex(model.index(0), flag)
        self._result["key j, k"] = [await self._key(view, key) for key in "jjjjk" * 8]
        self.desk.ask_view("inbox")
        await self.idle()
        number = min(30, len(model.ids) - 2)
        self._result["key e"] = [await self._key(view, "e") for _ in range(number)]
        for _ in range(number):  # the next run finds the library as this one did
            self.desk.actions.run("undo")
            await self.idle()
        self.desk.ask_view("all")
        await self.idle()
        found: list[tuple[float, float]] = []
        for words in LETTERS:
            self.desk.actions.run("search")
            field = self.window.list.search.field
            field.clear()
            for letter in words:
                if letter == " ":  # asks nothing new
                    await outside(partial(_press, field, letter))
                else:
                    found.append(await self._key(field, letter, is_search=True))
            self.window.list.clear_search()
            await self.idle()
        self._result["key in search"] = found

    async def _key(self, widget: QWidget, key: str, is_search: bool = False) -> tuple[float, float]:
        """Milliseconds from a key to the painted list: by the clock, and less what others had."""
        await self.idle()
        await asyncio.sleep(0.02)
        answers: list[object] = []
        shown = self.window.list
        if is_search:
            shown.loaded.connect(answers.append)

        def press() -> tuple[float, float]:
            self.rows.at = 0.0
            now = time.perf_counter(), queued()
            QTest.keyClick(widget, key)
            return now

        before, waited = await outside(press)
        if is_search:
            await until(lambda: bool(answers), f"The letter {key!r} was not answered.")
            shown.loaded.disconnect(answers.append)
            self.rows.at = 0.0
            # One more paint is asked for, in case that the answer is what is painted already.
            (shown.view.viewport() if shown.model.ids else shown.empty).update()
        passed = await self.rows.next() - before
        return passed * 1000, (passed - (queued() - waited)) * 1000

    def _frames(self) -> list[float]:
        """CPU of repainting the list while it is scrolled, ms."""
        bar, frames = self.window.list.view.verticalScrollBar(), []
        for step in range(60):
            bar.setValue(bar.value() + 156 if step % 3 else bar.maximum() * step // 60)
            before = time.thread_time()
            self.window.list.view.viewport().repaint()
            frames.append((time.thread_time() - before) * 1000)
        return frames

    def _pages(self) -> list[float]:
        """CPU of reading 100 rows with their tags and goals in one statement, ms."""
        reader, ids, found = self.desk.reader, self.window.list.model.ids, []
        assert reader is not None
        for step in range(100):
            start = len(ids) * step // 100
            before = time.thread_time()
            lists.page(reader, ids[start : start + 100])
            found.append((time.thread_time() - before) * 1000)
        return found

    # ── highlights ──────────────────────────────────────────────────────────────────────────────────────

    async def marks(self) -> None:
        """The Highlights view, and a long page full of highlights."""
        before, waited, cpu = time.perf_counter(), queued(), time.process_time()
        self.desk.ask_view("highlights")
        page: Any = self.window.stack.currentWidget()
        painted = Painted(page.list.viewport(), counts=lambda: page.model.rowCount() > 0)
        at = await painted.next()
        self._result["highlights"] = ((at - before) * 1000, (at - before - queued() + waited) * 1000)
        self._result["highlights cpu"] = (painted.cpu - cpu) * 1000
        await self.idle()
        self._result["highlights shown"] = page.model.rowCount()
        assert self.desk.reader is not None
        newest = self.desk.reader.rows("SELECT max(source_id) FROM annotation")[0][0]
        self.desk.ask_source(newest)
        reader = self.window.reader
        await until(
            lambda: reader.detail is not None and reader.detail.id == newest,
            "The reader did not show the page.",
        )
        await self.idle()
        await asyncio.sleep(0.3)
        await until(lambda: bool(reader.marks.spots.all), "The page has no highlights.")
        self._result["marks painted"] = len(reader.marks.spots.all)
        self._result["scroll"] = await outside(partial(_scrolled, reader.browser))


def _press(widget: QWidget, key: str) -> bool:
    QTest.keyClick(widget, key)
    return True


def _scrolled(browser: QAbstractScrollArea) -> list[float]:
    """CPU of each frame while a page is scrolled to its end, ms."""
    bar, frames = browser.verticalScrollBar(), []
    for _ in range(200):
        before = time.thread_time()
        bar.setValue(bar.value() + max(40, bar.maximum() // 220))
        browser.viewport().repaint()
        QApplication.processEvents()
        frames.append((time.thread_time() - before) * 1000)
    return frames


async def main() -> int:
    run = Run(Path(sys.argv[1]))
    await run.begin()
    await (run.marks() if sys.argv[2] == "marks" else run.acts())
    print(json.dumps(await run.end()), flush=True)
    return 0


if __name__ == "__main__":
    looping.run(main)
    os._exit(0)
