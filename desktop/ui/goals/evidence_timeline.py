"""The evidence of a goal as a timeline: discs on a line, what it is, where it is from, the person's words.

The surprising fact: a page of a goal shows the newest twenty and grows by a key; five hundred lines of one
height in a list that does not roll by itself would be painted whole each time.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.languages import tr, writing
from desktop.learning import days
from desktop.library.note_markdown import plain
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.goals.words import Entry, spoken
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.ground import paint_ring
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.theme import Theme

HEIGHT, DISC, TEXT = 74, 28, 38
ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TimelineModel(QAbstractListModel):
    """Lines in order, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        new = list(entries)
        is_same = [_key(one) for one in new] == [_key(one) for one in self.entries]
        if is_same:
            self.entries = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.entries = new
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == int(Qt.ItemDataRole.DisplayRole):
            return entry.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return spoken(entry)
        return None


def _key(entry: Entry) -> tuple[int, int]:
    return (entry.evidence.id if entry.evidence else 0, entry.step.id if entry.step else 0)


class TimelineDelegate(QStyledItemDelegate):
    """Paints lines of one height on the line of time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(300, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: Entry | None = index.data(ENTRY_ROLE)
        box, colour = QRect(option.rect), self._theme.colour
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_active = bool(option.state & QStyle.StateFlag.State_Active)
        if option.state & QStyle.StateFlag.State_Selected and is_active:
            painter.fillRect(box, colour("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("hover"))
        if entry is not None:
            is_last = index.row() == index.model().rowCount() - 1
            self._paint_disc(painter, box, entry, is_last)
            self._paint_entry(painter, box, entry)
        paint_ring(painter, self._theme, option)
        painter.restore()

    def _paint_disc(self, painter: QPainter, box: QRect, entry: Entry, is_last: bool) -> None:
        colour = self._theme.colour
        middle = QPointF(box.left() + DISC / 2, box.top() + 8 + DISC / 2)
        if not is_last:
            painter.setPen(QPen(colour("line"), 2))
            painter.drawLine(
                QPointF(middle.x(), middle.y() + DISC / 2 + 3), QPointF(middle.x(), box.bottom())
            )
        is_level = entry.step is not None
        painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent" if is_level else "pill"))
        painter.drawEllipse(middle, DISC / 2, DISC / 2)
        ratio = painter.device().devicePixelRatio()
        ink = colour("on_accent" if is_level else "muted")
        at = QPoint(round(middle.x()) - 7, round(middle.y()) - 7)
        painter.drawPixmap(at, icons.pixmap(entry.icon, ink, 14, ratio))

    def _paint_entry(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        theme = self._theme
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
        font = self._theme.font("caption")
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        shown = QFontMetrics(font).elidedText(meta, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class TimelineList(KeyedList):
    """As high as its lines: the page around it rolls."""

    moved = Signal()
    """Another line is current: it should be in sight."""

    def __init__(self, desk: Desk, acts: dict[str, str], keys: dict[str, str], parent: QWidget) -> None:
        super().__init__(desk, acts, keys, parent)
        self.lines = TimelineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(TimelineDelegate(desk.theme, self))
        self.setAccessibleName(tr("Evidence"))
        self.arrange(HEIGHT, ())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.lines.show(entries)
        self.setFixedHeight(max(1, len(entries) * HEIGHT))
        self.updateGeometries()
        self.viewport().update()

    def selected(self) -> list[Entry]:
        """The selected lines, in order."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.lines.entries[place] for place in places if place < len(self.lines.entries)]

    def current_box(self) -> QRect:
        """Where the current line stands in this list."""
        return self.visualRect(self.currentIndex())

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and self.hasFocus():
            self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page rolls
