"""A row of a capture list, painted from tokens: title, own sentence or snippet, meta line and pills.

The surprising fact: pills never push the meta line away; what does not fit becomes ``+n``.
"""

from datetime import date
from functools import lru_cache

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    qAddPostRoutine,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.languages import tr
from desktop.library.values import Row
from desktop.ui import icons
from desktop.ui.parts import moments
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.rows.model import BASKET_ROLE, ROW_ROLE
from desktop.ui.theme import Lengths, Theme

LEFT, RIGHT = 20, 16
PILL_GAP = 6
KEPT = 600
"""Texts whose lines are kept: a few screens full of rows."""
BASKET = 20
"""Room at the right of a row for the sign that its page is in the share basket."""


class RowDelegate(QStyledItemDelegate):
    """Paints rows in one of two densities."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.is_compact = False

    @property
    def row_height(self) -> int:
        """Height of a row in the density that is set."""
        return Lengths.ROW_COMPACT if self.is_compact else Lengths.ROW_COMFORTABLE

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(Lengths.LIST, self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        box = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option, box, is_selected)
        if row is not None:
            if index.data(BASKET_ROLE):
                self._paint_basket(painter, box)
                box.setRight(box.right() - BASKET)
            self._paint_row(painter, box, row, is_selected)
        box = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRect(QRectF(box).adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_basket(self, painter: QPainter, box: QRect) -> None:
        ratio = painter.device().devicePixelRatio()
        sign = icons.pixmap("shopping-basket", self._theme.colour("accent"), 14, ratio)
        painter.drawPixmap(
            QPoint(box.right() - RIGHT - 13, box.top() + (11 if self.is_compact else 13)), sign
        )

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, is_selected: bool
    ) -> None:
        colour = self._theme.colour
        is_active = bool(option.state & QStyle.StateFlag.State_Active)
        if is_selected:
            painter.fillRect(box, colour("selected" if is_active else "selected_idle"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
        if is_selected:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))

    def _paint_row(self, painter: QPainter, box: QRect, row: Row, is_selected: bool) -> None:
        theme = self._theme
        if not row.is_read:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QRectF(box.left() + 8, box.top() + 17, 6, 6))
        left, width = box.left() + LEFT, box.width() - LEFT - RIGHT
        top = box.top() + (9 if self.is_compact else 11)
        title_font = theme.font("row", 500 if row.is_read else 600)
        painter.setPen(theme.colour("text"))
        lines = 1 if self.is_compact else 2
        title = row.title or tr("Untitled")
        used = paint_lines(painter, title, title_font, QRect(left, top, width, 0), 19, lines)
        if not self.is_compact:
            self._paint_words(painter, row, QRect(left, top + used * 19, width, 0), 3 - used)
        bottom = box.bottom() + 1 - (8 if self.is_compact else 10)
        self._paint_meta(painter, row, QRect(left, bottom - 18, width, 18), is_selected)

    def _paint_words(self, painter: QPainter, row: Row, place: QRect, lines: int) -> None:
        theme = self._theme
        if row.why:
            rule = QRectF(place.left(), place.top() + 2, 2, 14)
            painter.fillRect(rule, theme.colour("own_words_rule"))
            painter.setPen(theme.colour("text"))
            paint_lines(painter, row.why, theme.font("own_row"), place.adjusted(9, 0, 0, 0), 18, 1)
            return
        words = row.excerpt or (tr("Saved as a link only.") if row.is_link_only else "")
        painter.setPen(theme.colour("muted"))
        paint_lines(painter, words, theme.font("body"), place, 18, lines)

    def _paint_meta(self, painter: QPainter, row: Row, place: QRect, is_selected: bool) -> None:
        theme = self._theme
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        tail = meta_tail(row)
        site = row.site
        full = metrics.horizontalAdvance(f"{site} · {tail}" if site else tail)
        pills = fitting(theme, row_pills(row), place.width() - full - 12)
        room = sum(pill_width(theme, pill) + PILL_GAP for pill in pills)
        left_for_site = place.width() - room - metrics.horizontalAdvance(f" · {tail}") - (6 if pills else 0)
        site = metrics.elidedText(site, Qt.TextElideMode.ElideRight, max(24, left_for_site))
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        text = f"{site} · {tail}" if site else tail
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        x = place.right() + 1
        for pill in reversed(pills):
            x -= pill_width(theme, pill)
            paint_pill(painter, theme, QPoint(x, place.top()), pill, is_on_selection=is_selected)
            x -= PILL_GAP


def meta_tail(row: Row, today: date | None = None) -> str:
    """What follows the site's name: ``9 min · 10:42 · version 2``."""
    parts = [
        tr("{n} min").format(n=row.minutes) if row.minutes else "",
        moments.short(row.saved_at, today or date.today()),
    ]
    if row.versions > 1:
        parts.append(tr("version {number}").format(number=row.versions))
    return " · ".join(part for part in parts if part)


def row_pills(row: Row) -> list[Pill]:
    """The pills of a row, most telling first."""
    pills = [Pill(tr("link only"), "warn")] if row.is_link_only else []
    if pill := circle_pill(row.circle_id, row.circle):
        pills.append(pill)
    pills += [Pill(goal, "goal", "target") for goal in row.goals]
    return pills + [Pill(tag) for tag in row.tags]


def circle_pill(circle_id: int, name: str) -> Pill | None:
    """For whom a page is, when that is not everyone."""
    if not circle_id:
        return None
    from desktop.share import circles

    if circle_id == circles.PUBLIC:
        return None
    return Pill(tr("{circle} only").format(circle=circles.name_of(circle_id, name)), "plain", "lock")


def fitting(theme: Theme, pills: list[Pill], room: int) -> list[Pill]:
    """As many pills as fit into ``room`` pixels; the others become one ``+n``."""
    widths = [pill_width(theme, pill) + PILL_GAP for pill in pills]
    if sum(widths) <= room + PILL_GAP:
        return pills
    for count in range(len(pills) - 1, -1, -1):
        more = Pill(f"+{len(pills) - count}")
        if sum(widths[:count]) + pill_width(theme, more) <= room or not count:
            return [*pills[:count], more]
    return []


def paint_lines(painter: QPainter, text: str, font: QFont, place: QRect, line_height: int, limit: int) -> int:
    """Paint up to ``limit`` lines from the top of ``place``, the last one elided; how many it took."""
    lines = _lines(text, font, place.width(), limit)
    top = place.top() + (line_height - QFontMetrics(font).height()) / 2
    for number, line in enumerate(lines):
        line.draw(painter, QPointF(place.left(), top + number * line_height))
    return len(lines)


def count_lines(text: str, font: QFont, width: int, limit: int) -> int:
    """How many lines `paint_lines` would take."""
    return len(_lines(text, font, width, limit))


def _lines(text: str, font: QFont, width: int, limit: int) -> tuple[QTextLayout, ...]:
    # A row shows a few dozen words: laying out a whole article's excerpt would cost a hundred times as much.
    words = " ".join(text[: 400 * max(0, limit)].split())[: 200 * max(0, limit)]
    return _laid_out(words, font, width, limit) if words else ()


@lru_cache(maxsize=KEPT)
def _laid_out(words: str, font: QFont, width: int, limit: int) -> tuple[QTextLayout, ...]:
    """The lines of a text, ready to be painted: kept, since most repaints show what was shown before."""
    made: list[QTextLayout] = []
    layout = QTextLayout(words, font)
    layout.setTextOption(_option(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere))
    layout.beginLayout()
    while len(made) < limit:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        is_cut = len(made) + 1 == limit and end < len(words)
        part = words[start:] if is_cut else words[start:end]
        if len(made) + 1 == limit:
            part = QFontMetrics(font).elidedText(part, Qt.TextElideMode.ElideRight, width)
        made.append(_line(part, font, width))
    layout.endLayout()
    return tuple(made)


# They hold fonts, which must be gone before the application is.
qAddPostRoutine(_laid_out.cache_clear)


def _line(text: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setCacheEnabled(True)
    layout.setTextOption(_option(QTextOption.WrapMode.NoWrap))
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def _option(mode: QTextOption.WrapMode) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(mode)
    return option
