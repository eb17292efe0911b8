"""The notes in their list: title, first words, how much they quote and when they changed.

Surprising: a note without a title is shown by its first words, and stays without a title.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
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

from desktop.languages import tr, trn, writing
from desktop.library.sense_values import NoteRow
from desktop.ui import icons
from desktop.ui.parts import moments
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.rows.delegate import PILL_GAP, fitting, paint_lines
from desktop.ui.rows.ground import paint_ground, paint_ring
from desktop.ui.theme import Theme

HEIGHT, LEFT, RIGHT = 104, 20, 16
NOTE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class NotesModel(QAbstractListModel):
    """Notes in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[NoteRow] = []

    def show(self, rows: Sequence[NoteRow]) -> None:
        """Show these; the same notes in the same order only change their words."""
        new = list(rows)
        if [one.id for one in new] == [one.id for one in self.rows]:
            self.rows = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.rows = new
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def position_of(self, note_id: int) -> int:
        """Where a note stands, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.id == note_id), -1)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == NOTE_ROLE:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return title_of(row)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None


def title_of(row: NoteRow) -> str:
    """Its title, or its first words."""
    return row.title or tr("Untitled note")


def quoted(row: NoteRow) -> str:
    """How much a note joins: ``3 quotations from 2 pages``."""
    if not row.quotes and not row.sources:
        return ""
    pages = trn("{n} page", "{n} pages", row.sources).format(n=writing.number(row.sources))
    if not row.quotes:
        return tr("about {pages}").format(pages=pages)
    quotes = trn("{n} quotation", "{n} quotations", row.quotes).format(n=writing.number(row.quotes))
    return tr("{quotations} from {pages}").format(quotations=quotes, pages=pages)


def spoken(row: NoteRow) -> str:
    """A note as a screen reader says it."""
    changed = tr("changed {when}").format(when=moments.spoken(row.changed_at, date.today()))
    parts = [title_of(row), row.excerpt, quoted(row), changed, tr("private") if row.is_private else ""]
    return ", ".join(part for part in (*parts, *row.tags) if part)


class NoteDelegate(QStyledItemDelegate):
    """Paints notes of one height."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(300, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: NoteRow | None = index.data(NOTE_ROLE)
        box = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = paint_ground(painter, self._theme, option)
        if row is not None:
            self._paint_row(painter, box, row, is_on)
        paint_ring(painter, self._theme, option)
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRect, row: NoteRow, is_on: bool) -> None:
        theme = self._theme
        left, width = box.left() + LEFT, box.width() - LEFT - RIGHT
        top = box.top() + 11
        title_width = width
        if row.is_private:
            title_width -= 22
            lock = icons.pixmap("lock", theme.colour("muted"), 14, painter.device().devicePixelRatio())
            painter.drawPixmap(QPoint(left + width - 14, top + 2), lock)
        painter.setPen(theme.colour("text"))
        paint_lines(painter, title_of(row), theme.font("row"), QRect(left, top, title_width, 0), 19, 1)
        painter.setPen(theme.colour("muted"))
        words = row.excerpt.removeprefix(row.title).lstrip() if row.title else row.excerpt
        paint_lines(painter, words, theme.font("own_row"), QRect(left, top + 21, width, 0), 18, 2)
        self._paint_meta(painter, row, QRect(left, box.bottom() - 27, width, 18), is_on)

    def _paint_meta(self, painter: QPainter, row: NoteRow, place: QRect, is_on: bool) -> None:
        theme = self._theme
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        parts = [quoted(row), moments.short(row.changed_at, date.today())]
        text = " · ".join(part for part in parts if part)
        pills = fitting(
            theme, [Pill(tag) for tag in row.tags], place.width() - metrics.horizontalAdvance(text) - 12
        )
        x = place.right() + 1
        for pill in reversed(pills):
            x -= pill_width(theme, pill)
            paint_pill(painter, theme, QPoint(x, place.top()), pill, is_on_selection=is_on)
            x -= PILL_GAP
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, x - place.left() - 6)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, middle, text)
