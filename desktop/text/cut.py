"""Cuts the kept blocks out of the page's own tree, and writes the left-out ones apart.

Surprising: nothing is copied. Blocks that are left out are taken from the tree and what remains is the
article.
"""

from lxml import etree

from desktop.text import dom
from desktop.text.blocks import HREF, RUN, Block
from desktop.text.dom import Element
from desktop.text.footnotes import unlink
from desktop.text.sanitize import TAGS, clean
from desktop.text.tables import tidy_cells

MAX_LEFT_OUT = 200
"""Blocks left out that are kept to be shown."""
MAX_LEFT_OUT_SIZE = 300_000
"""Characters of their markup in all."""
_PART = "\ue000"


def cut(body: Element, blocks: list[Block], kept: list[bool]) -> str:
    """Clean HTML of the kept blocks. The tree is used up."""
    for block, keep in zip(blocks, kept, strict=True):
        if keep:
            _finish(block)
        else:
            dom.remove(block.element)
    unlink(body)
    _drop_empty(body)
    for run in list(body.iter("p")):
        if run.get(RUN) is not None and _stands_alone(run):
            dom.unwrap(run)
    return clean(_inner(body)).strip()


def left_out(blocks: list[Block], kept: list[bool]) -> tuple[str, ...]:
    """Clean HTML of the blocks that were not kept and are worth showing, in page order.

    Call it before `cut`.
    """
    parts: list[str] = []
    seen = {block.text for block, keep in zip(blocks, kept, strict=True) if keep}
    size = 0
    for block, keep in zip(blocks, kept, strict=True):
        if keep or block.text in seen or not _worth_showing(block):
            continue
        seen.add(block.text)
        html = etree.tostring(block.element, method="html", encoding="unicode", with_tail=False)
        size += len(html)
        if len(parts) == MAX_LEFT_OUT or size > MAX_LEFT_OUT_SIZE:
            break
        parts.append(html.replace(_PART, ""))
    # One passage through the gate for all of them: it costs more to enter than to pass.
    return tuple(part for html in clean(_PART.join(parts)).split(_PART) if (part := html.strip()))


def _worth_showing(block: Block) -> bool:
    """Prose, tables and captions; not menus, buttons and dates."""
    if block.element.tag == "table":
        return block.linked < 0.8 * len(block.tokens)
    return len(block.tokens) >= 5 and block.linked <= 0.6 * len(block.tokens)


def _finish(block: Block) -> None:
    """The last touch to a kept block: its link when the link stood around it, its cells."""
    element = block.element
    if element.tag == "table":
        tidy_cells(element)
    hrefs = [outer.get(HREF) for outer in block.path if outer.get(HREF)]
    if hrefs and element.tag not in ("table", "pre", "dl") and element.find(".//a") is None:
        link = dom.new("a", href=hrefs[-1])
        link.text, element.text = element.text, None
        for child in list(element):
            link.append(child)
        element.append(link)


def _drop_empty(body: Element) -> None:
    for element in reversed(list(body.iter(etree.Element))):
        if element is body or element.tag in ("br", "hr", "img", "td", "th", "col", "wbr") or len(element):
            continue
        if not (element.text or "").strip() and element.tag in dom.BLOCKS:
            dom.remove(element)


def _stands_alone(run: Element) -> bool:
    """Loose text that needs no paragraph: alone in its list item or cell, or only followed by a list."""
    parent = run.getparent()
    if parent is None or parent.tag not in ("li", "dd", "td", "th", "figcaption", "summary"):
        return False
    return sum(1 for child in parent if child.tag not in ("ul", "ol")) == 1 and parent[0] is run


def _inner(body: Element) -> str:
    """The markup in a tree,
    with the containers that the gate would unwrap left out but for their line ends.
    """
    for element in list(body.iter(etree.Element)):
        if element is not body and element.tag not in TAGS and element.tag in dom.BLOCKS:
            dom.unwrap(element)
    parts = [body.text or ""]
    parts += [etree.tostring(child, method="html", encoding="unicode") for child in body]
    return "".join(parts)
