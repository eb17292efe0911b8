"""Acts on the selected captures: triage, tags, goals, undo.

The surprising fact: the list lets the rows go at the key press and selects the next one, before the command
has run, so that a row of quick keys reaches one page each. A command that fails brings them back.
"""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.languages import mark, tr
from desktop.library import triage, undo
from desktop.library.values import State
from desktop.store.changes import Changes, Noun
from desktop.ui.actions import Act, Where
from desktop.ui.desk import Desk

ORIGIN = "list"
GROUP = mark("Triage")
WHY_NOT = mark("Choose a page first")


class CaptureActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        add = desk.actions.add
        add(self._act("done", tr("Done"), self.done, "E", "check"))
        add(self._act("later", tr("Later"), self.later, "L", "clock"))
        add(self._act("inbox", tr("Back to Inbox"), self.inbox, "I", "inbox"))
        add(self._act("trash", tr("Move to Trash"), self.trash, "X", "trash-2", "Del"))
        add(self._act("tag", tr("Tag …"), self.tag, "#", "tag"))
        add(self._act("goal", tr("Goal …"), self.goal, "G", "target"))
        add(self._act("mark_unread", tr("Mark as unread"), self.mark_unread, "", "circle"))
        add(
            Act(
                "undo",
                tr("Undo"),
                self.undo,
                ("Ctrl+Z", "U"),
                "undo-2",
                GROUP,
                is_enabled=self.can_write,
            )
        )
        add(Act("redo", tr("Redo"), self.redo, ("Ctrl+Shift+Z",), "redo-2", GROUP, is_enabled=self.can_write))

    def _act(
        self, name: str, label: str, run: Callable[[], None], key: str, icon: str, second: str = ""
    ) -> Act:
        keys = tuple(one for one in (key, second) if one)
        return Act(
            name,
            label,
            run,
            keys,
            icon,
            GROUP,
            Where.LIST,
            self.can_act,
            tr(WHY_NOT),
            is_danger=name == "trash",
        )

    def can_write(self) -> bool:
        """Whether the library can be changed."""
        return self._desk.can_write

    def can_act(self) -> bool:
        """Whether something is selected and the library can be changed."""
        return bool(self._desk.selected) and self._desk.can_write

    def done(self) -> None:
        """To Archive; asks for the person's sentence first when they want to be asked."""
        if self._desk.settings.flag("ask_why_on_done") and len(self._desk.selected) == 1:
            self._desk.why_asked.emit(self._desk.selected[0])
            return
        self.move(State.ARCHIVE)

    def later(self) -> None:
        """To Later."""
        self.move(State.LATER)

    def inbox(self) -> None:
        """Back to Inbox."""
        self.move(State.INBOX)

    def trash(self) -> None:
        """To Trash."""
        self.move(State.TRASH)

    def move(self, to: State) -> None:
        """Move what is selected."""
        ids = self._desk.selected
        self._desk.moving.emit(ids, to)
        task = self._desk.tasks.run("move", triage.move, ids, to, origin=ORIGIN)
        self._desk.tasks.start(self._settle(task, ids))

    async def _settle(self, task: "asyncio.Task[Changes | None]", ids: tuple[int, ...]) -> None:
        changes = await task
        if not changes:
            # It failed, or nothing moved: the list that let them go must show what is true.
            self._desk.announce(Changes(frozenset({Noun.SOURCE}), ids, ORIGIN))

    def tag(self) -> None:
        """Edit tags."""
        self._desk.words_asked.emit(self._desk.selected, False)

    def goal(self) -> None:
        """Edit goals."""
        self._desk.words_asked.emit(self._desk.selected, True)

    def mark_unread(self) -> None:
        """Show the dot again."""
        self._desk.tasks.run("mark unread", triage.mark_read, self._desk.selected, False, origin=ORIGIN)

    def undo(self) -> None:
        """Take the last act back, also one of an earlier day."""
        if self._desk.can_write:
            self._desk.tasks.start(self._undo(is_redo=False))

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._desk.can_write:
            self._desk.tasks.start(self._undo(is_redo=True))

    async def _undo(self, *, is_redo: bool) -> None:
        command = undo.redo if is_redo else undo.undo
        changes = await self._desk.tasks.run("undo", command, origin="undo", can_undo=False)
        if changes is not None and not changes:
            self._desk.say(tr("There is nothing to redo.") if is_redo else tr("There is nothing to undo."))
        elif changes and changes.ids:
            self._desk.brought_back.emit(changes.ids[0])
