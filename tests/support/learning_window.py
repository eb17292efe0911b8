"""What tests of Learning in the window ask of it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt

from desktop.learning import activities
from desktop.learning.values import ActivityRow
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.learning.view import LearningView
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
T = TypeVar("T")
CTRL = Qt.KeyboardModifier.ControlModifier


def of(desk: Desk) -> tuple[Writer, Reader]:
    assert desk.library is not None
    assert desk.library.writer is not None
    assert desk.reader is not None
    return desk.library.writer, desk.reader


def rows(desk: Desk) -> list[ActivityRow]:
    return activities.all_of(of(desk)[1])


def view_of(window: MainWindow) -> LearningView:
    shown = window.stack.currentWidget()
    assert isinstance(shown, LearningView)
    return shown


def overlay(window: MainWindow, wait: Wait, kind: type[T]) -> T:
    """The form of this kind, once it is open."""
    wait(lambda: isinstance(window.overlays.current, kind))
    found = window.overlays.current
    assert isinstance(found, kind)
    return found
