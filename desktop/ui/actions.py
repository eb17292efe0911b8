"""One registry of what can be done. Menus, shortcuts, buttons, the Ctrl+K box and the ``?`` sheet read it.

Names in use (others may be added): open done later inbox trash delete tag goal undo redo palette keys next
previous back sort density settings connect guide theme quit select_all, and show_<view>.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Where(StrEnum):
    """Where an act's keys work."""

    WINDOW = "window"
    """Everywhere in the window; only with Ctrl, Alt or a function key."""
    LIST = "list"
    """When the list or the reader has the focus: single keys live here, never in text fields."""
    READER = "reader"
    """When the reader has the focus."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done."""

    name: str
    label: str
    """As menus and the Ctrl+K box say it: "Move to Later"."""
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    """Portable key texts, the first is the one that is shown: ``("E",)``, ``("Ctrl+Z", "U")``."""
    icon: str = ""
    """Lucide name."""
    group: str = "More"
    """Heading in the ``?`` sheet."""
    where: Where = Where.WINDOW
    is_enabled: Callable[[], bool] = _always
    why_not: str = ""
    """Tooltip while it is disabled: the reason."""
    also: tuple[str, ...] = ()
    """Further keys that the sheet shows and that work elsewhere: a view's own, a second act's."""
    is_danger: bool = False
    is_listed: bool = True
    """False keeps it out of the Ctrl+K box (moving up and down, for example)."""
    is_shown: bool = True
    """False keeps it out of the ``?`` sheet: a second key of another act."""


class Actions(QObject):
    """Every `Act` with its QAction, in order of adding."""

    added = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._acts: dict[str, Act] = {}
        self._actions: dict[str, QAction] = {}
        self._places: list[tuple[QWidget, frozenset[Where]]] = []

    def add(self, act: Act) -> QAction:
        """Register ``act``; a second act of the same name replaces what the first one does."""
        action = self._actions.get(act.name)
        if action is None:
            action = QAction(self)
            action.setObjectName(act.name)
            action.triggered.connect(self._on_triggered)
            self._actions[act.name] = action
        self._acts[act.name] = act
        action.setText(act.label)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        if act.where is Where.WINDOW:
            context = Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(context)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        for widget, places in self._places:
            if act.where in places:
                widget.addAction(action)
        self.added.emit(act.name)
        return action

    def attach(self, widget: QWidget, *places: Where) -> None:
        """Make the keys of these places work inside ``widget``, also for acts that are added later."""
        self._places.append((widget, frozenset(places)))
        for name, act in self._acts.items():
            if act.where in places:
                widget.addAction(self._actions[name])

    def get(self, name: str) -> Act:
        """The act of that name. Raises KeyError."""
        return self._acts[name]

    def action(self, name: str) -> QAction:
        """Its QAction, for buttons and menus. Raises KeyError."""
        return self._actions[name]

    def has(self, name: str) -> bool:
        """Whether there is such an act."""
        return name in self._acts

    def run(self, name: str) -> None:
        """Do it, if it is enabled."""
        act = self._acts[name]
        if act.is_enabled():
            act.run()

    def refresh(self) -> None:
        """Ask every act whether it is enabled: after the selection or the library changed."""
        for name, act in self._acts.items():
            self._actions[name].setEnabled(act.is_enabled())

    def __iter__(self) -> Iterator[Act]:
        return iter(list(self._acts.values()))

    def _on_triggered(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.run(sender.objectName())


def key_text(key: str) -> str:
    """A key as the person reads it: ``Ctrl+Shift+Z`` → ``Ctrl Shift Z``."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    # A plus at the end is the key itself: "Ctrl++".
    return text[:-1].replace("+", " ") + text[-1:]
