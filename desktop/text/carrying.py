"""Carry marked passages from one version of a text to the next, with both at hand.

What the two versions share is laid side by side first: stretches that stand once in either, in the same
order. A passage can then only be between its nearest shared neighbours. Surprising: that decides what no
quotation with context can, which of two sentences that read alike is the one that was marked, and that it is
gone while the other still stands.
"""

from bisect import bisect_left, bisect_right
from functools import cached_property

from rapidfuzz import fuzz

from desktop.text.alike import Ground
from desktop.text.anchoring import LONG_ENOUGH, LOST, Found, How, find, found
from desktop.text.fitting import Fit, Passage, occurrences
from desktop.text.selectors import CONTEXT, Quote

_STRETCH = 20
"""Folded characters of a shared stretch."""
_STEP = 5
"""Every how many characters the older text is looked at."""


class Carrier:
    """Carries passages from one text to another; laid side by side once, at the first need."""

    def __init__(self, old: Ground, new: Ground) -> None:
        self._old = old
        self._new = new

    def carry(self, start: int, stop: int) -> Found:
        """Where ``old.text[start:stop]`` stands in the new text.

        ``exact`` when the texts are equal, ``quote`` by its words, ``fuzzy`` by words that changed a little,
        ``lost`` when it is gone or could be at either of two places.
        """
        if self._old.text == self._new.text:
            return Found(start, stop, "exact", 100)
        old = self._old.folded
        first, last = old.place(start), old.place(stop)
        if last <= first:
            return LOST
        passage = Passage(
            old.text[first:last],
            old.text[max(0, first - CONTEXT) : first],
            old.text[last : last + CONTEXT],
        )
        return self._within(passage, first, last) or self._moved(passage, start, stop)

    def _within(self, passage: Passage, first: int, last: int) -> Found | None:
        """The passage between its nearest shared neighbours; None: it is not there."""
        text = self._new.folded.text
        low, high, ahead, behind = self._window(first, last)
        length = last - first
        here = occurrences(text, passage.exact, low, high)
        fits = [passage.fit(text, at, at + length) for at in here]
        if len(fits) > 1:
            best = _told_apart(fits, low + ahead, high - behind)
            return self._found(best, "quote") if best is not None else LOST
        near = self._nearly(passage, low, high, ahead, behind) if not fits or fits[0].around < 0.9 else None
        if fits and (near is None or near.weight <= fits[0].weight):
            return self._found(fits[0], "quote")
        return self._found(near, "fuzzy") if near is not None else None

    def _nearly(self, passage: Passage, low: int, high: int, ahead: int, behind: int) -> Fit | None:
        """What is most like the passage between its neighbours, when that is enough to believe it."""
        text, length = self._new.folded.text, len(passage.exact)
        fits = [passage.fit(text, low + ahead, high - behind)] if high - behind > low + ahead else []
        inside = text[low:high].replace(passage.exact, "\0" * length)
        near = fuzz.partial_ratio_alignment(passage.exact, inside, score_cutoff=60)
        if near is not None and near.dest_end > near.dest_start and high - low >= length:
            fits.append(passage.snapped(text, low + near.dest_start, low + near.dest_end))
        fits = [fit for fit in fits if fit.words < 1]
        best = max(fits, key=lambda fit: fit.weight, default=None)
        is_tight = high - low <= 2 * length + 4 * _STRETCH
        if best is None or best.words < 0.55 or not (best.side >= 0.8 or (is_tight and best.words >= 0.75)):
            return None
        return best

    def _moved(self, passage: Passage, start: int, stop: int) -> Found:
        """The passage somewhere else, when nothing else in the old text could be taken for it."""
        if len(passage.exact) < LONG_ENOUGH or len(occurrences(self._old.folded.text, passage.exact)) > 1:
            return LOST
        text = self._old.text
        quote = Quote(text[start:stop], text[max(0, start - CONTEXT) : start], text[stop : stop + CONTEXT])
        there = find(self._new, quote)
        return LOST if there.how == "fuzzy" else there

    def _window(self, first: int, last: int) -> tuple[int, int, int, int]:
        """(low, high) in the new folded text between which the passage can only be, and the characters from
        low to the passage and from the passage to high as they were."""
        ours, theirs = self._shared
        at = bisect_right(ours, first - _STRETCH) - 1
        low, ahead = (theirs[at] + _STRETCH, first - ours[at] - _STRETCH) if at >= 0 else (0, first)
        at = bisect_left(ours, last)
        end, old_end = len(self._new.folded.text), len(self._old.folded.text)
        high, behind = (theirs[at], ours[at] - last) if at < len(ours) else (end, old_end - last)
        return low, max(low, high), ahead, behind

    @cached_property
    def _shared(self) -> tuple[list[int], list[int]]:
        """Where stretches that stand once in both texts begin, in either; both lists rise."""
        ours, theirs = _once(self._old.folded.text), _once(self._new.folded.text)
        pairs = [
            (mine, theirs[stretch])
            for stretch, mine in ours.items()
            if mine >= 0 and mine % _STEP == 0 and theirs.get(stretch, -1) >= 0
        ]
        kept = _longest_rise([other for _, other in pairs])
        return [pairs[at][0] for at in kept], [pairs[at][1] for at in kept]

    def _found(self, fit: Fit, how: How) -> Found:
        return found(self._new, fit, how)


def _once(text: str) -> dict[str, int]:
    """Where each stretch begins; -1 for one that stands there more than once."""
    seen: dict[str, int] = {}
    for at in range(len(text) - _STRETCH + 1):
        stretch = text[at : at + _STRETCH]
        seen[stretch] = -1 if stretch in seen else at
    return seen


def _longest_rise(numbers: list[int]) -> list[int]:
    """Indexes of the longest rising run of numbers, others skipped (patience sorting)."""
    tops: list[int] = []
    top_at: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(top_at[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            top_at.append(at)
        else:
            tops[pile], top_at[pile] = number, at
    found_: list[int] = []
    at = top_at[-1] if top_at else -1
    while at >= 0:
        found_.append(at)
        at = before[at]
    return found_[::-1]


def _told_apart(fits: list[Fit], first: int, last: int) -> Fit | None:
    """Of places that read alike, the one with the right surroundings, or else at the right distance from a
    shared neighbour; None when neither decides."""
    ranked = sorted(fits, key=lambda fit: fit.around, reverse=True)
    if ranked[0].around >= ranked[1].around + 0.1:
        return ranked[0]
    rivals = [fit for fit in ranked if fit.around > ranked[0].around - 0.1]

    def off(fit: Fit) -> int:
        return min(abs(fit.first - first), abs(fit.last - last))

    rivals.sort(key=off)
    return rivals[0] if off(rivals[0]) + 8 < off(rivals[1]) else None
