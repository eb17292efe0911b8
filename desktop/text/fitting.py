"""How well a place in a folded text fits a marked passage: its words, and what stands before and after.

Surprising: the surroundings are read outwards from the passage, and their first characters count most; what
stands thirty characters away may have changed for its own reasons.
"""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

MOST = 2_000
"""Places of one passage that are looked at."""
NEAR = 14
"""Characters of context that must stand there to the letter, where a search hangs on them."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one place fits; positions in the folded text, the parts 0–1."""

    first: int
    last: int
    words: float
    before: float
    after: float

    @property
    def around(self) -> float:
        """Both surroundings together."""
        return (self.before + self.after) / 2

    @property
    def side(self) -> float:
        """The better of the two surroundings."""
        return max(self.before, self.after)

    @property
    def weight(self) -> float:
        """All in one number, 0–1."""
        return 0.6 * self.words + 0.4 * max(self.around, 0.85 * self.side)

    @property
    def certainty(self) -> int:
        """The same in per cent, at least 1."""
        return max(1, round(100 * self.weight))


@dataclass(frozen=True, slots=True)
class Passage:
    """A marked passage and its surroundings, all folded."""

    exact: str
    prefix: str
    suffix: str

    def fit(self, text: str, first: int, last: int) -> Fit:
        """How well ``text[first:last]`` fits."""
        there = text[first:last]
        words = 1.0 if there == self.exact else Indel.normalized_similarity(self.exact, there)
        behind = text[max(0, first - 2 * len(self.prefix)) : first]
        before = _alike(self.prefix[::-1], behind[::-1], first == 0)
        ahead = text[last : last + 2 * len(self.suffix)]
        after = _alike(self.suffix, ahead, last == len(text))
        return Fit(first, last, words, before, after)

    def snapped(self, text: str, first: int, last: int) -> Fit:
        """The fit of a rough place, its ends moved to where the surroundings meet it, if that is nearby."""
        reach = max(6, len(self.exact) // 4)
        near = self.prefix[-NEAR:]
        if len(near) == NEAR:
            at = text.find(near, max(0, first - reach - NEAR), first + reach)
            first = at + NEAR if 0 <= at < last - NEAR else first
        near = self.suffix[:NEAR]
        if len(near) == NEAR:
            at = text.find(near, max(first + 1, last - reach), last + reach + NEAR)
            last = at if at >= 0 else last
        return self.fit(text, first, last)


def occurrences(text: str, part: str, low: int = 0, high: int | None = None) -> list[int]:
    """Every place of ``part`` within ``text[low:high]``, overlapping or not, up to a limit."""
    high = len(text) if high is None else high
    found: list[int] = []
    at = text.find(part, low, high) if part else -1
    while at >= 0 and len(found) < MOST:
        found.append(at)
        at = text.find(part, at + 1, high)
    return found


def _alike(wanted: str, there: str, is_edge: bool) -> float:
    """How far two surroundings agree, 0–1.

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
