"""A page of the window that is a list: its name and number, buttons, the list, what an empty one says.

The surprising fact: the page hands the focus to whichever of list and empty state is seen, since a hidden one
would hold Tab fast.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import writing
from desktop.store.changes import Noun
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import number_beside
from desktop.ui.reading import Reading
from desktop.ui.rows.items import ItemList
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

T = TypeVar("T")
Line = tuple[str, str, str, str]
"""Of a menu: what `act` is told, label, icon, key."""


class ListPage(QWidget, Generic[T]):
    """A subclass says how it is filled and what is done; see `docs/decisions/010-list-views.md`."""

    HEAD_SIDES = (16, 12)
    HANDS_ON = True
    """The list takes the page's focus. Not where something stands above it: Tab would leave that out."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        rows: ItemList[T],
        nouns: Iterable[Noun],
        buttons: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(name)
        self.list = rows
        self.buttons = tuple(buttons)
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.head = self._head(name)
        self.build()
        if self.HANDS_ON:
            self.setFocusProxy(rows)
        self.reading = Reading(desk, self, nouns, self.fill)
        rows.opened.connect(self._on_opened)
        rows.keyed.connect(self.act)
        rows.customContextMenuRequested.connect(self._on_menu_asked)
        desk.theme.changed.connect(self.update)

    def _head(self, name: str) -> QWidget:
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(name, head)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(self.desk.theme.font("bar"))
        self.number = number_beside(self.desk.theme, head)
        row = QHBoxLayout(head)
        left, right = self.HEAD_SIDES
        row.setContentsMargins(left, 0, right, 1)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.number)
        row.addStretch()
        for button in self.buttons:
            row.addWidget(button)
        return head

    # ── what a subclass says ────────────────────────────────────────────────────────────────────────────

    def build(self) -> None:
        """Put what is seen into ``column``: the head, and below it the list or what an empty one says."""
        self.column.addWidget(self.head)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)

    async def fill(self, reading: Reading) -> None:
        """Read by ``await reading.ask(…)`` and show it: ``show_items`` of the list, then `say`."""
        raise NotImplementedError

    def none_yet(self) -> Emptiness:
        """What is said while there is nothing."""
        raise NotImplementedError

    def open_item(self, item: T) -> None:
        """Enter, or a double click."""

    def act(self, name: str) -> None:
        """What a key, a button or the menu asks for."""

    def lines(self) -> Sequence[Line]:
        """The menu of what is selected; empty: none."""
        return ()

    # ── what every page does ────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    def say(self, number: int) -> None:
        """So many are there: the number beside the name, or what an empty page says."""
        self.number.setText(writing.number(number) if number else "")
        if not number:
            self.empty.say(self.none_yet())
        self.show_list(bool(number))

    def show_list(self, is_shown: bool = True) -> None:
        """The list, or what is said while it is empty; what is seen gets the focus."""
        self.stack.setCurrentIndex(0 if is_shown else 1)
        if self.HANDS_ON:
            self.setFocusProxy(self.list if is_shown else self.empty)

    def menu(self) -> QMenu:
        """What can be done with what is selected."""
        menu = QMenu(self)
        menu.setAccessibleName(self.accessibleName())
        for name, label, icon, key in self.lines():
            ink = self.desk.theme.colour("danger" if name == "delete" else "muted")
            action = menu.addAction(icons.icon(icon, ink), f"{label}\t{key}" if key else label)
            action.setData(name)
        menu.triggered.connect(lambda action: self.act(str(action.data())))
        return menu

    def _on_opened(self, index: QModelIndex) -> None:
        item = self.list.values.at(index.row())
        if item is not None:
            self.open_item(item)

    def _on_menu_asked(self, at: QPoint) -> None:
        menu = self.menu() if self.list.indexAt(at).isValid() else None
        if menu is not None and not menu.isEmpty():
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(at))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        shown = self.list if self.stack.currentIndex() == 0 else self.empty
        shown.setFocus(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.desk.theme.colour("surface"))
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, self.desk.theme.colour("line"))
