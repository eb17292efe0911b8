"""All goals: where each stands, what moves and what stands still, and what is due soon.

The surprising fact: the example that an empty view offers is a real goal. It can be changed, or be deleted
like any other.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import mark, tr, writing
from desktop.learning import days, overview
from desktop.learning.overview import GoalLine, Overview
from desktop.learning.values import GoalState
from desktop.store.changes import Changes, Noun
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.goals import acts as goals_acts
from desktop.ui.goals import words as goal_words
from desktop.ui.goals.parts import LineRow, Lines, SectionHead, Tabs
from desktop.ui.goals.rows import HEIGHT, LINE_ROLE, ColumnHeads, GoalDelegate, GoalsModel, due_of
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.pills import Pill
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

SHOWN: Final = frozenset({Noun.GOAL, Noun.ACTIVITY, Noun.TRY})
KEYS: Final = {"N": "new", "E": "edit", "P": "private", "C": "reach"}
ACTS: Final = {"trash": "delete"}
DUE_SHOWN = 5
STATES: Final = (
    (GoalState.OPEN, mark("Active")),
    (GoalState.REACHED, mark("Reached")),
    (GoalState.DROPPED, mark("Dropped")),
)
SORTS: Final = (
    ("due", mark("By date due")),
    ("skill", mark("By name")),
    ("moved", mark("Moved last")),
    ("level", mark("By level")),
)


class GoalsView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_stale, self._is_loading = True, False
        self._sort = "due"
        self._held = Overview((), ())
        self.setAccessibleName(tr("Goals"))
        self.model = GoalsModel(self)
        self.list = KeyedList(desk, ACTS, KEYS, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(GoalDelegate(desk.theme, self))
        self.list.setAccessibleName(tr("Goals"))
        self.list.arrange(HEIGHT, ())
        self.tabs = Tabs(desk.theme, tr("State"), [(tr(label), state) for state, label in STATES], self)
        self.heads = ColumnHeads(desk.theme, self)
        self.due = Lines(self)
        self.due_head = SectionHead(desk.theme, tr("Due in the next 30 days"), self)
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tab_row())
        column.addWidget(self.heads)
        column.addWidget(self.list, 1000)
        self.foot = QWidget(full)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(20, 14, 20, 12)
        foot.setSpacing(2)
        foot.addWidget(self.due_head)
        foot.addWidget(self.due)
        column.addWidget(self.foot)
        column.addStretch(1)
        self.stack.addWidget(full)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.stack, 1)

    def _head(self) -> QWidget:
        theme = self._desk.theme
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Goals"), head)
        title.setFont(theme.font("bar"))
        self.portfolio = Button(theme, tr("Portfolio"), icon="file-down", parent=head)
        self.new = Button(theme, tr("New goal"), icon="plus", kind="main", key="N", parent=head)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 16, 1)
        row.setSpacing(8)
        row.addWidget(title)
        row.addStretch()
        row.addWidget(self.portfolio)
        row.addWidget(self.new)
        return head

    def _tab_row(self) -> QWidget:
        bar = QWidget(self)
        bar.setFixedHeight(33)
        self.sort = Button(
            self._desk.theme, "", icon="arrow-up-down", kind="quiet", is_small=True, parent=bar
        )
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 0, 12, 1)
        row.addWidget(self.tabs)
        row.addStretch()
        row.addWidget(self.sort)
        self._label_sort()
        return bar

    def _connect(self) -> None:
        self.list.opened.connect(self._on_opened)
        self.list.keyed.connect(self.act)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.new.clicked.connect(self._on_new_clicked)
        self.portfolio.clicked.connect(self._on_portfolio_clicked)
        self.sort.clicked.connect(self._on_sort_clicked)
        self.tabs.picked.connect(self._on_tab_picked)
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
                found = await self._desk.tasks.read(overview.read)
                if found is not None and not self._is_stale:
                    self._held = found
                    self._apply()
        finally:
            self._is_loading = False

    def _apply(self) -> None:
        lines = self._held.lines
        for tab in self.tabs.tabs:
            number = sum(one.row.state == tab.value for one in lines)
            tab.say(writing.number(number) if number else "")
        chosen = {one.row.id for one in self.selected()}
        shown = self._ordered([one for one in lines if one.row.state == self.tabs.value])
        self.model.show(shown)
        self.list.updateGeometries()
        self._choose(chosen)
        self._fill_due()
        if not lines:
            self.empty.say(none_yet())
        self.stack.setCurrentIndex(0 if lines else 1)
        self.portfolio.setVisible(bool(lines))
        self._fit()
        self.list.viewport().update()

    def _ordered(self, lines: list[GoalLine]) -> list[GoalLine]:
        if self._sort == "skill":
            return sorted(lines, key=lambda one: one.row.skill.casefold())
        if self._sort == "moved":
            return sorted(lines, key=lambda one: -one.row.moved_at)
        if self._sort == "level":
            return sorted(lines, key=lambda one: (-one.row.level, one.row.skill.casefold()))
        return sorted(lines, key=lambda one: (due_of(one), one.row.skill.casefold()))

    def _choose(self, chosen: set[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        places = [at for at, one in enumerate(self.model.lines) if one.row.id in chosen]
        if not self.model.lines:
            return
        place = (
            places[0] if places else min(max(0, self.list.currentIndex().row()), len(self.model.lines) - 1)
        )
        self.list.selectionModel().setCurrentIndex(self.model.index(place), flags.ClearAndSelect)
        for at in places[1:]:
            self.list.selectionModel().select(self.model.index(at), flags.Select)

    def _fill_due(self) -> None:
        names = {one.row.id: one.row.skill for one in self._held.lines}
        rows: list[QWidget] = []
        for due in self._held.due[:DUE_SHOWN]:
            meta = "" if due.kind == "goal" else names.get(due.goal_id, "")
            pill = Pill(goal_words.due_pill(due, days.today()), "warn" if due.days <= 1 else "plain")
            row = LineRow(
                self._desk.theme, goal_words.DUE_ICONS[due.kind], goal_words.due_title(due), meta, pill
            )
            row.clicked.connect(partial(goals_acts.open_due, self._desk, due))
            rows.append(row)
        self.due.fill(rows)

    def _fit(self) -> None:
        """The list is as high as its rows, and rolls where there is no room."""
        is_open = self.tabs.value == GoalState.OPEN
        has_room = self.height() - Lengths.BAR - 61 - 46 - LineRow.HEIGHT * 2 > HEIGHT * 2
        self.foot.setVisible(bool(self._held.due) and is_open and has_room)
        self.list.setMaximumHeight(max(1, len(self.model.lines) * HEIGHT))

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """``new``: write a new goal; ``example``: make the one that the empty view tells of."""
        if name == "new":
            goals_acts.ask_new(self._desk)
        elif name == "example":
            goals_acts.make_example(self._desk)

    def selected(self) -> list[GoalLine]:
        """The selected goals, in list order."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.lines[place] for place in places if place < len(self.model.lines)]

    def act(self, name: str) -> None:
        """What a key or the menu asks for."""
        if name == "new":
            goals_acts.ask_new(self._desk)
            return
        rows = [line.row for line in self.selected()]
        if rows and self._desk.can_write:
            goals_acts.do(self._desk, name, rows)

    def menu(self) -> QMenu:
        """What can be done with the selected goals."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Goals"))
        rows = [line.row for line in self.selected()]
        for name, label, icon, key in goals_acts.lines(rows):
            ink = self._desk.theme.colour("danger" if name == "delete" else "muted")
            action = menu.addAction(icons.icon(icon, ink), f"{label}\t{key}" if key else label)
            action.setData(name)
        menu.triggered.connect(lambda action: self.act(str(action.data())))
        return menu

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_opened(self, index: QModelIndex) -> None:
        line: GoalLine | None = self.model.data(index, LINE_ROLE)
        if line is not None:
            self._desk.ask_view(f"goal:{line.row.id}")

    def _on_new_clicked(self) -> None:
        self.act("new")

    def _on_portfolio_clicked(self) -> None:
        ids = ",".join(str(line.row.id) for line in self.selected())
        self._desk.ask_view(f"portfolio:{ids}" if ids else "portfolio")

    def _on_tab_picked(self, _state: object) -> None:
        self._apply()

    def _label_sort(self) -> None:
        label = next(label for name, label in SORTS if name == self._sort)
        self.sort.set_label(tr("Sort: {order}").format(order=tr(label)))

    def _on_sort_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Sort the goals"))
        group = QActionGroup(menu)
        for name, label in SORTS:
            action = QAction(tr(label), menu)
            action.setCheckable(True)
            action.setChecked(name == self._sort)
            action.triggered.connect(partial(self.sort_by, name))
            group.addAction(action)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.sort.mapToGlobal(QPoint(0, self.sort.height() + 2)))

    def sort_by(self, name: str, _is_checked: bool = True) -> None:
        """One of `SORTS`."""
        self._sort = name
        self._label_sort()
        self._apply()

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & SHOWN:
            self.refresh()

    def _on_menu_asked(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid():
            menu = self.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # No focus proxy: Tab would go from before the page to that and leave out what stands above it.
        super().focusInEvent(event)
        shown = self.list if self.stack.currentIndex() == 0 else self.empty
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        line = self._desk.theme.colour("line")
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, line)
        if self.stack.currentIndex() == 0:
            painter.fillRect(0, Lengths.BAR + 32, self.width(), 1, line)


def none_yet() -> Emptiness:
    """What is said while there is no goal."""
    return Emptiness(
        "target",
        tr("No goals yet"),
        tr(
            "A goal is a skill in your own words, and why you want it: “Fair interviews, so that nobody is "
            "judged by the day of the week”. What you save, try and hear from others becomes its evidence."
        ),
        (tr("New goal"), "goals:new", "plus"),
        (tr("Start with this example"), "goals:example", "target"),
        tr("On a page or a highlight, {goal} ties it to a goal"),
    )


def make(desk: Desk) -> GoalsView:
    """The page."""
    return GoalsView(desk)
