"""The foot of the weekly review: what became of the steps so far, and how the last review ended."""

from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import review
from desktop.ui.parts import moments
from desktop.ui.review.steps import Table
from desktop.ui.theme import Theme

HEIGHT = 36


class ReviewFoot(QWidget):
    """Two quiet lines side by side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.left = self.right = ""
        self.setFixedHeight(HEIGHT)
        theme.changed.connect(self.update)

    def show_table(self, table: Table) -> None:
        """Say it for this table."""
        self.left, _ = self.summary(table)
        last = table.log[0] if table.log else None
        self.right = ""
        if last is not None:
            day = moments.short(last.finished_at, date.today())
            self.right = tr("Last review {day}: “{closing}”").format(day=day, closing=last.closing)
        self.setAccessibleName(" ".join(part for part in (self.left, self.right) if part))
        self.update()

    @staticmethod
    def summary(table: Table) -> tuple[str, str]:
        """What became of the steps of the open review: in a sentence, and what is left of them."""
        steps = table.current.steps if table.current else ()
        done = sum(one.outcome == "done" for one in steps)
        skipped = len(steps) - done
        parts = [trn("{n} step done", "{n} steps done", done).format(n=writing.number(done))]
        if skipped:
            parts.append(trn("{n} skipped", "{n} skipped", skipped).format(n=writing.number(skipped)))
        if not steps:
            parts = [tr("Just begun")]
        left = [
            tr("{name}: {n}").format(name=tr(review.NAMES[step]), n=writing.number(table.offers.left(step)))
            for step in review.STEPS[:-1]
            if step != "tool" and table.offers.left(step)
        ]
        return writing.listed(parts) + ".", " · ".join(left)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("line"))
        font = theme.font("caption")
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        box = self.rect().adjusted(40, 1, -40, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.left)
        room = box.width() - QFontMetrics(font).horizontalAdvance(self.left) - 24
        right = QFontMetrics(font).elidedText(self.right, Qt.TextElideMode.ElideRight, max(0, room))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
