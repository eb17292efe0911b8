"""The program is killed while it builds the search index: the next start goes on, and nothing is missing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest

from desktop.library.opening import open_library
from desktop.library.search.searching import Searcher
from desktop.paths import of_this_user
from tests.support.many import fill

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_kill_while_the_index_is_built_costs_nothing() -> None:
    paths = of_this_user()
    fill(paths, 600)
    for size in (60_000, 400_000):
        kill_once_it_has(size, paths.home)

    with open_library(paths, write=True) as library:
        searcher = Searcher(library)
        try:
            assert searcher.wait(PATIENCE)
            (alive,) = library.reader.rows("SELECT count(*) FROM source WHERE state <> 'trash'")[0]
            assert searcher.count("-nowhere") == alive
        finally:
            searcher.close()
    with apsw.Connection(str(paths.index), flags=apsw.SQLITE_OPEN_READONLY) as index:
        assert index.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    index.close()


def grown(home: Path) -> int:
    """Bytes of the index's files; one may be replaced meanwhile."""
    try:
        return sum(one.stat().st_size for one in home.glob("index.db*"))
    except FileNotFoundError:
        return 0


def kill_once_it_has(size: int, home: Path) -> None:
    """Start a search, which builds the index, and kill it when the files have grown to ``size`` bytes."""
    command = [sys.executable, "-m", "desktop", "find", "case"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        until = time.monotonic() + PATIENCE
        while running.poll() is None and time.monotonic() < until:
            if grown(home) >= size:
                running.send_signal(signal.SIGKILL)
                break
            time.sleep(0.001)
