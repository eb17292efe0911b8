"""What the reader shows while nothing is chosen: one icon, what is true, and the keys that lead on."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.languages import mark, tr
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import paint_key
from desktop.ui.theme import Lengths

TITLE = mark("Choose a capture")
TEXT = mark("It opens here, with what you said about it.")
KEYS = (("next", mark("next")), ("previous", mark("the one before")), ("palette", mark("find anything")))
"""Acts whose keys are shown, and what is said beside them."""


class NothingChosen(QWidget):
    """Centred in the reader's pane; nothing in it can be clicked, since the list is beside it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme = desk.theme
        self._actions = desk.actions
        desk.actions.keys_changed.connect(self.update)
        self.setAccessibleName(f"{tr(TITLE)}. {tr(TEXT)}")
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface"))
        middle, top = self.width() // 2, self.height() // 2 - 90
        side = Lengths.ICON_EMPTY
        picture = icons.pixmap("book-open", theme.colour("muted"), side, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(middle - side // 2, top), picture)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(theme.font("section"))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(16, top + side + 14, self.width() - 32, 24), centre, tr(TITLE))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(16, top + side + 40, self.width() - 32, 40), centre, tr(TEXT))
        self._paint_keys(painter, top + side + 84)

    def _paint_keys(self, painter: QPainter, y: int) -> None:
        theme = self._theme
        words = QFontMetrics(theme.font("caption"))
        caps = QFontMetrics(theme.font("caption", 500))
        shown = [(key, tr(says)) for name, says in KEYS if (key := self._actions.first_key(name))]
        width = (
            sum(caps.horizontalAdvance(key) + words.horizontalAdvance(says) + 34 for key, says in shown) - 18
        )
        if width > self.width() - 32:
            return
        x = (self.width() - width) // 2
        for key, says in shown:
            x += paint_key(painter, theme, QPoint(x, y), key) + 6
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QPoint(x, y + 4), says)
            x += words.horizontalAdvance(says) + 18
