"""Keys that the person gave: how they are kept, how a press becomes a key, and what stands in its way.

The surprising fact: a key belongs to one act, wherever that act works. Lists, reader and fields lie inside
one another, so the same key for two acts would make one of them unreachable somewhere.
"""

import json
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.languages import tr
from desktop.ui.actions import Actions, Keys, key_text

MOST = 3
"""Keys that one act may have: as many as the ``?`` sheet shows."""

_ALONE = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R,
    Qt.Key.Key_unknown, Qt.Key.Key_Dead_Acute, Qt.Key.Key_Dead_Grave, Qt.Key.Key_Dead_Circumflex,
)  # fmt: skip
_BUILT_IN = (
    "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown", "Return", "Enter", "Space", "Tab",
    "Backtab", "Esc", "Backspace", "Ctrl+C", "Ctrl+V", "Ctrl+X",
)  # fmt: skip
"""What lists and fields of every program do with keys, also with Shift."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a key cannot simply be taken: a sentence, and the act that has it (empty: nobody may have it)."""

    sentence: str
    name: str = ""


def read(text: str) -> Keys:
    """The setting ``keys`` as a mapping; what is not understood is left out."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: tuple(key for key in keys if _is_key(key))[:MOST]
        for name, keys in found.items()
        if isinstance(keys, list)
    }


def _is_key(key: object) -> bool:
    portable = QKeySequence.SequenceFormat.PortableText
    return isinstance(key, str) and key != "" and QKeySequence(key, portable).toString(portable) == key


def write(own: Keys) -> str:
    """The mapping as the setting keeps it; empty when everything is as usual."""
    return json.dumps({name: list(keys) for name, keys in own.items()}, sort_keys=True) if own else ""


def pressed(event: QKeyEvent) -> str:
    """The key of a press as portable text; empty for Shift and its like alone.

    Shift belongs to letters and to keys with a name; in ``?`` or ``#`` it is how the sign is typed.
    """
    key = Qt.Key(event.key())
    if key in _ALONE:
        return ""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.GroupSwitchModifier
    sign = event.text()
    is_sign = len(sign) == 1 and sign.isprintable() and not sign.isalpha() and not sign.isspace()
    if is_sign:
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText)


def clash(actions: Actions, name: str, key: str) -> Clash | None:
    """What stands in the way of giving ``key`` to the act ``name``; None when it is free."""
    if key.removeprefix("Shift+") in _BUILT_IN:
        return Clash(
            tr("{key} already has a meaning in lists and fields, so no act can have it.").format(
                key=key_text(key)
            )
        )
    for act in actions:
        if act.name != name and key in act.keys:
            return Clash(
                tr("{key} is the key of “{label}”.").format(key=key_text(key), label=act.label),
                act.name,
            )
    return None


def given(actions: Actions, own: Keys, name: str, keys: tuple[str, ...]) -> Keys:
    """``own`` with these keys for an act. Others that had one lose it; what is as usual is not kept."""
    wanted = {act.name: act.keys for act in actions}
    wanted[name] = keys[:MOST]
    for other, had in list(wanted.items()):
        if other != name and not set(had).isdisjoint(keys):
            wanted[other] = tuple(key for key in had if key not in keys)
    known = {other: had for other, had in wanted.items() if had != actions.usual_keys(other)}
    # Acts of a view that has not been opened yet keep what was given to them.
    return {**{other: had for other, had in own.items() if other not in wanted}, **known}
