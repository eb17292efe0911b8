"""Parsing a page once, and the few tree operations that the rest of extraction stands on."""

import re
from typing import Any, TypeAlias

from lxml import etree
from lxml import html as lxml_html

from desktop.errors import Refused
from desktop.languages import tr
from desktop.text.sanitize import MAX_DEPTH

Element: TypeAlias = Any
"""An lxml element; lxml brings no types."""

MAX_PAGE = 50 * 1024 * 1024
"""Characters of a page that are read at all."""

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# What no element may hold, as itself or as a reference, becomes a blank.
_BLANKED = bytes(32 if (c < 32 and c not in b"\t\n\r") or c == 127 else c for c in range(256))
_REFERENCE = re.compile(
    r"&#(?:[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]))(?![0-9a-fA-F]);?"
)
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

# Asked of the parser's own tree: a walk in Python takes four times as long.
_TOO_DEEP = etree.XPath(f"boolean(/*{'/*' * MAX_DEPTH})")
# lxml.html asks a Python function for the class of every element that is touched; this one asks nobody.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)


def parse(html: str) -> Element:
    """The page as a tree without comments. Raises `errors.Refused` over 50 MB or 512 levels."""
    if len(html) > MAX_PAGE:
        raise Refused(tr("This page is larger than 50 MB, so its text was not taken."))
    # Without huge_tree what lies deeper than 256 would vanish in silence.
    parser = lxml_html.HTMLParser(
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = lxml_html.document_fromstring(_without_control(html), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        tree = lxml_html.document_fromstring(b"<html><body></body></html>", parser=parser)
    if _TOO_DEEP(tree):
        raise Refused(tr("This page nests its elements too deeply, so its text was not taken."))
    return tree


def forget_methods(tree: Element) -> None:
    """From here on elements of this tree are plain lxml ones, which cost half as much to touch."""
    tree.getroottree().parser.set_element_class_lookup(None)


def _without_control(html: str) -> bytes:
    """The markup with blanks for control characters, by bytes: a tenth of a pattern's time."""
    html = _REFERENCE.sub(" ", html.replace("\ufffe", " ").replace("\uffff", " "))
    return html.encode("utf-8", "replace").translate(_BLANKED)


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
    parent, last = element.getparent(), len(element) - 1
    if last >= 0:
        element[last].tail = (element[last].tail or "") + (element.tail or "") or None
        text = element.text
    else:
        text = (element.text or "") + (element.tail or "")
    if text:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + text
        else:
            before.tail = (before.tail or "") + text
    place = parent.index(element)
    parent[place : place + 1] = element[:]


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
