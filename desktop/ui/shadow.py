"""The soft shadow of things that float, painted by hand: a graphics effect would repaint its whole widget
slowly.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.theme import Lengths, Theme


def paint_floating(
    painter: QPainter, theme: Theme, box: QRectF, *, is_dialog: bool, ground: str = "raised"
) -> None:
    """A rounded panel on its shadow. Dialogs take the deep shadow, toasts the shallow one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    blur, drop = (36, 12) if is_dialog else (16, 4)
    opacity = (0.6 if is_dialog else 0.5) if theme.is_dark else (0.22 if is_dialog else 0.16)
    painter.setPen(Qt.PenStyle.NoPen)
    steps = blur // 2
    shade = QColor(theme.colour("shadow"))
    for step in range(steps):
        spread = blur / 2 * (1 - step / steps)
        shade.setAlphaF(opacity * 1.6 / steps * (step + 1) / steps)
        painter.setBrush(shade)
        radius = Lengths.RADIUS_PANEL + spread
        painter.drawRoundedRect(box.adjusted(-spread, drop - spread, spread, drop + spread), radius, radius)
    painter.setBrush(theme.colour(ground))
    painter.setPen(QPen(theme.colour("line" if ground == "raised" else ground), 1))
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)
