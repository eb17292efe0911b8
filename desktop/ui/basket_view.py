"""The share basket: what is gathered to be passed on, in the order it will be read.

Surprising: nothing leaves from here yet. Gathering sends nothing, and the view says so.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import tr, writing
from desktop.library import basket
from desktop.library.sense_values import BasketItem
from desktop.store.changes import Changes, Noun
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import faint, number_beside
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.notes import KeyedList, paint_ground, paint_ring
from desktop.ui.theme import Lengths, Theme
from desktop.ui.views import Emptiness

SHOWN = frozenset({Noun.BASKET, Noun.SOURCE, Noun.ANNOTATION, Noun.NOTE})
ACTS = {"trash": "remove", "basket": "remove"}
HEIGHT, LEFT, RIGHT = 84, 56, 20
ITEM_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class BasketModel(QAbstractListModel):
    """Things in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[BasketItem] = []

    def show(self, items: Sequence[BasketItem]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == int(Qt.ItemDataRole.DisplayRole):
            return item.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            place = tr("{n} of {all}").format(n=index.row() + 1, all=len(self.items))
            parts = (kind_of(item), item.quote, item.title or tr("Untitled"), item.site, place)
            return ", ".join(part for part in parts if part)
        return None


def kind_of(item: BasketItem) -> str:
    """What it is, in a word."""
    if item.note_id:
        return tr("note")
    return tr("highlight") if item.annotation_id else tr("page")


class BasketDelegate(QStyledItemDelegate):
    """Paints a thing with its number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(300, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item: BasketItem | None = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self._theme, option)
        if item is not None:
            self._paint_item(painter, QRect(option.rect), item, index.row() + 1)
        paint_ring(painter, self._theme, option)
        painter.restore()

    def _paint_item(self, painter: QPainter, box: QRect, item: BasketItem, number: int) -> None:
        theme = self._theme
        left, width, top = box.left() + LEFT, box.width() - LEFT - RIGHT, box.top() + 11
        painter.setFont(theme.font("row", 500))
        painter.setPen(theme.colour("muted"))
        place = QRect(box.left() + 8, top, LEFT - 20, 19)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{number}.")
        painter.setPen(theme.colour("text"))
        title = item.title or tr("Untitled")
        if item.quote:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("line_strong"))
            painter.drawRoundedRect(QRectF(left, top + 2, 3, 36), 1.5, 1.5)
            painter.setPen(theme.colour("text"))
            quote = QRect(left + 13, top, width - 13, 0)
            used = paint_lines(painter, item.quote, theme.font("own_row"), quote, 20, 2)
        else:
            used = paint_lines(painter, title, theme.font("row"), QRect(left, top, width, 0), 20, 2)
        painter.setPen(theme.colour("muted"))
        ratio = painter.device().devicePixelRatio()
        picture = icons.pixmap(_icon(item), theme.colour("muted"), 14, ratio)
        bottom = top + used * 20 + 3
        painter.drawPixmap(QPoint(left, bottom + 2), picture)
        parts = (kind_of(item), title if item.quote else "", item.site)
        text = " · ".join(part for part in parts if part)
        meta = QRect(left + 20, bottom, width - 20, 0)
        paint_lines(painter, text, theme.font("caption"), meta, 18, 1)


def _icon(item: BasketItem) -> str:
    return "notebook-pen" if item.note_id else "highlighter" if item.annotation_id else "file-text"


class BasketList(KeyedList):
    """Alt with Up and Down moves what is selected."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class BasketView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_stale = True
        self._is_loading = False
        self.setAccessibleName(tr("Basket"))
        self.model = BasketModel(self)
        self.list = BasketList(desk, ACTS, {}, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(BasketDelegate(desk.theme, self))
        self.list.setAccessibleName(tr("Basket"))
        self.list.arrange(HEIGHT, ())
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        says = tr("Nothing has left your computer. Sharing the basket comes with a later version.")
        self.hint = faint(desk.theme, says, self)
        self.hint.setContentsMargins(20, 8, 20, 9)
        self.hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.hint)
        self.setFocusProxy(self.list)
        self._connect()

    def _head(self) -> QWidget:
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Basket"), head)
        title.setFont(self._desk.theme.font("bar"))
        self.number = number_beside(self._desk.theme, head)
        self.up = self._button(tr("Move up"), "arrow-up", head)
        self.down = self._button(tr("Move down"), "arrow-down", head)
        self.remove = self._button(tr("Take out of the basket"), "x", head)
        self.clear = self._button(tr("Empty the basket"), "trash-2", head)
        self.up.setToolTip(tr("Move up  Alt ↑"))
        self.down.setToolTip(tr("Move down  Alt ↓"))
        self.remove.setToolTip(tr("Take out of the basket  X"))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.number)
        row.addStretch()
        for button in (self.up, self.down, self.remove, self.clear):
            row.addWidget(button)
        return head

    def _button(self, label: str, icon: str, parent: QWidget) -> Button:
        return Button(self._desk.theme, label, icon=icon, kind="icon", parent=parent)

    def _connect(self) -> None:
        self.list.opened.connect(self._on_opened)
        self.list.keyed.connect(self._on_keyed)
        self.list.moved.connect(self.move_selected)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.up.clicked.connect(self._on_up_clicked)
        self.down.clicked.connect(self._on_down_clicked)
        self.remove.clicked.connect(self.remove_selected)
        self.clear.clicked.connect(self.empty_basket)
        self._desk.changed.connect(self._on_changed)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self._is_stale = True
        if self.isVisible() and not self._is_loading and self._desk.reader is not None:
            self._desk.tasks.start(self._reload())

    async def _reload(self) -> None:
        self._is_loading = True
        try:
            while self._is_stale:
                self._is_stale = False
                items = await self._desk.tasks.read(basket.items)
                if items is not None and not self._is_stale:
                    self._apply(items)
        finally:
            self._is_loading = False

    def _apply(self, items: list[BasketItem]) -> None:
        chosen, row = {item.id for item in self.selected()}, self.list.currentIndex().row()
        current = self.model.items[row].id if 0 <= row < len(self.model.items) else 0
        self.model.show(items)
        self.list.updateGeometries()
        self.number.setText(writing.number(len(items)) if items else "")
        for widget in (self.up, self.down, self.remove, self.clear, self.hint):
            widget.setVisible(bool(items))
        if not items:
            self.empty.say(nothing_in_it())
        self.stack.setCurrentWidget(self.list if items else self.empty)
        self.setFocusProxy(self.list if items else self.empty)  # a hidden one would hold Tab fast
        self._select_again(chosen, current, row)
        self.list.viewport().update()

    def _select_again(self, chosen: set[int], current: int, row: int) -> None:
        ids = [item.id for item in self.model.items]
        if not ids:
            return
        flags = QItemSelectionModel.SelectionFlag
        selection = self.list.selectionModel()
        place = ids.index(current) if current in ids else min(max(row, 0), len(ids) - 1)
        selection.setCurrentIndex(self.model.index(place), flags.ClearAndSelect)
        for at, one in enumerate(ids):
            if one in chosen:
                selection.select(self.model.index(at), flags.Select)

    def selected(self) -> list[BasketItem]:
        """What is selected, in order."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.items[place] for place in places if place < len(self.model.items)]

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def move_selected(self, step: int) -> None:
        """One place up (-1) or down (1), keeping together what is selected."""
        ids = [item.id for item in self.model.items]
        chosen = {item.id for item in self.selected()}
        order = shifted(ids, chosen, step)
        if order != ids:
            self._desk.tasks.run("order the basket", basket.reorder, order)

    def remove_selected(self) -> None:
        """Take it out; the things themselves stay."""
        ids = tuple(item.id for item in self.selected())
        if ids:
            self._desk.tasks.run("take out of the basket", basket.take_out, ids)

    def empty_basket(self) -> None:
        """Take everything out."""
        self._desk.tasks.run("empty the basket", basket.empty)

    def menu(self) -> QMenu:
        """What can be done with what is selected."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Basket"))
        ink = self._desk.theme.colour("muted")
        lines = (
            (tr("Open"), "book-open", "O", self._open_current),
            (tr("Move up"), "arrow-up", "Alt+↑", self._on_up_clicked),
            (tr("Move down"), "arrow-down", "Alt+↓", self._on_down_clicked),
            (tr("Take out of the basket"), "x", "X", self.remove_selected),
            (tr("Empty the basket"), "trash-2", "", self.empty_basket),
        )
        for label, icon, key, run in lines:
            menu.addAction(icons.icon(icon, ink), f"{label}\t{key}" if key else label).triggered.connect(run)
        return menu

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _open_current(self) -> None:
        self._on_opened(self.list.currentIndex())

    def _on_opened(self, index: QModelIndex) -> None:
        item: BasketItem | None = self.model.data(index, ITEM_ROLE)
        if item is None:
            return
        if item.note_id:
            self._desk.ask_view(f"note:{item.note_id}")
        elif item.annotation_id:
            self._desk.ask_mark(item.source_id, item.annotation_id)
        else:
            self._desk.ask_source(item.source_id)

    def _on_keyed(self, _name: str) -> None:
        self.remove_selected()

    def _on_up_clicked(self) -> None:
        self.move_selected(-1)

    def _on_down_clicked(self) -> None:
        self.move_selected(1)

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & SHOWN:
            self.refresh()

    def _on_menu_asked(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid():
            menu = self.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(at))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.setFocus(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        line = self._desk.theme.colour("line")
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, line)
        if not self.hint.isHidden():
            painter.fillRect(0, self.hint.y(), self.width(), 1, line)


def shifted(ids: Sequence[int], chosen: set[int], step: int) -> list[int]:
    """``ids`` with the chosen ones one place up or down, in their order."""
    order = list(ids) if step < 0 else list(ids)[::-1]
    for at in range(1, len(order)):
        if order[at] in chosen and order[at - 1] not in chosen:
            order[at - 1], order[at] = order[at], order[at - 1]
    return order if step < 0 else order[::-1]


def nothing_in_it() -> Emptiness:
    """What is said while nothing is gathered."""
    return Emptiness(
        "shopping-basket",
        tr("The basket is empty"),
        tr(
            "Press {basket} on a page, a highlight or a note that colleagues should see. "
            "It is gathered here; sharing it comes with a later version."
        ),
        (tr("Open Inbox"), "inbox", "inbox"),
        (tr("Open Highlights"), "highlights", "highlighter"),
    )


def make(desk: Desk) -> BasketView:
    """The page."""
    return BasketView(desk)
