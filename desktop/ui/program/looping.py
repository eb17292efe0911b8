"""The one place that knows qasync: a QApplication, an asyncio loop on it, and the way they end.

The surprising fact: Qt may never end the loop by itself. After ``app.quit()`` the rest of a coroutine would
run with no loop, so the window's close event sets an `asyncio.Event`, ``main`` puts everything away and
*returns*.
"""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_API", "pyside6")

import qasync

from desktop import COMMAND, NAME, VERSION, languages

SWITCH = 0.0005
"""Seconds that a busy thread may keep the interpreter from the others. The window would wait for Python's own
5 ms at every call that gives it away, dozens of times in one repaint beside an import or the index."""


def application() -> QApplication:
    """The one QApplication, with our style and names."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication([COMMAND])
    app.setApplicationName(NAME)
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("org.kithbook.Kithbook")
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    _speak(app)
    return app


def _speak(app: QApplication) -> None:
    """Ask Qt what the computer is set to, and let Qt's own words and numbers follow the language chosen."""
    if languages.follows_system():
        languages.choose(languages.SYSTEM, QLocale.system().uiLanguages())
    code = languages.chosen()
    QLocale.setDefault(QLocale(code) if code != QLocale.system().name()[:2] else QLocale.system())
    words = QTranslator(app)
    if words.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)


def run(main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run ``main`` to its end on Qt's loop and return its result."""
    app = application()
    sys.setswitchinterval(SWITCH)
    gc.freeze()  # what was imported stays; the collector would stop the window 60 ms to look through it
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        return int(loop.run_until_complete(main()))
    finally:
        asyncio.set_event_loop(None)
        loop.close()
