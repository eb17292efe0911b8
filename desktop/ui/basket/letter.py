"""The pack's name and covering note, above the list: kept as they are written.

Surprising: what comes from the library is shown only while nobody writes here; else a letter typed during the
reading would be lost.
"""

import asyncio
import uuid
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library import basket_draft
from desktop.library.sense_values import PackDraft
from desktop.ui.desk import Desk

PAUSE: Final = 500
"""Milliseconds after the last letter."""
LOW, HIGH = 36, 78


class Letter(QWidget):
    """Two fields."""

    left = Signal()
    """Esc: the focus goes back to the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sitting = ""
        self._known = PackDraft()
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("What the pack is called"))
        self.title.setPlaceholderText(tr("What the pack is called"))
        self.title.setMinimumHeight(34)
        self.message = QPlainTextEdit()
        self.message.setAccessibleName(tr("Covering note"))
        self.message.setPlaceholderText(tr("A covering note: why you send this, and what to read first"))
        self.message.setTabChangesFocus(True)
        self.message.setFixedHeight(HIGH)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.message)
        for field in (self.title, self.message):
            field.installEventFilter(self)
        self.title.textEdited.connect(self._on_edited)
        self.message.textChanged.connect(self._on_edited)
        desk.tasks.draining.connect(self.keep)
        desk.theme.changed.connect(self._restyle)
        self._restyle()

    def show_draft(self, draft: PackDraft) -> None:
        """Show what is written so far, unless somebody is writing."""
        if self._timer.isActive():
            return
        self._known = draft
        if self.title.text().strip() != draft.title:
            self.title.setText(draft.title)
        if self.message.toPlainText().strip() != draft.message:
            self.message.blockSignals(True)
            self.message.setPlainText(draft.message)
            self.message.blockSignals(False)

    def keep(self) -> "asyncio.Task[Any] | None":
        """Keep what is written; None when nothing is new."""
        self._timer.stop()
        title, message = self.title.text(), self.message.toPlainText()
        is_new = " ".join(title.split()) != self._known.title or message.strip() != self._known.message
        if not is_new or not self._desk.can_write:
            return None
        self._known = PackDraft(" ".join(title.split()), message.strip())
        return self._desk.tasks.run(
            "write the covering note", basket_draft.write, title=title, message=message, sitting=self._sitting
        )

    def _on_edited(self) -> None:
        self._timer.start()

    def _restyle(self) -> None:
        self.title.setFont(self._desk.theme.font("strong"))
        self.message.setFont(self._desk.theme.font("own_row"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._sitting = self._sitting or uuid.uuid4().hex
        elif event.type() == QEvent.Type.FocusOut:
            self.keep()
            self._sitting = ""
        return super().eventFilter(watched, event)
