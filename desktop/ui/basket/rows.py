"""The list of what is in the basket: its own sentence under each thing, a tick for its full text, an order.

Surprising: the sentence is written where it stands. The editor lies over the row, which is measured anew
while it grows; Enter keeps, Shift+Enter begins a line, Esc leaves all as it was.
"""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.languages import tr
from desktop.share.basket_rows import BasketRow
from desktop.ui import icons
from desktop.ui.basket import words
from desktop.ui.desk import Desk
from desktop.ui.parts.pills import PAD, Pill, paint_pill, pill_width
from desktop.ui.rows.delegate import count_lines, paint_lines
from desktop.ui.rows.items import At, ItemDelegate, ItemList, ItemModel
from desktop.ui.theme import Theme

ACTS: Final = {"trash": "remove", "basket": "remove"}
KEYS: Final = {"F": "full"}
LEFT, RIGHT, TOP, TITLE, META, LINE, FOOT, BOTTOM = 34, 16, 12, 20, 20, 21, 20, 11
INSET, GAP, BOX = 12, 4, 16
"""Of a sentence from its rule; between parts; side of a tick."""
MOST_LINES: Final = 6
EDITOR: Final = 92


def model() -> ItemModel[BasketRow]:
    """An empty list of them."""
    return ItemModel(lambda row: row.id, words.title_of, words.spoken, is_numbered=True)


class BasketDelegate(ItemDelegate[BasketRow]):
    """Paints a thing: number and title, where from, its sentence, what leaves with it."""

    HEIGHT = TOP + TITLE + META + LINE + 2 * GAP + FOOT + BOTTOM
    IS_MEASURED = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.written = 0
        """The thing whose sentence is being written."""
        self.is_all_full = False
        """Every full text goes along."""

    def height(self, item: BasketRow, width: int) -> int:
        return self.foot(QRect(0, 0, width, 0), item).bottom() + 1 + BOTTOM

    # ── where everything is ─────────────────────────────────────────────────────────────────────────────

    def quote(self, box: QRect, row: BasketRow) -> QRect:
        """The words of a highlight; empty for others."""
        place = QRect(box.left() + LEFT, box.top() + TOP + TITLE + META, box.width() - LEFT - RIGHT, 0)
        lines = count_lines(row.item.quote, self.theme.font("body"), place.width(), 2)
        return place.adjusted(0, 0, 0, lines * 18)

    def sentence(self, box: QRect, row: BasketRow) -> QRect:
        """The person's sentence, or what asks for one."""
        place = self.quote(box, row)
        place.setRect(place.left(), place.bottom() + 1 + GAP, place.width(), LINE)
        if row.id == self.written:
            place.setHeight(EDITOR)
        elif row.item.sentence:
            width = place.width() - INSET
            place.setHeight(
                LINE * count_lines(row.item.sentence, self.theme.font("own_row"), width, MOST_LINES)
            )
        return place

    def foot(self, box: QRect, row: BasketRow) -> QRect:
        """What leaves with it, and the tick."""
        place = self.sentence(box, row)
        return QRect(place.left(), place.bottom() + 1 + GAP + 2, place.width(), FOOT)

    def tick(self, box: QRect, row: BasketRow) -> QRect:
        """The tick of the full text, with its words; empty for a note, which goes whole."""
        if row.item.note_id:
            return QRect()
        foot = self.foot(box, row)
        width = BOX + 8 + _metrics(self.theme, "body").horizontalAdvance(tr("Full text"))
        return QRect(foot.right() + 1 - width, foot.top(), width, FOOT)

    # ── paint ───────────────────────────────────────────────────────────────────────────────────────────

    def paint_item(self, painter: QPainter, box: QRect, item: BasketRow, at: At) -> None:
        theme = self.theme
        self._paint_icon(painter, "grip-vertical", QPoint(box.left() + 10, box.top() + TOP + 2), "muted")
        painter.setPen(theme.colour("text" if item.number else "muted"))
        title = QRect(box.left() + LEFT, box.top() + TOP, box.width() - LEFT - RIGHT, 0)
        numbered = f"{item.number}. {words.title_of(item)}" if item.number else words.title_of(item)
        paint_lines(painter, numbered, theme.font("row", 600), title, TITLE, 1)
        self._paint_meta(painter, title.translated(0, TITLE), item)
        if item.item.quote:
            painter.setPen(theme.colour("muted"))
            paint_lines(painter, item.item.quote, theme.font("body"), self.quote(box, item), 18, 2)
        self._paint_sentence(painter, self.sentence(box, item), item)
        self._paint_foot(painter, box, item)

    def _paint_meta(self, painter: QPainter, place: QRect, row: BasketRow) -> None:
        theme = self.theme
        minutes = tr("{n} min").format(n=row.minutes) if row.minutes else ""
        about = words.kind_of(row) if row.item.note_id or row.item.annotation_id else ""
        text = " · ".join(part for part in (about, row.item.site, minutes) if part)
        pills = [Pill(tr("{circle} only").format(circle=row.circle), "warn", "lock")] if row.circle else []
        if not row.number:
            pills = [Pill(tr("private, stays here"), "plain", "lock")]
        elif row.has_private:
            goes = row.item.with_private
            pills.append(
                Pill(tr("private goes too") if goes else tr("private stays"), "warn" if goes else "plain")
            )
        if row.is_inside and row.number:
            pills.append(
                Pill(tr("link goes too") if row.item.with_address else tr("link stays"), "plain", "link")
            )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("muted"))
        metrics = _metrics(theme, "caption")
        room = sum(pill_width(theme, pill) + PAD for pill in pills)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(40, place.width() - room))
        line = QRect(place.left(), place.top(), place.width(), 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        x = place.left() + metrics.horizontalAdvance(shown) + (8 if shown else 0)
        for pill in pills:
            paint_pill(painter, theme, QPoint(x, place.top()), pill, is_on_selection=True)
            x += pill_width(theme, pill) + PAD

    def _paint_sentence(self, painter: QPainter, place: QRect, row: BasketRow) -> None:
        theme = self.theme
        if row.id == self.written:
            return
        if row.item.sentence:
            painter.setPen(theme.colour("text"))
            inner = place.adjusted(INSET, 0, 0, 0)
            paint_lines(painter, row.item.sentence, theme.font("own_row"), inner, LINE, MOST_LINES)
            painter.fillRect(
                QRect(place.left(), place.top(), 2, place.height()), theme.colour("own_words_rule")
            )
            return
        self._paint_icon(painter, "pen-line", place.topLeft() + QPoint(0, 3), "accent")
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("accent"))
        line = place.adjusted(22, 0, 0, 0)
        asked = tr("Say in a sentence why they should read it")
        if row.item.why:
            asked = tr("Begin with why it matters: “{why}”").format(why=" ".join(row.item.why.split()))
        asked = _metrics(theme, "body").elidedText(asked, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, asked)

    def _paint_foot(self, painter: QPainter, box: QRect, row: BasketRow) -> None:
        theme = self.theme
        foot, middle = self.foot(box, row), Qt.AlignmentFlag.AlignVCenter
        counted = words.counted(row)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("muted"))
        if counted:
            self._paint_icon(painter, "highlighter", foot.topLeft() + QPoint(0, 3), "muted")
            painter.drawText(foot.adjusted(18, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, counted)
        tick = self.tick(box, row)
        if tick.isEmpty():
            return
        is_on = row.item.full_text or self.is_all_full
        square = QRectF(tick.left() + 0.5, tick.top() + 2.5, BOX - 1, BOX - 1)
        painter.setPen(QPen(theme.colour("accent" if is_on else "line_strong"), 1))
        painter.setBrush(theme.colour("accent") if is_on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 4, 4)
        if is_on:
            self._paint_icon(painter, "check", QPoint(tick.left() + 1, tick.top() + 3), "on_accent")
        painter.setPen(theme.colour("text" if is_on else "muted"))
        painter.drawText(tick, middle | Qt.AlignmentFlag.AlignRight, tr("Full text"))

    def _paint_icon(self, painter: QPainter, name: str, at: QPoint, role: str) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(at, icons.pixmap(name, self.theme.colour(role), 14, ratio))


class SentenceEditor(QPlainTextEdit):
    """Lies over a row. Enter and going elsewhere keep, Esc leaves."""

    kept = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.isVisible():
            self.kept.emit()


class BasketList(ItemList[BasketRow]):
    """Enter writes the sentence, Alt with Up and Down moves what is selected, and so does the grip."""

    moved = Signal(int)
    """One place up (-1) or down (1)."""
    dropped = Signal(int, int)
    """The thing of this row was let go before that row."""
    said = Signal(int, str)
    """A thing's new sentence."""
    ticked = Signal(object)
    """The tick of this `BasketRow` was clicked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        delegate = BasketDelegate(desk.theme)
        super().__init__(desk, tr("Basket"), model(), delegate, ACTS, KEYS, parent)
        self.delegate = delegate
        self.editor = SentenceEditor(self.viewport())
        self.editor.setObjectName("sentence")
        self.editor.setTabChangesFocus(True)
        self.editor.setPlaceholderText(tr("Why they should read it. Enter keeps it, Esc leaves it."))
        self.editor.kept.connect(self.keep)
        self.editor.left.connect(self.leave)
        self.editor.hide()
        self._dragged, self._before = -1, -1
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_moved)
        bar.rangeChanged.connect(self._on_moved)
        desk.tasks.draining.connect(self.keep)

    # ── the sentence ────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_writing(self) -> bool:
        """Whether a sentence is being written."""
        return bool(self.delegate.written)

    def write(self) -> None:
        """Write the sentence of the current thing where it stands."""
        row = self.current
        if row is None or self.is_writing:
            return
        self.delegate.written = row.id
        self.editor.setFont(self.delegate.theme.font("own_row"))
        self.editor.setAccessibleName(tr("My sentence on {title}").format(title=words.title_of(row)))
        self.editor.setPlainText(row.item.sentence or row.item.why)
        if row.item.why and not row.item.sentence:
            self.editor.selectAll()
        else:
            self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self.remeasure()
        self.scrollTo(self.currentIndex())
        self._place_editor()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Say the sentence, and show the row again."""
        written, text = self.delegate.written, self.editor.toPlainText().strip()
        if written:
            self.leave()
            self.said.emit(written, text)

    def leave(self) -> None:
        """Show the row as it was."""
        had_focus = self.editor.hasFocus()
        self.delegate.written = 0
        self.editor.hide()
        self.remeasure()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_editor(self) -> None:
        place = self.values.place_of(self.delegate.written)
        if place < 0:
            self.delegate.written = 0
            self.editor.hide()
            return
        row = self.values.items[place]
        box = self.visualRect(self.values.index(place))
        self.editor.setGeometry(self.delegate.sentence(box, row))

    def _on_moved(self) -> None:
        if self.is_writing:
            self._place_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_moved()

    # ── keys and mouse ──────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        is_move = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if is_move and held & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.shows_ring = True
            self.write()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        row = self.values.at(index.row())
        if event.button() != Qt.MouseButton.LeftButton or row is None or event.modifiers() != _NO_KEYS:
            return
        box = self.visualRect(index)
        if at.x() < box.left() + LEFT:
            self._dragged = index.row()
        elif self.delegate.tick(box, row).adjusted(-6, -4, 6, 4).contains(at):
            self.ticked.emit(row)
        elif self.delegate.sentence(box, row).contains(at):
            self.write()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged < 0:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        index = self.indexAt(at)
        before = index.row() if index.isValid() else len(self.values.items) if at.y() > 0 else 0
        if index.isValid() and at.y() > self.visualRect(index).center().y():
            before += 1
        self._before = before
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, before = self._dragged, self._before
        self._dragged = self._before = -1
        super().mouseReleaseEvent(event)
        if dragged >= 0 and before >= 0:
            self.viewport().update()
            if before not in (dragged, dragged + 1):
                self.dropped.emit(dragged, before)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._before < 0:
            return
        painter = QPainter(self.viewport())
        is_last = self._before >= len(self.values.items)
        box = self.visualRect(self.values.index(min(self._before, len(self.values.items) - 1)))
        y = box.bottom() if is_last else box.top()
        painter.setPen(QPen(self.delegate.theme.colour("accent"), 2))
        painter.drawLine(QPointF(8, y), QPointF(self.viewport().width() - 8, y))
        painter.end()


_NO_KEYS = Qt.KeyboardModifier.NoModifier


def _metrics(theme: Theme, step: str) -> QFontMetrics:
    return QFontMetrics(theme.font(step))


def shifted(ids: "list[int]", chosen: set[int], step: int) -> list[int]:
    """``ids`` with the chosen ones one place up or down, in their order."""
    order = list(ids) if step < 0 else list(ids)[::-1]
    for at in range(1, len(order)):
        if order[at] in chosen and order[at - 1] not in chosen:
            order[at - 1], order[at] = order[at], order[at - 1]
    return order if step < 0 else order[::-1]
