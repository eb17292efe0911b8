"""A text made comparable, with the way back: what differs by type-setting alone becomes equal.

Surprising: white space is not folded but dropped, since pages set spaces around dashes, quotation marks and
line ends as they like. A place in the folded text leads back to its place in the text.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

_QUOTES = "\"'`´‘’‚‛“”„‟′″‴ʼʹ‹›«»「」『』〝〞〟＂＇"
_DASHES = "-‐‑‒–—―−⸺⸻﹘﹣－"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_TOKEN = re.compile(
    rf"(?P<plain>[!#-&(-,./-_a-~]+(?![{_MARKS}]))"
    rf"|(?P<dash>[{re.escape(_DASHES)}]+)"
    r"|(?P<jamo>[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?)"
    rf"|\S[{_MARKS}]*"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A comparable text."""

    text: str
    at: "array[int]"
    """Where each of its characters began in the text it was made of; one more: that text's length."""

    def place(self, offset: int) -> int:
        """The first place in the folded text that is not before ``offset`` in the original."""
        return bisect_left(self.at, offset, 0, len(self.text))


def fold(text: str) -> Folded:
    """Drop white space and what is invisible; make quotation marks, dashes, letter case and composed letters
    equal (NFKC, case folded)."""
    parts: list[str] = []
    at = array("l")
    for found in _TOKEN.finditer(text):
        start = found.start()
        if found.lastgroup == "plain":
            parts.append(found[0].lower())
            at.extend(range(start, found.end()))
        elif found.lastgroup == "dash":
            parts.append("-")
            at.append(start)
        elif part := _cluster(found[0]):
            parts.append(part)
            at.extend([start] * len(part))
    at.append(len(text))
    return Folded("".join(parts), at)


def folded(text: str) -> str:
    """The comparable form alone, for what is short."""
    return fold(text).text


class Ground:
    """A text to find passages in; folded once, at the first need."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> Folded:
        """Its comparable form."""
        return fold(self.text)

    def back(self, first: int, last: int) -> tuple[int, int]:
        """(start, stop) in the text of ``folded.text[first:last]``, without dropped signs at its end."""
        at = self.folded.at
        start, stop = at[first], at[last]
        while stop > start and not _keeps(self.text[stop - 1]):
            stop -= 1
        return start, stop


def _keeps(sign: str) -> bool:
    return not sign.isspace() and (sign.isascii() or unicodedata.combining(sign) > 0 or bool(_cluster(sign)))


@lru_cache(maxsize=20_000)
def _cluster(letters: str) -> str:
    """One letter with its marks, comparable; empty for what is invisible."""
    if letters in _QUOTES:
        return "'"
    if unicodedata.category(letters[0]) in ("Cf", "Cc"):
        return ""
    return "".join(unicodedata.normalize("NFKC", letters).casefold().split())
