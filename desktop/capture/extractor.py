"""The worker process as its owner sees it: kept warm, killed by its pid when too slow, and replaced.

Surprising: after a fault the next page gets a new worker, so one hostile page costs only itself.
"""

import base64
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import desktop
from desktop import languages
from desktop.capture.limits import LARGEST_PAGE, LARGEST_PDF
from desktop.capture.stopping import Stopped, never
from desktop.errors import Refused
from desktop.languages import mark, tr
from desktop.text.article import Article, from_json

TOO_BIG = mark("The page is too big to be read ({megabytes} MB); it was kept as it is.")
TOO_SLOW = mark("The page took too long to be read; it was kept as it is.")
DIED = mark("The page could not be read; it was kept as it is.")

PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH"),
    *("SYSTEMROOT", "TEMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)
"""What the worker learns of our environment: enough to find Python and its packages."""

_log = logging.getLogger(__name__)


class Extractor:
    """Articles from HTML and text from PDF, in a process that can be killed without harm.

    Threads take turns, page by page; `interrupt` waits for nobody.
    """

    def __init__(
        self,
        *,
        command: Sequence[str] = (),
        seconds: float = 180.0,
        cpu_seconds: int = 40,
        megabytes: int = 1536,
        pages: int = 200,
    ) -> None:
        """Nothing is started yet.

        ``command`` starts a worker (default: this program with ``--worker``); ``seconds`` on the clock and
        ``cpu_seconds`` of processor time a page may take; ``megabytes`` of memory the worker may use; after
        ``pages`` it is replaced.
        """
        self._command = tuple(command) or _own_command()
        self._seconds = seconds
        self._limits = {"op": "limits", "megabytes": megabytes, "cpu_seconds": cpu_seconds}
        self._pages = pages
        self._left = 0
        self._worker: subprocess.Popen[bytes] | None = None
        self._stopped = never()
        self._is_reading = False
        self._turn = threading.RLock()

    @property
    def pid(self) -> int | None:
        """The worker's process id, or None when none runs."""
        return self._worker.pid if self._worker is not None else None

    def warm(self) -> None:
        """Start the worker now, so that the first page does not wait for it."""
        with self._turn:
            if self._worker is not None and self._worker.poll() is not None:
                self.close()  # it was killed while it had nothing to do
            if self._worker is None:
                self._worker = _start(self._command)
                self._left = self._pages
                self._send(self._limits)

    def extract(self, html: str, url: str) -> Article:
        """The article of a page. Raises `errors.Refused` with a sentence: too big, deep, slow or broken."""
        if len(html) > LARGEST_PAGE:
            raise Refused(tr(TOO_BIG).format(megabytes=round(len(html) / 1024 / 1024)))
        return from_json(self._ask({"op": "article", "html": html, "url": url}))

    def passage(self, html: str, url: str) -> Article:
        """All of ``html``, cleaned, without a choice of what in it is the article. Raises as `extract`."""
        return from_json(self._ask({"op": "passage", "html": html[:LARGEST_PAGE], "url": url}))

    def pdf(self, data: bytes, url: str) -> Article:
        """Title, author and text of a PDF file. Raises `errors.Refused` with a sentence."""
        if len(data) > LARGEST_PDF:
            raise Refused(
                tr("The PDF file is larger than {largest_pdf} MB.").format(
                    largest_pdf=LARGEST_PDF // 1024 // 1024
                )
            )
        return from_json(self._ask({"op": "pdf", "data": base64.b64encode(data).decode("ascii"), "url": url}))

    def stop_by(self, stopped: threading.Event) -> None:
        """From now on nothing new is read once ``stopped`` is set: `Stopped` is raised."""
        self._stopped = stopped

    def interrupt(self) -> None:
        """From any thread, after the event of `stop_by` was set: end what is being read with `Stopped`."""
        worker = self._worker
        if worker is not None and self._is_reading:
            worker.kill()

    def close(self) -> None:
        """End the worker. Using the Extractor again starts a new one."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass  # what was not yet sent to a dead worker cannot be sent

    def __enter__(self) -> "Extractor":
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._turn:
            answer = self._exchange(request)
        if "ok" in answer:
            return dict(answer["ok"])
        if "bug" in answer:
            _log.error("The worker failed on a page.\n%s", answer["bug"])
            raise Refused(tr(DIED))
        raise Refused(str(answer["refused"]))

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        self.warm()
        worker = self._worker
        assert worker is not None
        # Looked at after the worker is marked: whoever stops us later finds it to kill.
        self._is_reading = True
        if self._stopped.is_set():
            self._is_reading = False
            raise Stopped
        late = threading.Event()

        def end() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            self._send(request)
            assert worker.stdout is not None
            line = worker.stdout.readline()
        except (OSError, ValueError):
            line = b""
        finally:
            timer.cancel()
            self._is_reading = False
        self._left -= 1
        if not line.endswith(b"\n"):
            self.close()
            if self._stopped.is_set():
                raise Stopped
            _log.warning("The worker ended while it read a page (status %s).", worker.returncode)
            raise Refused(tr(TOO_SLOW if late.is_set() or _was_out_of_time(worker.returncode) else DIED))
        answer: dict[str, Any] = json.loads(line)
        if self._left <= 0 or answer.get("is_last"):
            self.close()
        return answer

    def _send(self, request: dict[str, Any]) -> None:
        assert self._worker is not None
        assert self._worker.stdin is not None
        self._worker.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        self._worker.stdin.flush()


def _was_out_of_time(status: int | None) -> bool:
    """SIGXCPU, or the SIGKILL that follows it at the hard limit."""
    return status is not None and -status == 24 and sys.platform != "win32"


def _own_command() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return (sys.executable, "--worker")
    return (sys.executable, "-m", "desktop", "--worker")


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    root = Path(desktop.__file__).resolve().parent.parent
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment[languages.VARIABLE] = languages.chosen()  # its sentences are for the person, too
    # The folder of the packages is the working folder: "-m" looks there first, and a person's own folder may
    # hold something called "desktop" too.
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=root,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
