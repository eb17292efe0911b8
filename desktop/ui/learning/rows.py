"""How an activity stands in the list: kind, title, how far it is, the next date; and the line of headings.

The surprising fact: in a narrow list the middle column goes, and what it says joins the second line.
"""

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.learning.values import ActivityRow, Status
from desktop.ui import icons
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.items import At, ItemDelegate
from desktop.ui.study import words
from desktop.ui.theme import Theme

HEIGHT, LEFT, TEXT, RIGHT = 64, 20, 56, 20
PROGRESS, DATE, GAP = 104, 84, 16
WIDE_FROM = 470
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Columns:
    """Where the columns stand in a row of this width."""

    def __init__(self, width: int) -> None:
        self.is_wide = width >= WIDE_FROM
        self.date = width - RIGHT - DATE
        self.progress = self.date - GAP - PROGRESS
        self.text_end = (self.progress if self.is_wide else self.date) - GAP


class ActivityDelegate(ItemDelegate[ActivityRow]):
    """Paints activities of one height."""

    HEIGHT = HEIGHT

    def paint_item(self, painter: QPainter, box: QRect, item: ActivityRow, _at: At) -> None:
        row, theme, at = item, self.theme, Columns(box.width())
        colour, ratio = theme.colour, painter.device().devicePixelRatio()
        is_over = row.status in (Status.DONE, Status.DROPPED)
        picture = icons.pixmap(words.icon(row.kind), colour("muted"), 20, ratio)
        painter.drawPixmap(QPoint(box.left() + LEFT, box.top() + (HEIGHT - 20) // 2), picture)
        width = at.text_end - TEXT
        painter.setPen(colour("muted" if is_over else "text"))
        title = QRect(box.left() + TEXT, box.top() + 13, width, 0)
        paint_lines(painter, row.title, theme.font("row"), title, 19, 1)
        far, said, spent = words.progress(row)
        second = words.about(row)
        if not at.is_wide:
            second = " · ".join(part for part in (said, spent, second) if part)
        self._say(painter, second, QRect(box.left() + TEXT, box.top() + 35, width, 18), "muted")
        if at.is_wide and (row.units or row.minutes or spent or said):
            place = QRect(box.left() + at.progress, box.top() + 17, PROGRESS, HEIGHT - 34)
            self._paint_progress(painter, place, far, said, spent)
        self._paint_date(painter, QRect(box.left() + at.date, box.top(), DATE, HEIGHT - 1), row)

    def _paint_progress(self, painter: QPainter, box: QRect, far: float, said: str, spent: str) -> None:
        paint_bar(painter, self.theme, QRectF(box.left(), box.top() + 1, box.width(), 6), far)
        line = QRect(box.left(), box.top() + 12, box.width(), 18)
        self._say(painter, said, line, "muted")
        self._say(painter, spent, line, "muted", Qt.AlignmentFlag.AlignRight)

    def _paint_date(self, painter: QPainter, box: QRect, row: ActivityRow) -> None:
        if row.running_since:
            ratio = painter.device().devicePixelRatio()
            picture = icons.pixmap("timer", self.theme.colour("accent"), 16, ratio)
            painter.drawPixmap(QPoint(box.right() - 15, box.top() + (box.height() - 16) // 2), picture)
            return
        text = words.next_or_last(row, date.today())
        self._say(painter, text, box, "text", Qt.AlignmentFlag.AlignRight)

    def _say(
        self, painter: QPainter, text: str, box: QRect, role: str, side: Any = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        font = self.theme.font("caption")
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE | side, text)


def paint_bar(painter: QPainter, theme: Theme, box: QRectF, far: float) -> None:
    """How far something is, 0 to 1."""
    radius = box.height() / 2
    painter.setPen(theme.colour("line") if theme.is_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("track"))
    painter.drawRoundedRect(box, radius, radius)
    if far > 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        done = QRectF(box.left(), box.top(), max(box.height(), box.width() * min(1.0, far)), box.height())
        painter.drawRoundedRect(done, radius, radius)


class Headings(QWidget):
    """The names of the columns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(28)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = Columns(self.width())
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(QRect(LEFT, 0, 200, 27), _MIDDLE, tr("Activity"))
        if at.is_wide:
            painter.drawText(QRect(at.progress, 0, PROGRESS + GAP, 27), _MIDDLE, tr("Done, time spent"))
        right = QRect(at.date - GAP, 0, DATE + GAP, 27)
        painter.drawText(right, _MIDDLE | Qt.AlignmentFlag.AlignRight, tr("Next or last"))
        painter.fillRect(0, 27, self.width(), 1, self._theme.colour("line"))
