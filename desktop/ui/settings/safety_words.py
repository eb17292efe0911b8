"""Backups and findings in words: when, why, how much, what helps. Pure."""

from datetime import date, datetime

from desktop.languages import mark, tr, trn, writing
from desktop.library.backups import Backup
from desktop.library.checking import OK, Finding

REASONS = {
    "daily": mark("Daily"),
    "asked": mark("Asked for"),
    "before-migration": mark("Before an update"),
    "before-restore": mark("Before a restore"),
    "before-import": mark("Before an import"),
}


def when(backup: Backup, today: date) -> str:
    """``Today, 10:42`` or ``28 November 2026, 10:42``: local time."""
    moment = backup.made_at.astimezone()
    day = moment.date()
    days = {0: tr("Today"), 1: tr("Yesterday")}
    named = days.get((today - day).days) or writing.long_day(day, has_year=day.year != today.year)
    return tr("{day}, {time}").format(day=named, time=f"{moment:%H:%M}")


def why(backup: Backup) -> str:
    """Why it was made."""
    known = REASONS.get(backup.reason)
    return tr(known) if known else backup.reason


def holds(backup: Backup) -> str:
    """``24 pages, 19 highlights and 3 notes``."""
    counts = backup.counts
    pages, marks, notes = (counts.get(name, 0) for name in ("source", "annotation", "note"))
    parts = [trn("{n} page", "{n} pages", pages).format(n=writing.number(pages))]
    if marks:
        parts.append(trn("{n} highlight", "{n} highlights", marks).format(n=writing.number(marks)))
    if notes:
        parts.append(trn("{n} note", "{n} notes", notes).format(n=writing.number(notes)))
    return writing.listed(parts)


def size(number: int) -> str:
    """Bytes as people read them."""
    if number < 1 << 20:
        return tr("{n} KB").format(n=writing.number(max(1, number >> 10)))
    return tr("{n} MB").format(n=writing.decimal(number / (1 << 20)))


def line(backup: Backup) -> str:
    """The second line of a backup's row."""
    if backup.trouble:
        return tr("{why} · {trouble}").format(why=why(backup), trouble=backup.trouble)
    return tr("{why} · {holds} · {size}").format(
        why=why(backup), holds=holds(backup), size=size(backup.bytes)
    )


def restore_title(backup: Backup) -> str:
    """The question before a restore."""
    return tr("Go back to the backup “{when}”?").format(when=when(backup, datetime.now().date()))


def restore_text(backup: Backup, pages_now: int) -> str:
    """What a restore will do."""
    now = trn("{n} page", "{n} pages", pages_now).format(n=writing.number(pages_now))
    return tr(
        "The library will be as it was then: {then}. The library as it is now, with {now}, is kept among the "
        "backups first, so you can come back to it. Nothing is deleted. Kithbook closes the library for a "
        "moment and opens it again; search is built anew."
    ).format(then=holds(backup), now=now)


def help_of(finding: Finding) -> tuple[str, str]:
    """What helps, in a sentence of this window, and the act that does it; empty when nothing is needed."""
    if finding.level == OK:
        return "", ""
    if finding.name in ("library", "references"):
        return tr("Restore a backup from the list above. The library of now is kept."), ""
    if finding.name == "backups" and finding.level != OK:
        return tr("Make a new one now. A damaged one is never used, and you may delete it."), "back_up"
    return finding.action, ""
