"""Acts on what the person makes of their pages: notes, links between pages, the share basket.

Surprising: they speak of the selected pages wherever those are selected, in the list or in the reader.
"""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.languages import mark, tr
from desktop.library import basket
from desktop.library.sense_values import Colour
from desktop.store.changes import Changes, Noun
from desktop.ui.actions import Act, Where
from desktop.ui.acts.circles import CircleActs
from desktop.ui.acts.review import ReviewActs
from desktop.ui.desk import Desk
from desktop.ui.link_dialog import LinkDialog
from desktop.ui.parts.overlay import Overlay
from desktop.ui.rows.model import RowModel
from desktop.ui.sidebar.menus import ask_search

GROUP = mark("Sense and share")


class SenseActs(QObject):
    """Registers itself; lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._rows: RowModel | None = None
        ReviewActs(desk)
        CircleActs(desk)
        add, go = desk.actions.add, mark("Go to")
        why_not = tr("Choose a page first")
        show_notes, show_basket = partial(desk.ask_view, "notes"), partial(desk.ask_view, "basket")
        add(Act("show_notes", tr("Open Notes"), show_notes, ("Ctrl+7",), "notebook-pen", go))
        add(Act("show_basket", tr("Open the basket"), show_basket, ("Ctrl+8",), "shopping-basket", go))
        ask = partial(ask_search, desk)
        add(Act("new_search", tr("New saved search …"), ask, (), "bookmark-plus", GROUP,
                is_enabled=lambda: desk.can_write))  # fmt: skip
        new = Act("new_note", tr("New note"), self.new_note, ("Ctrl+N",), "notebook-pen", GROUP)
        add(new)
        about = tr("New note about this page")
        add(
            Act(
                "note_page",
                about,
                self.note_page,
                (),
                "notebook-pen",
                GROUP,
                Where.LIST,
                self.has_one,
                why_not,
            )
        )
        link = tr("Link to another page …")
        add(Act("link", link, self.link, ("Y",), "link", GROUP, Where.LIST, self.can_link, why_not))
        put = tr("Put into the basket, or take out")
        add(
            Act(
                "basket",
                put,
                self.toggle,
                ("S",),
                "shopping-basket",
                GROUP,
                Where.LIST,
                self.can_act,
                why_not,
            )
        )

    def can_act(self) -> bool:
        """Whether pages are selected and the library can be changed."""
        return bool(self._desk.selected) and self._desk.can_write

    def can_link(self) -> bool:
        """Whether one page is selected."""
        return len(self._desk.selected) == 1 and self._desk.can_write

    def has_one(self) -> bool:
        """The same, for a note about it."""
        return self.can_link()

    def new_note(self) -> None:
        """An empty one."""
        self._desk.ask_view("note:new")

    def note_page(self) -> None:
        """One that cites the selected page."""
        self._desk.ask_view(f"note:about:{self._desk.selected[0]}")

    def link(self) -> None:
        """Ask for the page, the reason and a sentence."""
        self._desk.ask_overlay(self._link_dialog)

    def _link_dialog(self, window: QWidget) -> Overlay:
        return LinkDialog(self._desk, self._desk.selected[0], window)

    def show_in(self, rows: RowModel) -> None:
        """Let a list of pages show which of them are in the basket. The reader's acts are there by now."""
        self._rows = rows
        self._name_colours()
        self._desk.theme.changed.connect(self._name_colours)
        self._desk.changed.connect(self._on_changed)
        self._desk.searching.opened.connect(self._read)

    def _name_colours(self) -> None:
        """The acts that highlight say what the person calls the colours."""
        for number, colour in enumerate(Colour, 1):
            name = self._desk.theme.name_of(colour)
            self._desk.actions.say(f"mark_{number}", tr("Highlight in {colour}").format(colour=name))

    def _on_changed(self, changes: Changes) -> None:
        if Noun.BASKET in changes.nouns:
            self._read()

    def _read(self) -> None:
        if self._desk.reader is not None:
            self._desk.tasks.start(self._gather())

    async def _gather(self) -> None:
        found = await self._desk.tasks.read(basket.sources)
        if found is not None and self._rows is not None:
            self._rows.gather(found)

    def toggle(self) -> None:
        """Put the selected pages into the basket, or take them out when all of them are in it."""
        self._desk.tasks.run("basket", basket.toggle, self._desk.selected)
