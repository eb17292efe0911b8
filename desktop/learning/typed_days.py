"""Days as a person types them: ``fri``, ``tomorrow 16:00``, ``+7``, ``31.3.``, ``2027-03-31``.

The surprising fact: a weekday is the next one, never today, since who means today says so.
"""

import re
from datetime import date, timedelta

from desktop.errors import BadInput
from desktop.languages import tr, writing
from desktop.learning import days

_TIME = re.compile(
    r"\s*(?:,|T)?\s*(?<![\d:.-])(?P<h>[01]?\d|2[0-3])(?::(?P<m>[0-5]\d)|\s*(?:h|uhr)\b)\s*$", re.IGNORECASE
)
_PLUS = re.compile(r"\+\s*(\d{1,3})")
_SHORT = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?(?:\s*(\d{4}))?$")
FARTHEST = 999


def day(text: str, today: date) -> str | None:
    """The day as it is kept (``2027-03-31``); empty stays empty; None: it is no day."""
    text = " ".join(text.split()).casefold()
    if not text:
        return ""
    found = _named(text, today) or _dated(text, today)
    return found.isoformat() if found is not None else None


def moment(text: str, today: date) -> str | None:
    """A day, or a day and a time (``2027-03-31T14:00``); a time alone is today; None: neither."""
    text = " ".join(text.split())
    clock = _TIME.search(text)
    if clock is None:
        return day(text, today)
    front = text[: clock.start()].strip(" ,T")
    found = day(front, today) if front else today.isoformat()
    return f"{found}T{int(clock['h']):02}:{clock['m'] or '00'}" if found else None


def checked(text: str) -> str:
    """The day as it is kept, for a command; empty stays empty. Raises BadInput."""
    found = day(text, days.today())
    if found is None:
        raise BadInput(
            tr("“{text}” is not a day.").format(text=text.strip()),
            tr("Write it like {hint}.").format(hint=hint()),
        )
    return found


def checked_moment(text: str) -> str:
    """The same of a day, or a day and a time. Raises BadInput."""
    found = moment(text, days.today())
    if found is None:
        raise BadInput(
            tr("“{text}” is not a time.").format(text=text.strip()),
            tr("Write it like {hint}.").format(hint=hint_of_moment()),
        )
    return found


def minutes(text: str) -> int | None:
    """``90``, ``1:30``, ``1 h 30``, ``45 min`` as minutes; empty: 0; None: neither."""
    text = " ".join(text.split()).casefold()
    if not text:
        return 0
    if text.isdecimal():
        return int(text) if len(text) < 6 else None
    found = re.fullmatch(
        r"(?:(\d{1,3})\s*(?:h|std\.?|:))?\s*(?:(\d{1,4})\s*(?:m|min|min\.|minutes|minuten)?)?", text
    )
    if found is None or not (found[1] or found[2]):
        return None
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def hint() -> str:
    """How a day may be typed, for the field."""
    return tr("Fri, +7 or 2027-03-31")


def hint_of_moment() -> str:
    """The same with a time."""
    return tr("Fri 16:00, +7 or 2027-03-31 14:00")


def shown(text: str) -> str:
    """A kept moment as its field shows it."""
    return text.replace("T", " ")


def _named(text: str, today: date) -> date | None:
    near = {tr("today"): 0, tr("tomorrow"): 1, "today": 0, "tomorrow": 1}
    steps = {name.casefold(): step for name, step in near.items()}
    plus = _PLUS.fullmatch(text)
    if plus or text in steps:
        ahead = int(plus[1]) if plus else steps[text]
        return today + timedelta(days=ahead) if ahead <= (date.max - today).days else None
    for ahead in range(1, min(8, (date.max - today).days + 1)):
        then = today + timedelta(days=ahead)
        names = (writing.weekday(then), writing.short_weekday(then), then.strftime("%A"), then.strftime("%a"))
        if text.rstrip(".") in {name.casefold().rstrip(".") for name in names}:
            return then
    return None


def _dated(text: str, today: date) -> date | None:
    short = _SHORT.match(text)
    try:
        if short is None:
            return date.fromisoformat(text) if len(text) == 10 else None
        found = date(int(short[3] or today.year), int(short[2]), int(short[1]))
        return found.replace(year=found.year + 1) if not short[3] and found < today else found
    except ValueError:
        return None
