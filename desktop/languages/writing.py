"""Numbers, dates and lists as the chosen language writes them: the one place, for the window and commands.

The surprising fact: month and day names stand in the catalogue beside all other words. Python's ``strftime``
would give those of the process's locale, which is set once and for all threads.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from desktop.languages.catalogue import mark, tr, trc

MONTHS: Final = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip
DAYS: Final = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip
_SHORT_MONTHS: Final = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip
_SHORT_DAYS: Final = (
    mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"),
)  # fmt: skip


def number(n: int) -> str:
    """``12,345`` in English, ``12.345`` in German."""
    return f"{n:,}".replace(",", trc("between thousands", ","))


def decimal(value: float, places: int = 1) -> str:
    """``1,234.5`` in English, ``1.234,5`` in German."""
    whole, point, rest = f"{value:,.{places}f}".partition(".")
    return whole.replace(",", trc("between thousands", ",")) + (
        trc("before decimals", ".") + rest if point else ""
    )


def month(n: int) -> str:
    """The name of month 1 to 12."""
    return tr(MONTHS[n - 1])


def weekday(day: date) -> str:
    """``Monday``."""
    return tr(DAYS[day.weekday()])


def short_weekday(day: date) -> str:
    """``Mon``."""
    return tr(_SHORT_DAYS[day.weekday()])


def month_and_year(n: int, year: int) -> str:
    """``November 2025``."""
    return tr("{month} {year}").format(month=month(n), year=year)


def long_day(day: date, has_year: bool = True) -> str:
    """``12 November 2025``, or ``12 November``."""
    if not has_year:
        return tr("{day} {month}").format(day=day.day, month=month(day.month))
    return tr("{day} {month} {year}").format(day=day.day, month=month(day.month), year=day.year)


def short_day(day: date, has_year: bool = False) -> str:
    """``12 Nov``, or ``12 Nov 2025``."""
    name = tr(_SHORT_MONTHS[day.month - 1])
    if has_year:
        return tr("{day} {month} {year}").format(day=day.day, month=name, year=day.year)
    return tr("{day} {month}").format(day=day.day, month=name)


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return tr("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])
