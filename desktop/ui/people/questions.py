"""Questions: what a search did not answer, listed until it is answered.

The surprising fact: an answered question stays in the list below the open ones, so that the answer is found
where it was missed.
"""

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr, writing
from desktop.learning import questions
from desktop.learning.review_values import QuestionRow
from desktop.store.changes import Noun
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.parts import moments
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.line_dialog import Line
from desktop.ui.parts.page import PageBar, tab_after
from desktop.ui.people.answer import AnswerDialog
from desktop.ui.reading import Reading
from desktop.ui.rows.plain import PlainList, PlainRow
from desktop.ui.views import Emptiness

SHOWN = frozenset({Noun.QUESTION, Noun.SOURCE, Noun.NOTE})
ACTS = {"trash": "remove", "done": "drop"}
KEYS = {"N": "new", "R": "reopen", "S": "search"}


class QuestionsView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, QuestionRow] = {}
        self._wanted = ""
        self.setAccessibleName(tr("Questions"))
        theme = desk.theme
        self.bar = PageBar(theme, tr("Questions"))
        self.number = QLabel()
        self.number.setTextFormat(Qt.TextFormat.PlainText)
        self.number.setFont(theme.font("body"))
        self.search = Button(theme, tr("Search again"), icon="search", key="S")
        self.reply = Button(theme, tr("Answer"), icon="pen-line", key="Return")
        self.new = Button(theme, tr("New question"), icon="plus", kind="main", key="N")
        self.bar.row.addWidget(self.number)
        self.bar.row.addStretch(1)
        for button in (self.search, self.reply, self.new):
            self.bar.row.addWidget(button)
        self.list = PlainList(desk, tr("Questions"), ACTS, KEYS, self)
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)
        tab_after(self.empty.last, self.search, self.reply, self.new)
        self.search.clicked.connect(partial(self._on_keyed, "search"))
        self.reply.clicked.connect(self.answer)
        self.new.clicked.connect(self.ask)
        self.list.opened.connect(self._on_opened)
        self.list.keyed.connect(self._on_keyed)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.reading = Reading(desk, self, SHOWN, self._fill)
        desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """A question by its id, or ``new``."""
        if name == "new":
            self.ask()
        elif name not in self.rows or not self.list.choose_key(name):
            self._wanted = name
            self.refresh()

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        rows = await reading.ask(questions.all_of)
        if rows is not None:
            self._apply(rows)

    def _apply(self, rows: list[QuestionRow]) -> None:
        self.rows = {str(row.id): row for row in rows}
        opened = sum(not _is_over(row) for row in rows)
        self.list.show_rows(
            [_row(row) for row in rows], ((tr("Open"), opened), (tr("Answered"), len(rows) - opened))
        )
        self.number.setText(writing.number(opened) if opened else "")
        for button in (self.search, self.reply):
            button.setVisible(bool(rows))
        if not rows:
            self.empty.say(nothing_asked())
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        self.setFocusProxy(self.list if rows else self.empty)
        if self._wanted and self.list.choose_key(self._wanted):
            self._wanted = ""

    @property
    def current(self) -> QuestionRow | None:
        """The selected question."""
        return self.rows.get(self.list.key)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self) -> None:
        """Write a new question."""
        ask_new(self._desk)

    def answer(self) -> None:
        """Answer the selected question."""
        row = self.current
        if row is not None:
            self._desk.ask_overlay(lambda window: AnswerDialog(self._desk, window, row))

    def _reword(self) -> None:
        row = self.current
        if row is not None:

            def keep(text: str, number: int = row.id) -> None:
                self._desk.tasks.run("reword a question", questions.reword, number, text)

            title = tr("Ask it in other words")
            self._desk.ask_line(Line(title, tr("Question"), row.text, tr("Keep"), keep))

    def _show_answer(self) -> None:
        row = self.current
        if row is not None and row.note_id:
            self._desk.ask_view(f"note:{row.note_id}")
        elif row is not None and row.source_id:
            self._desk.ask_source(row.source_id)

    def _on_opened(self, _index: QModelIndex) -> None:
        row = self.current
        if row is not None and _is_over(row) and (row.source_id or row.note_id):
            self._show_answer()
        else:
            self.answer()

    def _on_keyed(self, name: str) -> None:
        row, run = self.current, self._desk.tasks.run
        if name == "new":
            self.ask()
        elif row is None:
            return
        elif name == "remove":
            run("delete a question", questions.remove, [row.id])
        elif name == "drop":
            run("drop a question", questions.drop, row.id)
        elif name == "reopen":
            run("reopen a question", questions.reopen, row.id)
        elif name == "search":
            self._desk.ask_search(row.text)

    def _on_menu_asked(self, at: QPoint) -> None:
        row = self.current
        if row is None or not self.list.indexAt(at).isValid():
            return
        menu = QMenu(self)
        menu.setAccessibleName(tr("Question"))
        ink = self._desk.theme.colour("muted")
        lines = [
            (tr("Answer"), "pen-line", self.answer),
            (tr("Search again"), "search", partial(self._on_keyed, "search")),
            (tr("Ask it in other words …"), "pencil-line", self._reword),
        ]
        if row.source_id or row.note_id:
            lines.append((tr("Open what answered it"), "book-open", self._show_answer))
        if _is_over(row):
            lines.append((tr("Open it again"), "undo-2", partial(self._on_keyed, "reopen")))
        else:
            lines.append((tr("Does not matter any more"), "check", partial(self._on_keyed, "drop")))
        lines.append((tr("Delete the question"), "trash-2", partial(self._on_keyed, "remove")))
        for label, icon, run in lines:
            menu.addAction(icons.icon(icon, ink), label).triggered.connect(run)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(self.rect()), self._desk.theme.colour("surface"))


def ask_new(desk: Desk, text: str = "") -> None:
    """Ask for a question over the window, and keep it."""

    def keep(words: str) -> None:
        desk.tasks.run("ask a question", questions.ask, words)

    label = tr("It is listed until it is answered, and comes up in the weekly review.")
    desk.ask_line(Line(tr("New question"), label, text, tr("Keep"), keep))


def nothing_asked() -> Emptiness:
    """What is said while there is no question: one example."""
    return Emptiness(
        "circle-question-mark",
        tr("No question yet"),
        tr(
            "When Answer now finds nothing, one key keeps what you asked: “How do I say a range in a talk?” "
            "It stays here until a page, a note or you answer it."
        ),
        (tr("Answer now"), "answer", "search"),
        (tr("Write a question"), "question:new", "plus"),
    )


def _is_over(row: QuestionRow) -> bool:
    return bool(row.answered_at) or row.is_dropped


def _row(row: QuestionRow) -> PlainRow:
    at = row.answered_at or row.asked_at
    line = row.answer or row.title
    if row.is_dropped:
        line = tr("does not matter any more")
    icon = "circle-x" if row.is_dropped else "circle-check" if row.answered_at else "circle-question-mark"
    today = date.today()
    is_own = bool(row.answer) and not row.is_dropped
    return PlainRow(
        str(row.id), row.text, line, moments.short(at, today), icon, is_own, is_quiet=_is_over(row),
        said=moments.spoken(at, today),
    )  # fmt: skip


def make(desk: Desk) -> QuestionsView:
    """The page."""
    return QuestionsView(desk)
