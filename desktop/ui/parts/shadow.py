"""The soft shadow of things that float, painted by hand: a graphics effect would repaint its whole widget
slowly.

The surprising fact: what is small is painted once and kept as a picture, since a toast that slides in is
painted anew at every step.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache

from desktop.ui.theme import Lengths, Theme

KEPT_UP_TO = 400_000
"""Pixels of a picture that is kept; Qt keeps about ten megabytes of them."""


def paint_floating(
    painter: QPainter, theme: Theme, box: QRectF, *, is_dialog: bool, ground: str = "raised"
) -> None:
    """A rounded panel on its shadow. Dialogs take the deep shadow, toasts the shallow one."""
    ratio = painter.device().devicePixelRatio()
    room = 2 * sum(_blur(is_dialog))
    width, height = int(box.width()) + 2 * room, int(box.height()) + 2 * room
    if width * height * ratio * ratio > KEPT_UP_TO:
        _paint(painter, theme, box, is_dialog, ground)
        return
    inks = [theme.colour(name).name(QColor.NameFormat.HexArgb) for name in ("shadow", ground, "line")]
    key = f"floating {box.width()} {box.height()} {ratio} {is_dialog} {ground} {theme.is_dark} {inks}"
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        picture = QPixmap(int(width * ratio), int(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        brush = QPainter(picture)
        _paint(brush, theme, QRectF(room, room, box.width(), box.height()), is_dialog, ground)
        brush.end()
        QPixmapCache.insert(key, picture)
    painter.drawPixmap(QRectF(box.left() - room, box.top() - room, width, height).topLeft(), picture)


def _blur(is_dialog: bool) -> tuple[int, int]:
    """How far the shadow goes, and how far it stands lower."""
    return (36, 12) if is_dialog else (16, 4)


def _paint(painter: QPainter, theme: Theme, box: QRectF, is_dialog: bool, ground: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    blur, drop = _blur(is_dialog)
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
