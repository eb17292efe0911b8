"""Find a marked passage again in a text that has changed.

A wrong place is worse than none: where two places fit alike, or nothing fits well, the passage is lost and
said to be. Surprising: the passage's own words decide less than what stands around it, because the same
sentence may stand in a summary, while the sentence that was marked has been edited.
"""

from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from desktop.text.alike import Ground, folded
from desktop.text.selectors import CONTEXT, Quote

How = Literal["exact", "quote", "fuzzy", "lost"]

_MOST = 2_000
"""Places of one quotation that are looked at."""
_WIDE = 600
"""Characters around a passage that decide between places which the short context cannot tell apart."""
_NEAR = 14
"""Characters of context that must stand there to the letter, for a search between them."""
_LONG_ENOUGH = 16
"""Folded characters by which a passage is known without anything around it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands now."""

    start: int
    stop: int
    how: How
    certainty: int
    """Per cent."""


LOST = Found(0, 0, "lost", 0)


@dataclass(frozen=True, slots=True)
class Was:
    """The text in which the passage was marked, and where: tells places apart that look alike."""

    ground: Ground
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well one place fits, in folded positions; each part 0–1."""

    first: int
    last: int
    words: float
    before: float
    after: float

    @property
    def around(self) -> float:
        return (self.before + self.after) / 2

    @property
    def side(self) -> float:
        return max(self.before, self.after)


def find(ground: Ground, quote: Quote, start: int = -1, was: Was | None = None) -> Found:
    """Where the passage stands in ``ground``.

    ``start``: where it stood when it was marked; it is believed only when the text there says the same.
    ``how``: ``exact`` at that very place, ``quote`` by its words, ``fuzzy`` by words that changed a little,
    else ``lost``.
    """
    if not quote.exact.strip():
        return LOST
    if was is not None and was.ground.text == ground.text:
        return Found(was.start, was.stop, "exact", 100)
    if start >= 0 and _stands_at(ground.text, quote, start) and not _is_repeated(ground.text, quote):
        return Found(start, start + len(quote.exact), "exact", 100)
    return _Search(ground, quote, was).run()


def _stands_at(text: str, quote: Quote, start: int) -> bool:
    stop = start + len(quote.exact)
    return (
        text[start:stop] == quote.exact
        and text[max(0, start - len(quote.prefix)) : start] == quote.prefix
        and text[stop : stop + len(quote.suffix)] == quote.suffix
    )


def _is_repeated(text: str, quote: Quote) -> bool:
    whole = quote.prefix + quote.exact + quote.suffix
    first = text.find(whole)
    return text.find(whole, first + 1) >= 0


class _Search:
    """One search, in folded texts."""

    def __init__(self, ground: Ground, quote: Quote, was: Was | None) -> None:
        self._ground = ground
        self._text = ground.folded.text
        self._was = was
        self._exact = folded(quote.exact)
        self._prefix = folded(quote.prefix[-CONTEXT:])
        self._suffix = folded(quote.suffix[:CONTEXT])

    def run(self) -> Found:
        if not self._exact:
            return LOST
        fits = [self._fit(at, at + len(self._exact), 1.0) for at in _all(self._text, self._exact)]
        best = self._best(fits)
        if best is not None and (best.around >= 0.6 or best.side >= 0.85):
            return self._as_found(best, "quote")
        edited = self._between() or self._nearly(bool(fits))
        if edited is not None:
            return self._as_found(edited, "fuzzy")
        if best is not None and len(fits) == 1 and self._is_known_by_itself():
            return self._as_found(best, "quote")
        return LOST

    def _fit(self, first: int, last: int, words: float) -> _Fit:
        before = _alike(self._prefix[::-1], self._text[max(0, first - 2 * CONTEXT) : first][::-1], first == 0)
        after = _alike(self._suffix, self._text[last : last + 2 * CONTEXT], last == len(self._text))
        return _Fit(first, last, words, before, after)

    def _best(self, fits: list[_Fit]) -> _Fit | None:
        """The one that fits best, or None when others fit as well."""
        if len(fits) < 2:
            return fits[0] if fits else None
        top = max(fit.around for fit in fits)
        rivals = [fit for fit in fits if fit.around > top - 0.1]
        if len(rivals) == 1:
            return rivals[0]
        return self._told_apart(rivals) if self._was is not None else None

    def _told_apart(self, rivals: list[_Fit]) -> _Fit | None:
        """Which of the places that look alike is meant: by more of what stands around, then by order."""
        assert self._was is not None
        old = self._was.ground.folded
        first, last = old.place(self._was.start), old.place(self._was.stop)
        before, after = old.text[max(0, first - _WIDE) : first], old.text[last : last + _WIDE]
        scored = [(self._wide(fit, before, after), fit) for fit in rivals]
        top = max(score for score, _ in scored)
        left = [fit for score, fit in scored if score > top - 0.03]
        if len(left) == 1:
            return left[0]
        twins = _all(old.text, old.text[first:last])
        here = _all(self._text, self._exact)
        if len(twins) != len(here) or first not in twins:
            return None
        meant = here[twins.index(first)]
        return next((fit for fit in left if fit.first == meant), None)

    def _wide(self, fit: _Fit, before: str, after: str) -> float:
        there = self._text[max(0, fit.first - _WIDE) : fit.first]
        behind = self._text[fit.last : fit.last + _WIDE]
        return (Indel.normalized_similarity(before, there) + Indel.normalized_similarity(after, behind)) / 2

    def _between(self) -> _Fit | None:
        """What stands now between the same surroundings, when that still resembles the passage."""
        length = len(self._exact)
        if len(self._prefix) < _NEAR or len(self._suffix) < _NEAR:
            return None
        ends = [at + _NEAR for at in _all(self._text, self._prefix[-_NEAR:])]
        starts = _all(self._text, self._suffix[:_NEAR])
        fits = []
        for first in ends:
            for last in starts:
                if 0.4 * length <= last - first <= 2 * length + _NEAR:
                    words = Indel.normalized_similarity(self._exact, self._text[first:last])
                    if words >= 0.55:
                        fits.append(self._fit(first, last, words))
        return self._surest(fits)

    def _nearly(self, is_here: bool) -> _Fit | None:
        """The passage most like it anywhere, when what stands around it agrees."""
        if len(self._exact) < _LONG_ENOUGH or len(self._exact) > len(self._text):
            return None
        text = self._text
        fits: list[_Fit] = []
        for _ in range(3):
            found = fuzz.partial_ratio_alignment(self._exact, text, score_cutoff=72)
            if found is None or found.dest_end <= found.dest_start:
                break
            fits.append(self._snapped(found.dest_start, found.dest_end))
            gap = "\0" * (found.dest_end - found.dest_start)
            text = text[: found.dest_start] + gap + text[found.dest_end :]
        sure = [fit for fit in fits if fit.side >= 0.75 or fit.around >= 0.5]
        if (
            not is_here
            and not sure
            and len(fits) == 1
            and fits[0].words >= 0.92
            and self._is_known_by_itself()
        ):
            return fits[0]
        return self._surest(sure)

    def _snapped(self, first: int, last: int) -> _Fit:
        """The place, its ends moved to where the surroundings begin, if they do so nearby."""
        reach = max(6, len(self._exact) // 4)
        near = self._prefix[-_NEAR:]
        if len(near) == _NEAR:
            low = max(0, first - reach - _NEAR)
            at = self._text.find(near, low, first + reach)
            first = at + _NEAR if at >= 0 and at + _NEAR < last else first
        near = self._suffix[:_NEAR]
        if len(near) == _NEAR:
            at = self._text.find(near, max(first + 1, last - reach), last + reach + _NEAR)
            last = at if at >= 0 else last
        return self._fit(first, last, Indel.normalized_similarity(self._exact, self._text[first:last]))

    def _surest(self, fits: list[_Fit]) -> _Fit | None:
        """The fuzzy place that is clearly better than the others."""
        ranked = sorted(fits, key=_weight, reverse=True)
        if not ranked or _weight(ranked[0]) < 0.62:
            return None
        if len(ranked) > 1 and _weight(ranked[0]) - _weight(ranked[1]) < 0.08:
            return None
        return ranked[0]

    def _is_known_by_itself(self) -> bool:
        """Whether the words alone say which place is meant: long enough, and never said twice before."""
        if len(self._exact) < _LONG_ENOUGH:
            return False
        return self._was is None or len(_all(self._was.ground.folded.text, self._exact)) == 1

    def _as_found(self, fit: _Fit, how: How) -> Found:
        start, stop = self._ground.back(fit.first, fit.last)
        if stop <= start:
            return LOST
        certainty = round(100 * (0.6 * fit.words + 0.4 * max(fit.around, 0.85 * fit.side)))
        return Found(start, stop, how, max(1, min(certainty, 100 if how == "quote" else 99)))


def _weight(fit: _Fit) -> float:
    return 0.6 * fit.words + 0.4 * max(fit.around, 0.85 * fit.side)


def _all(text: str, part: str) -> list[int]:
    """Every place of ``part``, overlapping or not, up to a limit."""
    found: list[int] = []
    at = text.find(part) if part else -1
    while at >= 0 and len(found) < _MOST:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def _alike(wanted: str, there: str, is_edge: bool) -> float:
    """How far two surroundings agree, 0–1, read outwards from the passage.

    Nothing wanted: the passage stood at the edge of its text, which says little unless it still does.
    """
    if not wanted:
        return 1.0 if is_edge else 0.5
    run = 0
    for ours, theirs in zip(wanted, there, strict=False):
        if ours != theirs:
            break
        run += 1
    return max(run / len(wanted), Indel.normalized_similarity(wanted, there[: len(wanted)]) ** 2)
