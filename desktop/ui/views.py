"""The lists that the sidebar offers: their names, icons, what they show, and what they say when they are
empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.languages import mark, tr, trn, writing
from desktop.library.sense_values import SavedSearch
from desktop.library.values import Counts, Named, Order, State, View


@dataclass(frozen=True, slots=True)
class Place:
    """One list. ``name`` is how views, window.json and ``kithbook shot`` call it."""

    name: str
    own_label: str
    icon: str
    state: State | None = None
    tag: str = ""
    goal: int = 0
    query: str = ""
    """Only what this question finds."""

    @property
    def label(self) -> str:
        """Its name on the screen: our lists' in the language chosen, the person's own as it is."""
        return tr(self.own_label) if self.name in BY_NAME else self.own_label

    def view(self, order: Order) -> View:
        """The library's view of it."""
        return View(state=self.state, tag=self.tag, goal=self.goal, order=order)


INBOX: Final = Place("inbox", mark("Inbox"), "inbox", State.INBOX)
SEEK: Final = (
    INBOX,
    Place("later", mark("Later"), "clock", State.LATER),
    Place("archive", mark("Archive"), "archive", State.ARCHIVE),
    Place("all", mark("All"), "library"),
    Place("trash", mark("Trash"), "trash-2", State.TRASH),
)
BY_NAME: Final = {place.name: place for place in SEEK}

PAGES: Final = (
    "highlights", "notes", "goals", "goal", "learning", "toolkit", "review", "resurfacing", "questions",
    "balance", "people", "portfolio", "basket", "received", "outbox",
    "connect", "settings",
)  # fmt: skip
"""Views that take the place of list and reader."""
IN_SETTINGS: Final = ("safety", "settings:keys", "settings:sharing")
"""Views that are pages of the settings."""


def page_of(name: str) -> tuple[str, str]:
    """The page of `PAGES` that shows a view, and which of its things; empty: no page does."""
    kind, _, rest = name.partition(":")
    if kind == "note":
        return "notes", rest
    if kind == "person":
        return "people", rest
    if kind == "question":
        return "questions", rest
    if kind in ("learning", "activity", "try"):
        return "learning", name if kind == "try" else rest
    if kind in ("goal", "goals", "toolkit", "portfolio", "review", "balance", "people", "received"):
        return kind, rest
    if name in IN_SETTINGS:
        return "settings", name
    return (name, "") if name in PAGES else ("", "")


def place_of(name: str, goals: Sequence[Named] = (), searches: Sequence[SavedSearch] = ()) -> Place | None:
    """The list of that name (``inbox``, ``tag:hiring``, ``goal-pages:3``, ``search:2``), or None."""
    if name in BY_NAME:
        return BY_NAME[name]
    kind, _, rest = name.partition(":")
    if kind == "tag" and rest:
        return Place(name, rest, "hash", tag=rest)
    if kind in ("goal", "goal-pages") and rest.isdigit():
        known = {goal.id: goal.name for goal in goals}
        return Place(name, known.get(int(rest), tr("Goal")), "target", goal=int(rest))
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


def _save_hint() -> str:
    return tr("Saving a page: the Kithbook button in your browser, or its key there")


def emptiness(place: Place, counts: Counts, said: str = "") -> Emptiness:
    """What to say when ``place`` holds nothing; ``said``: what the searcher says about its question."""
    if place.query:
        return _nothing_found(place, said)
    total = counts.all + counts.trash
    if not total and place.name != "trash":
        return Emptiness(
            "inbox",
            tr("Nothing saved yet"),
            tr("One click on the Kithbook button in your browser keeps a page here,\nclean and readable."),
            (tr("Connect a browser"), "connect", "globe"),
            (tr("First steps"), "guide", "list-checks"),
            _save_hint(),
        )
    numbered = tr("Open Inbox ({number})").format(number=writing.number(counts.inbox))
    to_inbox = (numbered if counts.inbox else tr("Open Inbox"), "inbox", "inbox")
    if place.name == "inbox":
        return _empty_inbox(counts)
    if place.name == "later":
        text = tr("Press {later} on a page in the inbox to keep it here until you have time.")
        return Emptiness("clock", tr("Nothing is waiting for later"), text, to_inbox, None, _save_hint())
    if place.name == "archive":
        text = tr("Press {done} when you are done with a page. It stays here and can be found again.")
        return Emptiness("archive", tr("The archive is empty"), text, to_inbox)
    if place.name == "trash":
        text = tr("A page that you move here stays for 30 days. Then it is deleted for good.")
        return Emptiness("trash-2", tr("Trash is empty"), text, to_inbox)
    nothing = tr("No page is under this tag") if place.tag else tr("No page is under this goal")
    text = (
        tr("Press {tag} on a page to put it here.")
        if place.tag
        else tr("Press {goal} on a page to put it here.")
    )
    return Emptiness(
        place.icon,
        nothing,
        text,
        (tr("Open All"), "all", "library"),
    )


def _nothing_found(place: Place, said: str) -> Emptiness:
    text = said or tr("Nothing here holds “{query}”.").format(query=place.query)
    if place.name.startswith("search:") or place.name == "all":
        return Emptiness("search", tr("Nothing found"), text, (tr("Open All"), "all", "library"))
    back = (tr("Show all of {label}").format(label=place.label), place.name, place.icon)
    return Emptiness(
        "search", tr("Nothing found"), text, back, (tr("Search everything"), "all:search", "library")
    )


def _empty_inbox(counts: Counts) -> Emptiness:
    later = counts.later
    if later:
        step = (tr("Open Later ({number})").format(number=writing.number(later)), "later", "clock")
        text = trn(
            "Every new page has been looked at. One page is waiting under Later.",
            "Every new page has been looked at. {n} pages are waiting under Later.",
            later,
        ).format(n=writing.number(later))
        return Emptiness(
            "inbox",
            tr("The inbox is empty"),
            text,
            step,
            (tr("Open Archive"), "archive", "archive"),
            _save_hint(),
        )
    text = tr("Every new page has been looked at, and nothing is waiting under Later.")
    return Emptiness(
        "inbox",
        tr("The inbox is empty"),
        text,
        (tr("Open Archive"), "archive", "archive"),
        None,
        _save_hint(),
    )
