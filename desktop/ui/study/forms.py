"""Sessions of study by hand: one that was, and one that is planned.

The surprising fact: a session that was not timed counts as one that ends now, unless a day is said.
"""

import asyncio
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.learning import study, typed_days
from desktop.learning.values import Session
from desktop.store.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay

USUAL = "30"


class LogForm(FormOverlay):
    """Write a session afterwards, or change one that is there."""

    def __init__(
        self, desk: Desk, activity_id: int, title: str, session: Session | None, parent: QWidget
    ) -> None:
        heading = tr("Session of study: {title}").format(title=title)
        super().__init__(desk, heading, tr("Keep"), parent)
        self._activity_id, self._session = activity_id, session
        row = self.add_row()
        minutes = str(session.minutes) if session else USUAL
        self.minutes = self.add_line(tr("How long"), minutes, tr("90, or 1 h 30"), row=row)
        begun = f"{datetime.fromtimestamp(session.started / 1000):%Y-%m-%d %H:%M}" if session else ""
        self.when = self.add_line(tr("When it began"), begun, tr("empty: it ends now"), row=row)
        self.note = self.add_line(tr("What I did"), session.note if session else "", is_own=True)
        self.minutes.selectAll()

    def act(self) -> "asyncio.Task[Changes | None] | None":
        minutes = typed_days.minutes(self.minutes.text())
        begun = typed_days.moment(self.when.text(), date.today())
        if not minutes:
            self.complain(tr("How long? Write it like 90, or 1 h 30."))
            return None
        if begun is None:
            hint = typed_days.hint_of_moment()
            self.complain(tr("That is no day: write it like {hint}.").format(hint=hint))
            return None
        started, note = _milliseconds(begun), self.note.text()
        if self._session is not None:
            return self.desk.tasks.run(
                "change a session", study.edit, self._session.id, minutes, note, started or None
            )
        return self.desk.tasks.run("log a session", study.log, self._activity_id, minutes, note, started)


class PlanForm(FormOverlay):
    """Plan a session."""

    def __init__(self, desk: Desk, activity_id: int, title: str, parent: QWidget) -> None:
        super().__init__(desk, tr("Plan a session: {title}").format(title=title), tr("Plan"), parent)
        self._activity_id = activity_id
        row = self.add_row()
        self.when = self.add_line(tr("When"), "", typed_days.hint_of_moment(), row=row)
        self.minutes = self.add_line(tr("How long"), USUAL, tr("90, or 1 h 30"), row=row)
        self.note = self.add_line(tr("What for"), "", tr("Unit 6, for example"))

    def is_ready(self) -> bool:
        return bool(self.when.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        when = typed_days.moment(self.when.text(), date.today())
        minutes = typed_days.minutes(self.minutes.text())
        if not when or minutes is None:
            hint = typed_days.hint_of_moment() if not when else tr("90, or 1 h 30")
            self.complain(tr("That is not understood: write it like {hint}.").format(hint=hint))
            return None
        return self.desk.tasks.run(
            "plan a session", study.plan, self._activity_id, when, minutes, "", self.note.text()
        )


def _milliseconds(moment: str) -> int:
    """A moment here as milliseconds; a day alone begins at noon; 0: none."""
    if not moment:
        return 0
    text = moment if len(moment) > 10 else f"{moment}T12:00"
    return int(datetime.fromisoformat(text).timestamp() * 1000)
