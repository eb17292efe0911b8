"""One process writes; the lock of a dead process is no obstacle."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.errors import LibraryBusy
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.store.lock import LibraryLock

HOLDER = """
import sys, pathlib
from desktop.paths import Paths
from desktop.library.opening import open_library
library = open_library(Paths(pathlib.Path(sys.argv[1])), write=True)
print("held", flush=True)
sys.stdin.read()
"""


def holder(paths: Paths, root: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(paths.home)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_opener_in_the_same_process_is_refused(paths: Paths) -> None:
    with open_library(paths, write=True):
        with pytest.raises(LibraryBusy, match="Another Kithbook") as told:
            open_library(paths, write=True)
        assert told.value.action
    open_library(paths, write=True).close()


def test_a_reader_needs_no_lock(paths: Paths) -> None:
    with open_library(paths, write=True), open_library(paths, write=False) as second:
        assert second.writer is None
        assert second.reader.row("SELECT count(*) FROM source") == (0,)


def test_another_process_is_refused_and_its_death_frees_the_library(paths: Paths, root: Path) -> None:
    with holder(paths, root) as process:
        with pytest.raises(LibraryBusy):
            open_library(paths, write=True)
        process.kill()
    open_library(paths, write=True).close()


def test_a_lock_file_that_nobody_holds_is_no_obstacle(paths: Paths) -> None:
    paths.home.mkdir()
    paths.lock.write_text("12345")

    open_library(paths, write=True).close()


def test_releasing_twice_or_taking_twice_is_harmless(tmp_path: Path) -> None:
    lock = LibraryLock(tmp_path / "lock")
    other = LibraryLock(tmp_path / "lock")
    lock.take()
    lock.take()
    with pytest.raises(LibraryBusy):
        other.take()
    lock.release()
    lock.release()
    other.take()
    other.release()
