"""The weekly review before it begins, and after: what waits, and what earlier reviews ended with.

The surprising fact: the same page is where a review that was left is taken up again; it says at which step.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import days, review
from desktop.learning.review_values import ReviewRow
from desktop.ui.parts import moments
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import Column
from desktop.ui.parts.words_card import Words
from desktop.ui.review.card import Panel
from desktop.ui.review.steps import Table
from desktop.ui.theme import Theme

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
        self.begin = Button(theme, "", icon="list-checks", kind="main", key="Ctrl+Enter")
        self.old = Button(theme, tr("Three old highlights"), icon="history")
        self.begin.clicked.connect(self.began)
        self.old.clicked.connect(self.resurfaced)
        self._theme = theme
        self._panel = Panel(theme)
        self._waits = QVBoxLayout(self._panel)
        self._waits.setContentsMargins(20, 12, 20, 12)
        self._waits.setSpacing(0)
        self.waiting = [WaitingLine(theme, tr(review.NAMES[step])) for step in review.STEPS[:-1]]
        for line in self.waiting:
            self._waits.addWidget(line)
        self._log = QWidget()
        self._lines = QVBoxLayout(self._log)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.lines: list[LogLine] = []
        self._none = Words(theme, "body", 20, "muted")
        self._none.say(
            tr("None yet. Each ends with one sentence of yours, such as “Less reading, more asking.”")
        )
        self._lines.addWidget(self._none)
        self.more = Button(theme, tr("Show all of them"), kind="quiet", is_small=True)
        self.more.clicked.connect(self.more_asked)
        self._build()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.begin)
        buttons.addWidget(self.old)
        buttons.addStretch(1)
        self.column.addWidget(self.title)
        self.column.addSpacing(4)
        self.column.addWidget(self.line)
        self.column.addSpacing(16)
        self.column.addLayout(buttons)
        for text, below in ((tr("What waits"), self._panel), (tr("Reviews so far"), self._log)):
            words = Words(self._theme, "section", 20)
            words.say(text)
            self.column.addSpacing(26)
            self.column.addWidget(words)
            self.column.addSpacing(8)
            self.column.addWidget(below)
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
        for line, step in zip(self.waiting, review.STEPS[:-1], strict=True):
            line.say(table.offers.left(step))
        shown = table.log if shows_all else table.log[:SHOWN]
        self._none.setVisible(not shown)
        while len(self.lines) < len(shown):
            self.lines.append(LogLine(self._theme))
            self._lines.addWidget(self.lines[-1])
        for number, log_line in enumerate(self.lines):
            log_line.setVisible(number < len(shown))
            if number < len(shown):
                log_line.show_review(shown[number])
        self.more.setVisible(len(shown) < len(table.log))


class LogLine(QWidget):
    """One finished review: when, how long, and its sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._row: ReviewRow | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(16)
        self.when = Words(theme, "caption", 20, "muted")
        self.when.setFixedWidth(132)
        self.words = Words(theme, "own_card", 22)
        row.addWidget(self.when, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def show_review(self, row: ReviewRow) -> None:
        """Show this one; the same one stays as it is."""
        if row == self._row:
            return
        self._row = row
        day = moments.short(row.finished_at, date.today())
        minutes = max(1, round(review.seconds_of(row) / 60))
        took = trn("{n} minute", "{n} minutes", minutes).format(n=writing.number(minutes))
        self.when.say(f"{day} · {took}")
        self.words.say(row.closing)


class WaitingLine(QWidget):
    """A step, and how many things it offers."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._count = -1
        self.name, self.number = Words(theme, "body", 20), Words(theme, "strong", 20)
        self.number.setWordWrap(False)
        self.number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.name.say(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self.name, 1)
        row.addWidget(self.number)

    def say(self, count: int) -> None:
        """Show this number."""
        if count == self._count:
            return
        self._count = count
        for words in (self.name, self.number):
            words.set_ink("text" if count else "muted")
        self.number.say(writing.number(count) if count else "–")
