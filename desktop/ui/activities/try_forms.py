"""What I will try at work and by when, and later how it went.

The surprising fact: the sentence about how it went is the evidence; nothing is asked a second time.
"""

import asyncio
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.learning import tries, typed_days
from desktop.learning.values import GoalRow, TryRow, Went
from desktop.settings import Choice
from desktop.store.changes import Changes
from desktop.ui.activities.forms import goal_box
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import Words
from desktop.ui.study import words


class TryForm(FormOverlay):
    """Plan a try, or change one that is planned."""

    def __init__(
        self,
        desk: Desk,
        row: TryRow | None,
        rows: list[GoalRow],
        page: tuple[int, str, int],
        parent: QWidget,
    ) -> None:
        """``page``: source id, title and goal of the page it comes from; zeros: none."""
        super().__init__(desk, tr("Try it at work"), tr("Plan it") if row is None else tr("Keep"), parent)
        self._try, (self._source_id, title, goal_id) = row, page
        if title:
            origin = Words(desk.theme, "caption", 17, "muted")
            origin.say(tr("From “{title}”").format(title=title))
            self.fields.addWidget(origin)
        hint = tr("Rebuild the churn table without help")
        self.what = self.add_line(tr("What I will try"), row.what if row else "", hint, is_own=True)
        self.by = self.add_line(tr("By when"), row.by_date if row else "", typed_days.hint())
        self.goal = goal_box(self, rows, row.goal_id if row else goal_id, row.goal if row else "")

    def is_ready(self) -> bool:
        return bool(self.what.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        by = typed_days.day(self.by.text(), date.today())
        if by is None:
            self.complain(tr("That is no day: write it like {hint}.").format(hint=typed_days.hint()))
            return None
        goal_id = self.goal.currentData()
        if self._try is None:
            return self.desk.tasks.run(
                "plan a try", tries.plan, self.what.text(), by, goal_id, self._source_id
            )
        return self.desk.tasks.run("change a try", tries.edit, self._try.id, self.what.text(), by, goal_id)


class WentForm(FormOverlay):
    """How did it go? One sentence, and well, in part or badly."""

    def __init__(self, desk: Desk, row: TryRow, rows: list[GoalRow], parent: QWidget) -> None:
        super().__init__(desk, tr("How did it go?"), tr("Keep"), parent)
        self._try = row
        what = Words(desk.theme, "own_card", 23)
        what.say(row.what)
        self.fields.addWidget(what)
        hint = tr("One sentence of yours")
        self.result = self.add_line(tr("What happened"), row.result, hint, is_own=True)
        self._went = row.went or Went.WELL
        choices = [Choice(one.value, label) for one, label in words.WENT.items()]
        self.went = Segments(desk.theme, tr("How it went"), choices, self._went.value)
        self.went.picked.connect(self._on_picked)
        self.fields.addWidget(self.went)
        self.on = self.add_line(tr("When it was"), row.done_on, tr("empty: today"))
        self.says = Words(desk.theme, "caption", 17, "muted")
        self.goal = goal_box(self, rows, row.goal_id, row.goal)
        self.goal.currentIndexChanged.connect(self._say)
        self.fields.addWidget(self.says)
        self._say()

    def _say(self) -> None:
        has_goal = bool(self.goal.currentData())
        self.says.say(
            tr("This sentence is evidence for the goal from now on.")
            if has_goal
            else tr("With a goal, this sentence is evidence for it.")
        )

    def _on_picked(self, value: object) -> None:
        self._went = Went(str(value))

    def is_ready(self) -> bool:
        return bool(self.result.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        on = typed_days.day(self.on.text(), date.today())
        if on is None:
            self.complain(tr("That is no day: write it like {hint}.").format(hint=typed_days.hint()))
            return None
        goal_id = self.goal.currentData()
        return self.desk.tasks.run(
            "resolve a try", tries.resolve, self._try.id, self.result.text(), self._went, on, goal_id
        )
