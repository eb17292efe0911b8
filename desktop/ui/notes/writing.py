"""The fields a note is written in: plain Markdown whose signs step back, so that the words stand out.

Surprising: nothing is hidden. The address behind a quotation is small and grey, yet it is there, since it is
what ties the words to their source.
"""

import re
from typing import Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.languages import tr
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.theme import READER_FAMILY, Theme, font_of

LONGEST_TITLE: Final = 500
_QUOTED: Final = re.compile(r"^ {0,3}>.*$")
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s.*$")
_SIGNS: Final = re.compile(
    r"^ {0,3}(?:>\s?|#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s)|\*\*|~~|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"
)
_ADDRESS: Final = re.compile(r"\]\([^)\s]*\)")


class MarkdownInk(QSyntaxHighlighter):
    """Greys the signs of Markdown and sets headings bold."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        if _HEADING.match(text):
            self._ink(0, len(text), weight=QFont.Weight.DemiBold)
        elif _QUOTED.match(text):
            self._ink(0, len(text), self._theme.colour("muted"))
        for match in _SIGNS.finditer(text):
            self._ink(match.start(), match.end(), self._theme.colour("muted"))
        for match in _ADDRESS.finditer(text):
            self._ink(match.start(), match.end(), self._theme.colour("muted"), px=12)

    def _ink(
        self,
        start: int,
        stop: int,
        ink: QColor | None = None,
        weight: QFont.Weight | None = None,
        px: int = 0,
    ) -> None:
        kind = QTextCharFormat()
        if ink is not None:
            kind.setForeground(ink)
        if weight is not None:
            kind.setFontWeight(weight)
        if px:
            kind.setProperty(QTextCharFormat.Property.FontPixelSize, px)
        text = self.currentBlock().text()
        first, last = _units(text, start), _units(text, stop)
        self.setFormat(first, last - first, kind)


class BodyField(QPlainTextEdit):
    """The text. Pasted words come without their dress."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("bare")
        self.setAccessibleName(tr("Text of the note, in Markdown"))
        self.setPlaceholderText(tr("What I make of it"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.ink = MarkdownInk(theme, self.document())
        self.bar = OverlayBar(theme, self, is_quiet=True)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """The reader's serif: what people wrote."""
        self.setFont(font_of(READER_FAMILY, 16))

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())

    def put(self, block: str) -> None:
        """Insert a block of its own at the cursor, parted by empty lines, the cursor behind it."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        lead = "\n" * (2 - self._breaks(cursor.position() - 1, -1))
        tail = "\n" * (2 - self._breaks(cursor.position(), 1))
        cursor.insertText(f"{lead}{block}{tail}")
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _breaks(self, at: int, step: int) -> int:
        """How many line ends stand there, two at most; the edges of the text need none."""
        document = self.document()
        count = 0
        while count < 2 and 0 <= at < document.characterCount() - 1 and document.characterAt(at) == "\u2029":
            count, at = count + 1, at + step
        return count if 0 <= at < document.characterCount() - 1 else 2


def _units(text: str, at: int) -> int:
    """A place in UTF-16 units, as Qt counts, of one in code points."""
    return at + sum(letter > "\uffff" for letter in text[:at])


class TitleField(QLineEdit):
    """The title. Enter and Down go on to the text."""

    def __init__(self, theme: Theme, body: BodyField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._body = theme, body
        self.setObjectName("bare")
        self.setAccessibleName(tr("Title of the note"))
        self.setPlaceholderText(tr("Title"))
        self.setMaxLength(LONGEST_TITLE)
        self.setFont(font_of(READER_FAMILY, 26, 600))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._body.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
