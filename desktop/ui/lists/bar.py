"""The bar above a list: its name, its number, sort and density."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import button_for
from desktop.ui.theme import Lengths


class ListBar(QWidget):
    """Name of the list and its number, sort and density."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._label, self._count, self._number = "", 0, ""
        self.setFixedHeight(Lengths.BAR)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 1)
        layout.setSpacing(4)
        layout.addStretch()
        self.sort = button_for(desk.theme, desk.actions, "sort", parent=self)
        self.density = button_for(desk.theme, desk.actions, "density", parent=self)
        layout.addWidget(self.sort)
        layout.addWidget(self.density)
        desk.theme.changed.connect(self.update)

    def say(self, label: str, count: int, has_more: bool = False) -> None:
        """The list's name and how many it holds; ``has_more``: at least so many."""
        number = f"{count:,}" + ("+" if has_more else "")
        if (label, number) == (self._label, self._number):
            return
        self._label, self._count, self._number = label, count, number
        self.setAccessibleName(f"{label}, {count}" + ("+" if has_more else ""))
        self.sort.setVisible(count > 0)
        self.density.setVisible(count > 0)
        self.update()

    @property
    def count(self) -> int:
        """The number beside the name."""
        return self._count

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        font = theme.font("bar")
        metrics = QFontMetrics(font)
        room = self.width() - 16 - 12 - 76 - 60
        label = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, max(60, room))
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(16, 0, room + 40, self.height() - 1), middle, label)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("muted"))
        x = 16 + metrics.horizontalAdvance(label) + 8
        painter.drawText(QRect(x, 1, 120, self.height() - 1), middle, self._number)
