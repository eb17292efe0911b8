"""A person's computer for one test: a HOME, a Kithbook home and its own run folder, all thrown away.

The surprising part: the run folder is short on purpose: a local socket's path must stay under 100 bytes.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.cli import opened, running
from desktop.learning import goals
from desktop.library import lists, snapshot
from desktop.library.opening import open_library
from desktop.library.values import Detail, Row, View
from desktop.paths import Paths
from desktop.store.reader import Reader
from native_host import manifest
from native_host.spool import Damaged, Spool
from tests.end_to_end.cdp import end_group
from tests.end_to_end.waiting import until

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "build" / "extension"
KITHBOOK = (sys.executable, "-m", "desktop")
COMMAND_S = 120
LEFT_OUT = ("XDG_", "KITHBOOK_", "PYTEST_", "DBUS_", "LC_")


class Machine:
    """Where a browser and Kithbook meet. `close` removes it all."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kithbook-e2e-"))
        self.home = self.folder / "home"
        self.paths = Paths(self.home / "kithbook")
        run = self.folder / "run"
        self.home.mkdir()
        run.mkdir(mode=0o700)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(LEFT_OUT)}
        kept.pop("DISPLAY", None)
        self.env = kept | {
            "HOME": str(self.home),
            "KITHBOOK_HOME": str(self.paths.home),
            "XDG_RUNTIME_DIR": str(run),
            "QT_QPA_PLATFORM": "offscreen",
            "LANG": "C.UTF-8",  # the tests read English, in browsers and in the window
            "LANGUAGE": "en",
            "PYTHONPATH": str(ROOT),
        }
        self._set_settings(allow_addresses="127.0.0.1")

    def _set_settings(self, **values: Any) -> None:
        self.paths.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.paths.settings.write_text(json.dumps(values))

    # -- Kithbook

    def connect(self, browser: Any) -> Path:
        """Tells a browser with a profile of its own where the host is; returns the manifest."""
        return manifest.write_into(browser.native_manifests, browser.name, self.paths.home)

    def kithbook(self, *arguments: str) -> str:
        """One command; its output. A status other than 0 fails with what it said."""
        done = subprocess.run(
            [*KITHBOOK, *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=COMMAND_S,
            check=False,
        )
        assert done.returncode == 0, f"kithbook {arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def collect(self) -> None:
        """What `kithbook collect` does, in this process: a command of its own takes seconds to start."""
        opened.collect(self.paths)

    def make_goals(self, *skills: str) -> None:
        """Goals as the window would make them; the host knows them then. Kithbook must be closed."""
        with contextlib.closing(open_library(self.paths, write=True)) as library:
            assert library.writer is not None
            for skill in skills:
                goals.make(library.writer, skill)
            snapshot.export(library.reader, self.paths)

    @contextlib.contextmanager
    def open_window(self) -> Iterator[subprocess.Popen[bytes]]:
        """The real window process, off-screen, from when it answers on its socket until it has ended."""
        with (self.folder / "window.log").open("ab") as sink:
            window = subprocess.Popen(
                [*KITHBOOK], cwd=ROOT, env=self.env, stdout=sink, stderr=sink, start_new_session=True
            )
        try:
            until(lambda: window.poll() is not None or self.is_open(), "the window to answer")
            assert window.poll() is None, f"the window ended with {window.returncode}\n{self.report()}"
            yield window
        finally:
            window.terminate()
            try:
                window.wait(30)
            except subprocess.TimeoutExpired:
                end_group(window)

    def is_open(self) -> bool:
        """Does a window of this home answer?"""
        return self._asked({"op": "ping"}) is not None

    def _asked(self, message: dict[str, Any]) -> dict[str, Any] | None:
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = self.env["XDG_RUNTIME_DIR"]  # the socket's place hangs on it
        try:
            return running.ask(self.paths, message)
        finally:
            if before is None:
                del os.environ["XDG_RUNTIME_DIR"]
            else:
                os.environ["XDG_RUNTIME_DIR"] = before

    # -- what is kept

    def waiting(self) -> list[dict[str, Any]]:
        """Headers of what lies in the spool, oldest first."""
        spool = Spool(self.paths.spool)
        found = []
        for path in spool.waiting():
            with contextlib.suppress(Damaged, OSError):  # collected at this very moment
                found.append(dict(spool.read(path).header))
        return found

    def rows(self, title: str = "") -> list[Row]:
        """Rows of the library, newest first; of that title alone when one is given."""
        if not self.paths.library.exists():
            return []
        reader = Reader(self.paths.library)
        try:
            rows = lists.page(reader, lists.ids(reader, View()))
        finally:
            reader.close()
        return [row for row in rows if not title or row.title == title]

    def detail(self, row: Row) -> Detail:
        """Everything of one row."""
        reader = Reader(self.paths.library)
        try:
            found = lists.detail(reader, row.id)
        finally:
            reader.close()
        assert found is not None
        return found

    def saved(self, title: str, seconds: float = 60) -> Detail:
        """Waits until the library has that title, then gives all of it."""
        return self.detail(until(lambda: self.rows(title), f"“{title}” in the library", seconds)[0])

    def report(self) -> str:
        """What a failed test has to say of this machine."""
        parts = [f"spool: {json.dumps(self.waiting())[:3000]}"]
        with contextlib.suppress(Exception):
            parts.append(f"library: {[(row.title, row.kind) for row in self.rows()]}")
        for path in (*self.folder.glob("*.log"), *self.folder.rglob("*/log/*.log")):
            parts.append(f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}")
        return "\n".join(parts)

    def close(self) -> None:
        """Removes everything."""
        shutil.rmtree(self.folder, ignore_errors=True)
