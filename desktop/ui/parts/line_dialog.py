"""One line asked for over the window: a name, a tag to merge into. Enter answers, Esc leaves all as it is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.theme import Lengths, Theme


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked. ``run`` gets the line, without blanks around it."""

    title: str
    label: str
    text: str
    act: str
    run: Callable[[str], None]
    choices: tuple[str, ...] = ()
    """Offered while typing."""
    is_empty_allowed: bool = False


class LineDialog(Overlay):
    """Asks for a `Line`."""

    def __init__(self, theme: Theme, line: Line, parent: QWidget) -> None:
        super().__init__(theme, line.title, Lengths.DIALOG, parent)
        self._line = line
        title = QLabel(line.title, self.panel)
        title.setFont(theme.font("section"))
        title.setTextFormat(Qt.TextFormat.PlainText)
        label = QLabel(line.label, self.panel)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.font("caption"))
        label.setWordWrap(True)
        self.field = QLineEdit(line.text, self.panel)
        self.field.setAccessibleName(f"{line.title}: {line.label}")
        self.field.setMinimumHeight(36)
        self.field.selectAll()
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        if line.choices:
            self._offer(line.choices)
        self.cancel = Button(theme, tr("Cancel"), parent=self.panel)
        self.cancel.clicked.connect(self.dismiss)
        self.agree = Button(theme, line.act, kind="main", key="Enter", parent=self.panel)
        self.agree.clicked.connect(self._on_agreed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.agree)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(10)
        for widget in (title, label, self.field):
            layout.addWidget(widget)
        layout.addLayout(row)
        self._on_text_changed()

    def _offer(self, choices: tuple[str, ...]) -> None:
        completer = QCompleter(list(choices), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("completions")
        self.field.setCompleter(completer)

    def first_focus(self) -> QWidget:
        return self.field

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        return QRect((self.width() - width) // 2, min(140, self.height() // 6), width, self.height_for(width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_agreed()
            return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self) -> None:
        self.agree.setEnabled(self._line.is_empty_allowed or bool(self.field.text().strip()))

    def _on_agreed(self) -> None:
        if self.agree.isEnabled():
            text = self.field.text().strip()
            self.dismiss()
            self._line.run(text)
