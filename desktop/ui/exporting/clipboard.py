"""Words for the clipboard, as text and as HTML: a mail takes the markup, a plain field takes the text.

Surprising: without a display Qt keeps the words in a static of its own, which outlives Python and crashes in
the end when it lets them go. So there, they are taken away before.
"""

import atexit

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_WITHOUT_DISPLAY = frozenset({"offscreen", "minimal"})


def put(text: str, html: str) -> None:
    """Both on the clipboard, in one go."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    if QGuiApplication.platformName() in _WITHOUT_DISPLAY:
        atexit.unregister(_take_away)
        atexit.register(_take_away)


def _take_away() -> None:
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()
