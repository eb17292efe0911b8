"""Bars and stacked bars. What is not finished is hollow; an idle week leaves a thin line, so it is seen."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.languages import writing
from desktop.ui.charts.drawing import CENTRE, LEFT, RIGHT, Drawing, Placed, ticks
from desktop.ui.charts.values import Bars, StackedBars
from desktop.ui.theme import Theme

FOOT = 24
"""Pixels for the labels under the bars."""


class _Field(Drawing):
    """A grid with columns."""

    def __init__(self, theme: Theme, box: QRectF, highest: int, number: int, is_bare: bool = False) -> None:
        super().__init__(theme, box)
        self.highest = max(1, highest)
        self.marks = ticks(highest)
        room = 0 if is_bare else max(self.width_of(writing.number(mark)) for mark in self.marks) + 12
        foot, head = (0, 0) if is_bare else (FOOT, 18)
        self.field = box.adjusted(room, head, 0, -foot)
        self.step = self.field.width() / max(1, number)
        self.bar_width = min(26.0, max(2.0, self.step * (0.7 if is_bare else 0.8)))

    def y(self, value: float) -> float:
        """Where a value stands."""
        return self.field.bottom() - self.field.height() * value / self.highest

    def column(self, number: int, low: float, high: float) -> QRectF:
        """The box of a bar."""
        x = self.field.left() + self.step * (number + 0.5) - self.bar_width / 2
        return QRectF(x, self.y(high), self.bar_width, self.y(low) - self.y(high))

    def grid(self, painter: QPainter) -> None:
        """Lines with their numbers."""
        for mark in self.marks:
            y = self.y(mark)
            self.rule(painter, QPointF(self.field.left() - 2, y), QPointF(self.field.right(), y))
            box = QRectF(self.box.left(), y - 8, self.field.left() - self.box.left() - 8, 16)
            self.write(painter, box, writing.number(mark), RIGHT)

    def foot(self, painter: QPainter, labels: Sequence[str]) -> None:
        """The last label always, and of the others every n-th, as many as fit."""
        shown: list[QRectF] = []
        last = len(labels) - 1
        widest = max((self.width_of(label) for label in labels), default=0) + 16
        every = max(1, -int(-widest // max(1.0, self.step)))
        order = [last, *range(0, last, every)]
        for number in order:
            if not 0 <= number <= last or not labels[number]:
                continue
            width = self.width_of(labels[number]) + 2
            x = self.field.left() + self.step * (number + 0.5) - width / 2
            x = min(max(self.field.left() - 4, x), self.field.right() - width)
            box = QRectF(x, self.field.bottom() + 7, width, 16)
            if any(box.adjusted(-12, 0, 12, 0).intersects(other) for other in shown):
                continue
            shown.append(box)
            self.write(painter, box, labels[number], CENTRE)


class BarsDrawing(_Field):
    """Of `Bars`."""

    def __init__(self, theme: Theme, drawn: Bars, box: QRectF) -> None:
        highest = max([*(bar.value for bar in drawn.bars), drawn.plan, 1])
        super().__init__(theme, box, highest, len(drawn.bars), drawn.is_sparkline)
        self._drawn = drawn
        for number, bar in enumerate(drawn.bars):
            least = max(float(bar.value), self.highest * 2 / max(1.0, self.field.height()))
            self.spots.append(Placed(self.column(number, 0, least), bar.said))

    def paint(self, painter: QPainter) -> None:
        if not self._drawn.is_sparkline:
            self.grid(painter)
        for bar, spot in zip(self._drawn.bars, self.spots, strict=True):
            self._bar(painter, spot.box, bar.value, bar.is_unfinished)
        if self._drawn.plan:
            y = self.y(self._drawn.plan)
            painter.setPen(self.dashes("chart_share", 1.5))
            painter.drawLine(QPointF(self.field.left(), y), QPointF(self.field.right(), y))
            box = QRectF(self.field.left() + 4, y - 17, self.field.width(), 16)
            self._ground(painter, box)
            self.write(painter, box, self._drawn.plan_label, LEFT)
        if not self._drawn.is_sparkline:
            self.foot(painter, [bar.label for bar in self._drawn.bars])

    def _bar(self, painter: QPainter, box: QRectF, value: int, is_hollow: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if not value:
            painter.setBrush(self.colour("track" if self._drawn.is_sparkline else "chart_past"))
            painter.drawRect(box)
            return
        if is_hollow:
            painter.setPen(QPen(self.colour("accent"), 1.5))
            painter.setBrush(self.colour("surface"))
            painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 1, 1)
            return
        painter.setBrush(self.colour("accent"))
        painter.drawRoundedRect(box, 1, 1)

    def _ground(self, painter: QPainter, box: QRectF) -> None:
        """Behind the plan's words, so that a bar does not run through them."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour("surface"))
        width = self.width_of(self._drawn.plan_label) + 6
        painter.drawRect(QRectF(box.left() - 3, box.top() + 1, width, 14))


class StacksDrawing(_Field):
    """Of `StackedBars`."""

    def __init__(self, theme: Theme, drawn: StackedBars, box: QRectF) -> None:
        highest = max([sum(stack.values) for stack in drawn.stacks] + [1])
        super().__init__(theme, box, highest, len(drawn.stacks))
        self._drawn = drawn
        for number, stack in enumerate(drawn.stacks):
            low = 0
            for value, said in zip(stack.values, stack.said, strict=True):
                self.spots.append(Placed(self.column(number, low, low + value), said))
                low += value

    def paint(self, painter: QPainter) -> None:
        self.grid(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, spot in enumerate(self.spots):
            if spot.box.height() < 1:
                continue
            painter.setBrush(self.colour(self._drawn.colours[number % len(self._drawn.colours)]))
            gap = 1.5 if spot.box.height() > 4 else 0.5
            painter.drawRect(spot.box.adjusted(0, gap, 0, 0))
        self.foot(painter, [stack.label for stack in self._drawn.stacks])
