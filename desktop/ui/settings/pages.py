"""What stands on the pages of the settings beside settings: the sample of the reading type, facts."""

from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.languages import mark, tr
from desktop.store.changes import Changes, Noun
from desktop.ui.article.style import Look
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import tall
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import READER_FAMILY, READER_SANS_FAMILY, Lengths, Theme, font_of

SAMPLE = (
    mark("The scenario ends, the manikin is still breathing, and the instructor has eleven things to say. "),
    mark("Whoever speaks first in the debrief decides what the debrief is about."),
)


class Sample(QWidget):
    """Three lines of an article as the reader sets them now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setSizePolicy(tall())
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(tall())
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 16, 22, 16)
        row.addWidget(self.text)
        desk.theme.changed.connect(self._restyle)
        desk.changed.connect(self._on_changed)
        self._restyle()

    def _on_changed(self, changes: Changes) -> None:
        if Noun.SETTING in changes.nouns:
            self._restyle()

    def _restyle(self) -> None:
        theme, settings = self._desk.theme, self._desk.settings
        look = Look(size=settings.number("reader_size"), space=settings.text("line_height"))
        families = READER_SANS_FAMILY if settings.text("reader_font") == "sans" else READER_FAMILY
        self.text.setFont(font_of(families, look.size))
        plain, marked = (escape(tr(part)) for part in SAMPLE)
        self.text.setText(
            f"<p style='line-height:{look.line_height}px;margin:0;color:{theme.css('text')}'>{plain}"
            f"<span style='background-color:{theme.css('hl_straw')}'>{marked}</span></p>"
        )
        self.text.setAccessibleName(tr("Sample of the reading type"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._desk.theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)


class Fact(QWidget):
    """A label, what is so, and one button at most."""

    def __init__(
        self, theme: Theme, label: str, says: str, button: Button | None = None, step: str = "strong"
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(tall())
        text = QVBoxLayout()
        text.setSpacing(0)
        name = Words(theme, step, 19)
        name.say(label)
        self.words = Words(theme, "caption", 17, "muted")
        self.words.say(says)
        text.addWidget(name)
        text.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 11)
        row.addLayout(text, 1)
        if button is not None:
            row.addWidget(button)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
