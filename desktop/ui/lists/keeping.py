"""What stays while a list changes: the selection, and the rows under the person's eyes.

The surprising fact: rows never move under the pointer. Where the list is scrolled, or the pointer is over it,
the first row that is still there keeps its place on the screen.
"""

from collections.abc import Set
from dataclasses import dataclass
from itertools import chain
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from desktop.ui.rows.model import RowModel, stretches
from desktop.ui.rows.view import RowView

MOST_STRETCHES: Final = 1000
"""Of selected rows that are selected again in a list read anew; Qt compares each with each."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where one looked: visible ids from the top, and where the first one stood in the viewport."""

    visible: tuple[int, ...]
    top: int


class Keeper:
    """For one list: its view and its model."""

    def __init__(self, view: RowView, model: RowModel) -> None:
        self._view = view
        self._model = model

    # ── selection ───────────────────────────────────────────────────────────────────────────────────────

    def select(self, position: int) -> None:
        """Select one row alone and bring it into sight."""
        flag = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().setCurrentIndex(self._model.index(position), flag.ClearAndSelect)
        self._view.scrollTo(self._model.index(position))

    def select_again(self, positions: list[int], current: int) -> None:
        """Select these rows, without scrolling."""
        chosen = QItemSelection()
        for first, last in stretches(positions)[-MOST_STRETCHES:]:
            chosen.select(self._model.index(first), self._model.index(last))
        flag = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().setCurrentIndex(self._model.index(current), flag.NoUpdate)
        self._view.selectionModel().select(chosen, flag.ClearAndSelect)

    def following(self, gone: Set[int]) -> int:
        """The source after the current one that stays in the list, or the one before; 0 when none does."""
        ids, position = self._model.ids, self._view.currentIndex().row()
        if position < 0:
            return 0
        for place in chain(range(position, len(ids)), range(position - 1, -1, -1)):
            if ids[place] not in gone:
                return self._model.id_at(place)
        return 0

    # ── staying where one looks ─────────────────────────────────────────────────────────────────────────

    @property
    def is_at_top(self) -> bool:
        """Whether the list shows its beginning with the first row current, as it was opened."""
        return self._view.verticalScrollBar().value() == 0 and self._view.currentIndex().row() <= 0

    def anchor(self) -> Anchor | None:
        """Where one looks; None when rows may move: the list is at its top and the pointer elsewhere."""
        rows = self._view.visible_rows()
        is_pinned = self._view.verticalScrollBar().value() > 0 or self._view.viewport().underMouse()
        if not is_pinned or not len(rows) or not self._model.ids:
            return None
        top = self._view.visualRect(self._model.index(rows[0])).top()
        return Anchor(tuple(self._model.id_at(row) for row in rows), top)

    def hold(self, anchor: Anchor) -> int:
        """Scroll so that the rows stand where they stood; the first row that is seen then."""
        for number, source_id in enumerate(anchor.visible):
            position = self._model.position_of(source_id)
            if position >= 0:
                now = self._view.visualRect(self._model.index(position)).top()
                bar = self._view.verticalScrollBar()
                bar.setValue(bar.value() + now - anchor.top - number * self._view.row_height)
                break
        first = self._view.visible_rows()
        return first[0] if len(first) else 0
