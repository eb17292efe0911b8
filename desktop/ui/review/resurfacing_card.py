"""The cards of what comes back: an old highlight to read, and one to remember.

The surprising fact: a card to remember shows only its page and the person's own sentence at first, or the
first words where there is none; Space shows the rest, and only then do the four answers stand below.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.languages import mark, tr
from desktop.learning.review_values import CardRow
from desktop.library.note_markdown import plain
from desktop.library.sense_values import Highlight
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import LinkButton, tall
from desktop.ui.parts.words_card import Words
from desktop.ui.review.card import Panel, Quote
from desktop.ui.theme import Theme

ANSWERS: Final = (
    (1, mark("Again")),
    (2, mark("Hard")),
    (3, mark("Good")),
    (4, mark("Easy")),
)
FIRST_WORDS: Final = 6


class OldHighlight(Panel):
    """One of the three of the day."""

    opened = Signal(int, int)
    """Source and annotation."""
    remembered = Signal(int, bool)
    """Annotation, and whether it is to be remembered."""

    def __init__(self, theme: Theme, row: Highlight, is_remembered: bool) -> None:
        super().__init__(theme)
        self.setSizePolicy(tall())
        self._row, self._is_remembered = row, is_remembered
        self.bar = f"mark_{row.colour.value}"
        quote = Quote(theme, "own_field", 29)
        quote.say(row.quote)
        self.beside = quote
        meta = Words(theme, "caption", 18, "muted")
        meta.say(" · ".join(part for part in (row.title, row.site) if part))
        self.link = LinkButton(theme, tr("Read around it"), "arrow-up-right")
        label = tr("Remembered") if is_remembered else tr("Remember this")
        self.button = Button(theme, label, icon="check" if is_remembered else "brain", is_small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(44, 18, 24, 16)
        column.setSpacing(6)
        column.addWidget(quote)
        if row.comment:
            own = Words(theme, "own_card", 23, "muted")
            own.say(plain(row.comment))
            column.addWidget(own)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(meta, 1)
        foot.addWidget(self.link)
        foot.addWidget(self.button)
        column.addLayout(foot)
        self.link.clicked.connect(self._on_link_clicked)
        self.button.clicked.connect(self._on_button_clicked)

    def _on_link_clicked(self) -> None:
        self.opened.emit(self._row.source_id, self._row.id)

    def _on_button_clicked(self) -> None:
        self.remembered.emit(self._row.id, not self._is_remembered)


class MemoryCard(QWidget):
    """The card that is due."""

    answered = Signal(int, int)
    """Card, and an answer from 1 to 4."""
    opened = Signal(int, int)
    forgotten = Signal(int)
    """Annotation that is not to be asked again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._row: CardRow | None = None
        self.setSizePolicy(tall())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.panel = Panel(theme)
        self.meta = Words(theme, "caption", 18, "muted")
        self.quote = Quote(theme, "own_field", 29)
        self.own = Words(theme, "own_card", 23, "muted")
        self.link = LinkButton(theme, tr("Read around it"), "arrow-up-right")
        self.panel.beside = self.quote
        inside = QVBoxLayout(self.panel)
        inside.setContentsMargins(44, 18, 24, 18)
        inside.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.meta, 1)
        head.addWidget(self.link)
        inside.addLayout(head)
        inside.addWidget(self.quote)
        inside.addWidget(self.own)
        self.show_button = Button(theme, tr("Show it"), kind="main", key="Space")
        self.buttons = [Button(theme, tr(label), key=str(number)) for number, label in ANSWERS]
        self.forget = Button(theme, tr("Ask no longer"), kind="quiet")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.forget)
        foot.addStretch(1)
        foot.addWidget(self.show_button)
        for button, (number, _) in zip(self.buttons, ANSWERS, strict=True):
            foot.addWidget(button)
            button.setObjectName(str(number))
            button.clicked.connect(self._on_answer_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.panel)
        column.addLayout(foot)
        self.show_button.clicked.connect(self.reveal)
        self.link.clicked.connect(self._on_link_clicked)
        self.forget.clicked.connect(self._on_forget_clicked)

    @property
    def is_shown(self) -> bool:
        """Whether the highlight itself is shown."""
        return self.show_button.isHidden()

    def show_card(self, row: CardRow) -> None:
        """Ask this one; the same one stays as it is."""
        if self._row is not None and (self._row.id, self._row.answers) == (row.id, row.answers):
            return
        self._row = row
        words = row.quote.split()
        front = plain(row.comment) or " ".join(words[:FIRST_WORDS]) + " …"
        self.meta.say(row.title)
        self.quote.say(front)
        self.own.say("")
        self._turn(False)

    def reveal(self) -> None:
        """Show the highlight."""
        if self._row is not None:
            self.quote.say(self._row.quote)
            self.own.say(plain(self._row.comment))
            self._turn(True)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, is_shown: bool) -> None:
        self.panel.bar = "mark_straw" if is_shown else ""
        self.own.setVisible(is_shown and bool(self.own.words()))
        self.show_button.setVisible(not is_shown)
        for button in self.buttons:
            button.setVisible(is_shown)
        self.setAccessibleName(tr("To remember: {words}").format(words=self.quote.words()))
        self.panel.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if event.key() == Qt.Key.Key_Space and not self.is_shown:
            self.reveal()
        elif self.is_shown and 1 <= number <= len(ANSWERS) and self._row is not None:
            self.answered.emit(self._row.id, number)
        else:
            super().keyPressEvent(event)

    def _on_answer_clicked(self) -> None:
        sender = self.sender()
        if sender is not None and self._row is not None:
            self.answered.emit(self._row.id, int(sender.objectName()))

    def _on_link_clicked(self) -> None:
        if self._row is not None:
            self.opened.emit(self._row.source_id, self._row.annotation_id)

    def _on_forget_clicked(self) -> None:
        if self._row is not None:
            self.forgotten.emit(self._row.annotation_id)
