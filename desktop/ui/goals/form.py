"""The forms of a goal: its words and levels, what was reached, and how its next step went.

The surprising fact: the level now is asked only of a goal whose level was never changed. Later it moves by
evidence alone.
"""

import asyncio
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from desktop.languages import tr, writing
from desktop.learning import attaching, goals, typed_days
from desktop.learning.values import Goal, GoalRow, GoalState, Went
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.goals import words as goal_words

NO_AIM = -1


class GoalForm(FormOverlay):
    """A new goal, or one that is changed."""

    def __init__(self, desk: Desk, parent: QWidget, goal: Goal | None = None, skill: str = "") -> None:
        title = tr("Change the goal") if goal else tr("New goal")
        super().__init__(desk, title, tr("Keep") if goal else tr("Make the goal"), parent, 560)
        self.goal = goal
        self.skill = self.add_line(
            tr("Skill, in my own words"), goal.skill if goal else skill, tr("Data analysis with SQL")
        )
        self.why = self.add_line(tr("Why I want it"), goal.why if goal else "", tr("So that …"), is_own=True)
        self.why.setCursorPosition(0)
        self._add_levels(goal)
        row = self.add_row()
        self.by = self.add_line(tr("By"), goal.by_date if goal else "", typed_days.hint(), row=row)
        self.tags = self.add_line(
            tr("Tags that feed it"),
            ", ".join(goal.tags) if goal else "",
            tr("what bears them is suggested as evidence"),
            row=row,
        )
        self.step = self.add_line(
            tr("Next step"), goal.next_step if goal else "", tr("one small thing to do at work")
        )
        self._add_frame(goal)
        self.private = QCheckBox(tr("Private: left out of every portfolio and pack"), self.panel)
        self.private.setChecked(bool(goal and goal.is_private))
        self.fields.addWidget(self.private)
        self.refresh()

    def _add_levels(self, goal: Goal | None) -> None:
        row = self.add_row()
        words = list(enumerate(goal_words.levels()))
        now = goal.level if goal else 0
        self.now = self.add_choice(tr("Now"), [(word, n) for n, word in words], now, row)
        is_moved = goal is not None and goal.level != goal.level_from
        self.now.setEnabled(not is_moved)
        if is_moved:
            self.now.setToolTip(tr("The level moves by evidence: “Raise the level” on the goal’s page."))
        aims = [(tr("no aim"), NO_AIM), *((word, n) for n, word in words)]
        aim = goal.level_to if goal and goal.level_to is not None else NO_AIM if goal else 3
        self.aim = self.add_choice(tr("Aim"), aims, aim, row)

    def _add_frame(self, goal: Goal | None) -> None:
        row = self.add_row()
        self.framework = self.add_line(
            tr("Framework (optional)"), goal.framework if goal else "", tr("such as the firm’s own"), row=row
        )
        self.code = self.add_line(tr("Code (optional)"), goal.code if goal else "", row=row)
        self.label = self.add_line(tr("Label (optional)"), goal.label if goal else "", row=row)

    def is_ready(self) -> bool:
        return bool(self.skill.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        by = typed_days.day(self.by.text(), date.today())
        if by is None:
            self.complain(tr("“{text}” is no day.").format(text=self.by.text().strip()))
            return None
        aim, now = int(self.aim.currentData()), int(self.now.currentData())
        if aim != NO_AIM and aim < (self.goal.level_from if self.goal and not self.now.isEnabled() else now):
            self.complain(tr("The aim lies below the level at which you begin."))
            return None
        named: dict[str, Any] = {
            "why": self.why.text(), "by_date": by, "next_step": self.step.text(),
            "framework": self.framework.text(), "code": self.code.text(), "label": self.label.text(),
            "tags": _tags(self.tags), "is_private": self.private.isChecked(),
        }  # fmt: skip
        run = self.desk.tasks.run
        if self.goal is None:
            named |= {"level_from": now, "level_to": None if aim == NO_AIM else aim}
            return run("make a goal", partial(_make, named), self.skill.text())
        began = now if self.now.isEnabled() else None
        began = None if began == self.goal.level_from else began
        named |= {"skill": self.skill.text(), "level_from": began, "level_to": aim}
        return run("change a goal", partial(_change, named), self.goal.id)

    def after(self, changes: Changes) -> None:
        if self.goal is None and changes.made:
            self.desk.ask_view(f"goal:{changes.made}")


class ReachedForm(FormOverlay):
    """A goal is reached: one closing sentence, which may be left out."""

    def __init__(self, desk: Desk, parent: QWidget, row: GoalRow) -> None:
        super().__init__(desk, tr("Reached: {skill}").format(skill=row.skill), tr("Close the goal"), parent)
        self._goal = row
        self.closing = self.add_line(
            tr("What can I do now that I could not do before?"), "", tr("one sentence"), is_own=True
        )

    def act(self) -> "asyncio.Task[Changes | None] | None":
        words = self.closing.text()
        return self.desk.tasks.run("reach a goal", goals.close, self._goal.id, GoalState.REACHED, words)


class StepForm(FormOverlay):
    """The next step is done: how it went, and what comes next."""

    def __init__(self, desk: Desk, parent: QWidget, goal_id: int, step: str) -> None:
        super().__init__(desk, tr("Done, how did it go?"), tr("Keep as evidence"), parent)
        self._goal_id = goal_id
        heading = self.add_line(tr("The step"), step)
        heading.setReadOnly(True)
        choices = [(tr(words), went) for went, (words, _) in goal_words.WENT.items()]
        self.went: QComboBox = self.add_choice(tr("How it went"), choices, Went.WELL)
        self.result: QLineEdit = self.add_line(
            tr("In a sentence of mine"), "", tr("What happened, and what I do differently now"), is_own=True
        )
        self.next = self.add_line(tr("The step after this"), "", tr("may stay empty"))
        self.refresh()

    def first_focus(self) -> QWidget:
        return self.result

    def is_ready(self) -> bool:
        return bool(self.result.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        went = Went(str(self.went.currentData()))
        return self.desk.tasks.run(
            "step done", attaching.step_done, self._goal_id, went, self.result.text(), self.next.text()
        )


def _make(named: dict[str, Any], writer: Writer, skill: str) -> Changes:
    return goals.make(writer, skill, **named)


def _change(named: dict[str, Any], writer: Writer, goal_id: int) -> Changes:
    return goals.edit(writer, goal_id, **named)


def _tags(field: QLineEdit) -> list[str]:
    parts = (part.strip().lstrip("#") for part in field.text().split(","))
    return [part for part in parts if part]


def day_said(text: str) -> str:
    """A typed day as it will be kept, for the eye; empty when it is none."""
    found = typed_days.day(text, date.today())
    return writing.long_day(date.fromisoformat(found)) if found else ""
