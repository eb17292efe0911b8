"""The window: banners above, then sidebar, list and reader; pages take the place of list and reader.

The surprising fact: below 820 pixels list and reader share one pane, and "back" is then an act of its own;
the widgets are the same, only hidden and shown.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import NAME
from desktop.languages import mark, tr
from desktop.library import lists
from desktop.library.values import Counts
from desktop.ui import icons
from desktop.ui.actions import Act, Where
from desktop.ui.activities import acts as learning_acts
from desktop.ui.acts.captures import CaptureActs
from desktop.ui.acts.sense import SenseActs
from desktop.ui.acts.window import WindowActs, below, sort_menu
from desktop.ui.desk import Desk
from desktop.ui.exporting.acts import ExportActs
from desktop.ui.exporting.scopes import Here
from desktop.ui.goals.acts import GoalActs
from desktop.ui.lists.captures import CaptureList
from desktop.ui.pages import make_page, show_in
from desktop.ui.portfolio.acts import PortfolioActs
from desktop.ui.reader.pane import ReaderView
from desktop.ui.received import opening
from desktop.ui.received.dropping import Dropping
from desktop.ui.settings import safety_acts
from desktop.ui.shell.banner import Banners
from desktop.ui.shell.overlays import Overlays
from desktop.ui.shell.state import WindowState
from desktop.ui.shell.toast import Toast
from desktop.ui.shell.work_cards import WorkCards
from desktop.ui.sidebar.pane import Sidebar
from desktop.ui.study.bar import StudyBar
from desktop.ui.theme import Lengths
from desktop.ui.toolkit.acts import ToolkitActs
from desktop.ui.views import BY_NAME, INBOX, page_of, place_of

_MOVES = (
    ("next", mark("Next page"), 1, False, "J", "Down"),
    ("previous", mark("Previous page"), -1, False, "K", "Up"),
    ("next_too", mark("Select the next one too"), 1, True, "Shift+J", "Shift+Down"),
    ("previous_too", mark("Select the one before too"), -1, True, "Shift+K", "Shift+Up"),
)
LIST_SHARE = 0.373
"""Of the room beside the rail, where nobody has set a width."""


class MainWindow(QWidget):
    """One per library."""

    closing = Signal()
    """The person closed it; the program ends when everything has been put away."""

    def __init__(self, desk: Desk, state: WindowState | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._state = state or WindowState()
        self._is_one_pane = False
        self._is_reading = False
        self._is_alone = False
        self._is_arranging = False
        self._pages: dict[str, QWidget] = {}
        self.setWindowTitle(NAME)
        self.setWindowIcon(icons.mark_icon())
        self.setObjectName("window")
        self.setMinimumSize(360, 320)
        acts = CaptureActs(desk)
        WindowActs(desk)
        safety_acts.of(desk)
        self.sense = SenseActs(desk)
        ToolkitActs(desk)
        PortfolioActs(desk)
        GoalActs(desk)
        ExportActs(desk, self)
        learning_acts.of(desk)
        opening.of(desk)
        self.dropping = Dropping(desk, self)
        self.overlays = Overlays(desk, acts, self)
        self._add_acts()
        desk.actions.attach(self, Where.WINDOW)
        self.banners = Banners(desk, self)
        self.sidebar = Sidebar(desk, self)
        self.list = CaptureList(desk, self)
        self.reader = ReaderView(desk, self)
        self.study_bar = StudyBar(desk, self)
        self.toast = Toast(desk, self)
        self.study_bar.study.changed.connect(self.toast.place)
        self.work_cards = WorkCards(desk, self)
        self.sense.show_in(self.list.model)
        self._build()
        self._connect()
        self.resize(self._state.width, self._state.height)
        if self._state.is_maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _build(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.reader)
        self.split.setStretchFactor(0, 0)
        self.split.setStretchFactor(1, 1)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.split)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)  # the line between sidebar and panes is the window's own ground
        row.addWidget(self.sidebar)
        row.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banners)
        layout.addLayout(row, 1)
        layout.addWidget(self.study_bar)
        QWidget.setTabOrder(self.sidebar.list, self.list.view)

    def _connect(self) -> None:
        desk = self._desk
        desk.view_asked.connect(self.show_view)
        desk.source_asked.connect(self.show_source)
        desk.passage_asked.connect(self._on_passage_asked)
        desk.mark_asked.connect(self._on_mark_asked)
        desk.search_asked.connect(self._search_all)
        desk.sort_asked.connect(self._on_sort_asked)
        desk.brought_back.connect(self.list.select_source)
        desk.theme.changed.connect(self.update)
        self.list.current_changed.connect(self._on_current_changed)
        self.list.opened.connect(self._on_opened)
        self.list.loaded.connect(self._on_loaded)
        self.list.emptied.connect(self._on_emptied)
        self.split.splitterMoved.connect(self._on_splitter_moved)

    def _add_acts(self) -> None:
        add, group, go = self._desk.actions.add, mark("Move"), self._go
        for name, label, step, is_more, keys, also in _MOVES:
            run = partial(go, step, is_more)
            add(Act(name, tr(label), run, (keys,), "", group, Where.LIST, also=(also,), is_listed=False))
        all_of, back, close = tr("Select all"), tr("Back to the list"), tr("Close the window")
        add(Act("select_all", all_of, self._select_all, ("Ctrl+A",), "list-checks", group, Where.LIST))
        add(Act("open", tr("Open"), self._open, ("O",), "book-open", group, Where.LIST, also=("Enter",)))
        add(Act("search", tr("Search this list"), self._search, ("/",), "list-filter", group, Where.LIST))
        alone = tr("Read without the list")
        add(Act("alone", alone, self.toggle_alone, ("F",), "maximize-2", group, Where.READER))
        add(Act("back", back, self.go_back, ("Alt+Left",), "arrow-left", group, also=("Esc",)))
        add(Act("close", close, self._close_window, ("Ctrl+W",), "x", mark("Window"), is_listed=False))
        add(Act("quit", tr("Quit"), self._close_window, ("Ctrl+Q",), "log-out", mark("Window")))
        self._desk.actions.action("back").setVisible(False)

    # ── where one is ────────────────────────────────────────────────────────────────────────────────────

    @property
    def view_name(self) -> str:
        """The list or page that is shown."""
        page = self.stack.currentWidget()
        for name, widget in self._pages.items():
            if widget is page:
                return name
        return self.list.place.name

    def here(self) -> Here:
        """What is shown, for whoever exports it."""
        page = self.stack.currentWidget()
        if page is self.split:
            return Here(self._desk.selected, self.list.place, tuple(self.list.model.ids))
        return Here(self._desk.selected, goal=int(getattr(page, "goal_id", 0)))

    def show_first(self) -> None:
        """The last view, read on this thread: what the person sees first."""
        place = place_of(self._state.view) or INBOX
        self.list.show_now(place, self._state.source)
        self.sidebar.set_active(place.name)
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, name: str) -> None:
        """A list, a page, or something over the window."""
        if name == "reader":
            self._show_reader()
            return
        if name in ("guide", "answer", "palette", "keys", "export"):
            self.overlays.open(name)
            return
        page, inside = page_of(name)
        if page:
            self._show_page(page)
            show_in(self._pages[page], inside)
            if page == "goal":
                self.sidebar.set_active(name)
            return
        if name == "highlights:all":
            self._desk.highlights_asked.emit()
            return
        if name == "all:search":
            self._search_all(self.list.place.query)
            return
        place = place_of(name, self.sidebar.goals, self.sidebar.searches)
        if place is None:
            return
        self.stack.setCurrentWidget(self.split)
        self._is_reading = False
        self.sidebar.set_active(name)
        self.list.show_place(place)
        self._arrange()
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_source(self, source_id: int) -> None:
        """A source in the reader, selected in the list where that holds it."""
        self.stack.setCurrentWidget(self.split)
        self.sidebar.set_active(self.list.place.name)
        if not self.list.select_source(source_id):
            place = BY_NAME["all"]
            self.sidebar.set_active(place.name)
            self.list.show_place(place, source_id)
        if self.reader.wanted != source_id:
            self.reader.show_source(source_id)
        self._show_reader()

    def go_back(self) -> None:
        """From the reader to the list, from a page to list and reader."""
        if self.stack.currentWidget() is not self.split:
            self.stack.setCurrentWidget(self.split)
            self.sidebar.set_active(self.list.place.name)
        self._is_reading = False
        self._arrange()
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_alone(self) -> None:
        """Give the reader the whole room, with its notes beside the text, or show the list again."""
        self._is_alone = not (self._is_alone and self._is_reading)
        self._show_reader()

    def _show_page(self, name: str) -> None:
        if name not in self._pages:
            self._pages[name] = make_page(self._desk, name)
            self.stack.addWidget(self._pages[name])
        self.stack.setCurrentWidget(self._pages[name])
        self.sidebar.set_active(name)
        self._pages[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reader(self) -> None:
        self.stack.setCurrentWidget(self.split)
        self._is_reading = True
        self._arrange()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── room ────────────────────────────────────────────────────────────────────────────────────────────

    def _arrange(self) -> None:
        """Share the width out among the panes."""
        width = self.width()
        is_alone = self._is_alone and self._is_reading
        self._is_one_pane = is_alone or width < Lengths.COLLAPSE_LIST_BELOW
        self.sidebar.set_rail(width < Lengths.COLLAPSE_SIDEBAR_BELOW)
        is_empty = not self.list.model.ids
        self.reader.setVisible(not is_empty and (not self._is_one_pane or self._is_reading))
        self.list.setVisible(is_empty or not self._is_one_pane or not self._is_reading)
        self._desk.actions.action("back").setVisible(self._is_one_pane and self._is_reading)
        if self._is_one_pane or is_empty:
            return
        room = width - self.sidebar.width() - 1
        # 1 px less than the design's 372: the line at the right is the splitter's handle.
        wanted = self._state.list_width or (
            min(Lengths.LIST, round(room * LIST_SHARE)) if self.sidebar.is_rail else Lengths.LIST
        )
        wanted = max(Lengths.LIST_MIN, min(wanted, room - Lengths.READER_MIN)) - 1
        self._is_arranging = True
        self.split.setSizes([wanted, room - wanted - 1])
        self._is_arranging = False

    def _on_splitter_moved(self, position: int, _index: int) -> None:
        if not self._is_arranging and not self._is_one_pane:
            self._state.list_width = max(Lengths.LIST_MIN, position + 1)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_current_changed(self, source_id: int) -> None:
        is_there = self.reader.wanted == source_id and self.reader.detail is not None
        if not is_there and (not self._is_one_pane or self._is_reading):
            self.reader.show_source(source_id or None)

    def _on_opened(self, source_id: int) -> None:
        if source_id:
            self.reader.show_source(source_id)
            self._show_reader()

    def _on_loaded(self, counts: Counts) -> None:
        self.sidebar.set_counts(counts)

    def _on_emptied(self, is_empty: bool) -> None:
        if is_empty:
            self._is_reading = False
        if self.reader.isHidden() != is_empty or self._is_one_pane:
            self._arrange()

    def _on_passage_asked(self, source_id: int, _start: int, _stop: int) -> None:
        self.show_source(source_id)

    def _on_mark_asked(self, source_id: int, _annotation_id: int) -> None:
        self.show_source(source_id)

    def _search_all(self, query: str) -> None:
        self.show_view("all")
        self.list.search_for(query)

    def _search(self) -> None:
        if self.stack.currentWidget() is not self.split or not self.list.isVisible():
            self.go_back()
        self.list.open_search()

    def _on_sort_asked(self) -> None:
        menu = sort_menu(self._desk, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below(self.list.bar.sort))

    def _go(self, step: int, is_extending: bool = False) -> None:
        self.list.view.go(step, is_extending)

    def _select_all(self) -> None:
        self.list.view.selectAll()

    def _open(self) -> None:
        self._on_opened(self.list.current)

    def _close_window(self) -> None:
        # Not close() at once: the act's key event must be over before its window is torn down.
        QTimer.singleShot(0, self, self.close)

    @property
    def is_idle(self) -> bool:
        """True when nothing is being read or written for this window."""
        return self._desk.tasks.is_idle and not self.list.is_busy

    def begin(self) -> None:
        """The library has been opened: show what it holds now."""
        self._desk.searching.begin(self._desk.library)
        self.sidebar.refresh()
        self.list.refresh()

    def answer_show(self, message: dict[str, Any]) -> None:
        """Show what another process asks to be shown: a view, or a capture by its UUID."""
        uuid = message.get("id")
        if isinstance(uuid, str) and uuid and self._desk.reader is not None:
            found = lists.source_of(self._desk.reader, uuid)
            if found is not None:
                self.show_source(found[0])
        view = message.get("view")
        if isinstance(view, str) and view:
            self.show_view(view)
        self.come_to_front()

    def come_to_front(self) -> None:
        """As far as the window system allows it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keep_state(self) -> None:
        """Write window.json."""
        self._state.is_maximised = self.isMaximized()
        if not self._state.is_maximised:
            self._state.width, self._state.height = self.width(), self.height()
        self._state.view = self.list.place.name
        self._state.source = self.list.current
        self._state.save(self._desk.paths.window)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not (self.list.view.hasFocus() and self.list.clear_search()):
                self.go_back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.toast.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.list.view.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._desk.theme.colour("line"))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_state()
        event.accept()
        self.closing.emit()
