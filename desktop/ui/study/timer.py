"""The timer of a session of study, as the window knows it: which activity, since when, ticking once a second.

The surprising fact: the timer itself is a row of the library. This only reads it, so it shows the same after
a restart, and in a window that another process writes beside.
"""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.learning import activity_rows
from desktop.learning.values import ActivityRow
from desktop.store.changes import Changes, Noun
from desktop.ui.desk import Desk
from desktop.ui.study import commands as learning_commands
from desktop.ui.study import words

NAME = "study_timer"


class StudyTimer(QObject):
    """One per window; `of` finds it."""

    changed = Signal()
    """Another activity is being studied, or none."""
    ticked = Signal()
    """A second has gone by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName(NAME)
        self._desk = desk
        self.row: ActivityRow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.ticked)
        desk.changed.connect(self._on_changed)
        desk.searching.opened.connect(self.refresh)

    @property
    def activity_id(self) -> int:
        """What is being studied; 0: nothing."""
        return self.row.id if self.row else 0

    @property
    def said(self) -> str:
        """``18:24``."""
        return words.running(self.row.running_since, time.time_ns() // 1_000_000) if self.row else ""

    def refresh(self) -> None:
        """Look which timer runs."""
        if self._desk.reader is not None:
            self._desk.tasks.start(self._reload())

    async def _reload(self) -> None:
        self.show(await self._desk.tasks.read(activity_rows.running))

    def show(self, row: ActivityRow | None) -> None:
        """This activity is being studied."""
        self.row = row
        if row is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.changed.emit()

    def begin(self, activity_id: int) -> None:
        """Start the timer on an activity; one that runs is stopped and kept."""
        self._desk.tasks.run("start the timer", learning_commands.begin, activity_id)

    def stop(self) -> None:
        """Stop it and keep the minutes."""
        self._desk.tasks.run("stop the timer", learning_commands.stop)

    def cancel(self) -> None:
        """Put it back and keep nothing."""
        self._desk.tasks.run("cancel the timer", learning_commands.cancel)

    def _on_changed(self, changes: Changes) -> None:
        if Noun.ACTIVITY in changes.nouns:
            self.refresh()


def of(desk: Desk) -> StudyTimer:
    """The desk's timer; it is made when it is first asked for."""
    return desk.findChild(StudyTimer, NAME) or StudyTimer(desk)
