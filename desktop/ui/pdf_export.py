"""PDF as a format of export: a chapter for each source, with pictures and marks, and a bookmark to find it.

The surprising fact: Qt's text engine knows no rule at the left of a paragraph, so what a person wrote or
marked stands in a table whose first cell is the rule.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from lxml import etree
from lxml import html as lxml_html
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

from desktop.share.export import chapters, pdf_outline
from desktop.share.export.selection import PICTURE, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from desktop.share.file_names import one_line
from desktop.text.colours import GROUNDS
from desktop.text.dom import Element
from desktop.ui import pdf
from desktop.ui.theme import MONO_FAMILY, READER_FAMILY, UI_FAMILY

_WIDEST: Final = int(pdf.WIDTH - 2 * pdf.SIDE)
_HIGHEST: Final = 640
_RULE: Final = "#3f4a63"
_BARS: Final = {
    "straw": "#a67c00",
    "sage": "#4c8a3f",
    "sky": "#2f7eb2",
    "rose": "#c24f57",
    "lilac": "#8159b8",
}


def _families(names: Sequence[str]) -> str:
    return ",".join(f"'{name}'" for name in names)


_SHEET: Final = f"""
body, p, li, td, th, h1, h2, h3, h4, h5, h6 {{ font-family:{_families(READER_FAMILY)}; color:#1e1c19 }}
body, p, li {{ font-size:14px; line-height:21px }} pre {{ line-height:18px }}
p {{ margin:0 0 9px 0 }} a {{ color:#1b5e5a }}
h1 {{ font-size:23px; margin:0 0 4px 0 }} h2 {{ font-size:18px; margin:18px 0 6px 0 }}
h3, h4, h5, h6 {{ font-size:15px; margin:14px 0 4px 0 }}
.meta, .meta a, .tags, .tags span, .by, figcaption {{ font-family:{_families(UI_FAMILY)}; font-size:11px;
  color:#5a544c }}
blockquote {{ margin:0 0 9px 22px }} .ex {{ color:#5a544c }}
pre, code {{ font-family:{_families(MONO_FAMILY)}; font-size:12px; white-space:pre-wrap }}
td, th {{ padding:3px }}
{"".join(f"span.{name} {{ background-color:{ground} }} " for name, ground in GROUNDS.items())}
"""


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`; the file is built in memory. Needs a QGuiApplication."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        title = one_line(out.stem)
        book, bookmarks = pdf.Book(title), []
        try:
            for one in items:
                html = as_qt(chapters.chapter(one, picture=_known, level=1), items)
                name = chapters.name_of(one)
                bookmarks.append((name, book.add(html, _SHEET, one_line(name, 90), _pictures(items))))
                steps.step("PDF")
        finally:
            drawn = book.finish()
        yield pdf_outline.finished(drawn, bookmarks)

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def write_anywhere(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """The same; without a window (on the command line) by a Qt that has no screen."""
    if QGuiApplication.instance() is not None:
        return write(items, out, tell=tell, stop=stop, overwrite=overwrite)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    try:
        return write(items, out, tell=tell, stop=stop, overwrite=overwrite)
    finally:
        del application


def as_qt(html: str, items: Items) -> str:
    """A chapter in the HTML that Qt's text engine knows."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for one in list(root.iter("mark")):
        one.tag = "span"
    for one in root.xpath(".//div[@class='own' or starts-with(@class, 'q ')]"):
        _ruled(one, _BARS.get((one.get("class") or "").removeprefix("q "), _RULE))
    for one in root.xpath(".//div[starts-with(@class, 'q ')]/blockquote"):
        one.tag = "p"
    for one in root.xpath(".//p[@class='tags']/span[following-sibling::span]"):
        one.tail = " · "
    for one in root.xpath(".//div[@class='body']//table"):
        one.set("border", "1")
        one.set("cellspacing", "0")
    for one in root.iter("img"):
        _fit(one, items)
    return str(etree.tostring(root, encoding="unicode", method="html"))


def _ruled(block: Element, colour: str) -> None:
    style = "margin-top:6px; margin-bottom:10px"
    table = etree.Element("table", cellspacing="0", cellpadding="0", width="100%", style=style)
    table.tail, block.tail = block.tail, None
    block.getparent().replace(block, table)
    row = etree.SubElement(table, "tr")
    etree.SubElement(row, "td", bgcolor=colour, width="3")
    etree.SubElement(row, "td", style="padding:2px 0 0 10px").append(block)


def _fit(picture: Element, items: Items) -> None:
    found = items.picture(picture.get("src") or "")
    size = QImageReader(str(found)).size() if found is not None else None
    for name in ("width", "height"):
        picture.attrib.pop(name, None)
    if size is not None and size.isValid() and size.height():
        share = min(1.0, _WIDEST / size.width(), _HIGHEST / size.height())
        picture.set("width", str(max(1, int(size.width() * share))))
        picture.set("height", str(max(1, int(size.height() * share))))


def _known(name: str) -> str | None:
    return name if PICTURE.fullmatch(name) else None


def _pictures(items: Items) -> pdf.Picture:
    def picture(name: str) -> QImage | None:
        found = items.picture(name) if PICTURE.fullmatch(name) else None
        shown = QImage(str(found)) if found is not None else QImage()
        return None if shown.isNull() else shown

    return picture
