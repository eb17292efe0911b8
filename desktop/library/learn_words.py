"""The words of learning that tables, screens and archives share: states, kinds and verdicts."""

from enum import StrEnum

from desktop.languages import mark


class GoalState(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class EvidenceKind(StrEnum):
    """What shows that a goal is nearer."""

    CAPTURE = "capture"
    ANNOTATION = "annotation"
    NOTE = "note"
    ACTIVITY = "activity"
    TRY = "try"
    FEEDBACK = "feedback"
    CERTIFICATE = "certificate"
    PACK = "pack"


class ActivityKind(StrEnum):
    """The kinds of planned learning."""

    COURSE = "course"
    VIDEO = "video"
    SCREENCAST = "screencast"
    WEBINAR = "webinar"
    WORKSHOP = "workshop"
    MOOC = "mooc"
    CONFERENCE = "conference"
    PODCAST = "podcast"
    BOOK = "book"
    MENTORING = "mentoring"
    PROJECT = "project"


class Status(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class TryState(StrEnum):
    """Where a try stands."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


class Went(StrEnum):
    """How a try went."""

    WELL = "well"
    PARTLY = "partly"
    BADLY = "badly"


class Verdict(StrEnum):
    """What the person means to do about a tool."""

    KEEP = "keep"
    LEARN = "learn"
    REPLACE = "replace"


LEVELS = (
    mark("heard of it"),
    mark("can follow"),
    mark("can do with help"),
    mark("can do alone"),
    mark("can teach it"),
)
"""The one scale, 0 to 4, in words; shown through ``tr``."""
