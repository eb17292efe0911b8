"""The left pane: the method's words, the person's tags and goals, the browser's state and Settings.

The surprising fact: below 1,040 pixels the same widget becomes a rail of icons; only the delegate and the
widths change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import questions, toolkit
from desktop.library import basket, lists, notes, searches, tags, vocabulary
from desktop.library.marks import highlights
from desktop.library.sense_values import SavedSearch, TagRow
from desktop.library.values import Counts, Named
from desktop.share import inbox
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.sidebar.menus import SearchMenu, TagMenu
from desktop.ui.sidebar.parts import Brand, FindField, Foot
from desktop.ui.sidebar.places import Entry, SidebarList
from desktop.ui.theme import Lengths
from desktop.ui.views import SEEK, count_of

TAGS_SHOWN = 40
ALL_TAGS = "all-tags"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much there is in the views that are no lists of pages."""

    highlights: int = 0
    notes: int = 0
    basket: int = 0
    received: int = 0
    """Packs that nobody has decided about."""
    tools_due: int = 0
    questions: int = 0
    """Open ones."""


class Sidebar(QWidget):
    """Lists of the library; asks the desk for a view."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_rail = False
        self._counts = Counts()
        self._tags: list[TagRow] = []
        self._searches: list[SavedSearch] = []
        self._numbers = Numbers()
        self._found: dict[int, int] = {}
        self._shows_all_tags = False
        self._goals: list[Named] = []
        self._active = "inbox"
        self.brand = Brand(desk, self)
        self.find_field = FindField(desk, self)
        self.list = SidebarList(desk.theme, self)
        self.foot = Foot(desk, self)
        self._field = QWidget(self)
        self._around = QHBoxLayout(self._field)
        self._around.setContentsMargins(8, 0, 8, 4)
        self._around.addWidget(self.find_field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.brand)
        layout.addWidget(self._field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.foot)
        self.setFixedWidth(Lengths.SIDEBAR - 1)
        self.list.chosen.connect(self._on_chosen)
        self.list.menu_asked.connect(self._on_menu_asked)
        self.list.tag_dropped.connect(self._on_tag_dropped)
        self.list.act_asked.connect(desk.actions.run)
        desk.searching.opened.connect(self.refresh)
        desk.changed.connect(self._on_changed)
        desk.theme.changed.connect(self.update)
        self._fill()

    @property
    def is_rail(self) -> bool:
        """True while only icons are shown."""
        return self._is_rail

    @property
    def goals(self) -> list[Named]:
        """The open goals, for naming their lists."""
        return self._goals

    @property
    def searches(self) -> list[SavedSearch]:
        """The saved searches, for naming their lists."""
        return self._searches

    def set_rail(self, is_rail: bool) -> None:
        """Only icons, or all."""
        if is_rail == self._is_rail:
            return
        self._is_rail = is_rail
        self.setFixedWidth((Lengths.RAIL if is_rail else Lengths.SIDEBAR) - 1)
        self.brand.set_rail(is_rail)
        self.find_field.set_rail(is_rail)
        self.foot.set_rail(is_rail)
        self._around.setContentsMargins(*((9, 0, 9, 0) if is_rail else (8, 0, 8, 4)))
        self.list.set_rail(is_rail)
        self._fill()

    def set_active(self, name: str) -> None:
        """Mark the view that is shown; a goal that has no line of its own is one of Goals."""
        is_listed = any(entry.name == name for entry in self.list.entries)
        self._active = "goals" if name.startswith("goal") and not is_listed else name
        self.list.set_active(self._active)

    def set_counts(self, counts: Counts) -> None:
        """Numbers beside the lists."""
        if counts != self._counts:
            self._counts = counts
            self._fill()

    def refresh(self) -> None:
        """Read tags, goals, counts and the browsers' state anew, off the GUI thread."""
        if self._desk.reader is not None:
            self._desk.tasks.start(self._reload())
        self._desk.tasks.start(self.foot.reload())

    async def _reload(self) -> None:
        found = await self._desk.tasks.read(_read)
        if found is not None:
            before = self._active_search()
            self._counts, self._tags, self._goals, self._searches, self._numbers = found
            self._fill()
            if before and self._active_search() not in (None, before):
                self._desk.ask_view(self._active)  # it is called or asks something else now
            await self._count()

    def _active_search(self) -> tuple[str, str] | None:
        """Name and question of the saved search that is shown."""
        shown = next((one for one in self._searches if self._active == f"search:{one.id}"), None)
        return (shown.name, shown.query) if shown else None

    async def _count(self) -> None:
        """Numbers beside the saved searches."""
        asked = list(self._searches)
        if not asked:
            return
        counts = await self._desk.searching.counts([one.query for one in asked])
        if counts is not None:
            self._found = {one.id: count for one, count in zip(asked, counts, strict=True)}
            self._fill()

    def _fill(self) -> None:
        entries = [Entry("", tr("Seek"))]
        for place in SEEK:
            entries.append(Entry(place.name, place.label, place.icon, count_of(place, self._counts)))
        entries += [
            Entry("", tr("Sense")),
            Entry("highlights", tr("Highlights"), "highlighter", self._numbers.highlights),
            Entry("notes", tr("Notes"), "notebook-pen", self._numbers.notes),
            Entry("goals", tr("Goals"), "target", len(self._goals)),
            Entry("learning", tr("Learning"), "graduation-cap"),
            Entry("toolkit", tr("Toolkit"), "wrench", self._numbers.tools_due),
            Entry("review", tr("Weekly review"), "list-checks"),
            Entry("balance", tr("Balance"), "scale"),
            Entry("questions", tr("Questions"), "circle-question-mark", self._numbers.questions),
            Entry("", tr("Share")),
            Entry("basket", tr("Basket"), "shopping-basket", self._numbers.basket),
            Entry("received", tr("Received"), "package-open", self._numbers.received),
            Entry("people", tr("People"), "users"),
        ]
        if self._goals and not self._is_rail:
            entries.append(Entry("", tr("Goals")))
            entries += [Entry(f"goal:{one.id}", one.name, "target", one.count) for one in self._goals]
        if not self._is_rail:
            act = "new_search" if self._desk.can_write else ""
            entries.append(Entry("", tr("Saved searches"), act=act))
            entries += [
                Entry(f"search:{one.id}", one.name, "search", self._found.get(one.id, 0))
                for one in self._searches
            ]
        if self._tags and not self._is_rail:
            entries.append(Entry("", tr("Tags")))
            entries += self._tag_entries()
        self.list.fill(entries)
        self.list.set_active(self._active)

    def _tag_entries(self) -> list[Entry]:
        shown = self._tags if self._shows_all_tags else most_used(self._tags, TAGS_SHOWN)
        entries = [
            Entry(
                f"tag:{one.name}",
                one.last,
                "hash",
                one.total,
                one.depth,
                one.colour.value if one.colour else "",
            )
            for one in shown
        ]
        if len(self._tags) > TAGS_SHOWN:
            count = len(self._tags)
            label = trn("Show all {n} tags", "Show all {n} tags", count).format(n=writing.number(count))
            label = tr("Show fewer tags") if self._shows_all_tags else label
            icon = "chevron-up" if self._shows_all_tags else "chevron-down"
            entries.append(Entry(ALL_TAGS, label, icon))
        return entries

    def _on_chosen(self, name: str) -> None:
        if name == ALL_TAGS:
            self._shows_all_tags = not self._shows_all_tags
            self._fill()
            return
        self._desk.ask_view(name)

    def _on_tag_dropped(self, name: str, under: str) -> None:
        self._desk.tasks.run("move a tag", tags.move, name, under)

    def _on_menu_asked(self, name: str, at: QPoint) -> None:
        menu = self._menu(name)
        if menu is not None and self._desk.can_write:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(at)

    def _menu(self, name: str) -> QMenu | None:
        kind, _, rest = name.partition(":")
        if kind == "tag":
            tag = next((one for one in self._tags if one.name == rest and one.id), None)
            names = [one.name for one in self._tags]
            return TagMenu(self._desk, tag, names, self._active, self) if tag else None
        search = next((one for one in self._searches if name == f"search:{one.id}"), None)
        return SearchMenu(self._desk, search, self) if search else None

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & {
            Noun.SOURCE,
            Noun.CAPTURE,
            Noun.TAG,
            Noun.GOAL,
            Noun.SEARCH,
            Noun.ANNOTATION,
            Noun.NOTE,
            Noun.BASKET,
            Noun.PACK,
            Noun.BROWSER,
            Noun.TOOL,
            Noun.QUESTION,
        }:
            self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._desk.theme.colour("bg"))


def _read(reader: Reader) -> tuple[Counts, list[TagRow], list[Named], list[SavedSearch], Numbers]:
    numbers = Numbers(
        highlights.counts(reader).all,
        notes.count(reader),
        basket.count(reader),
        inbox.count_new(reader),
        toolkit.count_due(reader),
        questions.count_open(reader),
    )
    counts, goals = lists.counts(reader), lists.goals(reader)
    return counts, vocabulary.tree(reader), goals, searches.all_of(reader), numbers


def most_used(tree: Sequence[TagRow], limit: int) -> list[TagRow]:
    """The tags to show first, by use, each with what stands below it; the tree stays a tree."""
    families: list[list[TagRow]] = []
    for one in tree:
        if not one.depth:
            families.append([])
        families[-1].append(one)
    families.sort(key=lambda family: -family[0].total)
    return [one for family in families for one in family][:limit]
