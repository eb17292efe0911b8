"""Find in the page: a row above the text with a field, "3 of 12" and two arrows.

Surprising: hits are marked by extra selections over the document, never in it, and those of others must
survive. So this file only says which places are hits; the reader puts all marks together.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from desktop.languages import tr, writing
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import faint
from desktop.ui.theme import Theme

MOST = 2000


def places(document: QTextDocument, wanted: str, most: int = MOST) -> list[tuple[int, int]]:
    """Start and end (UTF-16) of each place that has these words, in order, at most ``most``."""
    if not wanted.strip():
        return []
    found: list[tuple[int, int]] = []
    cursor = QTextCursor(document)
    while len(found) < most:
        cursor = document.find(wanted, cursor)
        if cursor.isNull():
            break
        found.append((cursor.selectionStart(), cursor.selectionEnd()))
    return found


def marks(
    theme: Theme, document: QTextDocument, hits: list[tuple[int, int]], at: int
) -> list[QTextEdit.ExtraSelection]:
    """Extra selections for the hits; the one at index ``at`` stands out."""
    made = []
    for number, (start, end) in enumerate(hits):
        one = QTextEdit.ExtraSelection()
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        form = one.format
        is_here = number == at
        form.setBackground(theme.colour("text_selection" if is_here else "accent_soft"))
        form.setForeground(theme.colour("on_text_selection" if is_here else "on_accent_soft"))
        one.cursor, one.format = cursor, form
        made.append(one)
    return made


class FindBar(QWidget):
    """The row. It says what is wanted; the reader looks and tells it how many there are."""

    wanted = Signal(str)
    stepped = Signal(int)
    """1: the next hit, -1: the one before."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find in this page"))
        self.field.setAccessibleName(tr("Find in this page"))
        self.field.setClearButtonEnabled(False)
        self.field.setFixedWidth(260)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.wanted)
        self.count = faint(theme)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.before = Button(theme, tr("Previous (Shift Enter)"), icon="chevron-up", kind="icon")
        self.after = Button(theme, tr("Next (Enter)"), icon="chevron-down", kind="icon")
        self.close_button = Button(theme, tr("Close (Esc)"), icon="x", kind="icon")
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 7)
        row.setSpacing(6)
        row.addWidget(self.field)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.before, self.after, self.close_button):
            row.addWidget(button)
        self.setAutoFillBackground(True)
        self.show_count(0, 0)

    def open(self, words: str = "") -> None:
        """Show the row and write in it; ``words`` are what is selected in the text."""
        self.show()
        if words and "\n" not in words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_count(self, at: int, of: int) -> None:
        """Say which hit is shown, counted from 1."""
        if not self.field.text().strip():
            text = ""
        elif not of:
            text = tr("not in this page")
        else:
            text = tr("{at} of {total}").format(
                at=writing.number(at), total=writing.number(of) + ("+" if of >= MOST else "")
            )
        self.count.setText(text)
        self.before.setEnabled(of > 1)
        self.after.setEnabled(of > 1)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter, Shift+Enter and Escape inside the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.stepped.emit(-1 if is_back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))

    def _on_before(self) -> None:
        self.stepped.emit(-1)

    def _on_after(self) -> None:
        self.stepped.emit(1)
