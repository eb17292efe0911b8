"""Balance: seeking, sense-making and sharing by week, where one stands, and the quarterly self-check.

The surprising fact: nothing here judges. Every number is a door to the acts it counts, and the answers of the
self-check stand beside one's own of the quarter before, never beside anybody else's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.learning import balance, days, selfcheck
from desktop.learning.review_values import CheckAnswer, Stand, WeekActs
from desktop.settings import Choice
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui.balance import words as balance_words
from desktop.ui.balance.acts import ActsList
from desktop.ui.balance.parts import CheckRow, Figures
from desktop.ui.balance.selfcheck import SelfCheck
from desktop.ui.charts.chart import Chart
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import LinkButton
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.page import Column, PageBar
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import Words
from desktop.ui.reading import Reading

SPANS: Final = (Choice(4, mark("4 weeks")), Choice(12, mark("12 weeks")), Choice(52, mark("A year")))
WIDE: Final = 1008
SIDE_BY_SIDE: Final = 820
CHART: Final = 216
BACK: Final = 4
"""Stretches before the present one on the way over the axes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    weeks: list[WeekActs]
    stands: list[Stand]
    """The oldest first; the last is now."""
    answers: list[CheckAnswer]
    quarters: list[str]


def read(reader: Reader, number: int, quarter: str) -> Shown:
    """Read it: ``number`` weeks, and the self-check of a quarter."""
    today = days.today()
    back = [today - timedelta(weeks=number * step) for step in range(BACK, -1, -1)]
    stands = [balance.stand(reader, number, day=day) for day in back]
    weeks = balance.weeks(reader, number)
    return Shown(weeks, stands, selfcheck.read(reader, quarter), selfcheck.quarters(reader))


class BalanceView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shown: Shown | None = None
        self._weeks = 12
        self._quarter = ""
        self._wants_check = False
        self.setAccessibleName(tr("Balance"))
        theme = desk.theme
        self.bar = PageBar(theme, tr("Balance"))
        self.spans = Segments(theme, tr("How far back"), SPANS, self._weeks)
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.spans)
        self.figures = Figures(theme)
        self.chart = Chart(theme, tr("Acts by week"), CHART)
        self.axes = Chart(theme, tr("Where I stand"), CHART)
        self.chart.is_pickable = True
        self.says = Words(theme, "body", 20)
        self.open_all = LinkButton(theme, tr("Open these acts"), "arrow-right")
        self.rows = [CheckRow(theme, number) for number in range(1, len(selfcheck.QUESTIONS) + 1)]
        self.quarter = Button(theme, "", kind="quiet", is_small=True)
        self.answer = Button(theme, "", is_small=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        page = Column(self._desk.theme)
        holder = page.column.parentWidget()
        if holder is not None:
            holder.setMaximumWidth(WIDE)
        self._charts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._charts.setSpacing(32)
        self._charts.addLayout(_titled(self._title(tr("Acts by week")), self.chart), 5)
        self._charts.addLayout(_titled(self._title(tr("Where I stand")), self._beside()), 5)
        column = page.column
        column.addWidget(self.figures)
        column.addSpacing(24)
        column.addLayout(self._charts)
        column.addSpacing(28)
        column.addLayout(self._check_head())
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(page, 1)
        self.setFocusProxy(self.spans.segments()[1])

    def _beside(self) -> QHBoxLayout:
        """The axes, with what the log shows beside them."""
        caption = Words(self._desk.theme, "caption", 18, "muted")
        caption.say(tr("What the log shows"))
        caption.setWordWrap(False)
        words = QVBoxLayout()
        for widget in (caption, self.says):
            widget.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.addWidget(widget)
        words.addSpacing(6)
        words.addWidget(self.open_all, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(20)
        beside.addWidget(self.axes, 3)
        beside.addLayout(words, 2)
        return beside

    def _check_head(self) -> QHBoxLayout:
        title, line = self._title(tr("Quarterly self-check")), Words(self._desk.theme, "caption", 16, "muted")
        title.setWordWrap(False)
        line.say(tr("12 questions, for you alone"))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(line, 1)
        head.addWidget(self.quarter)
        head.addWidget(self.answer)
        return head

    def _title(self, text: str) -> Words:
        words = Words(self._desk.theme, "section", 20)
        words.say(text)
        return words

    def _connect(self) -> None:
        self.spans.picked.connect(self._on_span_picked)
        for figure in self.figures.figures:
            figure.clicked.connect(partial(self.open_acts, figure.verb, ""))
        self.chart.picked.connect(self._on_picked)
        self.open_all.clicked.connect(partial(self.open_acts, "", ""))
        for row in self.rows:
            row.clicked.connect(partial(self.open_check, row.number))
        self.answer.clicked.connect(self._on_answer_clicked)
        self.quarter.clicked.connect(self._on_quarter_clicked)
        self.reading = Reading(self._desk, self, Noun, self._fill)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        shown = await reading.ask(read, self._weeks, self._quarter)
        if shown is not None:
            self._apply(shown)

    def _apply(self, shown: Shown) -> None:
        self.shown = shown
        stand = shown.stands[-1]
        self.figures.say(stand)
        self.chart.show_chart(balance_words.bars(shown.weeks, date.today()))
        self.axes.show_chart(balance_words.axes(shown.stands))
        self.says.say(balance_words.log_says(stand))
        number = stand.seek + stand.sense + stand.share
        label = trn("Open the {n} act", "Open the {n} acts", number).format(n=writing.number(number))
        self.open_all.setText(label)
        self.open_all.setAccessibleName(label)
        self.open_all.updateGeometry()
        for row, one in zip(self.rows, shown.answers, strict=True):
            row.say(one)
        done = sum(bool(one.answer) for one in shown.answers)
        said = tr("Answer this quarter’s, {n} of {all} done")
        self.answer.set_label(said.format(n=done, all=len(shown.answers)))
        self.answer.setVisible(not self._quarter)
        self.quarter.set_label(self._quarter or days.quarter_of(days.today()))
        self.quarter.setVisible(bool(shown.quarters))
        if self._wants_check:
            self._wants_check = False
            self._on_answer_clicked()

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """``check``: the self-check itself; ``acts``: those behind the first number."""
        if name == "check":
            self._wants_check = self.shown is None
            self._on_answer_clicked()
        elif name == "acts":
            self.open_acts("sense", "")

    def open_acts(self, verb: str, week: str) -> None:
        """The acts behind a number."""
        self._open(lambda window: ActsList(self._desk, window, verb, week, self._weeks))

    def open_check(self, number: int) -> None:
        """Ask a question of the self-check, and those that follow."""
        if self.shown is None:
            return
        quarter, answers = self._quarter or days.quarter_of(days.today()), self.shown.answers
        self._open(lambda window: SelfCheck(self._desk, window, quarter, answers, number))

    def _open(self, make: Callable[[QWidget], Overlay]) -> None:
        self._desk.ask_overlay(make)

    def _on_picked(self, number: int) -> None:
        if self.shown is not None:
            week = self.shown.weeks[number // len(balance.VERBS)].week
            self.open_acts(balance.VERBS[number % len(balance.VERBS)], week)

    def _on_span_picked(self, value: object) -> None:
        if isinstance(value, int):
            self._weeks = value
            self.refresh()

    def _on_answer_clicked(self) -> None:
        answers = self.shown.answers if self.shown else []
        self.open_check(next((one.number for one in answers if not one.answer), 1))

    def _on_quarter_clicked(self) -> None:
        now = days.quarter_of(days.today())
        menu = QMenu(self)
        menu.setAccessibleName(tr("Quarters"))
        for quarter in dict.fromkeys([now, *(self.shown.quarters if self.shown else [])]):
            menu.addAction(quarter).triggered.connect(
                partial(self._choose, "" if quarter == now else quarter)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.quarter.mapToGlobal(QPoint(0, self.quarter.height() + 2)))

    def _choose(self, quarter: str) -> None:
        self._quarter = quarter
        self.refresh()

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._charts.setDirection(direction)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.spans.segments()[1].setFocus(event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(self.rect()), self._desk.theme.colour("surface"))


def _titled(title: Words, what: QWidget | QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(title)
    if isinstance(what, QWidget):
        column.addWidget(what)
    else:
        column.addLayout(what)
    return column


def make(desk: Desk) -> BalanceView:
    """The page."""
    return BalanceView(desk)
