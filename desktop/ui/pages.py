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
    raise KeyError(name)


def make_guide(desk: Desk) -> QWidget:
    """The first steps, shown over the window."""
    from desktop.ui import guide

    return guide.make(desk)
