"""What can be done with activities and tries in their lists: keys, menus, and the acts behind both.

The surprising fact: the keys are those of pages where the meaning is the same (done, later, trash, goal), so
a key that the person gave holds here too.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QMenu, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.learning import activities, goals, tries
from desktop.learning.values import ActivityRow, GoalState, Status, TryRow, TryState
from desktop.ui import icons
from desktop.ui.activities import acts as learning_acts
from desktop.ui.desk import Desk
from desktop.ui.parts.line_dialog import Line

ACTS: Final = {"done": "done", "later": "planned", "inbox": "doing", "trash": "delete", "goal": "goal"}
KEYS: Final = {
    "N": "new", "T": "timer", "M": "log", "P": "plan", "Ctrl+V": "outline", "F2": "edit", "Space": "tick",
    "D": "dropped",
}  # fmt: skip
TRY_ACTS: Final = {"done": "went", "later": "edit", "trash": "delete"}
TRY_KEYS: Final = {"N": "new", "F2": "edit", "D": "drop"}
_LINES: Final = (
    ("open", mark("Open"), "arrow-right", "O"),
    ("tick", mark("Next unit is done"), "square-check", "Space"),
    ("timer", mark("Start or stop the timer"), "timer", "T"),
    ("log", mark("Log a session of study …"), "clock-plus", "M"),
    ("plan", mark("Plan a session …"), "calendar-plus", "P"),
    ("outline", mark("Paste an outline …"), "clipboard-paste", "Ctrl V"),
    ("", "", "", ""),
    ("doing", mark("Now"), "play", "I"),
    ("planned", mark("Planned"), "calendar", "L"),
    ("done", mark("Done"), "check", "E"),
    ("dropped", mark("Dropped"), "circle-slash", "D"),
    ("", "", "", ""),
    ("goal", mark("Goal …"), "target", "G"),
    ("edit", mark("Change the activity …"), "pencil", "F2"),
    ("delete", mark("Delete"), "trash-2", "X"),
)
_TRY_LINES: Final = (
    ("went", mark("How did it go? …"), "check", "E"),
    ("edit", mark("Change it …"), "pencil", "F2"),
    ("page", mark("Read the page it came from"), "book-open", ""),
    ("drop", mark("Drop it"), "circle-slash", "D"),
    ("delete", mark("Delete"), "trash-2", "X"),
)


def act(desk: Desk, name: str, rows: Sequence[ActivityRow]) -> None:
    """Do it with these activities: a state, ``goal`` or ``delete``."""
    ids = [row.id for row in rows]
    if not ids:
        return
    if name == "delete":
        desk.tasks.run("delete activities", activities.remove, ids)
    elif name == "goal":
        desk.tasks.start(_ask_goal(desk, list(rows)))
    else:
        desk.tasks.run("status", activities.set_status, ids, Status(name))


async def _ask_goal(desk: Desk, rows: list[ActivityRow]) -> None:
    known = await desk.tasks.read(goals.all_of, (GoalState.OPEN,))
    if known is None:
        return
    by_name = {goal.skill: goal.id for goal in known}
    ids = [row.id for row in rows]

    def serve(name: str) -> None:
        if name and name not in by_name:
            desk.say(tr("You have no goal called {name}").format(name=name))
            return
        desk.tasks.run("goal of an activity", activities.set_goal, ids, by_name.get(name, 0))

    title = tr("Goal it serves")
    number = trn("of {n} activity", "of {n} activities", len(ids)).format(n=writing.number(len(ids)))
    label = rows[0].title if len(rows) == 1 else number
    desk.ask_line(Line(title, label, rows[0].goal, tr("Keep"), serve, tuple(by_name), is_empty_allowed=True))


def act_on_try(desk: Desk, name: str, row: TryRow) -> None:
    """Do it with this try."""
    acts = learning_acts.of(desk)
    if name == "went":
        acts.how_did_it_go(row.id)
    elif name == "edit":
        (acts.edit_try if row.state is TryState.PLANNED else acts.how_did_it_go)(row.id)
    elif name == "drop":
        desk.tasks.run("drop a try", tries.drop, [row.id])
    elif name == "delete":
        desk.tasks.run("delete a try", tries.remove, [row.id])
    elif name == "page" and row.source_id:
        desk.ask_source(row.source_id)


def menu(desk: Desk, run: Callable[[str], None], parent: QWidget) -> QMenu:
    """What can be done with the selected activities."""
    return _menu(desk, tr("Activity"), _LINES, run, parent)


def try_menu(desk: Desk, run: Callable[[str], None], parent: QWidget) -> QMenu:
    """What can be done with the chosen try."""
    return _menu(desk, tr("Try"), _TRY_LINES, run, parent)


def _menu(
    desk: Desk,
    name: str,
    lines: Sequence[tuple[str, str, str, str]],
    run: Callable[[str], None],
    parent: QWidget,
) -> QMenu:
    made = QMenu(parent)
    made.setAccessibleName(name)
    for what, label, icon, key in lines:
        if not what:
            made.addSeparator()
            continue
        ink = desk.theme.colour("danger" if what == "delete" else "muted")
        action = made.addAction(icons.icon(icon, ink), f"{tr(label)}\t{key}")
        action.setData(what)
    made.triggered.connect(lambda action: run(str(action.data())))
    return made
