"""The one question that is asked before an act: when it cannot be undone."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay

WIDTH = 440


class Confirm(Overlay):
    """``agreed`` when the person says so; the focus starts on Cancel."""

    agreed = Signal()

    def __init__(
        self, desk: Desk, title: str, text: str, act: str, parent: QWidget, kind: str = "danger"
    ) -> None:
        super().__init__(desk.theme, title, WIDTH, parent)
        heading = QLabel(title, self.panel)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(desk.theme.font("section"))
        self.words = words = QLabel(text, self.panel)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.cancel = Button(desk.theme, tr("Cancel"), parent=self.panel)
        self.cancel.clicked.connect(self.dismiss)
        self.agree = Button(desk.theme, act, kind=kind, parent=self.panel)
        self.agree.clicked.connect(self._on_agree_clicked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.agree)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(words)
        layout.addLayout(row)

    def first_focus(self) -> QWidget:
        return self.cancel

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = self.height_for(width)
        return QRect((self.width() - width) // 2, max(16, (self.height() - height) // 3), width, height)

    def _on_agree_clicked(self) -> None:
        self.dismiss()
        self.agreed.emit()
