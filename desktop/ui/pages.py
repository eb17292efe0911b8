"""The pages that take the place of list and reader, and the guide; each is imported when it is first asked
for.
"""

from importlib import import_module
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk

MODULES: Final = {
    "balance": "balance_view",
    "basket": "basket_view",
    "connect": "connect_view",
    "goal": "goal_view",
    "goals": "goals_view",
    "highlights": "highlights_view",
    "learning": "learning_view",
    "notes": "notes_view",
    "people": "people_view",
    "portfolio": "portfolio_view",
    "questions": "questions_view",
    "resurfacing": "resurfacing_view",
    "review": "review_view",
    "settings": "settings_view",
    "toolkit": "toolkit_view",
}
"""Which module of ``desktop.ui`` makes a page of `views.PAGES`, by its ``make(desk)``."""


def make_page(desk: Desk, name: str) -> QWidget:
    """A page by its name in `views.PAGES`. Raises KeyError for another name."""
    made: QWidget = import_module(f"desktop.ui.{MODULES[name]}").make(desk)
    return made


def show_in(page: QWidget, name: str) -> None:
    """Ask a page for one of its things: a note by its id, ``new``, ``about:<source id>``; empty: for none."""
    show_named = getattr(page, "show_named", None)
    if name and show_named is not None:
        show_named(name)


def make_guide(desk: Desk) -> QWidget:
    """The first steps, shown over the window."""
    from desktop.ui import guide

    return guide.make(desk)
