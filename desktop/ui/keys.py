"""The ``?`` sheet: every key that works, written from the registry, so that it is never wrong."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.ui.actions import Act, key_text
from desktop.ui.buttons import paint_key
from desktop.ui.desk import Desk
from desktop.ui.overlay import Overlay
from desktop.ui.overlay_bar import OverlayBar

LINE = 28
HEADING = 36
COLUMN = 320


class KeysSheet(Overlay):
    """Opens over the window; any of Esc, ``?`` or a click outside closes it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, "Keys", 2 * COLUMN + 72, parent)
        self._desk = desk
        self.table = KeyTable(desk)
        area = QScrollArea(self.panel)
        area.setWidget(self.table)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName("Keys")
        area.viewport().setAutoFillBackground(False)
        self.table.setAutoFillBackground(False)
        self.bar = OverlayBar(desk.theme, area)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 8, 1, 8)
        layout.addWidget(area)

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        self.table.set_columns(2 if width >= 2 * COLUMN + 48 else 1)
        height = min(self.table.sizeHint().height() + 18, self.height() - 48)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)


class KeyTable(QWidget):
    """Groups of keys in one or two columns."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self._columns = 2
        self.groups: dict[str, list[Act]] = {}
        for act in desk.actions:
            if act.keys and act.is_shown:
                self.groups.setdefault(act.group, []).append(act)
        said = [
            f"{act.label}: {' or '.join(map(key_text, (*act.keys, *act.also)))}"
            for acts in self.groups.values()
            for act in acts
        ]
        self.setAccessibleName("Keys")
        self.setAccessibleDescription(". ".join(said))

    def set_columns(self, columns: int) -> None:
        """Stand in one or two columns."""
        self._columns = columns
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        heights = [0] * self._columns
        for acts in self.groups.values():
            place = heights.index(min(heights))
            heights[place] += HEADING + LINE * len(acts)
        return QSize(self._columns * COLUMN, max(heights, default=0) + 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heights = [8] * self._columns
        width = (self.width() - 48) // self._columns - (24 if self._columns > 1 else 0)
        for group, acts in self.groups.items():
            place = heights.index(min(heights))
            left = 24 + place * (width + 48)
            top = heights[place]
            painter.setFont(self._theme.font("section"))
            painter.setPen(self._theme.colour("text"))
            heading = QRect(left, top, width, HEADING - 4)
            painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, group)
            for number, act in enumerate(acts):
                self._paint_act(painter, QRect(left, top + HEADING + number * LINE, width, LINE), act)
            heights[place] += HEADING + LINE * len(acts)

    def _paint_act(self, painter: QPainter, box: QRect, act: Act) -> None:
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, act.label)
        x = box.right()
        metrics = QFontMetrics(self._theme.font("caption", 500))
        for key in reversed((*act.keys, *act.also)[:3]):
            words = key_text(key)
            x -= metrics.horizontalAdvance(words) + 10
            paint_key(painter, self._theme, QPoint(x, box.center().y()), words)
            x -= 6
