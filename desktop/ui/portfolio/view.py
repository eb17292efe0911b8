"""The portfolio before it leaves: choices at the left, at the right exactly what will stand in the file.

The surprising fact: the preview is no picture of the file but the same value drawn, so what is not seen here
cannot leave. Markdown and JSON are shown as the text that they are.
"""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserFixable
from desktop.languages import tr, trn, writing
from desktop.learning import evidence_rows, goals, portfolio
from desktop.learning.portfolio_values import Portfolio
from desktop.learning.values import EvidenceKind, EvidenceRow, GoalRow, GoalState
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui import file_saving
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.open_url import open_url
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.page import Ground, PageBar
from desktop.ui.portfolio import pages as portfolio_pages
from desktop.ui.portfolio.choices import Choices, Wish
from desktop.ui.portfolio.forms import BY_NAME, DRAWN
from desktop.ui.reading import Reading
from desktop.ui.theme import MONO_FAMILY, font_of
from desktop.ui.views import Emptiness

SHOWN = frozenset({Noun.GOAL, Noun.TRY, Noun.ACTIVITY, Noun.ANNOTATION, Noun.NOTE, Noun.SOURCE})
NARROW, LEFT, MEASURE, MARGIN, PAUSE = 760, 388, 720, 24, 60
MOST_SHOWN = 200_000
"""Signs of Markdown or JSON that the preview shows."""


class Preview(QTextBrowser):
    """The pages. It loads nothing; a link goes through the one door."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What leaves"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMaximumWidth(MEASURE)
        self.anchorClicked.connect(self._follow)
        OverlayBar(desk.theme, self)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return QByteArray()  # None would let Qt load it by itself

    def focusNextPrevChild(self, is_next: bool) -> bool:
        return QTextEdit.focusNextPrevChild(self, is_next)  # not from link to link: there may be hundreds

    def _follow(self, url: QUrl) -> None:
        if url.isRelative() and url.hasFragment():
            self.scrollToAnchor(url.fragment())
        else:
            open_url(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


class PortfolioView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[GoalRow] = []
        self._wanted: tuple[int, ...] = ()
        self.whole: Portfolio | None = None
        self.setAccessibleName(tr("Portfolio"))
        self.choices = Choices(desk)
        self.preview = Preview(desk, self)
        self.empty = EmptyState(desk, self)
        self.save = Button(desk.theme, tr("Save …"), icon="save", kind="main", key="Ctrl+S")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._build()
        self.choices.changed.connect(self._timer.start)
        self._timer.timeout.connect(self.redraw)
        self.save.clicked.connect(self.ask_place)
        self.reading = Reading(desk, self, SHOWN, self._fill)
        desk.theme.changed.connect(self.redraw)

    def _build(self) -> None:
        bar = PageBar(self._desk.theme, tr("Portfolio"))
        bar.row.addStretch(1)
        bar.row.addWidget(self.save)
        both = QWidget(self)
        self.panes = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self.panes.setContentsMargins(0, 0, 0, 0)
        self.panes.setSpacing(1)
        self.panes.addWidget(self.choices)
        page = Ground(self._desk.theme, "surface")
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 12, 0, 0)
        row.addStretch(1)
        row.addWidget(self.preview, 1000)
        row.addStretch(1)
        self.panes.addWidget(page, 1)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(both)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.stack, 1)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """Goals by their ids, with commas between: those are chosen."""
        self._wanted = tuple(int(one) for one in name.split(",") if one.isdigit())
        self.refresh()

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        rows = await reading.ask(_goals)
        if rows is not None:
            await self._apply(rows)

    async def _apply(self, rows: list[GoalRow]) -> None:
        chosen = self._wanted or self.choices.wish().goals or tuple(row.id for row in rows[:1])
        self._wanted = ()
        if rows != self._rows or chosen != self.choices.wish().goals:
            self._rows = rows
            self.choices.show_goals(rows, chosen)
        self.save.setVisible(bool(rows))
        if not rows:
            self.empty.say(no_goal())
        self.stack.setCurrentIndex(0 if rows else 1)
        self.setFocusProxy(self.choices.forms.segments()[0] if rows else self.empty)
        if rows:
            await self._draw()

    def redraw(self) -> None:
        """Draw anew what is chosen."""
        if self._rows and self.isVisible():
            self._desk.tasks.start(self._draw())

    async def _draw(self) -> None:
        wish = self.choices.wish()
        found = await self._desk.tasks.read(_made, wish)
        if found is None or wish != self.choices.wish():
            return
        whole, evidence, reason = found
        self.whole = whole
        self.choices.show_kinds(_counted(evidence, wish))
        QWidget.setTabOrder(self.choices.private, self.preview)
        QWidget.setTabOrder(self.preview, self.save)
        self.choices.summary.say(reason or _summary(whole, evidence, wish))
        self.save.setEnabled(whole is not None)
        if whole is None:
            self.preview.clear()
        else:
            await self._show(whole, wish.form)

    async def _show(self, whole: Portfolio, form: str) -> None:
        place = self.preview.verticalScrollBar().value()
        if form in ("md", "json"):
            data = await self._desk.tasks.work(DRAWN[form], whole)
            self.preview.document().setDefaultFont(font_of(MONO_FAMILY, 13))
            self.preview.setPlainText((data or b"").decode()[:MOST_SHOWN])
        else:
            paper = portfolio_pages.paper_of(self._desk.theme)
            self.preview.document().setDefaultFont(self._desk.theme.font("body"))
            self.preview.document().setDefaultStyleSheet(portfolio_pages.sheet(paper))
            self.preview.setHtml(portfolio_pages.html(whole, paper))
        self.preview.document().setDocumentMargin(MARGIN)
        self.preview.verticalScrollBar().setValue(place)

    # ── saving ──────────────────────────────────────────────────────────────────────────────────────────

    def ask_place(self) -> None:
        """Ask where to, then write what is seen."""
        if self.whole is None:
            return
        self.choices.keep_name()
        form = BY_NAME[self.choices.wish().form]
        name = file_name(self.whole)
        run = partial(self.write, self.whole, form.name)
        file_saving.ask_place(tr("Save the portfolio"), f"{name}.{form.name}", tr(form.kind), form.name, run)

    def write(self, whole: Portfolio, form: str, place: str) -> None:
        """Write it there and say so."""
        if place:
            self._desk.tasks.start(self._write(whole, form, Path(place)))

    async def _write(self, whole: Portfolio, form: str, place: Path) -> None:
        try:
            await self._desk.tasks.attempt(_save, whole, form, place)
        except UserFixable as error:
            self._desk.tasks.report(error)
            return
        self._desk.say(tr("The portfolio is in {name}").format(name=place.name))
        if self._desk.can_write:
            ids = [chapter.goal_id for chapter in whole.chapters]
            self._desk.tasks.run("a portfolio was written", portfolio.handed_over, ids)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _arrange(self) -> None:
        is_narrow = self.width() < NARROW
        direction = QBoxLayout.Direction
        self.panes.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        widest = 16_777_215
        self.choices.setMinimumWidth(0 if is_narrow else LEFT)
        self.choices.setMaximumWidth(widest if is_narrow else LEFT)
        self.choices.setMaximumHeight(max(120, self.height() // 2) if is_narrow else widest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        if not self.reading.is_stale:
            self.redraw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.choices.forms.segments()[0].setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Save):
            self.ask_place()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._desk.theme.colour("line"))


def file_name(whole: Portfolio) -> str:
    """``Portfolio Mira Example 2026-11-30``, without what file systems refuse."""
    words = f"{portfolio.title(whole)} {whole.made_on}"
    return "".join(" " if sign in '/\\:*?"<>|' or not sign.isprintable() else sign for sign in words)[:120]


def no_goal() -> Emptiness:
    """What is said while there is no goal."""
    return Emptiness(
        "file-badge",
        tr("No goal to show yet"),
        tr("A portfolio shows what you can do, how it grew and the evidence behind it, goal by goal."),
        (tr("Open Goals"), "goals", "target"),
    )


def _goals(reader: Reader) -> list[GoalRow]:
    """Those with something to show: open ones and those that were reached."""
    return [row for row in goals.all_of(reader) if row.state is not GoalState.DROPPED or row.evidence]


def _made(reader: Reader, wish: Wish) -> tuple[Portfolio | None, list[EvidenceRow], str]:
    """The portfolio, all evidence of its goals, and why there is none."""
    rows = [row for goal_id in wish.goals for row in evidence_rows.of_goal(reader, goal_id)]
    try:
        whole = portfolio.of(
            reader, wish.goals, wish.person, with_private=wish.with_private, kinds=wish.kinds
        )
    except UserFixable as error:
        return None, rows, f"{error} {error.action}".strip()
    return whole, rows, ""


def _counted(rows: list[EvidenceRow], wish: Wish) -> dict[EvidenceKind, int]:
    """How much of each kind could leave, in the order of the kinds."""
    shown = [row.kind for row in rows if wish.with_private or not row.is_private]
    return {kind: shown.count(kind) for kind in EvidenceKind if kind in shown}


def _summary(whole: Portfolio | None, rows: list[EvidenceRow], wish: Wish) -> str:
    """What leaves and what stays, in two sentences."""
    if whole is None:
        return ""
    leaving = sum(len(chapter.claims) for chapter in whole.chapters)
    steps = sum(len(chapter.steps) for chapter in whole.chapters)
    levels = trn("{n} level change", "{n} level changes", steps).format(n=writing.number(steps))
    said = trn(
        "{n} piece of evidence and {levels} leave.", "{n} pieces of evidence and {levels} leave.", leaving
    )
    private = sum(chapter.kept_back for chapter in whole.chapters)
    unticked = len(rows) - leaving - private
    parts = [said.format(n=writing.number(leaving), levels=levels)]
    if private or unticked:
        stay = tr("Stay here: {private} private, {unticked} without a tick.")
        parts.append(stay.format(private=writing.number(private), unticked=writing.number(unticked)))
    return " ".join(parts)


def _save(whole: Portfolio, form: str, place: Path) -> None:
    file_saving.write(place, DRAWN[form](whole))


def make(desk: Desk) -> PortfolioView:
    """The page."""
    return PortfolioView(desk)
