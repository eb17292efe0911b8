"""What an empty list shows: one icon, what is true, the next step, another way."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

TEXT_WIDTH = 520


class EmptyState(QWidget):
    """Centred in its pane; its buttons ask the desk for a view."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._says: Emptiness | None = None
        self._main = Button(desk.theme, "", icon="inbox", kind="main", parent=self)
        self._other = Button(desk.theme, "", icon="inbox", parent=self)
        self.setFocusProxy(self._main)
        self._main.clicked.connect(self._on_main_clicked)
        self._other.clicked.connect(self._on_other_clicked)
        self._row = QWidget(self)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(12)
        row.addStretch()
        row.addWidget(self._main)
        row.addWidget(self._other)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addStretch(1)
        layout.addSpacing(106)
        layout.addWidget(self._row)
        layout.addStretch(1)
        layout.addSpacing(56)
        desk.theme.changed.connect(self.update)

    def say(self, emptiness: Emptiness) -> None:
        """Say why there is nothing, and what comes next."""
        with_keys = self._desk.actions.with_keys
        emptiness = replace(emptiness, text=with_keys(emptiness.text), hint=with_keys(emptiness.hint))
        self._says = emptiness
        self.setAccessibleName(f"{emptiness.title}. {emptiness.text}")
        for button, step in ((self._main, emptiness.main), (self._other, emptiness.other)):
            button.setVisible(step is not None)
            if step is not None:
                button.set_label(step[0])
                button.set_icon(step[2])
        self.update()

    @property
    def last(self) -> QWidget:
        """The last that Tab reaches inside."""
        return self._other

    @property
    def title(self) -> str:
        """What it says, in one line."""
        return self._says.title if self._says else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, says = self._desk.theme, self._says
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        if says is None:
            return
        middle, base = self.width() // 2, self._row.y()
        width = min(TEXT_WIDTH, self.width() - 32)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(theme.font("body", px=14))
        text_box = painter.boundingRect(QRect(middle - width // 2, 0, width, 400), centre, says.text)
        top = base - 22 - text_box.height()
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(middle - width // 2, top, width, text_box.height() + 4), centre, says.text)
        painter.setFont(theme.font("view"))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(middle - width // 2, top - 36, width, 32), centre, says.title)
        side, ratio = Lengths.ICON_EMPTY, self.devicePixelRatioF()
        picture = icons.pixmap(says.icon, theme.colour("muted"), side, ratio)
        painter.drawPixmap(QPoint(middle - side // 2, top - 36 - 16 - side), picture)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("muted"))
        below = base + self._row.height() + 20
        painter.drawText(QRect(middle - width // 2, below, width, 20), centre, says.hint)

    def _on_main_clicked(self) -> None:
        if self._says is not None:
            self._desk.ask_view(self._says.main[1])

    def _on_other_clicked(self) -> None:
        if self._says is not None and self._says.other is not None:
            self._desk.ask_view(self._says.other[1])
