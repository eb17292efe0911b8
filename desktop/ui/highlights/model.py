"""Every highlight that passes the filter, as a windowed list model; and a highlight as a quotation for the
clipboard.

The surprising fact: only their ids are known; rows are read while painting, some dozens in half a
millisecond, so the view opens as fast with twenty thousand as with twenty.
"""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.languages import tr, writing
from desktop.library.marks import highlights
from desktop.library.marks.highlights import Filter, HighlightCounts, HighlightOrder
from desktop.library.sense_values import Highlight
from desktop.store.reader import Reader
from desktop.ui.parts import moments
from desktop.ui.rows.items import ITEM_ROLE

PAGE: Final = 64
"""Rows that are read in one go."""
KEPT: Final = 32 * PAGE
"""Rows that are kept."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading found. ``counts`` of the colours leave the choice of colours out."""

    counts: HighlightCounts
    colours: HighlightCounts
    ids: "array[int]"


def load(reader: Reader, wanted: Filter, order: HighlightOrder) -> Loaded:
    """Read the counts and every id."""
    counts = highlights.counts(reader, wanted)
    colours = highlights.counts(reader, replace(wanted, colours=())) if wanted.colours else counts
    return Loaded(counts, colours, highlights.ids(reader, wanted, order))


class HighlightModel(QAbstractListModel):
    """Highlights in order."""

    failed = Signal(object)
    """Rows could not be read: the exception."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: array[int] = array("q")
        self._reader: Reader | None = None
        self._rows: OrderedDict[int, Highlight | None] = OrderedDict()

    def show(self, reader: Reader | None, ids: "array[int]") -> None:
        """Show these, read anew from here."""
        self._reader = reader
        if ids == self.ids:
            self._rows.clear()
            if ids:
                self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))
            return
        self.beginResetModel()
        self.ids = ids
        self._rows.clear()
        self.endResetModel()

    @property
    def rows(self) -> list[Highlight]:
        """All of them, read now: for few."""
        found = (self.row_at(place) for place in range(len(self.ids)))
        return [row for row in found if row is not None]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def row_at(self, position: int) -> Highlight | None:
        """The highlight at a position; None outside the list and when it is gone meanwhile."""
        if not 0 <= position < len(self.ids):
            return None
        one = self.ids[position]
        if one not in self._rows:
            self._read(position // PAGE * PAGE)
        return self._rows.get(one)

    def _read(self, first: int) -> None:
        if self._reader is None:
            return
        wanted = [one for one in self.ids[first : first + PAGE] if one not in self._rows]
        try:
            found = {row.id: row for row in highlights.page(self._reader, wanted)}
        except Exception as error:
            found = {}  # said once: a paint event that raises would raise at every repaint
            self.failed.emit(error)
        self._rows.update((one, found.get(one)) for one in wanted)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or role == ITEM_ROLE:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.quote
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None


def spoken(row: Highlight) -> str:
    """A highlight as a screen reader says it."""
    parts = [
        row.quote,
        tr("my words: {comment}").format(comment=row.comment) if row.comment else "",
        row.title,
        row.site,
    ]
    parts += [tr(row.colour.value.title()), tr("lost its place") if row.is_lost else "", ", ".join(row.tags)]
    return ", ".join(part for part in parts if part)


def when(ms: int) -> str:
    """A day in full: ``3 November 2026``."""
    day = moments.day_of(ms)
    return writing.long_day(day)


def quotation(row: Highlight) -> str:
    """A highlight as it is pasted elsewhere: the words, then where they come from."""
    origin = [row.author, f"“{row.title}”" if row.title else "", row.site, when(row.saved_at), row.url]
    return f"“{row.quote.strip()}”\n— {', '.join(part for part in origin if part)}"


def quotations(rows: Sequence[Highlight]) -> str:
    """Several of them, a blank line between."""
    return "\n\n".join(quotation(row) for row in rows)


def quotations_html(rows: Sequence[Highlight]) -> str:
    """The same for those who take markup."""
    from desktop.share import citation

    return "".join(
        citation.quotation_html(row.quote, row.url, row.author, row.title, (row.site, when(row.saved_at)))
        for row in rows
    )


def meta(row: Highlight, today: date) -> str:
    """The line below: ``Debriefing after simulation · Ward Notes · 9 Nov``."""
    parts = [row.title or tr("Untitled"), row.site, moments.short(row.made_at, today)]
    return " · ".join(part for part in parts if part)
