"""What one list needs from the library, read in one go on a reading thread.

Surprising: a search in the default order takes its ids from the index as they come; in any other, the whole
list is read and narrowed, which keeps every order true.
"""

from array import array
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.languages import tr
from desktop.library import lists
from desktop.library.search_values import Found, Kind, Mode, Said
from desktop.library.values import Counts, Order
from desktop.store.reader import Reader
from desktop.ui import moments
from desktop.ui.desk import Desk
from desktop.ui.moments import Group
from desktop.ui.views import Place

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


async def load_place(desk: Desk, place: Place, order: Order, is_typing: bool = False) -> Loaded | None:
    """The same off the GUI thread, with what the place's question finds; None: it is asked anew by now."""
    if not place.query:
        return await desk.tasks.read(load, place, order)
    mode = Mode.TYPING if is_typing else Mode.NEWEST
    found = await desk.searching.search(
        place.query, limit=0, view=place.view(order), mode=mode, channel="list"
    )
    if found is not None and found.is_overtaken:
        return None
    return await desk.tasks.read(_load_found, place, order, found)


def _load_found(reader: Reader, place: Place, order: Order, found: Found | None) -> Loaded:
    counts = lists.counts(reader)
    if found is None:
        return Loaded(place, order, array("q"), (), counts, _not_yet())
    ids = found.ids
    if order is not Order.NEWEST:
        wanted = set(ids)
        ids = array("q", [one for one in lists.ids(reader, place.view(order)) if one in wanted])
    return Loaded(place, order, ids, (), counts, found.said)


def _not_yet() -> tuple[Said, ...]:
    return (Said(Kind.CATCHING_UP, tr("The search is not open yet.")),)
