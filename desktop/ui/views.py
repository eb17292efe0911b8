"""The lists that the sidebar offers: their names, icons, what they show, and what they say when they are
empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.library.sense_values import SavedSearch
from desktop.library.values import Counts, Named, Order, State, View


@dataclass(frozen=True, slots=True)
class Place:
    """One list. ``name`` is how views, window.json and ``kithbook shot`` call it."""

    name: str
    label: str
    icon: str
    state: State | None = None
    tag: str = ""
    goal: int = 0
    query: str = ""
    """Only what this question finds."""

    def view(self, order: Order) -> View:
        """The library's view of it."""
        return View(state=self.state, tag=self.tag, goal=self.goal, order=order)


INBOX: Final = Place("inbox", "Inbox", "inbox", State.INBOX)
SEEK: Final = (
    INBOX,
    Place("later", "Later", "clock", State.LATER),
    Place("archive", "Archive", "archive", State.ARCHIVE),
    Place("all", "All", "library"),
    Place("trash", "Trash", "trash-2", State.TRASH),
)
BY_NAME: Final = {place.name: place for place in SEEK}

PAGES: Final = ("highlights", "connect", "settings")
"""Views that take the place of list and reader."""


def place_of(name: str, goals: Sequence[Named] = (), searches: Sequence[SavedSearch] = ()) -> Place | None:
    """The list of that name (``inbox``, ``tag:hiring``, ``goal:3``, ``search:2``), or None."""
    if name in BY_NAME:
        return BY_NAME[name]
    kind, _, rest = name.partition(":")
    if kind == "tag" and rest:
        return Place(name, rest, "hash", tag=rest)
    if kind == "goal" and rest.isdigit():
        known = {goal.id: goal.name for goal in goals}
        return Place(name, known.get(int(rest), "Goal"), "target", goal=int(rest))
    if kind == "search":
        saved = next((one for one in searches if str(one.id) == rest), None)
        return Place(name, saved.name, "search", query=saved.query) if saved else None
    return None


def count_of(place: Place, counts: Counts) -> int:
    """How many sources stand in one of the Seek lists."""
    return int(getattr(counts, place.name, 0))


@dataclass(frozen=True, slots=True)
class Emptiness:
    """What an empty list says: what is true, the next step, another way. Steps are (label, view, icon)."""

    icon: str
    title: str
    text: str
    main: tuple[str, str, str]
    other: tuple[str, str, str] | None = None
    hint: str = ""


_SAVE_HINT: Final = "Saving a page: the Kithbook button in your browser, or its key there"


def emptiness(place: Place, counts: Counts, said: str = "") -> Emptiness:
    """What to say when ``place`` holds nothing; ``said``: what the searcher says about its question."""
    if place.query:
        return _nothing_found(place, said)
    total = counts.all + counts.trash
    if not total and place.name != "trash":
        return Emptiness(
            "inbox",
            "Nothing saved yet",
            "One click on the Kithbook button in your browser keeps a page here,\nclean and readable.",
            ("Connect a browser", "connect", "globe"),
            ("First steps", "guide", "list-checks"),
            _SAVE_HINT,
        )
    to_inbox = (f"Open Inbox ({counts.inbox})", "inbox", "inbox")
    if place.name == "inbox":
        return _empty_inbox(counts)
    if place.name == "later":
        text = "Press L on a page in the inbox to keep it here until you have time."
        return Emptiness("clock", "Nothing is waiting for later", text, to_inbox, None, _SAVE_HINT)
    if place.name == "archive":
        text = "Press E when you are done with a page. It stays here and can be found again."
        return Emptiness("archive", "The archive is empty", text, to_inbox)
    if place.name == "trash":
        text = "A page that you move here stays for 30 days. Then it is deleted for good."
        return Emptiness("trash-2", "Trash is empty", text, to_inbox)
    what = "tag" if place.tag else "goal" if place.goal else "list"
    text = f"Press {'#' if place.tag else 'G'} on a page to put it here."
    return Emptiness(place.icon, f"No page is under this {what}", text, ("Open All", "all", "library"))


def _nothing_found(place: Place, said: str) -> Emptiness:
    text = said or f"Nothing here holds “{place.query}”."
    if place.name.startswith("search:") or place.name == "all":
        return Emptiness("search", "Nothing found", text, ("Open All", "all", "library"))
    back = (f"Show all of {place.label}", place.name, place.icon)
    return Emptiness("search", "Nothing found", text, back, ("Search everything", "all:search", "library"))


def _empty_inbox(counts: Counts) -> Emptiness:
    later = counts.later
    if later:
        pages = "One page is" if later == 1 else f"{later} pages are"
        step = (f"Open Later ({later})", "later", "clock")
        text = f"Every new page has been looked at. {pages} waiting under Later."
        return Emptiness(
            "inbox", "The inbox is empty", text, step, ("Open Archive", "archive", "archive"), _SAVE_HINT
        )
    text = "Every new page has been looked at, and nothing is waiting under Later."
    return Emptiness(
        "inbox", "The inbox is empty", text, ("Open Archive", "archive", "archive"), None, _SAVE_HINT
    )
