"""One QApplication, one asyncio loop on it, and desks on small libraries.

Tests drive real widgets by real events and wait for conditions; nothing here sleeps.
"""

import asyncio
import gc
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.ui.desk import Desk
from desktop.ui.program import looping
from desktop.ui.shell.state import WindowState
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30_000
"""Milliseconds that a condition may take on a loaded machine; met ones end at once."""


def _support(name: str) -> ModuleType:
    """A module of tests/support, by its path: the tests are no package."""
    key = f"kithbook_tests_support_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, ROOT / "tests" / "support" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
    return sys.modules[key]


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], Any]:
    """pytest-qt takes the one QApplication that the program would make."""
    return _application


def _application(_args: list[str]) -> Any:
    return looping.application()


@pytest.fixture
def loop(qapp: Any) -> Iterator[asyncio.AbstractEventLoop]:
    """A running asyncio loop on Qt: tests spin it with ``qtbot.waitUntil``."""
    made = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(made)
    # What run_forever() does around Qt's own loop, which here is spun by the test instead.
    made._before_run_forever()
    asyncio.events._set_running_loop(made)
    yield made
    asyncio.events._set_running_loop(None)
    made._after_run_forever()
    asyncio.set_event_loop(None)
    made.close()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-written sample library, made once; tests get copies."""
    home = tmp_path_factory.mktemp("sample") / "home"
    _support("many").sample(Paths(home))
    return home


@pytest.fixture
def wait(qtbot: QtBot) -> Callable[[Callable[[], bool]], None]:
    """Wait until a condition holds."""

    def until(holds: Callable[[], bool]) -> None:
        qtbot.waitUntil(holds, timeout=PATIENCE)

    return until


@pytest.fixture
def desk_on(
    loop: asyncio.AbstractEventLoop, qtbot: QtBot, qapp: Any
) -> Iterator[Callable[[Paths, bool], Desk]]:
    """Makes desks on libraries and puts them away in order."""
    made: list[Desk] = []

    def make(paths: Paths, write: bool = True) -> Desk:
        paths.home.mkdir(parents=True, exist_ok=True)
        theme = Theme("light", qapp)
        theme.apply()
        desk = Desk(paths, Settings.load(paths), theme, qapp)
        desk.open_library(open_library(paths, write=write))
        made.append(desk)
        return desk

    yield make
    for desk in made:
        ended = loop.create_task(desk.tasks.close())
        qtbot.waitUntil(ended.done, timeout=PATIENCE)
        assert desk.library is not None
        desk.library.close()
        desk.theme.deleteLater()
        desk.deleteLater()
    qapp.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def desk(desk_on: Callable[..., Desk], sample_home: Path, tmp_path: Path) -> Desk:
    """A desk on a writable copy of the sample library."""
    import shutil

    home = tmp_path / "home" / "kithbook"
    shutil.copytree(sample_home, home)
    return desk_on(Paths(home))


@pytest.fixture
def empty_desk(desk_on: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A desk on a new library."""
    return desk_on(Paths(tmp_path / "home" / "kithbook"))


@pytest.fixture
def window_on(
    qtbot: QtBot, wait: Callable[..., None], desk_on: Callable[..., Desk]
) -> Iterator[Callable[..., MainWindow]]:
    """Makes shown windows that hold their first list; asks for ``desk_on`` to be put away before it."""
    made: list[MainWindow] = []

    def make(desk: Desk, width: int = 1280, height: int = 800) -> MainWindow:
        window = MainWindow(desk, WindowState(width=width, height=height))
        made.append(window)
        window.show_first()
        window.show()
        window.activateWindow()
        window.begin()
        qtbot.waitUntil(lambda: window.is_idle and window.isVisible(), timeout=PATIENCE)
        return window

    yield make
    for window in made:
        if window.overlays.current is not None:
            window.overlays.current.dismiss()
        wait(lambda window=window: window.is_idle)  # type: ignore[misc]
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(window_on: Callable[..., MainWindow], desk: Desk) -> MainWindow:
    """The real window on the sample library, 1280 × 800."""
    return window_on(desk)
