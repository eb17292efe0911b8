"""Pills: small rounded words for tags, goals and states. The kind decides the colours.

The surprising fact: high contrast adds an edge, since there the grounds are all black.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, qAddPostRoutine
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from desktop.ui import icons
from desktop.ui.theme import Theme

HEIGHT = 18
PAD = 7
WIDEST = 150

_KINDS = {
    "plain": ("pill", "muted"),
    "goal": ("accent_soft", "on_accent_soft"),
    "warn": ("warning_soft", "on_warning_soft"),
    "ok": ("success_soft", "on_success_soft"),
    "bad": ("danger_soft", "on_danger_soft"),
}


@dataclass(frozen=True, slots=True)
class Pill:
    """Words in a pill; ``kind`` is plain, goal, warn, ok or bad; ``icon`` a Lucide name."""

    text: str
    kind: str = "plain"
    icon: str = ""
    is_whole: bool = False
    """Never elided: it says what will happen."""


def pill_width(theme: Theme, pill: Pill) -> int:
    """Width in pixels; long words are elided at 150."""
    return _width(theme.font("caption"), pill.text, bool(pill.icon), 10_000 if pill.is_whole else WIDEST)


@lru_cache(maxsize=2000)
def _width(font: QFont, text: str, has_icon: bool, widest: int) -> int:
    # Kept, because a row that does not have room for all of its pills measures each several times.
    return min(QFontMetrics(font).horizontalAdvance(text) + 2 * PAD + (16 if has_icon else 0), widest)


qAddPostRoutine(_width.cache_clear)  # it holds fonts, which must be gone before the application is


def paint_pill(
    painter: QPainter, theme: Theme, at: QPoint, pill: Pill, *, is_on_selection: bool = False
) -> None:
    """Paint a pill whose left top is ``at``."""
    ground, ink = _KINDS[pill.kind]
    if is_on_selection and pill.kind in ("plain", "goal"):
        ground = "surface"
    width = pill_width(theme, pill)
    box = QRectF(at.x(), at.y(), width, HEIGHT)
    painter.setPen(QPen(theme.colour("line"), 1) if theme.is_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    if theme.is_contrast:
        box.adjust(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    x = at.x() + PAD
    if pill.icon:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(QPoint(x, at.y() + 3), icons.pixmap(pill.icon, theme.colour(ink), 12, ratio))
        x += 16
    font = theme.font("caption")
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    room = at.x() + width - PAD - x
    text = pill.text
    if width == WIDEST and not pill.is_whole:
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRect(x, at.y(), room + 2, HEIGHT), middle, text)
