"""The windowed model of a list: every id of the view, rows by pages of 128, as many as 64 pages hold kept.

The surprising fact: rows are read while painting, one statement of about a millisecond a page; the whole list
is known only as numbers, so the scroll bar tells the truth at 100,000. Rows are kept by id, so that one which
leaves or comes costs no reading of the others.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.languages import tr, trn
from desktop.library import lists
from desktop.library.values import Row
from desktop.store.reader import Reader
from desktop.ui.parts import moments
from desktop.ui.parts.tooltips import tooltip

PAGE: Final = 128
PAGES_KEPT: Final = 64
FEW: Final = 8
"""Up to so many ids are looked up one by one; for more, one pass over the list is quicker."""
SMALL: Final = 200
"""Up to so many changed rows are inserted and removed one by one; beyond, the model is reset."""

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
ID_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
BASKET_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 3
"""Whether the page is in the share basket."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Difference:
    """From one list to the next. ``is_small``: few rows, and those that stay keep their order."""

    gone: frozenset[int]
    come: frozenset[int]
    is_small: bool


def difference(old: "array[int]", new: "array[int]") -> Difference:
    """Compare two lists of ids; fast where they begin and end alike, as after one act in a long list."""
    start = _alike(old, new)
    if start == len(old) == len(new):
        return Difference(frozenset(), frozenset(), True)
    end = _alike(old[start:][::-1], new[start:][::-1])
    old_part, new_part = old[start : len(old) - end], new[start : len(new) - end]
    before, after = frozenset(old_part), frozenset(new_part)
    gone, come = before - after, after - before
    if len(gone) + len(come) > SMALL:
        return Difference(gone, come, False)
    kept_old = [one for one in old_part if one not in gone]
    kept_new = [one for one in new_part if one not in come]
    return Difference(gone, come, kept_old == kept_new)


def _alike(one: "array[int]", other: "array[int]") -> int:
    """How many ids they have in common at the beginning; by halving, since comparing slices is a memcmp."""
    low, high = 0, min(len(one), len(other))
    first, second = memoryview(one).cast("B"), memoryview(other).cast("B")
    width = one.itemsize
    while low < high:
        middle = (low + high + 1) // 2
        if first[low * width : middle * width] == second[low * width : middle * width]:
            low = middle
        else:
            high = middle - 1
    return low


class RowModel(QAbstractListModel):
    """Sources of one view, by id."""

    failed = Signal(object)
    """Rows could not be read: the exception."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader: Reader | None = None
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, Row | None] = OrderedDict()
        self._gathered: frozenset[int] = frozenset()

    @property
    def ids(self) -> "array[int]":
        """All ids in list order. Do not change it."""
        return self._ids

    def use(self, reader: Reader | None) -> None:
        """Read rows from here."""
        self._reader = reader
        self._rows.clear()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        if role == BASKET_ROLE:
            return self._ids[index.row()] in self._gathered
        if role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if row is None or role == ROW_ROLE:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.title
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return tooltip(row.title)
        said = spoken(row)
        return tr("{page}, in the basket").format(page=said) if row.id in self._gathered else said

    def gather(self, source_ids: frozenset[int]) -> None:
        """These sources are in the share basket."""
        if source_ids != self._gathered:
            self._gathered = source_ids
            if self._ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def id_at(self, position: int) -> int:
        """The source id at a position, or 0 outside the list."""
        return self._ids[position] if 0 <= position < len(self._ids) else 0

    def position_of(self, source_id: int) -> int:
        """Where a source stands, or -1."""
        try:
            return self._ids.index(source_id)
        except ValueError:
            return -1

    def positions_of(self, source_ids: Set[int]) -> list[int]:
        """Where these sources stand, rising; those that are not here are left out. One pass for any number:
        looking each up alone costs a second for a few thousand in a long list.
        """
        return positions(self._ids, source_ids) if source_ids else []

    def row_at(self, position: int) -> Row | None:
        """The row at a position; None when it is gone meanwhile."""
        source_id = self._ids[position]
        if source_id not in self._rows:
            self._read(position // PAGE)
        else:
            self._rows.move_to_end(source_id)
        return self._rows.get(source_id)

    def forget(self, source_ids: Iterable[int] = ()) -> None:
        """Read these rows anew (all rows when none is named) and repaint them."""
        wanted = set(source_ids)
        if not wanted or len(wanted) > SMALL:
            self._rows.clear()
            if self._ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
            return
        for source_id in wanted:
            self._rows.pop(source_id, None)
            position = self.position_of(source_id)
            if position >= 0:
                self.dataChanged.emit(self.index(position), self.index(position))

    def reset(self, ids: "array[int]") -> None:
        """Show another list."""
        self.beginResetModel()
        self._ids = ids
        self._rows.clear()
        self.endResetModel()

    def difference(self, ids: "array[int]") -> Difference:
        """What goes and what comes when ``ids`` are shown instead."""
        return difference(self._ids, ids)

    def replace(self, ids: "array[int]", found: Difference | None = None) -> None:
        """Show these ids. Few changes are told row by row, so that selection and screen readers follow."""
        found = found or self.difference(ids)
        if found.is_small:
            self._take_out(found.gone)
            self._put_in(ids, found.come)
        else:
            self.reset(ids)

    def _take_out(self, gone: frozenset[int]) -> None:
        for first, last in stretches(positions(self._ids, gone)):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()

    def _put_in(self, ids: "array[int]", come: frozenset[int]) -> None:
        for first, last in reversed(stretches(positions(ids, come))):
            self.beginInsertRows(_NOWHERE, first, last)
            self._ids[first:first] = ids[first : last + 1]
            self.endInsertRows()

    def _read(self, number: int) -> None:
        """The rows of a page that are not known yet."""
        if self._reader is None:
            return
        page = self._ids[number * PAGE : (number + 1) * PAGE]
        wanted = [source_id for source_id in page if source_id not in self._rows]
        try:
            found = {row.id: row for row in lists.page(self._reader, wanted)}
        except Exception as error:
            # Said once, and the rows stay empty: a paint event that raises would raise at every repaint.
            found = {}
            self.failed.emit(error)
        for source_id in wanted:
            self._rows[source_id] = found.get(source_id)
        while len(self._rows) > PAGE * PAGES_KEPT:
            self._rows.popitem(last=False)


_ROLES: Final = frozenset(
    {
        ROW_ROLE,
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
    }
)


def positions(ids: "array[int]", wanted: Set[int]) -> list[int]:
    """Where the wanted ids stand, rising."""
    if len(wanted) <= FEW:
        return sorted(ids.index(one) for one in wanted if one in ids)
    return [position for position, one in enumerate(ids) if one in wanted]


def without(ids: "array[int]", gone: Set[int]) -> "array[int]":
    """A list of ids without those that are gone."""
    if len(gone) <= FEW:
        left = ids[:]
        for position in reversed(positions(ids, gone)):
            del left[position]
        return left
    return array(ids.typecode, [one for one in ids if one not in gone])


def stretches(rising: Sequence[int]) -> list[tuple[int, int]]:
    """Rising positions as (first, last) stretches, the last one first: taken out so, nothing shifts."""
    made: list[tuple[int, int]] = []
    for position in rising:
        if made and made[-1][1] == position - 1:
            made[-1] = (made[-1][0], position)
        else:
            made.append((position, position))
    return made[::-1]


def spoken(row: Row, today: date | None = None) -> str:
    """A row as a screen reader says it."""
    parts = [row.title or tr("Untitled"), row.site, "" if row.is_read else tr("unread")]
    if row.is_link_only:
        parts.append(tr("link only"))
    if row.minutes:
        parts.append(tr("{n} min").format(n=row.minutes))
    parts.append(tr("saved {when}").format(when=moments.spoken(row.saved_at, today or date.today())))
    if row.versions > 1:
        parts.append(tr("version {number}").format(number=row.versions))
    if row.why:
        parts.append(tr("why: {sentence}").format(sentence=row.why))
    if row.goals:
        parts.append(tr("for {goals}").format(goals=", ".join(row.goals)))
    if row.tags:
        text = trn("{n} tag: {tags}", "{n} tags: {tags}", len(row.tags))
        parts.append(text.format(n=len(row.tags), tags=", ".join(row.tags)))
    return ", ".join(part for part in parts if part)
