"""What a search gives back: frozen values.

Surprising: a `Found` carries ids for a windowed list, and rows with snippets only for those that are to be
seen; `search.Searcher.hits` makes more of them as the list scrolls.
"""

from array import array
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.library.values import Row


class Mode(StrEnum):
    """How finished the question is."""

    TYPING = "typing"
    """A key was pressed: the last word is a beginning; newest first; no total."""
    RANKED = "ranked"
    """Typing pauses: words as they stand, best first, with the exact total."""
    NEWEST = "newest"
    """As `RANKED`, newest arrival first."""


class What(StrEnum):
    """Where the words were found."""

    CAPTURE = "capture"
    ANNOTATION = "annotation"
    NOTE = "note"


class Kind(StrEnum):
    """Why something is said beside the results."""

    WRONG = "wrong"
    """A part of the question cannot be understood; it was left out."""
    CORRECTED = "corrected"
    """Nothing holds the words as typed: these are results for the nearest spelling."""
    SUGGESTED = "suggested"
    """There are results; another spelling would give many more."""
    BEGINNING = "beginning"
    """Nothing holds the whole word: these are results for words that begin so."""
    ANY = "any"
    """Nothing holds all words: these are results for some of them."""
    NOTHING = "nothing"
    """Nothing was found, and why."""
    CATCHING_UP = "catching up"
    """The index is being built or repaired; something may be missing still."""


@dataclass(frozen=True, slots=True)
class Said:
    """One plain sentence beside the results."""

    kind: Kind
    sentence: str
    query: str = ""
    """What to search instead, when the sentence offers it; else empty."""
    start: int = 0
    end: int = 0
    """For `Kind.WRONG`: the part of the question, code points."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of the results, with the passage that answers."""

    row: Row | None
    """None for a note of the person's own."""
    what: What
    snippet: str
    marks: tuple[tuple[int, int], ...]
    """Code-point spans of the matched words in ``snippet``."""
    place: int = 0
    """Code-point offset in the newest capture's text where the reader jumps; -1 when the text holds none."""
    annotation_id: int = 0
    note_id: int = 0
    title: str = ""
    """Of the note or the row."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one question."""

    query: str
    """What was searched in the end: with ``*`` after a word that may grow, otherwise spelt, or in part."""
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    """Source ids, in order (``array('q')``)."""
    total: int = 0
    is_exact: bool = True
    """False while typing: ``total`` is then only how many were looked up."""
    hits: tuple[Hit, ...] = ()
    """The first of them with their passages, as many as asked for; notes of the person's own first."""
    note_ids: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()
    words: tuple[str, ...] = ()
    """Folded words and phrases that the reader may mark."""
    is_overtaken: bool = False
    """True when a later question came meanwhile: drop this answer."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on at the cursor: replace ``text[start:end]`` by ``insert``."""

    label: str
    insert: str
    start: int
    end: int
    detail: str = ""
    """What it means or how many pages it finds."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Another source that has to do with this one, and why."""

    row: Row
    reason: str
    """``Also about pivot, table · tag sql``."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index is. ``done == total`` when it is complete."""

    done: int
    total: int
    is_rebuilding: bool = False
    """False when it only catches up with changes."""
