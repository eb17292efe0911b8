"""The lists of the sidebar: headings and entries, as words with numbers or as a rail of icons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QMimeData,
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
from PySide6.QtGui import QDropEvent, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.rows.items import ITEM_ROLE, ItemModel
from desktop.ui.theme import Lengths, Theme

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

INDENT, DEEPEST = 14, 4
TAG: Final = "tag:"
TAG_TYPE: Final = "application/x-kithbook-tag"


@dataclass(frozen=True, slots=True)
class Entry:
    """A list that can be chosen, or a heading (no name)."""

    name: str
    label: str
    icon: str = ""
    count: int = 0
    depth: int = 0
    """How far it is indented: tags below tags."""
    colour: str = ""
    """Name of a highlight's colour that its icon has."""
    act: str = ""
    """Of a heading: the act that the sign + at its right runs."""

    @property
    def is_heading(self) -> bool:
        """Headings part the lists and cannot be chosen."""
        return not self.name


class SidebarModel(ItemModel[Entry]):
    """Entries in order."""

    tag_dropped = Signal(str, str)
    """A tag is to stand below another one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_name, _label, _spoken, parent)

    def is_heading(self, item: Entry) -> bool:
        return item.is_heading

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.items[index.row()].name.startswith(TAG):
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [TAG_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        names = [self.items[index.row()].name.removeprefix(TAG) for index in indexes]
        data.setData(TAG_TYPE, names[0].encode() if names else b"")
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """A tag let go on another one: it is to stand below that. The rows follow once it does."""
        if not parent.isValid() or not data.hasFormat(TAG_TYPE):
            return False
        name, under = bytes(data.data(TAG_TYPE).data()).decode(), self.items[parent.row()].name
        if name and under.startswith(TAG) and under != f"{TAG}{name}":
            self.tag_dropped.emit(name, under.removeprefix(TAG))
        return False

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if index.isValid() and role == int(Qt.ItemDataRole.ToolTipRole):
            return tooltip(self.items[index.row()].label)
        return super().data(index, role)


def _name(entry: Entry) -> str:
    return entry.name or entry.label


def _label(entry: Entry) -> str:
    return entry.label


def _spoken(entry: Entry) -> str:
    return f"{entry.label}, {entry.count}" if entry.count else entry.label


def plus_of(box: QRect) -> QRect:
    """Where the sign + of a heading is hit."""
    return QRect(box.right() - 36, box.top() + (box.height() - 24) // 2 + 3, 24, 24)


class SidebarDelegate(QStyledItemDelegate):
    """Paints entries in both widths."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.is_rail = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        entry: Entry = index.data(ITEM_ROLE)
        if self.is_rail:
            return QSize(Lengths.RAIL, 13 if entry.is_heading else 30)
        return QSize(Lengths.SIDEBAR, Lengths.SIDEBAR_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: Entry = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if entry.is_heading:
            self._paint_heading(painter, box, entry)
        else:
            self._paint_entry(painter, box, option, entry)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        if self.is_rail:
            line = QRect(box.center().x() - 12, box.top() + 6, 24, 1)
            painter.fillRect(line, self._theme.colour("line"))
            return
        painter.setFont(self._theme.font("caption", 500))
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(box.adjusted(16, 9, 0, -3), Qt.AlignmentFlag.AlignVCenter, entry.label)
        if entry.act:
            place = plus_of(box).topLeft() + QPoint(5, 5)
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(place, icons.pixmap("plus", self._theme.colour("muted"), 14, ratio))

    def _paint_entry(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, entry: Entry) -> None:
        theme = self._theme
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        inner = QRectF(box.adjusted(10, 0, -9, 0) if self.is_rail else box.adjusted(8, 0, -8, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        if is_on or is_hot:
            painter.setBrush(theme.colour("accent_soft" if is_on else "pill"))
            painter.drawRoundedRect(inner, Lengths.RADIUS, Lengths.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), 5, 5)
        ink = theme.colour("on_accent_soft" if is_on else "muted")
        ratio = painter.device().devicePixelRatio()
        if entry.colour:
            ink = theme.colour(f"mark_{entry.colour}")
        picture = icons.pixmap(entry.icon, ink, 16, ratio)
        indent = INDENT * min(entry.depth, DEEPEST)
        left = box.center().x() - 8 if self.is_rail else box.left() + 16 + indent
        painter.drawPixmap(QPoint(left, box.top() + (box.height() - 16) // 2), picture)
        if not self.is_rail:
            self._paint_words(painter, box, entry, is_on)

    def _paint_words(self, painter: QPainter, box: QRect, entry: Entry, is_on: bool) -> None:
        theme = self._theme
        number = f"{entry.count:,}" if entry.count else ""
        small = theme.font("caption", 600 if is_on else 400)
        painter.setFont(small)
        painter.setPen(theme.colour("on_accent_soft" if is_on else "muted"))
        right = box.adjusted(0, 0, -17, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
        left = 41 + INDENT * min(entry.depth, DEEPEST)
        room = right.right() - box.left() - left - QFontMetrics(small).horizontalAdvance(number) - 8
        font = theme.font("strong" if is_on else "body")
        painter.setFont(font)
        painter.setPen(theme.colour("on_accent_soft" if is_on else "text"))
        label = QFontMetrics(font).elidedText(entry.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, label)


class SidebarList(QListView):
    """The lists; ``chosen`` says the name of the one that was chosen."""

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    """A menu about this entry is wanted at this point of the screen."""
    act_asked = Signal(str)
    """The sign + of a heading was pressed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = SidebarModel(self)
        self._delegate = SidebarDelegate(theme, self)
        self.setModel(self._model)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.tag_dropped = self._model.tag_dropped
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Lists"))
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.bar = OverlayBar(theme, self, is_quiet=True)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_asked)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)
        theme.changed.connect(self.viewport().update)

    @property
    def entries(self) -> list[Entry]:
        """What is shown."""
        return self._model.items

    def fill(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        self._model.show(entries)

    def set_rail(self, is_rail: bool) -> None:
        """Only icons, or words."""
        self._delegate.is_rail = is_rail
        self.scheduleDelayedItemsLayout()

    def set_active(self, name: str) -> None:
        """Mark an entry without asking for it."""
        for position, entry in enumerate(self.entries):
            if entry.name == name and name:
                self.setCurrentIndex(self._model.index(position))
                return
        self.clearSelection()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are for acts."""

    def event(self, event: QEvent) -> bool:
        # Arrow keys choose at once, as a click does.
        before = self.currentIndex().row()
        done = super().event(event)
        after = self.currentIndex()
        if event.type() == QEvent.Type.KeyPress and after.isValid() and after.row() != before:
            self._on_clicked(after)
        return done

    def dropEvent(self, event: QDropEvent) -> None:
        # Qt's own would look for rows to move; here only the tags' paths change, and the rows follow.
        at, action = event.position().toPoint(), Qt.DropAction.MoveAction
        self._model.dropMimeData(event.mimeData(), action, -1, -1, self.indexAt(at))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        entry = self.entries[index.row()] if index.isValid() else None
        if entry is not None and entry.act and plus_of(self.visualRect(index)).contains(at):
            self.act_asked.emit(entry.act)
            return
        if event.button() != Qt.MouseButton.RightButton:  # a menu about an entry does not open it
            super().mousePressEvent(event)

    def _on_menu_asked(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid() and not self._model.items[index.row()].is_heading:
            self.menu_asked.emit(self._model.items[index.row()].name, self.viewport().mapToGlobal(at))

    def _on_clicked(self, index: QModelIndex) -> None:
        entry = self._model.items[index.row()]
        if not entry.is_heading:
            self.chosen.emit(entry.name)
