"""One registry of what can be done. Menus, shortcuts, buttons, the Ctrl+K box and the ``?`` sheet read it.

The surprising fact: ``keys`` of an act in the registry are those that hold, the person's own or the usual
ones; whoever shows a key shows it anew at ``keys_changed``. Names in use (others may be added): open done
later inbox trash delete tag goal undo redo palette keys next previous back sort density settings connect
guide theme quit select_all, and show_<view>.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.languages import mark


class Where(StrEnum):
    """Where an act's keys work."""

    WINDOW = "window"
    """Everywhere in the window with Ctrl, Alt or a function key; its other keys as in `LIST`."""
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
    group: str = mark("More")
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


Keys = Mapping[str, tuple[str, ...]]
"""Keys by the name of their act; an act may have none."""

_NAMED = re.compile(r"\{(\w+)\}")
_FAR = re.compile(r"(Shift\+)?((Ctrl|Alt|Meta)\+.|F\d+$)")


class Actions(QObject):
    """Every `Act` with its QAction, in order of adding."""

    added = Signal(str)
    keys_changed = Signal()
    """The person gave acts other keys."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._acts: dict[str, Act] = {}
        self._usual: dict[str, tuple[str, ...]] = {}
        self._own: Keys = {}
        self._actions: dict[str, QAction] = {}
        self._near: dict[str, QAction] = {}
        self._places: list[tuple[QWidget, frozenset[Where]]] = []

    def add(self, act: Act) -> QAction:
        """Register ``act``; a second act of the same name replaces what the first one does."""
        action = self._actions.get(act.name)
        if action is None:
            action = self._actions[act.name] = self._made(act.name)
            self._near[act.name] = self._made(act.name)
            self._near[act.name].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._usual[act.name] = act.keys
        self._acts[act.name] = act
        action.setText(act.label)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        if act.where is Where.WINDOW:
            context = Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(context)
        self._bind(act.name)
        for widget, places in self._places:
            self._attach(widget, places, act)
        self.added.emit(act.name)
        return action

    def say(self, name: str, label: str) -> None:
        """Call an act something else from now on."""
        if name in self._acts and self._acts[name].label != label:
            self._acts[name] = replace(self._acts[name], label=label)
            self._actions[name].setText(label)

    def _made(self, name: str) -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        action.triggered.connect(self._on_triggered)
        return action

    def _bind(self, name: str) -> None:
        """Give an act the keys that hold. Single letters of the window's acts are no keys in its fields."""
        keys = self._own.get(name, self._usual[name])
        act = self._acts[name] = replace(self._acts[name], keys=keys)
        is_wide = act.where is Where.WINDOW
        far = [key for key in keys if is_far(key) or not is_wide]
        near = [key for key in keys if key not in far]
        self._actions[name].setShortcuts([QKeySequence(key) for key in far])
        self._near[name].setShortcuts([QKeySequence(key) for key in near])

    def attach(self, widget: QWidget, *places: Where) -> None:
        """Make the keys of these places work inside ``widget``, also for acts that are added later."""
        self._places.append((widget, frozenset(places)))
        for act in self._acts.values():
            self._attach(widget, frozenset(places), act)

    def _attach(self, widget: QWidget, places: frozenset[Where], act: Act) -> None:
        if act.where in places:
            widget.addAction(self._actions[act.name])
        if act.where is Where.WINDOW and Where.LIST in places:
            widget.addAction(self._near[act.name])

    def use_keys(self, own: Keys) -> None:
        """The person's own keys hold from now on for the acts that are named, the usual ones for the rest."""
        self._own = dict(own)
        for name in self._acts:
            self._bind(name)
        self.keys_changed.emit()

    def usual_keys(self, name: str) -> tuple[str, ...]:
        """The keys that an act has from the start. Raises KeyError."""
        return self._usual[name]

    def first_key(self, name: str) -> str:
        """An act's first key as the person reads it; empty when it has none or there is no such act."""
        act = self._acts.get(name)
        return key_text(act.keys[0]) if act is not None and act.keys else ""

    def with_keys(self, text: str) -> str:
        """A sentence with each ``{name}`` of an act in it replaced by its first key, or by its label."""
        return _NAMED.sub(lambda found: self.first_key(found[1]) or self._called(found[1]), text)

    def _called(self, name: str) -> str:
        return f"“{self._acts[name].label}”" if name in self._acts else name

    def is_key(self, name: str, key: str) -> bool:
        """Whether a key (portable text) is one of an act's."""
        act = self._acts.get(name)
        return act is not None and key in act.keys

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
            is_enabled = act.is_enabled()
            self._actions[name].setEnabled(is_enabled)
            self._near[name].setEnabled(is_enabled)

    def __iter__(self) -> Iterator[Act]:
        return iter(list(self._acts.values()))

    def _on_triggered(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.run(sender.objectName())


def is_far(key: str) -> bool:
    """Whether a key can mean an act everywhere, also while one writes: Ctrl, Alt or a function key."""
    return _FAR.match(key) is not None


def key_text(key: str) -> str:
    """A key as the person reads it: ``Ctrl+Shift+Z`` → ``Ctrl Shift Z``."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    # A plus at the end is the key itself: "Ctrl++".
    return text[:-1].replace("+", " ") + text[-1:]
