"""Every highlight that passes the filter, as a list model; and a highlight as a quotation for the clipboard.

The surprising fact: the number of rows is true before they have been read. The first few come at once, the
others follow; a row that has not come yet is empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.languages import tr, writing
from desktop.library import highlights
from desktop.library.highlights import Filter, HighlightCounts, HighlightOrder
from desktop.library.sense_values import Highlight
from desktop.store.reader import Reader
from desktop.ui import moments

FIRST: Final = 60
"""Rows that are read before the view is shown."""
HIGHLIGHT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading found. ``counts`` of the colours leave the choice of colours out."""

    counts: HighlightCounts
    colours: HighlightCounts
    rows: list[Highlight]


def load(reader: Reader, wanted: Filter, order: HighlightOrder, limit: int | None) -> Loaded:
    """Read counts and the first ``limit`` rows (None: all)."""
    counts = highlights.counts(reader, wanted)
    colours = highlights.counts(reader, replace(wanted, colours=())) if wanted.colours else counts
    return Loaded(counts, colours, highlights.all_of(reader, wanted, order, limit))


class HighlightModel(QAbstractListModel):
    """Highlights in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Highlight] = []
        self._total = 0

    def show(self, rows: list[Highlight], total: int) -> None:
        """Show these; ``total`` says how many there will be."""
        first = [one.id for one in rows[:FIRST]]
        if total == self._total and first == [one.id for one in self.rows[:FIRST]]:
            self.rows = rows
            if total:
                self.dataChanged.emit(self.index(0), self.index(total - 1))
            return
        self.beginResetModel()
        self.rows, self._total = rows, total
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def row_at(self, position: int) -> Highlight | None:
        """The highlight at a position, None when it has not come yet."""
        return self.rows[position] if 0 <= position < len(self.rows) else None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or role == HIGHLIGHT_ROLE:
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


def meta(row: Highlight, today: date) -> str:
    """The line below: ``Debriefing after simulation · Ward Notes · 9 Nov``."""
    parts = [row.title or tr("Untitled"), row.site, moments.short(row.made_at, today)]
    return " · ".join(part for part in parts if part)
