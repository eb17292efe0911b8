"""Where the highlights of a capture stand in the shown document: mapped once, asked often.

Surprising: a place is trusted only when the document has the same words there as the capture's text. A
passage that fails this is left unpainted and listed, since a mark in a wrong place is worse than none.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.library.sense_values import Annotation, How, Place
from desktop.ui.marks.positions import Places, Units

_WORD = re.compile(r"\w+")
Shift = Callable[[int, int], tuple[int, int] | None]
"""Carries a passage to another text; None: it is not in that text."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One highlight in the document, UTF-16 positions."""

    annotation: Annotation
    start: int
    stop: int

    @property
    def id(self) -> int:
        """The annotation's."""
        return self.annotation.id


class Spots:
    """The highlights of one shown capture, in the order of the text."""

    def __init__(self, spots: Sequence[Spot] = (), unplaced: Sequence[Annotation] = ()) -> None:
        self.all = tuple(sorted(spots, key=lambda spot: (spot.start, spot.stop, spot.id)))
        self.unplaced = tuple(unplaced)
        """Lost on this version, or in a part that is not shown."""
        self._starts = [spot.start for spot in self.all]
        self._by_id = {spot.id: spot for spot in self.all}

    def get(self, annotation_id: int) -> Spot | None:
        """The highlight of this annotation, where it is shown."""
        return self._by_id.get(annotation_id)

    def at(self, position: int) -> Spot | None:
        """The highlight over this document position; of several the shortest."""
        before = self.all[: bisect_right(self._starts, position)]
        over = [spot for spot in before if spot.stop > position]
        return min(over, key=lambda spot: spot.stop - spot.start, default=None)

    def beside(self, annotation_id: int, position: int, step: int) -> Spot | None:
        """The next highlight (1) or the one before (-1), from the current one or else from a position."""
        if not self.all:
            return None
        current = self.get(annotation_id)
        if current is not None:
            return self.all[(self.all.index(current) + step) % len(self.all)]
        at = bisect_right(self._starts, position - 1)
        return self.all[at % len(self.all)] if step > 0 else self.all[at - 1]


def map_all(placed: Sequence[tuple[Annotation, Place]], places: Places, shown: Shift, document: str) -> Spots:
    """Find every highlight in the document. ``shown`` carries a place of the capture's full text to the text
    that is shown; ``document`` is ``toPlainText()`` of the document."""
    spots: list[Spot] = []
    unplaced: list[Annotation] = []
    units = Units(document)
    for annotation, place in placed:
        here = shown(place.start, place.stop) if place.how is not How.LOST else None
        spot = None if here is None else Spot(annotation, *in_document(places, *here))
        if spot is None or not _is_same(
            document[units.point(spot.start) : units.point(spot.stop)], places, here
        ):
            unplaced.append(annotation)
        else:
            spots.append(spot)
    return Spots(spots, unplaced)


def in_document(places: Places, start: int, stop: int) -> tuple[int, int]:
    """A passage of the shown text in the document."""
    first = places.in_document(start)
    # From the last character: the end itself may be where the next paragraph begins.
    return first, max(first, places.in_document(stop - 1) + places.width_at(stop - 1))


def in_text(places: Places, start: int, stop: int, document: str) -> tuple[int, int] | None:
    """A selection of the document (UTF-16) in the shown text, blank edges left off; None where the document
    has words that the text has not: the passage cannot be marked there."""
    units = Units(document)
    first, last = units.point(start), units.point(stop)
    words = document[first:last]
    blank = len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        return None
    first += blank
    last = first + len(words)
    begin = places.in_text(units.units(first))
    end = places.in_text(units.units(last - 1)) + 1
    passage = places.text[begin:end]
    return (begin, end) if begin < end and same_words(passage, words) else None


def same_words(first: str, second: str) -> bool:
    """Whether two passages have the same words; white space and list bullets do not count."""
    return _WORD.findall(first) == _WORD.findall(second)


def _is_same(words: str, places: Places, here: tuple[int, int] | None) -> bool:
    return here is not None and same_words(words, places.text[here[0] : here[1]])
