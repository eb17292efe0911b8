"""An open library of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.store.reader import Reader
from desktop.store.writer import Writer


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
