"""What one list needs from the library, read in one go on a reading thread.

Surprising: while somebody types, only the first pages that fit are looked up, in one go and with what the
search says; the whole list and its number follow as soon as typing pauses.
"""

from array import array
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.languages import tr
from desktop.library import lists
from desktop.library.search.values import Completion, Kind, Mode, Said
from desktop.library.values import Counts, Order
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.parts import moments
from desktop.ui.parts.moments import Group
from desktop.ui.views import Place

if TYPE_CHECKING:
    from desktop.library.search.searching import Searcher

TYPED: Final = 200
"""So many are looked up at each letter; all of them once typing pauses."""
BY_DAY: Final = (Order.NEWEST, Order.OLDEST)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list as it is now."""

    place: Place
    order: Order
    ids: "array[int]"
    groups: tuple[Group, ...]
    counts: Counts
    said: tuple[Said, ...] = ()
    """About the question that the place asks."""
    way: Completion | None = None
    """How the question may go on."""
    has_more: bool = False
    """Somebody types, and these are only the first."""


def load(reader: Reader, place: Place, order: Order) -> Loaded:
    """Read ids, day groups and counts of a list."""
    view = place.view(order)
    groups: list[Group] = []
    if order in BY_DAY:
        found = moments.boundaries(date.today())
        counts = lists.saved_between(reader, view, [boundary.since for boundary in found])
        groups = moments.groups(found, counts, order is Order.NEWEST)
    return Loaded(place, order, lists.ids(reader, view), tuple(groups), lists.counts(reader))


def groups_of(desk: Desk, loaded: Loaded) -> tuple[Group, ...]:
    """The headings that are shown: none between compact rows, and none where the person wants none."""
    settings = desk.settings
    is_wanted = settings.flag("group_by_day") and settings.text("density") != "compact"
    return loaded.groups if is_wanted else ()


async def load_place(desk: Desk, place: Place, order: Order, typing: Counts | None = None) -> Loaded | None:
    """The same off the GUI thread, with what the place's question finds; None: it is asked anew by now.

    ``typing``: the counts that are shown, while somebody types: then the first pages are looked up alone.
    """
    if not place.query:
        return await desk.tasks.read(load, place, order)
    assert desk.reader is not None
    loaded = await desk.searching.ask(_narrow, desk.reader, place, order, typing)
    if loaded is None and not desk.searching.is_open:
        counts = await desk.tasks.read(lists.counts) or Counts()
        return Loaded(place, order, array("q"), (), counts, _not_yet())
    return loaded


def _narrow(
    searcher: "Searcher", reader: Reader, place: Place, order: Order, typing: Counts | None
) -> Loaded | None:
    """One go for all of it: each way back and forth between threads would be felt while one types."""
    is_typing = typing is not None
    limit, mode = (TYPED, Mode.TYPING) if is_typing else (0, Mode.NEWEST)
    found = searcher.search(place.query, limit=limit, view=place.view(order), mode=mode, channel="list")
    if found.is_overtaken:
        return None
    ways = searcher.complete(place.query, len(place.query), 1)
    return Loaded(
        place,
        order,
        found.ids if order is Order.NEWEST else lists.in_order(reader, found.ids, order),
        (),
        typing or lists.counts(reader),
        found.said,
        ways[0] if ways else None,
        has_more=is_typing and len(found.ids) >= TYPED,
    )


def _not_yet() -> tuple[Said, ...]:
    return (Said(Kind.CATCHING_UP, tr("The search is not open yet.")),)
