"""A line with a box to tick: icon, what it is, the words below. Used where evidence is chosen."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.languages import writing
from desktop.learning import days
from desktop.ui import icons
from desktop.ui.goals.words import Entry
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TickDelegate(QStyledItemDelegate):
    """Paints an `Entry` (user role) of one height."""

    HEIGHT = 48

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(240, self.HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: Entry | None = index.data(int(Qt.ItemDataRole.UserRole))
        box, colour = QRect(option.rect), self._theme.colour
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = index.data(int(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if option.state & QStyle.StateFlag.State_MouseOver or is_current:
            painter.fillRect(box, colour("hover"))
        self._paint_tick(painter, QRectF(box.left() + 10, box.top() + 16, 16, 16), is_on)
        if entry is not None:
            self._paint_entry(painter, box, entry)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(box).adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_tick(self, painter: QPainter, box: QRectF, is_on: bool) -> None:
        colour = self._theme.colour
        painter.setPen(QPen(colour("accent" if is_on else "line_strong"), 1.5))
        painter.setBrush(colour("accent" if is_on else "raised"))
        painter.drawRoundedRect(box, 3, 3)
        if is_on:
            ratio = painter.device().devicePixelRatio()
            tick = icons.pixmap("check", colour("on_accent"), 12, ratio)
            painter.drawPixmap(QPoint(round(box.left()) + 2, round(box.top()) + 2), tick)

    def _paint_entry(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        theme, ratio = self._theme, painter.device().devicePixelRatio()
        left, width = box.left() + 38, box.width() - 48
        picture = icons.pixmap(entry.icon, theme.colour("muted"), 14, ratio)
        painter.drawPixmap(QPoint(left, box.top() + 8), picture)
        day = days.parse(entry.day)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(left, box.top() + 6, width, 18), RIGHT, writing.short_day(day) if day else "")
        painter.setPen(theme.colour("text"))
        head = " · ".join(part for part in (entry.title, entry.meta) if part)
        paint_lines(painter, head, theme.font("body"), QRect(left + 20, box.top() + 6, width - 80, 0), 18, 1)
        painter.setPen(theme.colour("muted"))
        words = QRect(left + 20, box.top() + 25, width - 20, 0)
        paint_lines(painter, entry.words, theme.font("own_row", px=13), words, 18, 1)
