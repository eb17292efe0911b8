"""The field above a list that narrows it: ``/`` opens it, Escape clears it, what is typed can be kept.

The surprising fact: it holds no results. It says what is asked; the list, which shows them, says back what
the searcher said about it.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library import searches
from desktop.library.search.values import Completion, Said
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.line_dialog import Line

PAUSE: Final = 220
"""Milliseconds without a key after which the total is exact."""


class ListSearch(QWidget):
    """Hidden until it is opened."""

    asked = Signal(str, bool)
    """Show what this finds; True once typing pauses."""
    left = Signal()
    """The keys are the list's again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._base = ""
        self._way: Completion | None = None
        self._way_for = ""
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(False)
        self.field.setAccessibleName(tr("Search this list"))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._on_edited)
        self.keep = Button(desk.theme, tr("Keep this search"), icon="bookmark-plus", kind="icon", parent=self)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.shut = Button(desk.theme, tr("Clear the search"), icon="x", kind="icon", parent=self)
        self.shut.clicked.connect(self.clear)
        self.words = QLabel(self)
        self.words.setFont(desk.theme.font("caption"))
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.keep)
        row.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 9)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.words)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._on_pause)
        self.hide()

    @property
    def text(self) -> str:
        """What is asked."""
        return self.field.text().strip()

    def open(self, label: str) -> None:
        """Take the focus; what stands there is selected."""
        self.field.setPlaceholderText(tr("Search in {label}").format(label=label))
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def begin(self, query: str) -> None:
        """Another list is shown, that asks for this itself (a saved search) or for nothing."""
        self._base = query
        self._pause.stop()
        self.field.setText(query)
        self.say(())
        self.hide()

    def ask(self, query: str, label: str) -> None:
        """As if it had been typed."""
        self.open(label)
        self.field.setText(query)
        self.asked.emit(self.text, True)

    def clear(self) -> None:
        """Show the whole list again."""
        self.begin(self._base)
        self.asked.emit(self._base, True)
        self.left.emit()

    def say(self, said: Sequence[Said], way: Completion | None = None, *, is_typing: bool = False) -> None:
        """The plain sentences about what is asked, else a way to go on."""
        self._way, self._way_for = way, self.text
        words = " ".join(one.sentence for one in said)
        if way is not None and not words:
            words = tr("Tab: {label}").format(label=way.label) + (f" ({way.detail})" if way.detail else "")
        self.words.setText(words)
        # While one types, its line stays once it is there: the rows below would jump at every other letter.
        self.words.setVisible(bool(words) or (is_typing and not self.words.isHidden()))

    def _on_edited(self) -> None:
        self.asked.emit(self.text or self._base, False)
        self._pause.start()

    def _on_pause(self) -> None:
        self.asked.emit(self.text or self._base, True)

    def _on_keep_clicked(self) -> None:
        query = self.text
        if query:
            self._desk.ask_line(
                Line(
                    tr("Keep this search"),
                    tr("Name in the sidebar"),
                    query,
                    tr("Keep"),
                    lambda name: self._keep(name, query),
                )
            )

    def _keep(self, name: str, query: str) -> None:
        self._desk.tasks.run("keep a search", searches.keep, name, query)

    def _complete(self) -> bool:
        way, text = self._way, self.text
        if way is None or text != self._way_for:
            return False
        self.field.setText(text[: way.start] + way.insert + text[way.end :])
        self._on_edited()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Tab and self._complete():
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._desk.theme.colour("line"))
