"""Tries in their list: what was to be tried, for which goal, from which page, by when, how it went.

The surprising fact: what is due comes first and says so in words; a try with a result shows its sentence.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop.languages import tr
from desktop.learning.values import TryRow, TryState
from desktop.ui import icons
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.items import At, ItemDelegate
from desktop.ui.study import words

LEFT, TEXT, RIGHT, DATE = 20, 56, 20, 110


def is_due(row: TryRow) -> bool:
    """Whether its day has come."""
    return row.days_left is not None and row.days_left <= 0


def state(row: TryRow) -> str:
    """``It worked``, ``planned``, ``dropped``."""
    if row.state is TryState.DONE:
        return tr(words.WENT[row.went]) if row.went else tr("done")
    return tr("dropped") if row.state is TryState.DROPPED else tr("planned")


def second_line(row: TryRow) -> str:
    """Its result, else the goal and the page it is from."""
    if row.result:
        return row.result
    origin = tr("from “{title}”").format(title=row.title) if row.title else ""
    return " · ".join(part for part in (row.goal, origin) if part)


def spoken(row: TryRow) -> str:
    """A try as a screen reader says it."""
    parts = [row.what, state(row), words.due(row), row.result, row.goal]
    return ", ".join(part for part in parts if part)


class TryDelegate(ItemDelegate[TryRow]):
    """Paints tries of one height."""

    HEIGHT = 64

    def paint_item(self, painter: QPainter, box: QRect, item: TryRow, _at: At) -> None:
        theme, colour, row = self.theme, self.theme.colour, item
        is_over = row.state is not TryState.PLANNED
        name = words.WENT_ICONS[row.went] if row.went and is_over else "flask-conical"
        ink = colour("muted" if is_over or not is_due(row) else "warning")
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(QPoint(box.left() + LEFT, box.top() + 22), icons.pixmap(name, ink, 20, ratio))
        width = box.width() - TEXT - RIGHT - DATE - 12
        painter.setPen(colour("muted" if is_over else "text"))
        line = QRect(box.left() + TEXT, box.top() + 13, width, 0)
        paint_lines(painter, row.what, theme.font("row"), line, 19, 1)
        font = theme.font("own_row") if row.result else theme.font("caption")
        painter.setPen(colour("text" if row.result else "muted"))
        below = QRect(box.left() + TEXT + (10 if row.result else 0), box.top() + 34, width - 10, 0)
        if row.result:
            rule = QRect(box.left() + TEXT, box.top() + 35, 2, 18)
            painter.fillRect(rule, colour("own_words_rule"))
        paint_lines(painter, second_line(row), font, below, 19, 1)
        self._paint_right(painter, QRect(box.right() - RIGHT - DATE, box.top() + 13, DATE, 18), row)

    def _paint_right(self, painter: QPainter, box: QRect, row: TryRow) -> None:
        font = self.theme.font("caption")
        painter.setFont(font)
        is_late = row.state is TryState.PLANNED and is_due(row)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, text in enumerate((words.due(row), state(row) if row.state is TryState.DONE else "")):
            painter.setPen(self.theme.colour("warning" if is_late else "muted" if number else "text"))
            text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box.translated(0, number * 21), side, text)


def due_number(rows: Sequence[TryRow]) -> int:
    """How many are due."""
    return sum(row.state is TryState.PLANNED and is_due(row) for row in rows)
