"""The act that says for whom pages are: the selected ones, in the list or in the reader.

Surprising: it sends nothing. It says how far the person means a page to go, and the basket warns when a pack
would carry it further.
"""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.ui.actions import Act, Where
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.words_card import Words

GROUP = mark("Share")


class CircleActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        desk.actions.add(
            Act(
                "for_circle", tr("For whom …"), self.ask, ("Shift+W",), "lock", GROUP, Where.LIST,
                self.can_act, tr("Choose a page first"),
            )
        )  # fmt: skip

    def can_act(self) -> bool:
        """Whether pages are selected and the library can be changed."""
        return bool(self._desk.selected) and self._desk.can_write

    def ask(self) -> None:
        """For whom the selected pages are."""
        self._desk.tasks.start(self._ask(self._desk.selected))

    async def _ask(self, source_ids: tuple[int, ...]) -> None:
        found = await self._desk.tasks.read(_choices, source_ids)
        if found is not None:
            self._desk.ask_overlay(lambda window: CircleChoice(self._desk, source_ids, *found, window))


def _choices(reader: Reader, source_ids: Sequence[int]) -> tuple[list[tuple[str, int]], int]:
    """(name, id) of every circle, and that of these pages; -1: they differ."""
    from desktop.share import circles

    known = [(one.name, one.id) for one in circles.all_of(reader) if one.id != circles.PUBLIC]
    theirs = {circles.circle_of(reader, one) for one in source_ids[:500]}
    return [(tr("Anyone"), 0), *known], theirs.pop() if len(theirs) == 1 else -1


class CircleChoice(FormOverlay):
    """One field: the circle of these pages."""

    def __init__(
        self,
        desk: Desk,
        source_ids: tuple[int, ...],
        choices: list[tuple[str, int]],
        chosen: int,
        parent: QWidget,
    ) -> None:
        number = len(source_ids)
        title = trn("For whom is this page?", "For whom are these {n} pages?", number)
        super().__init__(desk, title.format(n=writing.number(number)), tr("Keep"), parent, 420)
        self._ids = source_ids
        self.circle = self.add_choice(tr("It may go to"), choices, chosen)
        hint = Words(desk.theme, "caption", 17, "muted")
        hint.say(tr("Nothing is sent. The basket warns before it goes to anybody else."))
        self.fields.addWidget(hint)

    def act(self) -> "asyncio.Task[Changes | None] | None":
        from desktop.share import circles

        return self.desk.tasks.run(
            "set the circle", circles.set_circle, self._ids, int(self.circle.currentData())
        )
