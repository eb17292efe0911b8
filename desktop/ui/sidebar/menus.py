"""What can be done to a tag or a saved search from the sidebar: one menu each, undo for all of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from desktop.languages import tr, trc
from desktop.library import searches, tags
from desktop.library.sense_values import Colour, SavedSearch, TagRow
from desktop.store.changes import Changes
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.exporting import acts as exporting
from desktop.ui.parts.line_dialog import Line
from desktop.ui.theme import NAMES


class TagMenu(QMenu):
    """Rename, move, merge, colour, delete. ``names``: all tags, offered where one is asked for."""

    def __init__(self, desk: Desk, tag: TagRow, names: Sequence[str], shown: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._tag, self._shown = desk, tag, shown
        self._others = tuple(name for name in names if name != tag.name)
        self.setAccessibleName(tr("Tag {name}").format(name=tag.name))
        self._add(tr("Rename …"), "pencil", self._ask_name)
        self._add(tr("Move under …"), "corner-down-right", self._ask_parent)
        self._add(tr("Merge into …"), "merge", self._ask_target)
        self._add_aliases(tr("Other words for it"))
        colours = self.addMenu(icons.icon("palette", desk.theme.colour("muted")), tr("Colour"))
        colours.setAccessibleName(tr("Colour"))
        for colour in Colour:
            ink = desk.theme.colour(f"mark_{colour.value}")
            action = colours.addAction(icons.icon("circle", ink), tr(NAMES[colour]))
            action.triggered.connect(partial(self._paint, colour))
        colours.addAction(tr("None")).triggered.connect(partial(self._paint, None))
        self._add(tr("Export …"), "folder-output", self._export)
        self.addSeparator()
        self._add(tr("Delete the tag"), "trash-2", self._delete, "danger")

    def _add(self, label: str, icon: str, run: Callable[[], None], ink: str = "muted") -> None:
        self.addAction(icons.icon(icon, self._desk.theme.colour(ink)), label).triggered.connect(lambda: run())

    def _add_aliases(self, label: str) -> None:
        """Words that stand for the tag: another one, or one that is to stand for it no longer."""
        muted = self._desk.theme.colour("muted")
        menu = self.addMenu(icons.icon("equal", muted), label)
        menu.setAccessibleName(label)
        menu.addAction(icons.icon("plus", muted), tr("Add a word …")).triggered.connect(self._ask_alias)
        if self._tag.aliases:
            menu.addSeparator()
        for alias in self._tag.aliases:
            said = tr("Remove “{word}”").format(word=alias).replace("&", "&&")
            menu.addAction(icons.icon("x", muted), said).triggered.connect(partial(self._drop_alias, alias))

    def _ask_alias(self) -> None:
        name = self._tag.name
        label = tr("Typing this word, or searching for it, means {name} from now on.").format(name=name)
        title = tr("Another word for {name}").format(name=name)
        self._desk.ask_line(Line(title, label, "", tr("Add"), self._add_alias))

    def _add_alias(self, alias: str) -> None:
        self._start("", "add an alias", tags.add_alias, self._tag.name, alias)

    def _drop_alias(self, alias: str, _is_checked: bool = False) -> None:
        self._start("", "remove an alias", tags.remove_alias, alias)

    def _ask_name(self) -> None:
        name = self._tag.name
        label = tr("Its new name. A slash makes a path: work/sql.")
        self._desk.ask_line(
            Line(tr("Rename {name}").format(name=name), label, name, tr("Rename"), self._rename)
        )

    def _ask_parent(self) -> None:
        label = tr("The tag it stands under from now on. Nothing: it stands at the top.")
        above = self._tag.name.rpartition("/")[0]
        title = tr("Move {name}").format(name=self._tag.name)
        self._desk.ask_line(
            Line(title, label, above, trc("a tag", "Move"), self._move, self._others, is_empty_allowed=True)
        )

    def _ask_target(self) -> None:
        label = tr(
            "All its pages, highlights and notes bear this tag instead; the old name still finds them."
        )
        title = tr("Merge {name} into").format(name=self._tag.name)
        self._desk.ask_line(Line(title, label, "", tr("Merge"), self._merge, self._others))

    def _rename(self, to: str) -> None:
        self._start(to, "rename a tag", tags.rename, self._tag.name, to)

    def _move(self, under: str) -> None:
        last = self._tag.name.rpartition("/")[2]
        self._start(f"{under}/{last}" if under else last, "move a tag", tags.move, self._tag.name, under)

    def _merge(self, into: str) -> None:
        self._start(into, "merge tags", tags.merge, (self._tag.name,), into)

    def _paint(self, colour: Colour | None, _is_checked: bool = False) -> None:
        self._start("", "colour a tag", tags.set_colour, self._tag.name, colour)

    def _export(self) -> None:
        acts = exporting.of(self._desk)
        if acts is not None:
            acts.ask(f"tag:{self._tag.name}")

    def _delete(self) -> None:
        self._start("", "delete a tag", tags.delete, self._tag.name)

    def _start(self, following: str, label: str, command: Callable[..., Changes], *args: object) -> None:
        self._desk.tasks.start(_do(self._desk, self._name_shown(following), label, command, args))

    def _name_shown(self, following: str) -> str:
        """The view that takes the place of the one that is shown, if that is this tag's."""
        return f"tag:{following}" if following and self._shown == f"tag:{self._tag.name}" else ""


async def _do(
    desk: Desk, view: str, label: str, command: Callable[..., Changes], args: tuple[object, ...]
) -> None:
    changes = await desk.tasks.run(label, command, *args)
    if changes and view:
        desk.ask_view(view)


def ask_search(desk: Desk) -> None:
    """Ask what a new saved search searches for, then what it is called."""

    def keep(query: str, name: str) -> None:
        desk.tasks.run("keep a search", searches.keep, name, query)

    def name_it(query: str) -> None:
        label = tr("It searches for: {query}").format(query=query)
        desk.ask_line(Line(tr("Keep this search"), label, query, tr("Keep"), partial(keep, query)))

    label = tr("What it searches for, such as tag:pay is:unread")
    desk.ask_line(Line(tr("New saved search"), label, "", tr("Go on"), name_it))


class SearchMenu(QMenu):
    """Rename a saved search, change its question, remove it."""

    def __init__(self, desk: Desk, search: SavedSearch, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._search = desk, search
        self.setAccessibleName(tr("Saved search {name}").format(name=search.name))
        muted, danger = desk.theme.colour("muted"), desk.theme.colour("danger")
        self.addAction(icons.icon("pencil", muted), tr("Rename …")).triggered.connect(self._ask_name)
        question = self.addAction(icons.icon("search", muted), tr("Change the question …"))
        question.triggered.connect(self._ask_query)
        self.addAction(icons.icon("trash-2", danger), tr("Remove")).triggered.connect(self._remove)

    def _ask_name(self) -> None:
        search = self._search
        label = tr("It searches for: {query}").format(query=search.query)
        line = Line(tr("Rename the search"), label, search.name, tr("Rename"), self._rename)
        self._desk.ask_line(line)

    def _rename(self, name: str) -> None:
        self._desk.tasks.run("rename a search", searches.rename, self._search.id, name)

    def _ask_query(self) -> None:
        label = tr("What “{name}” searches for").format(name=self._search.name)
        line = Line(tr("Change the question"), label, self._search.query, tr("Change"), self._set_query)
        self._desk.ask_line(line)

    def _set_query(self, query: str) -> None:
        self._desk.tasks.run("change a search", searches.set_query, self._search.id, query)

    def _remove(self) -> None:
        self._desk.tasks.run("remove a search", searches.remove, (self._search.id,))
