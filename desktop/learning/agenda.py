"""What has a date: goals, tries, activities, planned sessions and tools, in one list.

The surprising fact: nothing here is stored as due. It is worked out from today, so a clock that was wrong
yesterday leaves no trace.
"""

from datetime import date, tzinfo

from desktop.learning import days, zones
from desktop.learning.review_values import Today
from desktop.learning.values import Due
from desktop.store.reader import Reader

_DATED = """
    SELECT 'goal', id, skill, by_date, '', id, 0 FROM goal WHERE state = 'open' AND by_date <> ''
    UNION ALL SELECT 'try', id, what, by_date, '', coalesce(goal_id, 0), 0 FROM try
        WHERE state = 'planned' AND by_date <> ''
    UNION ALL SELECT 'activity', id, title, iif(status = 'planned' OR ends = '', begins, ends), zone,
        coalesce(goal_id, 0), id FROM activity WHERE (status = 'planned' AND begins <> '')
            OR (status = 'doing' AND (ends <> '' OR begins >= ?1))
    UNION ALL SELECT 'session', planned_session.id, title, planned_session.begins, planned_session.zone,
        coalesce(goal_id, 0), activity_id FROM planned_session JOIN activity ON activity.id = activity_id
        WHERE status IN ('planned', 'doing')
    UNION ALL SELECT 'tool', id, name, review_on, '', 0, 0 FROM tool WHERE review_on <> ''
"""


def due(
    reader: Reader,
    goal_id: int = 0,
    *,
    within: int = 14,
    day: date | None = None,
    zone: tzinfo | None = None,
) -> list[Due]:
    """What is overdue or due within so many days, the earliest first; of a goal, or of all (0).

    A planned time in another zone counts on the day that it is here. A planned session that is over is not
    overdue: it is gone, unless it was today.
    """
    today = day or days.today(zone)
    found = []
    for kind, number, title, on, its_zone, goal, activity in reader.rows(_DATED, (today.isoformat(),)):
        when = zones.day_here(on, its_zone, zone)
        if when is None or (goal_id and goal != goal_id):
            continue
        left = (when - today).days
        if left <= within and (left >= 0 or kind != "session"):
            found.append((when, on, Due(kind, number, title, on, left, goal, activity)))
    return [one for _, _, one in sorted(found, key=lambda each: (each[0], each[1], each[2].id))]


def today(reader: Reader, *, day: date | None = None, zone: tzinfo | None = None) -> Today:
    """What the Learning view shows first."""
    running = reader.row("SELECT activity_id FROM study_time WHERE is_running LIMIT 1")
    return Today(tuple(due(reader, day=day, zone=zone)), running[0] if running else 0)
