"""What leaves, word for word: the pack's own page on a sheet of paper.

Surprising: it is set piece by piece, with a breath between them. A pack with five full texts is a long page,
and the window must not stand still while somebody writes a sentence beside it.
"""

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget

from desktop.languages import tr
from desktop.library import assets
from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.article.look import look_of
from desktop.ui.basket import drawn
from desktop.ui.desk import Desk
from desktop.ui.open_url import open_url, told
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.theme import HIGHLIGHTS

ABOVE = 26


class Preview(ArticleBrowser):
    """The sheet. A link of the pack goes through the one door; one of its contents goes to the item."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        super().__init__(partial(_path_of, desk), parent)
        self._pieces: tuple[str, ...] = ()
        self._turn = 0
        self.setAccessibleName(tr("What leaves, word for word"))
        above = QWidget()
        above.setFixedHeight(ABOVE)
        self.set_head(above)
        self.link_followed.connect(self._follow)
        self.link_pointed.connect(self._point)
        OverlayBar(desk.theme, self)

    def paper(self) -> drawn.Paper:
        """How it is set now."""
        css = self._desk.theme.css
        look = self.fitted(look_of(self._desk.theme, self._desk.settings, is_compared=False))
        bars = {colour: css(f"mark_{colour}") for colour in HIGHLIGHTS}
        return drawn.Paper(
            look, css("own_words"), css("own_words_rule"), css("pill"), css("warning_soft"),
            css("on_warning_soft"), bars,
        )  # fmt: skip

    async def show_pieces(self, pieces: tuple[str, ...], paper: drawn.Paper) -> None:
        """Set the page; what is seen stays in its place. A later call ends an earlier one."""
        if pieces == self._pieces and paper.look == self._look:
            return
        self._turn += 1
        turn, place = self._turn, self.verticalScrollBar().value()
        self._pieces, self._look = pieces, paper.look
        self.setUpdatesEnabled(False)
        try:
            self._begin(paper)
            for piece in pieces:
                if turn != self._turn:
                    return
                self._append(piece)
                if not self.updatesEnabled() and self.document().size().height() > place + self.height():
                    self._settle(place)
                await asyncio.sleep(0)
            if not self.updatesEnabled():
                self._settle(place)
        finally:
            self.setUpdatesEnabled(True)

    def _begin(self, paper: drawn.Paper) -> None:
        self.setHtml("")
        document = self.document()
        document.setDocumentMargin(0)
        document.setIndentWidth(paper.look.scaled(22))
        document.setDefaultStyleSheet(drawn.style(paper))
        self.place()

    def _append(self, piece: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if cursor.block().length() > 1:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        cursor.insertHtml(f"<html><body>{piece}</body></html>")

    def _settle(self, place: int) -> None:
        self.verticalScrollBar().setValue(place)
        self.setUpdatesEnabled(True)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        return QTextEdit.focusNextPrevChild(self, is_next)  # not from link to link: there may be hundreds

    def _follow(self, address: str) -> None:
        if address.startswith("#"):
            self.scrollToAnchor(address[1:])
        else:
            open_url(address)

    def _point(self, address: str) -> None:
        is_out = bool(address) and not address.startswith("#")
        self.viewport().setToolTip(tooltip(told(address)) if is_out else "")


def _path_of(desk: Desk, name: str) -> Path | None:
    return assets.path_of(desk.paths, name)


class Paper(QWidget):
    """The sheet on its ground."""

    def __init__(self, desk: Desk, preview: Preview) -> None:
        super().__init__()
        self._desk = desk
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(29, 21, 29, 0)
        self._row.addWidget(preview)
        desk.theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._desk.theme.colour
        painter.fillRect(self.rect(), colour("sunken"))
        painter.setPen(Qt.PenStyle.NoPen)
        sheet = self.rect().adjusted(28, 20, -28, 2)
        painter.fillRect(sheet, colour("line"))
        painter.fillRect(sheet.adjusted(1, 1, -1, 0), colour("surface"))
