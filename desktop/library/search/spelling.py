"""Near words, from the library's own vocabulary: nothing is suggested that would find nothing.

Surprising: it is loaded when nothing else is to be done, or on the first slip of a finger.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from desktop.text.folding import fold

_SHORTEST = 4
_LONG = 8
"""Letters from which two slips are forgiven."""


class Spelling:
    """The nearest word, by edits (swapped neighbours count as one) and then by how common it is."""

    def __init__(self, load: Callable[[], Iterable[tuple[str, int]]]) -> None:
        """``load`` gives folded words with the number of sources that hold them."""
        self._load = load
        self._by_length: dict[int, list[str]] | None = None
        self._numbers: dict[str, int] = {}
        self._guard = threading.Lock()

    def forget(self) -> None:
        """The vocabulary has changed: load it anew when it is needed."""
        with self._guard:
            self._by_length = None
            self._numbers = {}

    def nearest(self, word: str, at_least: int = 3) -> str:
        """Another word of ``at_least`` so many sources, or nothing. Folded."""
        typed = fold(word)
        if len(typed) < _SHORTEST or not typed.isalpha():
            return ""
        for edits in (1, 2) if len(typed) >= _LONG else (1,):
            near = self._within(typed, edits, at_least)
            if near:
                return near
        return ""

    def warm(self) -> None:
        """Load the vocabulary now, while nobody waits."""
        self._loaded()

    def _within(self, typed: str, edits: int, at_least: int) -> str:
        by_length, numbers = self._loaded()
        found: list[tuple[bool, int, str]] = []
        for length in range(len(typed) - edits, len(typed) + edits + 1):
            near = process.extract(
                typed, by_length.get(length, ()), scorer=OSA.distance, score_cutoff=edits, limit=50
            )
            found += [
                (candidate[0] != typed[0], -numbers[candidate], candidate)
                for candidate, distance, _ in near
                if distance and numbers[candidate] >= at_least
            ]
        return min(found)[2] if found else ""

    def number(self, word: str) -> int:
        """How many sources hold it; 0 for fewer than three."""
        return self._loaded()[1].get(fold(word), 0)

    def _loaded(self) -> tuple[dict[int, list[str]], dict[str, int]]:
        with self._guard:
            if self._by_length is None:
                grouped: defaultdict[int, list[str]] = defaultdict(list)
                for term, number in self._load():
                    self._numbers[term] = number
                    grouped[len(term)].append(term)
                self._by_length = dict(grouped)
            return self._by_length, self._numbers
