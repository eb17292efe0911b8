"""A capture as the person has cleaned it: blocks taken out, left-out blocks brought in, at each showing anew.

Nothing here changes what was captured. Surprising: a passage keeps one address whatever is edited. It counts
in the *full text*: the capture's text, then the text of each block that the extraction left out. What is
shown is a part of it, in the same order, so a place there and here differs only by what is not shown before.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from desktop.text import dom
from desktop.text.dom import Element
from desktop.text.markdown import parse_clean, text_from_html
from desktop.text.outline import Outline, rank, visible

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Removed:
    """A block that was taken out."""

    path: str
    html: str
    excerpt: str


@dataclass(frozen=True)
class Edited:
    """What is shown of a capture after its edits."""

    html: str
    text: str
    removed: tuple[Removed, ...]
    """In page order; none stands in another."""
    restored: frozenset[int]
    """Numbers of the left-out blocks that were brought in; they stand at the end, in page order."""
    outline: Outline
    """Of what is shown."""
    paths: Mapping[str, str] = field(repr=False, default_factory=dict)
    """Path as shown → path as captured; a left-out block's is ``+`` and its number."""
    _kept: tuple[tuple[int, int, int], ...] = ()
    """(visible characters before it in the full text, and in what is shown, how many) for each part shown."""
    _full: tuple[int, ...] = field(repr=False, default=())
    """Places of the visible characters of the full text."""

    def shown(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where a passage of the full text is shown; its shown part, when a part of it is not; None: not at
        all."""
        spans = [(own, there, count) for own, there, count in self._kept]
        return _carried(list(self._full), self.outline.visible, spans, start, stop)

    def own(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where a passage of what is shown stands in the full text; None when it holds no letter."""
        spans = [(there, own, count) for own, there, count in self._kept]
        return _carried(self.outline.visible, list(self._full), spans, start, stop)


def full_text(text: str, left_out: Iterable[str]) -> str:
    """The text that places of annotations count in: the capture's, then that of each left-out block."""
    return SEPARATOR.join([text, *map(text_from_html, left_out)])


def apply(
    html: str, text: str, left_out: tuple[str, ...], removed: Iterable[str], restored: Iterable[int]
) -> Edited:
    """The capture without the blocks of these paths and with the left-out blocks of these numbers.

    Paths and numbers that the capture does not have are passed over.
    """
    numbers = sorted({number for number in restored if 0 <= number < len(left_out)})
    own = Outline(html, text)
    gone = [path for path in _outermost(removed) if own.block(path) is not None]
    root = parse_clean(html)
    elements = dict(_with_paths(root))
    taken = _take_out(elements, gone)
    known = {element: path for path, element in elements.items()}
    paths = {path: known[element] for path, element in _with_paths(root)}
    for number in numbers:
        for child in _children(left_out[number]):
            root.append(child)
            paths[str(len(root) - 1)] = f"+{number}"
    shown_html = _inner(root) if gone or numbers else html
    shown_text = text_from_html(shown_html) if gone or numbers else text
    outline = Outline(shown_html, shown_text)
    left_texts = [text_from_html(part) for part in left_out]
    return Edited(
        shown_html,
        shown_text,
        taken,
        frozenset(numbers),
        outline,
        paths,
        tuple(_kept(own, gone, left_texts, numbers)),
        tuple(visible(SEPARATOR.join([text, *left_texts]))),
    )


def _outermost(paths: Iterable[str]) -> list[str]:
    """In page order, without those that stand in another."""
    found: list[str] = []
    for path in sorted(set(paths), key=_numbers):
        if not any(path == outer or path.startswith(f"{outer}/") for outer in found):
            found.append(path)
    return found


def _numbers(path: str) -> list[int]:
    return [int(part) if part.isdecimal() else -1 for part in path.split("/")]


def _take_out(elements: dict[str, Element], gone: list[str]) -> tuple[Removed, ...]:
    """Take blocks out of their tree."""
    removed = []
    for path in gone:
        html = etree.tostring(elements[path], method="html", encoding="unicode", with_tail=False)
        words = " ".join(text_from_html(html).split())
        removed.append(Removed(path, html, words[:120]))
        dom.remove(elements[path])
    return tuple(removed)


def _with_paths(root: Element) -> Iterator[tuple[str, Element]]:
    """Every element below the root with its path."""
    waiting = [(root, "")]
    while waiting:
        outer, way = waiting.pop()
        for number, child in enumerate(outer):
            mine = f"{way}/{number}" if way else str(number)
            yield mine, child
            waiting.append((child, mine))


def _children(html: str) -> list[Element]:
    """A left-out block as elements; loose text gets a paragraph."""
    part = parse_clean(html)
    if (part.text or "").strip() or any((child.tail or "").strip() for child in part):
        part.tag = "p" if not any(child.tag in dom.BLOCKS for child in part) else "div"
        return [part]
    return list(part)


def _inner(root: Element) -> str:
    parts = [etree.tostring(child, method="html", encoding="unicode") for child in root]
    return (root.text or "") + "".join(parts)


def _kept(
    own: Outline, gone: list[str], left_texts: list[str], numbers: list[int]
) -> Iterable[tuple[int, int, int]]:
    """(first in the full text, first in what is shown, how many) visible characters."""
    first = there = 0
    for path in gone:
        block = own.block(path)
        assert block is not None
        from_, to = rank(own.visible, block.start), rank(own.visible, block.stop)
        if from_ > first:
            yield first, there, from_ - first
            there += from_ - first
        first = max(first, to)
    if len(own.visible) > first:
        yield first, there, len(own.visible) - first
        there += len(own.visible) - first
    before = len(own.visible)
    for number, text in enumerate(left_texts):
        count = len(visible(text))
        if number in numbers and count:
            yield before, there, count
            there += count
        before += count


def _carried(
    here: list[int], there: list[int], spans: list[tuple[int, int, int]], start: int, stop: int
) -> tuple[int, int] | None:
    """A passage in one text as it stands in another that shows some parts of it in the same order."""
    first, last = bisect_left(here, start), bisect_left(here, stop)
    found: list[int] = []
    for mine, other, count in spans:
        low, high = max(first, mine), min(last, mine + count)
        if low < high:
            found += [other + low - mine, other + high - 1 - mine]
    if not found or found[-1] >= len(there):
        return None
    return there[found[0]], there[found[-1]] + 1
