"""What trafilatura and resiliparse would keep of a page: two opinions, as sets of word triples and lines.

Surprising: trafilatura gets the tree that was parsed already; it works on a copy.
"""

import logging
from dataclasses import dataclass, field
from itertools import pairwise

from resiliparse.extract.html2text import extract_plain_text
from trafilatura import bare_extraction

from desktop.text.blocks import TOKEN
from desktop.text.dom import Element

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Opinion:
    """One extractor's text."""

    words: int
    triples: frozenset[tuple[str, str, str]]
    pairs: frozenset[tuple[str, str]]
    lines: frozenset[str] = field(default_factory=frozenset)
    """Whole lines, as their words joined by a space."""

    def share(self, tokens: list[str]) -> float:
        """0–1: how much of a block with these words the extractor has kept."""
        if len(tokens) >= 4:
            triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
            hits = sum(map(self.triples.__contains__, triples))
            return hits / (len(tokens) - 2)
        if not tokens:
            return 0.0
        if " ".join(tokens) in self.lines:
            return 1.0
        if len(tokens) == 3:
            return 0.45 * (tuple(tokens) in self.triples)
        if len(tokens) == 2:
            return 0.4 * (tuple(tokens) in self.pairs)
        return 0.0


def opinion_of(text: str) -> Opinion:
    """The opinion that a text of an extractor stands for."""
    lines = [TOKEN.findall(line) for line in text.casefold().split("\n")]
    words = [word for line in lines for word in line]
    return Opinion(
        len(words),
        frozenset(zip(words, words[1:], words[2:], strict=False)),
        frozenset(pairwise(words)),
        frozenset(" ".join(line) for line in lines if 0 < len(line) < 12),
    )


def of_trafilatura(tree: Element, url: str) -> Opinion:
    """Trafilatura's choice, without comments: where replies are the content, the other opinion has them."""
    try:
        document = bare_extraction(tree, url=url, include_comments=False, include_tables=True)
    except Exception:  # whatever a page makes it raise, the other opinion remains
        document = None
    return opinion_of(getattr(document, "text", None) or "")


def of_resiliparse(html: str) -> Opinion:
    """Resiliparse's choice: quick, and better on forums and product pages."""
    try:
        return opinion_of(extract_plain_text(html, main_content=True, alt_texts=False))
    except Exception:  # as above
        return opinion_of("")
