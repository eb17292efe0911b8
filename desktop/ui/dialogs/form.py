"""A form over the window: labelled fields in a column, Enter keeps, Esc leaves all as it is.

The surprising fact: it closes only when what it asked for has been done. A refusal is said below the fields,
and nothing that was typed is lost.
"""

import asyncio
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import tr
from desktop.store.changes import Changes
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.page import Ground
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme

GAP = 10


class ChoiceField(QComboBox):
    """One of several, with our own sign that it opens."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("choice")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ink = self._theme.colour("muted" if self.isEnabled() else "disabled")
        picture = icons.pixmap("chevron-down", ink, 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(self.width() - 26, (self.height() - 16) // 2), picture)


class FormOverlay(Overlay):
    """Add fields, then say in `act` what happens. ``is_ready`` decides whether the main button is enabled."""

    def __init__(
        self, desk: Desk, title: str, act: str, parent: QWidget, width: int = Lengths.DIALOG
    ) -> None:
        super().__init__(desk.theme, title, width, parent)
        self.desk = desk
        self._fields: list[QWidget] = []
        heading = QLabel(title, self.panel)
        heading.setFont(desk.theme.font("section"))
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.fields = QVBoxLayout()
        self.fields.setContentsMargins(3, 3, 12, 3)
        self.fields.setSpacing(GAP)
        self.fault = Words(desk.theme, "caption", 17, "danger")
        self.fault.hide()
        self.cancel = Button(desk.theme, tr("Cancel"), parent=self.panel)
        self.cancel.clicked.connect(self.dismiss)
        self.agree = Button(desk.theme, act, kind="main", key="Enter", parent=self.panel)
        self.agree.clicked.connect(self.submit)
        self._build(heading)

    def _build(self, heading: QLabel) -> None:
        inner = Ground(self.desk.theme, "raised")
        inner.setLayout(self.fields)
        self.area = QScrollArea(self.panel)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.area.setWidget(inner)
        OverlayBar(self.desk.theme, self.area)
        self._inner = inner
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch()
        self._row.addWidget(self.cancel)
        self._row.addWidget(self.agree)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(21, 18, 12, 16)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.fault)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 12, 0)
        foot.addLayout(self._row)
        layout.addLayout(foot)

    # ── fields ──────────────────────────────────────────────────────────────────────────────────────────

    def add_line(
        self,
        label: str,
        text: str = "",
        hint: str = "",
        *,
        is_own: bool = False,
        row: QHBoxLayout | None = None,
    ) -> QLineEdit:
        """A field of one line; ``is_own``: the person's own sentence, in serif."""
        field = QLineEdit(text, self._inner)
        field.setMinimumHeight(Lengths.FIELD)
        field.setPlaceholderText(hint)
        if is_own:
            field.setFont(self.desk.theme.font("own_field"))
        field.textChanged.connect(self._on_edited)
        self.add(label, field, row)
        return field

    def add_text(self, label: str, text: str = "", hint: str = "", height: int = 84) -> QPlainTextEdit:
        """A field of several lines; Tab leaves it, Ctrl+Enter keeps the form."""
        field = QPlainTextEdit(text, self._inner)
        field.setTabChangesFocus(True)
        field.setFixedHeight(height)
        field.setPlaceholderText(hint)
        field.textChanged.connect(self._on_edited)
        self.add(label, field)
        return field

    def add_choice(
        self, label: str, choices: list[tuple[str, Any]], chosen: Any, row: QHBoxLayout | None = None
    ) -> QComboBox:
        """One of several: (label, value)."""
        field = ChoiceField(self.desk.theme, self._inner)
        for words, value in choices:
            field.addItem(words, value)
        field.setCurrentIndex(max(0, next((at for at, one in enumerate(choices) if one[1] == chosen), 0)))
        field.setMinimumHeight(Lengths.FIELD)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(8)
        field.currentIndexChanged.connect(self._on_edited)
        self.add(label, field, row)
        return field

    def add_row(self) -> QHBoxLayout:
        """Fields side by side: give it to the adders."""
        row = QHBoxLayout()
        row.setSpacing(12)
        self.fields.addLayout(row)
        return row

    def add(self, label: str, field: QWidget, row: QHBoxLayout | None = None) -> None:
        """Any field under its label."""
        words = Words(self.desk.theme, "caption", 16, "muted")
        words.say(label)
        words.setFixedHeight(16)
        field.setAccessibleName(label)
        field.installEventFilter(self)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(words)
        column.addWidget(field)
        if row is None:
            self.fields.addLayout(column)
        else:
            row.addLayout(column, 1)
        self._fields.append(field)

    def first_focus(self) -> QWidget:
        return self._fields[0] if self._fields else self.agree

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def is_ready(self) -> bool:
        """Whether there is enough to go on."""
        return True

    def act(self) -> "asyncio.Task[Changes | None] | None":
        """Start what was asked for. None: something is amiss, and `complain` has said what."""
        raise NotImplementedError

    def after(self, changes: Changes) -> None:
        """What follows once it has been done and the form is closed."""

    def submit(self) -> None:
        """Do it, if it can be done."""
        if not self.is_ready() or not self.agree.isEnabled():
            return
        self.complain("")
        task = self.act()
        if task is not None:
            self.agree.setEnabled(False)
            self.desk.tasks.start(self._finish(task))

    async def _finish(self, task: "asyncio.Task[Changes | None]") -> None:
        changes = await task
        if changes is None and not self.desk.tasks.is_mute:
            self.refresh()
            return
        self.dismiss()
        self.after(changes or Changes())

    def complain(self, sentence: str) -> None:
        """Say what is amiss; empty: nothing is."""
        self.fault.say(sentence)
        self.fault.setVisible(bool(sentence))
        self.refit()

    def refresh(self) -> None:
        """Enable the main button as the fields have it."""
        self.agree.setEnabled(self.is_ready())

    def _on_edited(self) -> None:
        self.refresh()

    def show_over(self) -> None:
        self.refresh()
        super().show_over()

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        self._inner.setFixedWidth(width - 36)
        wanted = max(self.fields.heightForWidth(width - 36), self.fields.minimumSize().height())
        if not self.fields.hasHeightForWidth():
            wanted = self.fields.sizeHint().height()
        rest = (
            18
            + 16
            + 20
            + 8 * 3
            + Lengths.CONTROL
            + (self.fault.sizeHint().height() if self.fault.words() else 0)
        )
        height = min(wanted + rest + 6, self.height() - 32)
        return QRect(
            (self.width() - width) // 2, max(16, min(110, (self.height() - height) // 2)), width, height
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_enter and (is_held or not isinstance(watched, QPlainTextEdit)):
            self.submit()
            return True
        return super().eventFilter(watched, event)
