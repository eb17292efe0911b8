"""A list of values: its model, the delegate that paints them, and the list that keeps what is selected.

The surprising fact: a page says only what tells two values apart, what a screen reader says, how high one is
and how it is painted; everything else is here. `docs/decisions/010-list-views.md` is the recipe.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.languages import tr
from desktop.ui.desk import Desk
from desktop.ui.parts.moments import Group
from desktop.ui.rows.ground import paint_ground, paint_ring
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.theme import Theme

T = TypeVar("T")
ITEM_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ItemModel(QAbstractListModel, Generic[T]):
    """Values in order. ``key`` tells one from another; ``spoken`` is what a screen reader says."""

    def __init__(
        self,
        key: Callable[[T], object],
        title: Callable[[T], str],
        spoken: Callable[[T], str],
        parent: QObject | None = None,
        *,
        is_numbered: bool = False,
    ) -> None:
        super().__init__(parent)
        self.items: list[T] = []
        self.key = key
        self._title, self._spoken, self._is_numbered = title, spoken, is_numbered

    def show(self, items: Sequence[T]) -> bool:
        """Show these; the same ones in the same order only change their words (False: nothing moved)."""
        new = list(items)
        if list(map(self.key, new)) == list(map(self.key, self.items)):
            self.items = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return False
        self.beginResetModel()
        self.items = new
        self.endResetModel()
        return True

    def place_of(self, key: object) -> int:
        """Where the value with this key stands, or -1."""
        return next((at for at, item in enumerate(self.items) if self.key(item) == key), -1)

    def at(self, row: int) -> T | None:
        """The value of a row; None outside."""
        return self.items[row] if 0 <= row < len(self.items) else None

    def is_heading(self, item: T) -> bool:
        """Whether it parts the others and cannot be chosen."""
        return False

    def flags(self, index: _Index) -> Qt.ItemFlag:
        item = self.at(index.row()) if index.isValid() else None
        if item is None or self.is_heading(item):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        item = self.at(index.row()) if index.isValid() else None
        if item is None or role == ITEM_ROLE:
            return item
        if role == int(Qt.ItemDataRole.DisplayRole):
            return self._title(item)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return self._said(item, index.row() + 1)
        return None

    def _said(self, item: T, number: int) -> str:
        if not self._is_numbered:
            return self._spoken(item)
        place = tr("{n} of {all}").format(n=number, all=len(self.items))
        return f"{self._spoken(item)}, {place}"


@dataclass(frozen=True, slots=True)
class At:
    """Where a value is painted: its row, whether it is the last one, whether it is selected."""

    row: int
    is_last: bool
    is_on: bool


class ItemDelegate(QStyledItemDelegate, Generic[T]):
    """Paints values: a subclass sets `HEIGHT` and `paint_item`.

    With `IS_MEASURED` rows have different heights: ``height`` says them, and `HEIGHT` is that of most.
    """

    HEIGHT = 56
    IS_MEASURED = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def height(self, item: T, width: int) -> int:
        """Pixels that a value needs in rows of this width."""
        return self.HEIGHT

    def paint_item(self, painter: QPainter, box: QRect, item: T, at: At) -> None:
        """Paint a value into its box; ground and ring are painted already, or will be."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """What the row stands on."""
        paint_ground(painter, self.theme, option)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        item = index.data(ITEM_ROLE)
        return QSize(300, self.HEIGHT if item is None else self.height(item, option.rect.width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item: T | None = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option)
        if item is not None:
            is_on = bool(option.state & QStyle.StateFlag.State_Selected)
            at = At(index.row(), index.row() == index.model().rowCount() - 1, is_on)
            self.paint_item(painter, QRect(option.rect), item, at)
        paint_ring(painter, self.theme, option)
        painter.restore()


class ItemList(KeyedList, Generic[T]):
    """The list of an `ItemModel`: what was selected stays selected, or what stands in its place."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        values: ItemModel[T],
        delegate: ItemDelegate[T],
        acts: dict[str, str],
        keys: dict[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, acts, keys, parent)
        self.values, self._delegate = values, delegate
        values.setParent(self)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setModel(values)
        self.setAccessibleName(name)
        self.arrange(delegate.HEIGHT, ())
        if delegate.IS_MEASURED:
            self.measure_by(self._height_of, delegate.HEIGHT)
            desk.theme.changed.connect(self.remeasure)

    def _height_of(self, row: int, width: int) -> int:
        item = self.values.at(row)
        return self.row_height if item is None else self._delegate.height(item, width)

    def show_items(
        self, items: Sequence[T], groups: Sequence[tuple[str, int]] = (), *, is_choosing: bool = True
    ) -> None:
        """Show these. ``groups``: (heading, number of rows) in order; an empty heading is none. Without
        ``is_choosing`` the page itself says which row is current.
        """
        chosen = {self.values.key(item) for item in self.selected()}
        before, place = self.current, max(0, self.currentIndex().row())
        is_moved = self.values.show(items)
        self.arrange(self.row_height, _groups(groups))
        if is_choosing and self.values.items and (is_moved or before is None):
            at = self.values.place_of(self.values.key(before)) if before is not None else -1
            self.choose(at if at >= 0 else min(place, len(self.values.items) - 1))
        if is_moved:
            self._select(chosen)
        self.viewport().update()

    def _select(self, keys: set[object]) -> None:
        for at, item in enumerate(self.values.items if keys else ()):
            if self.values.key(item) in keys:
                self.selectionModel().select(self.values.index(at), QItemSelectionModel.SelectionFlag.Select)

    @property
    def current(self) -> T | None:
        """The current value; None: there is none."""
        return self.values.at(self.currentIndex().row())

    def selected(self) -> list[T]:
        """The selected values, in order."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [item for place in places if (item := self.values.at(place)) is not None]

    def choose(self, place: int, *, is_keeping: bool = False) -> None:
        """Make the row at a place current, and the only one selected (unless it is, and ``is_keeping``)."""
        index, flag = self.values.index(place), QItemSelectionModel.SelectionFlag
        is_kept = is_keeping and self.selectionModel().isSelected(index)
        self.selectionModel().setCurrentIndex(index, flag.NoUpdate if is_kept else flag.ClearAndSelect)

    def choose_key(self, key: object) -> bool:
        """Make the value with this key current; False: there is none."""
        place = self.values.place_of(key)
        if place >= 0:
            self.choose(place)
        return place >= 0

    def on_current(self, run: Callable[[], None]) -> None:
        """Do this whenever another row is current."""
        self.selectionModel().currentChanged.connect(lambda *_: run())


def _groups(groups: Sequence[tuple[str, int]]) -> tuple[Group, ...]:
    made, row = [], 0
    for label, number in groups:
        if number and label:
            made.append(Group(row, label))
        row += number
    return tuple(made)
