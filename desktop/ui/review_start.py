"""The weekly review before it begins, and after: what waits, and what earlier reviews ended with.

The surprising fact: the same page is where a review that was left is taken up again; it says at which step.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import days, review
from desktop.learning.review_values import ReviewRow
from desktop.ui import moments
from desktop.ui.buttons import Button
from desktop.ui.page_parts import Column
from desktop.ui.review_card import Panel
from desktop.ui.review_steps import Table
from desktop.ui.theme import Theme
from desktop.ui.words_card import Words

SHOWN = 12
"""Reviews of the log that are shown at first: a quarter."""


class ReviewStart(Column):
    """Shows a `Table`."""

    began = Signal()
    resurfaced = Signal()
    more_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, is_centred=True)
        self.title = Words(theme, "view", 28)
        self.line = Words(theme, "body", 20, "muted")
        self.begin = Button(theme, "", icon="list-checks", kind="main", key="Ctrl+Return")
        self.old = Button(theme, tr("Three old highlights"), icon="history")
        self.begin.clicked.connect(self.began)
        self.old.clicked.connect(self.resurfaced)
        self._theme = theme
        self._panel = Panel(theme)
        self._waits = QVBoxLayout(self._panel)
        self._waits.setContentsMargins(20, 12, 20, 12)
        self._waits.setSpacing(0)
        self._log = QWidget()
        self._lines = QVBoxLayout(self._log)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.begin)
        buttons.addWidget(self.old)
        buttons.addStretch(1)
        waiting, log = (Words(theme, "section", 20) for _ in range(2))
        waiting.say(tr("What waits"))
        log.say(tr("Reviews so far"))
        self._log_title = log
        self.column.addWidget(self.title)
        self.column.addSpacing(4)
        self.column.addWidget(self.line)
        self.column.addSpacing(16)
        self.column.addLayout(buttons)
        for words, below in ((waiting, self._panel), (log, self._log)):
            self.column.addSpacing(26)
            self.column.addWidget(words)
            self.column.addSpacing(8)
            self.column.addWidget(below)
        self.more = Button(theme, tr("Show all of them"), kind="quiet", is_small=True)
        self.more.clicked.connect(self.more_asked)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_table(self, table: Table, shows_all: bool = False) -> None:
        """Say what waits, where a review was left, and what there has been."""
        current = table.current
        if current is None:
            self.title.say(tr("Fifteen minutes for your week"))
            self.line.say(
                tr("Eight steps, one thing at a time, in your words. Leave it at any time; it goes on there.")
            )
            self.begin.set_label(tr("Begin the review"))
        else:
            number = review.STEPS.index(current.step) + 1 if current.step in review.STEPS else 1
            self.title.say(tr("Your place is kept"))
            self.line.say(
                tr("Step {n} of {all}: {name}. Begun on {day}.").format(
                    n=number,
                    all=len(review.STEPS),
                    name=tr(review.NAMES[review.STEPS[number - 1]]),
                    day=writing.long_day(days.day_of(current.started_at), has_year=False),
                )
            )
            self.begin.set_label(tr("Go on"))
        _fill(self._waits, [self._waiting(step, table) for step in review.STEPS[:-1]])
        shown = table.log if shows_all else table.log[:SHOWN]
        _fill(self._lines, [self._line(row) for row in shown] or [self._none()])
        self.more.setVisible(len(shown) < len(table.log))

    def _waiting(self, step: str, table: Table) -> QWidget:
        number = table.offers.left(step)
        return _pair(
            self._theme, tr(review.NAMES[step]), writing.number(number) if number else "–", not number
        )

    def _line(self, row: ReviewRow) -> QWidget:
        day = moments.short(row.finished_at, date.today())
        minutes = max(1, round(review.seconds_of(row) / 60))
        took = trn("{n} minute", "{n} minutes", minutes).format(n=writing.number(minutes))
        return LogLine(self._theme, f"{day} · {took}", row.closing)

    def _none(self) -> QWidget:
        words = Words(self._theme, "body", 20, "muted")
        words.say(tr("None yet. Each ends with one sentence of yours, such as “Less reading, more asking.”"))
        return words


class LogLine(QWidget):
    """One finished review: when, how long, and its sentence."""

    def __init__(self, theme: Theme, when: str, closing: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(16)
        left = Words(theme, "caption", 20, "muted")
        left.say(when)
        left.setFixedWidth(132)
        words = Words(theme, "own_card", 22)
        words.say(closing)
        row.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)


def _pair(theme: Theme, name: str, number: str, is_quiet: bool) -> QWidget:
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 4, 0, 4)
    ink = "muted" if is_quiet else "text"
    left, right = Words(theme, "body", 20, ink), Words(theme, "strong", 20, ink, 400 if is_quiet else 600)
    left.say(name)
    right.say(number)
    right.setWordWrap(False)
    right.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    row.addWidget(left, 1)
    row.addWidget(right)
    return widget


def _fill(layout: QVBoxLayout, widgets: list[QWidget]) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
