"""Keys that belong to one view or field and to no act of the registry, for the ``?`` sheet.

Surprising: where a view follows an act (the Highlights list moves by the keys of “Next page”), the act's name
stands here and not its key, so a key that the person gave shows here too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.ui.actions import Actions

_ACT = "@"


@dataclass(frozen=True, slots=True)
class ViewKey:
    """What a key does in a view. ``keys``: portable texts, or ``@name`` for the keys of that act."""

    label: str
    keys: tuple[str, ...]


VIEWS: Final = (
    (
        "In Highlights",
        (
            ViewKey("Next, previous highlight", ("@next", "@previous")),
            ViewKey("Open it in its page", ("@open", "Return")),
            ViewKey("Copy as quotation with source", ("@copy_quotation", "Ctrl+C")),
            ViewKey("Colour it", ("@mark_1", "…", "@mark_5")),
            ViewKey("Remove it", ("@trash",)),
        ),
    ),
    (
        "While choosing a passage",
        (
            ViewKey("Sentence by sentence", ("Up", "Down")),
            ViewKey("Word by word", ("Left", "Right")),
            ViewKey("Choose more", ("Shift+Down", "Shift+Right")),
            ViewKey("Highlight it", ("Return",)),
            ViewKey("Tags of a highlight", ("#",)),
            ViewKey("Remove a highlight", ("Del",)),
        ),
    ),
    (
        "While cleaning a page",
        (
            ViewKey("Next, previous block", ("Down", "Up")),
            ViewKey("The block around it", ("Left",)),
            ViewKey("Take it out, bring it in", ("Return",)),
        ),
    ),
    (
        "While writing and searching",
        (
            ViewKey("Keep what I wrote", ("Ctrl+Return",)),
            ViewKey("Leave it, close it", ("Esc",)),
            ViewKey("End a tag", (",", "Return")),
            ViewKey("Complete a word of a search", ("Tab",)),
            ViewKey("Next, previous place in the page", ("Return", "Shift+Return")),
            ViewKey("Search the whole library", ("Ctrl+Return",)),
        ),
    ),
)


def shown(keys: Sequence[str], actions: Actions) -> tuple[str, ...]:
    """The keys of a `ViewKey` as they hold now."""
    return tuple(_named(keys, actions))


def _named(keys: Sequence[str], actions: Actions) -> Iterator[str]:
    for key in keys:
        if not key.startswith(_ACT):
            yield key
        elif actions.has(key[1:]):
            yield from actions.get(key[1:]).keys
