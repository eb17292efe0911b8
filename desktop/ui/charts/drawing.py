"""What all charts share while they paint: words on lines, grids, and where each value stands."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from desktop.ui.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a value stands, and its words."""

    box: QRectF
    said: str


class Drawing:
    """One chart laid out in a box. ``spots`` are its values, in order."""

    def __init__(self, theme: Theme, box: QRectF) -> None:
        self.theme = theme
        self.box = box
        self.spots: list[Placed] = []

    def paint(self, painter: QPainter) -> None:
        """Paint all of it."""
        raise NotImplementedError

    def colour(self, role: str) -> QColor:
        """Of the theme."""
        return self.theme.colour(role)

    def width_of(self, text: str, weight: int = 0) -> int:
        """Of a label, pixels."""
        return QFontMetrics(self.theme.font("caption", weight)).horizontalAdvance(text)

    def write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        how: Qt.AlignmentFlag = LEFT,
        role: str = "muted",
        weight: int = 0,
    ) -> None:
        """A label, cut short when it does not fit."""
        font: QFont = self.theme.font("caption", weight)
        painter.setFont(font)
        painter.setPen(self.colour(role))
        room = int(box.width()) + 2
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box.adjusted(-1, 0, 1, 0), how, shown)

    def rule(self, painter: QPainter, start: QPointF, stop: QPointF, role: str = "chart_grid") -> None:
        """A 1 px line of the grid."""
        painter.setPen(QPen(self.colour(role), 1))
        painter.drawLine(
            QPointF(round(start.x()) + 0.5, round(start.y()) + 0.5),
            QPointF(round(stop.x()) + 0.5, round(stop.y()) + 0.5),
        )

    def dashes(self, role: str, width: float = 1.5, dash: float = 3, gap: float = 3) -> QPen:
        """The pen of what is intended."""
        pen = QPen(self.colour(role), width)
        pen.setDashPattern([dash / width, gap / width])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def ticks(highest: int) -> list[int]:
    """Two or three round numbers from 0 that a grid shows, for values up to ``highest``."""
    if highest <= 0:
        return [0]
    step = 1
    sizes = (1, 2, 5, 10, 15, 20, 30, 60, 90, 120, 180, 240, 300, 600)
    for size in sizes:
        step = size
        if highest / size <= 3:
            break
    while highest / step > 3:
        step *= 2
    return list(range(0, highest + 1, step))
