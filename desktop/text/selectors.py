"""The four selectors of the W3C Web Annotation model over the code points of a capture's text.

Surprising: ``exact``, ``prefix`` and ``suffix`` are copied as they stand, white space and all. What differs
by white space, quotation marks or case is for `anchoring` to see past.
"""

import json
from dataclasses import dataclass
from urllib.parse import quote as escaped

from lxml import etree

from desktop.text.markdown import parse_clean
from desktop.text.outline import Block, Outline, element_at

CONTEXT = 32
"""Characters of prefix and suffix."""
_ENDS = 300
"""A longer passage is named in a text fragment by its first and last words."""


@dataclass(frozen=True, slots=True)
class Quote:
    """TextQuoteSelector."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Selectors:
    """One passage by all four selectors."""

    start: int
    """TextPositionSelector: the passage is ``text[start:stop]``."""
    stop: int
    quote: Quote
    range: str = ""
    """RangeSelector as JSON, or empty when no HTML was given."""
    fragment: str = ""
    """Value of the FragmentSelector: a text fragment (``:~:text=…``) that a browser can go to."""


def describe(text: str, start: int, stop: int, html: str = "") -> Selectors:
    """The passage ``text[start:stop]``, white space at its ends taken off, by all four selectors.

    ``html`` is what ``text`` was made of; without it there is no RangeSelector. Raises ValueError for a
    passage that is empty or not in the text.
    """
    start, stop = trimmed(text, start, stop)
    quote = Quote(text[start:stop], text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT])
    ranged = range_of(html, text, start, stop) if html else ""
    return Selectors(start, stop, quote, ranged, fragment_of(quote))


def trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """The passage without white space at its ends. Raises ValueError when nothing is left."""
    start, stop = max(0, start), min(len(text), stop)
    passage = text[start:stop]
    if not passage.strip():
        raise ValueError("an empty passage")
    start += len(passage) - len(passage.lstrip())
    return start, start + len(passage.strip())


def range_of(html: str, text: str, start: int, stop: int) -> str:
    """RangeSelector as JSON: from a place in one block to a place in the same or another; empty when the
    HTML does not show the text there.

    Its end is not part of the passage, as the model has it.
    """
    outline = Outline(html, text)
    first, last = outline.at(start), outline.at(stop - 1)
    if first is None or last is None:
        return ""
    root = parse_clean(html)
    ends = {
        "type": "RangeSelector",
        "startSelector": _place(root, first, start),
        "endSelector": _place(root, last, stop),
    }
    return json.dumps(ends, ensure_ascii=False, separators=(",", ":"))


def fragment_of(quote: Quote) -> str:
    """The text fragment of a quotation: its words, or the first and last few of a long one."""
    words = quote.exact.split()
    lines = [line for line in quote.exact.splitlines() if line.strip()]
    if len(quote.exact) <= _ENDS and len(lines) == 1:
        return f":~:text={_part(' '.join(words))}"
    first, last = " ".join(lines[0].split()[:6]), " ".join(lines[-1].split()[-6:])
    return f":~:text={_part(first)},{_part(last)}"


def _part(words: str) -> str:
    """Percent-encoded; a dash would mean context, a comma an end."""
    return escaped(words, safe="").replace("-", "%2D")


def _place(root: etree._Element, block: Block, offset: int) -> dict[str, object]:
    inside = offset - block.start
    element = element_at(root, block.path)
    address = root.getroottree().getpath(element) if element is not None else "/"
    return {
        "type": "XPathSelector",
        "value": address.removeprefix("/html/body/div") or "/",
        "refinedBy": {"type": "TextPositionSelector", "start": inside, "end": inside},
    }
