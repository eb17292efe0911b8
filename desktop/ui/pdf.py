"""Any text that Qt sets, as a PDF: A4, real text with its links, a line with page numbers at the foot.

The surprising fact: it is set at 96 dots to the inch and drawn at 1,200, so the lines break as in the window
while letters stand where the type wants them. Nothing is fetched or read but what the caller hands in.
"""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from desktop.languages import tr
from desktop.ui.theme import UI_FAMILY, font_of

DPI: Final = 96
FINE: Final = 1200
WIDTH, HEIGHT = 210 / 25.4 * DPI, 297 / 25.4 * DPI
"""A4 in pixels of 96 to the inch."""
SIDE, TOP, BOTTOM = 72.0, 60.0, 72.0
INK: Final = "#5a544c"
KEEP: Final = "keep"
"""How the name of an anchor begins whose paragraph must not be parted from the next one."""
_ROUNDS: Final = 200


Picture = Callable[[str], QImage | None]
"""The picture of a name; None: it is not to be shown."""


def no_picture(_name: str) -> None:
    """For texts without any."""


class _Closed(QTextDocument):
    """A document that loads nothing, whatever its text asks for, but the pictures that it is given."""

    def __init__(self, picture: Picture = no_picture) -> None:
        super().__init__()
        self._picture = picture

    def loadResource(self, kind: int, name: "QUrl | str") -> Any:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        found = self._picture(name.toString() if isinstance(name, QUrl) else name)
        if found is None:
            found = QImage(1, 1, QImage.Format.Format_ARGB32)
            found.fill(0)
        return found


def draw(html: str, sheet: str, title: str, foot: str) -> bytes:
    """The PDF of closed HTML with its style sheet. ``title``: of the file; ``foot``: left of the numbers."""
    document = _set(html, sheet, no_picture)
    book = Book(title)
    book.draw(document, foot, tr("Page {n} of {all}"), document.pageCount())
    return book.finish()


class Book:
    """A PDF that grows text by text, each beginning on a page of its own."""

    def __init__(self, title: str) -> None:
        self.pages = 0
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(FINE)
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        self._writer.setTitle(title)
        self._writer.setCreator("Kithbook")
        self._painter = QPainter(self._writer)
        self._painter.scale(FINE / DPI, FINE / DPI)

    def add(self, html: str, sheet: str, foot: str, picture: Picture = no_picture) -> int:
        """Add closed HTML; the number of its first page, from 0."""
        first = self.pages
        self.draw(_set(html, sheet, picture), foot, tr("Page {n}"), 0)
        return first

    def draw(self, document: QTextDocument, foot: str, words: str, last: int) -> None:
        """Add the pages of a document; ``words`` for their numbers."""
        if self.pages:
            self._writer.newPage()
        _draw_pages(self._painter, self._writer, document, foot, (words, self.pages, last))
        self.pages += document.pageCount()

    def finish(self) -> bytes:
        """The whole; also to be called when it is given up."""
        self._painter.end()
        self._buffer.close()
        return bytes(self._buffer.data().data())


def _set(html: str, sheet: str, picture: Picture) -> QTextDocument:
    document = _Closed(picture)
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(sheet)
    document.setHtml(html)
    document.setPageSize(QSizeF(WIDTH - 2 * SIDE, HEIGHT - TOP - BOTTOM))
    _keep_together(document)
    return document


def _draw_pages(
    painter: QPainter, writer: QPdfWriter, document: QTextDocument, foot: str, numbers: tuple[str, int, int]
) -> None:
    words, before, last = numbers
    size, pages = document.pageSize(), document.pageCount()
    font = font_of(UI_FAMILY, 11)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(SIDE, TOP - page * size.height())
        document.drawContents(painter, QRectF(0, page * size.height(), size.width(), size.height()))
        painter.restore()
        painter.setFont(font)
        painter.setPen(QColor(INK))
        line = QRectF(SIDE, HEIGHT - BOTTOM + 22, WIDTH - 2 * SIDE, 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, foot)
        number = words.format(n=before + page + 1, all=last)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, number)


def _keep_together(document: QTextDocument) -> None:
    """Break the page before a run of paragraphs whose last would otherwise begin the next page alone."""
    height = document.pageSize().height()
    for _ in range(_ROUNDS):
        document.documentLayout().documentSize()  # lays it out
        parted = _first_parted(document, height)
        if parted is None:
            return
        cursor = QTextCursor(parted)
        kind = parted.blockFormat()
        kind.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setBlockFormat(kind)


def _first_parted(document: QTextDocument, height: float) -> QTextBlock | None:
    """The first of a run that must stand together and does not, unless a page begins with it already."""
    run: QTextBlock | None = None
    block = document.begin()
    while block.isValid():
        following = block.next()
        if _is_kept(block) and following.isValid():
            run = run if run is not None else block
            if _page(following, height) != _page(run, height):
                always = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
                if not run.blockFormat().pageBreakPolicy() & always:
                    return run
        else:
            run = None
        block = following
    return None


def _page(block: QTextBlock, height: float) -> int:
    layout = block.layout()
    top = layout.position().y() + (layout.lineAt(0).y() if layout.lineCount() else 0)
    box = block.document().documentLayout().blockBoundingRect(block)
    return int(max(top, box.top()) // height)


def _is_kept(block: QTextBlock) -> bool:
    fragments = block.begin()
    if fragments.atEnd():
        return False
    names = fragments.fragment().charFormat().anchorNames()
    return any(name.startswith(KEEP) for name in names)
