"""The toolkit: its cards as a table at the left, one of them at the right, changed where it stands.

The surprising fact: those whose review is due stand first and stay there while one works through them; a card
that has been reviewed goes to its place by name, and the next one is chosen.
"""

from functools import partial
from itertools import pairwise
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.learning import toolkit
from desktop.learning.review_values import ToolRow
from desktop.learning.values import Verdict
from desktop.library.values import Row
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button, button_for
from desktop.ui.parts.segments import Segments
from desktop.ui.reading import Reading
from desktop.ui.rows.items import ItemList, ItemModel
from desktop.ui.rows.page import ListPage
from desktop.ui.theme import Lengths
from desktop.ui.toolkit import export as toolkit_export
from desktop.ui.toolkit import form as toolkit_form
from desktop.ui.toolkit.bar import FILTERS, DueBar, FilterField
from desktop.ui.toolkit.card import ToolCard
from desktop.ui.toolkit.pages import about
from desktop.ui.toolkit.rows import Headings, ToolDelegate, fits, in_order, is_due, spoken
from desktop.ui.toolkit.words import example, none_yet
from desktop.ui.views import Emptiness

SHOWN = frozenset({Noun.TOOL, Noun.SOURCE})
ACTS = {"trash": "remove", "search": "filter"}
KEYS = {"N": "new", "T": "used", "1": "keep", "2": "learn", "3": "replace", "R": "reviewed"}
NARROW = 860


class ToolkitView(ListPage[ToolRow]):
    """A page of the window."""

    HEAD_SIDES = (20, 16)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._rows: list[ToolRow] = []
        self._wanted = 0
        self._is_reading = False
        theme = desk.theme
        values = ItemModel(attrgetter("id"), attrgetter("name"), spoken)
        rows = ItemList(desk, tr("Toolkit"), values, ToolDelegate(theme), ACTS, KEYS)
        self.export = Button(theme, tr("Export"), icon="file-down")
        self.new = button_for(theme, desk.actions, "new_tool", kind="main", label=tr("Add a tool"))
        super().__init__(desk, tr("Toolkit"), rows, SHOWN, (self.export, self.new), parent)
        self._connect()

    # ── how it is built ─────────────────────────────────────────────────────────────────────────────────

    def build(self) -> None:
        theme = self.desk.theme
        self.card = ToolCard(self.desk, self)
        self.due_bar = DueBar(self.desk, self)
        self.filter = Segments(theme, tr("Show"), FILTERS, "all")
        self.field = FilterField(self)
        self.field.setPlaceholderText(tr("Filter"))
        self.field.setAccessibleName(tr("Words in the cards"))
        self.none = QLabel(tr("No tool fits."), self)
        self.left = QWidget(self)
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
        for widget in (self.head, self.due_bar, self.filters, Headings(self.desk.theme, self), self.none):
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
        self.column.addWidget(self.stack)
        self.setFocusProxy(self.list)
        # Behind the page's proxy, or Tab would jump over them on its way to the list.
        above = (self.export, self.new, self.due_bar.review, *self.filter.segments(), self.field)
        for before, after in pairwise((self.list, *self.card.stops(), *above)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.list.on_current(self._on_current)
        self.export.clicked.connect(partial(toolkit_export.ask, self.desk))
        self.due_bar.wanted.connect(self.review_due)
        self.filter.picked.connect(self._on_filtered)
        self.field.textChanged.connect(self._on_filtered)
        self.field.left.connect(self._to_list)
        self.card.left.connect(self.go_back)
        self.card.asked.connect(self.act)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    async def fill(self, reading: Reading) -> None:
        rows = await reading.ask(toolkit.all_of)
        if rows is not None:
            self._rows = in_order(rows)
            self._fill()

    def none_yet(self) -> Emptiness:
        return none_yet()

    def _fill(self) -> None:
        """Show the cards that pass the filter, and one of them at the right."""
        which, words = self._which(), self.field.text()
        self.list.show_items([row for row in self._rows if fits(row, which, words)], is_choosing=False)
        self.due_bar.say(sum(map(is_due, self._rows)) if which != "due" else 0)
        self.none.setVisible(bool(self._rows) and not self.list.values.items)
        self.say(len(self._rows))
        self._select()

    def _which(self) -> str:
        return next((str(one.choice.value) for one in self.filter.segments() if one.isChecked()), "all")

    def _select(self) -> None:
        """The wanted card, the shown one, or the one that stands where it stood."""
        shown = self.card.row.id if self.card.row else 0
        place = self.list.values.place_of(self._wanted or shown)
        if place < 0:
            place = min(max(0, self.list.currentIndex().row()), len(self.list.values.items) - 1)
        self.card.setEnabled(place >= 0)
        if place < 0:
            return
        is_asked, self._wanted = bool(self._wanted), 0
        self.list.choose(place, is_keeping=True)
        if is_asked:
            self.list.scrollTo(self.list.currentIndex())
        self._show(self.list.values.items[place])

    def _show(self, row: ToolRow) -> None:
        self.desk.tasks.start(self._show_with_pages(row))

    async def _show_with_pages(self, row: ToolRow) -> None:
        pages: list[Row] | None = []
        if row.sources:
            pages = await self.desk.tasks.read(_pages, row.sources)
        current = self.list.current
        if current is None or current.id == row.id:
            self.card.show_tool(row, pages or ())

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """``new``, ``example``, ``due`` or a card's id."""
        if name == "new":
            toolkit_form.ask(self.desk)
        elif name == "example":
            self.desk.tasks.run("an example", toolkit.make, tr("Kitchen timer (an example)"), **example())
        elif name == "due":
            self.review_due()
        elif name.isdigit():
            self._wanted = int(name)
            if self.list.values.place_of(self._wanted) < 0:
                self.filter.choose("all")
                self.field.clear()
            self.refresh()

    def act(self, name: str) -> None:
        if name == "new":
            self.desk.actions.run("new_tool")
        elif name == "filter":
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
        elif name == "refresh":
            self.refresh()
        elif name == "website":
            self.card.open_website()
        elif name == "remove":
            ids = tuple(row.id for row in self.list.selected())
            if ids and self.desk.can_write:
                self.desk.tasks.run("remove tools", toolkit.remove, ids)
        elif self.card.row is not None and self.list.values.items:
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
        self.list.go(-len(self.list.values.items))

    def open_item(self, _item: ToolRow) -> None:
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

    def _on_current(self) -> None:
        if self.list.current is not None:
            self._show(self.list.current)

    def menu(self) -> QMenu:
        return self.card.menu()

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

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.desk.theme.colour("surface"))
        if self.stack.currentIndex() == 0:
            line = self.desk.theme.colour("line")
            painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, line)
            if self.left.isVisible():
                painter.fillRect(self.left.width() - 1, 0, 1, self.height(), line)


def _pages(reader: Reader, source_ids: tuple[int, ...]) -> list[Row]:
    return about(reader, source_ids)


def make(desk: Desk) -> ToolkitView:
    """The page."""
    return ToolkitView(desk)
