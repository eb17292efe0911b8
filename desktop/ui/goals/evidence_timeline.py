"""The evidence of a goal as a timeline: discs on a line, what it is, where it is from, the person's words.

The surprising fact: a page of a goal shows the newest twenty and grows by a key; five hundred lines in
a list that does not roll by itself would be measured and laid out whole each time.
"""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.languages import tr, writing
from desktop.learning import days
from desktop.library.note_markdown import plain
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.goals.words import Entry, spoken
from desktop.ui.rows.delegate import count_lines, paint_lines
from desktop.ui.rows.items import At, ItemDelegate, ItemList, ItemModel

DISC, TEXT = 28, 38
HEAD, LINE, FOOT, BARE = 28, 20, 6, 46
"""What it is, a line of words, the room below; a line without words, which its disc needs."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _key(entry: Entry) -> tuple[int, int]:
    return (entry.evidence.id if entry.evidence else 0, entry.step.id if entry.step else 0)


class TimelineDelegate(ItemDelegate[Entry]):
    """Paints lines on the line of time, as high as their words need."""

    HEIGHT = 74
    IS_MEASURED = True

    def height(self, item: Entry, width: int) -> int:
        lines = count_lines(plain(item.words), self.theme.font("own_row"), width - TEXT - 13, 2)
        return max(BARE, HEAD + lines * LINE + FOOT)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box = QRect(option.rect)
        is_active = bool(option.state & QStyle.StateFlag.State_Active)
        if option.state & QStyle.StateFlag.State_Selected and is_active:
            painter.fillRect(box, self.theme.colour("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self.theme.colour("hover"))

    def paint_item(self, painter: QPainter, box: QRect, item: Entry, at: At) -> None:
        self._paint_disc(painter, box, item, at.is_last)
        self._paint_entry(painter, box, item)

    def _paint_disc(self, painter: QPainter, box: QRect, entry: Entry, is_last: bool) -> None:
        colour = self.theme.colour
        middle = QPointF(box.left() + DISC / 2, box.top() + 8 + DISC / 2)
        if not is_last:
            painter.setPen(QPen(colour("line"), 2))
            painter.drawLine(
                QPointF(middle.x(), middle.y() + DISC / 2 + 3), QPointF(middle.x(), box.bottom())
            )
        is_level = entry.step is not None
        painter.setPen(QPen(colour("line"), 1) if self.theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent" if is_level else "pill"))
        painter.drawEllipse(middle, DISC / 2, DISC / 2)
        ratio = painter.device().devicePixelRatio()
        ink = colour("on_accent" if is_level else "muted")
        at = QPoint(round(middle.x()) - 7, round(middle.y()) - 7)
        painter.drawPixmap(at, icons.pixmap(entry.icon, ink, 14, ratio))

    def _paint_entry(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        theme = self.theme
        left, right, top = box.left() + TEXT + 4, box.right() - 6, box.top() + 8
        day = days.parse(entry.day)
        has_year = day is not None and day.year != days.today().year
        said = writing.short_day(day, has_year=has_year) if day else ""
        font = theme.font("caption")
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        wide = QFontMetrics(font).horizontalAdvance(said)
        painter.drawText(QRect(right - wide - 2, top, wide + 2, 18), RIGHT, said)
        right -= wide + 12
        if entry.is_private:
            ratio = painter.device().devicePixelRatio()
            lock = icons.pixmap("lock", theme.colour("muted"), 13, ratio)
            painter.drawPixmap(QPoint(right - 13, top + 2), lock)
            right -= 21
        strong = theme.font("strong")
        metrics = QFontMetrics(strong)
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, right - left)
        painter.setFont(strong)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(left, top, right - left, 18), Qt.AlignmentFlag.AlignVCenter, title)
        at = left + metrics.horizontalAdvance(title) + 10
        self._paint_meta(painter, QRect(at, top, right - at, 18), entry.meta)
        painter.setPen(theme.colour("text"))
        words = QRect(left, top + 20, box.right() - 8 - left, 0)
        paint_lines(painter, plain(entry.words), theme.font("own_row"), words, 20, 2)

    def _paint_meta(self, painter: QPainter, place: QRect, meta: str) -> None:
        if place.width() < 30:
            return
        font = self.theme.font("caption")
        painter.setFont(font)
        painter.setPen(self.theme.colour("muted"))
        shown = QFontMetrics(font).elidedText(meta, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class TimelineList(ItemList[Entry]):
    """As high as its lines: the page around it rolls."""

    moved = Signal()
    """Another line is current: it should be in sight."""

    def __init__(self, desk: Desk, acts: dict[str, str], keys: dict[str, str], parent: QWidget) -> None:
        values = ItemModel(_key, attrgetter("title"), spoken)
        super().__init__(desk, tr("Evidence"), values, TimelineDelegate(desk.theme), acts, keys, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.on_current(self._on_current)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.show_items(entries, is_choosing=False)

    def visible_rows(self) -> range:
        return range(len(self.values.items))  # also while the page is not laid out: the height is their sum

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.setFixedHeight(max(1, self.whole_height()))

    def current_box(self) -> QRect:
        """Where the current line stands in this list."""
        return self.visualRect(self.currentIndex())

    def _on_current(self) -> None:
        if self.current is not None and self.hasFocus():
            self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page rolls
