"""The toolkit: its cards as a table at the left, one of them at the right, changed where it stands.

The surprising fact: those whose review is due stand first and stay there while one works through them; a card
that has been reviewed goes to its place by name, and the next one is chosen.
"""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr, writing
from desktop.learning import toolkit
from desktop.learning.review_values import ToolRow
from desktop.learning.values import Verdict
from desktop.library.values import Row
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.parts.buttons import Button, button_for
from desktop.ui.parts.page import number_beside
from desktop.ui.parts.segments import Segments
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.theme import Lengths
from desktop.ui.toolkit import export as toolkit_export
from desktop.ui.toolkit import form as toolkit_form
from desktop.ui.toolkit.bar import FILTERS, DueBar, FilterField
from desktop.ui.toolkit.card import ToolCard
from desktop.ui.toolkit.pages import about
from desktop.ui.toolkit.rows import HEIGHT, ROLE, Headings, ToolDelegate, ToolsModel, fits, in_order, is_due
from desktop.ui.toolkit.words import example, none_yet

SHOWN = frozenset({Noun.TOOL, Noun.SOURCE})
ACTS = {"trash": "remove", "search": "filter"}
KEYS = {"N": "new", "T": "used", "1": "keep", "2": "learn", "3": "replace", "R": "reviewed"}
NARROW = 860


class ToolkitView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[ToolRow] = []
        self._wanted = 0
        self._is_stale, self._is_loading, self._is_reading = True, False, False
        self.setAccessibleName(tr("Toolkit"))
        self.model = ToolsModel(self)
        self.list = KeyedList(desk, ACTS, KEYS, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ToolDelegate(desk.theme, self))
        self.list.setAccessibleName(tr("Toolkit"))
        self.list.arrange(HEIGHT, ())
        self.card = ToolCard(desk, self)
        self.empty = EmptyState(desk, self)
        self.due_bar = DueBar(desk, self)
        self.filter = Segments(desk.theme, tr("Show"), FILTERS, "all")
        self.field = FilterField(self)
        self.field.setPlaceholderText(tr("Filter"))
        self.field.setAccessibleName(tr("Words in the cards"))
        self.none = QLabel(tr("No tool fits."), self)
        self.left = QWidget(self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    # ── how it is built ─────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.filters = QWidget(self)
        row = QHBoxLayout(self.filters)
        row.setContentsMargins(16, 7, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.filter)
        row.addWidget(self.field, 1)
        self.none.setContentsMargins(20, 16, 20, 16)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        for widget in (self._head(), self.due_bar, self.filters, Headings(self._desk.theme, self), self.none):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        both = QWidget(self)
        panes = QHBoxLayout(both)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(self.left, 1)
        panes.addWidget(self.card)
        self.stack.addWidget(both)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setFocusProxy(self.list)
        # Behind the page's proxy, or Tab would jump over them on its way to the list.
        above = (self.export, self.new, self.due_bar.review, *self.filter.segments(), self.field)
        for before, after in pairwise((self.list, *self.card.stops(), *above)):
            QWidget.setTabOrder(before, after)

    def _head(self) -> QWidget:
        theme = self._desk.theme
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Toolkit"), head)
        title.setFont(theme.font("bar"))
        self.number = number_beside(theme, head)
        self.export = Button(theme, tr("Export"), icon="file-down", parent=head)
        self.new = button_for(
            theme, self._desk.actions, "new_tool", kind="main", label=tr("Add a tool"), parent=head
        )
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 16, 1)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.number)
        row.addStretch()
        row.addWidget(self.export)
        row.addWidget(self.new)
        return head

    def _connect(self) -> None:
        self.list.opened.connect(self.open_card)
        self.list.keyed.connect(self.act)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.export.clicked.connect(partial(toolkit_export.ask, self._desk))
        self.due_bar.wanted.connect(self.review_due)
        self.filter.picked.connect(self._on_filtered)
        self.field.textChanged.connect(self._on_filtered)
        self.field.left.connect(self._to_list)
        self.card.left.connect(self.go_back)
        self.card.asked.connect(self.act)
        self._desk.changed.connect(self._on_changed)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self._is_stale = True
        if self.isVisible() and not self._is_loading and self._desk.reader is not None:
            self._desk.tasks.start(self._reload())

    async def _reload(self) -> None:
        self._is_loading = True
        try:
            while self._is_stale:
                self._is_stale = False
                rows = await self._desk.tasks.read(toolkit.all_of)
                if rows is not None and not self._is_stale:
                    self._rows = in_order(rows)
                    self._fill()
        finally:
            self._is_loading = False

    def _fill(self) -> None:
        """Show the cards that pass the filter, and one of them at the right."""
        which, words = self._which(), self.field.text()
        selection = self.list.selectionModel()
        chosen = {row.id for row in self.selected()}
        selection.blockSignals(True)
        self.model.show([row for row in self._rows if fits(row, which, words)])
        for at, row in enumerate(self.model.rows):
            if row.id in chosen:
                selection.select(self.model.index(at), QItemSelectionModel.SelectionFlag.Select)
        selection.blockSignals(False)
        self.list.updateGeometries()
        self.number.setText(writing.number(len(self._rows)) if self._rows else "")
        self.due_bar.say(sum(map(is_due, self._rows)) if which != "due" else 0)
        self.none.setVisible(bool(self._rows) and not self.model.rows)
        if not self._rows:
            self.empty.say(none_yet())
        self.stack.setCurrentIndex(0 if self._rows else 1)
        self.setFocusProxy(self.list if self._rows else self.empty)  # a hidden one would hold Tab fast
        self._select()
        self.list.viewport().update()

    def _which(self) -> str:
        return next((str(one.choice.value) for one in self.filter.segments() if one.isChecked()), "all")

    def _select(self) -> None:
        """The wanted card, the shown one, or the one that stands where it stood."""
        shown = self.card.row.id if self.card.row else 0
        place = self.model.position_of(self._wanted or shown)
        if place < 0:
            place = min(max(0, self.list.currentIndex().row()), len(self.model.rows) - 1)
        self.card.setEnabled(place >= 0)
        if place < 0:
            return
        row, is_asked = self.model.rows[place], bool(self._wanted)
        self._wanted = 0
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(place)
        is_kept = self.list.selectionModel().isSelected(index)
        self.list.selectionModel().setCurrentIndex(index, flags.NoUpdate if is_kept else flags.ClearAndSelect)
        if is_asked:
            self.list.scrollTo(index)
        self._show(row)

    def _show(self, row: ToolRow) -> None:
        self._desk.tasks.start(self._show_with_pages(row))

    async def _show_with_pages(self, row: ToolRow) -> None:
        pages: list[Row] | None = []
        if row.sources:
            pages = await self._desk.tasks.read(_pages, row.sources)
        current = self.model.data(self.list.currentIndex(), ROLE)
        if current is None or current.id == row.id:
            self.card.show_tool(row, pages or ())

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """``new``, ``example``, ``due`` or a card's id."""
        if name == "new":
            toolkit_form.ask(self._desk)
        elif name == "example":
            self._desk.tasks.run("an example", toolkit.make, tr("Kitchen timer (an example)"), **example())
        elif name == "due":
            self.review_due()
        elif name.isdigit():
            self._wanted = int(name)
            if self.model.position_of(self._wanted) < 0:
                self.filter.choose("all")
                self.field.clear()
            self.refresh()

    def selected(self) -> list[ToolRow]:
        """The selected cards, in order."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.rows[place] for place in places if place < len(self.model.rows)]

    def act(self, name: str) -> None:
        """What a key or a menu asks for, one of those that `ACTS` and `KEYS` name."""
        if name == "new":
            self._desk.actions.run("new_tool")
        elif name == "filter":
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
        elif name == "refresh":
            self.refresh()
        elif name == "website":
            self.card.open_website()
        elif name == "remove":
            ids = tuple(row.id for row in self.selected())
            if ids and self._desk.can_write:
                self._desk.tasks.run("remove tools", toolkit.remove, ids)
        elif self.card.row is not None and self.model.rows:
            self._act_on_card(name)

    def _act_on_card(self, name: str) -> None:
        if name == "used":
            self.card.use()
        elif name == "reviewed":
            self.card.review_now()
        else:
            self.card.decide(Verdict(name))

    def review_due(self) -> None:
        """Show those that are due, the first one chosen, and its verdict asked for."""
        self.filter.choose("due")
        self._fill()
        self._to_list()
        self.list.go(-len(self.model.rows))

    def open_card(self, _index: QModelIndex | None = None) -> None:
        """Go into the card."""
        self._is_reading = True
        self._arrange()
        self.card.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Back to the list."""
        self._is_reading = False
        self._arrange()
        self._to_list()

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_filtered(self, _what: object) -> None:
        self._fill()

    def _on_current_changed(self, current: QModelIndex) -> None:
        row: ToolRow | None = self.model.data(current, ROLE)
        if row is not None:
            self._show(row)

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & SHOWN:
            self.refresh()

    def _on_menu_asked(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid():
            self.card.menu().popup(self.list.viewport().mapToGlobal(at))

    def _arrange(self) -> None:
        is_narrow = self.width() < NARROW
        self.left.setVisible(not is_narrow or not self._is_reading)
        self.card.setVisible(not is_narrow or self._is_reading)
        self.card.back.setVisible(is_narrow)
        self.card.setMinimumWidth(0 if is_narrow else min(400, round(self.width() * 0.38)))
        self.card.setMaximumWidth(16_777_215 if is_narrow else min(400, round(self.width() * 0.38)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        if self._is_stale:
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.setFocus(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        if self.stack.currentIndex() == 0:
            line = self._desk.theme.colour("line")
            painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, line)
            if self.left.isVisible():
                painter.fillRect(self.left.width() - 1, 0, 1, self.height(), line)


def _pages(reader: Reader, source_ids: tuple[int, ...]) -> list[Row]:
    return about(reader, source_ids)


def make(desk: Desk) -> ToolkitView:
    """The page."""
    return ToolkitView(desk)
