"""A list that answers keys: those of the acts, as they are set, and the page's own.

The surprising fact: it does nothing itself; it tells its page what the key means there.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import own_keys
from desktop.ui.desk import Desk
from desktop.ui.rows.view import RowView


class KeyedList(RowView):
    """A list whose keys are told to its page by what they do: those of acts (``acts``: the act's name and
    what it means here) and the view's own (``keys``). The keys to move and to open are those of all lists.
    """

    keyed = Signal(str)

    def __init__(
        self, desk: Desk, acts: dict[str, str], keys: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, parent)
        self._actions, self._acts, self._keys = desk.actions, acts, keys
        self._moves = {"next": (1, False), "previous": (-1, False), "next_too": (1, True)}
        self._moves["previous_too"] = (-1, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = own_keys.pressed(event)
        move = next((step for name, step in self._moves.items() if self._is(name, key)), None)
        told = next((means for name, means in self._acts.items() if self._is(name, key)), "")
        told = told or self._keys.get(key, "")
        if move is not None:
            self.go(*move)
        elif self._is("open", key) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif told:
            self.keyed.emit(told)
        else:
            super().keyPressEvent(event)

    def _is(self, name: str, key: str) -> bool:
        return self._actions.has(name) and self._actions.is_key(name, key)
