"""Learning: this week, what is being done, planned, done and dropped, the tries, and one activity beside it.

The surprising fact: tries stand here as one more tab, since what is tried at work is learned from as a course
is; a try needs no pane, its one question opens over the window.
"""

from functools import partial
from operator import attrgetter

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.learning import activity_rows
from desktop.learning.values import ActivityKind, ActivityRow, Status, TryRow
from desktop.store.changes import Noun
from desktop.ui.activities import acts as learning_acts
from desktop.ui.activities.pane import ActivityPane
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.learning import example as learning_example
from desktop.ui.learning import menus as learning_menus
from desktop.ui.learning.loading import TRIES, Filter, Loaded, counts_of, load
from desktop.ui.learning.model import ActivityModel
from desktop.ui.learning.rows import HEIGHT, ActivityDelegate, Headings
from desktop.ui.learning.tabs import Tabs
from desktop.ui.learning.try_rows import TryDelegate, spoken
from desktop.ui.learning.week import WeekStrip
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import number_beside
from desktop.ui.reading import Reading
from desktop.ui.rows.items import ItemModel
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.study import calendar as learning_calendar
from desktop.ui.study import words
from desktop.ui.theme import Lengths

SHOWN = frozenset({Noun.ACTIVITY, Noun.TRY, Noun.GOAL, Noun.ANNOTATION, Noun.SOURCE})
NARROW, MONTH_FROM = 640, 900


class LearningView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._acts = learning_acts.of(desk)
        self.wanted = Filter()
        self._wanted_id = 0
        self._is_first, self._is_reading = True, False
        self.setAccessibleName(tr("Learning"))
        self.setAcceptDrops(True)
        theme = desk.theme
        self.model = ActivityModel(desk)
        self.tries_model: ItemModel[TryRow] = ItemModel(attrgetter("id"), attrgetter("what"), spoken, self)
        self.list = KeyedList(desk, learning_menus.ACTS, learning_menus.KEYS, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ActivityDelegate(theme, self))
        self.list.setAccessibleName(tr("Activities"))
        self.list.arrange(HEIGHT, ())
        self.tries = KeyedList(desk, learning_menus.TRY_ACTS, learning_menus.TRY_KEYS, self)
        self.tries.setModel(self.tries_model)
        self.tries.setItemDelegate(TryDelegate(theme, self))
        self.tries.setAccessibleName(tr("Tries"))
        self.tries.arrange(HEIGHT, ())
        self.week = WeekStrip(theme, self)
        labels = {status.value: words.status(status) for status in words.STATUSES}
        self.tabs = Tabs(desk, {**labels, TRIES: tr("Tries")}, self)
        self.tabs.choose(Status.DOING.value)
        self.headings = Headings(theme, self)
        self.none, self.empty = EmptyState(desk, self), EmptyState(desk, self)
        self.pane = ActivityPane(desk, self)
        self._first: QWidget = self.list
        self.left = QWidget(self)
        self.lists, self.stack = QStackedWidget(self), QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        for shown in (self.list, self.tries, self.none):
            self.lists.addWidget(shown)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        for widget in (self._head(), self.week, self.tabs, self.headings):
            column.addWidget(widget)
        column.addWidget(self.lists, 1)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self.pane, 1)
        self.stack.addWidget(both)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _head(self) -> QWidget:
        theme = self._desk.theme
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Learning"), head)
        title.setFont(theme.font("bar"))
        self.month = number_beside(theme, head)
        self.session = Button(theme, tr("Start a session"), icon="timer", parent=head)
        self.new = Button(theme, tr("Add"), icon="plus", kind="main", key="N", parent=head)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 16, 1)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.month)
        row.addStretch()
        row.addWidget(self.session)
        row.addWidget(self.new)
        return head

    def _connect(self) -> None:
        self.list.opened.connect(self.open)
        self.list.keyed.connect(self.act)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.tries.opened.connect(partial(self.act_on_try, "went"))
        self.tries.keyed.connect(self.act_on_try)
        self.tries.customContextMenuRequested.connect(self._on_try_menu_asked)
        self.week.picked.connect(self.show_activity)
        self.tabs.picked.connect(self._on_tab_picked)
        self.tabs.narrowed.connect(self._on_narrowed)
        self.new.clicked.connect(self._on_new_clicked)
        self.session.clicked.connect(partial(self.act, "timer"))
        self.pane.left.connect(self.go_back)
        self._acts.study.changed.connect(self._say_session)
        self.reading = Reading(self._desk, self, SHOWN, self._fill)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        wanted = await self._where(self._wanted_id) if self._wanted_id else self.wanted
        loaded = await reading.ask(load, wanted, self._wanted_id, self._is_first)
        if loaded is not None:
            self._apply(loaded)

    async def _where(self, activity_id: int) -> Filter:
        """The tab in which an activity that is asked for stands."""
        rows = await self._desk.tasks.read(activity_rows.many, [activity_id])
        if not rows:
            return self.wanted
        return self.wanted if self.wanted.status is rows[0].status else Filter(rows[0].status)

    def _apply(self, loaded: Loaded) -> None:
        self._is_first = loaded.is_empty
        self.wanted = loaded.wanted
        status = self.wanted.status
        self.tabs.say(counts_of(loaded), loaded.goals)
        self.tabs.choose(status.value if status else TRIES)
        self.tabs.show_filter(self.wanted.goal_id, self.wanted.kind)
        self.week.show_week(loaded.week)
        minutes = loaded.week.month_minutes
        said = tr("{time} this month").format(time=words.hours(minutes)) if minutes else ""
        self.month.setText(said)
        current = self._current_id()
        before = self.list.currentIndex().row()
        self.list.selectionModel().blockSignals(True)
        self.model.show(loaded.ids, loaded.rows)
        self.list.selectionModel().blockSignals(False)
        self.tries_model.show(loaded.tries)
        self._show_lists(loaded)
        self._select(current, before)

    def _show_lists(self, loaded: Loaded) -> None:
        is_tries = self.wanted.status is None
        has_rows = bool(loaded.tries if is_tries else loaded.ids)
        shown = self.tries if is_tries else self.list
        self.lists.setCurrentWidget(shown if has_rows else self.none)
        self.headings.setVisible(not is_tries and has_rows)
        self.session.setVisible(not is_tries)
        self.new.set_label(tr("Plan a try") if is_tries else tr("Add"))
        if not has_rows:
            self.none.say(
                learning_example.nothing_in(self.wanted.status, bool(self.wanted.goal_id or self.wanted.kind))
            )
        if loaded.is_empty:
            self.empty.say(learning_example.none_yet())
        self.stack.setCurrentIndex(1 if loaded.is_empty else 0)
        for view in (self.list, self.tries):
            view.updateGeometries()
            view.viewport().update()
        before, self._first = self._first, self.empty if loaded.is_empty else shown if has_rows else self.none
        if before is not self._first and (before.hasFocus() or self.hasFocus()):
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current_id(self) -> int:
        row = self.list.currentIndex().row()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else 0

    def _select(self, current: int, before: int) -> None:
        """The activity that is asked for, the current one, or the one in its place."""
        is_asked = bool(self._wanted_id)
        wanted, self._wanted_id = self._wanted_id or current, 0
        place = self.model.position_of(wanted)
        if place < 0 and self.model.ids:
            place = min(max(0, before), len(self.model.ids) - 1)
        if place < 0:
            self.pane.show_id(0)
            return
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(place)
        is_kept = self.list.selectionModel().isSelected(index)
        self.list.selectionModel().setCurrentIndex(index, flags.NoUpdate if is_kept else flags.ClearAndSelect)
        if is_asked:
            self.list.scrollTo(index)
            self._is_reading = True
            self._arrange()
            if self.pane.back.isVisible():
                self.pane.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pane.show_id(self.model.ids[place])

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """``new``, ``tries``, ``example``, ``try:<id>`` (how did it go?), or an activity's id."""
        kind, _, rest = name.partition(":")
        if kind == "new":
            self._acts.new()
        elif kind == "new-try":
            self._acts.new_try()
        elif kind == "example":
            self._desk.tasks.run("example", learning_example.make)
        elif kind == "try" and rest.isdigit():
            self._on_tab_picked(TRIES)
            self._acts.how_did_it_go(int(rest))
        elif kind in (TRIES, *(one.value for one in Status)):
            self._on_tab_picked(kind)
        elif name.isdigit():
            self.show_activity(int(name))

    def show_activity(self, activity_id: int) -> None:
        """Select an activity, in the tab where it stands."""
        self._wanted_id = activity_id
        self.refresh()

    def open(self) -> None:
        """Go into the activity."""
        self._is_reading = True
        self._arrange()
        self.pane.focus()

    def go_back(self) -> None:
        """Back to the list."""
        self._is_reading = False
        self._arrange()
        (self.tries if self.wanted.status is None else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[ActivityRow]:
        """The selected activities that have been read, in list order."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        rows = [self.model.row_at(place) for place in places]
        return [row for row in rows if row is not None]

    def act(self, name: str) -> None:
        """What a key or the menu asks for, one of those that `learning.menus` names."""
        plain = {
            "new": self._acts.new, "timer": self._acts.toggle, "log": self._acts.log, "plan": self._acts.plan,
            "outline": self._acts.paste, "edit": self._acts.edit, "tick": self.pane.tick_next,
            "open": self.open,
        }  # fmt: skip
        if not self._desk.can_write:
            return
        if name in plain:
            plain[name]()
        else:
            learning_menus.act(self._desk, name, self.selected())

    def act_on_try(self, name: str, *_: object) -> None:
        """What a key or the menu asks for about the chosen try."""
        row = self.tries_model.at(self.tries.currentIndex().row())
        if name == "new":
            self._acts.new_try()
        elif row is not None and self._desk.can_write:
            learning_menus.act_on_try(self._desk, name, row)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_tab_picked(self, name: str) -> None:
        status = None if name == TRIES else Status(name)
        self.wanted = Filter(status, self.wanted.goal_id, self.wanted.kind)
        self._is_first = False
        self._is_reading = False
        self._arrange()
        self.refresh()

    def _on_new_clicked(self) -> None:
        (self.act_on_try if self.wanted.status is None else self.act)("new")

    def _on_narrowed(self, goal_id: int, kind: ActivityKind | None) -> None:
        self.wanted = Filter(self.wanted.status, goal_id, kind)
        self.refresh()

    def _on_current_changed(self, current: QModelIndex) -> None:
        if 0 <= current.row() < len(self.model.ids):
            self.pane.show_id(self.model.ids[current.row()])
            self._say_session()

    def _say_session(self) -> None:
        study = self._acts.study
        is_here = bool(study.activity_id) and study.activity_id == self._current_id()
        self.session.set_label(tr("Stop the session") if is_here else tr("Start a session"))
        self.session.setEnabled(bool(self._current_id()) and self._desk.can_write)
        self.list.viewport().update()

    def _on_menu_asked(self, at: QPoint) -> None:
        menu = learning_menus.menu(self._desk, self.act, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _on_try_menu_asked(self, at: QPoint) -> None:
        menu = learning_menus.try_menu(self._desk, self.act_on_try, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tries.viewport().mapToGlobal(at))

    def _arrange(self) -> None:
        is_narrow, is_tries = self.width() < NARROW, self.wanted.status is None
        self.left.setVisible(not is_narrow or not self._is_reading)
        self.pane.setVisible(self._is_reading if is_narrow else not is_tries)
        self.pane.back.setVisible(is_narrow)
        self.month.setVisible(self.width() >= MONTH_FROM)
        if is_narrow or is_tries:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
        else:
            self.left.setFixedWidth(max(360, self.width() - max(340, round(self.width() * 0.38))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        self._acts.choose(self.pane.activity_id)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._acts.choose(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # No proxy: Tab would go to it past the buttons that stand before it.
        super().focusInEvent(event)
        self._first.setFocus(event.reason())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._desk.can_write and learning_calendar.dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        place = learning_calendar.dropped(event.mimeData())
        if place:
            event.acceptProposedAction()
            self._acts.calendar.take(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        if self.stack.currentIndex() == 0:
            line = self._desk.theme.colour("line")
            painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, line)
            if self.left.isVisible() and self.pane.isVisible():
                painter.fillRect(self.left.width() - 1, 0, 1, self.height(), line)


def make(desk: Desk) -> LearningView:
    """The page."""
    return LearningView(desk)
