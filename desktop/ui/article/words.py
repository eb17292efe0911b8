"""The sentences of the reader's head and foot: pure, so that they can be read in a test.

Surprising: a page's own date may be a year, a month or a day, and is called "about" when it was guessed.
"""

from datetime import date, datetime

from desktop.languages import tr, trn, writing
from desktop.library.values import Detail, Version
from desktop.text.moments import clock as clock
from desktop.text.moments import time_link as time_link

BROWSERS = {
    "chromium": "Chromium", "chrome": "Chrome", "edge": "Edge", "brave": "Brave", "vivaldi": "Vivaldi",
    "opera": "Opera", "firefox": "Firefox", "librewolf": "LibreWolf",
}  # fmt: skip
_DOT = " · "


def by_line(detail: Detail) -> str:
    """Author, site, date and reading time, as far as they are known."""
    parts = [
        detail.author,
        detail.site,
        published(detail.published, is_about=detail.is_published_approximate),
    ]
    if detail.minutes:
        parts.append(tr("{n} min").format(n=detail.minutes))
    return _DOT.join(part for part in parts if part)


def saved_line(detail: Detail, now: datetime) -> str:
    """When, from where and through whom: ``Saved today 10:42 from Firefox · found through Jonas``."""
    when = moment(detail.saved_at, now)
    browser = BROWSERS.get(detail.browser.lower(), "" if detail.browser == "kithbook" else detail.browser)
    if browser:
        parts = [tr("Saved {when} from {browser}").format(when=when, browser=browser)]
    else:
        parts = [tr("Saved {when}").format(when=when)]
    if detail.is_private:
        parts.append(tr("from a private window"))
    if detail.found_through:
        parts.append(tr("found through {who}").format(who=detail.found_through))
    return _DOT.join(parts)


def published(iso: str, *, is_about: bool = False) -> str:
    """``2026-11-12`` → ``12 November 2026``; ``2026-11`` and ``2026`` likewise; other text stays as it is."""
    if not iso:
        return ""
    try:
        year, month, day = (*(int(part) for part in iso[:10].split("-")), 0, 0)[:3]
        whole = date(year, month or 1, day or 1)
    except ValueError:
        return iso
    text = writing.month_and_year(month, year) if month else str(year)
    text = writing.long_day(whole) if day else text
    return tr("about {when}").format(when=text) if is_about else text


def moment(stamp: int, now: datetime) -> str:
    """Milliseconds since 1970 as the person says it: ``today 10:42``, ``yesterday 09:15``, ``9 November``."""
    then = datetime.fromtimestamp(stamp / 1000).astimezone()
    days = (_day(now) - then.date()).days
    if days == 0:
        return tr("today {time}").format(time=f"{then:%H:%M}")
    if days == 1:
        return tr("yesterday {time}").format(time=f"{then:%H:%M}")
    return writing.long_day(then.date(), has_year=then.year != now.astimezone().year)


def _day(now: datetime) -> date:
    return now.astimezone().date()


def version_line(version: Version, now: datetime) -> str:
    """One line of the versions menu."""
    text = tr("Version {number}, saved {when}")
    if version.is_same_text:
        text = tr("Version {number}, saved {when}, same text")
    return text.format(number=version.number, when=moment(version.saved_at, now))


def left_line(minutes: int, progress: float) -> str:
    """The foot of the reader: ``5 minutes left · 41 %``."""
    percent = f"{round(100 * progress)} %"
    left = round(minutes * (1 - progress))
    if not minutes:
        return ""
    if progress >= 0.995:
        return tr("Read to the end")
    if left < 1:
        return tr("less than a minute left") + _DOT + percent
    return trn("{n} minute left", "{n} minutes left", left).format(n=left) + _DOT + percent


def blocks_left_out(count: int, *, is_shown: bool) -> str:
    """The button that shows what the extraction left out; empty when there is nothing."""
    if not count:
        return ""
    if is_shown:
        text = trn("hide what was left out ({n} block)", "hide what was left out ({n} blocks)", count)
    else:
        text = trn("what was left out ({n} block)", "what was left out ({n} blocks)", count)
    return text.format(n=writing.number(count))
