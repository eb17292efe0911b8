"""The small toolbar at a selection: five colours, comment, tags, link, copy; keys 1 to 5, N, # and Escape.

Surprising: it never takes the focus by itself. The keys stay with the text, and Tab goes into the toolbar.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget
from shiboken6 import isValid

from desktop.languages import tr
from desktop.library.sense_values import Colour
from desktop.ui.marks.words import COLOURS
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.shadow import paint_floating
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.theme import Theme

ABOVE = 8
"""Pixels between the toolbar and the selection."""
_SHADE = 8
"""Room around the panel for its shadow."""
DOT = 18


class Dot(QAbstractButton):
    """One colour as a round button; the chosen one has a ring."""

    def __init__(self, theme: Theme, colour: Colour, key: str = "", side: int = 28) -> None:
        super().__init__()
        self._theme = theme
        self.colour = colour
        self._side = side
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self._key = key
        self._say()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._say)

    def _say(self) -> None:
        name = self._theme.name_of(self.colour)
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(tooltip(f"{name}  {self._key}" if self._key else name))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        size = DOT if self._side >= 26 else 12
        paint_dot(
            painter,
            self._theme,
            QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size),
            self.colour,
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = QRectF(middle.x() - size / 2 - 3, middle.y() - size / 2 - 3, size + 6, size + 6)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawEllipse(ring)
        elif self.isChecked() or self.underMouse():
            painter.setPen(QPen(self._theme.colour("text" if self.isChecked() else "line_strong"), 1.5))
            painter.drawEllipse(ring)


def paint_dot(painter: QPainter, theme: Theme, box: QRectF, colour: Colour) -> None:
    """A colour as a small filled circle with its darker edge."""
    painter.setPen(QPen(theme.colour(f"mark_{colour}"), 1.5))
    painter.setBrush(theme.colour(f"hl_{colour}"))
    painter.drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75))


class Upright(QWidget):
    """A short upright line between groups."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(17, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(8, 0, 1, 20, self._theme.colour("line"))


class SelectionBar(QWidget):
    """A child of the page's viewport. Ask for it with `stand_over`."""

    coloured = Signal(object)
    """A `Colour` was chosen."""
    asked = Signal(str)
    """``comment``, ``tags``, ``link``, ``copy`` or ``remove``."""
    escaped = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._page = theme, parent
        self.setAccessibleName(tr("Highlight the selection"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SHADE + 7, _SHADE + 5, _SHADE + 7, _SHADE + 5)
        row.setSpacing(0)
        self.dots = [Dot(theme, colour, str(number + 1)) for number, colour in enumerate(COLOURS)]
        for dot in self.dots:
            row.addWidget(dot)
            dot.clicked.connect(self._on_dot_clicked)
        row.addWidget(Upright(theme))
        self.buttons: dict[str, Button] = {}
        for name, label, icon, key in (
            ("comment", tr("Comment"), "message-square", "N"),
            ("tags", tr("Tags of this highlight"), "hash", "#"),
            ("link", tr("Link"), "link", ""),
            ("copy", tr("Copy as quotation with source"), "copy", "C"),
            ("remove", tr("Remove the highlight"), "trash-2", "Del"),
        ):
            kind = "quiet" if name == "comment" else "icon"
            button = Button(theme, label, icon=icon, kind=kind, ink="muted" if kind == "quiet" else "")
            button.setObjectName(name)
            button.setToolTip(f"{label}  {key}" if key else label)
            button.clicked.connect(self._on_button_clicked)
            self.buttons[name] = button
            row.addWidget(button)
        self.hide()
        theme.changed.connect(self.update)

    def show_for(self, colour: Colour | None) -> None:
        """For a selection (None), or for a highlight of this colour, which can be removed too."""
        for dot in self.dots:
            dot.setChecked(dot.colour is colour)
        self.buttons["remove"].setVisible(colour is not None)
        self.setAccessibleName(tr("Highlight the selection") if colour is None else tr("This highlight"))
        self.adjustSize()

    def stand_over(self, box: QRect) -> None:
        """Stand 8 px above ``box`` (viewport coordinates), or below it where there is no room above."""
        if not isValid(self._page):  # a closing window scrolls once more
            return
        room = self._page.rect()
        size = self.sizeHint()
        x = box.center().x() - size.width() // 2
        x = max(room.left() + 4 - _SHADE, min(x, room.right() - 4 - size.width() + _SHADE))
        y = box.top() - ABOVE - size.height() + _SHADE
        if y < room.top() - _SHADE:
            y = box.bottom() + 1 + ABOVE - _SHADE
        y = max(room.top() - _SHADE, min(y, room.bottom() - size.height() + _SHADE))
        self.setGeometry(QRect(QPoint(x, y), size))
        self.show()
        self.raise_()

    def panel(self) -> QRect:
        """The painted panel, in the viewport's coordinates."""
        return self.geometry().adjusted(_SHADE, _SHADE, -_SHADE, -_SHADE)

    def stops(self) -> Sequence[QWidget]:
        """What Tab reaches."""
        return [widget for widget in (*self.dots, *self.buttons.values()) if widget.isVisibleTo(self)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def _on_dot_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Dot):
            self.coloured.emit(sender.colour)

    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(sender.objectName())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(_SHADE, _SHADE, -_SHADE, -_SHADE)
        paint_floating(painter, self._theme, box, is_dialog=False)
