"""All that the page of one goal shows, read in a handful of statements."""

from datetime import date, tzinfo

from desktop.learning import activity_rows, agenda, evidence_rows, goals, levels, study, tries
from desktop.learning.values import GoalPage
from desktop.store.reader import Reader

SHOWN = 500
"""Pieces of evidence on a page; `evidence.of_goal` has the rest."""


def read(
    reader: Reader, goal_id: int, *, day: date | None = None, zone: tzinfo | None = None
) -> GoalPage | None:
    """The page of a goal; None when it is gone."""
    goal = goals.read(reader, goal_id)
    rows = goals.all_of(reader, goal_id=goal_id, day=day)
    if goal is None or not rows:
        return None
    return GoalPage(
        goal,
        rows[0],
        tuple(levels.of_goal(reader, goal_id)),
        tuple(evidence_rows.of_goal(reader, goal_id, SHOWN)),
        tuple(study.weeks(reader, goal_id, day=day, zone=zone)),
        tuple(agenda.due(reader, goal_id, within=60, day=day, zone=zone)),
        tuple(activity_rows.of_goal(reader, goal_id)),
        tuple(tries.of_goal(reader, goal_id, day)),
    )
