"""The page as a list of blocks: the unit that the vote keeps or leaves out.

A block is one element whose content is text, or a whole that must not be torn: a code listing, a data table,
a figure. Surprising: `blocks_of` changes the tree. Text beside blocks gets a paragraph of its own, and
layout tables become plain containers, so that afterwards every visible character stands in exactly one block.
"""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from lxml import etree

from desktop.text import dom
from desktop.text.dom import Element
from desktop.text.tables import flatten_layout_tables

RUN = "kb-run"
"""Attribute of a paragraph that was made here around loose text."""
HREF = "kb-href"
"""Attribute of a container that was a link around whole blocks."""
HIDDEN = "data-kb-hidden"
"""Attribute that the extension sets on what the browser did not show."""
TOKEN = re.compile(r"\w+")
KEEPS_TAG = dom.HEADINGS | frozenset(
    [
        "p",
        "li",
        "pre",
        "blockquote",
        "dt",
        "dd",
        "figcaption",
        "summary",
        "address",
        "table",
        "figure",
        "dl",
        "hr",
    ]
)
"""A block with one of these tags keeps it; any other becomes a paragraph."""


@dataclass(slots=True, eq=False)
class Block:
    """One block, in page order."""

    element: Element
    path: list[Element]
    """The elements around it, outermost first."""
    text: str
    """White space folded."""
    tokens: list[str]
    """Words of its text, case folded."""
    linked: int
    """How many of its words are inside links."""
    pictures: int
    is_hidden: bool = False
    """True when the browser did not show it (``data-kb-hidden``)."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around an element."""

    path: list[Element] = field(default_factory=list)
    is_link: bool = False
    is_hidden: bool = False

    def with_element(self, element: Element) -> "_Around":
        return _Around(
            [*self.path, element],
            self.is_link or element.get(HREF) is not None,
            self.is_hidden or element.get(HIDDEN) is not None,
        )


def blocks_of(body: Element) -> list[Block]:
    """Makes the tree below ``body`` regular and lists its blocks. Empty blocks are not listed."""
    flatten_layout_tables(body)
    blocky = _with_blocks_inside(body)
    found: list[Block] = []
    stack = [(body, _Around())]
    while stack:
        element, around = stack.pop()
        if element is not body and (element not in blocky or _is_whole(element)):
            _list_block(element, around, found)
            continue
        if element.tag == "a":
            element.set(HREF, element.get("href") or "")
        if element.tag not in dom.BLOCKS or element.tag == "p":
            element.tag = "div"
        _wrap_runs(element, blocky)
        inner = around.with_element(element)
        stack.extend((child, inner) for child in reversed(element))
    return found


def _with_blocks_inside(body: Element) -> set[Element]:
    """The elements that have a block element, or an empty line, somewhere in them."""
    blocky = {body}
    for element in reversed(list(body.iter(etree.Element))):
        if element is not body and (
            element.tag in dom.BLOCKS or element in blocky or _ends_paragraph(element)
        ):
            blocky.add(element.getparent())
    return blocky


def _is_whole(element: Element) -> bool:
    tag = element.tag
    if tag in ("pre", "table", "hr"):
        return True
    if tag in dom.HEADINGS:
        return len("".join(element.itertext())) < 400
    if tag == "figure":
        text = "".join(element.itertext())
        return element.find(".//img") is not None and len(text) < 1000 and element.find(".//table") is None
    if tag == "dl":
        return (
            len("".join(element.itertext())) < 800
            and element.find(".//dl") is None
            and element.find(".//pre") is None
        )
    return False


def _ends_paragraph(element: Element) -> bool:
    """True for the first of two line breaks, which part paragraphs on old pages."""
    if element.tag != "br" or (element.tail or "").strip():
        return False
    following = element.getnext()
    return following is not None and following.tag == "br"


def _wrap_runs(element: Element, blocky: set[Element]) -> None:
    """Gives every run of text and inline elements between the blocks of ``element`` a paragraph of its
    own.
    """
    children = list(element)
    lead, element.text = element.text, None
    for child in children:
        element.remove(child)
    run = _add_text(element, None, lead)
    for child, following in zip_longest(children, children[1:]):
        tail, child.tail = child.tail, None
        if child.tag in dom.BLOCKS or child in blocky:
            run = None
            element.append(child)
        elif child.tag != "br":
            run = _open_run(element) if run is None else run
            run.append(child)
        elif run is not None and following is not None and following.tag == "br" and not (tail or "").strip():
            run = None
        elif run is not None:
            run.append(child)
        run = _add_text(element, run, tail)


def _open_run(element: Element) -> Element:
    return etree.SubElement(element, "p", {RUN: ""})


def _add_text(element: Element, run: Element | None, text: str | None) -> Element | None:
    """Puts text at the end of the run, which is opened when the text is not blank."""
    if not text or (run is None and not text.strip()):
        return run
    if run is None:
        run = _open_run(element)
    if len(run):
        run[-1].tail = (run[-1].tail or "") + text
    else:
        run.text = (run.text or "") + text
    return run


def _text_of(element: Element) -> str:
    """The text of a block, white space folded; cells and lines do not run together."""
    if element.tag in ("table", "dl", "figure"):
        return " ".join(" ".join(element.itertext()).split())
    if element.find(".//br") is None:
        return " ".join("".join(element.itertext()).split())
    return " ".join("".join(_with_tails(element)).split())


def _with_tails(element: Element) -> list[str]:
    found: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            found.append(" " if node.tag == "br" else node.text or "")
        elif node is not element:
            found.append(node.tail or "")
    return found


def _list_block(element: Element, around: _Around, found: list[Block]) -> None:
    text = _text_of(element)
    pictures = sum(1 for _ in element.iter("img"))
    if not text and not pictures and element.tag != "hr":
        return
    if element.tag not in KEEPS_TAG:
        element.tag = "p"
    tokens = TOKEN.findall(text.casefold())
    if around.is_link:
        linked = len(tokens)
    else:
        linked = sum(len(TOKEN.findall("".join(a.itertext()))) for a in element.iter("a"))
    is_hidden = around.is_hidden or element.get(HIDDEN) is not None
    found.append(Block(element, around.path, text, tokens, linked, pictures, is_hidden))
