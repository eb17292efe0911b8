"""How high the rows of a list are, and where that puts each of them: pure arithmetic, in pixels.

The surprising fact: rows of different heights are measured when they come near what is seen. Until then the
usual height stands for them, so a list of twenty thousand opens as fast as one of twenty.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class EqualHeights:
    """Rows of one height; nothing grows with the list."""

    def __init__(self, usual: int) -> None:
        self.usual = usual

    def resize(self, count: int) -> None:
        """So many rows; nothing to keep."""

    def edge(self, row: int) -> int:
        """Pixels above a row; of the row after the last one: the whole length."""
        return row * self.usual

    def at(self, y: int) -> int:
        """The row at ``y`` pixels; it may lie outside the list."""
        return y // self.usual


class MeasuredHeights:
    """Rows of different heights; ``usual`` stands for one that is not measured yet."""

    def __init__(self, usual: int) -> None:
        self.usual = usual
        self._known: list[int] = []  # 0: not measured
        self._edges = [0]

    def resize(self, count: int) -> None:
        """So many rows. Other than before: none of them is measured."""
        if count != len(self._known):
            self._known = [0] * count
            self._add_up()

    def forget(self) -> None:
        """The rows are others, or their width is: measure them anew."""
        self._known = [0] * len(self._known)
        self._add_up()

    def unknown(self, rows: range) -> list[int]:
        """Those of the rows that are not measured."""
        return [row for row in rows if row < len(self._known) and not self._known[row]]

    def learn(self, rows: Sequence[int], heights: Sequence[int]) -> None:
        """These rows were measured."""
        for row, height in zip(rows, heights, strict=True):
            self._known[row] = max(1, height)
        self._add_up()

    def edge(self, row: int) -> int:
        """Pixels above a row; of the row after the last one: the whole length."""
        return self._edges[max(0, min(row, len(self._edges) - 1))]

    def at(self, y: int) -> int:
        """The row at ``y`` pixels; it may lie outside the list."""
        return bisect_right(self._edges, y) - 1

    def _add_up(self) -> None:
        self._edges = list(accumulate((known or self.usual for known in self._known), initial=0))


Heights = EqualHeights | MeasuredHeights
