"""Time zones by their IANA names, and what a time on the wall is there.

The surprising fact: a time may not exist (clocks go forward) or exist twice (they go back). The first is read
as the clock would show an hour later, the second as the earlier one, as PEP 495 has it.
"""

import datetime
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from desktop.errors import BadInput
from desktop.languages import tr


def checked(name: str) -> str:
    """The zone's name; empty stays empty. Raises BadInput for one that nobody knows."""
    name = name.strip()
    if name:
        find(name)
    return name


def find(name: str) -> tzinfo | None:
    """The zone; None for the empty name: wherever the person is. Raises BadInput."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise BadInput(
            tr("“{name}” is no time zone.").format(name=name), tr("Write it like Europe/Berlin.")
        ) from None


def at(text: str, name: str = "") -> datetime.datetime | None:
    """The moment of ``2027-03-31T14:00`` in a zone, aware; None for a day without time, or no moment."""
    if len(text) <= 10:
        return None
    try:
        naive = datetime.datetime.fromisoformat(text)
        zone = find(name)
        return naive.replace(tzinfo=zone) if zone is not None else naive.astimezone()
    except (ValueError, OverflowError, BadInput):  # also a moment whose day here is in the year 0 or 10000
        return None


def day_here(text: str, name: str = "", here: tzinfo | None = None) -> date | None:
    """The day on which a planned moment falls where the person is; a mere day is itself everywhere."""
    moment = at(text, name)
    if moment is None or not name:
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return None
    try:
        return moment.astimezone(here).date()
    except OverflowError:
        return moment.date()
