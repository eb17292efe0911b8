"""A goal in the overview: skill and why, the ladder, twelve weeks of evidence, its date and when it moved.

The surprising fact: columns go where there is no room, the weeks first and then the date; nothing is said
only by what went, since the row's own words for screen readers have it all.
"""

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.learning import days
from desktop.learning.overview import GoalLine
from desktop.ui import icons
from desktop.ui.charts.chart import drawing_of
from desktop.ui.goals import charts as goal_charts
from desktop.ui.goals import words as goal_words
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.items import At, ItemDelegate
from desktop.ui.theme import Theme

SIDE = 20
LEVEL, WEEKS, DUE, GAP = 200, 102, 136, 24
TEXT_LEAST = 250
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def spoken(line: GoalLine) -> str:
    """A goal as a screen reader says it."""
    row = line.row
    parts = [
        row.skill,
        line.why,
        goal_words.level_sentence(row),
        tr("Next: {step}").format(step=row.next_step) if row.next_step else "",
        goal_words.pieces(row.evidence),
        goal_words.time_left(row),
        goal_words.movement(row, days.today())[0],
        tr("private") if row.is_private else "",
    ]
    return ", ".join(part for part in parts if part)


def columns(width: int) -> tuple[QRect, QRect | None, QRect | None, QRect | None]:
    """Left and width of words, level, weeks and date in a row of that width (the height is nothing yet)."""
    right = width - SIDE
    shown: list[QRect | None] = []
    rest = width - 2 * SIDE
    has_due = rest - DUE - GAP - LEVEL - GAP >= TEXT_LEAST
    has_weeks = has_due and rest - DUE - GAP - WEEKS - GAP - LEVEL - GAP >= TEXT_LEAST
    has_level = rest - LEVEL - GAP >= 160
    for is_shown, size in ((has_due, DUE), (has_weeks, WEEKS), (has_level, LEVEL)):
        if is_shown:
            shown.append(QRect(right - size, 0, size, 0))
            right -= size + GAP
        else:
            shown.append(None)
    due, weeks, level = shown
    return QRect(SIDE, 0, right - SIDE, 0), level, weeks, due


class GoalDelegate(ItemDelegate[GoalLine]):
    """Paints goals of one height."""

    HEIGHT = 84

    def paint_item(self, painter: QPainter, box: QRect, item: GoalLine, at: At) -> None:
        words, level, weeks, due = columns(box.width())
        left, top = box.left(), box.top()
        self._paint_words(painter, QRect(left + words.left(), top + 13, words.width(), 0), item)
        if level is not None:
            place = QRectF(left + level.left(), top + 27, level.width(), 30)
            drawing_of(self.theme, goal_charts.ladder(item.row, is_small=True), place).paint(painter)
        if weeks is not None:
            place = QRectF(left + weeks.left(), top + 17, weeks.width(), 28)
            drawing_of(self.theme, goal_charts.spark(item), place).paint(painter)
            self._write(
                painter, QRect(left + weeks.left(), top + 52, weeks.width() + 22, 16),
                goal_words.brief_pieces(item.row.evidence), LEFT,
            )  # fmt: skip
        if due is not None:
            self._paint_due(painter, QRect(left + due.left(), top + 22, due.width(), 18), item, at.is_on)

    def _paint_words(self, painter: QPainter, place: QRect, line: GoalLine) -> None:
        theme, row = self.theme, line.row
        ratio = painter.device().devicePixelRatio()
        font = theme.font("row")
        room = place.width() - (20 if row.is_private else 0)
        painter.setPen(theme.colour("text"))
        paint_lines(painter, row.skill, font, QRect(place.left(), place.top(), room, 0), 19, 1)
        if row.is_private:
            wide = min(QFontMetrics(font).horizontalAdvance(row.skill), room - 4)
            at = QPoint(place.left() + wide + 8, place.top() + 3)
            painter.drawPixmap(at, icons.pixmap("lock", theme.colour("muted"), 13, ratio))
        y = place.top() + 20
        if line.why:
            why = QRect(place.left(), y, place.width(), 0)
            paint_lines(painter, line.why, theme.font("own_row"), why, 19, 1)
            y += 20
        if row.next_step:
            arrow = icons.pixmap("arrow-right", theme.colour("muted"), 13, ratio)
            painter.drawPixmap(QPoint(place.left(), y + 3), arrow)
            text = tr("Next: {step}").format(step=row.next_step)
            self._write(painter, QRect(place.left() + 20, y + 1, place.width() - 20, 17), text, LEFT)

    def _paint_due(self, painter: QPainter, place: QRect, line: GoalLine, is_on: bool) -> None:
        is_late = line.row.days_left is not None and line.row.days_left < 0
        role = "warning" if is_late else "text"
        font = self.theme.font("body")
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        text = QFontMetrics(font).elidedText(
            goal_words.due_day(line.row), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, RIGHT, text)
        words, is_still = goal_words.movement(line.row, days.today())
        below = place.translated(0, 23)
        if is_still:
            pill = Pill(words, "warn")
            at = QPoint(below.right() + 1 - pill_width(self.theme, pill), below.top() - 1)
            paint_pill(painter, self.theme, at, pill, is_on_selection=is_on)
            return
        self._write(painter, below, words, RIGHT)

    def _write(self, painter: QPainter, box: QRect, text: str, how: Qt.AlignmentFlag) -> None:
        font = self.theme.font("caption")
        painter.setFont(font)
        painter.setPen(self.theme.colour("muted"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 2)
        painter.drawText(box, how, shown)


class ColumnHeads(QWidget):
    """The names of the columns, above them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(28)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("muted"))
        words, level, weeks, due = columns(self.width())
        heads = (
            (words, tr("Skill, and why"), LEFT),
            (level, tr("Level"), LEFT),
            (weeks, tr("Last 12 weeks"), LEFT),
            (due, tr("Due, movement"), RIGHT),
        )
        for box, text, how in heads:
            if box is not None:
                painter.drawText(QRect(box.left(), 0, box.width(), self.height() - 1), how, text)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


def due_of(line: GoalLine) -> date:
    """For sorting: goals without a date come last."""
    return days.parse(line.row.by_date) or date.max
