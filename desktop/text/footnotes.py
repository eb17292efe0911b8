"""Footnotes: the mark in the text stays, the arrow back goes, and a note belongs to the article when its
mark does.

Surprising: ids do not pass the gate, so a note is found by its number, as in a book; only the tie between a
mark and its note is used here, to keep the note.
"""

import re

from lxml import etree

from desktop.text import dom
from desktop.text.blocks import Block
from desktop.text.dom import Element

_BACK = re.compile(
    r"^[\[(]?\s*(?:[↩↵⤴⏎↑^⬆]|↩︎|back|jump up|return|jump back.*|back to .*)\s*[\])]?$", re.IGNORECASE
)
_MARK = re.compile(
    r"^\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]|note \d+|fn\d+)\s*[\])]?\s*$", re.IGNORECASE
)


def tidy_marks(tree: Element) -> None:
    """Drops the links back from a note; unwraps other links into the page, since their target's id goes."""
    for link in list(tree.iter("a")):
        href = link.get("href") or ""
        if not href.startswith("#"):
            continue
        label = "".join(link.itertext()).replace("\ufe0e", "").strip()
        kind = f"{link.get('class') or ''} {link.get('role') or ''} {link.get('rev') or ''}".lower()
        if _BACK.match(label) or "backref" in kind or "backlink" in kind or "reversefootnote" in kind:
            dom.remove(link)


def notes_of(blocks: list[Block], kept: list[bool], body: Element) -> set[int]:
    """The places of the blocks that hold the notes of marks in kept blocks."""
    wanted = {
        target
        for block, keep in zip(blocks, kept, strict=True)
        if keep
        for link in block.element.iter("a")
        if (target := (link.get("href") or "").removeprefix("#"))
        and (link.get("href") or "").startswith("#")
        and _is_mark(link)
    }
    if not wanted:
        return set()
    owners = {
        element
        for element in body.iter(etree.Element)
        if (element.get("id") or element.get("name")) in wanted
    }
    if not owners:
        return set()
    found = set()
    for i, block in enumerate(blocks):
        if (
            block.element in owners
            or any(outer in owners for outer in block.path)
            or any(e in owners for e in block.element.iter(etree.Element))
        ):
            found.add(i)
    return found


def unlink(tree: Element) -> None:
    """Links into the page become plain text; a footnote's mark stands raised."""
    for link in list(tree.iter("a")):
        if not (link.get("href") or "").startswith("#"):
            continue
        if (
            _is_mark(link)
            and not any(outer.tag == "sup" for outer in link.iterancestors())
            and link.find(".//sup") is None
            and _follows_text(link)
        ):
            link.tag = "sup"
            link.attrib.clear()
        else:
            dom.unwrap(link)


def _is_mark(link: Element) -> bool:
    return bool(_MARK.match("".join(link.itertext())))


def _follows_text(link: Element) -> bool:
    before = link.getprevious()
    text = (
        before.tail if before is not None else (link.getparent().text if link.getparent() is not None else "")
    )
    return bool(text and text[-1:].strip())
