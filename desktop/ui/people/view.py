"""People I learn from: who or what led to pages, and what of it was kept; sources below.

The surprising fact: the sources are read after the people stand, because counting what was kept of every site
goes through the whole library.
"""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import people
from desktop.learning.review_values import PersonRow
from desktop.library import lists
from desktop.library.tag_paths import key_of
from desktop.library.values import Row
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.parts import moments
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.line_dialog import Line
from desktop.ui.parts.page import PageBar, tab_after
from desktop.ui.parts.words_card import Words, WordsCard
from desktop.ui.reading import Reading
from desktop.ui.rows.plain import PlainList, PlainRow
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

SITES = 40
MOST = 200
"""Pages of one person that are listed."""
STACKED_BELOW = 720
SHOWN = frozenset({Noun.PERSON, Noun.SOURCE})
ACTS = {"trash": "forget"}
KEYS = {"F2": "rename", "N": "new"}


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody, or a site, brought."""

    key: str
    rows: list[Row]


def read_brought(reader: Reader, key: str) -> Brought:
    """The pages found through a person (``person:<name>``) or from a site (``site:<name>``)."""
    kind, _, name = key.partition(":")
    ids = people.brought(reader, name, MOST) if kind == "person" else people.from_site(reader, name, MOST)
    return Brought(key, lists.page(reader, ids))


class PeopleView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.people: dict[str, PersonRow] = {}
        self.sites: list[PersonRow] = []
        self._wanted = ""
        self._shown = ""
        """Key of the person or source whose pages are read, or being read."""
        self.setAccessibleName(tr("People I learn from"))
        theme = desk.theme
        self.bar = PageBar(theme, tr("People I learn from"))
        self.add = Button(theme, tr("Write about somebody"), icon="user-plus", key="N")
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.add)
        self.list = PlainList(desk, tr("People and sources"), ACTS, KEYS, self)
        self.name = Words(theme, "view", 28)
        self.numbers = Words(theme, "body", 20, "muted")
        self.note = WordsCard(
            theme, tr("What I know of them"), hint=tr("Who they are, what they know, when I ask them")
        )
        self.brought = PlainList(desk, tr("What they brought"), {}, {}, self)
        self.empty = EmptyState(desk, self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 20, 0, 0)
        column.setSpacing(6)
        words = QVBoxLayout()
        words.setContentsMargins(28, 0, 28, 0)
        words.setSpacing(8)
        title = Words(self._desk.theme, "section", 20)
        title.say(tr("What came of it"))
        for widget in (self.name, self.numbers, self.note, title):
            words.addWidget(widget)
        column.addLayout(words)
        column.addWidget(self.brought, 1)
        both = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(1)
        self._both.addWidget(self.list, 2)
        self._both.addWidget(detail, 3)
        self.list.setMaximumWidth(Lengths.LIST + 60)
        self.stack.addWidget(both)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)
        tab_after(self.empty.last, self.add)

    def _connect(self) -> None:
        self.add.clicked.connect(self.write_about)
        self.list.on_current(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.list.keyed.connect(self._on_keyed)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.brought.opened.connect(self._on_page_opened)
        self.note.kept.connect(self._on_note_kept)
        self.reading = Reading(self._desk, self, SHOWN, self._fill)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """A person by name."""
        self._wanted = f"person:{key_of(name)}"
        self.refresh()

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        found = await reading.ask(people.all_of)
        if found is None:
            return
        self._shown = ""  # what they brought may have changed too
        self.people = {f"person:{key_of(one.name)}": one for one in found}
        self._show_list()
        sites = await reading.ask(people.sites, SITES)
        if sites is not None:
            self.sites = sites
            self._show_list()

    def _show_list(self) -> None:
        rows = [_row(key, one, "user-round") for key, one in self.people.items()]
        sites = [_row(f"site:{one.name}", one, "globe") for one in self.sites]
        groups = ((tr("People"), len(rows)), (tr("Sources that brought me something"), len(sites)))
        self.list.show_rows([*rows, *sites], groups)
        is_any = bool(rows or sites)
        if not is_any:
            self.empty.say(nobody())
        self.stack.setCurrentIndex(0 if is_any else 1)
        self.setFocusProxy(self.list if is_any else self.empty)
        if self._wanted and self.list.choose_key(self._wanted):
            self._wanted = ""
        self._on_current()

    @property
    def current(self) -> PersonRow | None:
        """The person or source that is selected."""
        key = self.list.key
        return self.people.get(key) or next((one for one in self.sites if f"site:{one.name}" == key), None)

    def _on_current(self) -> None:
        row, is_person = self.current, self.list.key.startswith("person:")
        self.note.setVisible(is_person)
        if row is None:
            return
        self.name.say(row.name)
        brought = trn("{n} page found through them", "{n} pages found through them", row.brought)
        if not is_person:
            brought = trn("{n} page saved", "{n} pages saved", row.brought)
        kept = trn("{n} kept", "{n} kept", row.kept).format(n=writing.number(row.kept))
        self.numbers.say(f"{brought.format(n=writing.number(row.brought))} · {kept}")
        self.note.show_words(row.note)
        if self.list.key != self._shown:  # the list says it of every row that comes, too
            self._shown = self.list.key
            self._desk.tasks.start(self._show_brought(self.list.key, row.name))

    async def _show_brought(self, key: str, name: str) -> None:
        kind = key.partition(":")[0]
        found = await self._desk.tasks.read(read_brought, f"{kind}:{name}")
        if found is not None and key == self.list.key:
            self.brought.show_rows([_page(row) for row in found.rows])

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def write_about(self) -> None:
        """Begin with a name."""
        names = tuple(one.name for one in self.people.values())

        def keep(name: str) -> None:
            self._wanted = f"person:{key_of(name)}"
            self._desk.tasks.run("write about somebody", people.keep, name)

        title, label = tr("Write about somebody"), tr("Their name, as in “found through”")
        self._desk.ask_line(Line(title, label, "", tr("Go on"), keep, names))

    def rename(self) -> None:
        """Another name, in all of their pages."""
        row = self.current
        if row is None or not self.list.key.startswith("person:"):
            return

        def keep(name: str, before: str = row.name) -> None:
            self._wanted = f"person:{key_of(name)}"
            self._desk.tasks.run("rename somebody", people.rename, before, name)

        self._desk.ask_line(
            Line(tr("Another name"), tr("All pages found through them follow"), row.name, tr("Rename"), keep)
        )

    def _forget(self) -> None:
        row = self.current
        if row is not None and row.id:
            self._desk.tasks.run("forget about somebody", people.remove, [row.id])

    def _on_keyed(self, name: str) -> None:
        {"forget": self._forget, "rename": self.rename, "new": self.write_about}[name]()

    def _on_opened(self, _index: QModelIndex) -> None:
        if self.list.key.startswith("person:"):
            self.note.edit()
        else:
            self.brought.setFocus()

    def _on_page_opened(self, _index: QModelIndex) -> None:
        if self.brought.key:
            self._desk.ask_source(int(self.brought.key))

    def _on_note_kept(self, words: str) -> None:
        row = self.current
        if row is not None:
            self._desk.tasks.run("write about somebody", people.keep, row.name, words)

    def _on_menu_asked(self, at: QPoint) -> None:
        row = self.current
        if row is None or not self.list.key.startswith("person:") or not self.list.indexAt(at).isValid():
            return
        menu = QMenu(self)
        menu.setAccessibleName(tr("Person"))
        ink = self._desk.theme.colour("muted")
        lines = [
            (tr("What I know of them"), "pen-line", self.note.edit),
            (tr("Another name …"), "pencil-line", self.rename),
        ]
        if row.id:
            lines.append((tr("Delete what I wrote about them"), "trash-2", self._forget))
        for label, icon, run in lines:
            menu.addAction(icons.icon(icon, ink), label).triggered.connect(run)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= STACKED_BELOW
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(direction)
        self.list.setMaximumWidth(Lengths.LIST + 60 if is_wide else 16_777_215)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(self.rect()), self._desk.theme.colour("surface"))


def nobody() -> Emptiness:
    """What is said while no page says through whom it was found."""
    return Emptiness(
        "users",
        tr("Nobody yet"),
        tr(
            "When you save a page, write in “found through” who or what led you there: “Jonas”, or "
            "“the guild”. Here you see whose hints you kept."
        ),
        (tr("Open Inbox"), "inbox", "inbox"),
        (tr("Connect a browser"), "connect", "globe"),
    )


def _row(key: str, one: PersonRow, icon: str) -> PlainRow:
    kept = trn("{n} kept", "{n} kept", one.kept).format(n=writing.number(one.kept))
    brought = trn("{n} page", "{n} pages", one.brought).format(n=writing.number(one.brought))
    return PlainRow(key, one.name, one.note or brought, kept, icon, is_own=bool(one.note))


def _page(row: Row) -> PlainRow:
    when = moments.short(row.saved_at, date.today())
    return PlainRow(
        str(row.id), row.title or tr("Untitled"), row.why or row.site, when, "file-text", bool(row.why)
    )


def make(desk: Desk) -> PeopleView:
    """The page."""
    return PeopleView(desk)
