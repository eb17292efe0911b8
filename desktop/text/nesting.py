"""How deep a piece of HTML may nest and how much it may grow, told before a parser sees it. Pure.

Surprising: an end tag is believed only where no parser can take it for something else. In an attribute, a
comment, a script or a picture's own markup it closes nothing, and a page that says so can nest without end
while it looks flat. What looks like a start tag counts wherever it stands.
"""

import re
from dataclasses import dataclass

VOID = frozenset(
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "param", "frame", "keygen",
    ]
)  # fmt: skip
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
"""Elements that a parser opens again in each block after one that did not close them."""
_RAW = frozenset(
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"]
)
_FOREIGN = frozenset(["svg", "math"])
_PER_LETTERS = 64
_SPACE = r"[ \t\n\f\r]"
_SIGN = re.compile(r"<(?:(/?)([a-zA-Z][^ \t\n\f\r/>]*)|!--|[!?]|/(?=[^a-zA-Z]))")
_REST = re.compile(
    r"(?:[ \t\n\f\r/]+|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*"
    rf"(?:{_SPACE}*={_SPACE}*(?:\"[^\"]*\"|'[^']*'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*)?)?)*+>"
)
_COMMENT = re.compile(r"-?>|.*?(?:--!?>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Upper bounds, whatever a parser makes of the markup."""

    depth: int
    """Elements inside each other."""
    reopened: int
    """Elements that a parser adds by opening unclosed ones again; a long tag counts as several."""


def measure(html: str) -> Bounds:
    """The bounds of ``html``, which has no carriage returns or control characters any more."""
    meter = _Meter(html)
    for match in _SIGN.finditer(html):
        meter.take(match)
    return Bounds(meter.deepest, meter.reopened)


class _Meter:
    """Walks from sign to sign. Before ``_free`` all stands inside a tag, a comment or raw text."""

    def __init__(self, html: str) -> None:
        self.deepest = self.reopened = 0
        self._html = html
        self._free = self._weight = 0
        self._open: list[tuple[str, int]] = []
        self._is_foreign = False

    def take(self, match: re.Match[str]) -> None:
        is_sure = match.start() >= self._free and not self._is_foreign
        self.reopened += self._weight
        if not match[2]:
            if is_sure:
                self._free = self._end_of_comment(match)
            return
        name = match[2].lower() if match[2].isascii() else match[2]
        if is_sure:
            rest = _REST.match(self._html, match.end())
            self._free = rest.end() if rest else len(self._html)
        if not match[1]:
            self._start(name, 1 + max(0, self._free - match.start()) // _PER_LETTERS)
            if is_sure and name in _RAW:
                self._free = self._end_of_raw(name)
        elif is_sure and self._open and self._open[-1][0] == name:
            self._weight -= self._open.pop()[1]

    def _start(self, name: str, weight: int) -> None:
        if name in VOID and not self._is_foreign:
            return
        self._is_foreign = self._is_foreign or name in _FOREIGN
        self._open.append((name, weight if name in _FORMATTING else 0))
        self._weight += self._open[-1][1]
        self.deepest = max(self.deepest, len(self._open))

    def _end_of_comment(self, match: re.Match[str]) -> int:
        if match[0] == "<!--":
            found = _COMMENT.match(self._html, match.end())
            return found.end() if found else len(self._html)
        return self._html.find(">", match.end()) + 1 or len(self._html)

    def _end_of_raw(self, name: str) -> int:
        found = re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(self._html, self._free)
        return found.start() if found and name != "plaintext" else len(self._html)
