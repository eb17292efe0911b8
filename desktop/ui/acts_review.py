"""Acts on what is learned from the week: the review, questions, balance, people, what comes back.

The surprising fact: a question can be asked from anywhere, also from the words that a search did not find.
"""

from functools import partial

from PySide6.QtCore import QObject

from desktop.languages import mark, tr
from desktop.ui.actions import Act
from desktop.ui.desk import Desk

GO = mark("Go to")
GROUP = mark("Learn")


class ReviewActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        places = (
            ("review", tr("Open the weekly review"), ("Ctrl+Shift+R",), "list-checks"),
            ("balance", tr("Open Balance"), ("Ctrl+Shift+B",), "scale"),
            ("questions", tr("Open my questions"), ("Ctrl+Shift+Q",), "circle-question-mark"),
            ("resurfacing", tr("Three old highlights"), (), "history"),
            ("people", tr("People I learn from"), (), "users"),
        )
        for name, label, keys, icon in places:
            desk.actions.add(Act(f"show_{name}", label, partial(desk.ask_view, name), keys, icon, GO))
        desk.actions.add(
            Act(
                "ask_question", tr("Keep a question …"), self.ask, ("Ctrl+Shift+A",), "circle-question-mark", GROUP,
                is_enabled=self.can_write, why_not=tr("This library is open for reading only."),
            )
        )  # fmt: skip

    def can_write(self) -> bool:
        """Whether the library can be changed."""
        return self._desk.can_write

    def ask(self) -> None:
        """Write a question."""
        from desktop.ui.questions_view import ask_new

        ask_new(self._desk)
