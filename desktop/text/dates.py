"""Dates of a page, as ``YYYY-MM-DD``.

Surprising: htmldate's guess from the text is often the date of something else on the page, so it is the last
resort and is marked as approximate.
"""

import re
from datetime import date, datetime, timedelta
from itertools import islice

from htmldate import find_date

from desktop.text.dom import Element

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:T|\d{4,6}|$)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$|\D)")
_LINES_BELOW = 40
"""Elements after the title that are looked into for a date."""
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?("
    + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS)
    + r")\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?"
    r"((?:19|20)\d\d)",
    re.IGNORECASE,
)


def plain_date(text: str) -> str:
    """The day in a date text of metadata; empty when there is none or it cannot be."""
    text = text.strip()
    match = _ISO.search(text) or _COMPACT.search(text)
    if match:
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if text.isdigit() and len(text) in (10, 13):
        return _from_seconds(int(text[:10]))
    match = _WORDS.search(text)
    if match and (match[1] or match[3]):
        month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(match[2][:3].lower()))
        return _checked(int(match[4]), month, int(match[1] or match[3]))
    return ""


def date_in_address(url: str) -> str:
    """The day in an address such as ``/2024/05/17/``; empty when there is none."""
    match = _IN_ADDRESS.search(url)
    return _checked(int(match[1]), int(match[2]), int(match[3])) if match else ""


def guessed_date(tree: Element, url: str) -> str:
    """What htmldate makes of the page; empty when it finds nothing.

    Its extensive search is not asked: it finds a date on nearly every page that has none.
    """
    try:
        return find_date(tree, extensive_search=False, original_date=True, url=url or None) or ""
    except Exception:  # whatever a page makes it raise, a date is not worth failing for
        return ""


def date_below_title(tree: Element) -> str:
    """A date in one of the short lines that follow the first ``h1``; empty when there is none."""
    title = next(tree.iter("h1"), None)
    if title is None:
        return ""
    for element in islice(title.xpath("following::*"), _LINES_BELOW):
        for text in (element.get("datetime"), element.text):
            if text and len(text) < 60 and (found := plain_date(text)):
                return found
    return ""


def _checked(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if found <= date.today() + timedelta(days=2) and year >= 1990 else ""


def _from_seconds(seconds: int) -> str:
    found = datetime.fromtimestamp(seconds)
    return _checked(found.year, found.month, found.day)
