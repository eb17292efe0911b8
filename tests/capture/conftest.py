"""A library with its spool, and the messages that a browser would have put there."""

import sys
from collections.abc import Callable, Iterator

import pytest

from desktop.capture.extractor import Extractor
from desktop.capture.station import Station
from desktop.capture.stopping import never
from desktop.library import lists
from desktop.library.opening import Library, open_library
from desktop.library.values import Detail
from desktop.paths import Paths, of_this_user
from desktop.settings import Settings
from tests.support.spooled import Browser

WORKER = (sys.executable, "-c", "import sys; from desktop.capture import worker; sys.exit(worker.main())")
"""The worker without the program around it."""


@pytest.fixture
def paths() -> Paths:
    found = of_this_user()
    found.home.mkdir(parents=True, mode=0o700)
    return found


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with open_library(paths, write=True) as opened:
        yield opened


@pytest.fixture
def settings() -> Settings:
    """Kept in memory; nothing is fetched unless a test asks for it."""
    found = Settings()
    found.set("fetch_after_save", False)
    return found


@pytest.fixture(scope="session")
def warm_extractor() -> Iterator[Extractor]:
    """One warm worker for all tests: starting one takes a second."""
    with Extractor(command=WORKER) as found:
        yield found


@pytest.fixture
def extractor(warm_extractor: Extractor) -> Extractor:
    """The warm worker, whatever an earlier test did to it."""
    warm_extractor.stop_by(never())
    return warm_extractor


@pytest.fixture
def station(library: Library, settings: Settings, extractor: Extractor) -> Station:
    return Station(library, settings, extractor)


@pytest.fixture
def browser(paths: Paths) -> Browser:
    return Browser(paths.spool)


@pytest.fixture
def shown(library: Library) -> Callable[[str], Detail]:
    """The capture of a UUID as the reader would get it."""

    def find(number: str) -> Detail:
        place = lists.source_of(library.reader, number)
        assert place is not None, "the capture is not in the library"
        detail = lists.detail(library.reader, *place)
        assert detail is not None
        return detail

    return find
