"""A saved page on its way to a learning activity: what it says of itself, to be looked at first.

The surprising fact: Enter alone makes it. All fields are filled as far as the page tells; whoever trusts it
presses two keys.
"""

import asyncio
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.learning import typed_days
from desktop.learning.from_page import Proposal
from desktop.learning.values import ActivityKind, GoalRow
from desktop.store.changes import Changes
from desktop.ui.activities.forms import ActivityForm
from desktop.ui.desk import Desk
from desktop.ui.study import commands as learning_commands


class PageForm(ActivityForm):
    """``source_id``: the page."""

    def __init__(
        self, desk: Desk, source_id: int, whole: Proposal, rows: list[GoalRow], parent: QWidget
    ) -> None:
        super().__init__(desk, None, rows, whole.goal_id, parent)
        self._source_id = source_id
        self._is_kind_chosen = True
        self.kind.setCurrentIndex(self.kind.findData(whole.kind.value))
        for field, words in (
            (self.name, whole.title), (self.provider, whole.provider), (self.people, whole.people),
            (self.url, whole.url), (self.begins, typed_days.shown(whole.begins)),
            (self.ends, typed_days.shown(whole.ends)), (self.zone, whole.zone), (self.cost, whole.cost),
            (self.minutes, str(whole.minutes) if whole.minutes else ""),
        ):  # fmt: skip
            field.setText(words)
            field.setCursorPosition(0)
        self.note.setPlainText(whole.note)
        if self.outline is not None:
            self.outline.field.setPlainText(whole.outline)
        self.refresh()

    def _make(self, said: dict[str, Any]) -> "asyncio.Task[Changes | None]":
        said |= {
            "kind": ActivityKind(self.kind.currentData()), "title": self.name.text(),
            "goal_id": self.goal.currentData(),
            "outline": self.outline.field.toPlainText() if self.outline else "",
        }  # fmt: skip
        run, reader = self.desk.tasks.run, self.desk.reader
        return run("page", learning_commands.of_page, reader, self._source_id, said)

    def after(self, changes: Changes) -> None:
        """The page stays where it is; the toast says what was made of it."""
