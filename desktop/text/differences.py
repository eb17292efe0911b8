"""What changed between two versions of a page, block by block and word by word.

Surprising: a block counts as changed, not as removed and added, when half of its words are still there;
blocks that only moved are shown as removed in one place and added in another.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Literal

from rapidfuzz.distance import Indel

from desktop.text.alike import folded
from desktop.text.dom import HEADINGS
from desktop.text.outline import Block, Outline

Kind = Literal["same", "added", "removed", "changed"]
Op = Literal["same", "added", "removed"]
Piece = tuple[Op, str]

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LIKE = 0.5
"""From this likeness on, a block is the other one changed."""
_AHEAD = 40
"""How many old blocks are looked at for each new one."""
_INNERMOST = HEADINGS | {"p", "li", "dt", "dd", "figcaption", "summary", "address", "pre", "table", "caption"}
_TAGS = HEADINGS | {"p", "li", "pre"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One block of either version, or one of both."""

    kind: Kind
    tag: str
    """``p``, ``h2``, ``li``, ``pre`` …; a table is ``pre``, its cells parted by tabs."""
    pieces: tuple[Piece, ...]
    """Its words in order; those of ``same`` and ``removed`` make the old block, ``same`` and ``added`` the
    new."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How much changed, in words and in blocks."""

    words_added: int
    words_removed: int
    blocks: int
    """Blocks that are not the same."""


def compare(old_html: str, new_html: str) -> tuple[Difference, ...]:
    """All blocks of both versions in the order of the new one; what was removed stands where it was."""
    old, new = _blocks(old_html), _blocks(new_html)
    matcher = SequenceMatcher(
        None, [folded(text) for _, text in old], [folded(text) for _, text in new], False
    )
    found: list[Difference] = []
    for op, from_, to, low, high in matcher.get_opcodes():
        if op == "equal":
            found += [Difference("same", tag, (("same", text),)) for tag, text in new[low:high]]
        else:
            found += _replaced(old[from_:to], new[low:high])
    return tuple(found)


def said(differences: Iterable[Difference]) -> Counted:
    """How much changed."""
    added = removed = blocks = 0
    for difference in differences:
        blocks += difference.kind != "same"
        for op, text in difference.pieces:
            added += len(text.split()) if op == "added" else 0
            removed += len(text.split()) if op == "removed" else 0
    return Counted(added, removed, blocks)


def as_html(differences: Iterable[Difference], *, only_changes: bool = False) -> str:
    """Clean HTML of a comparison, with ``ins`` and ``del`` around what changed.

    ``only_changes``: blocks that are the same are left out, but for one on either side of a change.
    """
    shown = list(differences)
    if only_changes:
        shown = [
            one
            for at, one in enumerate(shown)
            if any(near.kind != "same" for near in shown[max(0, at - 1) : at + 2])
        ]
    parts: list[str] = []
    for at, one in enumerate(shown):
        is_item = one.tag == "li"
        opens = is_item and (at == 0 or shown[at - 1].tag != "li")
        closes = is_item and (at + 1 == len(shown) or shown[at + 1].tag != "li")
        inner = "".join(_marked(op, text) for op, text in one.pieces)
        parts.append(f"{'<ul>' if opens else ''}<{one.tag}>{inner}</{one.tag}>{'</ul>' if closes else ''}")
    return "".join(parts)


def _marked(op: Op, text: str) -> str:
    inner = escape(text, quote=False)
    return {"same": inner, "added": f"<ins>{inner}</ins>", "removed": f"<del>{inner}</del>"}[op]


def _blocks(html: str) -> list[tuple[str, str]]:
    """(tag, text) of each innermost block, in order; text beside blocks is a paragraph."""
    outline = Outline(html)
    text = outline.text
    found: list[tuple[str, str]] = []
    at = 0
    for block in outline.blocks:
        if block.start < at or block.stop <= block.start or not _is_innermost(block, outline):
            continue
        _paragraphs(found, text[at : block.start])
        tag = block.tag if block.tag in _TAGS else "pre" if block.tag == "table" else "p"
        found.append((tag, text[block.start : block.stop]))
        at = block.stop
    _paragraphs(found, text[at:])
    return found


def _is_innermost(block: Block, outline: Outline) -> bool:
    if block.tag not in _INNERMOST:
        return False
    return block.tag in ("pre", "table") or not any(
        other.path.startswith(f"{block.path}/") and other.stop > other.start for other in outline.blocks
    )


def _paragraphs(found: list[tuple[str, str]], text: str) -> None:
    found += [("p", part.strip()) for part in text.split("\n\n") if part.strip()]


def _replaced(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Difference]:
    """Blocks that stand against others: those most alike are one block that changed."""
    found: list[Difference] = []
    words = [text.split() for _, text in old]
    at = 0
    for tag, text in new:
        mine = text.split()
        like = [Indel.normalized_similarity(other, mine) for other in words[at : at + _AHEAD]]
        best = max(like, default=0.0)
        if best < _LIKE:
            found.append(Difference("added", tag, (("added", text),)))
            continue
        meant = at + like.index(best)
        found += [Difference("removed", other, (("removed", gone),)) for other, gone in old[at:meant]]
        found.append(Difference("changed", tag, _pieces(old[meant][1], text)))
        at = meant + 1
    return found + [Difference("removed", tag, (("removed", gone),)) for tag, gone in old[at:]]


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts word by word; neighbouring words of a kind are one piece."""
    ours, theirs = _WORD.findall(old), _WORD.findall(new)
    found: list[Piece] = []
    for op, from_, to, low, high in SequenceMatcher(None, ours, theirs, False).get_opcodes():
        if op == "equal":
            found.append(("same", "".join(theirs[low:high])))
            continue
        if to > from_:
            found.append(("removed", "".join(ours[from_:to])))
        if high > low:
            found.append(("added", "".join(theirs[low:high])))
    return tuple(found)
