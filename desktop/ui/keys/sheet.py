"""The ``?`` sheet: every key that works, written from the registry and the views' own keys, never by hand."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui.actions import Actions, key_text
from desktop.ui.desk import Desk
from desktop.ui.keys import views as view_keys
from desktop.ui.keys.editor import paint_keys, width_of
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.overlay_bar import OverlayBar

LINE = 28
HEADING = 44
COLUMN = 320
MOST = 3
"""Keys that are shown of one act."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is done, and the keys that do it."""

    label: str
    keys: tuple[str, ...]


class KeysSheet(Overlay):
    """Opens over the window; any of Esc, ``?`` or a click outside closes it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, tr("Keys"), 2 * COLUMN + 72, parent)
        self._desk = desk
        self.table = KeyTable(desk)
        area = QScrollArea(self.panel)
        area.setWidget(self.table)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(tr("Keys"))
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
        self.groups: dict[str, list[Line]] = {}
        self._actions = desk.actions
        self.setAccessibleName(tr("Keys"))
        desk.actions.keys_changed.connect(self._read)
        self._read()

    def _read(self) -> None:
        self.groups = lines(self._actions)
        said = [
            tr("{act}: {keys}").format(act=line.label, keys=tr(" or ").join(map(key_text, line.keys)))
            for found in self.groups.values()
            for line in found
        ]
        self.setAccessibleDescription(". ".join(said))
        self.updateGeometry()
        self.update()

    def set_columns(self, columns: int) -> None:
        """Stand in one or two columns."""
        self._columns = columns
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        heights = [0] * self._columns
        for found in self.groups.values():
            place = heights.index(min(heights))
            heights[place] += HEADING + LINE * len(found)
        return QSize(self._columns * COLUMN, max(heights, default=0) + 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heights = [0] * self._columns
        width = (self.width() - 48) // self._columns - (24 if self._columns > 1 else 0)
        for group, found in self.groups.items():
            place = heights.index(min(heights))
            left = 24 + place * (width + 48)
            top = heights[place]
            painter.setFont(self._theme.font("section"))
            painter.setPen(self._theme.colour("text"))
            heading = QRect(left, top + 10, width, HEADING - 12)
            painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, group)
            for number, line in enumerate(found):
                self._paint_line(painter, QRect(left, top + HEADING + number * LINE, width, LINE), line)
            heights[place] += HEADING + LINE * len(found)

    def _paint_line(self, painter: QPainter, box: QRect, line: Line) -> None:
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text"))
        keys = line.keys[:MOST]
        room = box.width() - width_of(self._theme, keys) - 6
        label = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label)
        paint_keys(painter, self._theme, box, keys)


def lines(actions: Actions) -> dict[str, list[Line]]:
    """What the sheet says, heading by heading: acts that have a key, then the views' own keys."""
    groups: dict[str, list[Line]] = {}
    for act in actions:
        if act.keys or act.also:
            groups.setdefault(tr(act.group), []).append(Line(act.label, (*act.keys, *act.also)))
    for heading, found in view_keys.VIEWS:
        for one in found:
            groups.setdefault(tr(heading), []).append(Line(tr(one.label), view_keys.shown(one.keys, actions)))
    return groups
