"""The person's own sentence on a page: shown on its own ground with the ink rule, and edited where it stands.

Surprising: the rule at the left belongs to the person's own words alone; nothing else may use it.
"""

from html import escape

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.parts.buttons import Button
from desktop.ui.theme import Lengths, Theme

RULE = 3
_PAD = 14
LONGEST = 20_000


class Words(QLabel):
    """Plain text in one step of the type scale, with lines as high as the look wants them."""

    def __init__(self, theme: Theme, step: str, line: int, ink: str = "text", weight: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._step, self._line, self._ink, self._weight = step, line, ink, weight
        self._words = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._restyle)

    def say(self, words: str) -> None:
        """Show these words; markup in them is shown as it stands."""
        self._words = words
        self.setAccessibleName(words)
        self._restyle()

    def set_ink(self, role: str) -> None:
        """Show them in another of the theme's colours."""
        self._ink = role
        self._restyle()

    def words(self) -> str:
        """What is shown."""
        return self._words

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._step, self._weight))
        lines = escape(self._words).replace("\n", "<br>")
        colour = self._theme.css(self._ink)
        self.setText(f"<p style='line-height:{self._line}px;margin:0;color:{colour}'>{lines}</p>")


class WordsCard(QWidget):
    """Shows a sentence under a label. A click or Enter edits it, Ctrl+Enter keeps, Escape leaves it."""

    kept = Signal(str)
    """The new sentence."""
    resized = Signal()
    """The card wants another height."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None, hint: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self._label_text, self._words = label, ""
        self._hint = hint
        """Shown while there are no words."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.label = Words(theme, "caption", 18, "muted")
        self.label.say(label)
        self.shown = Words(theme, "own_card", 23)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(label)
        self.editor.setTabChangesFocus(True)
        self.editor.setPlaceholderText(hint or tr("One sentence of your own"))
        self.editor.setFont(theme.font("own_field"))
        self.editor.setFixedHeight(88)
        self.editor.installEventFilter(self)
        self._keep = Button(theme, tr("Keep"), kind="main", key="Ctrl+Enter", is_small=True)
        self._leave = Button(theme, tr("Cancel"), kind="quiet", key="Esc", is_small=True)
        self._keep.clicked.connect(self.keep)
        self._leave.clicked.connect(self.leave)
        self._build()
        self._show_editor(False)
        theme.changed.connect(self._on_theme_changed)

    def _build(self) -> None:
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 4, 0, 0)
        row.addStretch(1)
        row.addWidget(self._leave)
        row.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(RULE + _PAD, 9, _PAD, 9)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 0, 0)
        head.addWidget(self.label)
        column.addLayout(head)
        for widget in (self.shown, self.editor, self._buttons):
            column.addWidget(widget)

    @property
    def is_editing(self) -> bool:
        """True while the sentence is being written."""
        return not self.editor.isHidden()

    def show_words(self, words: str) -> None:
        """Show this sentence; what is being written is not touched."""
        self._words = words
        self.shown.set_ink("text" if words else "muted")
        self.shown.say(words or self._hint)
        self.setAccessibleName(f"{self._label_text}: {words or self._hint}".removesuffix(": "))
        self.setAccessibleDescription(tr("Press Enter to change it"))

    def edit(self) -> None:
        """Write the sentence here."""
        if self.is_editing:
            return
        self.editor.setPlainText(self._words)
        self._show_editor(True)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Say the new sentence and show it."""
        words = self.editor.toPlainText().strip()[:LONGEST]
        is_new = words != self._words
        self.show_words(words)
        self._show_editor(False)
        if is_new:
            self.kept.emit(words)

    def leave(self) -> None:
        """Show the sentence as it was."""
        self._show_editor(False)

    def _show_editor(self, is_shown: bool) -> None:
        had_focus = self.editor.hasFocus()
        self.editor.setVisible(is_shown)
        self._buttons.setVisible(is_shown)
        self.shown.setVisible(not is_shown)
        if had_focus and not is_shown:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()
        self.resized.emit()

    def _on_theme_changed(self) -> None:
        self.editor.setFont(self._theme.font("own_field"))
        self.update()

    # Events

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Ctrl+Enter and Escape inside the editor."""
        if watched is self.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.edit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not self.is_editing:
            self.edit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("own_words"))
        painter.drawRoundedRect(box, Lengths.RADIUS, Lengths.RADIUS)
        painter.drawRect(QRectF(0, 0, Lengths.RADIUS, box.height()))
        painter.fillRect(QRectF(0, 0, RULE, box.height()), colour("own_words_rule"))
        at = QPoint(RULE + _PAD, self.label.y() + (self.label.height() - 14) // 2)
        painter.drawPixmap(at, icons.pixmap("pen-line", colour("muted"), 14, self.devicePixelRatioF()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("focus"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Lengths.RADIUS, Lengths.RADIUS)
