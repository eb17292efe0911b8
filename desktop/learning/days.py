"""Days, weeks and quarters of the person's calendar.

The surprising fact: a day is never computed by adding 24 hours. Where clocks are moved, a day has 23 or 25.
"""

import datetime
from datetime import date, timedelta, tzinfo

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.acts import now

WEEK = timedelta(days=7)


def today(zone: tzinfo | None = None) -> date:
    """Today where the person is, or in ``zone``."""
    return day_of(now(), zone)


def day_of(at: int, zone: tzinfo | None = None) -> date:
    """The day of a moment in milliseconds. What no calendar holds is its first or last day."""
    try:
        return datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).astimezone(zone).date()
    except (OverflowError, ValueError, OSError):
        return date.max if at > 0 else date.min


def start_of(day: date, zone: tzinfo | None = None) -> int:
    """The first moment of a day, in milliseconds."""
    midnight = datetime.datetime.combine(day, datetime.time())
    try:
        aware = midnight.replace(tzinfo=zone) if zone is not None else midnight.astimezone()
        return int(aware.timestamp() * 1000)
    except (ValueError, OverflowError):  # at the ends of time no zone is known
        return int(midnight.replace(tzinfo=datetime.UTC).timestamp() * 1000)


def parse(text: str) -> date | None:
    """The day of ``2027-03-31`` or ``2027-03-31T14:00``; None for anything else."""
    try:
        return date.fromisoformat(text[:10]) if len(text) >= 10 else None
    except ValueError:
        return None


def checked(text: str) -> str:
    """A day as it is kept; empty stays empty. Raises BadInput."""
    text = text.strip()
    if not text:
        return ""
    found = parse(text) if len(text) == 10 else None
    if found is None:
        raise BadInput(tr("“{text}” is not a day.").format(text=text), tr("Write it like 2027-03-31."))
    return found.isoformat()


def moment(text: str) -> str:
    """A planned moment as it is kept: a day, or a day and a time. Raises BadInput."""
    text = text.strip()
    if len(text) <= 10:
        return checked(text)
    try:
        found = datetime.datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        raise BadInput(
            tr("“{text}” is not a time.").format(text=text), tr("Write it like 2027-03-31 14:00.")
        ) from None
    return found.replace(tzinfo=None).isoformat(timespec="minutes")


def days_left(text: str, day: date) -> int | None:
    """Days from ``day`` until a date; negative: over. None when there is no date."""
    found = parse(text)
    return None if found is None else (found - day).days


def week_of(day: date) -> date:
    """The Monday of its week."""
    return date.min if day - date.min < WEEK else day - timedelta(days=day.weekday())


def weeks(first: date, last: date) -> list[date]:
    """The Mondays of all weeks from one day to another, both included."""
    monday, end = week_of(first), week_of(last)
    return [monday + WEEK * number for number in range((end - monday).days // 7 + 1)]


def quarter_of(day: date) -> str:
    """``2026-Q4``."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def quarter_before(quarter: str) -> str:
    """The quarter before."""
    year, number = int(quarter[:4]), int(quarter[6:])
    return f"{year - 1:04}-Q4" if number == 1 else f"{year:04}-Q{number - 1}"
