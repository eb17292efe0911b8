"""Lucide icons, tinted and cached, and our own mark.

The SVGs come from the PyPI package ``lucide``, one zip of data; no icon file is copied into the project.
"""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKE = "1.75"
LARGE, STROKE_LARGE = 32, "1.25"
"""From this size on a line as thick as a small icon's would shout."""

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="#1B5E5A"/>'
    '<rect x="6" y="5" width="5" height="22" rx="1.25" fill="#FBF9F5"/>'
    '<path d="M13 15C13 9 17.6 5 26.5 5C26.5 11 21.9 15 13 15Z" fill="#FBF9F5"/>'
    '<path d="M13 17C21.9 17 26.5 21 26.5 27C17.6 27 13 23 13 17Z" fill="#F2CF63"/></svg>'
)
"""Our own mark: a K from a book's spine and two leaves, the straw one passed on."""


@lru_cache(maxsize=1)
def _zip() -> ZipFile:
    # The zip stays in memory (0.6 MB): opening it anew for every icon costs 4 ms each.
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@lru_cache(maxsize=256)
def svg(name: str) -> str:
    """The SVG text of a Lucide icon. Raises KeyError when there is no icon of that name."""
    return _zip().read(f"{name}.svg").decode()


def pixmap(name: str, colour: QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour, ``size`` device-independent pixels square."""
    return _drawn(name, colour.name(QColor.NameFormat.HexArgb), size, ratio)


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """The icon as a QIcon, sharp at 1× and 2×."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made


def mark(size: int, ratio: float = 1.0) -> QPixmap:
    """Kithbook's own mark; never recoloured."""
    return _render(MARK, size, ratio)


def mark_icon() -> QIcon:
    """The mark in the sizes that window systems ask for."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(mark(size))
    return made


@lru_cache(maxsize=1024)
def _drawn(name: str, argb: str, size: int, ratio: float) -> QPixmap:
    colour = QColor(argb)
    stroke = STROKE if size < LARGE else STROKE_LARGE
    text = (
        svg(name)
        .replace("currentColor", colour.name())
        .replace('stroke-width="2"', f'stroke-width="{stroke}"')
    )
    return _render(text, size, ratio, colour.alphaF())


def _render(text: str, size: int, ratio: float, opacity: float = 1.0) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    painter = QPainter(made)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
