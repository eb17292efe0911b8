"""The step line of a level, the ladder of levels, and the way over two axes.

The surprising fact: the line of time ends at the aim's day, not today; what lies ahead is dashed.
"""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from desktop.languages import tr, writing
from desktop.ui.charts.drawing import CENTRE, LEFT, RIGHT, Drawing, Placed
from desktop.ui.charts.values import Axes, Ladder, StepLine
from desktop.ui.theme import Theme

FOOT = 26
DOT = 3.5
LEAST_DAYS = 60
"""A line of time is at least this long, so that a goal of yesterday does not fill the chart."""


class StepDrawing(Drawing):
    """Of `StepLine`."""

    def __init__(self, theme: Theme, drawn: StepLine, box: QRectF) -> None:
        super().__init__(theme, box)
        self._drawn = drawn
        wide = max(self.width_of(word, 600) for word in drawn.words)
        room = min(wide + 14, box.width() * 0.35)
        self.field = box.adjusted(room, 10, -14, -FOOT)
        self._span()
        self._place()

    def _span(self) -> None:
        drawn = self._drawn
        days = [step.day for step in drawn.steps] + [dot.day for dot in drawn.dots]
        self.first = min([*days, drawn.today])
        ends = [*days, drawn.today]
        if drawn.aim is not None and drawn.aim.day is not None:
            ends.append(drawn.aim.day)
        self.last = max(ends)
        self.first = min(self.first, self.last - timedelta(days=LEAST_DAYS))

    def x(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.field.left() + 12 + (self.field.width() - 24) * share

    def y(self, level: int) -> float:
        """Where a level stands."""
        return self.field.bottom() - self.field.height() * level / max(1, len(self._drawn.words) - 1)

    def level_on(self, day: date) -> int:
        """The level that held on a day."""
        held = [step.level for step in self._drawn.steps if step.day <= day]
        return held[-1] if held else self._drawn.steps[0].level

    def _place(self) -> None:
        placed: list[tuple[date, int, Placed]] = []
        for step in self._drawn.steps:
            placed.append((step.day, 1, self._spot(step.day, step.level, step.said)))
        for dot in self._drawn.dots:
            placed.append((dot.day, 0, self._spot(dot.day, self.level_on(dot.day), dot.said)))
        placed.sort(key=lambda one: one[:2])
        self.spots = [one[2] for one in placed]
        aim = self._drawn.aim
        if aim is not None:
            self.spots.append(self._spot(aim.day or self.last, aim.level, aim.said))

    def _spot(self, day: date, level: int, said: str) -> Placed:
        x, y = self.x(day), self.y(level)
        return Placed(QRectF(x - 5, y - 5, 10, 10), said)

    def paint(self, painter: QPainter) -> None:
        now = self._drawn.steps[-1].level
        for level, word in enumerate(self._drawn.words):
            y = self.y(level)
            self.rule(painter, QPointF(self.field.left(), y), QPointF(self.field.right() + 14, y))
            box = QRectF(self.box.left(), y - 8, self.field.left() - self.box.left() - 12, 16)
            is_aim = self._drawn.aim is not None and level == self._drawn.aim.level
            role = "text" if level == now or is_aim else "muted"
            self.write(painter, box, word, RIGHT, role, 600 if level == now else 0)
        self._months(painter)
        self._today(painter)
        self._line(painter)
        self._ahead(painter)
        self._dots(painter)

    def _months(self, painter: QPainter) -> None:
        """Names of months under the first of each, as many as fit."""
        y = self.field.bottom() + 12
        named: list[tuple[float, str]] = []
        month = date(self.first.year, self.first.month, 1)
        while month <= self.last:
            x = self.x(month)
            if self.field.left() <= x <= self.field.right():
                named.append((x, writing.short_day(month).split(" ")[-1]))
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        widest = max((self.width_of(name) for _, name in named), default=0) + 12
        pitch = (named[-1][0] - named[0][0]) / (len(named) - 1) if len(named) > 1 else widest
        for x, name in named[:: max(1, -int(-widest // max(1.0, pitch)))]:
            self.write(painter, QRectF(x - widest / 2, y, widest, 16), name, CENTRE)

    def _today(self, painter: QPainter) -> None:
        x = self.x(self._drawn.today)
        pen = self.dashes("chart_past", 1.5, 1.5, 3)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, self.field.top() - 8), QPointF(x, self.field.bottom()))
        word = tr("today")
        width = self.width_of(word) + 4
        aim = self._drawn.aim
        is_near = aim is not None and aim.day is not None and 0 <= self.x(aim.day) - x < width + 16
        fits = x + 6 + width < self.box.right() and not is_near
        box = QRectF(x + 6 if fits else x - 6 - width, self.field.top() - 12, width, 16)
        painter.fillRect(box, self.colour("surface"))
        self.write(painter, box, word, LEFT if fits else RIGHT)

    def _line(self, painter: QPainter) -> None:
        path = QPainterPath(QPointF(self.x(self._drawn.steps[0].day), self.y(self._drawn.steps[0].level)))
        for step in self._drawn.steps[1:]:
            path.lineTo(self.x(step.day), path.currentPosition().y())
            path.lineTo(self.x(step.day), self.y(step.level))
        path.lineTo(self.x(max(self._drawn.today, self._drawn.steps[-1].day)), path.currentPosition().y())
        painter.setPen(QPen(self.colour("accent"), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _ahead(self, painter: QPainter) -> None:
        aim = self._drawn.aim
        if aim is None:
            return
        start = QPointF(self.x(self._drawn.today), self.y(self._drawn.steps[-1].level))
        stop = QPointF(self.x(aim.day or self.last), self.y(aim.level))
        painter.setPen(self.dashes("accent", 1.75, 4, 3))
        if aim.day is not None and aim.day > self._drawn.today:
            painter.drawLine(start, stop)
        painter.setPen(QPen(self.colour("accent"), 2))
        painter.setBrush(self.colour("surface"))
        around = [QPointF(0, -6), QPointF(5, 0), QPointF(0, 6), QPointF(-5, 0)]
        painter.drawPolygon(QPolygonF([stop + point for point in around]))
        width = self.width_of(aim.label) + 2
        box = QRectF(min(stop.x() + 6, self.box.right()) - width, stop.y() - 25, width, 16)
        self.write(painter, box, aim.label, RIGHT)

    def _dots(self, painter: QPainter) -> None:
        painter.setPen(QPen(self.colour("accent"), 1.75))
        painter.setBrush(self.colour("surface"))
        for dot in self._drawn.dots:
            painter.drawEllipse(QPointF(self.x(dot.day), self.y(self.level_on(dot.day))), DOT, DOT)
        for step in self._drawn.steps[1:]:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colour("accent"))
            x, y = self.x(step.day), self.y(step.level)
            painter.drawEllipse(QPointF(x, y), 5, 5)
            width = self.width_of(step.label) + 2
            if x - 8 - width > self.field.left():
                self.write(painter, QRectF(x - 8 - width, y - 22, width, 16), step.label, RIGHT, "text")


class LadderDrawing(Drawing):
    """Of `Ladder`."""

    HEIGHT = 32
    SMALL = 30
    BAR = 8

    def __init__(self, theme: Theme, drawn: Ladder, box: QRectF) -> None:
        super().__init__(theme, box)
        self._drawn = drawn
        number = len(drawn.words)
        gap = 2.0 if drawn.is_small else 8.0
        width = (box.width() - gap * (number - 1)) / number
        for level, word in enumerate(drawn.words):
            bar = QRectF(box.left() + level * (width + gap), box.top(), width, self.BAR)
            self.spots.append(Placed(bar, self._words(level, word)))

    def _words(self, level: int, word: str) -> str:
        if level == self._drawn.now:
            return tr("{level} · now").format(level=word)
        if level == self._drawn.aim:
            return tr("{level} · aim").format(level=word)
        return word

    def paint(self, painter: QPainter) -> None:
        now, aim = self._drawn.now, self._drawn.aim
        for level, spot in enumerate(self.spots):
            self._bar(painter, spot.box, level)
            if self._drawn.is_small:
                continue
            room = QRectF(spot.box.left() + 1, spot.box.bottom() + 5, spot.box.width() - 1, 16)
            role = "text" if level == now else "muted"
            self.write(painter, room, spot.said, LEFT, role, 600 if level == now else 0)
        if self._drawn.is_small:
            self._below(painter, self._drawn.words[now], "" if aim is None else self._drawn.words[aim])

    def _bar(self, painter: QPainter, box: QRectF, level: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        aim = self._drawn.aim
        if level <= self._drawn.now:
            painter.setBrush(self.colour("accent"))
        elif aim is not None and level <= aim:
            painter.setPen(QPen(self.colour("accent"), 1.5))
            painter.setBrush(self.colour("surface"))
            box = box.adjusted(0.75, 0.75, -0.75, -0.75)
        else:
            painter.setBrush(self.colour("track"))
        painter.drawRoundedRect(box, 2, 2)

    def _below(self, painter: QPainter, now: str, aim: str) -> None:
        line = QRectF(self.box.left() + 1, self.box.top() + 14, self.box.width() - 1, 16)
        self.write(painter, line, now, LEFT, "text")
        to = tr("to: {level}").format(level=aim) if aim else ""
        if to and self.width_of(now) + self.width_of(to) + 6 <= line.width():
            self.write(painter, line, to, RIGHT)


class AxesDrawing(Drawing):
    """Of `Axes`."""

    def __init__(self, theme: Theme, drawn: Axes, box: QRectF) -> None:
        super().__init__(theme, box)
        self._drawn = drawn
        self.field = box.adjusted(26, 6, -6, -26)
        for number, spot in enumerate(drawn.spots):
            size = 7 if number == len(drawn.spots) - 1 else 3
            middle = self.at(spot.x, spot.y)
            self.spots.append(
                Placed(QRectF(middle.x() - size, middle.y() - size, 2 * size, 2 * size), spot.said)
            )

    def at(self, x: float, y: float) -> QPointF:
        """Where a spot stands."""
        field = self.field.adjusted(8, 8, -8, -8)
        inside_x, inside_y = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
        return QPointF(field.left() + field.width() * inside_x, field.bottom() - field.height() * inside_y)

    def paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(self.colour("chart_grid"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.field)
        middle = self.field.center()
        painter.drawLine(QPointF(middle.x(), self.field.top()), QPointF(middle.x(), self.field.bottom()))
        painter.drawLine(QPointF(self.field.left(), middle.y()), QPointF(self.field.right(), middle.y()))
        self._corners(painter)
        below = QRectF(self.field.left(), self.field.bottom() + 6, self.field.width(), 16)
        self.write(painter, below, f"{self._drawn.x_label} →", CENTRE)
        painter.save()
        painter.translate(self.box.left() + 2, self.field.bottom())
        painter.rotate(-90)
        self.write(painter, QRectF(0, 0, self.field.height(), 16), f"{self._drawn.y_label} →", CENTRE)
        painter.restore()
        self._way(painter)

    def _corners(self, painter: QPainter) -> None:
        left_low, left_high, right_low, right_high = self._drawn.corners
        box = self.field.adjusted(8, 4, -8, -4)
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for text, how in (
            (left_low, left | bottom),
            (left_high, left | top),
            (right_low, right | bottom),
            (right_high, right | top),
        ):
            self.write(painter, box, text, how)

    def _way(self, painter: QPainter) -> None:
        points = [spot.box.center() for spot in self.spots]
        painter.setPen(QPen(self.colour("chart_past"), 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        for number, (point, spot) in enumerate(zip(points, self._drawn.spots, strict=True)):
            is_last = number == len(points) - 1
            painter.setBrush(self.colour("accent" if is_last else "chart_past"))
            size = 7 if is_last else 3
            painter.drawEllipse(point, size, size)
            self._label(painter, point, spot.label, is_last)
            painter.setPen(Qt.PenStyle.NoPen)

    def _label(self, painter: QPainter, point: QPointF, label: str, is_last: bool) -> None:
        if not label:
            return
        weight = 600 if is_last else 0
        width = self.width_of(label, weight) + 2
        role = "text" if is_last else "muted"
        y = point.y() - 8 if is_last else point.y() + 8
        x = point.x() + 12 if point.x() + 12 + width < self.field.right() else point.x() - 12 - width
        self.write(painter, QRectF(x, y, width, 16), label, LEFT, role, weight)
