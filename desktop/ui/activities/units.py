"""The units of an activity: ticks, titles by depth, minutes; marked done by key.

The surprising fact: it is a list without a scroll bar of its own. It is as high as its rows, and the pane
around it rolls the current one into sight.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.languages import tr
from desktop.learning.values import Unit
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.rows.ground import paint_ring
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.study import words
from desktop.ui.theme import Theme

ROW, INDENT, TICK, TEXT, RIGHT = 36, 16, 16, 26, 4
UNIT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
ACTS = {"trash": "remove", "done": "tick"}
KEYS = {"Space": "tick", "F2": "rename", "Alt+Up": "up", "Alt+Down": "down"}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class UnitModel(QAbstractListModel):
    """Units in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Unit] = []
        self.next_id = 0

    def show(self, rows: Sequence[Unit]) -> None:
        """Show these; the same units only change their ticks."""
        new = list(rows)
        self.next_id = next((one.id for one in new if not one.done_at), 0)
        if [one.id for one in new] == [one.id for one in self.rows]:
            self.rows = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.rows = new
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        unit = self.rows[index.row()]
        if role == UNIT_ROLE:
            return unit
        if role == int(Qt.ItemDataRole.DisplayRole):
            return unit.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            state = tr("done") if unit.done_at else tr("not done")
            return ", ".join(part for part in (unit.title, state, _length(unit)) if part)
        return None


def _length(unit: Unit) -> str:
    return words.hours(unit.minutes) if unit.minutes else ""


class UnitDelegate(QStyledItemDelegate):
    """Paints one unit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        unit: Unit | None = index.data(UNIT_ROLE)
        if unit is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, colour = QRect(option.rect), self._theme.colour
        is_active = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if option.state & QStyle.StateFlag.State_Selected and is_active:
            painter.fillRect(box, colour("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
        model = index.model()
        is_next = isinstance(model, UnitModel) and model.next_id == unit.id
        self._paint_unit(painter, box, unit, is_next)
        paint_ring(painter, self._theme, option)
        painter.restore()

    def _paint_unit(self, painter: QPainter, box: QRect, unit: Unit, is_next: bool) -> None:
        colour = self._theme.colour
        left = box.left() + unit.depth * INDENT
        tick = QRectF(left + 0.5, box.top() + 9.5, TICK - 1, TICK - 1)
        painter.setPen(QPen(colour("accent" if unit.done_at else "line_strong"), 1.3))
        painter.setBrush(colour("accent") if unit.done_at else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(tick, 4, 4)
        if unit.done_at:
            ratio = painter.device().devicePixelRatio()
            picture = icons.pixmap("check", colour("on_accent"), 12, ratio)
            painter.drawPixmap(QPoint(left + 2, box.top() + 11), picture)
        length, small = _length(unit), self._theme.font("caption")
        room = QFontMetrics(small).horizontalAdvance(length) + 10 if length else 0
        font = self._theme.font("strong" if is_next else "body")
        painter.setFont(font)
        painter.setPen(colour("muted" if unit.done_at else "text"))
        place = QRect(left + TEXT, box.top(), box.right() - left - TEXT - room - RIGHT, box.height() - 1)
        title = QFontMetrics(font).elidedText(unit.title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(small)
        painter.setPen(colour("muted"))
        right = QRect(box.right() - room - RIGHT, box.top(), room, box.height() - 1)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, length)


class UnitList(KeyedList):
    """``asked`` says what is to be done with which units: tick, remove, rename, up, down."""

    asked = Signal(str, object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ACTS, KEYS, parent)
        self.units = UnitModel(self)
        self.setModel(self.units)
        self.setItemDelegate(UnitDelegate(desk.theme, self))
        self.setAccessibleName(tr("Units"))
        self.bar.hide()
        self.arrange(ROW, ())
        self.keyed.connect(self._on_keyed)
        self.opened.connect(self._on_opened)

    def show_units(self, rows: Sequence[Unit]) -> None:
        """Show these."""
        self.units.show(rows)
        self.setFixedHeight(ROW * len(rows))
        self.setVisible(bool(rows))
        self.updateGeometries()
        self.viewport().update()

    def selected(self) -> list[Unit]:
        """The selected units, else the current one."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.units.rows[place] for place in places if place < len(self.units.rows)]

    def go_to_next(self) -> None:
        """Stand on the first unit that is not done."""
        rows = self.units.rows
        place = next((at for at, one in enumerate(rows) if one.id == self.units.next_id), 0)
        if rows:
            self.setCurrentIndex(self.units.index(place))

    def _on_keyed(self, what: str) -> None:
        found = self.selected()
        if found:
            self.asked.emit(what, found)

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_keyed("tick")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        unit: Unit | None = index.data(UNIT_ROLE) if index.isValid() else None
        if unit is not None and event.position().x() < unit.depth * INDENT + TEXT:
            self.asked.emit("tick", [unit])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: Any) -> None:
        """The pane rolls, not this list."""
        event.ignore()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self.go_to_next()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return False
        return super().viewportEvent(event)
