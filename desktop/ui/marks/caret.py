"""Choosing a passage by keys alone: sentence by sentence, word by word, and Shift extends.

Surprising: something is always selected. The first key selects the first sentence in sight, so that most
highlights take two keys: H and Enter.
"""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QTextBoundaryFinder

Range = tuple[int, int]
"""Anchor and caret, UTF-16 positions of the document; the caret may stand before the anchor."""


class Caret:
    """Steps through one text, ``QTextDocument.toPlainText()``. Pure of any widget."""

    def __init__(self, text: str) -> None:
        self._words = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, text)
        self._length = len(text.encode("utf-16-le")) // 2
        self.sentences = _sentences(text)
        """Start and end of each sentence, blanks at its end left off."""
        self._starts = [start for start, _ in self.sentences]
        self._stops = [stop for _, stop in self.sentences]

    def first(self, position: int) -> Range | None:
        """The sentence at or after a position; the last one where none follows."""
        if not self.sentences:
            return None
        at = bisect_right(self._stops, position)
        return self.sentences[min(at, len(self.sentences) - 1)]

    def sentence(self, now: Range, step: int) -> Range:
        """The sentence after (1) or before (-1) the selection."""
        if not self.sentences:
            return now
        if step > 0:
            at = bisect_left(self._starts, max(now))
            return self.sentences[min(at, len(self.sentences) - 1)]
        at = bisect_left(self._starts, min(now)) - 1
        return self.sentences[max(0, at)]

    def extend_sentence(self, now: Range, step: int) -> Range:
        """The caret to the next end of a sentence, or to the start before it; the anchor stays."""
        anchor, caret = now
        if step > 0:
            edges = self._stops if caret >= anchor else self._starts
            at = bisect_right(edges, caret)
            return (anchor, edges[at]) if at < len(edges) else now
        edges = self._starts if caret <= anchor else self._stops
        at = bisect_left(edges, caret) - 1
        if at >= 0 and (caret <= anchor or edges[at] > anchor):
            return anchor, edges[at]
        at = bisect_left(self._starts, min(now)) - 1
        return (max(now), self._starts[at]) if at >= 0 and caret <= anchor else (anchor, max(now))

    def word(self, now: Range, step: int) -> Range:
        """The word beside a selected word; from a longer selection its first word (1) or its last (-1)."""
        low, high = min(now), max(now)
        inside = self._word_from(low)
        is_longer = inside is not None and inside[1] < high
        if step > 0:
            return (inside if is_longer else self._word_from(high)) or now
        return self._word_before(high if is_longer else low) or now

    def extend_word(self, now: Range, step: int) -> Range:
        """The caret by one word; the anchor stays."""
        anchor, caret = now
        word = self._word_from(caret) if step > 0 else self._word_before(caret)
        if word is None:
            return now
        return anchor, word[1] if step > 0 else word[0]

    def _word_from(self, position: int) -> Range | None:
        """The first word that starts at or after a position."""
        finder = self._words
        reason = QTextBoundaryFinder.BoundaryReason
        finder.setPosition(max(0, min(position, self._length)))
        at = finder.position()
        if not (finder.isAtBoundary() and finder.boundaryReasons() & reason.StartOfItem):
            at = self._seek(reason.StartOfItem, is_back=False)
        if at < 0:
            return None
        stop = self._seek(reason.EndOfItem, is_back=False)
        return (at, stop) if stop > at else None

    def _word_before(self, position: int) -> Range | None:
        """The last word that starts before a position."""
        self._words.setPosition(max(0, min(position, self._length)))
        at = self._seek(QTextBoundaryFinder.BoundaryReason.StartOfItem, is_back=True)
        return self._word_from(at) if at >= 0 else None

    def _seek(self, reason: QTextBoundaryFinder.BoundaryReason, *, is_back: bool) -> int:
        finder = self._words
        while True:
            at = finder.toPreviousBoundary() if is_back else finder.toNextBoundary()
            if at < 0 or finder.boundaryReasons() & reason:
                return at


def _sentences(text: str) -> list[Range]:
    units = text.encode("utf-16-le")
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, text)
    found: list[Range] = []
    start = 0
    while (stop := finder.toNextBoundary()) >= 0:
        words = units[2 * start : 2 * stop].decode("utf-16-le", "replace")
        trimmed = words.strip("\ufffc \t\r\n\u2028\u2029\u00a0")
        if any(letter.isalnum() for letter in trimmed):
            lead = len(words) - len(words.lstrip("\ufffc \t\r\n\u2028\u2029\u00a0"))
            first = start + lead
            found.append((first, first + len(trimmed.encode("utf-16-le")) // 2))
        start = stop
    return found
