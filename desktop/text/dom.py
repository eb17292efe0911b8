"""Parsing a page once, and the few tree operations that the rest of extraction stands on."""

import re
from typing import Any, TypeAlias

from lxml import etree
from lxml import html as lxml_html

from desktop.errors import Refused
from desktop.text.sanitize import MAX_DEPTH

Element: TypeAlias = Any
"""An lxml element; lxml brings no types."""

MAX_PAGE = 50 * 1024 * 1024
"""Characters of a page that are read at all."""

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
    r"|&#(?:[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]))(?![0-9a-fA-F]);?"
)
"""What no element may hold, as itself or as a reference."""
BLOCKS = HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "dd",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "caption",
        "colgroup",
        "col",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
"""Elements that start a new line. Every other element runs within a line, also one we have never heard of."""


def parse(html: str) -> Element:
    """The page as a tree without comments. Raises `errors.Refused` over 50 MB or 512 levels."""
    if len(html) > MAX_PAGE:
        raise Refused("This page is larger than 50 MB, so its text was not taken.")
    # Without huge_tree what lies deeper than 256 would vanish in silence.
    parser = lxml_html.HTMLParser(
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
    )
    try:
        tree = lxml_html.document_fromstring(
            _CONTROL.sub(" ", html).encode("utf-8", "replace"), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = lxml_html.document_fromstring("<html><body></body></html>")
    if depth(tree) > MAX_DEPTH:
        raise Refused("This page nests its elements too deeply, so its text was not taken.")
    return tree


def depth(tree: Element) -> int:
    """How many elements stand one in another."""
    level = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def body_of(tree: Element) -> Element:
    """The body, or the tree itself when it has none."""
    body = tree.find("body")
    return tree if body is None else body


def remove(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def replace(element: Element, new: Element) -> None:
    """Put ``new`` in the place of an element; the text behind it stays."""
    new.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.replace(element, new)


def unwrap(element: Element) -> None:
    """Take an element away and leave its content."""
    element.drop_tag()


def new(tag: str, text: str = "", **attributes: str) -> Element:
    """A fresh element."""
    element = lxml_html.Element(tag, attributes)
    element.text = text or None
    return element


def text_of(element: Element) -> str:
    """All text in an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def classes(element: Element) -> str:
    """Class and id in lower case, for looking for words in them."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()
