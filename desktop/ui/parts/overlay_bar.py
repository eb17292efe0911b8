"""A thin scroll bar over the content instead of beside it, so that panes keep their width.

The surprising fact: the area's own bar stays in charge, only hidden; this one mirrors it both ways.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar
from shiboken6 import isValid

from desktop.languages import tr
from desktop.ui.theme import Theme

WIDTH = 12
THUMB = 6
SHORTEST = 32


class OverlayBar(QScrollBar):
    """Stands at the right edge of ``area`` and takes care of itself; a quiet one shows under the pointer
    only.
    """

    def __init__(self, theme: Theme, area: QAbstractScrollArea, *, is_quiet: bool = False) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._theme = theme
        self._area = area
        self._is_quiet = is_quiet
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own = area.verticalScrollBar()
        own.rangeChanged.connect(self._on_range_changed)
        own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._on_moved)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Scroll"))
        area.installEventFilter(self)
        theme.changed.connect(self.update)
        self._on_range_changed(own.minimum(), own.maximum())

    def _on_moved(self, value: int) -> None:
        if isValid(self._area):
            self._area.verticalScrollBar().setValue(value)

    def _on_range_changed(self, low: int, high: int) -> None:
        # A dying area moves its own bar once more, after that has gone.
        if not (isValid(self) and isValid(self._area)):
            return
        # Asked for anew each time: a kept wrapper of it dies with another area's bar.
        own = self._area.verticalScrollBar()
        self.setRange(low, high)
        self.setPageStep(own.pageStep())
        self.setSingleStep(own.singleStep())
        self.setVisible(high > low)
        self._place()

    def _place(self) -> None:
        box = self._area.viewport().geometry()
        self.setGeometry(self._area.width() - WIDTH, box.top(), WIDTH, box.height())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._place()
        elif event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        span = self.maximum() - self.minimum()
        if span <= 0 or (self._is_quiet and not self._area.underMouse()):
            return
        room = self.height() - 16
        seen = self._area.viewport().height()
        length = max(SHORTEST, room * seen / (span + seen))
        top = 8 + (room - length) * (self.value() - self.minimum()) / span
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self._theme.colour("line_strong"))
        if not self._theme.is_contrast:
            ink.setAlphaF(0.6 if self.isSliderDown() or self.underMouse() else 0.38)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(self.width() - 3 - THUMB, top, THUMB, length), 3, 3)
