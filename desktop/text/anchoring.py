"""Find a marked passage in a text by its selectors alone: exact, by quotation and context, folded, fuzzy.

A wrong place is worse than none: where two places fit alike, or nothing fits well, the passage is lost and
said to be. Surprising: the passage's own words decide less than what stands around it, because the same
sentence may stand in a summary, while the sentence that was marked has been edited. Where the text that was
marked is at hand, `carrying` knows more.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Literal

from rapidfuzz import fuzz

from desktop.text.alike import Ground, folded
from desktop.text.fitting import NEAR, Fit, Passage, occurrences
from desktop.text.selectors import Quote

How = Literal["exact", "quote", "fuzzy", "lost"]

LONG_ENOUGH = 16
"""Folded characters by which a passage is known without anything around it."""
LONGEST_ALIKE = 2_000
"""Of a longer passage nothing like it is looked for everywhere: that takes the square of its length."""
_MOST_WORK = 200_000_000_000
"""That square times the length of the text: some ten seconds for a text that was made to be slow."""
_MOST_PAIRS = 2_000
"""Of a beginning and an end that stand around something."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands now: ``text[start:stop]``."""

    start: int
    stop: int
    how: How
    certainty: int
    """Per cent."""


LOST = Found(0, 0, "lost", 0)


def find(ground: Ground, quote: Quote, start: int = -1) -> Found:
    """Where the passage stands in ``ground``.

    ``start``: where it stood when it was marked; believed when the text there says the same, else it only
    tells places apart that fit alike. ``how``: ``exact`` at that very place, ``quote`` by its words,
    ``fuzzy`` by words that changed a little, else ``lost``.
    """
    passage = Passage(folded(quote.exact), folded(quote.prefix), folded(quote.suffix))
    if not passage.exact:
        return LOST
    if start >= 0 and _stands_at(ground.text, quote, start):
        return Found(start, start + len(quote.exact), "exact", 100)
    return _Search(ground, passage, start).run()


def found(ground: Ground, fit: Fit, how: How) -> Found:
    """A place in a folded text as a place in the text."""
    start, stop = ground.back(fit.first, fit.last)
    return Found(start, stop, how, fit.certainty) if stop > start else LOST


def nearest(fits: list[Fit], meant: int) -> Fit | None:
    """Of places that fit alike, the one that is clearly nearest to where it should be."""
    ranked = sorted(fits, key=lambda fit: abs(fit.first - meant))
    if len(ranked) > 1 and abs(ranked[0].first - meant) > 0.1 * abs(ranked[1].first - meant):
        return None
    return ranked[0] if ranked else None


def _stands_at(text: str, quote: Quote, start: int) -> bool:
    stop = start + len(quote.exact)
    return (
        text[start:stop] == quote.exact
        and text[max(0, start - len(quote.prefix)) : start] == quote.prefix
        and text[stop : stop + len(quote.suffix)] == quote.suffix
    )


class _Search:
    """One search, in the folded text."""

    def __init__(self, ground: Ground, passage: Passage, start: int) -> None:
        self._ground = ground
        self._text = ground.folded.text
        self._passage = passage
        self._meant = ground.folded.place(start) if start >= 0 else -1

    def run(self) -> Found:
        text, passage = self._text, self._passage
        length = len(passage.exact)
        fits = [passage.fit(text, at, at + length) for at in occurrences(text, passage.exact)]
        best = self._best(fits)
        edited = self._in_its_place(best)
        if edited is not None:
            return found(self._ground, edited, "fuzzy")
        if best is not None and best.around >= 0.9:
            return found(self._ground, best, "quote")
        edited = self._between() or self._nearly(is_here=bool(fits))
        if edited is not None and (best is None or edited.weight > best.weight):
            return found(self._ground, edited, "fuzzy")
        if best is not None and (best.around >= 0.6 or best.side >= 0.85):
            return found(self._ground, best, "quote")
        if best is not None and len(fits) == 1 and length >= LONG_ENOUGH:
            return found(self._ground, best, "quote")
        return LOST

    def _in_its_place(self, best: Fit | None) -> Fit | None:
        """What stands now where the passage stood, between the same surroundings, when it is not the same."""
        text, passage, first = self._text, self._passage, self._meant
        near, ahead = passage.prefix[-NEAR:], passage.suffix[:NEAR]
        if (
            first < NEAR
            or len(near) < NEAR
            or len(ahead) < NEAR
            or (best is not None and best.first == first)
        ):
            return None
        last = text.find(ahead, first, first + 2 * len(passage.exact) + NEAR)
        if text[first - NEAR : first] != near or last <= first:
            return None
        fit = passage.fit(text, first, last)
        return fit if fit.words >= 0.6 and fit.around >= 0.8 else None

    def _best(self, fits: list[Fit]) -> Fit | None:
        """The one that fits best, or None when others fit as well."""
        top = max((fit.around for fit in fits), default=0)
        rivals = [fit for fit in fits if fit.around > top - 0.1]
        if len(rivals) > 1:
            return nearest(rivals, self._meant) if self._meant >= 0 else None
        return rivals[0] if rivals else None

    def _between(self) -> Fit | None:
        """What stands now between the same surroundings, when that still resembles the passage."""
        text, passage = self._text, self._passage
        length = len(passage.exact)
        if len(passage.prefix) < NEAR or len(passage.suffix) < NEAR:
            return None
        starts = occurrences(text, passage.suffix[:NEAR])
        pairs = (
            (at + NEAR, last)
            for at in occurrences(text, passage.prefix[-NEAR:])
            for last in starts
            if 0.4 * length <= last - at - NEAR <= 2 * length + NEAR
        )
        fits = [passage.fit(text, *pair) for pair in islice(pairs, _MOST_PAIRS)]
        return self._surest([fit for fit in fits if fit.words >= 0.55])

    def _nearly(self, *, is_here: bool) -> Fit | None:
        """The passage most like it anywhere, when what stands around it agrees."""
        text, passage = self._text, self._passage
        length = len(passage.exact)
        is_much = length > LONGEST_ALIKE or length * length * len(text) > _MOST_WORK
        if is_much or not LONG_ENOUGH <= length <= len(text):
            return None
        fits: list[Fit] = []
        for _ in range(3):
            near = fuzz.partial_ratio_alignment(passage.exact, text, score_cutoff=72)
            if near is None or near.dest_end <= near.dest_start:
                break
            fits.append(passage.snapped(self._text, near.dest_start, near.dest_end))
            gap = "\0" * (near.dest_end - near.dest_start)
            text = text[: near.dest_start] + gap + text[near.dest_end :]
        sure = [fit for fit in fits if fit.around >= 0.8 or (fit.side >= 0.9 and fit.words >= 0.92)]
        if not is_here and not sure and len(fits) == 1 and fits[0].words >= 0.92:
            return fits[0]
        return self._surest(sure)

    def _surest(self, fits: list[Fit]) -> Fit | None:
        """The fuzzy place that is clearly better than the others, or clearly where it should be."""
        ranked = sorted(fits, key=lambda fit: fit.weight, reverse=True)
        if not ranked or ranked[0].weight < 0.62:
            return None
        rivals = [fit for fit in ranked if fit.weight > ranked[0].weight - 0.08]
        if len({(fit.first, fit.last) for fit in rivals}) > 1:
            return nearest(rivals, self._meant) if self._meant >= 0 else None
        return ranked[0]
