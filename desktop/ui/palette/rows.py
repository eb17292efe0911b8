"""What the Ctrl+K box lists, and how a line of it is painted."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui import icons
from desktop.ui.actions import key_text
from desktop.ui.parts.buttons import paint_key
from desktop.ui.rows.items import ITEM_ROLE
from desktop.ui.theme import Theme

HEADING, ONE_LINE, TWO_LINES, THREE_LINES = 28, 36, 56, 76
PASSAGE_LINE = 20

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Answer:
    """One line. ``height`` is one of the heights above; a heading's ``meta`` is its number."""

    height: int
    title: str
    meta: str = ""
    line: str = ""
    icon: str = ""
    key: str = ""
    run: Callable[[], None] | None = None
    marks: tuple[tuple[int, int], ...] = ()
    """Spans of ``line`` that answer, code points."""
    fills: str = ""
    """Not empty: choosing it writes this into the field."""

    @property
    def is_choice(self) -> bool:
        """Whether choosing it does something; headings and plain sentences are only read."""
        return self.run is not None or bool(self.fills)

    @property
    def is_heading(self) -> bool:
        """Headings part the answers and cannot be chosen."""
        return self.height == HEADING


class AnswerDelegate(QStyledItemDelegate):
    """Paints answers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        answer: Answer = index.data(ITEM_ROLE)
        return QSize(200, answer.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        answer: Answer = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if answer.is_heading:
            self._paint_heading(painter, box, answer)
        else:
            self._paint_answer(painter, box, answer, option)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, answer: Answer) -> None:
        painter.setFont(self._theme.font("caption", 500))
        painter.setPen(self._theme.colour("muted"))
        words = box.adjusted(16, 8, -16, -4)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, answer.title)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, answer.meta)

    def _paint_answer(
        self, painter: QPainter, box: QRect, answer: Answer, option: QStyleOptionViewItem
    ) -> None:
        theme = self._theme
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_on:
            painter.fillRect(box, theme.colour("selected"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("hover"))
        middle = box.top() + (18 if answer.height >= TWO_LINES else box.height() // 2)
        ratio = painter.device().devicePixelRatio()
        picture = icons.pixmap(answer.icon, theme.colour("muted"), 16, ratio)
        painter.drawPixmap(QPoint(box.left() + 16, middle - 8), picture)
        right = box.right() - 16
        key = key_text(answer.key) if answer.key else "↵" if is_on else ""
        if key:
            width = QFontMetrics(theme.font("caption", 500)).horizontalAdvance(key) + 10
            paint_key(painter, theme, QPoint(right - width, middle), key, "surface" if is_on else "pill")
            right -= width + 12
        self._paint_words(painter, QRect(box.left() + 44, middle - 10, right - box.left() - 44, 20), answer)

    def _paint_words(self, painter: QPainter, place: QRect, answer: Answer) -> None:
        theme = self._theme
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        is_page = answer.height >= TWO_LINES
        font = theme.font("strong" if is_page else "body")
        metrics, elide = QFontMetrics(font), Qt.TextElideMode.ElideRight
        small = theme.font("caption")
        meta_width = QFontMetrics(small).horizontalAdvance(answer.meta)
        title = metrics.elidedText(answer.title, elide, max(80, place.width() - meta_width - 8))
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if answer.icon == "info" else "text"))
        painter.drawText(place, flags, title)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(place.adjusted(metrics.horizontalAdvance(title) + 8, 0, 0, 0), flags, answer.meta)
        if is_page and answer.line:
            lines = (answer.height - TWO_LINES) // PASSAGE_LINE + 1
            below = QRect(place.left(), place.top() + 20, place.width(), lines * PASSAGE_LINE)
            paint_passage(painter, theme, answer.line, answer.marks, below)


def paint_passage(
    painter: QPainter, theme: Theme, text: str, marks: tuple[tuple[int, int], ...], place: QRect
) -> None:
    """Paint what a person wrote into as many lines as ``place`` holds, with the matched words on a ground."""
    lines = place.height() // PASSAGE_LINE
    shown = "".join(" " if sign.isspace() else sign for sign in text[:600])
    layout = _laid_out(theme, shown, marks, place.width())
    if layout.lineCount() > lines:
        last = layout.lineAt(lines - 1)
        units = shown.encode("utf-16-le")[: 2 * (last.textStart() + last.textLength() - 2)]
        shown = units.decode("utf-16-le", "ignore").rstrip()
        layout = _laid_out(theme, shown + "…", marks, place.width())
        if layout.lineCount() > lines:  # "…" is wider than what made way for it, and took its word along
            shown = shown.rpartition(" ")[0] or shown[:-2]
            layout = _laid_out(theme, shown + "…", marks, place.width())
    painter.setPen(theme.colour("text"))
    layout.draw(painter, QPointF(place.topLeft()), [], QRectF(place))


def _laid_out(theme: Theme, text: str, marks: tuple[tuple[int, int], ...], width: int) -> QTextLayout:
    font = theme.font("own_row")
    layout = QTextLayout(text, font)
    ground = QTextCharFormat()
    ground.setBackground(theme.colour("hl_straw"))
    ground.setForeground(theme.colour("text"))
    formats = []
    for start, stop in marks:
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = _units(text[:start]), _units(text[start:stop]), ground
        formats.append(span)
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = (PASSAGE_LINE - QFontMetrics(font).height()) / 2
    for number in range(4):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * PASSAGE_LINE + top))
    layout.endLayout()
    return layout


def _units(text: str) -> int:
    """Its length as Qt counts, UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
