"""What a command touched. Views listen to nouns and refresh themselves; no view calls another."""

from dataclasses import dataclass
from enum import StrEnum


class Noun(StrEnum):
    """What can change. A view names the nouns it shows."""

    SOURCE = "source"
    CAPTURE = "capture"
    TAG = "tag"
    GOAL = "goal"
    ANNOTATION = "annotation"
    LINK = "link"
    NOTE = "note"
    SEARCH = "search"
    BASKET = "basket"
    TRY = "try"
    ACTIVITY = "activity"
    TOOL = "tool"
    QUESTION = "question"
    REVIEW = "review"
    CARD = "card"
    PERSON = "person"
    CIRCLE = "circle"
    PACK = "pack"
    REPLY = "reply"
    IDENTITY = "identity"
    MAILING = "mailing"
    BROWSER = "browser"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Changes:
    """The nouns and source ids a command touched, and who asked (``origin`` lets the initiator keep its
    selection)."""

    nouns: frozenset[Noun] = frozenset()
    ids: tuple[int, ...] = ()
    origin: str = ""
    label: str = ""
    """What was done, as the toast says it: ``"3 moved to Later"``; empty when there is nothing to undo."""
    made: int = 0
    """The id of what a command made (annotation, note, goal, activity …); else 0."""

    def __bool__(self) -> bool:
        return bool(self.nouns)
