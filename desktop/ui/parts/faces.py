"""Somebody's face: the first letter of their name in a circle.

Surprising: the colour comes from the name alone, so it is the same in every list and nothing keeps it.
"""

import zlib

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.library.tag_paths import key_of
from desktop.ui.theme import HIGHLIGHTS, Theme


def paint_face(
    painter: QPainter, theme: Theme, box: QRectF, name: str, *, is_known: bool = True, step: str = "strong"
) -> None:
    """``is_known``: whether anybody vouches for the name; if not, a question mark stands there."""
    plain = name.strip()
    letter = next((one for one in plain if one.isalnum()), "?").upper() if is_known else "?"
    hue = HIGHLIGHTS[(zlib.crc32(key_of(plain).encode()) >> 7) % len(HIGHLIGHTS)] if is_known else "straw"
    painter.setPen(QPen(theme.colour("line_strong"), 1) if theme.is_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"hl_{hue}"))
    painter.drawEllipse(box)
    painter.setPen(theme.colour("text"))
    painter.setFont(theme.font(step, 600))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
