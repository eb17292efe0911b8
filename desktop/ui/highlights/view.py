"""All highlights in one list: filtered by colour, tag, goal, time and source; copied; opened at their place.

The surprising fact: what can be chosen in the filters is read last, while the first rows are looked at.
"""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFocusEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.learning.values import EvidenceKind, Thing
from desktop.library import basket, lists, notes, vocabulary
from desktop.library.marks import annotations, highlights
from desktop.library.marks.highlights import Filter, HighlightOrder
from desktop.library.sense_values import Colour, Highlight, NoteRow
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.acts.review import remember
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.exporting import clipboard
from desktop.ui.highlights.bar import Choices, FilterBar
from desktop.ui.highlights.model import HighlightModel, Loaded, load, quotations, quotations_html
from desktop.ui.highlights.rows import HighlightList
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import number_beside
from desktop.ui.quoting import quote_in_note
from desktop.ui.reading import Reading
from desktop.ui.rows.notes import title_of
from desktop.ui.tags.bearers import OfHighlights
from desktop.ui.tags.editor import ask_goals, ask_tags
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

SHOWN = frozenset({Noun.ANNOTATION, Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL, Noun.NOTE})
NOTES_OFFERED = 8
"""Of the newest, in the menu."""
ORDERS = (
    (HighlightOrder.NEWEST, mark("Newest first")),
    (HighlightOrder.OLDEST, mark("Oldest first")),
    (HighlightOrder.SOURCE, mark("By source")),
    (HighlightOrder.COLOUR, mark("By colour")),
)


def none_yet() -> Emptiness:
    """Said where there is no highlight at all."""
    return Emptiness(
        "highlighter",
        tr("No highlights yet"),
        tr(
            "Select a sentence in a page and press {highlight}, or one of {mark_1} to {mark_5} for its "
            "colour.\nIt is kept here."
        ),
        (tr("Open Inbox"), "inbox", "inbox"),
    )


def none_fit() -> Emptiness:
    """Said where none of the highlights is what was chosen."""
    return Emptiness(
        "highlighter",
        tr("No highlight fits"),
        tr("Choose other colours, another tag, time or source."),
        (tr("Show all highlights"), "highlights:all", "highlighter"),
    )


class HighlightsView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order = HighlightOrder.NEWEST
        self._notes: list[NoteRow] = []
        self.setAccessibleName(tr("Highlights"))
        self.model = HighlightModel(self)
        self.list = HighlightList(desk, self.model, self)
        self.list.setAccessibleName(tr("Highlights"))
        self.filters = FilterBar(desk, self)
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.head = self._head()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.filters)
        layout.addWidget(self.stack, 1)
        self._connect()

    def _head(self) -> QWidget:
        theme = self._desk.theme
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Highlights"), head)
        title.setFont(theme.font("bar"))
        self.number = number_beside(theme, head)
        self.copy = Button(theme, tr("Copy with source"), icon="copy", kind="icon", parent=head)
        self.quote = Button(theme, tr("New note from these"), icon="notebook-pen", kind="icon", parent=head)
        self.gather = Button(
            theme, tr("Put into the basket"), icon="shopping-basket", kind="icon", parent=head
        )
        self.sort = Button(theme, tr("Sort the highlights"), icon="arrow-up-down", kind="icon", parent=head)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.number)
        row.addStretch()
        for button in (self.quote, self.copy, self.gather, self.sort):
            row.addWidget(button)
        return head

    def _connect(self) -> None:
        self.model.failed.connect(self._desk.tasks.report)
        self.filters.changed.connect(self._on_filter_changed)
        self.list.opened.connect(self._on_opened)
        self.list.copied.connect(self.copy_selected)
        self.list.removed.connect(self.remove_selected)
        self.list.recoloured.connect(self.recolour_selected)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.list.quoted.connect(self.quote_selected)
        self.list.gathered.connect(self.gather_selected)
        self.list.tagged.connect(self.tag_selected)
        self.list.remembered.connect(self.remember_selected)
        self.list.tied.connect(self.tie_selected)
        self.copy.clicked.connect(self.copy_selected)
        self.quote.clicked.connect(self.quote_selected)
        self.gather.clicked.connect(self.gather_selected)
        self.sort.clicked.connect(self._on_sort_clicked)
        self.reading = Reading(self._desk, self, SHOWN, self._fill)
        self._desk.highlights_asked.connect(self.show_all)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        wanted = self.filters.wanted
        loaded = await reading.ask(load, wanted, self._order)
        if loaded is None:
            return
        self._apply(loaded)
        self.filters.choices = await reading.ask(_choices, wanted) or self.filters.choices
        self._notes = await reading.ask(notes.all_of) or self._notes

    def _apply(self, loaded: Loaded) -> None:
        current = self.model.row_at(self.list.currentIndex().row())
        self.model.show(self._desk.reader, loaded.ids)
        self.list.updateGeometries()
        self.number.setText(f"{loaded.colours.all:,}" if loaded.colours.all else "")
        self.filters.say(loaded.counts, loaded.colours)
        is_all = self.filters.wanted == Filter()
        self.filters.setVisible(bool(loaded.counts.all) or not is_all)
        for button in (self.quote, self.copy, self.gather, self.sort):
            button.setVisible(bool(loaded.counts.all))
        if not loaded.counts.all:
            self.empty.say(none_yet() if is_all else none_fit())
        self.stack.setCurrentWidget(self.list if loaded.counts.all else self.empty)
        if loaded.counts.all and not self.list.currentIndex().isValid():
            self._select(current)
        self.list.viewport().update()

    def _select(self, before: Highlight | None) -> None:
        """What was current before, or the first."""
        ids = self.model.ids
        place = ids.index(before.id) if before is not None and before.id in ids else 0
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self.model.index(place), flag)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def selected(self) -> list[Highlight]:
        """The selected highlights, in list order."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [row for place in places if (row := self.model.row_at(place)) is not None]

    def copy_selected(self) -> None:
        """Put them on the clipboard as quotations with their source."""
        rows = self.selected()
        if rows:
            clipboard.put(quotations(rows), quotations_html(rows))
            text = trn("Quotation copied with source", "{n} quotations copied with source", len(rows))
            self._desk.say(text.format(n=writing.number(len(rows))))

    def recolour_selected(self, colour: Colour) -> None:
        """Give them another colour."""
        ids = tuple(row.id for row in self.selected())
        if ids:
            self._desk.tasks.run("recolour highlights", annotations.recolour, ids, colour)

    def remove_selected(self) -> None:
        """Take the highlights off their pages."""
        ids = tuple(row.id for row in self.selected())
        if ids:
            self._desk.tasks.run("remove highlights", annotations.remove, ids)

    def quote_selected(self) -> None:
        """A new note that quotes them."""
        quote_in_note(self._desk, [row.id for row in self.selected()])

    def gather_selected(self) -> None:
        """Put them into the share basket."""
        ids = tuple(row.id for row in self.selected())
        if ids:
            self._desk.tasks.run("basket", basket.put, (), ids)

    def tag_selected(self) -> None:
        """Edit their tags."""
        rows = self.selected()
        if rows:
            ask_tags(self._desk, OfHighlights(tuple((row.id, row.tags) for row in rows)))

    def tie_selected(self) -> None:
        """Ask for which goals they are evidence."""
        rows = self.selected()
        if rows:
            ask_goals(self._desk, [Thing(EvidenceKind.ANNOTATION, row.id) for row in rows])

    def show_all(self) -> None:
        """No filter."""
        self.filters.clear()

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_opened(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            self._desk.ask_mark(row.source_id, row.id)

    def _on_filter_changed(self, _wanted: Filter) -> None:
        self.list.verticalScrollBar().setValue(0)
        self.refresh()

    def _on_menu_asked(self, at: QPoint) -> None:
        if not self.list.indexAt(at).isValid():
            return
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """What can be done with the selected highlights."""
        theme = self._desk.theme
        muted = theme.colour("muted")
        menu = QMenu(self)
        menu.setAccessibleName(tr("Highlights"))
        open_it = menu.addAction(icons.icon("book-open", muted), tr("Open at the place\tO"))
        open_it.triggered.connect(lambda: self._on_opened(self.list.currentIndex()))
        menu.addAction(icons.icon("copy", muted), tr("Copy with source\tC")).triggered.connect(
            self.copy_selected
        )
        self._add_making(menu)
        menu.addSeparator()
        for number, colour in enumerate(Colour, 1):
            ink = theme.colour(f"mark_{colour.value}")
            label = theme.name_of(colour).replace("&", "&&")
            action = menu.addAction(icons.icon("circle", ink), f"{label}\t{number}")
            action.triggered.connect(partial(self._on_colour_chosen, colour))
        menu.addSeparator()
        remove = menu.addAction(icons.icon("trash-2", theme.colour("danger")), tr("Remove the highlight\tX"))
        remove.triggered.connect(self.remove_selected)
        return menu

    def _add_making(self, menu: QMenu) -> None:
        """Notes, tags and the basket."""
        muted = self._desk.theme.colour("muted")
        lines = (
            (tr("New note from these"), "notebook-pen", "Q", self.quote_selected),
            (tr("Tags …"), "hash", "#", self.tag_selected),
            (tr("Evidence for a goal …"), "target", "G", self.tie_selected),
            (tr("Put into the basket"), "shopping-basket", "S", self.gather_selected),
            (tr("Remember this, or no longer"), "brain", "R", self.remember_selected),
        )
        menu.addSeparator()
        for label, icon, key, run in lines:
            menu.addAction(icons.icon(icon, muted), f"{label}\t{key}").triggered.connect(run)
        if self._notes:
            into = menu.addMenu(icons.icon("quote", muted), tr("Quote in a note"))
            into.setAccessibleName(tr("Quote in a note"))
            for note in self._notes[:NOTES_OFFERED]:
                action = into.addAction(title_of(note).replace("&", "&&"))
                action.triggered.connect(partial(self._on_note_chosen, note.id))

    def remember_selected(self) -> None:
        """Let them be asked again, or no longer when all of them are."""
        remember(self._desk, [row.id for row in self.selected()])

    def _on_note_chosen(self, note_id: int, _is_checked: bool = False) -> None:
        quote_in_note(self._desk, [row.id for row in self.selected()], note_id)

    def _on_colour_chosen(self, colour: Colour, _is_checked: bool = False) -> None:
        self.recolour_selected(colour)

    def _on_sort_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Sort the highlights"))
        group = QActionGroup(menu)
        for order, label in ORDERS:
            action = QAction(tr(label), menu)
            action.setCheckable(True)
            action.setChecked(order is self._order)
            action.triggered.connect(partial(self._sort, order))
            group.addAction(action)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.sort.mapToGlobal(QPoint(0, self.sort.height() + 2)))

    def _sort(self, order: HighlightOrder, _is_checked: bool = True) -> None:
        self._order = order
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # No proxy: Tab would go to it past the filters that stand before it.
        super().focusInEvent(event)
        shown = self.empty if self.stack.currentWidget() is self.empty else self.list
        shown.setFocus(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, self._desk.theme.colour("line"))


def _choices(reader: Reader, wanted: Filter) -> dict[str, Choices]:
    """The tags that highlights bear, the goals, and the pages with the most highlights of those shown."""
    tree = vocabulary.tree(reader)
    borne = {one.name for one in tree if one.annotations}
    above = {name[:at] for name in borne for at, sign in enumerate(name) if sign == "/"}
    tags = [(one.name, one.name) for one in tree if one.name in borne | above]
    goals: Choices = [(one.name, one.id) for one in lists.goals(reader)]
    return {"tag": tags, "goal": goals, "source_id": [*highlights.most_marked(reader, wanted)]}


def make(desk: Desk) -> HighlightsView:
    """The page."""
    return HighlightsView(desk)
