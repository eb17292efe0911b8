"""The line of eight steps above the weekly review: which are done, where one stands, what is to come.

The surprising fact: each step is a button, so that one can go back to any of them; what is under way fills
its part of the line as far as its things are done.
"""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from desktop.languages import mark, tr
from desktop.learning import review
from desktop.ui import icons
from desktop.ui.theme import Theme

SHORT: Final = {
    "inbox": mark("Inbox to zero"),
    "highlights": mark("Highlights without a sentence"),
    "goals": mark("Goals that stood still"),
    "tries": mark("Tries due"),
    "tool": mark("One tool"),
    "questions": mark("Open questions"),
    "share": mark("Worth sharing"),
    "closing": mark("Closing sentence"),
}
"""Names that fit the line; shown through ``tr``."""
HEIGHT: Final = 46
NARROW: Final = 84
"""Pixels below which a step has no room for its name."""


class StepButton(QAbstractButton):
    """One step. ``state`` is ``done``, ``skipped``, ``now`` or empty; ``part`` is how much of it is done."""

    def __init__(self, theme: Theme, step: str, number: int) -> None:
        super().__init__()
        self._theme, self.step, self._number = theme, step, number
        self.state, self.part = "", 0.0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say("", 0.0)
        theme.changed.connect(self.update)

    def say(self, state: str, part: float) -> None:
        """Show this state."""
        self.state, self.part = state, part
        self.setText(tr(SHORT[self.step]))
        said = {"done": tr("done"), "skipped": tr("skipped"), "now": tr("now")}.get(state, tr("to come"))
        name = tr("Step {n} of {all}: {name}, {state}").format(
            n=self._number, all=len(review.STEPS), name=tr(review.NAMES[self.step]), state=said
        )
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(118, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = self._theme.colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        line = QRectF(0, 6, self.width(), 4)
        painter.setBrush(colour("track"))
        painter.drawRoundedRect(line, 2, 2)
        filled = 1.0 if self.state in ("done", "skipped") else self.part if self.state == "now" else 0.0
        if filled:
            painter.setBrush(colour("line_strong" if self.state == "skipped" else "accent"))
            painter.drawRoundedRect(QRectF(0, 6, max(4.0, self.width() * filled), 4), 2, 2)
        if self.width() >= NARROW:
            self._paint_name(painter)
        elif self.state == "now":
            painter.setBrush(colour("accent"))
            painter.drawEllipse(QRectF(self.width() / 2 - 3, 16, 6, 6))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_name(self, painter: QPainter) -> None:
        theme, left = self._theme, 0
        is_now = self.state == "now"
        ink = theme.colour("text" if is_now else "muted")
        if self.state in ("done", "skipped"):
            sign = icons.pixmap(
                "check" if self.state == "done" else "skip-forward", ink, 12, self.devicePixelRatioF()
            )
            painter.drawPixmap(0, 18, sign)
            left = 16
        painter.setFont(theme.font("caption", 600 if is_now else 400))
        painter.setPen(ink)
        box = QRect(left, 16, self.width() - left, HEIGHT - 16)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        text = self.text()
        if not is_now:
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            metrics = QFontMetrics(painter.font())
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, flags, text)


class Progress(QWidget):
    """All steps side by side. ``picked`` says the name of the one that was chosen."""

    picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Steps of the review"))
        self.setFixedHeight(HEIGHT + 22)
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 14, 40, 8)
        row.setSpacing(6)
        self.steps = [StepButton(theme, step, number) for number, step in enumerate(review.STEPS, 1)]
        for button in self.steps:
            row.addWidget(button, 1)
            button.clicked.connect(self._on_clicked)

    def say(self, now: str, part: float, outcomes: dict[str, str]) -> None:
        """Where one stands, how far in it, and what became of the others."""
        for button in self.steps:
            is_now = button.step == now
            button.say("now" if is_now else outcomes.get(button.step, ""), part if is_now else 0.0)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, StepButton):
            self.picked.emit(sender.step)
