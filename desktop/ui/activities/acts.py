"""Acts of learning, from anywhere in the window: of the selected page, of the chosen activity, of the timer.

The surprising fact: "the chosen activity" is the one selected in Learning, else the one whose timer runs, so
that Ctrl+K can log a session while another view is open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.languages import mark, tr
from desktop.learning import activity_rows, tries
from desktop.learning.goals import all_of as all_goals
from desktop.learning.values import Activity, GoalRow, GoalState, Session, TryRow
from desktop.library import lists
from desktop.store.reader import Reader
from desktop.ui.actions import Act, Where
from desktop.ui.desk import Desk
from desktop.ui.study import calendar as learning_calendar
from desktop.ui.study import commands as learning_commands
from desktop.ui.study import timer as study_timer

if TYPE_CHECKING:
    from desktop.learning.from_page import Proposal
    from desktop.ui.parts.overlay import Overlay

GROUP = mark("Learning")
NAME = "learning_acts"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form needs to know before it opens."""

    goals: list[GoalRow]
    activity: Activity | None = None
    tried: TryRow | None = None
    title: str = ""
    goal_id: int = 0


class LearningActs(QObject):
    """One per window; `of` finds it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName(NAME)
        self._desk = desk
        self._chosen = 0
        self.study = study_timer.of(desk)
        self.calendar = learning_calendar.Calendar(desk, self)
        self.study.changed.connect(desk.actions.refresh)
        self._add_pages()
        self._add_activities()

    def _add_pages(self) -> None:
        add, go, group = self._desk.actions.add, mark("Go to"), GROUP
        show, due = partial(self._desk.ask_view, "learning"), partial(self._desk.ask_view, "learning:tries")
        add(Act("show_learning", tr("Open Learning"), show, ("Ctrl+Shift+L",), "graduation-cap", go))
        add(Act("show_tries", tr("Tries: how did they go?"), due, (), "flask-conical", go))
        needs = tr("Choose a page first")
        add(
            Act("page_activity", tr("Make a learning activity of this page …"), self.of_page, ("M",),
                "graduation-cap", group, Where.LIST, self._has_page, needs)
        )  # fmt: skip
        add(
            Act("try_page", tr("Try this at work …"), self.try_page, ("P",), "flask-conical", group,
                Where.LIST, self._has_page, needs)
        )  # fmt: skip

    def _add_activities(self) -> None:
        add, group = self._desk.actions.add, GROUP
        can, has, needs = self._can_write, self._has_activity, tr("Choose an activity in Learning first")
        for name, label, run, icon in (
            ("new_activity", tr("New learning activity …"), self.new, "plus"),
            ("new_try", tr("Plan a try …"), self.new_try, "flask-conical"),
            (
                "import_calendar",
                tr("Import a calendar file …"),
                self.calendar.ask_import,
                "calendar-arrow-down",
            ),
        ):
            add(Act(name, label, run, (), icon, group, is_enabled=can))
        export = tr("Export planned sessions as a calendar …")
        add(Act("export_calendar", export, self.calendar.ask_export, (), "calendar-arrow-up", group))
        for name, label, run, icon, key in (
            ("study", tr("Start or stop the timer"), self.toggle, "timer", "Ctrl+T"),
            ("log_session", tr("Log a session of study …"), self.log, "clock-plus", ""),
            ("plan_session", tr("Plan a session …"), self.plan, "calendar-plus", ""),
            ("outline", tr("Paste an outline …"), self.paste, "clipboard-paste", ""),
            ("edit_activity", tr("Change the activity …"), self.edit, "pencil", ""),
        ):
            add(Act(name, label, run, (key,) if key else (), icon, group, is_enabled=has, why_not=needs))
        add(
            Act("study_cancel", tr("Put the timer back, keep nothing"), self.study.cancel, (), "timer-off",
                group, is_enabled=self._is_running, why_not=tr("No timer is on"))
        )  # fmt: skip

    # ── what there is to act on ─────────────────────────────────────────────────────────────────────────

    @property
    def activity_id(self) -> int:
        """The chosen activity, else the one that is being studied; 0: neither."""
        return self._chosen or self.study.activity_id

    def choose(self, activity_id: int) -> None:
        """Learning shows this activity; 0: none, or another view is open."""
        if activity_id != self._chosen:
            self._chosen = activity_id
            self._desk.actions.refresh()

    def _can_write(self) -> bool:
        return self._desk.can_write

    def _has_page(self) -> bool:
        return len(self._desk.selected) == 1 and self._desk.can_write

    def _has_activity(self) -> bool:
        return bool(self.activity_id) and self._desk.can_write

    def _is_running(self) -> bool:
        return bool(self.study.activity_id) and self._desk.can_write

    # ── pages ───────────────────────────────────────────────────────────────────────────────────────────

    def of_page(self) -> None:
        """Show what the selected page would become as a learning activity; one that is shows its own."""
        self._desk.tasks.start(self._of_page(self._desk.selected[0]))

    async def _of_page(self, source_id: int) -> None:
        found = await self._desk.tasks.read(learning_commands.about_page, self._desk.paths, source_id)
        if found is not None and found[0]:
            self._desk.ask_view(f"activity:{found[0]}")
        elif found is not None:
            self._ask(_about_nothing, partial(self._page_form, source_id, found[1]))

    def _page_form(self, source_id: int, whole: "Proposal", asked: Asked, window: QWidget) -> "Overlay":
        from desktop.ui.activities.page_form import PageForm

        return PageForm(self._desk, source_id, whole, asked.goals, window)

    def try_page(self) -> None:
        """Ask what is to be tried of the selected page."""
        self._ask(
            partial(_about_page, self._desk.selected[0]), partial(self._try_form, self._desk.selected[0])
        )

    def new_try(self) -> None:
        """Ask what is to be tried."""
        self._ask(_about_nothing, partial(self._try_form, 0))

    def edit_try(self, try_id: int) -> None:
        """Change a try, or ask how it went when it has a result."""
        self._ask(partial(_about_try, try_id), partial(self._try_form, 0))

    def how_did_it_go(self, try_id: int) -> None:
        """Ask how a try went."""
        self._ask(partial(_about_try, try_id), self._went_form)

    def _try_form(self, source_id: int, asked: Asked, window: QWidget) -> "Overlay":
        from desktop.ui.activities.try_forms import TryForm

        page = (source_id, asked.title, asked.goal_id)
        return TryForm(self._desk, asked.tried, asked.goals, page, window)

    def _went_form(self, asked: Asked, window: QWidget) -> "Overlay":
        from desktop.ui.activities.try_forms import TryForm, WentForm

        if asked.tried is None:
            return TryForm(self._desk, None, asked.goals, (0, "", 0), window)
        return WentForm(self._desk, asked.tried, asked.goals, window)

    # ── activities ──────────────────────────────────────────────────────────────────────────────────────

    def new(self, goal_id: int = 0) -> None:
        """Ask for a new activity."""
        self._ask(_about_nothing, partial(self._activity_form, goal_id))

    def edit(self) -> None:
        """All fields of the chosen activity."""
        self._ask(partial(_about_activity, self.activity_id), partial(self._activity_form, 0))

    def _activity_form(self, goal_id: int, asked: Asked, window: QWidget) -> "Overlay":
        from desktop.ui.activities.forms import ActivityForm

        return ActivityForm(self._desk, asked.activity, asked.goals, goal_id, window)

    def paste(self) -> None:
        """Units of the chosen activity, from what was copied last when that has several lines."""
        copied = QApplication.clipboard().text()
        text = copied if copied.strip().count("\n") else ""
        self._ask(partial(_about_activity, self.activity_id), partial(self._outline_form, text))

    def _outline_form(self, text: str, asked: Asked, window: QWidget) -> "Overlay":
        from desktop.ui.activities.forms import OutlineForm

        row = asked.activity.row if asked.activity else None
        return OutlineForm(self._desk, row.id if row else 0, row.title if row else "", text, window)

    def log(self, session: Session | None = None) -> None:
        """A session that was; or change one."""
        self._ask(partial(_about_activity, self.activity_id), partial(self._log_form, session))

    def _log_form(self, session: Session | None, asked: Asked, window: QWidget) -> "Overlay":
        from desktop.ui.study.forms import LogForm

        row = asked.activity.row if asked.activity else None
        return LogForm(self._desk, row.id if row else 0, row.title if row else "", session, window)

    def plan(self) -> None:
        """A session that is to be."""
        self._ask(partial(_about_activity, self.activity_id), self._plan_form)

    def _plan_form(self, asked: Asked, window: QWidget) -> "Overlay":
        from desktop.ui.study.forms import PlanForm

        row = asked.activity.row if asked.activity else None
        return PlanForm(self._desk, row.id if row else 0, row.title if row else "", window)

    def toggle(self) -> None:
        """Stop the timer that runs; else start it on the chosen activity."""
        if self.study.activity_id and self._chosen in (0, self.study.activity_id):
            self.study.stop()
        elif self._chosen:
            self.study.begin(self._chosen)

    # ── forms ───────────────────────────────────────────────────────────────────────────────────────────

    def _ask(self, read: Callable[[Reader], Asked], make: "Callable[[Asked, QWidget], Overlay]") -> None:
        self._desk.tasks.start(self._open(read, make))

    async def _open(
        self, read: Callable[[Reader], Asked], make: "Callable[[Asked, QWidget], Overlay]"
    ) -> None:
        asked = await self._desk.tasks.read(read)
        if asked is not None:
            self._desk.ask_overlay(partial(make, asked))


def of(desk: Desk) -> LearningActs:
    """The desk's acts; they are made when they are first asked for."""
    return desk.findChild(LearningActs, NAME) or LearningActs(desk)


def _goals(reader: Reader) -> list[GoalRow]:
    return all_goals(reader, (GoalState.OPEN,))


def _about_nothing(reader: Reader) -> Asked:
    return Asked(_goals(reader))


def _about_page(source_id: int, reader: Reader) -> Asked:
    detail = lists.detail(reader, source_id)
    rows = _goals(reader)
    goal_id = next((row.id for row in rows if detail is not None and row.skill in detail.goals), 0)
    return Asked(rows, title=detail.title if detail else "", goal_id=goal_id)


def _about_try(try_id: int, reader: Reader) -> Asked:
    row = tries.read(reader, try_id)
    return Asked(_goals(reader), tried=row, title=row.title if row else "")


def _about_activity(activity_id: int, reader: Reader) -> Asked:
    return Asked(_goals(reader), activity_rows.read(reader, activity_id))
