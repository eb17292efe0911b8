"""Words for the clipboard, as text and as HTML: a mail takes the markup, a plain field takes the text."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def put(text: str, html: str) -> None:
    """Both on the clipboard, in one go."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
