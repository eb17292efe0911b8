"""The card of the weekly review: one thing, a field for the person's words, a choice, what else can be made.

The surprising fact: a card that has nothing left says so and keeps its main button, so that one key goes on
through the whole review.
"""

from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.languages import mark, tr
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import Flow, LinkButton, tall
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import LONGEST, Words
from desktop.ui.review.steps import Thing
from desktop.ui.theme import Lengths, Theme

PILLS: Final = (
    ("evidence", mark("Evidence for a goal"), "target"),
    ("try", mark("Make it a try"), "flask-conical"),
    ("remember", mark("Remember this"), "brain"),
)
"""What a highlight, and some of it a page, can become besides: name, label, icon."""


class Quote(Words):
    """What is looked at, large, in the reader's type."""

    def _restyle(self) -> None:
        self.setFont(self._theme.font("own_field", px=19))
        lines = escape(self._words).replace("\n", "<br>")
        colour = self._theme.css(self._ink)
        self.setText(f"<p style='line-height:29px;margin:0;color:{colour}'>{lines}</p>")


class Panel(QWidget):
    """A raised ground with a fine edge."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.bar = ""
        self.beside: QWidget | None = None
        """The widget beside which the bar stands."""
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("raised"))
        radius = Lengths.RADIUS_PANEL
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.bar and self.beside is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(self.bar))
            box = QRectF(self.beside.geometry())
            painter.drawRoundedRect(QRectF(24, box.top() + 2, 4, box.height() - 4), 2, 2)


class ReviewCard(QWidget):
    """Call `show_thing`, `show_nothing` or `show_closing`."""

    kept = Signal()
    skipped = Signal()
    dropped = Signal()
    opened = Signal()
    made = Signal(str)
    """The name of a pill of `PILLS`."""
    paused = Signal()
    written = Signal()
    """The words in the field are others."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(tall())
        self.title = Words(theme, "section", 20)
        self.place = QLabel(self)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setObjectName("muted")
        self.panel = Panel(theme)
        self.quote = Quote(theme, "own_field", 29)
        self.panel.beside = self.quote
        self.meta = Words(theme, "caption", 18, "muted")
        self.link = LinkButton(theme, "", "arrow-up-right")
        self.label = Words(theme, "strong", 19)
        self.hint = Words(theme, "caption", 19, "muted")
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(78)
        self.editor.installEventFilter(self)
        self.editor.textChanged.connect(self.written)
        self.segments: Segments | None = None
        self._choices = QHBoxLayout()
        self.pills = Flow()
        self.said = Words(theme, "caption", 18, "warning")
        self.drop = Button(theme, "", kind="quiet", key="Alt+X")
        self.skip = Button(theme, tr("Skip"), key="Alt+Right")
        self.keep = Button(theme, "", kind="main", key="Ctrl+Enter")
        self._build()
        self.link.clicked.connect(self.opened)
        self.drop.clicked.connect(self.dropped)
        self.skip.clicked.connect(self.skipped)
        self.keep.clicked.connect(self.kept)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        head, where, asked, foot = (QHBoxLayout() for _ in range(4))
        head.addWidget(self.title, 1)
        head.addWidget(self.place)
        where.addWidget(self.meta, 1)
        where.addWidget(self.link)
        where.setContentsMargins(20, 0, 0, 0)
        self._where = where
        asked.setSpacing(6)
        asked.addWidget(self.label)
        asked.addWidget(self.hint, 1)
        self.label.setSizePolicy(self.place.sizePolicy())
        self.label.setWordWrap(False)
        inside = QVBoxLayout(self.panel)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(6)
        self._quote_row = QHBoxLayout()
        self._quote_row.addWidget(self.quote)
        inside.addLayout(self._quote_row)
        inside.addLayout(where)
        inside.addSpacing(8)
        inside.addLayout(asked)
        inside.addWidget(self.editor)
        inside.addSpacing(4)
        inside.addLayout(self._choices)
        inside.addWidget(self.pills)
        foot.setSpacing(12)
        foot.addWidget(self.drop)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.panel)
        column.addWidget(self.said)
        column.addSpacing(4)
        column.addLayout(foot)

    # ── what it shows ───────────────────────────────────────────────────────────────────────────────────

    def show_thing(self, title: str, thing: Thing, place: str, text: str, pills: tuple[str, ...]) -> None:
        """A thing, with ``text`` in the field."""
        self._head(title, place)
        self.panel.bar = thing.bar
        left = 20 if thing.bar else 0
        self._quote_row.setContentsMargins(left, 0, 0, 0)
        self._where.setContentsMargins(left, 0, 0, 0)
        self.quote.say(thing.words)
        self.meta.say(thing.meta)
        self._link(thing.opens)
        self._ask(thing.label, thing.hint, text)
        self._choose(thing)
        self._offer(pills)
        self._buttons(thing.drop, tr("Skip"), thing.keep)

    def show_nothing(self, title: str, words: str, line: str, main: str) -> None:
        """Nothing is left in this step."""
        self._head(title, "")
        self.panel.bar = ""
        self._quote_row.setContentsMargins(0, 0, 0, 0)
        self._where.setContentsMargins(0, 0, 0, 0)
        self.quote.say(words)
        self.meta.say(line)
        self._link("")
        self._ask("", "", "")
        self._choose(None)
        self._offer(())
        self._buttons("", "", main)

    def show_closing(self, title: str, words: str, line: str, text: str) -> None:
        """The last step: one sentence."""
        self.show_nothing(title, words, line, tr("Finish the review"))
        self._ask(tr("One closing sentence"), tr("what this week taught me"), text)

    def warn(self, sentence: str) -> None:
        """What is missing; empty: nothing."""
        self.said.say(sentence)
        self.said.setVisible(bool(sentence))

    @property
    def text(self) -> str:
        """What is written in the field."""
        return self.editor.toPlainText().strip()[:LONGEST]

    @property
    def choice(self) -> str:
        """The value of the segment that is chosen."""
        if self.segments is None:
            return ""
        return next((str(one.choice.value) for one in self.segments.segments() if one.isChecked()), "")

    def focus(self) -> QWidget:
        """What takes the keys."""
        return self.editor if not self.editor.isHidden() else self.keep

    def _head(self, title: str, place: str) -> None:
        self.title.say(title)
        self.place.setText(place)
        self.warn("")

    def _link(self, label: str) -> None:
        self.link.setText(label)
        self.link.setAccessibleName(label)
        self.link.setVisible(bool(label))
        self.link.updateGeometry()

    def _ask(self, label: str, hint: str, text: str) -> None:
        for widget in (self.label, self.hint, self.editor):
            widget.setVisible(bool(label))
        self.label.say(label)
        self.hint.say(hint)
        self.editor.setAccessibleName(f"{label}, {hint}" if label else tr("Nothing to write"))
        self.editor.setPlainText(text)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)

    def _choose(self, thing: Thing | None) -> None:
        if self.segments is not None:
            self._choices.removeWidget(self.segments)
            self.segments.hide()
            self.segments.deleteLater()
            self.segments = None
        if thing is None or not thing.choices:
            return
        self.segments = Segments(
            self._theme, tr("What becomes of it"), thing.choices, thing.choice, parent=self.panel
        )
        self._choices.addWidget(self.segments, 0, Qt.AlignmentFlag.AlignLeft)
        self.segments.show()

    def _offer(self, names: tuple[str, ...]) -> None:
        made = []
        for name, label, icon in PILLS:
            if name in names:
                button = Button(self._theme, tr(label), icon=icon, is_small=True)
                button.setObjectName(name)
                button.clicked.connect(self._on_pill_clicked)
                made.append(button)
        self.pills.show_widgets(made)
        self.pills.setVisible(bool(made))

    def _buttons(self, drop: str, skip: str, keep: str) -> None:
        for button, label in ((self.drop, drop), (self.skip, skip), (self.keep, keep)):
            button.setVisible(bool(label))
            if label:
                button.set_label(label)

    def _on_pill_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.made.emit(sender.objectName())

    def _restyle(self) -> None:
        self.editor.setFont(self._theme.font("own_field"))
        self.place.setFont(self._theme.font("body"))
        self.place.setStyleSheet(f"color: {self._theme.css('muted')}")

    # ── keys ────────────────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.take_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key of the review means; False: it means nothing here."""
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held & Qt.KeyboardModifier.ControlModifier:
            self.kept.emit()
        elif not held & Qt.KeyboardModifier.AltModifier:
            return False
        elif key == Qt.Key.Key_Right and not self.skip.isHidden():
            self.skipped.emit()
        elif key == Qt.Key.Key_P:
            self.paused.emit()
        elif key == Qt.Key.Key_X and not self.drop.isHidden():
            self.dropped.emit()
        elif self.segments is not None and Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(self.segments.segments()):
            self.segments.segments()[key - Qt.Key.Key_1].setChecked(True)
        else:
            return False
        return True
