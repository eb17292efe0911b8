"""One card of the toolkit: everything on it is changed where it stands.

The surprising fact: nothing is kept by a button. A line is kept when it is left or Enter is pressed, a level
or a verdict at once; Escape in a line brings back what stood there.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.learning import days, toolkit, typed_days
from desktop.learning.review_values import ToolRow
from desktop.learning.values import Verdict
from desktop.library.values import Row
from desktop.settings import Choice
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.open_url import may_open, open_url
from desktop.ui.parts import day_words, moments
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import Column, PageBar, heading
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import Words, WordsCard
from desktop.ui.theme import Theme
from desktop.ui.toolkit.level import LevelPicker
from desktop.ui.toolkit.pages import PageLine, PagePicker

SIDE, INDENT = 18, 6
CHOICES = (
    Choice(Verdict.KEEP, mark("Keep")),
    Choice(Verdict.LEARN, mark("Learn")),
    Choice(Verdict.REPLACE, mark("Replace")),
)


class Line(QLineEdit):
    """A line that looks like words until it is touched. ``kept`` says its new text."""

    kept = Signal(str)

    def __init__(self, theme: Theme, label: str, hint: str = "", *, step: str = "body") -> None:
        super().__init__()
        self._theme, self._step, self._stood = theme, step, ""
        self.setObjectName("plain")
        self.setAccessibleName(label)
        self.setPlaceholderText(hint)
        self.setFont(theme.font(step))
        self.editingFinished.connect(self._keep)

    def show_text(self, text: str) -> None:
        """Show this; what is being typed is not touched."""
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)
        self._stood = text

    def _keep(self) -> None:
        text = self.text().strip()
        self.setModified(False)
        if text != self._stood:
            self.kept.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._stood:
            self.setText(self._stood)
            self.setModified(False)
            return
        super().keyPressEvent(event)


class ToolCard(QWidget):
    """At the right of the toolkit. ``left``: back to the list; ``asked``: what its menu asks for."""

    left = Signal()
    asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.row: ToolRow | None = None
        theme = desk.theme
        self.setAccessibleName(tr("Tool"))
        self.name = Line(theme, tr("What it is called"), tr("What it is called"), step="view")
        self.meta = Words(theme, "caption", 17, "muted")
        self.problem = WordsCard(theme, tr("The problem it solves for me"))
        self.level = LevelPicker(theme, tr("How well I know it"), self)
        self.level_word = Words(theme, "caption", 17)
        self.verdict = Segments(theme, tr("Verdict"), CHOICES, "")
        self.used_word = Words(theme, "body", 18, "muted")
        self.used = Button(theme, tr("Used today"), icon="check", is_small=True)
        self.review = QLineEdit()
        self.review_word = Words(theme, "caption", 17, "muted")
        self.reviewed = Button(theme, tr("Reviewed"), icon="check", kind="main")
        self.cost = Line(theme, tr("What it costs"), tr("free, 12 € a month"))
        self.alternatives = Line(theme, tr("Alternatives"), tr("What else would do"))
        self.url = Line(theme, tr("Its website"), "https://")
        self.note = WordsCard(theme, tr("Note"))
        self.add_page = Button(theme, tr("Add a page"), icon="plus", kind="quiet", is_small=True)
        self.pages = QVBoxLayout()
        self.lines: list[PageLine] = []
        self._build()
        self._connect()

    # ── how it is built ─────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        theme = self._desk.theme
        self.area = Column(theme, side=SIDE)
        column = self.area.column
        column.addWidget(self.name)
        column.addLayout(indented(self.meta))
        column.addSpacing(12)
        column.addLayout(indented(self.problem))
        self._add(tr("How well I know it"), self.level, 2)
        self._add("", self.level_word)
        self._add(tr("Verdict"), self.verdict)
        self._add(tr("Last used"), beside(self.used_word, self.used))
        self.review.setAccessibleName(tr("Next review"))
        self.review.setPlaceholderText(typed_days.hint())
        self.review.setFixedWidth(150)
        self._add(tr("Next review"), beside(self.review, self.review_word))
        column.addSpacing(10)
        column.addLayout(beside(self.reviewed, None, INDENT))
        self._add(tr("Alternatives"), self.alternatives, 0)
        column.addSpacing(22)
        column.addLayout(beside(heading(theme, tr("Pages about it"), "section"), self.add_page, INDENT))
        self.pages.setSpacing(0)
        column.addSpacing(6)
        column.addLayout(self.pages)
        column.addSpacing(10)
        self._add(tr("What it costs"), self.cost, 0)
        self._add(tr("Its website"), self.url, 0)
        column.addSpacing(16)
        column.addLayout(indented(self.note))
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self.area, 1)

    def _add(self, label: str, what: QWidget | QLayout, indent: int = INDENT) -> None:
        column = self.area.column
        if label:
            column.addSpacing(14)
            column.addLayout(indented(heading(self._desk.theme, label, "strong")))
            column.addSpacing(3)
        if isinstance(what, QLayout):
            what.setContentsMargins(INDENT, 0, 0, 0)
            column.addLayout(what)
        elif isinstance(what, Segments):
            column.addLayout(beside(what, None, INDENT))
        else:
            column.addLayout(indented(what, indent))

    def _bar(self) -> PageBar:
        theme = self._desk.theme
        bar = PageBar(theme)
        bar.row.setContentsMargins(16, 0, 12, 1)
        bar.row.setSpacing(8)
        self.back = Button(theme, tr("Back to the toolkit"), icon="arrow-left", kind="icon", parent=bar)
        what = Words(theme, "body", 18, "muted")
        what.say(tr("Tool"))
        self.open = Button(theme, tr("Open its website"), icon="external-link", kind="icon", parent=bar)
        self.more = Button(theme, tr("More"), icon="ellipsis", kind="icon", parent=bar)
        for widget in (self.back, what, self.open, self.more):
            bar.row.addWidget(widget)
        return bar

    def stops(self) -> list[QWidget]:
        """Where Tab stops, from the top."""
        return [
            self.back, self.open, self.more, self.name, self.problem, self.level, *self.verdict.segments(),
            self.used, self.review, self.reviewed, self.alternatives, self.add_page, self.cost, self.url,
            self.note,
        ]  # fmt: skip

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.open.clicked.connect(self.open_website)
        self.more.clicked.connect(self._on_more_clicked)
        for line, field in (
            (self.name, "name"), (self.cost, "cost"), (self.alternatives, "alternatives"), (self.url, "url"),
        ):  # fmt: skip
            line.kept.connect(partial(self._keep, field))
        self.problem.kept.connect(partial(self._keep, "problem"))
        self.note.kept.connect(partial(self._keep, "note"))
        self.level.valueChanged.connect(self._on_level_changed)
        self.verdict.picked.connect(self.decide)
        self.used.clicked.connect(self.use)
        self.review.editingFinished.connect(self._on_review_edited)
        self.reviewed.clicked.connect(self.review_now)
        self.add_page.clicked.connect(self.ask_page)

    # ── what it shows ───────────────────────────────────────────────────────────────────────────────────

    def show_tool(self, row: ToolRow, pages: Sequence[Row]) -> None:
        """Show this card; what is being typed on it is not touched."""
        is_other = self.row is None or self.row.id != row.id
        if is_other:
            for card in (self.problem, self.note):
                card.leave()
            self.name.setModified(False)
        self.row = row
        today = date.today()
        self.name.show_text(row.name)
        self.meta.say(told(row))
        self.problem.show_words(row.problem)
        self.level.show_level(row.level)
        self.level_word.say(self.level.word)
        self.verdict.choose(row.verdict.value if row.verdict else "")
        self.used_word.say(day_words.ago(row.last_used, today))
        self.used.setEnabled(row.last_used != today.isoformat())
        self._show_review()
        when = day_words.until(toolkit.NEXT[row.verdict] if row.verdict else toolkit.FIRST)
        self.reviewed.set_label(tr("Reviewed, next {when}").format(when=when))
        self.alternatives.show_text(row.alternatives)
        self.cost.show_text(row.cost)
        self.url.show_text(row.url)
        self.open.setEnabled(may_open(row.url))
        self.note.show_words(row.note)
        self._show_pages(pages)
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def _show_review(self) -> None:
        row = self.row
        if row is None:
            return
        day = days.parse(row.review_on)
        self.review.setText(writing.short_day(day, has_year=True) if day else "")
        self.review_word.say(day_words.until(row.days_left))
        is_late = row.days_left is not None and row.days_left <= 0
        self.review_word.set_ink("warning" if is_late else "muted")

    def _show_pages(self, pages: Sequence[Row]) -> None:
        if [(one.row.id, one.text()) for one in self.lines] == [
            (page.id, page.title or page.site) for page in pages
        ]:
            return
        for line in self.lines:
            self.pages.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [PageLine(self._desk.theme, page, self) for page in pages]
        for line in self.lines:
            line.clicked.connect(partial(self._desk.ask_source, line.row.id))
            line.untied.connect(self.untie)
            self.pages.addWidget(line)
        for before, after in pairwise((self.add_page, *self.lines, self.cost)):
            QWidget.setTabOrder(before, after)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def run(self, label: str, command: Callable[..., object], *args: object, **named: object) -> None:
        """Do something to this tool; when it fails, show what holds."""
        if self.row is not None and self._desk.can_write:
            task = self._desk.tasks.run(label, command, self.row.id, *args, **named)  # type: ignore[arg-type]
            task.add_done_callback(self._on_done)

    def _on_done(self, _task: object) -> None:
        self.asked.emit("refresh")

    def decide(self, verdict: object) -> None:
        """Keep, learn or replace it; that sets the next review."""
        self.run("decide on a tool", toolkit.decide, Verdict(str(verdict)))

    def use(self) -> None:
        """It was used today."""
        self.run("use a tool", toolkit.used)

    def review_now(self) -> None:
        """It was looked at: the verdict holds, and the next review is set."""
        self.run("review a tool", toolkit.reviewed)

    def ask_page(self) -> None:
        """Ask for a page about it."""
        if self.row is not None:
            self._desk.ask_overlay(partial(PagePicker, self._desk, self.row.id, self.row.sources))

    def untie(self, source_id: int) -> None:
        """This page is not about it."""
        self.run("untie a page", toolkit.tie, (), [source_id])

    def open_website(self) -> None:
        """In the browser."""
        if self.row is not None and may_open(self.row.url):
            open_url(self.row.url)

    def menu(self) -> QMenu:
        """What else can be done with it; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Tool"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, label, icon, key in (
            ("used", tr("Used today"), "check", "T"),
            ("website", tr("Open its website"), "external-link", ""),
            ("remove", tr("Take it out of the toolkit"), "trash-2", "X"),
        ):
            ink = self._desk.theme.colour("danger" if name == "remove" else "muted")
            line = menu.addAction(icons.icon(icon, ink), f"{label}\t{key}" if key else label)
            line.triggered.connect(partial(self.asked.emit, name))
            line.setEnabled(name != "website" or self.open.isEnabled())
        return menu

    def _on_more_clicked(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _keep(self, field: str, text: str) -> None:
        if field == "name" and not text:
            self.asked.emit("refresh")
            return
        self.run("change a tool", toolkit.edit, **{field: text})

    def _on_level_changed(self, level: int) -> None:
        self.level_word.say(self.level.word)
        self.run("change a tool", toolkit.edit, level=level)

    def _on_review_edited(self) -> None:
        row = self.row
        if row is None or not self.review.isModified():
            return
        self.review.setModified(False)
        day = typed_days.day(self.review.text(), date.today())
        if day is None:
            self._desk.say(tr("“{text}” is not a day.").format(text=self.review.text()))
            self._show_review()
        elif day != row.review_on:
            self.run("change a tool", toolkit.edit, review_on=day)
        else:
            self._show_review()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def told(row: ToolRow) -> str:
    """What it costs, since when it is here, how many pages are about it."""
    added = moments.day_of(row.made_at)
    count = len(row.sources)
    pages = trn("{n} page about it", "{n} pages about it", count).format(n=writing.number(count))
    since = tr("added {day}").format(day=writing.long_day(added, has_year=added.year != date.today().year))
    return " · ".join(part for part in (row.cost, since, pages if count else "") if part)


def indented(widget: QWidget, left: int = INDENT) -> QHBoxLayout:
    """A widget in line with the words of the fields."""
    row = QHBoxLayout()
    row.setContentsMargins(left, 0, 0, 0)
    row.addWidget(widget)
    return row


def beside(first: QWidget, second: QWidget | None, left: int = 0) -> QHBoxLayout:
    """Two side by side, at the left; None: one alone, not wider than it needs to be."""
    row = QHBoxLayout()
    row.setContentsMargins(left, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(first)
    if second is None:
        row.addStretch(1)
    else:
        row.addWidget(second)
    return row
