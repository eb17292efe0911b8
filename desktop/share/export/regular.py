"""A captured text as a regular tree: each element where the standards allow it, as strict readers want it.

The surprising fact: it is built anew from the old one, not mended. What has no place here (a cell without a
table, a paragraph in a link) gives its words to the nearest place that there is, and none is lost.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from lxml import etree

from desktop.text.dom import HEADINGS, Element
from desktop.text.markdown import parse_clean

Picture = Callable[[str], str | None]
"""``res/…`` to the address under which the export shows it; None: it is not there."""

_DEEPEST: Final = 40
_INLINE: Final = frozenset([
    "a", "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "mark", "small", "abbr", "cite",
    "q", "kbd", "samp", "var", "bdi", "bdo", "code",
])  # fmt: skip
_LEAVES: Final = frozenset(["br", "wbr", "img"])
_ROWS_OF: Final = frozenset(["thead", "tbody", "tfoot"])
_BLOCKS: Final = HEADINGS | frozenset([
    "p", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "hr", "details", "address", "li", "dt",
    "dd", "tr", "td", "th", "caption", "thead", "tbody", "tfoot", "figcaption", "summary", "div", "colgroup",
])  # fmt: skip
_KEPT: Final = {
    "*": ("dir", "lang"),
    "a": ("href",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start",),
    "code": ("class",),
}
_ADDRESS: Final = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#].*)?|mailto:[^@\s]+@[^@\s]+",
    re.IGNORECASE | re.DOTALL,
)
_HOST: Final = re.compile(r"(?<=://)[^/?#@:]*[^\x00-\x7f][^/?#@:]*")
_UNSAFE: Final = re.compile(r"[^!#$&-;=?-Z_a-z~\[\]]|%(?![0-9a-fA-F]{2})")
_XML_CANNOT: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def regular(html: str, *, picture: Picture, top: int = 2) -> Element:
    """Clean HTML as a ``div`` of blocks. ``top``: the level that the text's highest heading gets."""
    root: Element = etree.Element("div")
    _Builder(picture, top).flow(parse_clean(html), root)
    return root


def address(url: str) -> str:
    """The address as strict readers want it, ASCII and escaped; empty when it is none of the web or mail."""
    url = _HOST.sub(_in_ascii, url)
    if not _ADDRESS.fullmatch(url):
        return ""
    before, hash_mark, after = url.partition("#")
    return _escaped(before) + hash_mark + _escaped(after).replace("#", "%23")


def _escaped(text: str) -> str:
    return _UNSAFE.sub(_percent, text)


def xml_text(text: str) -> str:
    """Without the characters that no XML file can hold."""
    return _XML_CANNOT.sub("", text)


def _in_ascii(host: re.Match[str]) -> str:
    try:
        return host[0].encode("idna").decode()
    except UnicodeError:
        return host[0]


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


class _Builder:
    """Walks the old tree once; ``target`` is always in the new one."""

    def __init__(self, picture: Picture, top: int) -> None:
        self._picture, self._top, self._depth = picture, top, 0

    def flow(self, source: Element, target: Element, links: Sequence[Element] = ()) -> None:
        """Blocks; loose words get paragraphs. ``links``: elements around whole blocks, repeated in each."""
        self._depth += 1
        run: list[str | Element] = [source.text or ""]
        for child in source.iterchildren(etree.Element):
            if child.tag in _BLOCKS or _holds_blocks(child):
                self._paragraph(run, target, links)
                self._block(child, target, links)
                run = [child.tail or ""]
            else:
                run += [child, child.tail or ""]
        self._paragraph(run, target, links)
        self._depth -= 1

    def _paragraph(self, run: Iterable[str | Element], target: Element, links: Sequence[Element]) -> None:
        paragraph = etree.Element("p")
        inner = paragraph
        for link in links:
            inner = etree.SubElement(inner, link.tag)
            _copy_attributes(link, inner)
        self._words(run, inner, frozenset(link.tag for link in links))
        if "".join(paragraph.itertext()).strip() or paragraph.find(".//img") is not None:
            target.append(paragraph)

    def _block(self, source: Element, target: Element, links: Sequence[Element]) -> None:
        tag = source.tag
        if self._depth > _DEEPEST:
            self._paragraph([" ".join(source.itertext())], target, links)
        elif tag in HEADINGS:
            level = max(self._top, min(6, int(tag[1]) + self._top - 2))
            self._phrases(source, target, f"h{level}")
        elif tag in ("p", "summary", "dt", "caption") and not _holds_blocks(source):
            self._paragraph([source.text or "", *_with_tails(source)], target, links)
        elif tag in _INLINE:
            self.flow(source, target, [*links, source] if tag == "a" and not links else links)
        else:
            maker = {
                "ul": self._list, "ol": self._list, "dl": self._definitions, "table": self._table,
                "pre": self._listing, "blockquote": self._quotation, "figure": self._figure,
                "hr": self._rule,
            }.get(tag)  # fmt: skip
            if maker:
                maker(source, target)
            else:
                self.flow(source, target, links)

    def _phrases(self, source: Element, target: Element, tag: str) -> None:
        made = etree.Element(tag)
        _copy_attributes(source, made)
        self._words([source.text or "", *_with_tails(source)], made, frozenset())
        if "".join(made.itertext()).strip() or made.find(".//img") is not None:
            target.append(made)

    def _rule(self, _source: Element, target: Element) -> None:
        etree.SubElement(target, "hr")

    def _quotation(self, source: Element, target: Element) -> None:
        made = etree.Element("blockquote")
        self.flow(source, made)
        if len(made):
            target.append(made)

    def _listing(self, source: Element, target: Element) -> None:
        made = etree.SubElement(target, "pre")
        inner = source.find("code")
        holder = etree.SubElement(made, "code")
        if inner is not None:
            _copy_attributes(inner, holder)
        for line_break in source.iter("br"):
            line_break.text = "\n"
        holder.text = xml_text("".join(source.itertext())).strip("\n")

    def _figure(self, source: Element, target: Element) -> None:
        made = etree.Element("figure")
        caption = source.find("figcaption")
        if caption is not None:
            _take_out(caption)
        self.flow(source, made)
        if caption is not None:
            self._cell(caption, made, "figcaption")
        if len(made):
            target.append(made)

    def _list(self, source: Element, target: Element) -> None:
        made = etree.Element(source.tag)
        _copy_attributes(source, made)
        for child in source.iterchildren(etree.Element):
            if child.tag == "li":
                self._cell(child, made, "li")
            else:
                item = made[-1] if len(made) else etree.SubElement(made, "li")
                self._block(child, item, ())
        if len(made):
            target.append(made)

    def _definitions(self, source: Element, target: Element) -> None:
        made = etree.Element("dl")
        for child in source.iterchildren(etree.Element):
            tag = "dt" if child.tag == "dt" else "dd"
            last = made[-1].tag if len(made) else ""
            if tag == "dd" and not last:
                etree.SubElement(made, "dt")
            if tag == "dt":
                term = etree.SubElement(made, "dt")
                self._words([child.text or "", *_with_tails(child)], term, frozenset())
            else:
                self._cell(child, made, "dd", is_always=True)
        if len(made) and made[-1].tag == "dt":
            etree.SubElement(made, "dd")
        if len(made):
            target.append(made)

    def _table(self, source: Element, target: Element) -> None:
        made = etree.Element("table")
        caption = source.find("caption")
        if caption is not None:
            self._cell(caption, made, "caption")
        groups = [source, *source.iterchildren(*_ROWS_OF)]
        heads = [row for group in groups if group.tag == "thead" for row in group.iterchildren("tr")]
        rows = [row for group in groups if group.tag != "thead" for row in group.iterchildren("tr")]
        for tag, found in (("thead", heads), ("tbody", rows)):
            part = etree.Element(tag)
            for row in found:
                line = etree.Element("tr")
                for cell in row.iterchildren("td", "th"):
                    self._cell(cell, line, cell.tag, is_always=True)
                if len(line):
                    part.append(line)
            if len(part):
                made.append(part)
        if made.find(".//tr") is not None:
            target.append(made)

    def _cell(self, source: Element, target: Element, tag: str, *, is_always: bool = False) -> None:
        """An element that takes words alone, or blocks when it holds some."""
        made = etree.Element(tag)
        _copy_attributes(source, made)
        if _holds_blocks(source):
            self.flow(source, made)
        else:
            self._words([source.text or "", *_with_tails(source)], made, frozenset())
        if is_always or len(made) or (made.text or "").strip():
            target.append(made)

    def _words(self, run: Iterable[str | Element], target: Element, inside: frozenset[str]) -> None:
        for one in run:
            if isinstance(one, str):
                _add_text(target, one)
            elif one.tag in _LEAVES:
                self._leaf(one, target, inside)
            elif one.tag in ("rp",):
                continue
            else:
                self._inline(one, target, inside)

    def _inline(self, source: Element, target: Element, inside: frozenset[str]) -> None:
        content = [source.text or "", *_with_tails(source)]
        tag = source.tag
        is_plain = tag not in _INLINE or tag in inside or (tag == "bdo" and not source.get("dir"))
        if is_plain or len(inside) > _DEEPEST:
            is_block, is_reading = tag in _BLOCKS, tag == "rt"
            run = [" " * is_block, "(" * is_reading, *content, ")" * is_reading, " " * is_block]
            self._words(run, target, inside | {tag})
            return
        made = etree.SubElement(target, tag)
        _copy_attributes(source, made)
        self._words(content, made, inside | {tag})

    def _leaf(self, source: Element, target: Element, inside: frozenset[str]) -> None:
        if source.tag != "img":
            etree.SubElement(target, source.tag)
            return
        alt = xml_text(source.get("alt") or "")
        shown = self._picture(source.get("src") or "")
        if shown:
            made = etree.SubElement(target, "img", src=shown, alt=alt)
            for name in ("width", "height"):
                if source.get(name):
                    made.set(name, source.get(name))
        elif (there := address(source.get("data-src") or "")) and "a" not in inside:
            etree.SubElement(target, "a", href=there).text = alt or there
        else:
            _add_text(target, alt)


def _with_tails(element: Element) -> list[str | Element]:
    return [part for child in element.iterchildren(etree.Element) for part in (child, child.tail or "")]


def _holds_blocks(element: Element) -> bool:
    return any(True for _ in element.iterdescendants(*_BLOCKS))


def _add_text(target: Element, text: str) -> None:
    text = xml_text(text)
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _take_out(element: Element) -> None:
    """Remove it and leave what follows it."""
    parent, previous, tail = element.getparent(), element.getprevious(), element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _copy_attributes(source: Element, made: Element) -> None:
    for name in (*_KEPT["*"], *_KEPT.get(made.tag, ())):
        value = source.get(name)
        if name == "href" and value:
            value = address(value)
        if value:
            made.set(name, value)
    if made.get("href") and not made.get("rel"):
        made.set("rel", "noopener noreferrer")
