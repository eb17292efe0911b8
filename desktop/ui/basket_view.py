"""The share basket: what is gathered to be passed on, in the order it will be read.

Surprising: nothing leaves from here yet. Gathering sends nothing, and the view says so.
"""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.library import basket
from desktop.library.sense_values import BasketItem
from desktop.store.changes import Noun
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import faint
from desktop.ui.reading import Reading
from desktop.ui.rows.delegate import count_lines, paint_lines
from desktop.ui.rows.items import At, ItemDelegate, ItemList, ItemModel
from desktop.ui.rows.page import Line, ListPage
from desktop.ui.views import Emptiness

SHOWN: Final = frozenset({Noun.BASKET, Noun.SOURCE, Noun.ANNOTATION, Noun.NOTE})
ACTS: Final = {"trash": "remove", "basket": "remove"}
LEFT, RIGHT, TOP, TITLE, META, LINE, BOTTOM = 34, 20, 11, 20, 18, 20, 12
INSET = 12
"""Of a quotation, from its bar."""


def title_of(item: BasketItem) -> str:
    """What it is called."""
    return item.title or tr("Untitled")


def kind_of(item: BasketItem) -> str:
    """What it is, in a word."""
    if item.note_id:
        return tr("note")
    return tr("highlight") if item.annotation_id else tr("page")


def spoken(item: BasketItem) -> str:
    """A thing as a screen reader says it."""
    return ", ".join(part for part in (kind_of(item), item.quote, title_of(item), item.site) if part)


class BasketDelegate(ItemDelegate[BasketItem]):
    """Paints a thing with its number, and what is quoted under its title."""

    HEIGHT = TOP + TITLE + META + BOTTOM
    IS_MEASURED = True

    def height(self, item: BasketItem, width: int) -> int:
        lines = count_lines(item.quote, self.theme.font("own_row"), width - LEFT - RIGHT - INSET, 2)
        return self.HEIGHT + (lines * LINE + 6 if lines else 0)

    def paint_item(self, painter: QPainter, box: QRect, item: BasketItem, at: At) -> None:
        theme = self.theme
        left, width, top = box.left() + LEFT, box.width() - LEFT - RIGHT, box.top() + TOP
        picture = icons.pixmap(_icon(item), theme.colour("muted"), 14, painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(box.left() + 13, top + 3), picture)
        painter.setPen(theme.colour("text"))
        title = QRect(left, top, width, 0)
        paint_lines(painter, f"{at.row + 1}. {title_of(item)}", theme.font("row"), title, TITLE, 1)
        painter.setPen(theme.colour("muted"))
        text = " · ".join(part for part in (kind_of(item), item.site) if part)
        paint_lines(painter, text, theme.font("caption"), title.translated(0, TITLE), META, 1)
        if not item.quote:
            return
        painter.setPen(theme.colour("text"))
        words = QRect(left + INSET, top + TITLE + META + 5, width - INSET, 0)
        used = paint_lines(painter, item.quote, theme.font("own_row"), words, LINE, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line_strong"))
        painter.drawRoundedRect(QRectF(left, words.top() + 1, 2, used * LINE - 2), 1, 1)


def _icon(item: BasketItem) -> str:
    return "notebook-pen" if item.note_id else "highlighter" if item.annotation_id else "file-text"


class BasketList(ItemList[BasketItem]):
    """Alt with Up and Down moves what is selected."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_move = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if is_move and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class BasketView(ListPage[BasketItem]):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        values = ItemModel(attrgetter("id"), title_of, spoken, is_numbered=True)
        rows = BasketList(desk, tr("Basket"), values, BasketDelegate(desk.theme), ACTS, {})
        self.up = _button(desk, tr("Move up"), "arrow-up", tr("Move up  Alt ↑"))
        self.down = _button(desk, tr("Move down"), "arrow-down", tr("Move down  Alt ↓"))
        self.remove = _button(desk, tr("Take out of the basket"), "x", tr("Take out of the basket  X"))
        self.clear = _button(desk, tr("Empty the basket"), "trash-2", tr("Empty the basket"))
        buttons = (self.up, self.down, self.remove, self.clear)
        super().__init__(desk, tr("Basket"), rows, SHOWN, buttons, parent)
        for button, name in zip(buttons, ("up", "down", "remove", "empty"), strict=True):
            button.clicked.connect(partial(self.act, name))
        rows.moved.connect(self.move_selected)

    def build(self) -> None:
        super().build()
        says = tr("Nothing has left your computer. Sharing the basket comes with a later version.")
        self.hint = faint(self.desk.theme, says, self)
        self.hint.setContentsMargins(20, 8, 20, 9)
        self.hint.setWordWrap(True)
        self.column.addWidget(self.hint)

    async def fill(self, reading: Reading) -> None:
        items = await reading.ask(basket.items)
        if items is None:
            return
        self.list.show_items(items)
        self.say(len(items))
        for widget in (*self.buttons, self.hint):
            widget.setVisible(bool(items))

    def none_yet(self) -> Emptiness:
        return nothing_in_it()

    def open_item(self, item: BasketItem) -> None:
        if item.note_id:
            self.desk.ask_view(f"note:{item.note_id}")
        elif item.annotation_id:
            self.desk.ask_mark(item.source_id, item.annotation_id)
        else:
            self.desk.ask_source(item.source_id)

    def lines(self) -> Sequence[Line]:
        return (
            ("open", tr("Open"), "book-open", "O"),
            ("up", tr("Move up"), "arrow-up", "Alt+↑"),
            ("down", tr("Move down"), "arrow-down", "Alt+↓"),
            ("remove", tr("Take out of the basket"), "x", "X"),
            ("empty", tr("Empty the basket"), "trash-2", ""),
        )

    def act(self, name: str, _is_checked: bool = False) -> None:
        ids = tuple(item.id for item in self.list.selected())
        if name == "open" and self.list.current is not None:
            self.open_item(self.list.current)
        elif name in ("up", "down"):
            self.move_selected(1 if name == "down" else -1)
        elif name == "remove" and ids:
            self.desk.tasks.run("take out of the basket", basket.take_out, ids)
        elif name == "empty":
            self.desk.tasks.run("empty the basket", basket.empty)

    def move_selected(self, step: int) -> None:
        """One place up (-1) or down (1), keeping together what is selected."""
        ids = [item.id for item in self.list.values.items]
        order = shifted(ids, {item.id for item in self.list.selected()}, step)
        if order != ids:
            self.desk.tasks.run("order the basket", basket.reorder, order)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hint.isHidden():
            QPainter(self).fillRect(0, self.hint.y(), self.width(), 1, self.desk.theme.colour("line"))


def _button(desk: Desk, label: str, icon: str, hint: str) -> Button:
    button = Button(desk.theme, label, icon=icon, kind="icon")
    button.setToolTip(hint)
    return button


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
