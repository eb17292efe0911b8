"""What can be done with goals from any place: make, change, close, keep private, delete; the registry's acts.

The surprising fact: deleting asks nothing. The pages, tries and activities stay, and undo brings it all back.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.languages import mark, tr
from desktop.learning.values import Due, Goal, GoalRow, GoalState
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.ui.actions import Act
from desktop.ui.desk import Desk
from desktop.ui.parts.overlay import Overlay

GROUP = mark("Goals")
EXAMPLE = (
    mark("Fair interviews"),
    mark("So that nobody is judged by the day of the week."),
    mark("Write the same five questions for every talk of next week"),
)
"""Skill, why and next step of the example."""


class GoalActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        add, go = desk.actions.add, mark("Go to")
        show = partial(desk.ask_view, "goals")
        add(Act("show_goals", tr("Open Goals"), show, ("Ctrl+9",), "target", go))
        new = partial(ask_new, desk)
        add(Act("new_goal", tr("New goal …"), new, ("Ctrl+Shift+N",), "target", GROUP,
                is_enabled=lambda: desk.can_write))  # fmt: skip


def ask_new(desk: Desk, skill: str = "") -> None:
    """The form of a new goal; it is shown when it is made."""
    from desktop.ui.goals.form import GoalForm

    def make(window: QWidget) -> Overlay:
        return GoalForm(desk, window, skill=skill)

    desk.ask_overlay(make)


def ask_edit(desk: Desk, goal: Goal) -> None:
    """The same form over one that there is."""
    from desktop.ui.goals.form import GoalForm

    def make(window: QWidget) -> Overlay:
        return GoalForm(desk, window, goal)

    desk.ask_overlay(make)


def make_example(desk: Desk) -> None:
    """Make the goal that the empty view tells of."""
    skill, why, step = (tr(words) for words in EXAMPLE)
    desk.tasks.run("example goal", _make, skill, why=why, next_step=step, level_from=1, level_to=3)


def lines(rows: Sequence[GoalRow]) -> list[tuple[str, str, str, str]]:
    """Name, label, icon and key of what can be done with these goals."""
    is_private = bool(rows) and all(row.is_private for row in rows)
    is_open = bool(rows) and all(row.state == GoalState.OPEN for row in rows)
    found = [("open", tr("Open"), "target", "Enter")] if len(rows) == 1 else []
    if len(rows) == 1:
        found.append(("edit", tr("Change …"), "pencil-line", "E"))
        found.append(("pages", tr("Pages of this goal"), "library", ""))
        found.append(("export", tr("Export its pages …"), "folder-output", ""))
    found.append(("private", tr("No longer private") if is_private else tr("Keep private"), "lock", "P"))
    if is_open:
        found.append(("reach", tr("Reached …"), "flag", "C"))
        found.append(("drop", tr("Drop"), "circle-x", ""))
    else:
        found.append(("reopen", tr("Open again"), "rotate-ccw", ""))
    found.append(("delete", tr("Delete"), "trash-2", "X"))
    return found


def do(desk: Desk, name: str, rows: Sequence[GoalRow]) -> None:
    """One of `lines`, with these goals."""
    if name == "open":
        desk.ask_view(f"goal:{rows[0].id}")
    elif name == "pages":
        desk.ask_view(f"goal-pages:{rows[0].id}")
    elif name == "export":
        _export(desk, rows[0].id)
    elif name == "edit":
        desk.tasks.start(_edit(desk, rows[0].id))
    elif name == "private":
        is_private = not all(row.is_private for row in rows)
        desk.tasks.run("private goal", _set_private, [row.id for row in rows], is_private)
    elif name == "reach" and len(rows) == 1:
        ask_reached(desk, rows[0])
    elif name in ("drop", "reopen", "reach"):
        for row in rows:
            desk.tasks.run(name, _set_state, row.id, name)
    elif name == "delete":
        desk.tasks.run("delete goals", _remove, [row.id for row in rows])


def _export(desk: Desk, goal_id: int) -> None:
    from desktop.ui.exporting import acts

    found = acts.of(desk)
    if found is not None:
        found.ask(f"goal:{goal_id}")


def ask_reached(desk: Desk, row: GoalRow) -> None:
    """Say in a sentence what was reached."""
    from desktop.ui.goals.form import ReachedForm

    def make(window: QWidget) -> Overlay:
        return ReachedForm(desk, window, row)

    desk.ask_overlay(make)


def open_due(desk: Desk, due: Due, *_: object) -> None:
    """Show what is due."""
    if due.kind == "goal":
        desk.ask_view(f"goal:{due.id}")
    elif due.kind == "try":
        desk.ask_view(f"try:{due.id}")
    elif due.kind == "tool":
        desk.ask_view(f"toolkit:{due.id}")
    else:
        desk.ask_view(f"activity:{due.activity_id or due.id}")


async def _edit(desk: Desk, goal_id: int) -> None:
    from desktop.learning import goals

    goal = await desk.tasks.read(goals.read, goal_id)
    if goal is not None:
        ask_edit(desk, goal)


def _make(writer: Writer, skill: str, **named: object) -> Changes:
    from desktop.learning import goals

    return goals.make(writer, skill, **named)  # type: ignore[arg-type]


def _set_private(writer: Writer, ids: Sequence[int], is_private: bool) -> Changes:
    from desktop.learning import goals

    return goals.set_private(writer, ids, is_private)


def _set_state(writer: Writer, goal_id: int, name: str) -> Changes:
    from desktop.learning import goals

    if name == "reopen":
        return goals.reopen(writer, goal_id)
    return goals.close(writer, goal_id, GoalState.DROPPED if name == "drop" else GoalState.REACHED)


def _remove(writer: Writer, ids: Sequence[int]) -> Changes:
    from desktop.learning import goals

    return goals.remove(writer, ids)
