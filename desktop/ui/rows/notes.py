"""The notes in their list: title, first words, how much they quote and when they changed.

Surprising: a note without a title is shown by its first words, and stays without a title.
"""

from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop.languages import tr, trn, writing
from desktop.library.sense_values import NoteRow
from desktop.ui import icons
from desktop.ui.parts import moments
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.rows.delegate import PILL_GAP, fitting, paint_lines
from desktop.ui.rows.items import At, ItemDelegate

LEFT, RIGHT = 20, 16


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


class NoteDelegate(ItemDelegate[NoteRow]):
    """Paints notes of one height."""

    HEIGHT = 104

    def paint_item(self, painter: QPainter, box: QRect, item: NoteRow, at: At) -> None:
        theme = self.theme
        left, width = box.left() + LEFT, box.width() - LEFT - RIGHT
        top = box.top() + 11
        title_width = width
        if item.is_private:
            title_width -= 22
            lock = icons.pixmap("lock", theme.colour("muted"), 14, painter.device().devicePixelRatio())
            painter.drawPixmap(QPoint(left + width - 14, top + 2), lock)
        painter.setPen(theme.colour("text"))
        paint_lines(painter, title_of(item), theme.font("row"), QRect(left, top, title_width, 0), 19, 1)
        painter.setPen(theme.colour("muted"))
        words = item.excerpt.removeprefix(item.title).lstrip() if item.title else item.excerpt
        paint_lines(painter, words, theme.font("own_row"), QRect(left, top + 21, width, 0), 18, 2)
        self._paint_meta(painter, item, QRect(left, box.bottom() - 27, width, 18), at.is_on)

    def _paint_meta(self, painter: QPainter, row: NoteRow, place: QRect, is_on: bool) -> None:
        theme = self.theme
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
