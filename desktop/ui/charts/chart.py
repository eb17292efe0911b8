"""The one widget that paints charts: a step line, bars, stacked bars, a ladder of levels, two axes.

It takes the focus; Left and Right, Home and End go through the values, whose words stand in a small card and
are read out; Enter or a click picks one. The surprising fact: a chart is laid out anew at every paint, from
its size alone, so that there is no state to go stale.
"""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.languages import tr
from desktop.ui.charts.bars import BarsDrawing, StacksDrawing
from desktop.ui.charts.drawing import Drawing
from desktop.ui.charts.lines import AxesDrawing, LadderDrawing, StepDrawing
from desktop.ui.charts.values import Axes, Bars, Drawn, Ladder, StackedBars, StepLine
from desktop.ui.theme import Theme

__all__ = ["Chart", "drawing_of"]


def drawing_of(theme: Theme, drawn: Drawn, box: QRectF) -> Drawing:
    """A chart laid out in a box, ready to paint: for delegates that paint one inside a row."""
    match drawn:
        case StepLine():
            return StepDrawing(theme, drawn, box)
        case Bars():
            return BarsDrawing(theme, drawn, box)
        case StackedBars():
            return StacksDrawing(theme, drawn, box)
        case Ladder():
            return LadderDrawing(theme, drawn, box)
        case Axes():
            return AxesDrawing(theme, drawn, box)


class Chart(QWidget):
    """Call `show_chart`. ``picked`` says the number of the value that Enter or a click chose."""

    picked = Signal(int)

    def __init__(self, theme: Theme, name: str, height: int = 180, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._drawn: Drawn | None = None
        self._current = -1
        self._height = height
        self.is_pickable = False
        """Whether a value can be chosen: shows the hand."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_chart(self, drawn: Drawn) -> None:
        """Show these values."""
        self._drawn = drawn
        self._current = min(self._current, len(self._drawing().spots) - 1)
        self.setAccessibleDescription(drawn.sentence)
        if isinstance(drawn, Ladder):
            self._height = LadderDrawing.SMALL if drawn.is_small else LadderDrawing.HEIGHT
        self.updateGeometry()
        self.update()

    @property
    def sentence(self) -> str:
        """The whole chart in words."""
        return self._drawn.sentence if self._drawn else ""

    @property
    def said(self) -> str:
        """The words of the value that the keys stand on; empty: of none."""
        spots = self._drawing().spots if self._drawn else []
        return spots[self._current].said if 0 <= self._current < len(spots) else ""

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._height)

    def _drawing(self) -> Drawing:
        assert self._drawn is not None
        side = 0 if isinstance(self._drawn, Ladder) else 2  # steps stand flush with the text around them
        return drawing_of(self._theme, self._drawn, QRectF(self.rect()).adjusted(side, 2, -side, -2))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing = self._drawing()
        drawing.paint(painter)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        if 0 <= self._current < len(drawing.spots):
            self._paint_card(painter, drawing.spots[self._current].box, drawing.spots[self._current].said)

    def _paint_card(self, painter: QPainter, box: QRectF, said: str) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 3, 3)
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        text = metrics.elidedText(said, Qt.TextElideMode.ElideRight, self.width() - 24)
        width = metrics.horizontalAdvance(text) + 16
        x = min(max(4.0, box.center().x() - width / 2), self.width() - width - 4.0)
        y = box.top() - 30 if box.top() > 32 else min(box.bottom() + 6, self.height() - 26.0)
        card = QRectF(x, max(2.0, y), width, 24)
        painter.setPen(QPen(theme.colour("line_strong"), 1) if theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        painter.drawRoundedRect(card, 4, 4)
        painter.setFont(font)
        painter.setPen(theme.colour("surface"))
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        spots = self._drawing().spots if self._drawn else []
        last = len(spots) - 1
        moves = {
            Qt.Key.Key_Left: max(0, self._current - 1),
            Qt.Key.Key_Right: min(last, self._current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if spots and key in moves:
            self._go(moves[key])
        elif spots and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_pickable:
            self.picked.emit(max(0, self._current))
        else:
            super().keyPressEvent(event)

    def _go(self, number: int) -> None:
        self._current = number
        said = tr("{name}: {value}").format(name=self._name, value=self.said) if self.said else self._name
        self.setAccessibleName(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._go(-1)
        super().focusOutEvent(event)

    def _at(self, point: QPointF) -> int:
        spots = self._drawing().spots if self._drawn else []
        inside = [n for n, spot in enumerate(spots) if spot.box.adjusted(-3, -3, 3, 3).contains(point)]
        return inside[-1] if inside else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number != self._current:
            self._go(number)
        shape = Qt.CursorShape.PointingHandCursor if self.is_pickable and number >= 0 else None
        self.setCursor(shape or Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._go(-1)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number >= 0 and self.is_pickable:
            self.picked.emit(number)

    def box_of(self, number: int) -> QRect:
        """Where a value stands, in this widget's pixels."""
        return self._drawing().spots[number].box.toRect()
