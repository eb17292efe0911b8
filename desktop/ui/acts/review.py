"""Acts on what is learned from the week: the review, questions, balance, people, what comes back.

The surprising fact: a question can be asked from anywhere, also from the words that a search did not find.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop.languages import mark, tr
from desktop.learning import memory
from desktop.library.marks import highlights
from desktop.store.reader import Reader
from desktop.ui.actions import Act, Where
from desktop.ui.desk import Desk

GO = mark("Go to")
GROUP = mark("Learn")


class ReviewActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        places = (
            ("review", tr("Open the weekly review"), ("Ctrl+Shift+R",), "list-checks"),
            ("balance", tr("Open Balance"), ("Ctrl+Shift+B",), "scale"),
            ("questions", tr("Open my questions"), ("Ctrl+Shift+Q",), "circle-question-mark"),
            ("resurfacing", tr("Three old highlights"), (), "history"),
            ("people", tr("People I learn from"), (), "users"),
        )
        for name, label, keys, icon in places:
            desk.actions.add(Act(f"show_{name}", label, partial(desk.ask_view, name), keys, icon, GO))
        desk.actions.add(
            Act(
                "ask_question", tr("Keep a question …"), self.ask, ("Ctrl+Shift+A",),
                "circle-question-mark", GROUP, is_enabled=self.can_write,
                why_not=tr("This library is open for reading only."),
            )
        )  # fmt: skip

        why_not = tr("Choose a page first")
        label = tr("Remember the highlights of this page")
        desk.actions.add(
            Act("remember", label, self.remember, ("R",), "brain", GROUP, Where.LIST, self.has_page, why_not)
        )

    def has_page(self) -> bool:
        """Whether pages are selected and the library can be changed."""
        return bool(self._desk.selected) and self._desk.can_write

    def remember(self) -> None:
        """Let the highlights of the selected pages be asked again, or no longer."""
        self._desk.tasks.start(self._remember(self._desk.selected))

    async def _remember(self, source_ids: tuple[int, ...]) -> None:
        found = await self._desk.tasks.read(_marks_of, source_ids)
        if found:
            remember(self._desk, found)
        elif found is not None:
            self._desk.say(tr("Nothing is highlighted on this page yet."))

    def can_write(self) -> bool:
        """Whether the library can be changed."""
        return self._desk.can_write

    def ask(self) -> None:
        """Write a question."""
        from desktop.ui.people.questions import ask_new

        ask_new(self._desk)


def remember(desk: Desk, annotation_ids: Sequence[int]) -> None:
    """Let highlights be asked again; no longer when all of them are."""
    if annotation_ids:
        desk.tasks.start(_toggle(desk, list(annotation_ids)))


async def _toggle(desk: Desk, ids: list[int]) -> None:
    known = await desk.tasks.read(memory.of_annotations, ids)
    if known is not None:
        desk.tasks.run("remember", memory.forget if set(ids) <= known else memory.remember, ids)


def _marks_of(reader: Reader, source_ids: Sequence[int]) -> list[int]:
    return [one.id for source_id in source_ids for one in highlights.of_source(reader, source_id)]
