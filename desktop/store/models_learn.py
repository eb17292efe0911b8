"""The tables of learning: evidence and levels, activities, tools, questions, reviews. Read `models` first.

Two facts surprise. A day of the person's calendar is text (``2027-03-31``), a planned time is text of a clock
on the wall (``2027-03-31T14:00``) beside its zone; only what has happened is milliseconds: so no plan moves
when the clock or the zone changes. And what a row refers to may be deleted: the reference is emptied, the
person's sentence stays.
"""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from desktop.store.columns import NO_ROWID, OWN_IDS, to


def _maybe(target: str) -> Any:
    """A reference that may be empty, and is once its target is deleted."""
    return to(target, is_optional=True, is_emptied=True)


class TagGoal(SQLModel, table=True):
    """Which tag feeds which goal: what bears it, or a tag below it, is suggested as evidence."""

    __tablename__ = "tag_goal"
    __table_args__ = (Index("tag_goal_by_goal", "goal_id", "tag_id"), NO_ROWID)

    tag_id: int = to("tag.id", is_key=True, goes_with=True)
    goal_id: int = to("goal.id", is_key=True, goes_with=True)


class Person(SQLModel, table=True):
    """Someone the person learns from, as named in *found through*, or shares with."""

    __tablename__ = "person"
    __table_args__ = (OWN_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    note: str = ""
    url: str = ""
    made_at: int = 0
    address: str = ""
    """For mail. Who has one, or a key, is a colleague."""
    how_met: str = ""
    topics: str = ""


class Activity(SQLModel, table=True):
    """A planned piece of learning: a course, a webinar, a book."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("activity_by_status", "status", "begins"),
        Index("activity_by_goal", "goal_id"),
        Index("activity_by_source", "source_id"),
        Index("activity_by_file", "asset_id"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    """Also its UID in calendar files."""
    kind: str
    title: str
    provider: str = ""
    people: str = ""
    url: str = ""
    begins: str = ""
    """A day or a time on the wall's clock, or empty; ``ends`` likewise."""
    ends: str = ""
    zone: str = ""
    """Of the IANA list; empty: wherever the person is."""
    minutes: int = 0
    """Planned. What was spent is in `StudyTime`."""
    cost: str = ""
    position: str = ""
    status: str = "planned"
    """``planned``, ``doing``, ``done`` or ``dropped``."""
    note: str = ""
    is_private: bool = False
    made_at: int = 0
    changed_at: int = 0
    closed_at: int = 0
    goal_id: int | None = _maybe("goal.id")
    source_id: int | None = _maybe("source.id")
    asset_id: int | None = _maybe("asset.id")
    """The certificate."""


class Unit(SQLModel, table=True):
    """A part of an activity, from a pasted outline."""

    __tablename__ = "unit"
    __table_args__ = (Index("unit_by_activity", "activity_id", "ordinal"), OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = to("activity.id", goes_with=True)
    ordinal: int
    depth: int = 0
    """0: not below another."""
    title: str
    minutes: int = 0
    done_at: int = 0
    """0: not done."""


class StudyTime(SQLModel, table=True):
    """One session of study."""

    __tablename__ = "study_time"
    __table_args__ = (
        Index("study_time_by_activity", "activity_id", "started"),
        Index("study_time_by_date", "started"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = to("activity.id", goes_with=True)
    started: int
    minutes: int = 0
    is_running: bool = False
    """The timer is on; ``minutes`` is written when it stops."""
    note: str = ""


class PlannedSession(SQLModel, table=True):
    """When the person means to study."""

    __tablename__ = "planned_session"
    __table_args__ = (
        Index("planned_session_by_activity", "activity_id", "begins"),
        Index("planned_session_by_date", "begins"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(unique=True)
    activity_id: int = to("activity.id", goes_with=True)
    begins: str
    zone: str = ""
    minutes: int = 0
    note: str = ""


class Try(SQLModel, table=True):
    """Something to try at work, and how it went."""

    __tablename__ = "try"
    __table_args__ = (
        Index("try_by_date", "by_date"),
        Index("try_by_goal", "goal_id"),
        Index("try_by_source", "source_id"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    what: str
    by_date: str = ""
    state: str = "planned"
    """``planned``, ``done`` or ``dropped``."""
    went: str = ""
    """``well``, ``partly`` or ``badly``; empty before it is done."""
    result: str = ""
    """How it went, in a sentence."""
    done_on: str = ""
    made_at: int = 0
    changed_at: int = 0
    is_private: bool = False
    goal_id: int | None = _maybe("goal.id")
    source_id: int | None = _maybe("source.id")


class Evidence(SQLModel, table=True):
    """What shows that a goal is nearer. One of the references is filled, by kind; feedback needs none."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("evidence_by_goal", "goal_id", "on_date", "id"),
        Index("evidence_by_source", "source_id"),
        Index("evidence_by_annotation", "annotation_id"),
        Index("evidence_by_note", "note_id"),
        Index("evidence_by_activity", "activity_id"),
        Index("evidence_by_try", "try_id"),
        Index("evidence_by_file", "asset_id"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = to("goal.id", goes_with=True)
    kind: str
    """``capture``, ``annotation``, ``note``, ``activity``, ``try``, ``feedback``, ``certificate`` or
    ``pack``."""
    sentence: str = ""
    """Empty: what the thing itself says is shown (why, comment, result)."""
    who: str = ""
    """Who gave the feedback or the certificate."""
    on_date: str
    made_at: int = 0
    is_private: bool = False
    source_id: int | None = _maybe("source.id")
    """Of a capture or annotation."""
    annotation_id: int | None = _maybe("annotation.id")
    note_id: int | None = _maybe("note.id")
    activity_id: int | None = _maybe("activity.id")
    try_id: int | None = _maybe("try.id")
    asset_id: int | None = _maybe("asset.id")


class LevelChange(SQLModel, table=True):
    """A step on a goal's scale: with a day, a sentence and what it stands on (`LevelEvidence`)."""

    __tablename__ = "level_change"
    __table_args__ = (Index("level_change_by_goal", "goal_id", "on_date", "id"), OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = to("goal.id", goes_with=True)
    level_before: int
    level: int
    on_date: str
    sentence: str
    made_at: int = 0


class LevelEvidence(SQLModel, table=True):
    """Which evidence a level change stands on."""

    __tablename__ = "level_evidence"
    __table_args__ = (Index("level_evidence_by_evidence", "evidence_id"), NO_ROWID)

    level_change_id: int = to("level_change.id", is_key=True, goes_with=True)
    evidence_id: int = to("evidence.id", is_key=True, goes_with=True)


class Tool(SQLModel, table=True):
    """A card of the toolkit."""

    __tablename__ = "tool"
    __table_args__ = (Index("tool_by_review", "review_on"), OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    url: str = ""
    problem: str = ""
    """The problem it solves."""
    level: int = 0
    """How well the person knows it, 0 to 4."""
    last_used: str = ""
    cost: str = ""
    alternatives: str = ""
    verdict: str = ""
    """``keep``, ``learn``, ``replace`` or empty."""
    review_on: str = ""
    note: str = ""
    made_at: int = 0
    changed_at: int = 0


class ToolSource(SQLModel, table=True):
    """Which source is about which tool."""

    __tablename__ = "tool_source"
    __table_args__ = (Index("tool_source_by_source", "source_id"), NO_ROWID)

    tool_id: int = to("tool.id", is_key=True, goes_with=True)
    source_id: int = to("source.id", is_key=True, goes_with=True)


class Question(SQLModel, table=True):
    """What a search did not answer."""

    __tablename__ = "question"
    __table_args__ = (
        Index("question_by_answer", "answered_at", "asked_at"),
        Index("question_by_source", "source_id"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    text: str
    asked_at: int
    answered_at: int = 0
    """0: open."""
    answer: str = ""
    is_dropped: bool = False
    source_id: int | None = _maybe("source.id")
    """What answered it, if the library holds it."""
    note_id: int | None = _maybe("note.id")


class Review(SQLModel, table=True):
    """A weekly review; the one that is not finished goes on where it was left."""

    __tablename__ = "review"
    __table_args__ = (Index("review_by_date", "started_at"), OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    started_at: int
    step: str
    """The step it stands at."""
    finished_at: int = 0
    closing: str = ""


class ReviewStep(SQLModel, table=True):
    """What became of one step of a review."""

    __tablename__ = "review_step"
    __table_args__ = (NO_ROWID,)

    review_id: int = to("review.id", is_key=True, goes_with=True)
    step: str = Field(primary_key=True)
    at: int
    outcome: str
    """``done`` or ``skipped``."""
    left: int = 0
    """How many things the step still offered when it was left."""


class SelfCheck(SQLModel, table=True):
    """An answer of the quarterly self-check."""

    __tablename__ = "self_check"
    __table_args__ = (Index("self_check_by_quarter", "quarter", "number", unique=True), OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    quarter: str
    """``2026-Q4``."""
    number: int
    """Of the question, 1 to 12."""
    answer: str
    changed_at: int = 0


class MemoryCard(SQLModel, table=True):
    """An annotation that the person wants to remember, with its state in FSRS."""

    __tablename__ = "memory_card"
    __table_args__ = (
        Index("memory_card_by_due", "due_at"),
        Index("memory_card_by_annotation", "annotation_id"),
        OWN_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    annotation_id: int = to("annotation.id", goes_with=True)
    made_at: int
    state: int = 1
    """1 learning, 2 review, 3 relearning."""
    step: int | None = None
    stability: str = ""
    """A decimal number as text, which undo brings back exactly; empty before the first answer."""
    difficulty: str = ""
    due_at: int
    last_at: int = 0


class MemoryAnswer(SQLModel, table=True):
    """One answer to a memory card: 1 forgotten, 2 hard, 3 good, 4 easy."""

    __tablename__ = "memory_answer"
    __table_args__ = (Index("memory_answer_by_card", "card_id", "at"), OWN_IDS)

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = to("memory_card.id", goes_with=True)
    at: int
    rating: int
