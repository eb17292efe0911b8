"""An open library with a goal for each test; clocks that a test moves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.learning import goals
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.store.reader import Reader
from desktop.store.writer import Writer

Clock = Callable[[int], None]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "kithbook")


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with open_library(paths, write=True) as opened:
        yield opened


@pytest.fixture
def writer(library: Library) -> Writer:
    assert library.writer is not None
    return library.writer


@pytest.fixture
def reader(library: Library) -> Reader:
    return library.reader


@pytest.fixture
def goal(writer: Writer) -> int:
    return goals.make(writer, "Data analysis", why="So that I can check our numbers", level_to=3).made
