"""Every text a person sees or a screen reader says in a widget and all below it.

The surprising fact: what our widgets paint is caught at ``QPainter.drawText``; what Qt's own paint is asked
from them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

Seen = dict[str, str]
"""A text, and where it was met first."""

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_BRACKETED = re.compile(r"\[!!! (?:(?!\[!!! | !!!\]).)*(?: !!!\]|$)", re.DOTALL)
_TAG = re.compile(r"<style.*?</style>|<[^<>]+>", re.DOTALL)


@contextmanager
def painted(seen: Seen) -> Iterator[None]:
    """Note what is painted meanwhile."""
    paint: Callable[..., Any] = QPainter.drawText

    def noting(painter: QPainter, *args: Any) -> Any:
        for text in args:
            if isinstance(text, str):
                seen.setdefault(text, "painted")
        return paint(painter, *args)

    QPainter.drawText = noting  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        QPainter.drawText = paint  # type: ignore[method-assign]


def texts_of(top: QWidget, seen: Seen) -> None:
    """Paint a widget that is shown and note its texts and those of all that is shown in it."""
    with painted(seen):
        top.grab()
    menus = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu)]
    for widget in (top, *top.findChildren(QWidget), *menus):
        if not widget.isVisible():
            continue
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        for text in (*_of_any(widget), *_of_kind(widget)):
            seen.setdefault(text, where)


def untranslated(seen: Seen, own: re.Pattern[str]) -> list[str]:
    """The texts with words that are in no brackets and none of the person's ``own``, and where they are."""
    found = []
    for text, where in seen.items():
        rest = _TAG.sub(" ", text)
        before = ""
        while before != rest:
            before, rest = rest, _BRACKETED.sub(" ", rest)
        if re.search(r"[^\W\d_]{2,}", own.sub(" ", rest)):
            found.append(f"{where}: {text}")
    return found


def _of_any(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QMenu):
        for action in widget.actions():
            yield from _of_action(action)


def _of_action(action: QAction) -> Iterator[str]:
    yield action.text().partition("\t")[0]
    menu = action.menu()
    if isinstance(menu, QMenu):
        yield from _of_any(menu)


def _of_kind(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield from (widget.placeholderText(), widget.toPlainText())
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget.model())


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), 100)):
        for role in _ROLES:
            text = model.data(model.index(row, 0), role)
            if isinstance(text, str):
                yield text
