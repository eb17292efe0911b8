"""People: whom I learn from and share with, how far their keys are known, what went between; sources below.

The surprising fact: the sources are read after the people stand, because counting what was kept of every site
goes through the whole library.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr, trc, writing
from desktop.learning import people
from desktop.learning.review_values import PersonRow
from desktop.library import basket_draft, lists
from desktop.library.tag_paths import key_of
from desktop.library.values import Row
from desktop.share import circles, persons, trust
from desktop.share.circles import PUBLIC, CircleRow
from desktop.share.persons import Between, Person
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.parts.buttons import Button, FocusRing
from desktop.ui.parts.notices import Flow
from desktop.ui.parts.page import PageBar, number_beside, tab_after
from desktop.ui.people.forms import CircleForm, PersonForm
from desktop.ui.people.pane import PersonPane
from desktop.ui.people.parts import Filter
from desktop.ui.people.rows import Entry, EntryList
from desktop.ui.people.words import nobody
from desktop.ui.reading import Reading
from desktop.ui.theme import Lengths

SITES = 40
MOST = 200
"""Pages of one person that are listed."""
STACKED_BELOW = 720
SHOWN = frozenset({Noun.PERSON, Noun.SOURCE, Noun.CIRCLE, Noun.PACK, Noun.REPLY})
ACTS = {"trash": "forget", "basket": "share"}
KEYS = {"F2": "edit", "N": "new"}
MENU: Final = {
    "share": "send", "edit": "pencil-line", "note": "pen-line", "forget": "trash-2", "new": "user-plus",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody, or a site, brought, and what went between."""

    rows: list[Row]
    between: Between


def read_shown(reader: Reader, key: str, person_id: int) -> Shown:
    """Of a person (``person:<name>``) or a site (``site:<name>``)."""
    kind, _, name = key.partition(":")
    ids = people.brought(reader, name, MOST) if kind == "person" else people.from_site(reader, name, MOST)
    return Shown(lists.page(reader, ids), persons.between(reader, person_id))


class PeopleView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.people: tuple[Person, ...] = ()
        self.circles: tuple[CircleRow, ...] = ()
        self.sites: list[PersonRow] = []
        self.circle = 0
        """The circle whose people are listed; 0: everybody, and the sources."""
        self._wanted, self._shown = "", ""
        """Key of who is to be chosen when they have been read; of whose pages are read, or being read."""
        self.setAccessibleName(tr("People"))
        theme = desk.theme
        self.bar = PageBar(theme, tr("People"))
        self.number = number_beside(theme, self.bar)
        self.add = Button(theme, tr("Somebody new"), icon="user-plus", kind="icon")
        self.add.setToolTip(tr("Somebody new  N"))
        self.change = Button(theme, tr("Change this circle"), icon="settings-2", kind="icon")
        self.filters = Flow(room=FocusRing.ROOM)
        self.filters.setAccessibleName(tr("Circles"))
        self.list = EntryList(desk, ACTS, KEYS, self)
        self.pane = PersonPane(desk, self)
        self.name, self.note, self.brought = self.pane.name, self.pane.note, self.pane.brought
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.bar.row.addWidget(self.number)
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.change)
        self.bar.row.addWidget(self.add)
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        pills = QVBoxLayout()
        pills.setContentsMargins(13, 5, 13, 5)
        pills.addWidget(self.filters)
        column.addWidget(self.bar)
        column.addLayout(pills)
        column.addWidget(self.list, 1)
        both = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(1)
        self._both.addWidget(self.left, 2)
        self._both.addWidget(self.pane, 3)
        self.stack.addWidget(both)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stack, 1)
        tab_after(self.empty.last, self.add)
        self._show_circles()

    def _connect(self) -> None:
        self.add.clicked.connect(lambda: self.do("new"))
        self.change.clicked.connect(self._ask_circle_menu)
        self.list.on_current(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.list.keyed.connect(self.do)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.pane.asked.connect(self.do)
        self.brought.opened.connect(self._on_brought_opened)
        self.note.kept.connect(self._on_note_kept)
        self.reading = Reading(self._desk, self, SHOWN, self._fill)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """A person by name; ``new``: a form for somebody new; ``circle:<id>``: the people of a circle."""
        if name == "new":
            self.do("new")
            return
        kind, _, rest = name.partition(":")
        if kind == "circle" and rest.isdigit():
            self.circle = int(rest)
        else:
            self.circle = 0  # whoever is wanted may be in no circle
            self._wanted = f"person:{key_of(name)}"
        self.refresh()

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        found = await reading.ask(persons.everybody)
        if found is None:
            return
        self._shown = ""  # what they brought may have changed too
        self.people, self.circles = found.people, found.circles
        self._show_circles()
        self._show_list()
        sites = await reading.ask(people.sites, SITES)
        if sites is not None:
            self.sites = sites
            self._show_list()

    def _show_circles(self) -> None:
        known = [one for one in self.circles if one.id != PUBLIC]
        if self.circle not in {one.id for one in known}:
            self.circle = 0
        theme = self._desk.theme
        made = [Filter(theme, trc("people", "All"), 0, 0)]
        made += [Filter(theme, one.name, one.members, one.id) for one in known]
        made.append(Filter(theme, "+", 0, -1))
        made[-1].setAccessibleName(tr("A new circle"))
        made[-1].setToolTip(tr("A new circle"))
        for pill in made:
            pill.setChecked(pill.circle_id == self.circle)
            pill.clicked.connect(lambda _=False, circle_id=pill.circle_id: self.filter_by(circle_id))
        self.filters.show_widgets(made)
        self.change.setVisible(bool(self.circle))

    def filter_by(self, circle_id: int) -> None:
        """Only the people of a circle; 0: everybody; -1: make a circle."""
        if circle_id < 0:
            self._ask_circle(None)
            return
        self.circle = circle_id
        for pill in self.filters.widgets():
            if isinstance(pill, Filter):
                pill.setChecked(pill.circle_id == circle_id)
        self.change.setVisible(bool(circle_id))
        self._show_list()

    def _show_list(self) -> None:
        within = [one for one in self.people if not self.circle or self.circle in one.row.circles]
        rows = [Entry(f"person:{key_of(one.row.name)}", one.row, one) for one in within]
        sites = [] if self.circle else [Entry(f"site:{one.name}", one) for one in self.sites]
        groups = (("", len(rows)), (tr("Sources that brought me something"), len(sites)))
        self.list.show_items([*rows, *sites], groups)
        self.number.setText(writing.number(len(rows)) if rows else "")
        is_any = bool(self.people or self.sites)
        if not is_any:
            self.empty.say(nobody())
        self.stack.setCurrentIndex(0 if is_any else 1)
        self.pane.setVisible(bool(rows or sites))
        if self._wanted and self.list.choose_key(self._wanted):
            self._wanted = ""
        self._on_current()

    @property
    def current(self) -> PersonRow | None:
        """The person or source that is selected."""
        return self.list.current.row if self.list.current is not None else None

    @property
    def person(self) -> Person | None:
        """The person that is selected; None for a source."""
        return self.list.current.person if self.list.current is not None else None

    def _on_current(self) -> None:
        entry = self.list.current
        if entry is None:
            return
        self.pane.show_entry(entry, self.circles)
        if entry.key != self._shown:  # the list says it of every row that comes, too
            self._shown = entry.key
            self.pane.forget_lens()
            self._desk.tasks.start(self._show_between(entry))

    async def _show_between(self, entry: Entry) -> None:
        kind = entry.key.partition(":")[0]
        person_id = entry.row.id if entry.person else 0
        found = await self._desk.tasks.read(read_shown, f"{kind}:{entry.row.name}", person_id)
        if found is not None and entry.key == self.list.key:
            self.pane.show_between(found.between, found.rows, entry.row.brought)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def do(self, name: str) -> None:
        """An act by its name: new, and of a person edit, share, note, forget, menu or one about their key."""
        person = self.person
        if name == "new":
            self._ask_person(None)
        elif person is None:
            return
        elif name == "edit":
            self._ask_person(person.row)
        elif name == "share":
            self._share(person.row)
        elif name == "note":
            self.note.show()
            self.note.edit()
        elif name == "forget":
            if person.row.id:
                self._desk.tasks.run("forget about somebody", people.remove, [person.row.id])
        elif name == "menu":
            below = self.pane.more.mapToGlobal(QPoint(0, self.pane.more.height()))
            self.menu().popup(below)
        else:
            self._decide(name, person)

    def _decide(self, name: str, person: Person) -> None:
        run = self._desk.tasks.run
        if name == "same":
            run("confirm a key", trust.confirm, person.sender)
        elif name == "differ":
            run("refuse a key", trust.refuse, person.sender)
        elif name == "refuse":
            run("refuse a key", trust.refuse, person.doubtful)
        elif name in ("accept", "both"):
            run("accept a key", trust.accept, person.doubtful, keeps_old=name == "both")

    def _share(self, row: PersonRow) -> None:
        """Their name stands in To, and the basket opens."""
        self._desk.tasks.start(self._address(row))

    async def _address(self, row: PersonRow) -> None:
        person_id = row.id
        if not person_id:  # until now a name in "found through" alone
            made = await self._desk.tasks.run("write about somebody", people.keep, row.name)
            person_id = made.made if made else 0
        if person_id:
            await self._desk.tasks.run("address the basket", basket_draft.address_to, person_id)
            self._desk.ask_view("basket")

    def _ask_person(self, row: PersonRow | None) -> None:
        names = [one.row.name for one in self.people if not one.row.id]
        desk, known, circle = self._desk, self.circles, self.circle
        desk.ask_overlay(lambda window: PersonForm(desk, row, known, names, window, circle))

    def _ask_circle(self, row: CircleRow | None) -> None:
        desk, rows = self._desk, [one.row for one in self.people]
        desk.ask_overlay(lambda window: CircleForm(desk, row, rows, window))

    def _ask_circle_menu(self) -> None:
        row = next((one for one in self.circles if one.id == self.circle), None)
        if row is not None and not row.is_own:
            self._ask_circle(row)
        elif row is not None:
            menu = self._menu_of(
                [
                    (tr("Its name and who is in it …"), "pencil-line", lambda: self._ask_circle(row)),
                    (tr("Delete this circle"), "trash-2", lambda: self._remove_circle(row.id)),
                ]
            )
            menu.popup(self.change.mapToGlobal(QPoint(0, self.change.height())))

    def _remove_circle(self, circle_id: int) -> None:
        self._desk.tasks.run("remove a circle", circles.remove, circle_id)

    def _on_opened(self, _index: QModelIndex) -> None:
        if self.person is not None:
            self.do("note")
        else:
            self.brought.setFocus()

    def _on_brought_opened(self, _index: QModelIndex) -> None:
        kind, _, number = self.brought.key.partition(":")
        number = number.partition(":")[0]
        if kind == "source":
            if int(number):
                self._desk.ask_source(int(number))
        elif kind == "sent" and self.brought.current is not None:
            self._desk.tasks.start(self._show_held(int(number), self.brought.current.title))
        elif kind:
            self._desk.ask_view(f"{kind}:{number}")

    async def _show_held(self, pack_id: int, title: str) -> None:
        key = self.list.key
        found = await self._desk.tasks.read(persons.held, pack_id)
        if found is not None and key == self.list.key:
            self.pane.show_held(title, found)

    def _on_note_kept(self, words: str) -> None:
        row = self.current
        if row is not None:
            self._desk.tasks.run("write about somebody", people.keep, row.name, words)

    # ── menus ───────────────────────────────────────────────────────────────────────────────────────────

    def menu(self) -> QMenu:
        """What can be done with a person."""
        lines = [
            (tr("Share with them"), "share", self._desk.actions.first_key("basket")),
            (tr("Edit …"), "edit", "F2"),
            (tr("What I know of them"), "note", "Enter"),
        ]
        if self.current is not None and self.current.id:
            lines.append((tr("Delete what I wrote about them"), "forget", ""))
        made = [
            (f"{label}\t{key}" if key else label, MENU[name], lambda name=name: self.do(name))
            for label, name, key in lines
        ]
        return self._menu_of(made)

    def _menu_of(self, lines: Sequence[tuple[str, str, Callable[[], None]]]) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(tr("People"))
        for label, icon, run in lines:
            ink = self._desk.theme.colour("danger" if icon == "trash-2" else "muted")
            menu.addAction(icons.icon(icon, ink), label).triggered.connect(lambda _=False, run=run: run())
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _on_menu_asked(self, at: QPoint) -> None:
        if self.person is not None and self.list.indexAt(at).isValid():
            self.menu().popup(self.list.viewport().mapToGlobal(at))

    # ── room ────────────────────────────────────────────────────────────────────────────────────────────

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self.list if self.stack.currentIndex() == 0 else self.empty).setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= STACKED_BELOW
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(direction)
        self.left.setMaximumWidth(Lengths.LIST if is_wide else 16_777_215)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(self.rect()), self._desk.theme.colour("surface"))
        if self.width() >= STACKED_BELOW:
            painter.fillRect(self.left.width(), 0, 1, self.height(), self._desk.theme.colour("line"))


def make(desk: Desk) -> PeopleView:
    """The page."""
    return PeopleView(desk)
