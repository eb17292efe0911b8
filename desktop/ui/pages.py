"""The pages that take the place of list and reader, and the guide; each is imported when it is first asked
for.
"""

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk


def make_page(desk: Desk, name: str) -> QWidget:
    """A page by its name in `views.PAGES`. Raises KeyError for another name."""
    if name == "settings":
        from desktop.ui import settings_view

        return settings_view.make(desk)
    if name == "connect":
        from desktop.ui import connect_view

        return connect_view.make(desk)
    if name == "highlights":
        from desktop.ui import highlights_view

        return highlights_view.make(desk)
    if name == "notes":
        from desktop.ui import notes_view

        return notes_view.make(desk)
    if name == "basket":
        from desktop.ui import basket_view

        return basket_view.make(desk)
    raise KeyError(name)


def show_in(page: QWidget, name: str) -> None:
    """Ask a page for one of its things: a note by its id, ``new``, ``about:<source id>``; empty: for none."""
    show_named = getattr(page, "show_named", None)
    if name and show_named is not None:
        show_named(name)


def make_guide(desk: Desk) -> QWidget:
    """The first steps, shown over the window."""
    from desktop.ui import guide

    return guide.make(desk)
