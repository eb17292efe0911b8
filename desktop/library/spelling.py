"""Near words, from the library's own vocabulary: nothing is suggested that would find nothing.

Surprising: it is loaded on the first slip of a finger, since most questions never need it.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from desktop.text.folding import fold

_SHORTEST = 4


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
        by_length, numbers = self._loaded()
        allowed = 2 if len(typed) >= 8 else 1
        found: list[tuple[int, int, int, str]] = []
        for length in range(len(typed) - allowed, len(typed) + allowed + 1):
            near = process.extract(
                typed, by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=20
            )
            for candidate, distance, _ in near:
                if distance and numbers[candidate] >= at_least:
                    found.append((int(distance), candidate[0] != typed[0], -numbers[candidate], candidate))
        return min(found)[3] if found else ""

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
