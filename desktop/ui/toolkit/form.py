"""A new card for the toolkit: a name is enough, the rest has defaults, and Enter keeps it.

The surprising fact: a name that is in the toolkit already is refused with a sentence, since two cards of one
tool would both be half true.
"""

import asyncio
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.languages import mark, tr
from desktop.learning import toolkit
from desktop.learning.values import Verdict
from desktop.settings import Choice
from desktop.store.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import Words
from desktop.ui.toolkit.card import CHOICES
from desktop.ui.toolkit.level import LevelPicker


class ToolForm(FormOverlay):
    """``name``, ``url`` and ``source_ids``: what is known already, from a page."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        name: str = "",
        url: str = "",
        source_ids: Sequence[int] = (),
    ) -> None:
        super().__init__(desk, tr("Add a tool"), tr("Add"), parent)
        self._source_ids = tuple(source_ids)
        self._known: set[str] = set()
        self.name = self.add_line(tr("What it is called"), name, tr("DuckDB, a checklist, a timer"))
        self.problem = self.add_line(
            tr("The problem it solves for me"), "", tr("One sentence of your own"), is_own=True
        )
        self.level = LevelPicker(desk.theme, tr("How well I know it"), self)
        self.add(tr("How well I know it"), self.level)
        self.word = Words(desk.theme, "caption", 17)
        self.word.setFixedHeight(17)
        self.fields.addWidget(self.word)
        self.verdict = Segments(
            desk.theme, tr("Verdict"), (Choice("", mark("Not decided yet")), *CHOICES), ""
        )
        self.add(tr("Verdict"), self.verdict)
        row = self.add_row()
        self.url = self.add_line(tr("Its website"), url, "https://", row=row)
        self.cost = self.add_line(tr("What it costs"), "", tr("free, 12 € a month"), row=row)
        self.level.valueChanged.connect(self._say_level)
        self._say_level()
        desk.tasks.start(self._read())

    async def _read(self) -> None:
        rows = await self.desk.tasks.read(toolkit.all_of)
        self._known = {row.name.casefold() for row in rows or ()}

    def _say_level(self) -> None:
        self.word.say(self.level.word)

    def _chosen(self) -> Verdict | None:
        value = next((str(one.choice.value) for one in self.verdict.segments() if one.isChecked()), "")
        return Verdict(value) if value else None

    def is_ready(self) -> bool:
        return bool(self.name.text().strip())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        name = self.name.text().strip()
        if name.casefold() in self._known:
            self.complain(tr("“{name}” is in the toolkit already.").format(name=name))
            return None
        return self.desk.tasks.run(
            "add a tool",
            toolkit.make,
            name,
            self.problem.text(),
            url=self.url.text(),
            level=self.level.value(),
            cost=self.cost.text(),
            verdict=self._chosen(),
            source_ids=self._source_ids,
        )

    def after(self, changes: Changes) -> None:
        if changes.made and not self._source_ids:
            self.desk.ask_view(f"toolkit:{changes.made}")


def ask(desk: Desk, name: str = "", url: str = "", source_ids: Sequence[int] = ()) -> None:
    """Open it over the window."""

    def make(window: QWidget) -> Overlay:
        return ToolForm(desk, window, name, url, source_ids)

    desk.ask_overlay(make)
