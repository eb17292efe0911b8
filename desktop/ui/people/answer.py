"""Answer a question over the window: by one's own words, by a page, a highlight or a note, or by both.

The surprising fact: it searches for the question itself as soon as it opens, since what answers it may have
been saved after it was asked.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.learning import questions
from desktop.learning.review_values import QuestionRow
from desktop.library import lists
from desktop.library.search.values import Hit, Mode, What
from desktop.library.values import Row
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.words_card import LONGEST, Words
from desktop.ui.rows.plain import PlainList, PlainRow
from desktop.ui.searching import lacks_index
from desktop.ui.theme import Lengths

MOST = 20
PAUSE_MS = 80


class AnswerDialog(Overlay):
    """One question."""

    def __init__(self, desk: Desk, parent: QWidget, question: QuestionRow) -> None:
        super().__init__(desk.theme, tr("Answer a question"), Lengths.PALETTE, parent)
        self._desk, self._question = desk, question
        theme = desk.theme
        self.title = Words(theme, "view", 28)
        self.title.say(question.text)
        label, by = Words(theme, "strong", 19), Words(theme, "strong", 19)
        label.say(tr("My answer"))
        by.say(tr("Answered by a page, a highlight or a note"))
        self.field = QPlainTextEdit(self.panel)
        self.field.setFont(theme.font("own_field"))
        self.field.setFixedHeight(84)
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(tr("My answer"))
        self.field.setPlainText(question.answer)
        self.finder = QLineEdit(self.panel)
        self.finder.setMinimumHeight(34)
        self.finder.setAccessibleName(tr("Find what answers it"))
        self.finder.setPlaceholderText(tr("Words of the page, the highlight or the note"))
        self.list = PlainList(desk, tr("What may answer it"), {}, {}, self.panel)
        self.list.opened.connect(self._on_opened)
        self.said = Words(theme, "caption", 18, "warning")
        self.cancel = Button(theme, tr("Cancel"), key="Esc")
        self.by_button = Button(theme, tr("This answers it"), key="Return")
        self.keep_button = Button(theme, tr("Keep my answer"), kind="main", key="Ctrl+Enter")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build(label, by)
        self._connect()
        self.finder.setText(question.text[:200])

    def _build(self, label: Words, by: Words) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        for button in (self.cancel, self.by_button, self.keep_button):
            foot.addWidget(button)
        words = QVBoxLayout()
        words.setContentsMargins(24, 0, 24, 0)
        words.setSpacing(6)
        for widget in (self.title, label, self.field, by, self.finder):
            words.addWidget(widget)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 18, 1, 16)
        layout.setSpacing(10)
        layout.addLayout(words)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        for widget in (self.field, self.finder):
            widget.installEventFilter(self)
        self.finder.textChanged.connect(lambda: self._pause.start())
        self._pause.timeout.connect(self._ask)
        self.cancel.clicked.connect(self.dismiss)
        self.by_button.clicked.connect(self.answer_by)
        self.keep_button.clicked.connect(self.keep)

    def first_focus(self) -> QWidget:
        return self.field

    def panel_box(self) -> QRect:
        width, height = min(self._width, self.width() - 32), min(600, self.height() - 32)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def keep(self) -> None:
        """Keep the answer in own words."""
        if not self.field.toPlainText().strip():
            self.said.say(tr("Write it, or choose what answers it below."))
            return
        self._answer()

    def answer_by(self) -> None:
        """What is selected answers it, with the words that were written, or those of the highlight."""
        kind, _, rest = self.list.key.partition(":")
        if not kind:
            return
        number = int(rest.partition(":")[0])
        quote = self.list.values.items[self.list.currentIndex().row()].line if kind == "mark" else ""
        self._answer(
            source_id=0 if kind == "note" else number, note_id=number if kind == "note" else 0, usual=quote
        )

    def _answer(self, source_id: int = 0, note_id: int = 0, usual: str = "") -> None:
        text = self.field.toPlainText().strip()[:LONGEST] or usual
        self.dismiss()
        run = self._desk.tasks.run
        run(
            "answer a question",
            questions.answer,
            self._question.id,
            text,
            source_id=source_id,
            note_id=note_id,
        )

    # ── what may answer it ──────────────────────────────────────────────────────────────────────────────

    def _ask(self) -> None:
        self._desk.tasks.start(self._load(self.finder.text().strip()))

    async def _load(self, words: str) -> None:
        rows: list[PlainRow] = []
        if words:
            how = {"limit": MOST, "passages": MOST, "mode": Mode.TYPING, "channel": "question"}
            found = await self._desk.searching.search(words, **how)
            if found is None or lacks_index(found):
                pages = await self._desk.tasks.read(lists.find_titles, words, MOST)
                rows = [_page(row) for row in pages or ()]
            else:
                rows = [_hit(hit) for hit in found.hits]
        if not self._is_closing and words == self.finder.text().strip():
            self.list.show_rows(rows)
            self.by_button.setEnabled(bool(rows))

    def _on_opened(self, _index: QModelIndex) -> None:
        self.answer_by()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, is_held = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and is_held:
                self.keep()
                return True
            if watched is self.finder and is_enter:
                self.answer_by()
                return True
            if watched is self.finder and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.go(1 if key == Qt.Key.Key_Down else -1, False)
                return True
        return super().eventFilter(watched, event)


def _page(row: Row) -> PlainRow:
    return PlainRow(f"page:{row.id}", row.title or tr("Untitled"), row.site, "", "file-text")


def _hit(hit: Hit) -> PlainRow:
    if hit.row is None:
        title = hit.title or tr("Untitled")
        return PlainRow(f"note:{hit.note_id}", title, hit.snippet, "", "notebook-pen", is_own=True)
    title = hit.row.title or tr("Untitled")
    if hit.what is What.ANNOTATION and hit.annotation_id:
        return PlainRow(
            f"mark:{hit.row.id}:{hit.annotation_id}", title, hit.snippet, "", "highlighter", is_own=True
        )
    return PlainRow(f"page:{hit.row.id}:{hit.place}", title, hit.snippet or hit.row.site, "", "file-text")
