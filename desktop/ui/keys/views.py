"""Keys that belong to one view or field and to no act of the registry, for the ``?`` sheet.

Surprising: where a view follows an act (the Highlights list moves by the keys of “Next page”), the act's name
stands here and not its key, so a key that the person gave shows here too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.languages import mark
from desktop.ui.actions import Actions

_ACT = "@"


@dataclass(frozen=True, slots=True)
class ViewKey:
    """What a key does in a view. ``keys``: portable texts, or ``@name`` for the keys of that act."""

    label: str
    keys: tuple[str, ...]


VIEWS: Final = (
    (
        mark("In Highlights"),
        (
            ViewKey(mark("Next, previous highlight"), ("@next", "@previous")),
            ViewKey(mark("Open it in its page"), ("@open", "Enter")),
            ViewKey(mark("Copy as quotation with source"), ("@copy_quotation", "Ctrl+C")),
            ViewKey(mark("New note from these"), ("@quote",)),
            ViewKey(mark("Put into the basket"), ("@basket",)),
            ViewKey(mark("Remember this, or no longer"), ("@remember",)),
            ViewKey(mark("Tags"), ("@tag",)),
            ViewKey(mark("Evidence for a goal"), ("@goal",)),
            ViewKey(mark("Colour it"), ("@mark_1", "…", "@mark_5")),
            ViewKey(mark("Remove it"), ("@trash",)),
        ),
    ),
    (
        mark("In Notes and in the basket"),
        (
            ViewKey(mark("New note"), ("N",)),
            ViewKey(mark("Keep it private"), ("P",)),
            ViewKey(mark("Delete the note, take it out of the basket"), ("@trash",)),
            ViewKey(mark("Move it up or down in the basket"), ("Alt+Up", "Alt+Down")),
            ViewKey(mark("Write my sentence on it, in the basket"), ("Enter",)),
            ViewKey(mark("Send its full text too, in the basket"), ("F",)),
            ViewKey(mark("Save the pack, in the basket"), ("Ctrl+S",)),
        ),
    ),
    (
        mark("In Received"),
        (
            ViewKey(mark("Into the pack, to its page"), ("@open", "Enter")),
            ViewKey(mark("Choose an item, or all"), ("Space", "A")),
            ViewKey(mark("Keep what is chosen"), ("Ctrl+Enter",)),
            ViewKey(mark("Reply"), ("R",)),
            ViewKey(mark("Set it aside, bring it back"), ("X",)),
        ),
    ),
    (
        mark("In the toolkit"),
        (
            ViewKey(mark("Add a tool"), ("N",)),
            ViewKey(mark("Used today"), ("T",)),
            ViewKey(mark("Keep, learn, replace"), ("1", "2", "3")),
            ViewKey(mark("Reviewed"), ("R",)),
            ViewKey(mark("Into the card"), ("@open", "Enter")),
            ViewKey(mark("Filter"), ("@search",)),
            ViewKey(mark("Take it out"), ("@trash",)),
        ),
    ),
    (
        mark("In Goals and on the page of a goal"),
        (
            ViewKey(mark("New goal"), ("N",)),
            ViewKey(mark("Change the goal, write the sentence of the evidence"), ("E",)),
            ViewKey(mark("Attach evidence"), ("A",)),
            ViewKey(mark("Raise the level"), ("R",)),
            ViewKey(mark("The next step is done"), ("D",)),
            ViewKey(mark("Change the day of the evidence"), ("T",)),
            ViewKey(mark("Keep it private"), ("P",)),
            ViewKey(mark("The goal is reached"), ("C",)),
            ViewKey(mark("Delete the goal, take the evidence away"), ("@trash",)),
            ViewKey(mark("Values of a chart, one by one"), ("Left", "Right")),
        ),
    ),
    (
        mark("In the weekly review"),
        (
            ViewKey(mark("Keep it, and the next one"), ("Ctrl+Enter",)),
            ViewKey(mark("Skip it"), ("Alt+Right",)),
            ViewKey(mark("Not worth keeping"), ("Alt+X",)),
            ViewKey(mark("Choose what becomes of it"), ("Alt+1", "…", "Alt+3")),
            ViewKey(mark("Pause, keep my place"), ("Alt+P",)),
        ),
    ),
    (
        mark("In questions, people and old highlights"),
        (
            ViewKey(mark("New question, write about somebody"), ("N",)),
            ViewKey(mark("Search for the question again"), ("S",)),
            ViewKey(mark("Open an answered question again"), ("R",)),
            ViewKey(mark("It does not matter any more"), ("@done",)),
            ViewKey(mark("Change what I know of a person"), ("F2",)),
            ViewKey(mark("Share with a person"), ("@basket",)),
            ViewKey(mark("Show what is to be remembered"), ("Space",)),
            ViewKey(mark("Again, hard, good, easy"), ("1", "…", "4")),
        ),
    ),
    (mark("In the portfolio"), (ViewKey(mark("Save it"), ("Ctrl+S",)),)),
    (
        mark("In Learning"),
        (
            ViewKey(mark("New activity, new try"), ("N",)),
            ViewKey(mark("The next unit, or the chosen ones, done"), ("Space",)),
            ViewKey(mark("Start or stop the timer"), ("T",)),
            ViewKey(mark("Log a session, plan one"), ("M", "P")),
            ViewKey(mark("Paste an outline"), ("Ctrl+V",)),
            ViewKey(mark("Done; of a try: how did it go?"), ("@done",)),
            ViewKey(mark("Planned, now, dropped"), ("@later", "@inbox", "D")),
            ViewKey(mark("The goal it serves"), ("@goal",)),
            ViewKey(mark("Change all fields, rename a unit"), ("F2",)),
            ViewKey(mark("Move a unit up or down"), ("Alt+Up", "Alt+Down")),
            ViewKey(mark("Delete it"), ("@trash",)),
        ),
    ),
    (
        mark("While choosing a passage"),
        (
            ViewKey(mark("Sentence by sentence"), ("Up", "Down")),
            ViewKey(mark("Word by word"), ("Left", "Right")),
            ViewKey(mark("Choose more"), ("Shift+Down", "Shift+Right")),
            ViewKey(mark("Highlight it"), ("Enter",)),
            ViewKey(mark("Tags of a highlight"), ("#",)),
            ViewKey(mark("Remove a highlight"), ("Del",)),
        ),
    ),
    (
        mark("While cleaning a page"),
        (
            ViewKey(mark("Next, previous block"), ("Down", "Up")),
            ViewKey(mark("The block around it"), ("Left",)),
            ViewKey(mark("Take it out, bring it in"), ("Enter",)),
        ),
    ),
    (
        mark("While writing and searching"),
        (
            ViewKey(mark("Keep what I wrote"), ("Ctrl+Enter",)),
            ViewKey(mark("Leave it, close it"), ("Esc",)),
            ViewKey(mark("End a tag"), (",", "Enter")),
            ViewKey(mark("Complete a word of a search"), ("Tab",)),
            ViewKey(mark("Next, previous place in the page"), ("Enter", "Shift+Enter")),
            ViewKey(mark("Search the whole library"), ("Ctrl+Enter",)),
            ViewKey(mark("Keep what was not found as a question"), ("Shift+Enter",)),
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
