"""A plain list of two-line rows: an icon, what it is, a line below, a word at the right. Questions, people
and acts are shown by it.

The surprising fact: a row knows nothing of what it stands for but a key; the page that made it does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.moments import Group
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.ground import paint_ground, paint_ring
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.theme import Theme

HEIGHT: Final = 56
LEFT, RIGHT = 50, 20
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row. ``key`` tells the page what it stands for."""

    key: str
    title: str
    line: str = ""
    right: str = ""
    icon: str = ""
    is_own: bool = False
    """The line is the person's own words: in their type."""
    is_quiet: bool = False
    """It is over: the title is not strong."""
    said: str = ""
    """For a screen reader instead of ``right``."""


class PlainModel(QAbstractListModel):
    """Rows in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PlainRow] = []

    def show(self, rows: Sequence[PlainRow]) -> None:
        """Show these; the same keys in the same order only change their words."""
        new = list(rows)
        if new and [one.key for one in new] == [one.key for one in self.rows]:
            self.rows = new
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
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.title, row.line, row.said or row.right) if part)
        return None


class PlainDelegate(QStyledItemDelegate):
    """Paints rows of one height."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(280, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: PlainRow | None = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self._theme, option)
        if row is not None:
            self._paint_row(painter, QRect(option.rect), row)
        paint_ring(painter, self._theme, option)
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRect, row: PlainRow) -> None:
        theme = self._theme
        ratio = painter.device().devicePixelRatio()
        if row.icon:
            sign = icons.pixmap(row.icon, theme.colour("muted"), 18, ratio)
            painter.drawPixmap(QPoint(box.left() + 20, box.top() + (box.height() - 18) // 2), sign)
        small = theme.font("caption")
        taken = QFontMetrics(small).horizontalAdvance(row.right) + 16 if row.right else 0
        left = box.left() + (LEFT if row.icon else 20)
        width = box.right() - RIGHT - taken - left
        top = box.top() + (8 if row.line else 18)
        painter.setPen(theme.colour("muted" if row.is_quiet else "text"))
        font = theme.font("body" if row.is_quiet else "row", 0 if row.is_quiet else 500)
        paint_lines(painter, row.title, font, QRect(left, top, width, 0), 20, 1)
        painter.setPen(theme.colour("text" if row.is_own else "muted"))
        if row.line:
            below = theme.font("own_row" if row.is_own else "caption")
            paint_lines(painter, row.line, below, QRect(left, top + 20, width, 0), 19, 1)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -RIGHT, 0), flags, row.right)


class PlainList(KeyedList):
    """The list. ``groups``: (heading, number of rows) in order."""

    def __init__(
        self, desk: Desk, name: str, acts: dict[str, str], keys: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, acts, keys, parent)
        self.plain = PlainModel(self)
        self.setModel(self.plain)
        self.setItemDelegate(PlainDelegate(desk.theme, self))
        self.setAccessibleName(name)
        self.arrange(HEIGHT, ())

    def show_rows(self, rows: Sequence[PlainRow], groups: Sequence[tuple[str, int]] = ()) -> None:
        """Show these; what was selected stays selected, or what stands in its place."""
        key, place = self.key, max(0, self.currentIndex().row())
        self.plain.show(rows)
        self.arrange(HEIGHT, _groups(groups))
        self.updateGeometries()
        if rows:
            known = [one.key for one in rows]
            at = known.index(key) if key in known else min(place, len(rows) - 1)
            self.choose(at)
        self.viewport().update()

    def choose(self, place: int) -> None:
        """Select the row at a place."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.plain.index(place), flag)

    def choose_key(self, key: str) -> bool:
        """Select the row of a key; False: there is none."""
        place = next((at for at, row in enumerate(self.plain.rows) if row.key == key), -1)
        if place >= 0:
            self.choose(place)
        return place >= 0

    @property
    def key(self) -> str:
        """The key of the current row; empty: none."""
        row = self.currentIndex().row()
        return self.plain.rows[row].key if 0 <= row < len(self.plain.rows) else ""

    def on_current(self, run: Callable[[], None]) -> None:
        """Do this whenever another row is current."""
        self.selectionModel().currentChanged.connect(lambda *_: run())


def _groups(groups: Sequence[tuple[str, int]]) -> tuple[Group, ...]:
    made, row = [], 0
    for label, number in groups:
        if number:
            made.append(Group(row, label))
        row += number
    return tuple(made)
