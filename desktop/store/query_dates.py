"""Dates as people write them, as spans of local days.

Surprising: a month without a year is the latest one that has begun, and "3 days" alone means three days ago.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.text.folding import fold

EXAMPLES = "2025, 2025-03, march, last month, monday or 3 days"

_MONTHS = (
    "january januar jan", "february februar feb", "march marz maerz mar", "april apr", "may mai",
    "june juni jun", "july juli jul", "august aug", "september sept sep", "october oktober oct okt",
    "november nov", "december dezember dec dez",
)  # fmt: skip
_DAYS = (
    "monday mon montag", "tuesday tue tues dienstag", "wednesday wed mittwoch",
    "thursday thu thur donnerstag", "friday fri freitag", "saturday sat samstag sonnabend",
    "sunday sun sonntag",
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DAY_OF = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
_UNITS = {
    "d": "day", "day": "day", "days": "day", "tag": "day", "tage": "day", "tagen": "day",
    "w": "week", "week": "week", "weeks": "week", "woche": "week", "wochen": "week",
    "m": "month", "month": "month", "months": "month", "monat": "month", "monate": "month",
    "monaten": "month", "y": "year", "year": "year", "years": "year", "jahr": "year", "jahre": "year",
    "jahren": "year",
}  # fmt: skip
_SHIFTS = {
    "last": -1, "previous": -1, "this": 0, "letzter": -1, "letzte": -1, "letzten": -1, "letztes": -1,
    "dieser": 0, "diese": 0, "diesen": 0, "dieses": 0,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "ein": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3,
}  # fmt: skip

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_QUARTER = re.compile(r"q([1-4])(?: (\d{4}))?")
_AGO = re.compile(r"(?:vor )?(\d{1,4}|[a-z]+) ?([a-z]+)(?: ago)?")
_NAMED_MONTH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)? )?([a-z]+)\.?(?: (\d{1,2})(?:st|nd|rd|th)?)?,?(?: (\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first moment of the first day up to the first moment after the last: milliseconds."""

    start: int
    stop: int


def span(text: str, today: date) -> Span | None:
    """The days that ``text`` names, or None. Never raises."""
    if _MOMENT.fullmatch(text.strip()):
        moment = int(datetime.fromisoformat(text.strip().upper()).timestamp() * 1000)
        return Span(moment, moment)
    plain = " ".join(fold(text).split())
    for read in (_relative, _iso, _day_first, _quarter, _weekday, _month, _ago):
        try:
            days = read(plain, today)
        except (ValueError, OverflowError):
            days = None
        if days is not None:
            return Span(_stamp(days[0]), _stamp(days[1]))
    return None


_Days = tuple[date, date]


def _relative(text: str, today: date) -> _Days | None:
    if text in ("today", "heute"):
        return today, today + timedelta(1)
    if text in ("yesterday", "gestern"):
        return today - timedelta(1), today
    shift, _, unit = text.partition(" ")
    if shift not in _SHIFTS or unit not in _UNITS:
        return None
    return _period(_UNITS[unit], _SHIFTS[shift], today)


def _period(unit: str, shift: int, today: date) -> _Days:
    if unit == "day":
        first = today + timedelta(shift)
        return first, first + timedelta(1)
    if unit == "week":
        first = today - timedelta(today.weekday()) + timedelta(7 * shift)
        return first, first + timedelta(7)
    if unit == "month":
        return _months(today.year, today.month + shift, 1)
    return _months(today.year + shift, 1, 12)


def _iso(text: str, today: date) -> _Days | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if not found[2]:
        return _months(year, 1, 12)
    if not found[3]:
        return _months(year, month, 1) if 1 <= month <= 12 else None
    return _one(date(year, month, day))


def _day_first(text: str, today: date) -> _Days | None:
    found = _DAY_FIRST.fullmatch(text)
    return _one(date(int(found[3]), int(found[2]), int(found[1]))) if found else None


def _quarter(text: str, today: date) -> _Days | None:
    found = _QUARTER.fullmatch(text)
    if not found:
        return None
    first = int(found[1]) * 3 - 2
    year = int(found[2]) if found[2] else today.year - (first > today.month)
    return _months(year, first, 3)


def _weekday(text: str, today: date) -> _Days | None:
    """The latest such day; today counts. "Last monday" is never today."""
    shift, _, rest = text.rpartition(" ")
    if rest not in _DAY_OF or shift not in ("", "last", "on", "am"):
        return None
    back = (today.weekday() - _DAY_OF[rest]) % 7
    return _one(today - timedelta(back or (7 if shift == "last" else 0)))


def _month(text: str, today: date) -> _Days | None:
    """ "March", "last march", "march 2025", "3 march 2025", "march 3"."""
    is_last = text.startswith("last ")
    found = _NAMED_MONTH.fullmatch(text.removeprefix("last "))
    if not found or found[2] not in _MONTH_OF or (found[1] and found[3]):
        return None
    month, day = _MONTH_OF[found[2]], found[1] or found[3]
    begun = (month, int(day or 1)) <= (today.month, today.day)
    year = int(found[4]) if found[4] else today.year - (not begun)
    if is_last and month == today.month and not found[4]:
        year = today.year - 1
    return _one(date(year, month, int(day))) if day else _months(year, month, 1)


def _ago(text: str, today: date) -> _Days | None:
    """From then until now: "3 days", "2 weeks ago", "7d"."""
    found = _AGO.fullmatch(text)
    if not found or found[2] not in _UNITS:
        return None
    number = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1], -1)
    if number < 0:
        return None
    unit = _UNITS[found[2]]
    if unit in ("day", "week"):
        return _one(today - timedelta(number * (7 if unit == "week" else 1)))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return _one(date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1])))


def _one(day: date) -> _Days:
    return day, day + timedelta(1)


def _months(year: int, month: int, number: int) -> _Days:
    """``number`` months from that one; ``month`` may lie outside 1–12."""
    first = year * 12 + month - 1
    return date(first // 12, first % 12 + 1, 1), date((first + number) // 12, (first + number) % 12 + 1, 1)


def _stamp(day: date) -> int:
    """Local midnight."""
    return int(datetime(day.year, day.month, day.day).timestamp() * 1000)
