"""All goals: where each stands, what moves and what stands still, and what is due soon.

The surprising fact: the example that an empty view offers is a real goal. It can be changed, or be deleted
like any other.
"""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.languages import mark, tr, writing
from desktop.learning import days, overview
from desktop.learning.overview import GoalLine, Overview
from desktop.learning.values import GoalState
from desktop.store.changes import Noun
from desktop.ui.desk import Desk
from desktop.ui.goals import acts as goals_acts
from desktop.ui.goals import words as goal_words
from desktop.ui.goals.parts import LineRow, Lines, SectionHead, Tabs
from desktop.ui.goals.rows import ColumnHeads, GoalDelegate, due_of, spoken
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.pills import Pill
from desktop.ui.reading import Reading
from desktop.ui.rows.items import ItemList, ItemModel
from desktop.ui.rows.page import Line, ListPage
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


class GoalsView(ListPage[GoalLine]):
    """A page of the window."""

    HEAD_SIDES = (20, 16)
    HANDS_ON = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._sort = "due"
        self._held = Overview((), ())
        values = ItemModel(attrgetter("row.id"), attrgetter("row.skill"), spoken)
        rows = ItemList(desk, tr("Goals"), values, GoalDelegate(desk.theme), ACTS, KEYS)
        self.portfolio = Button(desk.theme, tr("Portfolio"), icon="file-down")
        self.new = Button(desk.theme, tr("New goal"), icon="plus", kind="main", key="N")
        super().__init__(desk, tr("Goals"), rows, SHOWN, (self.portfolio, self.new), parent)
        self.number.hide()  # the tabs have one each
        self.new.clicked.connect(partial(self.act, "new"))
        self.portfolio.clicked.connect(self._on_portfolio_clicked)

    def build(self) -> None:
        theme = self.desk.theme
        self.tabs = Tabs(theme, tr("State"), [(tr(label), state) for state, label in STATES], self)
        self.due = Lines(self)
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tab_row())
        column.addWidget(ColumnHeads(theme, self))
        column.addWidget(self.list, 1000)
        self.foot = QWidget(full)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(20, 14, 20, 12)
        foot.setSpacing(2)
        foot.addWidget(SectionHead(theme, tr("Due in the next 30 days"), self))
        foot.addWidget(self.due)
        column.addWidget(self.foot)
        column.addStretch(1)
        self.stack.addWidget(full)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.head)
        self.column.addWidget(self.stack, 1)
        self.sort.clicked.connect(self._on_sort_clicked)
        self.tabs.picked.connect(self._on_tab_picked)

    def _tab_row(self) -> QWidget:
        bar = QWidget(self)
        bar.setFixedHeight(33)
        self.sort = Button(self.desk.theme, "", icon="arrow-up-down", kind="quiet", is_small=True, parent=bar)
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 0, 12, 1)
        row.addWidget(self.tabs)
        row.addStretch()
        row.addWidget(self.sort)
        self._label_sort()
        return bar

    async def fill(self, reading: Reading) -> None:
        found = await reading.ask(overview.read)
        if found is not None:
            self._held = found
            self._show()

    def none_yet(self) -> Emptiness:
        return none_yet()

    def _show(self) -> None:
        lines = self._held.lines
        for tab in self.tabs.tabs:
            number = sum(one.row.state == tab.value for one in lines)
            tab.say(writing.number(number) if number else "")
        self.list.show_items(self._ordered([one for one in lines if one.row.state == self.tabs.value]))
        self._fill_due()
        self.say(len(lines))
        self.portfolio.setVisible(bool(lines))
        self._fit()

    def _ordered(self, lines: list[GoalLine]) -> list[GoalLine]:
        if self._sort == "skill":
            return sorted(lines, key=lambda one: one.row.skill.casefold())
        if self._sort == "moved":
            return sorted(lines, key=lambda one: -one.row.moved_at)
        if self._sort == "level":
            return sorted(lines, key=lambda one: (-one.row.level, one.row.skill.casefold()))
        return sorted(lines, key=lambda one: (due_of(one), one.row.skill.casefold()))

    def _fill_due(self) -> None:
        names = {one.row.id: one.row.skill for one in self._held.lines}
        rows: list[QWidget] = []
        for due in self._held.due[:DUE_SHOWN]:
            meta = "" if due.kind == "goal" else names.get(due.goal_id, "")
            pill = Pill(goal_words.due_pill(due, days.today()), "warn" if due.days <= 1 else "plain")
            row = LineRow(
                self.desk.theme, goal_words.DUE_ICONS[due.kind], goal_words.due_title(due), meta, pill
            )
            row.clicked.connect(partial(goals_acts.open_due, self.desk, due))
            rows.append(row)
        self.due.fill(rows)

    def _fit(self) -> None:
        """The list is as high as its rows, and rolls where there is no room."""
        is_open = self.tabs.value == GoalState.OPEN
        has_room = self.height() - Lengths.BAR - 61 - 46 - LineRow.HEIGHT * 2 > self.list.row_height * 2
        self.foot.setVisible(bool(self._held.due) and is_open and has_room)
        self.list.setMaximumHeight(max(1, len(self.list.values.items) * self.list.row_height))

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """``new``: write a new goal; ``example``: make the one that the empty view tells of."""
        if name == "new":
            goals_acts.ask_new(self.desk)
        elif name == "example":
            goals_acts.make_example(self.desk)

    def act(self, name: str, _is_checked: bool = False) -> None:
        rows = [line.row for line in self.list.selected()]
        if name == "new":
            goals_acts.ask_new(self.desk)
        elif rows and self.desk.can_write:
            goals_acts.do(self.desk, name, rows)

    def lines(self) -> Sequence[Line]:
        return goals_acts.lines([line.row for line in self.list.selected()])

    def open_item(self, item: GoalLine) -> None:
        self.desk.ask_view(f"goal:{item.row.id}")

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_portfolio_clicked(self) -> None:
        ids = ",".join(str(line.row.id) for line in self.list.selected())
        self.desk.ask_view(f"portfolio:{ids}" if ids else "portfolio")

    def _on_tab_picked(self, _state: object) -> None:
        self._show()

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
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.stack.currentIndex() == 0:
            line = self.desk.theme.colour("line")
            QPainter(self).fillRect(0, Lengths.BAR + 32, self.width(), 1, line)


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
