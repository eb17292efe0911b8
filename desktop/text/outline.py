"""The blocks of clean HTML, and where each stands in its text.

Surprising: nothing is searched for. Text and HTML have the same visible characters in the same order,
whatever becomes of white space between them, so a place is carried over by their number before it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from desktop.text.dom import HEADINGS, Element
from desktop.text.markdown import parse_clean, text_from_html

BLOCKS = HEADINGS | frozenset(
    [
        "p",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "details",
        "summary",
        "address",
        "hr",
        "div",
        "img",
    ]
)
_VISIBLE = re.compile(r"\S")
_BARE = frozenset(["ul", "ol", "dl"])
"""Elements whose loose text is no part of the text."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: a paragraph, a list and each of its items, a picture, a whole table."""

    path: str
    """Numbers of the elements on the way to it, from 0: ``"3/0"`` is the first element in the fourth."""
    tag: str
    start: int
    """It is ``text[start:stop]``; both are equal when it holds no text."""
    stop: int
    pictures: tuple[str, ...] = ()
    """Addresses of the pictures in it."""


class Outline:
    """All blocks of one HTML, an outer one before those in it."""

    def __init__(self, html: str, text: str | None = None) -> None:
        text = text_from_html(html) if text is None else text
        self.text = text
        self.visible = visible(text)
        """Places of the visible characters in the text."""
        spans = list(_spans(parse_clean(html))) if html.strip() else []
        is_sound = not spans or spans[-1][3] == len(self.visible)
        self.blocks = tuple(
            Block(path, tag, *self._places(first, last), pictures)
            for path, tag, first, last, pictures in spans[:-1]
            if is_sound
        )

    def _places(self, first: int, last: int) -> tuple[int, int]:
        if not self.visible:
            return 0, 0
        if first == last:
            at = self.visible[first] if first < len(self.visible) else self.visible[-1] + 1
            return at, at
        return self.visible[first], self.visible[last - 1] + 1

    def at(self, offset: int) -> Block | None:
        """The innermost block at a place in the text; None outside all of them."""
        found = None
        for block in self.blocks:
            if block.start <= offset < block.stop:
                found = block
        return found

    def of_picture(self, address: str) -> Block | None:
        """The innermost block with this picture."""
        found = None
        for block in self.blocks:
            if address in block.pictures:
                found = block
        return found

    def block(self, path: str) -> Block | None:
        """The block of a path."""
        return next((block for block in self.blocks if block.path == path), None)

    def around(self, path: str) -> Block | None:
        """The block around that of ``path``; None when it is an outermost one."""
        known = {block.path: block for block in self.blocks}
        while "/" in path:
            path = path.rpartition("/")[0]
            if path in known:
                return known[path]
        return None


def visible(text: str) -> list[int]:
    """Places of all characters of a text but white space."""
    return [found.start() for found in _VISIBLE.finditer(text)]


def rank(places: list[int], offset: int) -> int:
    """How many visible characters stand before ``offset``."""
    return bisect_left(places, offset)


def element_at(root: Element, path: str) -> Element | None:
    """The element of a path in a tree by `parse_clean`."""
    element = root
    for number in path.split("/"):
        if not number.isdecimal() or int(number) >= len(element):
            return None
        element = element[int(number)]
    return element


def _spans(root: Element) -> Iterator[tuple[str, str, int, int, tuple[str, ...]]]:
    """(path, tag, visible characters before it, and up to its end, pictures); last one the root itself, path
    empty."""
    spans: list[tuple[str, str, int, int, tuple[str, ...]]] = []
    count = 0
    open_: list[tuple[str, int, int, list[str]]] = [("", 0, 0, [])]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        parent = node.getparent()
        if event == "start":
            if node is root:
                count += _length(node.text)
                continue
            path, number, _, _ = open_[-1]
            open_[-1] = (path, number + 1, *open_[-1][2:])
            mine = f"{path}/{number}" if path else str(number)
            slot = len(spans)
            if node.tag in BLOCKS:
                spans.append((mine, node.tag, count, count, ()))
            open_.append((mine, 0, slot if node.tag in BLOCKS else -1, _address(node)))
            count += _inside(node)
            if node.tag == "table":
                open_[-1][3].extend(_pictures(node))
                walker.skip_subtree()
        elif node is not root:
            _, _, slot, pictures = open_.pop()
            open_[-1][3].extend(pictures)
            count += 1 if _is_bracketed(node) else 0
            if slot >= 0:
                path, tag, first, _, _ = spans[slot]
                spans[slot] = (path, tag, first, count, tuple(pictures))
            count += 0 if parent is not root and parent.tag in _BARE else _length(node.tail)
    yield from spans
    yield ("", root.tag, 0, count, ())


def _inside(node: Element) -> int:
    """Visible characters of the text that a node begins with; of a table, of all of it."""
    if node.tag == "table":
        alone = etree.tostring(node, method="html", encoding="unicode", with_tail=False)
        return _length(text_from_html(alone))
    if node.tag in _BARE:
        return 0
    return _length(node.text) + (1 if _is_bracketed(node) else 0)


def _is_bracketed(node: Element) -> bool:
    """Whether this reading of a character gets brackets in the text."""
    return bool(node.tag == "rt" and node.getparent().find("rp") is None)


def _address(node: Element) -> list[str]:
    address = (node.get("src") or node.get("data-src")) if node.tag == "img" else None
    return [address] if address else []


def _pictures(table: Element) -> list[str]:
    return [address for picture in table.iter("img") for address in _address(picture)]


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0
