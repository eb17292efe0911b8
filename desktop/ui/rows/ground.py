"""What every row of a list stands on: its ground by its state, the line below, the ring of the focus."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.ui.theme import Theme


def paint_ground(painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> bool:
    """The ground of a row by its state, and the line below; True when it is selected."""
    box = QRect(option.rect)
    colour = theme.colour
    is_on = bool(option.state & QStyle.StateFlag.State_Selected)
    if is_on:
        is_active = bool(option.state & QStyle.StateFlag.State_Active)
        painter.fillRect(box, colour("selected" if is_active else "selected_idle"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, colour("hover"))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
    if is_on:
        painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
    return is_on


def paint_ring(painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> None:
    """The ring of the row that has the focus."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -2))
