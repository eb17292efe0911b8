"""The reader's menus and acts: contents, versions, what is rarely needed, and the keys for it.

Surprising: a menu is made when it is asked for and deletes itself when it closes, so it is never out of date.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.languages import mark, tr
from desktop.library.values import Version
from desktop.ui import icons
from desktop.ui.actions import Act, Actions, Where
from desktop.ui.article.html import Heading
from desktop.ui.article.words import version_line
from desktop.ui.theme import Theme

GROUP = mark("Reading")
MARKS = (
    ("highlight", mark("Highlight"), ("H",), "highlighter", Where.LIST),
    ("comment", mark("Comment on the passage"), ("N",), "message-square", Where.LIST),
    ("clean", mark("Clean this capture"), (), "eraser", Where.READER),
    ("mark_next", mark("Next highlight"), ("]",), "chevron-down", Where.READER),
    ("mark_previous", mark("Previous highlight"), ("[",), "chevron-up", Where.READER),
    ("copy_quotation", mark("Copy as quotation with source"), ("C",), "copy", Where.READER),
    ("quote", mark("Quote in a new note"), ("Q",), "notebook-pen", Where.READER),
    ("mark_1", mark("Highlight in Straw"), ("1",), "highlighter", Where.READER),
    ("mark_2", mark("Highlight in Sage"), ("2",), "highlighter", Where.READER),
    ("mark_3", mark("Highlight in Sky"), ("3",), "highlighter", Where.READER),
    ("mark_4", mark("Highlight in Rose"), ("4",), "highlighter", Where.READER),
    ("mark_5", mark("Highlight in Lilac"), ("5",), "highlighter", Where.READER),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu; an empty label is a line between groups."""

    label: str = ""
    run: Callable[[], None] = lambda: None
    icon: str = ""
    key: str = ""
    is_on: bool | None = None
    """True or False makes it a choice with a tick."""


def menu(theme: Theme, parent: QWidget, name: str, entries: Sequence[Entry]) -> QMenu:
    """A menu that deletes itself when it closes."""
    made = QMenu(parent)
    made.setAccessibleName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        if not entry.label:
            made.addSeparator()
            continue
        action = made.addAction(entry.label.replace("&", "&&"))
        action.triggered.connect(entry.run)
        if entry.icon:
            action.setIcon(icons.icon(entry.icon, theme.colour("muted")))
        if entry.key:
            action.setShortcut(QKeySequence(entry.key))
            # The registry answers the key; here it is only shown.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if entry.is_on is not None:
            action.setCheckable(True)
            action.setChecked(entry.is_on)
    return made


def open_below(made: QMenu, button: QWidget) -> None:
    """Show the menu under a button, its right edge with the button's when it would leave the screen."""
    size = made.sizeHint()
    made.popup(button.mapToGlobal(QPoint(button.width() - size.width(), button.height() + 4)))


def contents(headings: Sequence[Heading], go: Callable[[int], None]) -> list[Entry]:
    """The headings of the article; deeper ones are set in."""
    least = min((heading.level for heading in headings), default=2)
    return [
        Entry("    " * (heading.level - least) + _short(heading.text), _Call(go, number))
        for number, heading in enumerate(headings)
    ]


def versions(
    found: Sequence[Version], shown: int, now: datetime, choose: Callable[[int], None]
) -> list[Entry]:
    """Every capture of the source, newest first; ``shown`` is the capture id that is ticked."""
    return [
        Entry(version_line(one, now), _Call(choose, one.capture_id), is_on=one.capture_id == shown)
        for one in sorted(found, key=lambda one: one.number, reverse=True)
    ]


def comparisons(found: Sequence[Version], shown: int, compare: Callable[[int], None]) -> list[Entry]:
    """For each other version: what changed between it and the one that is shown."""
    return [
        Entry(
            tr("What changed: version {number}").format(number=one.number),
            _Call(compare, one.capture_id),
            "history",
        )
        for one in sorted(found, key=lambda one: one.number, reverse=True)
        if one.capture_id != shown
    ]


class _Call:
    """``function(value)`` as a call without arguments; a signal's own argument is not passed on."""

    def __init__(self, function: Callable[[int], None], value: int) -> None:
        self._function, self._value = function, value

    def __call__(self, _is_checked: bool = False) -> None:
        self._function(self._value)


def _short(text: str, longest: int = 70) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _always() -> bool:
    return True


def add_acts(
    actions: Actions,
    does: dict[str, Callable[[], None]],
    has_page: Callable[[], bool],
    has_any: Callable[[], bool],
) -> None:
    """Register what the reader can do, under the names in ``does``; names in use are left alone.

    ``has_page`` says whether a page is shown, ``has_any`` whether one is shown, on its way or selected.
    """
    why_not = tr("No page is shown")
    needs = {"why": has_any, "highlight": has_any, "comment": has_any, "larger": _always, "smaller": _always}
    acts = (
        ("find", mark("Find in this page"), ("Ctrl+F",), "search", Where.WINDOW),
        ("find_next", mark("Find the next place"), ("F3",), "chevron-down", Where.WINDOW),
        ("find_previous", mark("Find the place before"), ("Shift+F3",), "chevron-up", Where.WINDOW),
        ("contents", mark("Contents of this page"), ("T",), "list", Where.READER),
        ("versions", mark("Versions of this page"), ("V",), "history", Where.READER),
        ("my_words", mark("My tags and goals in this page"), ("D",), "book-a", Where.READER),
        ("open_original", mark("Open the original page"), ("Ctrl+O",), "external-link", Where.WINDOW),
        ("copy_link", mark("Copy the page’s address"), (), "link", Where.READER),
        ("share_link", mark("Share a link on …"), (), "share-2", Where.READER),
        ("why", mark("Say why it matters"), ("W",), "pen-line", Where.LIST),
        ("rename", mark("Change the title"), (), "text-cursor-input", Where.READER),
        ("found_through", mark("Say who led you here"), (), "user", Where.READER),
        ("larger", mark("Larger letters"), ("Ctrl++", "Ctrl+="), "a-arrow-up", Where.WINDOW),
        ("smaller", mark("Smaller letters"), ("Ctrl+-",), "a-arrow-down", Where.WINDOW),
        ("left_out", mark("Show or hide what was left out"), (), "scissors", Where.READER),
    )
    for name, label, keys, icon, where in (*acts, *MARKS):
        if name in does and not actions.has(name):
            is_enabled = needs.get(name, has_page)
            actions.add(Act(name, tr(label), does[name], keys, icon, GROUP, where, is_enabled, why_not))
