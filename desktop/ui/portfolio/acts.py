"""The act that opens the portfolio, from anywhere.

The surprising fact: a goal's own page asks for the same view by ``portfolio:<goal id>``, and then that goal
alone is ticked.
"""

from functools import partial

from PySide6.QtCore import QObject

from desktop.languages import mark, tr
from desktop.ui.actions import Act
from desktop.ui.desk import Desk


class PortfolioActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        show = partial(desk.ask_view, "portfolio")
        desk.actions.add(Act("portfolio", tr("Portfolio of goals …"), show, (), "file-badge", mark("Go to")))
