"""A highlight in the list: its colour as a bar, the words, the person's own sentence, where it comes from."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.library.note_markdown import plain
from desktop.library.sense_values import Colour, Highlight
from desktop.ui import icons, own_keys
from desktop.ui.desk import Desk
from desktop.ui.highlights.model import HighlightModel, meta
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.rows.delegate import PILL_GAP, count_lines, fitting, paint_lines
from desktop.ui.rows.items import At, ItemDelegate
from desktop.ui.rows.view import RowView

LINE, OWN, LEFT, RIGHT, PENCIL = 23, 20, 38, 20, 22
QUOTED, SAID = 3, 2
"""Lines of the quotation and of the person's own words, at most."""


class HighlightDelegate(ItemDelegate[Highlight]):
    """Paints highlights, as high as their words need."""

    HEIGHT = 104
    IS_MEASURED = True

    def height(self, item: Highlight, width: int) -> int:
        width -= LEFT + RIGHT
        quote = count_lines(item.quote, self._quote_font(), width, QUOTED)
        words = count_lines(plain(item.comment), self.theme.font("own_row"), width - PENCIL, SAID)
        return self.HEIGHT + max(0, quote - 1) * LINE + max(0, words - 1) * OWN

    def _quote_font(self) -> QFont:
        return self.theme.font("own_row", px=15)

    def paint_item(self, painter: QPainter, box: QRect, item: Highlight, at: At) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour(f"mark_{item.colour.value}"))
        painter.drawRoundedRect(QRectF(box.left() + 20, box.top() + 14, 4, box.height() - 28), 2, 2)
        left, width, top = box.left() + LEFT, box.width() - LEFT - RIGHT, box.top() + 14
        painter.setPen(self.theme.colour("text"))
        quote = QRect(left, top, width, 0)
        used = paint_lines(painter, item.quote, self._quote_font(), quote, LINE, QUOTED)
        self._paint_words(painter, item, QRect(left, top + max(1, used) * LINE + 5, width, 0))
        self._paint_meta(painter, item, QRect(left, box.bottom() - 32, width, 18), at.is_on)

    def _paint_words(self, painter: QPainter, row: Highlight, place: QRect) -> None:
        ratio = painter.device().devicePixelRatio()
        ink = self.theme.colour("muted" if row.comment else "accent")
        painter.drawPixmap(QPoint(place.left(), place.top() + 3), icons.pixmap("pencil-line", ink, 14, ratio))
        words = place.adjusted(PENCIL, 0, 0, 0)
        if row.comment:
            painter.setPen(self.theme.colour("text"))
            paint_lines(painter, plain(row.comment), self.theme.font("own_row"), words, OWN, SAID)
            return
        painter.setPen(ink)
        paint_lines(painter, tr("Say why it matters"), self.theme.font("body"), words, OWN, 1)

    def _paint_meta(self, painter: QPainter, row: Highlight, place: QRect, is_on: bool) -> None:
        theme = self.theme
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

    def __init__(self, desk: Desk, model: HighlightModel, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent)
        self._model, self._delegate = model, HighlightDelegate(desk.theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.measure_by(self._height_of, HighlightDelegate.HEIGHT)
        desk.theme.changed.connect(self.remeasure)
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

    def _height_of(self, row: int, width: int) -> int:
        item = self._model.row_at(row)
        return self.row_height if item is None else self._delegate.height(item, width)

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
