"""The pages that take the place of list and reader, and the guide; each is imported when it is first asked
for.
"""

from importlib import import_module
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk

MODULES: Final = {
    "balance": "balance.view",
    "basket": "basket.view",
    "connect": "connect.view",
    "goal": "goals.page",
    "goals": "goals.view",
    "highlights": "highlights.view",
    "learning": "learning.view",
    "notes": "notes.view",
    "outbox": "ways.outbox",
    "people": "people.view",
    "portfolio": "portfolio.view",
    "questions": "people.questions",
    "received": "received.view",
    "resurfacing": "review.resurfacing_view",
    "review": "review.view",
    "settings": "settings.view",
    "toolkit": "toolkit.view",
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
    from desktop.ui.guide import panel as guide

    return guide.make(desk)
