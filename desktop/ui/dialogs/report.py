"""One dialog for a fault of ours: what happened in plain words, and a report to copy. It holds no page
content.
"""

import platform
from typing import Final

from PySide6.QtCore import QRect, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import NAME, VERSION
from desktop.languages import mark, tr
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.theme import Lengths

SAYS: Final = mark(
    "Something went wrong inside Kithbook. Your pages are safe: what had been saved before is still there. "
    "The report below says what happened; it holds no text of your pages."
)


def report_text(trace: str) -> str:
    """The report: versions and the trace."""
    system = (
        f"{NAME} {VERSION} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
    )
    return f"{system}\n\n{trace}"


class ReportDialog(Overlay):
    """Shown once; a second fault while it is open is only logged."""

    def __init__(self, desk: Desk, trace: str, parent: QWidget) -> None:
        super().__init__(desk.theme, tr("Something went wrong"), Lengths.DIALOG, parent)
        self._text = report_text(trace)
        title = QLabel(tr("Something went wrong"), self.panel)
        title.setFont(desk.theme.font("bar"))
        words = QLabel(tr(SAYS), self.panel)
        words.setWordWrap(True)
        box = QPlainTextEdit(self._text, self.panel)
        box.setReadOnly(True)
        box.setAccessibleName(tr("Report"))
        box.setFixedHeight(160)
        box.setTabChangesFocus(True)
        self.copy_button = Button(desk.theme, tr("Copy report"), icon="copy", kind="main", parent=self.panel)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        close = Button(desk.theme, tr("Close"), parent=self.panel)
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.addStretch()
        row.setSpacing(8)
        row.addWidget(close)
        row.addWidget(self.copy_button)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addWidget(box)
        layout.addLayout(row)

    def first_focus(self) -> QWidget:
        return self.copy_button

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = min(self.height_for(width), self.height() - 32)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copy_button.set_label(tr("Copied"))
        self.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)
