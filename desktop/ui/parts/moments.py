"""Times as a list says them, and the days a list is grouped by. Pure: local time in, words out.

The surprising fact: groups are found by counting between a few dozen boundaries, never by looking at rows, so
a list of 100,000 is grouped without reading it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from desktop.languages import tr, writing

MONTHS_BACK: Final = 13
YEARS_BACK: Final = 12


@dataclass(frozen=True, slots=True)
class Boundary:
    """The beginning of a stretch of days: local midnight in milliseconds, and its heading."""

    since: int
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading above row ``start`` of a list."""

    start: int
    label: str


def day_of(ms: int) -> date:
    """The local day of a moment in milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000).date()


def midnight(day: date) -> int:
    """The local beginning of a day, in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day).timestamp() * 1000)


def boundaries(today: date) -> list[Boundary]:
    """The headings of a list from the newest to the oldest: days of a week, then months, then years."""
    found = [
        Boundary(midnight(today), tr("Today")),
        Boundary(midnight(today - timedelta(1)), tr("Yesterday")),
    ]
    for back in range(2, 7):
        day = today - timedelta(back)
        found.append(Boundary(midnight(day), writing.weekday(day)))
    week = today - timedelta(6)
    last = week - timedelta(1)
    year, month = last.year, last.month
    for _ in range(MONTHS_BACK):
        label = writing.month(month) if year == today.year else writing.month_and_year(month, year)
        if (year, month) == (today.year, today.month):
            label = tr("Earlier this month")
        found.append(Boundary(midnight(date(year, month, 1)), label))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if month != 12:
        found.append(Boundary(midnight(date(year, 1, 1)), tr("Earlier in {year}").format(year=year)))
        year -= 1
    for back in range(YEARS_BACK):
        found.append(Boundary(midnight(date(year - back, 1, 1)), str(year - back)))
    found.append(Boundary(-(2**62), tr("Long ago")))
    return found


def groups(found: Sequence[Boundary], counts: Sequence[int], is_newest_first: bool = True) -> list[Group]:
    """Headings with the row they stand above; ``counts[i]`` rows belong to ``found[i]``, none no heading."""
    made: list[Group] = []
    row = 0
    pairs = list(zip(found, counts, strict=True))
    for boundary, count in pairs if is_newest_first else reversed(pairs):
        if count:
            made.append(Group(row, boundary.label))
            row += count
    return made


def short(ms: int, today: date) -> str:
    """When, in a row: ``10:42`` today, ``Mon`` within a week, ``12 Nov``, older ones with the year."""
    moment = datetime.fromtimestamp(ms / 1000)
    day = moment.date()
    if day == today:
        return f"{moment:%H:%M}"
    if 0 < (today - day).days < 7:
        return writing.short_weekday(day)
    return writing.short_day(day, has_year=day.year != today.year)


def spoken(ms: int, today: date) -> str:
    """When, for a screen reader: ``today 10:42``, ``Monday``, ``12 November 2025``."""
    moment = datetime.fromtimestamp(ms / 1000)
    day = moment.date()
    if day == today:
        return tr("today {time}").format(time=f"{moment:%H:%M}")
    if 0 < (today - day).days < 7:
        return writing.weekday(day)
    return writing.long_day(day)
