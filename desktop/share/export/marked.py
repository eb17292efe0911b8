"""Highlights painted into a text: where a quotation stands in the tree, its words get a ground.

The surprising fact: blanks do not count. The text on which a person marked a passage and the tree that is
written out fold them differently, and are the same in every other letter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lxml import etree

from desktop.text.colours import COLOURS
from desktop.text.dom import Element

_NOT_WORDS: Final = frozenset(["table", "thead", "tbody", "tr", "ul", "ol", "dl"])
"""Between their parts stand only blanks, and no mark may stand there."""
_Text = tuple[Element, bool, str]
"""The text before an element's children, or after the element when the second is true."""
_Ground = tuple[str, int]
"""A colour, and the number of the passage; -1: it is not to be said."""
_BARE: Final[_Ground] = ("", -1)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is to be painted. ``start``: where it stood, by which the nearest of several is taken."""

    quote: str
    start: int
    colour: str


def paint(root: Element, passages: Iterable[Passage], *, is_numbered: bool = False) -> set[int]:
    """Put ``<mark class="colour">`` around the passages that are there; which ones were, counted from 0.

    ``is_numbered``: every mark also says in ``data-n`` which passage it belongs to.
    """
    wanted = [("".join(one.quote.split()), one) for one in passages]
    if not any(quote for quote, _ in wanted):
        return set()
    texts = list(_texts(root))
    letters = "".join("".join(text.split()) for _, _, text in texts)
    grounds: dict[int, _Ground] = {}
    found = set()
    for number, (quote, one) in enumerate(wanted):
        at = _nearest(letters, quote, one.start) if quote else -1
        if at >= 0:
            found.add(number)
            colour = one.colour if one.colour in COLOURS else COLOURS[0]
            ground = (colour, number if is_numbered else -1)
            grounds.update(dict.fromkeys(range(at, at + len(quote)), ground))
    _colour(texts, grounds)
    return found


def _texts(element: Element) -> Iterator[_Text]:
    """All words of the tree in the order in which they are read."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.text and node.tag not in _NOT_WORDS:
                yield node, False, node.text
        elif node is not element and node.tail and node.getparent().tag not in _NOT_WORDS:
            yield node, True, node.tail


def _nearest(letters: str, quote: str, start: int) -> int:
    """Where the quotation stands nearest to ``start``, which counts blanks and so is a little further on."""
    meant = max(0, start - start // 6)
    after = letters.find(quote, meant)
    before = letters.rfind(quote, 0, meant + len(quote))
    if after < 0 or before < 0:
        return max(after, before)
    return after if after - meant < meant - before else before


def _colour(texts: list[_Text], grounds: dict[int, _Ground]) -> None:
    at = 0
    for node, is_tail, text in texts:
        places: list[int | None] = []
        for letter in text:
            places.append(None if letter.isspace() else at)
            at += not letter.isspace()
        if any(place in grounds for place in places if place is not None):
            _split(node, is_tail, text, _filled(places, grounds, at))


def _filled(places: list[int | None], grounds: dict[int, _Ground], end: int) -> list[_Ground]:
    """The ground of every letter; a blank has that of its neighbours when they share one."""
    found, following = [], end
    for place in reversed(places):
        if place is not None:
            following = place
            found.append(grounds.get(place, _BARE))
        else:
            ahead = grounds.get(following, _BARE)
            found.append(ahead if ahead == grounds.get(following - 1, _BARE) else _BARE)
    return found[::-1]


def _split(node: Element, is_tail: bool, text: str, grounds: list[_Ground]) -> None:
    parent = node.getparent() if is_tail else node
    index = parent.index(node) + 1 if is_tail else 0
    last: Element = None
    for (colour, number), run in groupby(range(len(text)), key=grounds.__getitem__):
        places = list(run)
        part = text[places[0] : places[-1] + 1]
        if colour:
            if last is None and places[0] == 0:
                _set(node, is_tail, "")
            last = etree.Element("mark")
            last.set("class", colour)
            if number >= 0:
                last.set("data-n", str(number))
            last.text = part
            parent.insert(index, last)
            index += 1
        elif last is None:
            _set(node, is_tail, part)
        else:
            last.tail = part


def _set(node: Element, is_tail: bool, text: str) -> None:
    if is_tail:
        node.tail = text
    else:
        node.text = text
