"""A list of rows with day headings between them, smooth at any length.

The surprising fact: QListView asks every one of 100,000 rows for its height as soon as headings make them
differ; here geometry is arithmetic over the headings, and rows of different heights are measured when they
come near (`heights`), the row at the top staying where it is.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from desktop.ui.parts.moments import Group
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.rows.heights import EqualHeights, Heights, MeasuredHeights
from desktop.ui.theme import Lengths, Theme

_Index = QModelIndex | QPersistentModelIndex
ROUNDS = 5
"""Times that newly measured rows may bring others near."""


class RowView(QAbstractItemView):
    """Paints rows by its delegate; ``opened`` when Enter or a double click asks for one."""

    opened = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heights: Heights = EqualHeights(Lengths.ROW_COMFORTABLE)
        self._measure: Callable[[int, int], int] | None = None
        self._is_measuring = False
        self._groups: list[Group] = []
        self._starts: list[int] = []
        self._tops: list[int] = []
        self._hovered = -1
        self.shows_ring = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAutoFillBackground(False)
        self.bar = OverlayBar(theme, self)
        self.entered.connect(self._on_entered)
        self.doubleClicked.connect(self.opened)
        theme.changed.connect(self.viewport().update)

    # ── geometry ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def row_height(self) -> int:
        """Height of every row, or of most, pixels."""
        return self._heights.usual

    def arrange(self, row_height: int, groups: Sequence[Group]) -> None:
        """Use this row height and these headings from now on."""
        self.executeDelayedItemsLayout()  # else it comes after the next paint, and asks for another one
        if self._measure is None:
            self._heights = EqualHeights(row_height)
        self._groups = list(groups)
        self._starts = [group.start for group in groups]
        self._place_headings()
        self.updateGeometries()
        self.viewport().update()

    def measure_by(self, measure: Callable[[int, int], int], usual: int) -> None:
        """Rows of different heights from now on: ``measure(row, width)`` in pixels, mostly ``usual``."""
        self._measure = measure
        self._heights = MeasuredHeights(usual)
        self.remeasure()

    def remeasure(self) -> None:
        """The rows are others, or look different: their heights are measured anew."""
        if not isinstance(self._heights, MeasuredHeights):
            return
        first = self._row_near(self.verticalOffset())
        inside = self.verticalOffset() - self._top(first)
        self._heights.resize(self._count())
        self._heights.forget()
        self._stay(first, inside)
        self.updateGeometries()

    def _stay(self, first: int, inside: int) -> None:
        """Heights have changed: let this row stand at the top as before."""
        self._place_headings()
        self._set_range()
        self.verticalScrollBar().setValue(self._top(first) + inside)

    def _place_headings(self) -> None:
        edge = self._heights.edge
        self._tops = [edge(start) + number * Lengths.DAY for number, start in enumerate(self._starts)]

    def _measure_near(self) -> None:
        """Measure the rows that are seen, the first of them staying where it is."""
        if self._is_measuring or self._measure is None or not isinstance(self._heights, MeasuredHeights):
            return
        self._is_measuring = True
        try:
            self._heights.resize(self._count())
            for _round in range(ROUNDS):
                seen = self.visible_rows()
                unknown = self._heights.unknown(seen)
                if not unknown:
                    break
                width, inside = self.viewport().width(), self.verticalOffset() - self._top(seen.start)
                self._heights.learn(unknown, [self._measure(row, width) for row in unknown])
                self._stay(seen.start, inside)
        finally:
            self._is_measuring = False

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def whole_height(self) -> int:
        """All rows and headings, pixels."""
        return self._heights.edge(self._count()) + len(self._starts) * Lengths.DAY

    def _top(self, row: int) -> int:
        """Top of a row, in pixels from the top of the list."""
        return self._heights.edge(row) + bisect_right(self._starts, row) * Lengths.DAY

    def _height(self, row: int) -> int:
        return self._heights.edge(row + 1) - self._heights.edge(row)

    def _row_at(self, y: int) -> int:
        """The row at ``y`` pixels from the top of the list; -1 on a heading and outside."""
        group = bisect_right(self._tops, y) - 1
        if group >= 0 and y < self._tops[group] + Lengths.DAY:
            return -1
        row = self._heights.at(y - (group + 1) * Lengths.DAY)
        return row if 0 <= row < self._count() else -1

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid():
            return QRect()
        top = self._top(index.row()) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._height(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._row_at(point.y() + self.verticalOffset())
        return self._index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        for _round in range(ROUNDS if self._measure is not None else 1):
            before = self.verticalOffset()
            self._scroll_to(index.row(), hint)  # rows that are measured on the way may move it away again
            if self.verticalOffset() == before:
                break

    def _scroll_to(self, row: int, hint: QAbstractItemView.ScrollHint) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top, bottom = self._top(row), self._top(row) + self._height(row)
        if row in self._starts:
            top -= Lengths.DAY
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue((top + bottom - height) // 2)
        elif top < bar.value() or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def scrollToBottom(self) -> None:
        if self._count():
            self.scrollTo(self._index(self._count() - 1))

    def visible_rows(self) -> range:
        """The rows that are at least partly seen."""
        first = self._row_near(self.verticalOffset())
        last = self._row_near(self.verticalOffset() + self.viewport().height())
        return range(first, min(last + 1, self._count()))

    def _row_near(self, y: int) -> int:
        row = self._row_at(y)
        if row < 0:  # on a heading, or below the end
            row = self._row_at(y + Lengths.DAY)
        return row if row >= 0 else max(0, self._count() - 1)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        return False

    def updateGeometries(self) -> None:
        self._heights.resize(self._count())
        self._set_range()
        self._measure_near()
        super().updateGeometries()

    def _set_range(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(max(1, height - self.row_height // 2))
        bar.setSingleStep(max(1, self.row_height // 2))
        bar.setRange(0, max(0, self.whole_height() - height))

    # ── selection ───────────────────────────────────────────────────────────────────────────────────────

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        area = rect.normalized()
        first = self._row_near(max(0, area.top() + self.verticalOffset()))
        last = self._row_near(max(0, area.bottom() + self.verticalOffset()))
        if not self._count():
            return
        self.selectionModel().select(QItemSelection(self._index(first), self._index(last)), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for row in self.visible_rows():
            index = self._index(row)
            if selection.contains(index):
                region += QRegion(self.visualRect(index))
        return region

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        count = self._count()
        if not count:
            return QModelIndex()
        cursor = QAbstractItemView.CursorAction
        page = max(1, self.viewport().height() // self.row_height - 1)
        steps = {
            cursor.MoveUp: -1, cursor.MovePrevious: -1, cursor.MoveDown: 1, cursor.MoveNext: 1,
            cursor.MovePageUp: -page, cursor.MovePageDown: page,
            cursor.MoveHome: -count, cursor.MoveEnd: count,
        }  # fmt: skip
        current = self.currentIndex().row()
        row = 0 if current < 0 else current + steps.get(action, 0)
        return self._index(max(0, min(count - 1, row)))

    def go(self, step: int, is_extending: bool = False) -> None:
        """Move the current row by ``step``; extend the selection on the way when asked."""
        count = self._count()
        if not count:
            return
        current = self.currentIndex().row()
        index = self._index(max(0, min(count - 1, current + step)) if current >= 0 else 0)
        flag = QItemSelectionModel.SelectionFlag
        self.shows_ring = True
        command = flag.Select if is_extending else flag.ClearAndSelect
        if is_extending and self.selectionModel().isSelected(index):
            # Back over what was selected: the row that is left goes out again.
            self.selectionModel().select(self.currentIndex(), flag.Deselect)
        self.selectionModel().setCurrentIndex(index, command)

    def _index(self, row: int) -> QModelIndex:
        model = self.model()
        return model.index(row, 0) if model is not None else QModelIndex()

    # ── paint ───────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            painter.fillRect(event.rect(), self._theme.colour("surface"))
            if self._count():
                self._paint_rows(painter, event.rect())
                self._paint_headings(painter)
        finally:
            # An error that somebody keeps would keep this frame, and a painter outliving its widget crashes.
            painter.end()

    def _paint_rows(self, painter: QPainter, asked: QRect) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        chosen, current = self.selectionModel(), self.currentIndex().row()
        for row in self.visible_rows():
            index = self._index(row)
            option.rect = self.visualRect(index)
            if not asked.intersects(option.rect):
                continue  # something small above the list moved: a toast
            state = QStyle.StateFlag.State_Enabled
            if self.hasFocus():
                state |= QStyle.StateFlag.State_Active
                if row == current and self.shows_ring:
                    state |= QStyle.StateFlag.State_HasFocus
            if chosen.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == self._hovered:
                state |= QStyle.StateFlag.State_MouseOver
            option.state = state
            self.itemDelegate().paint(painter, option, index)

    def _paint_headings(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("caption", 500))
        painter.setPen(self._theme.colour("muted"))
        offset, height = self.verticalOffset(), self.viewport().height()
        first = max(0, bisect_right(self._tops, offset - Lengths.DAY) - 1)
        for number in range(first, len(self._tops)):
            top = self._tops[number] - offset
            if top > height:
                break
            box = QRect(16, top + 8, self.viewport().width() - 32, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._groups[number].label)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._measure_near()
        self.viewport().update()

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            for signal in (model.modelReset, model.dataChanged, model.rowsInserted, model.rowsRemoved):
                signal.connect(self.remeasure)
        self.updateGeometries()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are for acts."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.shows_ring = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.shows_ring = False
        is_right = event.button() == Qt.MouseButton.RightButton
        index = self.indexAt(event.position().toPoint())
        if is_right and index.isValid() and self.selectionModel().isSelected(index):
            return  # the menu is about all that is selected
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.shows_ring = True
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.remeasure()
        self.updateGeometries()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _on_entered(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()
