"""Places in a text, in the library's code points and in Qt's UTF-16 units; no other file converts them.

Surprising: the shown document and the stored text have the same words, but not the same white space (a table
cell is a line here and a tab there), so places are carried over by the words around them.
"""

import re
from bisect import bisect_left, bisect_right

_WORD = re.compile(r"\w+")
_AHEAD = 40
"""How many words either text may have that the other has not, before they are taken to differ for good."""


class Units:
    """Code points of one text to UTF-16 units and back."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, letter in enumerate(text) if letter > "\uffff"] if not text.isascii() else []
        self._wide_units = [at + number for number, at in enumerate(self._wide)]

    def units(self, point: int) -> int:
        """The UTF-16 position of a code point's position."""
        return point + bisect_left(self._wide, point)

    def point(self, unit: int) -> int:
        """The code-point position of a UTF-16 position; the middle of a pair counts as its start."""
        return unit - bisect_left(self._wide_units, unit)


class Places:
    """Carries places between ``shown`` (``QTextDocument.toPlainText()``) and ``text`` (the capture's own)."""

    def __init__(self, shown: str, text: str) -> None:
        self._units = Units(shown)
        self.text = text
        self._length = len(text)
        self._shown_length = len(shown)
        self._here, self._there = _same_words(shown, text)

    def in_document(self, offset: int) -> int:
        """The position in the document (UTF-16) of a code-point offset in the text."""
        return self._units.units(_carry(offset, self._there, self._here, self._shown_length))

    def width_at(self, offset: int) -> int:
        """UTF-16 units of the character at a code-point offset of the text."""
        return 2 if self.text[offset : offset + 1] > "\uffff" else 1

    def in_text(self, position: int) -> int:
        """The code-point offset in the text of a position in the document (UTF-16)."""
        return _carry(self._units.point(position), self._here, self._there, self._length)


def _carry(offset: int, from_: list[int], to: list[int], length: int) -> int:
    """``offset`` beside the last common word at or before it, never past the next one."""
    at = bisect_right(from_, offset) - 1
    if at < 0:
        return 0
    place = to[at] + offset - from_[at]
    following = to[at + 1] if at + 1 < len(to) else length
    return min(place, following)


def _same_words(first: str, second: str) -> tuple[list[int], list[int]]:
    """Where the words that both texts have begin, in either; both lists rise."""
    ours = [(found[0], found.start()) for found in _WORD.finditer(first)]
    theirs = [(found[0], found.start()) for found in _WORD.finditer(second)]
    here: list[int] = []
    there: list[int] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if ours[i][0] == theirs[j][0]:
            here.append(ours[i][1])
            there.append(theirs[j][1])
            i, j = i + 1, j + 1
            continue
        i, j = _next_common(ours, theirs, i, j)
    return here, there


def _next_common(
    ours: list[tuple[str, int]], theirs: list[tuple[str, int]], i: int, j: int
) -> tuple[int, int]:
    """The nearest pair of equal words from here on: the fewest words skipped in both together."""
    waiting = {word: at for at, (word, _) in reversed(list(enumerate(theirs[j : j + _AHEAD])))}
    best = (2 * _AHEAD, i + _AHEAD, j + _AHEAD)
    for step, (word, _) in enumerate(ours[i : i + _AHEAD]):
        other = waiting.get(word)
        if other is not None and step + other < best[0]:
            best = (step + other, i + step, j + other)
    return best[1], best[2]
