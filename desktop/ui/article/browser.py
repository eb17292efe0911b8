"""The page of the reader: a QTextBrowser that loads nothing but our own pictures and opens nothing by itself.

Surprising: a ``loadResource`` that returns None does not stop Qt from showing a ``file:`` picture; an empty
picture does. And the head is a widget in the root frame's top margin that scrolls along with the text.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QImageReader,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextBrowser, QTextEdit, QWidget
from shiboken6 import isValid

from desktop.languages import tr
from desktop.ui.article.html import RES, Emitted, emit, fit
from desktop.ui.article.style import Look, sheet

PathOf = Callable[[str], Path | None]
"""The file of one of our pictures by its ``res/…`` name, or None."""

SIDE = 36
SIDE_NARROW = 24
BELOW = 96
_INDENT = 28
_MOST_PIXELS = 64_000_000


class ArticleBrowser(QTextBrowser):
    """Shows one article below ``head``."""

    link_followed = Signal(str)
    """A link was clicked; its address, fully encoded. The reader decides."""
    link_pointed = Signal(str)
    """The pointer is over a link with this address, or over none (empty)."""
    sized = Signal(int)
    """Ctrl and the wheel: 1 asks for larger letters, -1 for smaller ones."""
    moved = Signal()
    """The text was scrolled or laid out anew."""

    def __init__(self, path_of: PathOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path_of = path_of
        self._sizes: dict[str, tuple[int, int]] = {}
        self._look = Look()
        self._html = self._title = ""
        self._left_out: tuple[str, ...] = ()
        self._head: QWidget | None = None
        self._notes_room = 0
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self.emitted = Emitted("", ())
        self.setObjectName("article")
        self.setAccessibleName(tr("Article"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.highlighted.connect(self._on_highlighted)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # What is shown

    def set_head(self, head: QWidget) -> None:
        """The widget above the article; it takes its place in the page and scrolls with it."""
        self._head = head
        head.setParent(self.viewport())
        head.show()

    def show_article(
        self,
        html: str,
        look: Look,
        left_out: tuple[str, ...] = (),
        emitted: Emitted | None = None,
        title: str = "",
    ) -> None:
        """Set another article, at its top. ``html`` need not be trusted.

        ``emitted`` is what `emit` made of it elsewhere, with ``fitted(look)``; without it, it is made here.
        """
        self._html, self._left_out, self._look, self._title = html, left_out, look, title
        self._set(emitted or emit(html, self.fitted(look), self.size_of, left_out, title))
        self.verticalScrollBar().setValue(0)

    def restyle(self, look: Look, left_out: tuple[str, ...] | None = None) -> None:
        """The same article in another look, or with other blocks below. The place is the caller's to keep."""
        if left_out is not None:
            self._left_out = left_out
        self._look = look
        self._set(emit(self._html, self.fitted(look), self.size_of, self._left_out, self._title))

    def _set(self, emitted: Emitted) -> None:
        self.emitted = emitted
        look = self._look
        self._layers = {}
        self.setExtraSelections([])
        self.setHtml("")
        document = self.document()
        document.setDocumentMargin(0)
        document.setIndentWidth(look.scaled(_INDENT))
        document.setDefaultStyleSheet(sheet(look))
        self.setHtml(self.emitted.html)
        self._mark_headings()
        self.place()

    def place(self) -> None:
        """Put text and head in their column: call it when the head's height or the measure changed."""
        side, measure = self.side(), self.measure()
        above = 0
        if self._head is not None:
            above = (
                self._head.heightForWidth(measure) if self._head.hasHeightForWidth() else self._head.height()
            )
            self._head.setGeometry(side, -self.verticalScrollBar().value(), measure, above)
        frame = QTextFrameFormat(self.document().rootFrame().frameFormat())
        wanted = (side, above, self.viewport().width() - side - measure, BELOW)
        if wanted != (frame.leftMargin(), frame.topMargin(), frame.rightMargin(), frame.bottomMargin()):
            frame.setLeftMargin(wanted[0])
            frame.setTopMargin(wanted[1])
            frame.setRightMargin(wanted[2])
            frame.setBottomMargin(wanted[3])
            self.document().rootFrame().setFrameFormat(frame)
            self._refit_pictures(measure)
        self.moved.emit()

    def side(self) -> int:
        """Ground left of the column, pixels; as much at the right, unless notes stand there."""
        width = self.width() - (self._notes_room if self.has_notes_room() else 0)
        return max(self._least_side(), (width - self._look.measure) // 2)

    def measure(self) -> int:
        """Width of the column, pixels."""
        room = self._notes_room if self.has_notes_room() else 0
        return max(1, self.width() - room - 2 * self.side())

    def has_notes_room(self) -> bool:
        """Whether the notes that were asked for fit beside the measure."""
        needed = self._look.measure + self._notes_room + 2 * SIDE
        return bool(self._notes_room) and self.width() >= needed

    def keep_notes_room(self, width: int) -> bool:
        """Leave this much room right of the column, where it fits; True when the column moved."""
        before = (self.side(), self.measure())
        self._notes_room = width
        is_moved = before != (self.side(), self.measure())
        if is_moved:
            self.place()
        return is_moved

    def _least_side(self) -> int:
        return SIDE if self.width() >= 560 else SIDE_NARROW

    def fitted(self, look: Look) -> Look:
        """The look with the measure that there is room for."""
        measure = max(120, self.measure())
        return replace(look, measure=min(look.measure, measure))

    def set_layer(self, name: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Marks over the text of one kind (highlights, hits, a block); those of other kinds stay.

        Kinds are painted in the order of their names, later ones on top.
        """
        if not marks and not self._layers.get(name):
            return
        self._layers[name] = marks
        self.setExtraSelections([one for key in sorted(self._layers) for one in self._layers[key]])

    def selection_box(self) -> QRect:
        """Where the selection is seen, viewport pixels."""
        cursor = self.textCursor()
        return self.box_of(cursor.selectionStart(), cursor.selectionEnd())

    def box_of(self, start: int, stop: int) -> QRect:
        """From the top of the first line of a passage to the bottom of its last, viewport pixels."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        first = self.cursorRect(cursor)
        cursor.setPosition(stop)
        last = self.cursorRect(cursor)
        if first.top() == last.top():
            return first.united(last)
        column = QRect(self.side(), first.top(), self.measure(), 1)
        return column.united(QRect(self.side(), last.top(), 1, last.height()))

    def _mark_headings(self) -> None:
        """Tell Qt, and so screen readers, which paragraphs are headings: their looks come from classes."""
        levels = {heading.anchor: heading.level for heading in self.emitted.headings}
        block = self.document().begin()
        while block.isValid() and levels:
            fragments = block.begin()
            if not fragments.atEnd():
                names = fragments.fragment().charFormat().anchorNames()
                level = next((levels.pop(name) for name in names if name in levels), 0)
                if level:
                    form = QTextBlockFormat()
                    form.setHeadingLevel(level)
                    QTextCursor(block).mergeBlockFormat(form)
            block = block.next()

    # Places

    def top_position(self) -> int:
        """The document position (UTF-16) at the top of what is seen; 0 while the head is."""
        if self.verticalScrollBar().value() <= self.document().rootFrame().frameFormat().topMargin() / 2:
            return 0
        return self.cursorForPosition(QPoint(self.side() + 1, 6)).position()

    def go_to(self, position: int, above: int = 4) -> None:
        """Scroll so that this document position stands ``above`` pixels below the top; 0 shows the head."""
        self.lay_out()
        if position <= 0:
            self.verticalScrollBar().setValue(0)
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(top - above)

    def go_to_heading(self, number: int) -> None:
        """Scroll to a heading of ``emitted``, by its number from 0."""
        anchor = self.emitted.headings[number].anchor
        block = self.document().begin()
        while block.isValid():
            walk = block.begin()
            if not walk.atEnd() and anchor in walk.fragment().charFormat().anchorNames():
                self.go_to(block.position(), above=16)
                return
            block = block.next()

    def bring_in_sight(self, position: int) -> None:
        """Scroll only when this document position is not to be seen, then to the upper third."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.lay_out()
        box = self.cursorRect(cursor)
        if not box.top() >= 0 or box.bottom() > self.viewport().height():
            self.go_to(position, above=self.viewport().height() // 3)

    def progress(self) -> float:
        """0 to 1: how much of the article has been in sight."""
        bar = self.verticalScrollBar()
        if bar.maximum() <= 0:
            return 1.0
        return min(1.0, max(0.0, bar.value() / bar.maximum()))

    def lay_out(self) -> None:
        """Lay the whole page out now, so that every place in it is true."""
        # Qt lays long documents out bit by bit; asking for the last block ends that: then the range is true.
        document = self.document()
        document.documentLayout().blockBoundingRect(document.lastBlock())

    # Pictures

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Our own pictures, and for everything else emptiness: None would let Qt look for itself."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._picture(name if isinstance(name, str) else name.toString())
        return QByteArray()

    def doSetSource(self, *_what: Any, **_more: Any) -> None:
        """Nothing: the reader is not a browser and never goes to another document."""

    def _picture(self, name: str) -> QImage:
        reader = self._open(name)
        if reader is None:
            return QImage()
        size = reader.size()
        width, height = fit((size.width(), size.height()), self._look.measure)
        ratio = max(1.0, self.devicePixelRatioF())
        wanted = QSize(round(width * ratio), round(height * ratio))
        if wanted.width() < size.width():
            reader.setScaledSize(wanted)
        return reader.read()

    def _open(self, name: str) -> QImageReader | None:
        path = self._path_of(name) if RES.match(name) else None
        if path is None:
            return None
        reader = QImageReader(str(path))
        reader.setDecideFormatFromContent(True)
        size = reader.size()
        if not size.isValid() or size.width() * size.height() > _MOST_PIXELS or reader.format() == b"svg":
            return None
        return reader

    def size_of(self, name: str) -> tuple[int, int] | None:
        """Width and height of one of our pictures, None when it cannot be shown. From any thread."""
        if name not in self._sizes:
            reader = self._open(name)
            if reader is None:
                return None
            self._sizes[name] = (reader.size().width(), reader.size().height())
        return self._sizes[name]

    def _refit_pictures(self, measure: int) -> None:
        block = self.document().begin()
        while block.isValid():
            walk = block.begin()
            while not walk.atEnd():
                fragment = walk.fragment()
                size = self._sizes.get(fragment.charFormat().toImageFormat().name())
                if fragment.charFormat().isImageFormat() and size:
                    self._resize_picture(fragment.position(), fit(size, min(measure, self._look.measure)))
                walk += 1
            block = block.next()

    def _resize_picture(self, position: int, size: tuple[int, int]) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
        form = cursor.charFormat().toImageFormat()
        if (form.width(), form.height()) != size:
            form.setWidth(size[0])
            form.setHeight(size[1])
            cursor.setCharFormat(form)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line at the top where it is while the column changes."""
        position = self.top_position()
        super().resizeEvent(event)
        self.place()
        if position:
            self.go_to(position)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the letters change; Qt's own zoom would know nothing of our line heights."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turn = event.angleDelta().y()
            if turn:
                self.sized.emit(1 if turn > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, and what can be done with a link."""
        menu = self.context_menu(event.pos())
        menu.popup(event.globalPos())

    def context_menu(self, at: QPoint) -> QMenu:
        """The menu for this place in the viewport; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("Copy"), self.copy)
        copy.setEnabled(self.textCursor().hasSelection())
        address = self.anchorAt(at)
        if address:
            menu.addAction(tr("Open link"), lambda: self.link_followed.emit(encoded(QUrl(address))))
        menu.addSeparator()
        menu.addAction(tr("Select all"), self.selectAll)
        return menu

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text only: our own markup means nothing elsewhere."""
        data = QMimeData()
        text = self.textCursor().selection().toPlainText()
        data.setText(text.replace("\ufffc", "").replace("\u2028", "\n"))
        return data

    def _on_anchor_clicked(self, url: QUrl) -> None:
        self.link_followed.emit(encoded(url))

    def _on_highlighted(self, url: QUrl) -> None:
        self.link_pointed.emit(encoded(url) if not url.isEmpty() else "")

    def _on_scrolled(self, value: int) -> None:
        if not isValid(self.viewport()):
            return  # a dying page moves its scroll bar once more, after its viewport has gone
        if self._head is not None:
            self._head.move(self._head.x(), -value)
        self.moved.emit()


def encoded(url: QUrl) -> str:
    """The address in ASCII alone: its host in punycode, its path with percent signs."""
    return bytes(url.toEncoded().data()).decode("ascii", "replace")
