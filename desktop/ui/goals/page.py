"""The page of one goal: why, where it stands, what comes next, level and study over time, evidence, dates.

The surprising fact: it is one page that rolls, in two columns where there is room and in one where there is
not; the same widgets only change their places.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import tr
from desktop.learning import goal_page, goals, overview
from desktop.learning.values import Candidate, EvidenceKind, GoalPage, GoalState
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.goals import acts as goals_acts
from desktop.ui.goals import evidence as goal_evidence
from desktop.ui.goals.body import GoalBody
from desktop.ui.goals.words import KINDS, Entry
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.page import faint
from desktop.ui.reading import Reading
from desktop.ui.rows.items import ITEM_ROLE
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

SHOWN: Final = frozenset(
    {Noun.GOAL, Noun.ACTIVITY, Noun.TRY, Noun.SOURCE, Noun.ANNOTATION, Noun.NOTE, Noun.TAG}
)
FIRST, MORE = 20, 60
"""Lines of the timeline at first, and with each "Show more"."""
NARROW = 560

Held = tuple[GoalPage, tuple[Candidate, ...]]


class GoalView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.goal_id = 0
        self.page: GoalPage | None = None
        self._kind: EvidenceKind | None = None
        self._limit = FIRST
        self._is_new = True
        """Shown for the first time: from its top, with the focus in its evidence."""
        self.setAccessibleName(tr("Goal"))
        self.body = GoalBody(desk)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.body)
        OverlayBar(desk.theme, self.area)
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.stack, 1)
        self._connect()

    def _head(self) -> QWidget:
        theme = self._desk.theme
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        self.back = Button(theme, tr("All goals"), icon="arrow-left", kind="icon", parent=head)
        self.way = faint(theme, tr("Goals"), head, "body")
        self.name = QLabel(head)
        self.name.setFont(theme.font("body"))
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.attach = Button(theme, tr("Attach evidence"), icon="paperclip", key="A", parent=head)
        self.raiser = Button(theme, tr("Raise the level"), icon="arrow-up-right", kind="main", parent=head)
        self.more = Button(theme, tr("More about this goal"), icon="ellipsis", kind="icon", parent=head)
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(8)
        for widget in (self.back, self.way):
            row.addWidget(widget)
        row.addWidget(self.name, 1)
        for button in (self.attach, self.raiser, self.more):
            row.addWidget(button)
        return head

    def _connect(self) -> None:
        body, desk = self.body, self._desk
        self.back.clicked.connect(partial(desk.ask_view, "goals"))
        self.attach.clicked.connect(partial(self.act, "attach"))
        self.raiser.clicked.connect(partial(self.act, "level"))
        self.more.clicked.connect(self._on_more_clicked)
        body.next.done.clicked.connect(partial(self.act, "step"))
        body.next.write.clicked.connect(partial(self.act, "edit"))
        body.kinds.clicked.connect(self._on_kinds_clicked)
        body.show_more.clicked.connect(self._on_show_more)
        body.list.keyed.connect(self.act)
        body.list.opened.connect(self._on_opened)
        body.list.moved.connect(self._on_moved)
        body.list.customContextMenuRequested.connect(self._on_menu_asked)
        body.suggested.connect(self._on_suggested)
        body.first_evidence.connect(partial(self.act, "attach"))
        self.reading = Reading(desk, self, SHOWN, self._fill)
        desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """Show the goal of that id."""
        if name.isdigit() and int(name) != self.goal_id:
            self.goal_id, self._kind, self._limit = int(name), None, FIRST
            self._is_new = True
            self.refresh()

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        found = await reading.ask(_look_up, self.goal_id)
        if not reading.is_stale:
            self._apply(found)

    def _apply(self, found: Held | None) -> None:
        self.page = found[0] if found else None
        is_open = self.page is not None and self.page.goal.state == GoalState.OPEN
        for button in (self.attach, self.raiser, self.more):
            button.setVisible(self.page is not None)
        self.raiser.setEnabled(is_open)
        self.raiser.setToolTip("" if is_open else tr("This goal is closed: open it again first."))
        if found is None:
            self.empty.say(gone())
            self.name.setText("")
            self.stack.setCurrentWidget(self.empty)
            return
        page, candidates = found
        self.goal_id = page.goal.id
        self.setAccessibleName(tr("Goal: {name}").format(name=page.goal.skill))
        self.name.setText(f"›  {page.goal.skill}")
        self.body.show_page(page, candidates, self._kind, self._limit)
        self.stack.setCurrentWidget(self.area)
        if self._is_new:
            self._is_new = False
            self._begin()

    def _begin(self) -> None:
        self.body.list.choose(0)
        focus = self.window().focusWidget()
        if focus is self or (focus is not None and self.isAncestorOf(focus)):
            self._first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(0)

    def _first(self) -> QWidget:
        """What has the focus first."""
        if self.page is None:
            return self.empty if self.stack.currentWidget() is self.empty else self.back
        return self.body.list if self.body.list.values.items else self.body.first

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def act(self, name: str, *_: object) -> None:
        """What a key, a button or a menu asks for."""
        if self.page is None:
            return
        if name in ("edit", "private_goal", "reach", "drop", "reopen", "delete_goal", "pages"):
            goals_acts.do(self._desk, name.removesuffix("_goal"), [self.page.row])
        elif name == "portfolio":
            self._desk.ask_view(f"portfolio:{self.goal_id}")
        elif self._desk.can_write:
            goal_evidence.do(self._desk, name, self.page, self.body.list.selected())

    def menu(self) -> QMenu:
        """What can be done with this goal."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Goal"))
        if self.page is None:
            return menu
        ours = {"private": "private_goal", "delete": "delete_goal"}
        lines = [("portfolio", tr("Portfolio …"), "file-down", "")]
        if self.page.levels:
            lines.append(("take_back", tr("Take the last change of level back"), "undo-2", ""))
        for name, label, icon, _key in goals_acts.lines([self.page.row]):
            if name != "open":
                lines.append((ours.get(name, name), label, icon, ""))
        self._fill_menu(menu, lines)
        return menu

    def evidence_menu(self) -> QMenu:
        """What can be done with the selected lines of the timeline."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Evidence"))
        self._fill_menu(menu, goal_evidence.lines(self.body.list.selected()))
        return menu

    def _fill_menu(self, menu: QMenu, lines: list[tuple[str, str, str, str]]) -> None:
        for name, label, icon, key in lines:
            ink = self._desk.theme.colour("danger" if name in ("remove", "delete_goal") else "muted")
            action = menu.addAction(icons.icon(icon, ink), f"{label}\t{key}" if key else label)
            action.triggered.connect(partial(self.act, name))

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_opened(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ITEM_ROLE)
        if entry is not None:
            goal_evidence.show(self._desk, entry)

    def _on_suggested(self, candidate: Candidate, is_attaching: bool) -> None:
        if not is_attaching:
            self._desk.ask_source(candidate.source_id)
        elif self._desk.can_write and self.page is not None:
            goal_evidence.attach_page(self._desk, self.page.goal.id, candidate.source_id)

    def _on_kinds_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Kinds of evidence"))
        held = {row.kind for row in self.page.evidence} if self.page else set()
        choices = [(tr("All kinds"), None), *((tr(KINDS[kind][0]), kind) for kind in KINDS if kind in held)]
        for label, kind in choices:
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(kind == self._kind)
            action.triggered.connect(partial(self.filter_by, kind))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.body.kinds.mapToGlobal(QPoint(0, self.body.kinds.height() + 2)))

    def filter_by(self, kind: EvidenceKind | None, _is_checked: bool = True) -> None:
        """Show one kind of evidence, or all (None)."""
        self._kind = kind
        self.refresh()

    def _on_show_more(self) -> None:
        self._limit += MORE
        self.refresh()

    def _on_moved(self) -> None:
        box = self.body.list.current_box()
        top = self.body.list.mapTo(self.body, box.topLeft())
        self.area.ensureVisible(top.x(), top.y() + box.height() // 2, 0, box.height() // 2 + 12)

    def _on_more_clicked(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _on_menu_asked(self, at: QPoint) -> None:
        if self.body.list.indexAt(at).isValid():
            menu = self.evidence_menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.body.list.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        self.way.setVisible(not is_narrow)
        self.attach.set_label(tr("Attach") if is_narrow else tr("Attach evidence"))
        self.raiser.set_label(tr("Level …") if is_narrow else tr("Raise the level"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, self._desk.theme.colour("line"))


def _look_up(reader: Reader, goal_id: int) -> Held | None:
    """The goal and what may be evidence for it; without an id the first of the open ones."""
    if not goal_id:
        rows = goals.all_of(reader)
        goal_id = max(rows[:50], key=lambda row: row.evidence).id if rows else 0
    page = goal_page.read(reader, goal_id)
    if page is None:
        return None
    return page, tuple(goals.suggested(reader, goal_id, overview.WEEKS))


def gone() -> Emptiness:
    """What is said where a goal was deleted."""
    return Emptiness(
        "target",
        tr("This goal is not here any more"),
        tr("It was deleted. {undo} brings it back, with its evidence."),
        (tr("All goals"), "goals", "target"),
    )


def make(desk: Desk) -> GoalView:
    """The page."""
    return GoalView(desk)
