"""What rolls on the page of a goal, in two columns or one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import days
from desktop.learning.values import Candidate, EvidenceKind, GoalPage, GoalState
from desktop.ui.charts.chart import Chart
from desktop.ui.desk import Desk
from desktop.ui.goals import acts as goals_acts
from desktop.ui.goals import charts as goal_charts
from desktop.ui.goals import words as goal_words
from desktop.ui.goals.evidence_timeline import TimelineList
from desktop.ui.goals.parts import LineRow, Lines, NextStep, Picture, SectionHead, Why
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import tall
from desktop.ui.parts.page import Ground
from desktop.ui.parts.pills import Pill
from desktop.ui.parts.words_card import Words

SIDE, GAP = 32, 40
TWO_COLUMNS = 820
SUGGESTED = 4
KEYS = {"A": "attach", "R": "level", "E": "sentence", "P": "private", "T": "date", "D": "step"}
ACTS = {"trash": "remove"}


class GoalBody(Ground):
    """Filled with a `GoalPage` as often as it changes."""

    suggested = Signal(object, bool)
    """A `Candidate` is to be opened, or attached (True)."""
    first_evidence = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, "surface")
        self._desk = desk
        theme = desk.theme
        self.title = Words(theme, "view", 28)
        self.by = Words(theme, "body", 19, "muted")
        self.by.setWordWrap(False)
        self.by.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.by_picture = Picture(theme, "calendar")
        self.frame = Words(theme, "caption", 17, "muted")
        self.why = Why(theme)
        self.ladder = Chart(theme, tr("Level"), 32, self)
        self.next = NextStep(theme, self)
        self.line = Chart(theme, tr("Level over time"), 188, self)
        self.bars = Chart(theme, tr("Minutes by week"), 188, self)
        self.bars_head = SectionHead(theme, tr("Minutes by week"), self)
        self.evidence_head = SectionHead(theme, tr("Evidence"), self)
        self.kinds = Button(theme, tr("All kinds"), icon="list-filter", kind="quiet", is_small=True)
        self.evidence_head.row.addWidget(self.kinds)
        self.list = TimelineList(desk, ACTS, KEYS, self)
        self.first = Button(theme, tr("Attach the first piece"), icon="paperclip", parent=self)
        self.first.clicked.connect(self.first_evidence)
        self.none = Words(theme, "body", 19, "muted")
        self.none.say(
            tr(
                "Evidence shows that you are nearer: a page you used, a highlight with your sentence, a try "
                "and how it went, what a colleague said. Example: “Ran month-end from my own query.”"
            )
        )
        self.show_more = Button(theme, tr("Show more"), icon="chevron-down", kind="quiet", parent=self)
        self.suggest_head = SectionHead(theme, tr("Suggested evidence"), self)
        self.suggest_why = Words(theme, "caption", 17, "muted")
        self.candidates = Lines(self)
        self.due_head = SectionHead(theme, tr("Due"), self)
        self.due = Lines(self)
        self.due_none = Words(theme, "body", 19, "muted")
        self.due_none.say(tr("Nothing has a date in the next weeks."))
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 20, SIDE, 32)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addSpacing(8)
        head.addWidget(self.by_picture)
        head.addWidget(self.by)
        column.addLayout(head)
        for widget in (self.frame, self.why, self.ladder, self.next):
            column.addWidget(widget)
        self.upper_half = self._pair(
            [SectionHead(self._desk.theme, tr("Level over time")), self.line], [self.bars_head, self.bars]
        )
        self.lower_half = self._pair(
            [self.evidence_head, self.none, self.first, self.list, self.show_more],
            [self.suggest_head, self.suggest_why, self.candidates, self.due_head, self.due, self.due_none],
        )
        column.addSpacing(4)
        column.addLayout(self.upper_half)
        column.addLayout(self.lower_half)
        column.addStretch(1)

    def _pair(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> QBoxLayout:
        pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(GAP)
        for widgets, share in ((left, 58), (right, 42)):
            holder = QWidget(self)
            holder.setSizePolicy(tall())
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(6)
            for widget in widgets:
                inner.addWidget(widget)
            inner.addStretch(1)
            pair.addWidget(holder, share)
        return pair

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= TWO_COLUMNS
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        for pair in (self.upper_half, self.lower_half):
            pair.setDirection(way)
            pair.setSpacing(GAP if is_wide else 20)

    # ── filling ─────────────────────────────────────────────────────────────────────────────────────────

    def show_page(
        self, page: GoalPage, candidates: Sequence[Candidate], kind: EvidenceKind | None, limit: int
    ) -> None:
        """Show a goal; of its evidence one kind (None: all), and so many lines of the timeline."""
        self._fill_head(page)
        today = days.today()
        self.ladder.show_chart(goal_charts.ladder(page.row))
        self.line.show_chart(goal_charts.over_time(page, today))
        self.bars.show_chart(goal_charts.minutes(page, today))
        self.bars_head.meta.say(goal_charts.studied(page))
        self._fill_evidence(page, kind, limit)
        self._fill_candidates(page, candidates)
        self._fill_due(page)

    def _fill_head(self, page: GoalPage) -> None:
        goal = page.goal
        self.title.say(goal.skill)
        state = {GoalState.REACHED: tr("reached"), GoalState.DROPPED: tr("dropped")}.get(goal.state, "")
        said = [state or goal_words.time_left(page.row), tr("private") if goal.is_private else ""]
        self.by.say(" · ".join(part for part in said if part))
        self.by_picture.setVisible(not state and page.row.days_left is not None)
        is_late = page.row.days_left is not None and page.row.days_left < 0
        self.by.set_ink("warning" if is_late else "muted")
        frame = " · ".join(part for part in (goal.framework, goal.code, goal.label) if part)
        self.frame.say(frame)
        self.frame.setVisible(bool(frame))
        why = goal.closing if goal.state != GoalState.OPEN and goal.closing else goal.why
        self.why.words.say(why)
        self.why.setVisible(bool(why))
        is_open = goal.state == GoalState.OPEN
        self.next.say(goal.next_step, is_open)
        self.next.setVisible(is_open or bool(goal.next_step))

    def _fill_evidence(self, page: GoalPage, kind: EvidenceKind | None, limit: int) -> None:
        entries = goal_words.entries(page)
        if kind is not None:
            entries = [one for one in entries if one.evidence is not None and one.evidence.kind is kind]
        self.evidence_head.number.setText(writing.number(page.row.evidence) if page.row.evidence else "")
        self.kinds.set_label(tr(goal_words.KINDS[kind][0]) if kind else tr("All kinds"))
        self.kinds.setVisible(bool(page.evidence))
        has_any = bool(entries)
        self.none.setVisible(not has_any)
        self.first.setVisible(not has_any)
        self.list.setVisible(has_any)
        self.list.show_entries(entries[:limit])
        left = len(entries) - limit
        self.show_more.setVisible(left > 0)
        if left > 0:
            said = trn("Show more ({n} older)", "Show more ({n} older)", left)
            self.show_more.set_label(said.format(n=writing.number(left)))

    def _fill_candidates(self, page: GoalPage, candidates: Sequence[Candidate]) -> None:
        rows: list[QWidget] = []
        for one in candidates[:SUGGESTED]:
            row = LineRow(self._desk.theme, "file-text", one.title or one.site)
            row.clicked.connect(partial(self.suggested.emit, one, False))
            plus = Button(
                self._desk.theme, tr("Attach {title}").format(title=one.title), icon="plus", kind="icon"
            )
            plus.clicked.connect(partial(self.suggested.emit, one, True))
            both = QWidget()
            line = QHBoxLayout(both)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(4)
            line.addWidget(row, 1)
            line.addWidget(plus)
            rows.append(both)
        self.candidates.fill(rows)
        tags = writing.listed([f"#{name}" for name in page.goal.tags])
        if not page.goal.tags:
            said = tr("Let tags feed this goal (E changes it): what bears them is suggested here.")
        elif rows:
            said = tr("Tagged {tags}, not attached yet").format(tags=tags)
        else:
            said = tr("Everything tagged {tags} is attached.").format(tags=tags)
        self.suggest_why.say(said)

    def _fill_due(self, page: GoalPage) -> None:
        rows: list[QWidget] = []
        for due in [one for one in page.due if one.kind != "goal"][:6]:
            pill = Pill(goal_words.due_pill(due, days.today()), "warn" if due.days <= 1 else "plain")
            icon = goal_words.DUE_ICONS[due.kind]
            row = LineRow(self._desk.theme, icon, goal_words.due_title(due), "", pill)
            row.clicked.connect(partial(goals_acts.open_due, self._desk, due))
            rows.append(row)
        self.due.fill(rows)
        self.due_none.setVisible(not rows)
