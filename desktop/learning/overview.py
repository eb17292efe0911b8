"""All goals at a glance: each with its why, and how much evidence each of the last twelve weeks brought."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from desktop.learning import agenda, days, goals
from desktop.learning.values import Due, GoalRow
from desktop.store.reader import Reader

WEEKS = 12
AHEAD = 30
"""Days that the overview looks ahead."""

_PIECES = """SELECT goal_id, CAST((julianday(?1) - 1 - julianday(on_date)) / 7 AS INTEGER), count(*)
    FROM evidence WHERE on_date >= ?2 AND on_date < ?1 GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal of the overview."""

    row: GoalRow
    why: str
    pieces: tuple[int, ...]
    """Evidence by week, the oldest first; the last is this week."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview shows."""

    lines: tuple[GoalLine, ...]
    """In the order of `goals.all_of`."""
    due: tuple[Due, ...]
    """Of all goals, within `AHEAD` days."""


def read(reader: Reader, *, day: date | None = None) -> Overview:
    """All goals, open and closed, in four statements whatever their number."""
    today = day or days.today()
    end = days.week_of(today) + days.WEEK
    start = end - WEEKS * days.WEEK
    pieces: defaultdict[int, list[int]] = defaultdict(lambda: [0] * WEEKS)
    for goal_id, back, number in reader.rows(_PIECES, (end.isoformat(), start.isoformat())):
        pieces[goal_id][WEEKS - 1 - min(WEEKS - 1, back)] += number
    whys = dict(reader.rows("SELECT id, why FROM goal WHERE why <> ''"))
    lines = tuple(
        GoalLine(row, whys.get(row.id, ""), tuple(pieces.get(row.id, [0] * WEEKS)))
        for row in goals.all_of(reader, day=today)
    )
    due = tuple(one for one in agenda.due(reader, within=AHEAD, day=today) if one.goal_id)
    return Overview(lines, due)
