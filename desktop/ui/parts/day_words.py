"""Days as rows say them: how long ago something was, how long until it comes. Pure: days in, words out.

The surprising fact: they grow coarse with distance, as people speak: days, then weeks, months and years.
"""

from datetime import date

from desktop.languages import tr, trn
from desktop.learning import days

WEEK, MONTH, YEAR = 7, 30, 365


def ago(day: str, today: date) -> str:
    """``today``, ``3 days ago``, ``2 months ago``; ``never`` for an empty day."""
    since = days.days_left(day, today)
    if since is None:
        return tr("never")
    past = -since
    if past <= 0:
        return tr("today")
    if past == 1:
        return tr("yesterday")
    if past < 2 * WEEK:
        return trn("{n} day ago", "{n} days ago", past).format(n=past)
    if past < 2 * MONTH:
        return trn("{n} week ago", "{n} weeks ago", past // WEEK).format(n=past // WEEK)
    if past < 2 * YEAR:
        return trn("{n} month ago", "{n} months ago", past // MONTH).format(n=past // MONTH)
    return trn("{n} year ago", "{n} years ago", past // YEAR).format(n=past // YEAR)


def until(left: int | None) -> str:
    """``today``, ``in 2 weeks``, ``4 days late``; empty where there is no day."""
    if left is None:
        return ""
    if left < 0:
        return late(-left)
    if left == 0:
        return tr("today")
    if left == 1:
        return tr("tomorrow")
    if left < 2 * WEEK:
        return trn("in {n} day", "in {n} days", left).format(n=left)
    if left < 2 * MONTH:
        return trn("in {n} week", "in {n} weeks", left // WEEK).format(n=left // WEEK)
    if left < 2 * YEAR:
        return trn("in {n} month", "in {n} months", left // MONTH).format(n=left // MONTH)
    return trn("in {n} year", "in {n} years", left // YEAR).format(n=left // YEAR)


def late(past: int) -> str:
    """``4 days late``, ``3 weeks late``."""
    if past < 2 * WEEK:
        return trn("{n} day late", "{n} days late", past).format(n=past)
    if past < 2 * MONTH:
        return trn("{n} week late", "{n} weeks late", past // WEEK).format(n=past // WEEK)
    return trn("{n} month late", "{n} months late", past // MONTH).format(n=past // MONTH)
