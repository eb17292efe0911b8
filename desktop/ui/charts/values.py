"""What a chart shows, as plain values: `charts.Chart` paints any of them.

Every value carries the words in which it is said to someone who cannot see it, and the whole chart one
sentence. The surprising fact: a chart knows no unit of its own; those words do.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on the level was this."""

    day: date
    level: int
    said: str
    label: str = ""
    """Written beside it, such as "raised 12 Oct"."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Something hollow on the line, such as a piece of evidence."""

    day: date
    said: str


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the line should end."""

    level: int
    day: date | None
    said: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """Levels over time. Values in order of the days: steps and dots, then the aim."""

    sentence: str
    words: tuple[str, ...]
    """Of the levels, lowest first."""
    steps: tuple[Step, ...]
    """The first says where it began."""
    dots: tuple[Dot, ...] = ()
    aim: Aim | None = None
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    value: int
    said: str
    label: str = ""
    """Under it; the chart leaves out labels that do not fit."""
    is_unfinished: bool = False
    """Hollow."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars side by side, with a dashed line where ``plan`` is."""

    sentence: str
    bars: tuple[Bar, ...]
    plan: int = 0
    plan_label: str = ""
    is_sparkline: bool = False
    """Bars only: no grid, no words."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar of several parts, the lowest first; ``said`` has the words of each part."""

    values: tuple[int, ...]
    said: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Bars of parts. The value number ``n`` is part ``n % len(colours)`` of stack ``n // len(colours)``."""

    sentence: str
    stacks: tuple[Stack, ...]
    colours: tuple[str, ...] = ("chart_seek", "chart_sense", "chart_share")
    """Theme roles, the lowest part first; three at most."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels as steps: those reached full, those aimed at hollow."""

    sentence: str
    words: tuple[str, ...]
    now: int
    aim: int | None = None
    is_small: bool = False
    """Steps only, with the words of now and aim below: for a row of a list."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on two axes, each 0 to 1."""

    x: float
    y: float
    said: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Axes:
    """A way over two axes, oldest first; the last spot is where one stands now."""

    sentence: str
    spots: tuple[Spot, ...]
    x_label: str
    y_label: str
    corners: tuple[str, str, str, str] = ("", "", "", "")
    """What the quarters are called: left low, left high, right low, right high."""


Drawn = StepLine | Bars | StackedBars | Ladder | Axes
