"""What stands above the cards of the toolkit: how many are due, which are shown, words to filter them by."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.settings import Choice
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button

FILTERS = (
    Choice("all", mark("All")),
    Choice("due", mark("Due")),
    Choice("keep", mark("Keep")),
    Choice("learn", mark("Learn")),
    Choice("replace", mark("Replace")),
)


class DueBar(QWidget):
    """Says how many are due. ``wanted``: they are to be shown."""

    wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._words = ""
        self.setFixedHeight(45)
        ink = "on_warning_soft"
        self.review = Button(desk.theme, tr("Review them now"), kind="outline", ink=ink, is_small=True)
        self.review.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.addStretch(1)
        row.addWidget(self.review)

    def say(self, number: int) -> None:
        """So many are due; none: there is nothing to say."""
        said = trn("{n} tool is due for its review.", "{n} tools are due for their review.", number)
        self._words = said.format(n=writing.number(number))
        self.setAccessibleName(self._words)
        self.setVisible(number > 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.colour("warning_soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        ink, middle = theme.colour("on_warning_soft"), (self.height() - 1) // 2
        picture = icons.pixmap("clock", ink, 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(16, middle - 8), picture)
        painter.setFont(theme.font("body"))
        painter.setPen(ink)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(44, 0, -self.review.width() - 24, -1), flags, self._words)


class FilterField(QLineEdit):
    """Words that the shown cards hold. ``left``: to the list, by Enter, Down or Escape, which empties it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            if key == Qt.Key.Key_Escape:
                self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)
