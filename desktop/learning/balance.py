"""Seek, sense, share: what the person's own log shows, week by week.

The surprising fact: nobody is compared with anybody. The two axes are shares of one's own acts, and every
number opens the acts behind it.
"""

from datetime import date, tzinfo
from typing import Any

from desktop.languages import mark, tr
from desktop.learning import days
from desktop.learning.review_values import Act, Stand, WeekActs
from desktop.store.reader import Reader

VERBS = ("seek", "sense", "share")
ENOUGH = 20
"""Acts below which nothing is said about where somebody stands."""
NAMES = {
    (False, False): (mark("Gatherer"), mark("You find much and keep most of it to yourself, as it came.")),
    (True, False): (mark("Expert"), mark("You make sense of what you find; few hear of it.")),
    (False, True): (mark("Connector"), mark("You pass much on, mostly as it came.")),
    (True, True): (mark("Catalyst"), mark("You make sense of what you find, and others gain from it.")),
}
"""By (much sense-making, much sharing): name and sentence, shown through ``tr``."""

_ACTS = """SELECT event.id, at, verb, act, count, noun, ref_id,
        CASE noun WHEN 'source' THEN (SELECT title FROM source WHERE id = ref_id)
            WHEN 'note' THEN (SELECT title FROM note WHERE id = ref_id)
            WHEN 'goal' THEN (SELECT skill FROM goal WHERE id = ref_id)
            WHEN 'activity' THEN (SELECT title FROM activity WHERE id = ref_id)
            WHEN 'try' THEN (SELECT what FROM try WHERE id = ref_id)
            WHEN 'tool' THEN (SELECT name FROM tool WHERE id = ref_id)
            WHEN 'question' THEN (SELECT text FROM question WHERE id = ref_id) END
    FROM event WHERE at >= ? AND at < ? AND (? = '' OR verb = ?) ORDER BY at DESC, event.id DESC LIMIT ?"""


def weeks(
    reader: Reader, number: int = 12, *, day: date | None = None, zone: tzinfo | None = None
) -> list[WeekActs]:
    """Acts by week of the person's calendar, up to this week; idle weeks too. An act on ten pages is one."""
    last = days.week_of(day or days.today(zone))
    mondays = days.weeks(_back(last, number - 1), last)
    borders = [days.start_of(one, zone) for one in [*mondays, last + days.WEEK]]
    rows = reader.rows("SELECT at, verb FROM event WHERE at >= ? AND at < ?", (borders[0], borders[-1]))
    sums = [dict.fromkeys(VERBS, 0) for _ in mondays]
    index = 0
    for at, verb in sorted(rows):
        while at >= borders[index + 1]:
            index += 1
        if verb in VERBS:
            sums[index][verb] += 1
    return [WeekActs(monday.isoformat(), **one) for monday, one in zip(mondays, sums, strict=True)]


def acts(
    reader: Reader,
    verb: str = "",
    week: str = "",
    *,
    number: int = 12,
    day: date | None = None,
    zone: tzinfo | None = None,
    limit: int = 2_000,
) -> list[Act]:
    """The acts behind a number, the newest first: of a verb, or all; of a week (its Monday), or of the last
    ``number`` weeks, as `weeks` and `stand` count them."""
    monday = days.parse(week)
    last = monday or days.week_of(day or days.today(zone))
    first = monday or _back(last, number - 1)
    borders = (days.start_of(first, zone), days.start_of(last + days.WEEK, zone))
    rows: list[list[Any]] = [
        [*row[:7], row[7] or ""] for row in reader.rows(_ACTS, (*borders, verb, verb, limit))
    ]
    return [Act(*row) for row in rows]


def stand(reader: Reader, number: int = 12, *, day: date | None = None, zone: tzinfo | None = None) -> Stand:
    """Where the person stands on the two axes, by the last weeks."""
    found = weeks(reader, number, day=day, zone=zone)
    return placed(*(sum(getattr(one, verb) for one in found) for verb in VERBS))


def placed(seek: int, sense: int, share: int) -> Stand:
    """Where these sums stand. Pure."""
    making = _part(sense, seek + sense)
    sharing = min(100, 2 * _part(share, sense + share))
    name, sentence = NAMES[making >= 50, sharing >= 50]
    if seek + sense + share < ENOUGH:
        return Stand(making, sharing, seek, sense, share, "", tr("There is too little yet to say."))
    return Stand(making, sharing, seek, sense, share, tr(name), tr(sentence))


def _part(some: int, of_all: int) -> int:
    return round(100 * some / of_all) if of_all else 0


def _back(monday: date, number: int) -> date:
    return date.fromordinal(max(1, monday.toordinal() - 7 * max(0, number)))
