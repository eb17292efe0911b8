"""The middle pane: a list of captures with its bar, its empty state and its announcement of new ones.

The surprising fact: rows never move under the pointer. New captures that would push them are announced ("3
new") unless the list stands at its top and the pointer is elsewhere.
"""

from array import array
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library.search.values import Said
from desktop.library.values import Counts, Order, State
from desktop.store.changes import Changes, Noun
from desktop.ui.actions import Where
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.lists.bar import ListBar
from desktop.ui.lists.keeping import Anchor, Keeper
from desktop.ui.lists.loading import Loaded, groups_of, load, load_place
from desktop.ui.lists.news_chip import NewsChip
from desktop.ui.lists.search import ListSearch
from desktop.ui.menus import ROW_ACTS, menu_of
from desktop.ui.rows.delegate import RowDelegate
from desktop.ui.rows.model import RowModel, without
from desktop.ui.rows.view import RowView
from desktop.ui.views import INBOX, Emptiness, Place, emptiness

SHOWN = frozenset({Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL})
SETTLE = 60
"""Milliseconds before the reader follows a held arrow key."""


class CaptureList(QWidget):
    """Shows one `Place` at a time."""

    current_changed = Signal(int)
    """The source the reader should show; 0 for none."""
    opened = Signal(int)
    """Enter or a double click on this source."""
    loaded = Signal(object)
    """`Counts`, after each reading."""
    emptied = Signal(bool)
    """Whether the list holds nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.place = self._base = INBOX
        self.counts = Counts()
        self._said: tuple[Said, ...] = ()
        self._has_more = False
        self._wanted = 0
        self._is_loading = self._is_stale = False
        self._is_fresh, self._is_typing, self._is_settling = True, False, False
        self._leaving: set[int] = set()
        self._touched: set[int] | None = None
        self.model = RowModel(self)
        self._delegate = RowDelegate(desk.theme, self)
        self.view = RowView(desk.theme, self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName(tr("Pages"))
        self._keeper = Keeper(self.view, self.model)
        self.empty = EmptyState(desk, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.bar = ListBar(desk, self)
        self.search = ListSearch(desk, self)
        self.chip = NewsChip(desk.theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.search)
        layout.addWidget(self._stack, 1)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(SETTLE)
        self._connect()

    def _connect(self) -> None:
        desk = self._desk
        self._delegate.is_compact = desk.settings.text("density") == "compact"
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.opened.connect(self._on_opened)
        self.model.failed.connect(desk.tasks.report)
        self.view.customContextMenuRequested.connect(self._on_menu_asked)
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._follow.timeout.connect(self._on_follow)
        self.search.asked.connect(self._on_asked)
        self.search.left.connect(self.view.setFocus)
        self.chip.clicked.connect(partial(self.view.verticalScrollBar().setValue, 0))
        desk.changed.connect(self._on_changed)
        desk.moving.connect(self._on_moving)
        desk.actions.attach(self.view, Where.LIST)

    @property
    def order(self) -> Order:
        """How lists are sorted."""
        return Order(self._desk.settings.text("list_order"))

    @property
    def current(self) -> int:
        """The source that is current, or 0."""
        return self.model.id_at(self.view.currentIndex().row())

    @property
    def is_busy(self) -> bool:
        """True while the list is being read."""
        return self._is_loading

    # ── what is shown ───────────────────────────────────────────────────────────────────────────────────

    def show_place(self, place: Place, source_id: int = 0) -> None:
        """Show another list, from its top or with ``source_id`` selected."""
        self._wanted = source_id
        if place != self.place:
            self._base = place
            self.search.begin(place.query)
            self._turn_to(place)
        self.refresh()

    def _turn_to(self, place: Place) -> None:
        self.place, self._desk.place_state = place, place.state
        self._is_fresh, self._is_typing, self._is_settling = True, False, False
        self._leaving.clear()
        self.chip.forget()

    def open_search(self) -> None:
        """The field that narrows this list."""
        self.search.open(self._base.label)

    def search_for(self, query: str) -> None:
        """Narrow this list to what a question finds."""
        self.search.ask(query, self._base.label)

    def clear_search(self) -> bool:
        """Show the whole list again; False when it is shown already."""
        if self.search.isHidden():
            return False
        self.search.clear()
        return True

    def show_now(self, place: Place, source_id: int = 0) -> None:
        """The same, read on this thread: the first page, before anything else is loaded."""
        self.place = self._base = place
        self._wanted, self._is_fresh = source_id, True
        self._desk.place_state = place.state
        reader = self._desk.reader
        if reader is not None:
            self.model.use(reader)
            self._apply(load(reader, place, self.order))

    def show_closed(self, title: str, text: str) -> None:
        """Say that there is no library to show."""
        self.model.replace(array("q"))
        self.bar.say(self.place.label, 0)
        self.empty.say(Emptiness("hard-drive", title, text, (tr("Try again"), "reopen", "refresh-cw")))
        self._stack.setCurrentWidget(self.empty)
        self.emptied.emit(True)

    def select_source(self, source_id: int) -> bool:
        """Select a source of this list and bring it into sight; False when it is not here."""
        position = self.model.position_of(source_id)
        if position < 0:
            return False
        self._keeper.select(position)
        return True

    def refresh(self, touched: Iterable[int] | None = None) -> None:
        """Read the list anew, and these of its rows (None: all); asked for again meanwhile, once more."""
        if self._desk.reader is None:
            return
        if touched is None:
            self._touched = None
        elif self._touched is not None:
            self._touched.update(touched)
        self._is_stale = True
        if not self._is_loading:
            self._desk.tasks.start(self._reload())

    async def _reload(self) -> None:
        self._is_loading = True
        try:
            while self._is_stale:
                self._is_stale = False
                typing = self.counts if self._is_typing else None
                loaded = await load_place(self._desk, self.place, self.order, typing)
                # A list that changed while it was read would show rows that have left already.
                if loaded is not None and not self._is_stale:
                    self.model.use(self._desk.reader)
                    self._apply(loaded)
        finally:
            self._is_loading = False

    def _apply(self, loaded: Loaded) -> None:
        if self._leaving:
            loaded = replace(loaded, ids=without(loaded.ids, self._leaving))
        ids = loaded.ids
        self.counts, self._said, self._has_more = loaded.counts, loaded.said, loaded.has_more
        if self.place.query:
            said = () if self._is_typing else loaded.said
            self.search.say(said, loaded.way, is_typing=self._is_typing)
        is_settled, self._is_settling = self._is_settling, False
        if is_settled:
            self._follow.start()
            if not self._is_fresh and ids == self.model.ids:  # what was found while typing is all there is
                self._say_empty()
                self.loaded.emit(loaded.counts)
                return
        if self._is_fresh or (is_settled and self._keeper.is_at_top):
            self._show_fresh(loaded)
            return
        anchor, kept, current = self._keeper.anchor(), self._desk.selected, self.current
        found = self.model.difference(ids)
        following = self._keeper.following(found.gone)
        self.model.replace(ids, found)
        self._forget()
        self.view.arrange(self._delegate.row_height, groups_of(self._desk, loaded))
        self._say_empty()
        self._announce(found.come, anchor)
        self._restore(current, following, kept)
        self.loaded.emit(loaded.counts)

    def _forget(self) -> None:
        touched, self._touched = self._touched, set()
        if touched is None or touched:
            self.model.forget(touched or ())

    def _show_fresh(self, loaded: Loaded) -> None:
        self._is_fresh, self._touched = False, set()
        self.model.reset(loaded.ids)
        self.view.arrange(self._delegate.row_height, groups_of(self._desk, loaded))
        self._say_empty()
        self.view.verticalScrollBar().setValue(0)
        self._select_first()
        self.loaded.emit(loaded.counts)

    def _say_empty(self) -> None:
        is_empty = not len(self.model.ids)
        self.bar.say(self.place.label, len(self.model.ids), self._has_more)
        if is_empty:
            said = " ".join(one.sentence for one in self._said)
            self.empty.say(emptiness(self.place, self.counts, said))
        self._stack.setCurrentWidget(self.empty if is_empty else self.view)
        self.emptied.emit(is_empty)

    # ── selection ───────────────────────────────────────────────────────────────────────────────────────

    def _select_first(self) -> None:
        position = self.model.position_of(self._wanted) if self._wanted else 0
        self._wanted = 0
        if self.model.ids:
            self._keeper.select(max(0, position))
        else:
            self.current_changed.emit(0)
            self._desk.select(())

    def _restore(self, current: int, following: int, kept: tuple[int, ...]) -> None:
        if self._wanted:
            self._select_first()
            return
        if current and self.model.position_of(current) >= 0 and self.view.selectionModel().hasSelection():
            return
        again = self.model.positions_of(frozenset(kept))
        target = following or self.model.id_at(0)
        if not target:
            self.current_changed.emit(0)
            self._desk.select(())
            return
        if current == target and again:
            self._keeper.select_again(again, self.model.position_of(target))
            return
        self._keeper.select(self.model.position_of(target))

    def _announce(self, come: frozenset[int], anchor: Anchor | None) -> None:
        if anchor is None:
            self.chip.forget()
            return
        top_row = self._keeper.hold(anchor)
        self.chip.add(come.intersection(self.model.ids[:top_row]), self.model.ids)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.chip.place()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow.stop()

    def _on_asked(self, query: str, is_final: bool) -> None:
        place = replace(self._base, query=query)
        if place != self.place:
            self._turn_to(place)
        elif not self._is_typing:
            return
        self._is_typing, self._is_settling = not is_final, is_final
        if self._is_typing:
            self._follow.stop()  # the reader follows once typing pauses
        self.refresh()

    def _on_scrolled(self, value: int) -> None:
        if value == 0:
            self.chip.forget()

    def _on_selection_changed(self) -> None:
        ids = self.model.ids
        chosen: list[int] = []
        for part in self.view.selectionModel().selection().toList():
            chosen.extend(ids[part.top() : part.bottom() + 1])
        self._desk.select(chosen)

    def _on_current_changed(self, current: QModelIndex) -> None:
        self.view.scrollTo(current)
        if not self._is_typing:
            self._follow.start()

    def _on_follow(self) -> None:
        self.current_changed.emit(self.current)

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.id_at(index.row()))

    def _on_menu_asked(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if not index.isValid():
            return
        menu: QMenu = menu_of(self._desk, ROW_ACTS, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _on_moving(self, ids: tuple[int, ...], to: State) -> None:
        if self.place.state is to or (self.place.state is None and to is not State.TRASH):
            return
        going = {self.model.id_at(position) for position in self.model.positions_of(frozenset(ids))}
        if not going or len(going) > 500:
            return
        self._leaving |= going
        left = without(self.model.ids, going)
        following = self._keeper.following(going)
        self.model.replace(left)
        self.view.updateGeometries()
        self._say_empty()
        if following:
            self._keeper.select(self.model.position_of(following))

    def _on_changed(self, changes: Changes) -> None:
        if Noun.SETTING in changes.nouns:
            self._delegate.is_compact = self._desk.settings.text("density") == "compact"
        elif not changes.nouns & SHOWN:
            return
        self._leaving.difference_update(changes.ids)
        self._is_settling = False
        # Of other nouns (a tag's new name), the ids need not be all whose rows say something else now.
        self.refresh(changes.ids if changes.nouns == {Noun.SOURCE} and changes.ids else None)
