"""A regular text as paragraphs of Word: headings, lists, quotations, tables, pictures, links, marks.

The surprising fact: links get their numbers here. The library that writes the file looks through all links
for each new one, which thousands of them would make slow.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from unicodedata import bidirectional

from lxml import etree

from desktop.share.export import regular
from desktop.text.colours import GROUNDS
from desktop.text.dom import HEADINGS, Element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_LINK_COLOUR: Final = "1B5E5A"
_MONO: Final = "Consolas"
_WIDEST: Final = 5.9
"""Inches between the margins."""
_DPI: Final = 96
_STRONG, _SLANTED, _LINED, _STRUCK = ("b", "strong"), ("i", "em", "cite", "var"), ("u", "ins"), ("s", "del")
_MACHINE: Final = ("code", "kbd", "samp")
ReadPicture = Callable[[str], bytes | None]


class Writer:
    """Adds to the end of a document; `runs_of` keeps which runs a numbered mark became."""

    def __init__(self, document: "Document", picture: ReadPicture) -> None:
        self.document = document
        self.runs_of: dict[int, list[Run]] = {}
        self._picture = picture
        self._links: dict[str, str] = {}

    def paragraph(self, style: str = "", *, into: Any = None) -> "Paragraph":
        """An empty one at the end. ``style``: its id."""
        made: Paragraph = (into or self.document).add_paragraph()
        if style:
            made._p.style = style
        return made

    def blocks(self, root: Element, *, into: Any = None, style: str = "", indent: int = 0) -> None:
        """All blocks of a tree."""
        for block in root.iterchildren(etree.Element):
            self._block(block, into, style, indent)

    def words(self, paragraph: "Paragraph", element: Element, *, kinds: frozenset[str] = frozenset()) -> None:
        """The words of an element and of what is in it."""
        self._text(paragraph, element.text, kinds, element)
        for child in element.iterchildren(etree.Element):
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag == "img":
                self._show(paragraph, child)
            elif child.tag == "a" and child.get("href"):
                self.link(paragraph, "".join(child.itertext()), child.get("href"), kinds)
            else:
                self.words(paragraph, child, kinds=kinds | {child.tag})
            self._text(paragraph, child.tail, kinds, element)

    def link(
        self,
        paragraph: "Paragraph",
        words: str,
        url: str,
        kinds: frozenset[str] = frozenset(),
        *,
        points: int = 0,
    ) -> None:
        """A link. ``url`` went through `regular.address`."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        if url not in self._links:
            self._links[url] = f"rIdLink{len(self._links) + 1}"
            paragraph.part.rels.add_relationship(_LINK, url, self._links[url], is_external=True)
        holder = OxmlElement("w:hyperlink")
        holder.set(qn("r:id"), self._links[url])
        run = self._run(paragraph, " ".join(words.split()) or url, kinds)
        run.underline = True
        run.font.color.rgb = _rgb(_LINK_COLOUR)
        if points:
            run.font.size = Pt(points)
        holder.append(run._r)
        paragraph._p.append(holder)

    def _block(self, block: Element, into: Any, style: str, indent: int) -> None:
        tag = block.tag
        if tag in HEADINGS:
            self._set(self.paragraph(f"Heading{tag[1]}", into=into), block, indent=0)
        elif tag in ("ul", "ol"):
            self._list(block, into, indent)
        elif tag == "blockquote":
            self.blocks(block, into=into, style="Quote", indent=indent)
        elif tag == "pre":
            self._listing(block, into, indent)
        elif tag == "table":
            self._table(block, into)
        elif tag == "hr":
            self.paragraph(into=into).add_run("* * *")
        elif tag in ("figure", "dl"):
            self.blocks(block, into=into, style=style, indent=indent)
        elif tag in ("dd", "dt", "figcaption", "li", "td", "th"):
            self._holder(block, into, "Caption" if tag == "figcaption" else style, indent + (tag == "dd"))
        else:
            self._set(self.paragraph(style, into=into), block, indent=indent)

    def _holder(self, holder: Element, into: Any, style: str, indent: int) -> None:
        """What holds either words or blocks."""
        if _has_blocks(holder):
            self.blocks(holder, into=into, style=style, indent=indent)
        else:
            self._set(self.paragraph(style, into=into), holder, indent=indent)

    def _list(self, source: Element, into: Any, indent: int) -> None:
        start = source.get("start") or "1"
        number = int(start) if start.lstrip("-").isdigit() else 1
        for item in source.iterchildren("li"):
            lead = f"{number}." if source.tag == "ol" else "•"
            first = next(iter(item.iterchildren("p")), None) if _has_blocks(item) else item
            paragraph = self.paragraph(into=into)
            self._indent(paragraph, indent + 1, is_hanging=True)
            paragraph.add_run(f"{lead}\t")
            if first is not None:
                self.words(paragraph, first)
            for block in item.iterchildren(etree.Element) if first is not item else ():
                if block is not first:
                    self._block(block, into, "", indent + 1)
            number += 1

    def _listing(self, source: Element, into: Any, indent: int) -> None:
        paragraph = self.paragraph(into=into)
        self._indent(paragraph, indent)
        lines = "".join(source.itertext()).split("\n")
        for number, line in enumerate(lines):
            run = self._run(paragraph, line, frozenset(["code"]))
            if number < len(lines) - 1:
                run.add_break()

    def _table(self, source: Element, into: Any) -> None:
        caption = source.find("caption")
        if caption is not None:
            self._holder(caption, into, "Caption", 0)
        rows = [list(row.iterchildren("td", "th")) for row in source.iter("tr") if _table_of(row) is source]
        width = max((len(row) for row in rows), default=0)
        if into is not None or width > 63:
            # A table in a cell, and one that Word cannot hold, become lines.
            for row in rows:
                line = "\t".join(" ".join("".join(cell.itertext()).split()) for cell in row)
                self.paragraph(into=into).add_run(line)
            return
        made = self.document.add_table(len(rows), width)
        made._tbl.tblPr.style = "TableGrid"
        for row, line in zip(rows, made.rows, strict=True):
            for cell, place in zip(row, line.cells, strict=False):
                kept = place.paragraphs[0]
                self._holder(cell, place, "", 0)
                if len(place.paragraphs) > 1:
                    kept._p.getparent().remove(kept._p)
        self.paragraph()

    def _set(self, paragraph: "Paragraph", element: Element, *, indent: int) -> None:
        self._indent(paragraph, indent)
        if runs_from_right("".join(element.itertext())):
            turn(paragraph)
        self.words(paragraph, element)

    def _indent(self, paragraph: "Paragraph", steps: int, *, is_hanging: bool = False) -> None:
        from docx.shared import Cm

        if steps:
            paragraph.paragraph_format.left_indent = Cm(0.75 * min(steps, 8))
        if is_hanging:
            paragraph.paragraph_format.first_line_indent = Cm(-0.75)

    def _text(
        self, paragraph: "Paragraph", text: str | None, kinds: frozenset[str], element: Element
    ) -> None:
        folded = _folded(text or "", is_first=not paragraph._p.r_lst)
        if not folded:
            return
        run = self._run(paragraph, folded, kinds)
        if element.tag == "mark":
            ground(run, GROUNDS.get(element.get("class") or "", GROUNDS["straw"]))
            if element.get("data-n"):
                self.runs_of.setdefault(int(element.get("data-n")), []).append(run)

    def _run(self, paragraph: "Paragraph", text: str, kinds: frozenset[str]) -> "Run":
        run = paragraph.add_run(regular.xml_text(text))
        if not kinds.isdisjoint(_STRONG):
            run.bold = True
        if not kinds.isdisjoint(_SLANTED):
            run.italic = True
        if not kinds.isdisjoint(_LINED):
            run.underline = True
        if not kinds.isdisjoint(_STRUCK):
            run.font.strike = True
        if not kinds.isdisjoint(_MACHINE):
            run.font.name = _MONO
        if "sup" in kinds or "sub" in kinds:
            run.font.superscript = "sup" in kinds
            run.font.subscript = "sub" in kinds and "sup" not in kinds
        return run

    def _show(self, paragraph: "Paragraph", source: Element) -> None:
        """The picture; its words where it is gone or of a kind that Word does not show."""
        from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError
        from docx.image.exceptions import UnrecognizedImageError as Unknown
        from docx.shared import Emu, Inches

        alt = source.get("alt") or ""
        data = self._picture(source.get("src") or "")
        try:
            if data is None:
                raise Unknown
            shown = paragraph.add_run().add_picture(BytesIO(data))
        except (Unknown, InvalidImageStreamError, UnexpectedEndOfFileError, ZeroDivisionError, KeyError):
            paragraph.add_run(f"[{alt}]" if alt else "")
            return
        if shown.width > Inches(_WIDEST):
            shown.height = Emu(int(shown.height * Inches(_WIDEST) / shown.width))
            shown.width = Inches(_WIDEST)
        shown._inline.docPr.set("descr", alt)
        shown._inline.docPr.set("name", "")


def runs_from_right(text: str) -> bool:
    """Whether the first letter that has a direction is of a script that runs from the right."""
    ways = (bidirectional(letter) for letter in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"


def turn(paragraph: "Paragraph") -> None:
    """Set it from the right."""
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def link_inside(paragraph: "Paragraph", words: str, name: str) -> None:
    """A link to a `bookmark` of the same file."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    holder = OxmlElement("w:hyperlink")
    holder.set(qn("w:anchor"), name)
    run = paragraph.add_run(words)
    run.font.color.rgb = _rgb(_LINK_COLOUR)
    holder.append(run._r)
    paragraph._p.append(holder)


def bookmark(paragraph: "Paragraph", name: str, number: int) -> None:
    """Give the place a name; ``number`` is its own in the file."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        made = OxmlElement(tag)
        made.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            made.set(qn("w:name"), name)
        paragraph._p.append(made)


def rule(paragraph: "Paragraph") -> None:
    """The ink rule at the left of the person's own words."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", "3F4A63")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    paragraph._p.get_or_add_pPr().append(borders)


def ground(run: "Run", colour: str) -> None:
    """Paint the ground of a run, ``#rrggbb``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour.lstrip("#").upper())):
        shade.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(shade)


def _rgb(colour: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour)


def _has_blocks(element: Element) -> bool:
    names = ("p", "ul", "ol", "dl", "table", "pre", "blockquote", "figure", "hr", *HEADINGS)
    return next(element.iterchildren(*names), None) is not None


def _table_of(row: Element) -> Element:
    return next(row.iterancestors("table"), None)


def _folded(text: str, *, is_first: bool) -> str:
    folded = " ".join(text.split())
    if not folded:
        return " " if text and not is_first else ""
    before = " " if text[0].isspace() and not is_first else ""
    return before + folded + (" " if text[-1].isspace() else "")


def lines_of(text: str) -> Iterator[str]:
    """The paragraphs of plain text."""
    yield from (line for line in text.splitlines() if line.strip())
