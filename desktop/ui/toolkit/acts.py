"""Acts on the toolkit that work from anywhere: open it, a new tool, which tool the selected pages are about.

The surprising fact: a tool is tied to pages in the editor that tags use, by its name, so a name that is new
makes a card, and many pages are tied in one act.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from desktop.languages import mark, tr, trn, writing
from desktop.learning import toolkit
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.ui.actions import Act, Where
from desktop.ui.desk import Desk
from desktop.ui.tags.bearers import MOST, Command, Words
from desktop.ui.tags.editor import ask_tags
from desktop.ui.toolkit import form as toolkit_form

GROUP = mark("Learning")


class ToolkitActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        add, show = desk.actions.add, partial(desk.ask_view, "toolkit")
        add(Act("show_toolkit", tr("Open the toolkit"), show, (), "wrench", mark("Go to")))
        add(Act("new_tool", tr("Add a tool …"), self.new_tool, (), "plus", GROUP, is_enabled=self.can_write))
        about, why_not = tr("About a tool …"), tr("Choose a page first")
        run = self.about_tool
        add(Act("about_tool", about, run, ("A",), "wrench", GROUP, Where.LIST, self.can_act, why_not))

    def can_write(self) -> bool:
        """Whether the library can be changed."""
        return self._desk.can_write

    def can_act(self) -> bool:
        """Whether pages are selected, too."""
        return bool(self._desk.selected) and self._desk.can_write

    def new_tool(self) -> None:
        """An empty form."""
        toolkit_form.ask(self._desk)

    def about_tool(self) -> None:
        """Say which tools the selected pages are about."""
        ask_tags(self._desk, ToolsOfPages(self._desk.selected))


@dataclass(frozen=True, slots=True)
class ToolsOfPages:
    """The tools that sources are about, for the editor of tags."""

    ids: tuple[int, ...]
    is_goals: bool = True
    """Names may have blanks and commas, and none is suggested."""

    @property
    def title(self) -> str:
        """Heading of the editor."""
        if len(self.ids) == 1:
            return tr("Tools that this page is about")
        said = trn("Tools that {n} page is about", "Tools that {n} pages are about", len(self.ids))
        return said.format(n=writing.number(len(self.ids)))

    @property
    def asks(self) -> tuple[str, str, str]:
        """What the field is called, what stands in it, what its list is called."""
        return tr("Add a tool"), tr("The name of a tool"), tr("Tools that fit")

    @property
    def count(self) -> int:
        """How many sources are looked at."""
        return min(len(self.ids), MOST)

    def read(self, reader: Reader) -> Words:
        """What they are about, and all tools."""
        rows = toolkit.all_of(reader)
        shown = set(self.ids[:MOST])
        carried = Counter({row.name: len(shown.intersection(row.sources)) for row in rows})
        return Words(+carried, tuple(row.name for row in rows))

    def command(self) -> Command:
        """Tie them by name."""
        return partial(_tie, self.ids)


def _tie(ids: tuple[int, ...], writer: Writer, add: Sequence[str], remove: Sequence[str]) -> Changes:
    return toolkit.about(writer, ids, add, remove)
