"""What learning hands out: frozen values, never rows.

Three kinds of time: ``…_at`` and ``started`` are milliseconds since 1970, UTC; a day (``by_date``,
``on_date``) is text of the person's calendar, ``2027-03-31``; a planned moment (``begins``) is a day, or a
day with the time on the wall (``2027-03-31T14:00``), in ``zone`` (IANA; empty: wherever the person is).
Empty text: not said.
"""

from dataclasses import dataclass

from desktop.library.learn_words import (
    LEVELS,
    ActivityKind,
    EvidenceKind,
    GoalState,
    Status,
    TryState,
    Verdict,
    Went,
)
from desktop.library.marks.timed_comments import TimedComment

__all__ = [
    "LEVELS", "Activity", "ActivityKind", "ActivityRow", "Candidate", "Due", "EvidenceKind", "EvidenceRow",
    "Goal", "GoalPage", "GoalRow", "GoalState", "LevelStep", "Planned", "Session", "Status", "Thing",
    "TimedComment", "TryRow", "TryState", "Unit", "Verdict", "WeekMinutes", "Went",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goal:
    """A skill wanted. Levels are 0 to 4 (`LEVELS` has the words)."""

    id: int
    skill: str
    state: GoalState
    why: str
    framework: str
    code: str
    label: str
    level_from: int
    level: int
    level_to: int | None
    by_date: str
    next_step: str
    closing: str
    is_private: bool
    made_at: int
    changed_at: int
    closed_at: int
    tags: tuple[str, ...] = ()
    """Tags that feed it."""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One line of the overview of goals."""

    id: int
    skill: str
    state: GoalState
    level_from: int
    level: int
    level_to: int | None
    by_date: str
    days_left: int | None
    """Until ``by_date``; negative: overdue. None: no date, or not open."""
    next_step: str
    is_private: bool
    evidence: int
    sources: int
    """Pages tied to it, outside Trash."""
    activities: int
    """Planned or being done."""
    tries: int
    """Planned."""
    minutes: int
    """Studied for it, in all."""
    moved_at: int
    """The last evidence, level change or session; else when it was made."""
    is_still: bool
    """Open, and nothing has moved for four weeks."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that may be evidence: its kind and its id (source id of a capture, else its own)."""

    kind: EvidenceKind
    id: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence, with what is shown of the thing itself."""

    id: int
    goal_id: int
    goal: str
    """Its skill."""
    kind: EvidenceKind
    sentence: str
    """The person's own, else what the thing says: why, comment, result."""
    is_own_sentence: bool
    who: str
    on_date: str
    made_at: int
    is_private: bool
    """Its own mark, or that of the thing."""
    is_gone: bool
    """What it referred to was deleted; the sentence stays."""
    source_id: int
    """0: none; so the ids below."""
    annotation_id: int
    note_id: int
    activity_id: int
    try_id: int
    title: str
    site: str
    url: str
    quote: str
    file: str
    """``res/…`` of a certificate, or empty: `library.assets.path_of`."""
    level_ids: tuple[int, ...]
    """Level changes that stand on it."""


@dataclass(frozen=True, slots=True)
class LevelStep:
    """One level change."""

    id: int
    goal_id: int
    level_before: int
    level: int
    on_date: str
    sentence: str
    made_at: int
    evidence_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeekMinutes:
    """Study in one week."""

    week: str
    """Its Monday, ``2026-11-30``."""
    minutes: int


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a date: a goal, try, activity, session or tool."""

    kind: str
    """``goal``, ``try``, ``activity``, ``session`` or ``tool``."""
    id: int
    title: str
    on: str
    days: int
    """From today; negative: overdue."""
    goal_id: int = 0
    activity_id: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be evidence: it bears a tag that feeds the goal."""

    source_id: int
    title: str
    site: str
    saved_at: int
    tag: str
    why: str


@dataclass(frozen=True, slots=True)
class TryRow:
    """Something to try at work."""

    id: int
    what: str
    by_date: str
    days_left: int | None
    """None: no date, or not planned any more."""
    state: TryState
    went: Went | None
    result: str
    done_on: str
    goal_id: int
    goal: str
    source_id: int
    title: str
    """Of the page it came from."""
    is_private: bool
    made_at: int


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One line of the Learning view."""

    id: int
    kind: ActivityKind
    title: str
    provider: str
    people: str
    url: str
    begins: str
    ends: str
    zone: str
    minutes: int
    """Planned: its own, else the sum of its units."""
    spent: int
    """Minutes of all sessions."""
    cost: str
    position: str
    status: Status
    goal_id: int
    goal: str
    source_id: int
    units: int
    units_done: int
    next_unit: str
    running_since: int
    """0: no timer is on."""
    certificate: str
    """``res/…`` or empty."""
    is_private: bool
    made_at: int
    next_at: str
    """The next planned session from today on, a planned moment; empty: none."""
    last_at: int
    """When the last session of study began; 0: never."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an activity."""

    id: int
    activity_id: int
    ordinal: int
    depth: int
    title: str
    minutes: int
    done_at: int


@dataclass(frozen=True, slots=True)
class Session:
    """One session of study."""

    id: int
    activity_id: int
    started: int
    minutes: int
    is_running: bool
    note: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned session."""

    id: int
    uuid: str
    activity_id: int
    begins: str
    zone: str
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity with all that belongs to it."""

    row: ActivityRow
    note: str
    units: tuple[Unit, ...]
    sessions: tuple[Session, ...]
    planned: tuple[Planned, ...]
    comments: tuple[TimedComment, ...]
    tries: tuple[TryRow, ...]


@dataclass(frozen=True, slots=True)
class GoalPage:
    """All that the page of one goal shows."""

    goal: Goal
    row: GoalRow
    levels: tuple[LevelStep, ...]
    """Oldest first."""
    evidence: tuple[EvidenceRow, ...]
    """Newest first."""
    weeks: tuple[WeekMinutes, ...]
    """Every week from the first session, or the last twelve when that is longer ago, to this one."""
    due: tuple[Due, ...]
    activities: tuple[ActivityRow, ...]
    tries: tuple[TryRow, ...]
