"""How long the review that is open has taken: what its steps say, and what this one has been looked at.

The surprising fact: time in which the page is not shown does not count, so reading a page around a highlight
is no part of the fifteen minutes.
"""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.learning import review
from desktop.learning.review_values import ReviewRow
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Theme


class ReviewClock(Words):
    """Shows ``5:12 of 15 min``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "body", 18, "muted")
        self.setWordWrap(False)
        self._row: ReviewRow | None = None
        self._since = self._before = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    def begin(self) -> None:
        """A step begins."""
        self._before, self._since = 0.0, time.monotonic()

    def run(self) -> None:
        """The page is shown."""
        self._since = time.monotonic()
        self._timer.start()

    def rest(self) -> None:
        """The page is not shown any more."""
        if self._since:
            self._before += time.monotonic() - self._since
        self._since = 0.0
        self._timer.stop()

    def show_review(self, row: ReviewRow | None) -> None:
        """Count for this review."""
        self._row = row
        self.tick()

    def tick(self) -> None:
        """Say it now."""
        here = time.monotonic() - self._since if self._since else 0.0
        taken = (review.seconds_of(self._row) if self._row else 0) + int(self._before + here)
        said = tr("{time} of {n} min").format(time=f"{taken // 60}:{taken % 60:02}", n=review.WHOLE // 60)
        if said != self.words():
            self.say(said)
