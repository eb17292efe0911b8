"""The composition root: one window on one library, from the start to the last file closed.

The surprising fact: the window is shown before the library is opened for writing. Opening takes the lock, may
migrate, and imports sqlmodel; the first page needs none of it.
"""

import asyncio
import logging
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop import VERSION
from desktop.capture import connecting
from desktop.errors import UserFixable
from desktop.library import for_browser, lists
from desktop.library.opening import Library
from desktop.paths import Paths
from desktop.ui.desk import Trouble
from desktop.ui.program import looping
from desktop.ui.program.first_window import first_window
from desktop.ui.program.holding import Holding
from desktop.ui.program.instance import Instance
from desktop.ui.program.live import Live
from desktop.ui.received import opening
from desktop.ui.shell.state import WindowState
from native_host.durable import make_private

LOG_BYTES = 1_000_000

log = logging.getLogger(__name__)


def run(paths: Paths, view: str = "", files: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed. ``files``: packs to open. Returns the exit status."""
    _keep_log(paths)
    return looping.run(App(paths, view, files).main)


class App:
    """Who owns what, and in which order it is put away."""

    def __init__(self, paths: Paths, view: str = "", files: Sequence[str] = ()) -> None:
        self._paths = paths
        self._files = [Path(file) for file in files]
        self._view = view
        self._is_greeted = False
        self._closing = asyncio.Event()

    async def main(self) -> int:
        """Until the window is closed."""
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        self.window, self.desk = first_window(self._paths, WindowState.load(self._paths.window))
        self._live = Live(self.desk)
        self._holding = Holding(self.desk, self.window, self._live)
        self._holding.opened.connect(self._on_opened)
        self._instance = Instance(self._paths.home, self._answer)
        self._catch_faults()
        self.window.closing.connect(self._on_closing)
        self.window.show()
        self._instance.listen()
        await asyncio.sleep(0)  # the first paint comes before the work
        await self._holding.open()
        if self._view:
            self.window.show_view(self._view)
        self._open_files()
        await self._closing.wait()
        await self._put_away()
        return 0

    # ── the library ─────────────────────────────────────────────────────────────────────────────────────

    def _on_opened(self, library: Library) -> None:
        if library.writer is not None:
            self.desk.tasks.work(library.writer.warm)
        if self._is_greeted:
            return
        self._is_greeted = True
        if library.writer is not None:
            self.desk.tasks.work(_register, self._paths)
        self.desk.tasks.start(self._offer_first_steps())
        if self.desk.settings.notice:
            self.desk.trouble(Trouble(self.desk.settings.notice, kind="warn", key="settings"))

    async def _offer_first_steps(self) -> None:
        """Once, to whoever has not closed them and has not been through."""
        states = await self.desk.tasks.work(connecting.states, self._paths)
        counts = await self.desk.tasks.read(lists.counts)
        if states is None or counts is None or self.window.overlays.current is not None:
            return
        from desktop.ui.guide import panel as guide

        if guide.is_wanted(self.desk, states, counts.all + counts.trash):
            self.window.show_view("guide")

    # ── other processes ─────────────────────────────────────────────────────────────────────────────────

    def _answer(self, message: dict[str, Any], reply: Callable[[dict[str, Any]], None]) -> None:
        """What the host, a command or a second launch asks over the local socket."""
        op = message.get("op")
        if op == "ping":
            reply({"ok": True, "version": VERSION})
        elif op == "poke":
            self._live.poke()
            reply({"ok": True, "version": VERSION})
        elif op == "show":
            self.window.answer_show(message)
            reply({"ok": True, "version": VERSION})
        elif op == "open":
            reply({"ok": self._take_files(message.get("files"))})
        elif op == "find":
            self.desk.tasks.start(self._find(message, reply))
        elif op == "marks":
            self.desk.tasks.start(self._marks(message, reply))
        else:
            reply({"ok": False, "code": "unsupported"})

    def _take_files(self, given: object) -> bool:
        """Packs that a second launch names: whole paths of files that are there, and nothing else."""
        if not isinstance(given, list) or not all(isinstance(one, str) and "\0" not in one for one in given):
            return False
        files = [Path(one) for one in given]
        if not files or not all(one.is_absolute() and one.is_file() for one in files):
            return False
        self._files += files
        self.window.come_to_front()
        if self._holding.library is not None:
            self._open_files()
        return True

    def _open_files(self) -> None:
        """Open what was named before and since the library could be written."""
        files, self._files = self._files, []
        if files:
            opening.of(self.desk).open_files(files)

    async def _find(self, message: dict[str, Any], reply: Callable[[dict[str, Any]], None]) -> None:
        words, limit = message.get("q"), message.get("limit")
        if not isinstance(words, str) or self.desk.reader is None:
            reply({"ok": False, "code": "bad-request"})
            return
        most = limit if isinstance(limit, int) and 0 < limit <= 50 else 20
        found = await self.desk.searching.for_browser(words[:1000], most)
        results = await self.desk.tasks.read(for_browser.with_places, found["results"]) or []
        reply({"ok": True} | found | {"results": results})

    async def _marks(self, message: dict[str, Any], reply: Callable[[dict[str, Any]], None]) -> None:
        """A page's highlights, for the button that paints them on the live page."""
        url_key = message.get("url_key")
        if not isinstance(url_key, str) or self.desk.reader is None:
            reply({"ok": False, "code": "bad-request"})
            return
        reply({"ok": True, "marks": await self.desk.tasks.read(for_browser.marks_on, url_key) or []})

    # ── faults and the end ──────────────────────────────────────────────────────────────────────────────

    def _catch_faults(self) -> None:
        self._loop.set_exception_handler(self._on_loop_fault)
        sys.excepthook = self._on_fault
        threading.excepthook = self._on_thread_fault
        for name in ("SIGTERM", "SIGINT"):
            if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
                signal.signal(getattr(signal, name), self._on_signal)

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._loop.call_soon_threadsafe(self.window.close)

    def _on_loop_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self.desk.tasks.report(error)
        else:
            log.error("%s", context.get("message"))

    def _on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            self.desk.tasks.report(error)
        else:
            log.error("%s", "".join(traceback.format_exception(kind, error, trace)))

    def _on_thread_fault(self, fault: threading.ExceptHookArgs) -> None:
        if isinstance(fault.exc_value, Exception):
            self._loop.call_soon_threadsafe(self.desk.tasks.report, fault.exc_value)

    def _on_closing(self) -> None:
        self._closing.set()

    async def _put_away(self) -> None:
        """Socket, collecting, commands, library: each waits for the one before."""
        self._instance.close()
        await self._live.close()
        await self.desk.tasks.close()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        library, reader = self._holding.library, self.desk.reader
        if library is not None:
            library.close()
        elif reader is not None:
            reader.close()
        self.window.deleteLater()


def _register(paths: Paths) -> None:
    """Tell the browsers where Kithbook is now; one that another Kithbook serves is left alone."""
    try:
        connecting.connect(paths, take_over=False)
    except UserFixable as error:
        log.warning("%s %s", error, error.action)


def _keep_log(paths: Paths) -> None:
    """Log to a file of the person's own; a disk that refuses costs the log, nothing else."""
    try:
        make_private(paths.log.parent)
        if paths.log.exists() and paths.log.stat().st_size > LOG_BYTES:
            paths.log.replace(paths.log.with_suffix(".log.1"))
        handler = logging.FileHandler(paths.log, encoding="utf-8")
        paths.log.chmod(0o600)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
