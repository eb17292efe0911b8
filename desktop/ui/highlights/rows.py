"""A highlight in the list: its colour as a bar, the words, the person's own sentence, where it comes from."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.languages import tr
from desktop.library.note_markdown import plain
from desktop.library.sense_values import Colour, Highlight
from desktop.ui import icons, own_keys
from desktop.ui.desk import Desk
from desktop.ui.highlights.model import HIGHLIGHT_ROLE, meta
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.rows.delegate import PILL_GAP, fitting, paint_lines
from desktop.ui.rows.view import RowView
from desktop.ui.theme import Theme

HEIGHT, LINE, LEFT, RIGHT = 112, 21, 38, 20

_Index = QModelIndex | QPersistentModelIndex


class HighlightDelegate(QStyledItemDelegate):
    """Paints highlights of one height."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(300, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Highlight | None = index.data(HIGHLIGHT_ROLE)
        box = QRect(option.rect)
        colour = self._theme.colour
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_on:
            is_active = bool(option.state & QStyle.StateFlag.State_Active)
            painter.fillRect(box, colour("selected" if is_active else "selected_idle"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
        if row is not None:
            self._paint_row(painter, box, row, is_on)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(QRectF(box).adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRect, row: Highlight, is_on: bool) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"mark_{row.colour.value}"))
        painter.drawRoundedRect(QRectF(box.left() + 20, box.top() + 14, 4, box.height() - 28), 2, 2)
        left, width, top = box.left() + LEFT, box.width() - LEFT - RIGHT, box.top() + 12
        painter.setPen(theme.colour("text"))
        quote = QRect(left, top, width, 0)
        used = paint_lines(painter, row.quote, theme.font("own_row", px=15), quote, LINE, 2)
        self._paint_words(painter, row, QRect(left, top + used * LINE + 2, width, 0), 3 - used)
        self._paint_meta(painter, row, QRect(left, box.bottom() - 30, width, 18), is_on)

    def _paint_words(self, painter: QPainter, row: Highlight, place: QRect, lines: int) -> None:
        theme = self._theme
        ratio = painter.device().devicePixelRatio()
        ink = theme.colour("muted" if row.comment else "accent")
        painter.drawPixmap(QPoint(place.left(), place.top() + 3), icons.pixmap("pencil-line", ink, 14, ratio))
        words = place.adjusted(22, 0, 0, 0)
        if row.comment:
            painter.setPen(theme.colour("text"))
            paint_lines(painter, plain(row.comment), theme.font("own_row"), words, 20, lines)
            return
        painter.setPen(ink)
        paint_lines(painter, tr("Say why it matters"), theme.font("body"), words, 20, 1)

    def _paint_meta(self, painter: QPainter, row: Highlight, place: QRect, is_on: bool) -> None:
        theme = self._theme
        found = [Pill(tr("lost its place"), "warn")] if row.is_lost else []
        pills = fitting(theme, [*found, *(Pill(tag) for tag in row.tags)], place.width() // 2)
        x = place.right() + 1
        for pill in reversed(pills):
            x -= pill_width(theme, pill)
            paint_pill(painter, theme, QPoint(x, place.top()), pill, is_on_selection=is_on)
            x -= PILL_GAP
        font = theme.font("caption")
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        room = x - place.left() - 6
        text = QFontMetrics(font).elidedText(meta(row, date.today()), Qt.TextElideMode.ElideMiddle, room)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(place.left(), place.top(), room + 2, 18), middle, text)


class HighlightList(RowView):
    """The list answers the keys of the reader's acts: move, open, copy, colours, Trash removes."""

    copied = Signal()
    removed = Signal()
    recoloured = Signal(object)
    """`Colour`."""
    quoted = Signal()
    """A note is to be made of them."""
    gathered = Signal()
    """They go into the basket."""
    tagged = Signal()
    remembered = Signal()
    """They are to be asked again, or no longer."""
    tied = Signal()
    """They are evidence for a goal."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent)
        self._does: dict[str, Callable[[], None]] = {
            "copy_quotation": self.copied.emit,
            "next": partial(self.go, 1),
            "previous": partial(self.go, -1),
            "open": self._open,
            "trash": self.removed.emit,
            "quote": self.quoted.emit,
            "basket": self.gathered.emit,
            "tag": self.tagged.emit,
            "remember": self.remembered.emit,
            "goal": self.tied.emit,
        }
        for number, colour in enumerate(Colour, 1):
            self._does[f"mark_{number}"] = partial(self.recoloured.emit, colour)
        self._actions = desk.actions

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
            return
        key = own_keys.pressed(event)
        does = next((act for name, act in self._does.items() if self._actions.is_key(name, key)), None)
        if does is not None:
            does()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
