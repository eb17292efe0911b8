"""The quarterly self-check, one question after another, over the window.

The surprising fact: it has no score and no end button. Each answer is kept by itself; one may answer three of
the twelve and close it.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.learning import selfcheck
from desktop.learning.review_values import CheckAnswer
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.words_card import LONGEST, Words
from desktop.ui.theme import Lengths


class SelfCheck(Overlay):
    """Asks from question ``number`` on; answers go to ``quarter``."""

    def __init__(
        self, desk: Desk, parent: QWidget, quarter: str, answers: list[CheckAnswer], number: int
    ) -> None:
        super().__init__(desk.theme, tr("Quarterly self-check"), Lengths.PALETTE, parent)
        self._desk, self._quarter = desk, quarter
        self._answers = {one.number: one for one in answers}
        self.number = number
        theme = desk.theme
        self.place = Words(theme, "caption", 18, "muted")
        self.question = Words(theme, "view", 28)
        self.before = Words(theme, "own_row", 20, "muted")
        self.seen = Words(theme, "caption", 18, "muted")
        self.field = QPlainTextEdit(self.panel)
        self.field.setFont(theme.font("own_field"))
        self.field.setFixedHeight(132)
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self.back = Button(theme, tr("Back"), key="Alt+Left")
        self.leave = Button(theme, tr("Close"), kind="quiet", key="Esc")
        self.skip = Button(theme, tr("Skip"), key="Alt+Right")
        self.keep_button = Button(theme, tr("Keep and next"), kind="main", key="Ctrl+Enter")
        self.back.clicked.connect(self.go_back)
        self.leave.clicked.connect(self.dismiss)
        self.skip.clicked.connect(self.go_on)
        self.keep_button.clicked.connect(self.keep)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        for button in (self.back, self.skip, self.keep_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(28, 22, 28, 18)
        layout.setSpacing(8)
        for widget in (self.place, self.question, self.field, self.before, self.seen):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(foot)
        self._show()

    def first_focus(self) -> QWidget:
        return self.field

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = min(self.height_for(width), self.height() - 32)
        return QRect((self.width() - width) // 2, max(16, (self.height() - height) // 3), width, height)

    def dismiss(self) -> None:
        """Close; what is written is kept."""
        if not self._is_closing:
            self._keep()
        super().dismiss()

    def keep(self) -> None:
        """Keep the answer and ask the next question; after the last one, close."""
        self._keep()
        if self.number == len(self._answers):
            self.dismiss()
        else:
            self._go(1)

    def go_on(self) -> None:
        """The next question; what is written is kept."""
        self._keep()
        self._go(1)

    def go_back(self) -> None:
        """The question before; what is written is kept."""
        self._keep()
        self._go(-1)

    def _keep(self) -> None:
        answer, was = self.field.toPlainText().strip()[:LONGEST], self._answers[self.number]
        if answer != was.answer:
            self._answers[self.number] = CheckAnswer(
                was.number, was.question, answer, was.before, was.before_quarter, was.seen
            )
            self._desk.tasks.run("answer the self-check", selfcheck.write, self._quarter, self.number, answer)

    def _go(self, step: int) -> None:
        self.number = max(1, min(len(self._answers), self.number + step))
        self._show()

    def _show(self) -> None:
        one, last = self._answers[self.number], len(self._answers)
        self.place.say(
            tr("Question {n} of {all} · {quarter}").format(n=one.number, all=last, quarter=self._quarter)
        )
        self.question.say(one.question)
        self.field.setAccessibleName(one.question)
        self.field.setPlaceholderText(tr("In my own words"))
        self.field.setPlainText(one.answer)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        before = tr("{quarter}: “{answer}”").format(quarter=one.before_quarter, answer=one.before)
        self.before.say(before if one.before else tr("Not answered before."))
        self.seen.say(tr("My log shows: {words}").format(words=one.seen) if one.seen else "")
        self.seen.setVisible(bool(one.seen))
        self.back.setEnabled(one.number > 1)
        self.skip.setEnabled(one.number < last)
        self.refit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            held, key = event.modifiers(), event.key()
            is_alt = bool(held & Qt.KeyboardModifier.AltModifier)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held & Qt.KeyboardModifier.ControlModifier:
                self.keep()
                return True
            if is_alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                (self.go_back if key == Qt.Key.Key_Left else self.go_on)()
                return True
        if event.type() == QEvent.Type.ShortcutOverride and watched is self.field:
            event.accept()  # Alt+Left is “Back to the list” elsewhere
        return super().eventFilter(watched, event)
