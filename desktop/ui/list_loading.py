"""What one list needs from the library, read in one go on a reading thread."""

from array import array
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.library import lists
from desktop.library.values import Counts, Order
from desktop.store.reader import Reader
from desktop.ui import moments
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


def load(reader: Reader, place: Place, order: Order) -> Loaded:
    """Read ids, day groups and counts of a list."""
    view = place.view(order)
    groups: list[Group] = []
    if order in BY_DAY:
        found = moments.boundaries(date.today())
        counts = lists.saved_between(reader, view, [boundary.since for boundary in found])
        groups = moments.groups(found, counts, order is Order.NEWEST)
    return Loaded(place, order, lists.ids(reader, view), tuple(groups), lists.counts(reader))
