"""How learning is said in the window: kinds with their icons, states, hours, planned moments.

The surprising fact: hours and minutes are written apart ("3 h 10"), as a clock would be read for a time.
"""

from datetime import date, datetime
from typing import Final

from desktop.languages import mark, tr, trc, trn, writing
from desktop.learning import days
from desktop.learning.values import Activity, ActivityKind, ActivityRow, Status, TryRow, TryState, Went
from desktop.ui.parts import moments

KINDS: Final = {
    ActivityKind.COURSE: (mark("Course"), "graduation-cap"),
    ActivityKind.VIDEO: (mark("Video"), "video"),
    ActivityKind.SCREENCAST: (mark("Screencast"), "monitor-play"),
    ActivityKind.WEBINAR: (mark("Webinar"), "presentation"),
    ActivityKind.WORKSHOP: (mark("Workshop"), "hammer"),
    ActivityKind.MOOC: (mark("MOOC"), "school"),
    ActivityKind.CONFERENCE: (mark("Conference"), "calendar-days"),
    ActivityKind.PODCAST: (mark("Podcast"), "headphones"),
    ActivityKind.BOOK: (mark("Book"), "book-open"),
    ActivityKind.MENTORING: (mark("Mentoring"), "users"),
    ActivityKind.PROJECT: (mark("Project of my own"), "folder-kanban"),
}
STATUSES: Final = {
    Status.DOING: mark("Now"),
    Status.PLANNED: mark("Planned"),
    Status.DONE: mark("Done"),
    Status.DROPPED: mark("Dropped"),
}
"""In the order of the tabs."""
WENT: Final = {
    Went.WELL: mark("It worked"),
    Went.PARTLY: mark("It worked in part"),
    Went.BADLY: mark("It did not work"),
}
WENT_ICONS: Final = {Went.WELL: "check", Went.PARTLY: "circle-dot", Went.BADLY: "x"}


def kind(of: ActivityKind) -> str:
    """``Course``."""
    return tr(KINDS[of][0])


def icon(of: ActivityKind) -> str:
    """Its Lucide name."""
    return KINDS[of][1]


def status(of: Status) -> str:
    """``Now``: what is being done."""
    return trc("learning", "Done") if of is Status.DONE else tr(STATUSES[of])


def hours(minutes: int) -> str:
    """``35 min``, ``3 h 10``, ``3 h``."""
    whole, rest = divmod(max(0, minutes), 60)
    if not whole:
        return tr("{n} min").format(n=rest)
    said = tr("{n} h").format(n=writing.number(whole))
    return f"{said} {rest:02}" if rest else said


def running(since: int, now: int) -> str:
    """What a timer shows: ``18:24``, ``1:02:03``; a clock moved back shows nothing less than zero."""
    seconds = max(0, now - since) // 1000
    whole, rest = divmod(seconds, 3600)
    return f"{whole}:{rest // 60:02}:{rest % 60:02}" if whole else f"{rest // 60:02}:{rest % 60:02}"


def when(moment: str, today: date) -> str:
    """A planned moment, short: ``today``, ``Thu 16:00``, ``2 Dec``; empty for none."""
    then = days.parse(moment)
    if then is None:
        return ""
    away = (then - today).days
    if away == 0:
        said = tr("today")
    elif 0 < away < 7:
        said = writing.short_weekday(then)
    else:
        said = writing.short_day(then, has_year=then.year != today.year)
    return f"{said} {moment[11:16]}" if len(moment) > 10 else said


def span(row: ActivityRow, today: date) -> str:
    """When an activity is: ``2 Nov to 28 Feb``, ``Thu 16:00``, ``from 2 Nov``."""
    first, last = when(row.begins, today), when(row.ends, today)
    if first and last:
        is_one_day = row.begins[:10] == row.ends[:10]
        last = row.ends[11:16] if is_one_day and len(row.ends) > 10 else last
        return (
            first if is_one_day and first == last else tr("{first} to {last}").format(first=first, last=last)
        )
    if first:
        return first
    return tr("until {last}").format(last=last) if last else ""


def next_or_last(row: ActivityRow, today: date) -> str:
    """The right column of the list: the next date, else when it was last worked on."""
    if row.status in (Status.PLANNED, Status.DOING):
        dates = sorted(
            one for one in (row.next_at, row.begins if row.begins >= today.isoformat() else "") if one
        )
        if dates:
            return when(dates[0], today)
    if row.last_at:
        return moments.short(row.last_at, today) if moments.day_of(row.last_at) != today else tr("today")
    return when(row.begins, today)


def about(row: ActivityRow) -> str:
    """The second line of a row: ``Course · Evening School · 40 units``."""
    units = trn("{n} unit", "{n} units", row.units).format(n=writing.number(row.units)) if row.units else ""
    length = hours(row.minutes) if row.minutes and not row.units else ""
    return " · ".join(part for part in (kind(row.kind), row.provider or row.people, units, length) if part)


def progress(row: ActivityRow) -> tuple[float, str, str]:
    """How far it is (0 to 1), in words, and the time spent."""
    spent = hours(row.spent) if row.spent else ""
    if row.units:
        said = tr("{done} of {all}").format(
            done=writing.number(row.units_done), all=writing.number(row.units)
        )
        return row.units_done / row.units, said, spent
    if row.status is Status.DONE:
        return 1.0, status(Status.DONE), spent
    if row.minutes and row.spent:
        return min(1.0, row.spent / row.minutes), row.position, spent
    return 0.0, row.position, spent


def spoken(row: ActivityRow, today: date) -> str:
    """An activity as a screen reader says it."""
    _, far, spent = progress(row)
    parts = [
        row.title, about(row), status(row.status),
        tr("{done} of {all} units done").format(done=row.units_done, all=row.units) if row.units else far,
        tr("{time} spent").format(time=spent) if spent else "", next_or_last(row, today),
        tr("Goal: {name}").format(name=row.goal) if row.goal else "",
        tr("the timer is on") if row.running_since else "",
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def minutes_of(moment_ms: int, minutes: int, today: date) -> str:
    """A session of study: ``Mon · 35 min``."""
    is_today = moments.day_of(moment_ms) == today
    said = tr("today") if is_today else moments.short(moment_ms, today)
    return f"{said} {datetime.fromtimestamp(moment_ms / 1000):%H:%M} · {hours(minutes)}"


def due(row: TryRow) -> str:
    """When a try is due, or when it was done: ``in 3 days``, ``overdue since Fri``."""
    today = days.today()
    if row.state is TryState.DONE:
        return when(row.done_on, today)
    if row.state is TryState.DROPPED:
        return tr("dropped")
    if row.days_left is None:
        return ""
    if row.days_left < 0:
        return tr("due since {when}").format(when=when(row.by_date, today))
    return when(row.by_date, today)


def facts(whole: Activity, today: date) -> str:
    """The line below an activity's title: who offers it, who teaches, what it costs, when it is."""
    row = whole.row
    place = tr("at {position}").format(position=row.position) if row.position else ""
    parts = [row.provider, row.people, row.cost, span(row, today), place]
    return " · ".join(part for part in parts if part)
