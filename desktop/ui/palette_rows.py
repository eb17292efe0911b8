"""What the Ctrl+K box lists, and how a line of it is painted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui import icons
from desktop.ui.actions import key_text
from desktop.ui.buttons import paint_key
from desktop.ui.theme import Theme

ANSWER_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
HEADING, ONE_LINE, TWO_LINES = 28, 36, 56

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Answer:
    """One line. ``height`` is HEADING, ONE_LINE or TWO_LINES; a heading's ``meta`` is its number."""

    height: int
    title: str
    meta: str = ""
    line: str = ""
    icon: str = ""
    key: str = ""
    run: Callable[[], None] | None = None

    @property
    def is_heading(self) -> bool:
        """Headings part the answers and cannot be chosen."""
        return self.height == HEADING


class AnswerDelegate(QStyledItemDelegate):
    """Paints answers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        answer: Answer = index.data(ANSWER_ROLE)
        return QSize(200, answer.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        answer: Answer = index.data(ANSWER_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if answer.is_heading:
            self._paint_heading(painter, box, answer)
        else:
            self._paint_answer(painter, box, answer, option)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, answer: Answer) -> None:
        painter.setFont(self._theme.font("caption", 500))
        painter.setPen(self._theme.colour("muted"))
        words = box.adjusted(16, 8, -16, -4)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, answer.title)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, answer.meta)

    def _paint_answer(
        self, painter: QPainter, box: QRect, answer: Answer, option: QStyleOptionViewItem
    ) -> None:
        theme = self._theme
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_on:
            painter.fillRect(box, theme.colour("selected"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("hover"))
        middle = box.top() + (18 if answer.height == TWO_LINES else box.height() // 2)
        ratio = painter.device().devicePixelRatio()
        picture = icons.pixmap(answer.icon, theme.colour("muted"), 16, ratio)
        painter.drawPixmap(QPoint(box.left() + 16, middle - 8), picture)
        right = box.right() - 16
        key = key_text(answer.key) if answer.key else "↵" if is_on else ""
        if key:
            width = QFontMetrics(theme.font("caption", 500)).horizontalAdvance(key) + 10
            paint_key(painter, theme, QPoint(right - width, middle), key)
            right -= width + 12
        self._paint_words(painter, QRect(box.left() + 44, middle - 10, right - box.left() - 44, 20), answer)

    def _paint_words(self, painter: QPainter, place: QRect, answer: Answer) -> None:
        theme = self._theme
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        is_page = answer.height == TWO_LINES
        font = theme.font("strong" if is_page else "body")
        metrics, elide = QFontMetrics(font), Qt.TextElideMode.ElideRight
        small = theme.font("caption")
        meta_width = QFontMetrics(small).horizontalAdvance(answer.meta)
        title = metrics.elidedText(answer.title, elide, max(80, place.width() - meta_width - 8))
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(place, flags, title)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(place.adjusted(metrics.horizontalAdvance(title) + 8, 0, 0, 0), flags, answer.meta)
        if is_page and answer.line:
            own = theme.font("own_row")
            painter.setFont(own)
            painter.setPen(theme.colour("text"))
            words = QFontMetrics(own).elidedText(" ".join(answer.line.split())[:300], elide, place.width())
            painter.drawText(place.translated(0, 20), flags, words)
