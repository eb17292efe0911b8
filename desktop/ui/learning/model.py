"""Activities in a windowed list: the ids of all of them, and rows read in pages when they are looked at.

The surprising fact: a row that has not been read yet is empty for a moment, never wrong.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer

from desktop.learning import activity_rows
from desktop.learning.values import ActivityRow
from desktop.ui.desk import Desk
from desktop.ui.rows.items import ITEM_ROLE
from desktop.ui.study import words

PAGE: Final = 128
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ActivityModel(QAbstractListModel):
    """Activities in order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.ids: list[int] = []
        self._rows: dict[int, ActivityRow] = {}
        self._wanted: set[int] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_wanted)

    def show(self, ids: Sequence[int], rows: Sequence[ActivityRow]) -> None:
        """Show these ids; ``rows``: those that have been read. What was read before is read anew."""
        new, self._rows = list(ids), {row.id: row for row in rows}
        if new == self.ids:
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.ids = new
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def position_of(self, activity_id: int) -> int:
        """Where an activity stands, or -1."""
        return self.ids.index(activity_id) if activity_id in self.ids else -1

    def row_at(self, position: int) -> ActivityRow | None:
        """A row, when it has been read."""
        return self._rows.get(self.ids[position]) if 0 <= position < len(self.ids) else None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        row = self._rows.get(self.ids[index.row()])
        if row is None:
            self._wanted.add(index.row() // PAGE)
            self._later.start()
            return None
        if role == ITEM_ROLE:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.title
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return words.spoken(row, date.today())
        return None

    def _on_wanted(self) -> None:
        pages, self._wanted = sorted(self._wanted), set()
        for page in pages:
            self._desk.tasks.start(self._load(page))

    async def _load(self, page: int) -> None:
        ids = self.ids[page * PAGE : (page + 1) * PAGE]
        rows = await self._desk.tasks.read(activity_rows.many, ids)
        if rows is None or self.ids[page * PAGE : (page + 1) * PAGE] != ids:
            return
        self._rows |= {row.id: row for row in rows}
        self.dataChanged.emit(self.index(page * PAGE), self.index(page * PAGE + len(ids) - 1))
