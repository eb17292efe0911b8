"""Waiting for a condition instead of for a time; a failed wait says what was last seen."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LIMIT_S = 60.0


class TooLateError(AssertionError):
    """The condition did not come true within the limit."""


def until(condition: Callable[[], T], what: str, seconds: float = LIMIT_S, pause: float = 0.05) -> T:
    """Asks `condition` until its answer is true, and returns it; raises `TooLateError` with the last one."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TooLateError(f"waited {seconds:.0f} s for {what}; last seen: {answer!r}")
        time.sleep(pause)
