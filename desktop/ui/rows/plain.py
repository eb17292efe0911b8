"""A plain list of two-line rows: an icon, what it is, a line below, a word at the right. Questions, people
and acts are shown by it.

The surprising fact: a row knows nothing of what it stands for but a key; the page that made it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.items import At, ItemDelegate, ItemList, ItemModel

LEFT, RIGHT = 50, 20


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


def spoken(row: PlainRow) -> str:
    """A row as a screen reader says it."""
    return ", ".join(part for part in (row.title, row.line, row.said or row.right) if part)


class PlainDelegate(ItemDelegate[PlainRow]):
    """Paints rows of one height."""

    def paint_item(self, painter: QPainter, box: QRect, item: PlainRow, at: At) -> None:
        theme = self.theme
        ratio = painter.device().devicePixelRatio()
        if item.icon:
            sign = icons.pixmap(item.icon, theme.colour("muted"), 18, ratio)
            painter.drawPixmap(QPoint(box.left() + 20, box.top() + (box.height() - 18) // 2), sign)
        small = theme.font("caption")
        taken = QFontMetrics(small).horizontalAdvance(item.right) + 16 if item.right else 0
        left = box.left() + (LEFT if item.icon else 20)
        width = box.right() - RIGHT - taken - left
        top = box.top() + (8 if item.line else 18)
        painter.setPen(theme.colour("muted" if item.is_quiet else "text"))
        font = theme.font("body" if item.is_quiet else "row", 0 if item.is_quiet else 500)
        paint_lines(painter, item.title, font, QRect(left, top, width, 0), 20, 1)
        painter.setPen(theme.colour("text" if item.is_own else "muted"))
        if item.line:
            below = theme.font("own_row" if item.is_own else "caption")
            paint_lines(painter, item.line, below, QRect(left, top + 20, width, 0), 19, 1)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -RIGHT, 0), flags, item.right)


class PlainList(ItemList[PlainRow]):
    """The list."""

    def __init__(
        self, desk: Desk, name: str, acts: dict[str, str], keys: dict[str, str], parent: QWidget | None = None
    ) -> None:
        values = ItemModel(attrgetter("key"), attrgetter("title"), spoken)
        super().__init__(desk, name, values, PlainDelegate(desk.theme), acts, keys, parent)

    def show_rows(self, rows: Sequence[PlainRow], groups: Sequence[tuple[str, int]] = ()) -> None:
        """Show these. ``groups``: (heading, number of rows) in order."""
        self.show_items(rows, groups)

    @property
    def key(self) -> str:
        """The key of the current row; empty: none."""
        return self.current.key if self.current is not None else ""
