"""One line before "done": why it matters, in the person's own words. Enter without words skips it."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library import triage
from desktop.ui.desk import Desk
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.page import faint
from desktop.ui.theme import Lengths


class WhyPrompt(Overlay):
    """``answered`` after the sentence has been sent off; Esc leaves the page where it is."""

    answered = Signal()

    def __init__(self, desk: Desk, source_id: int, parent: QWidget) -> None:
        super().__init__(desk.theme, tr("Why it matters to me"), Lengths.DIALOG, parent)
        self._desk = desk
        self._source_id = source_id
        title = QLabel(tr("Why it matters to me"), self.panel)
        title.setFont(desk.theme.font("section"))
        self.field = QLineEdit(self.panel)
        self.field.setFont(desk.theme.font("own_field"))
        self.field.setMinimumHeight(40)
        self.field.setPlaceholderText(tr("One sentence of your own"))
        self.field.setAccessibleName(tr("Why it matters to me, one sentence"))
        self.field.returnPressed.connect(self._on_return_pressed)
        says = tr("Enter keeps it and moves the page to Archive. Leave it empty to skip.")
        hint = faint(desk.theme, says, self.panel)
        hint.setWordWrap(True)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(10)
        for widget in (title, self.field, hint):
            layout.addWidget(widget)

    def first_focus(self) -> QWidget:
        return self.field

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        return QRect(
            (self.width() - width) // 2, min(140, self.height() // 6), width, self.panel.sizeHint().height()
        )

    def _on_return_pressed(self) -> None:
        words = self.field.text().strip()
        if words:
            self._desk.tasks.run("say why", triage.set_why, self._source_id, words)
        self.dismiss()
        self.answered.emit()
