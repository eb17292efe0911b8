"""How well one knows a tool: five steps in a row, painted small in rows and large where it can be changed.

The surprising fact: the large one is a slider to Qt, so keys, wheel and screen readers know it already; only
its look is ours.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from desktop.languages import tr
from desktop.learning.values import LEVELS
from desktop.ui.theme import Theme

STEP, GAP, HEIGHT = 11, 3, 6
WIDTH = len(LEVELS) * (STEP + GAP) - GAP
_LARGE_GAP, _LARGE_HEIGHT = 3, 8


def paint_level(painter: QPainter, theme: Theme, left: int, middle: int, level: int) -> None:
    """The small one, centred on ``middle``: as many steps are full as the level has words."""
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(len(LEVELS)):
        box = QRectF(left + step * (STEP + GAP), middle - HEIGHT / 2, STEP, HEIGHT)
        painter.setBrush(theme.colour("accent" if step <= level else "track"))
        painter.drawRoundedRect(box, 2, 2)


class LevelPicker(QSlider):
    """The large one. ``valueChanged`` says a level from 0 to 4."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._name = name
        self.setRange(0, len(LEVELS) - 1)
        self.setPageStep(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._tell)
        theme.changed.connect(self.update)
        self._tell()

    @property
    def word(self) -> str:
        """What the level is called."""
        return tr(LEVELS[self.value()])

    def show_level(self, level: int) -> None:
        """Show this level without saying so."""
        self.blockSignals(True)
        self.setValue(level)
        self.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.word}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 20)

    def _box(self, step: int) -> QRect:
        width = (min(self.width(), 300) - 8 - _LARGE_GAP * (len(LEVELS) - 1)) / len(LEVELS)
        left = 4 + step * (width + _LARGE_GAP)
        return QRect(round(left), (self.height() - _LARGE_HEIGHT) // 2, round(width), _LARGE_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        for step in range(len(LEVELS)):
            is_full = step <= self.value()
            painter.setPen(QPen(colour("accent" if is_full else "line_strong"), 1))
            painter.setBrush(colour("accent" if is_full else "track"))
            painter.drawRoundedRect(QRectF(self._box(step)).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            last = self._box(len(LEVELS) - 1)
            ring = QRectF(1, 1, last.right() + 4, self.height() - 2)
            painter.drawRoundedRect(ring, 5, 5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event)

    def _go_to(self, event: QMouseEvent) -> None:
        x = event.position().x()
        nearest = min(range(len(LEVELS)), key=lambda step: abs(self._box(step).center().x() - x))
        self.setValue(nearest)
