"""What the Learning view needs from the library, read in one go on a reading thread.

The surprising fact: the first time it is opened while nothing is under way, it opens on what is planned.
"""

from dataclasses import dataclass

from desktop.learning import activities, activity_rows, tries, week
from desktop.learning.goals import all_of as all_goals
from desktop.learning.values import ActivityKind, ActivityRow, GoalRow, GoalState, Status, TryRow, TryState
from desktop.learning.week import Week
from desktop.store.reader import Reader
from desktop.ui.learning.model import PAGE

TRIES = "tries"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to."""

    status: Status | None = Status.DOING
    """None: the tries are shown."""
    goal_id: int = 0
    kind: ActivityKind | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that the view shows."""

    wanted: Filter
    ids: list[int]
    rows: list[ActivityRow]
    counts: dict[Status, int]
    tries: list[TryRow]
    week: Week
    goals: list[GoalRow]
    is_empty: bool


def counts_of(loaded: Loaded) -> dict[str, int]:
    """The numbers of the tabs; of the tries those that are planned."""
    planned = sum(one.state is TryState.PLANNED for one in loaded.tries)
    return {**{status.value: number for status, number in loaded.counts.items()}, TRIES: planned}


def load(reader: Reader, wanted: Filter, activity_id: int, is_first: bool) -> Loaded:
    """Read the view: the first page of rows, and the one with the activity that is asked for."""
    counts = activities.counts(reader, wanted.goal_id, wanted.kind)
    if is_first and not activity_id and not counts[Status.DOING] and counts[Status.PLANNED]:
        wanted = Filter(Status.PLANNED)
    statuses = [wanted.status] if wanted.status else []
    ids = activities.ids_of(reader, statuses, wanted.goal_id, wanted.kind) if statuses else []
    first = max(0, ids.index(activity_id) - PAGE // 2) if activity_id in ids else 0
    rows = activity_rows.many(reader, ids[first : first + PAGE])
    shown = [one for one in tries.all_of(reader) if not wanted.goal_id or one.goal_id == wanted.goal_id]
    goals = all_goals(reader, (GoalState.OPEN,))
    is_narrowed = bool(wanted.goal_id or wanted.kind)
    is_empty = not is_narrowed and not shown and not any(counts.values())
    return Loaded(wanted, ids, rows, counts, shown, week.of(reader), goals, is_empty)
