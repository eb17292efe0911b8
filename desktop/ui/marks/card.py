"""The card of a highlight: its colour, the person's comment in Markdown, its tags, its link; keep or remove.

Surprising: it says only what changed when it is kept, so opening and closing it is no act, and one change is
one undo.
"""

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import tr
from desktop.library.sense_values import Annotation, Colour
from desktop.ui import icons
from desktop.ui.marks.selection_bar import Dot
from desktop.ui.marks.words import COLOURS, tags_of, whose
from desktop.ui.parts.buttons import Button
from desktop.ui.theme import Lengths, Theme

_LINES = (2, 9)
_SIGN = 20
"""Room for the sign in front of a one-line field."""
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Edits:
    """What the person changed on the card; None: not touched."""

    annotation_id: int
    colour: Colour | None = None
    comment: str | None = None
    tags: tuple[str, ...] | None = None
    link: str | None = None

    def __bool__(self) -> bool:
        said = (self.colour, self.comment, self.tags, self.link)
        return any(value is not None for value in said)


class MarkCard(QWidget):
    """Stands beside the text where there is room, else below the passage; the reader places it."""

    kept = Signal(object)
    """`Edits`, maybe empty: the card is to close."""
    left = Signal()
    """Escape: nothing is to change."""
    removed = Signal(int)
    copied = Signal(int)
    answered = Signal(int)
    """It is somebody else's: an answer to it is wanted."""
    tied = Signal(int)
    """It is evidence for a goal: which?"""
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.annotation: Annotation | None = None
        self.setAccessibleName(tr("This highlight"))
        self.dots = [Dot(theme, colour, side=22) for colour in COLOURS]
        self.hint = QLabel("Ctrl ↵")
        self.comment = QPlainTextEdit()
        self.comment.setAccessibleName(tr("Comment on this highlight, in Markdown"))
        self.comment.setPlaceholderText(tr("What I make of it"))
        self.comment.setTabChangesFocus(True)
        self.comment.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.comment.setObjectName("bare")
        self.tags = _field(tr("Tags of this highlight, parted by commas"), tr("Tags, parted by commas"))
        self.link = _field(tr("Link of this highlight"), tr("Link"))
        self.remove = Button(theme, tr("Remove the highlight"), icon="trash-2", kind="icon", is_small=True)
        self.copy = Button(
            theme, tr("Copy as quotation with source"), icon="copy", kind="icon", is_small=True
        )
        self.tie = Button(theme, tr("Evidence for a goal …"), icon="target", kind="icon", is_small=True)
        self.keep_button = Button(theme, tr("Keep"), kind="main", is_small=True)
        self._completer = QCompleter(self)
        self._build()
        self._connect()
        self._restyle()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 9)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(0)
        for dot in self.dots:
            head.addWidget(dot)
        head.addStretch(1)
        head.addWidget(self.hint)
        column.addLayout(head)
        column.addWidget(self.comment)
        for field in (self.tags, self.link):
            row = QHBoxLayout()
            row.setContentsMargins(_SIGN, 2, 0, 2)
            row.addWidget(field)
            column.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.remove)
        foot.addWidget(self.copy)
        foot.addWidget(self.tie)
        foot.addStretch(1)
        foot.addWidget(self.keep_button)
        column.addLayout(foot)

    def _connect(self) -> None:
        for widget in (self.comment, self.tags, self.link):
            widget.installEventFilter(self)
        for dot in self.dots:
            dot.clicked.connect(self._on_dot_clicked)
        self.comment.textChanged.connect(self._fit)
        self.keep_button.clicked.connect(self.agree)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.tie.clicked.connect(self._on_tie_clicked)
        self._theme.changed.connect(self._restyle)

    def show_annotation(self, annotation: Annotation, field: str, vocabulary: list[str]) -> None:
        """Fill the card; ``field`` (comment, tags or link) gets the focus once it is shown."""
        self.annotation = annotation
        self._choose(annotation.colour)
        is_own = not annotation.creator
        self.comment.setReadOnly(not is_own)
        self.keep_button.set_label(tr("Keep") if is_own else tr("Answer"))
        self.hint.setText("Ctrl ↵" if is_own else whose(annotation.creator))
        self.comment.setPlainText(annotation.comment)
        self.tags.setText(", ".join(annotation.tags))
        self.link.setText(annotation.link)
        self._complete_from(vocabulary)
        self._fit()
        self.show()
        self.raise_()
        wanted = {"tags": self.tags, "link": self.link}.get(field, self.comment)
        self.comment.moveCursor(self.comment.textCursor().MoveOperation.End)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def edits(self) -> Edits:
        """What differs from the highlight as it was when the card was opened."""
        was = self.annotation
        if was is None:
            return Edits(0)
        comment = self.comment.toPlainText().strip()[:LONGEST]
        tags, link = tags_of(self.tags.text()), self.link.text().strip()
        colour = next((dot.colour for dot in self.dots if dot.isChecked()), was.colour)
        return Edits(
            was.id,
            colour if colour is not was.colour else None,
            comment if comment != was.comment and not was.creator else None,
            tags if tags != was.tags else None,
            link if link != was.link else None,
        )

    def keep(self) -> None:
        """Say what changed and close."""
        edits = self.edits()
        self.annotation = None
        self.kept.emit(edits)

    def agree(self) -> None:
        """The main button: keep one's own, answer somebody else's."""
        annotation = self.annotation
        self.keep()
        if annotation is not None and annotation.creator:
            self.answered.emit(annotation.id)

    def leave(self) -> None:
        """Close; nothing changed."""
        self.annotation = None
        self.left.emit()

    @property
    def is_open(self) -> bool:
        """True while a highlight is on the card."""
        return self.annotation is not None

    def height_at(self, width: int) -> int:
        """As high as its lines are at this width."""
        self._fit_to(width)
        layout = self.layout()
        return layout.sizeHint().height() if layout is not None else 0

    def _choose(self, colour: Colour) -> None:
        for dot in self.dots:
            dot.setChecked(dot.colour is colour)

    def _complete_from(self, vocabulary: list[str]) -> None:
        self._completer = _TagCompleter(vocabulary, self)
        popup = QListView()
        popup.setObjectName("completions")
        popup.setAccessibleName(tr("My tags"))
        self._completer.setPopup(popup)
        self.tags.setCompleter(self._completer)

    def _fit(self) -> None:
        self._fit_to(self.width())
        if self.isVisible():
            self.resized.emit()

    def _fit_to(self, width: int) -> None:
        metrics = self.comment.fontMetrics()
        room = QRect(0, 0, max(60, width - 28), 100_000)
        words = self.comment.toPlainText() or "x"
        text = words + ("x" if words.endswith("\n") else "")
        lines = -(
            -metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() // metrics.lineSpacing()
        )
        wanted = max(_LINES[0], min(lines, _LINES[1])) * metrics.lineSpacing() + 10
        if self.comment.height() != wanted:
            self.comment.setFixedHeight(wanted)

    def _restyle(self) -> None:
        self.comment.setFont(self._theme.font("own_row"))
        for field in (self.tags, self.link):
            field.setFont(self._theme.font("caption"))
        self.hint.setFont(self._theme.font("caption"))
        self.hint.setStyleSheet(f"color: {self._theme.css('muted')}")
        self.update()

    def _on_dot_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Dot):
            self._choose(sender.colour)

    def _on_remove_clicked(self) -> None:
        if self.annotation is not None:
            self.removed.emit(self.annotation.id)

    def _on_copy_clicked(self) -> None:
        if self.annotation is not None:
            self.copied.emit(self.annotation.id)

    def _on_tie_clicked(self) -> None:
        if self.annotation is not None:
            self.tied.emit(self.annotation.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter keeps from every field, Enter from the one-line ones, Escape leaves."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_enter and (has_control or watched is not self.comment):
                self.agree()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        event.accept()  # nothing that is typed here is a command of the reader

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.setBrush(self._theme.colour("raised"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)
        for field, sign in ((self.tags, "hash"), (self.link, "link")):
            ink = self._theme.colour("accent" if field.hasFocus() else "muted")
            at = QPoint(10, field.geometry().center().y() - 6)
            painter.drawPixmap(at, icons.pixmap(sign, ink, 14, self.devicePixelRatioF()))
            line = self._theme.colour("focus" if field.hasFocus() else "line")
            below = field.geometry().bottom() + 3
            painter.fillRect(10, below, self.width() - 20, 2 if field.hasFocus() else 1, line)


class _TagCompleter(QCompleter):
    """Completes the last tag of a line of tags."""

    def __init__(self, names: list[str], parent: QObject) -> None:
        super().__init__(names, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(8)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole line with its last tag completed."""
        field = self.widget()
        before = field.text() if isinstance(field, QLineEdit) else ""
        done = before.rpartition(",")[0]
        name = super().pathFromIndex(index)
        return f"{done}, {name}" if done else name

    def splitPath(self, path: str) -> list[str]:
        """What the last tag begins with."""
        return [path.rpartition(",")[2].strip().lstrip("#")]


def _field(name: str, hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName("bare")
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setMaxLength(2000)
    return field
