"""A portfolio as a value: what leaves, and nothing else. Every form is drawn from it, the PDF by the window.

The surprising fact: what is private is not in it at all, so no form can let it out.
"""

from dataclasses import dataclass

from desktop.learning.values import EvidenceKind


@dataclass(frozen=True, slots=True)
class Claim:
    """One piece of evidence as others read it."""

    number: int
    """1, 2, 3 … within its goal; level changes refer to it."""
    kind: EvidenceKind
    kind_name: str
    """In words: "Tried at work"."""
    on: str
    sentence: str
    title: str
    """Of the page, note, activity or try; empty when there is none, or it was deleted."""
    quote: str
    source: str
    """Site, provider or who said it."""
    url: str
    """Only http and https; else empty."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level change as others read it."""

    on: str
    before: str
    """In words: "can follow"."""
    after: str
    sentence: str
    claims: tuple[int, ...]
    """Numbers of the claims it stands on; those that are private are left out."""
    kept_back: int
    """How many private pieces it stands on beside these."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One goal."""

    goal_id: int
    skill: str
    why: str
    framework: str
    code: str
    label: str
    level_from: int
    level: int
    level_to: int | None
    by: str
    state: str
    closing: str
    next_step: str
    minutes: int
    """Studied, in all, in activities that are not private."""
    steps: tuple[Step, ...]
    claims: tuple[Claim, ...]
    kept_back: int
    """How many pieces of evidence are private."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """One or several goals, on one day."""

    person: str
    """As the person wants to be named; may be empty."""
    made_on: str
    chapters: tuple[Chapter, ...]
    language: str = "en"
