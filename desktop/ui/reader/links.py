"""The drawer of a page's ties: the pages it leads to, those that lead to it, and the notes that speak of it.

Surprising: it reads when a page is shown, off the GUI thread, so that the foot can say how many there are.
"""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.library import links, notes
from desktop.library.sense_values import Link, NoteRow, Reason
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui.actions import Act, Where
from desktop.ui.desk import Desk
from desktop.ui.link_dialog import REASONS, LinkDialog
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import tall
from desktop.ui.parts.overlay import Overlay
from desktop.ui.reader import learning as page_learning
from desktop.ui.reader.drawer import Drawer
from desktop.ui.reader.learning import Learned
from desktop.ui.reader.page import ShowsPage
from desktop.ui.reader.ties import TieRow
from desktop.ui.rows.notes import title_of
from desktop.ui.tags.chips import Flow
from desktop.ui.theme import Theme

NAME = "ties"
_SHOWN = {Noun.LINK, Noun.NOTE, Noun.SOURCE, Noun.ACTIVITY, Noun.TRY, Noun.ANNOTATION}
BACK = {
    Reason.SUPPORTS: mark("is supported by"),
    Reason.CONTRADICTS: mark("is contradicted by"),
    Reason.EXAMPLE: mark("has the example"),
    Reason.SEE: mark("is named by"),
}


class Ties(QObject):
    """Fills the foot and, when it is open, the drawer."""

    def __init__(self, view: ShowsPage, drawer: Drawer, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._drawer = view, drawer
        self._desk: Desk = view.desk
        self._source_id = 0
        self.links: list[Link] = []
        self.notes: list[NoteRow] = []
        self.learned = Learned()
        view.foot.ties.clicked.connect(self.toggle)
        self._desk.changed.connect(self._on_changed)
        label = tr("Links and notes of this page")
        needs = tr("No page is shown")
        self._desk.actions.add(
            Act(
                NAME,
                label,
                self.toggle,
                ("B",),
                "waypoints",
                mark("Reading"),
                Where.READER,
                self._has_page,
                needs,
            )
        )

    def _has_page(self) -> bool:
        return bool(self._source_id)

    def show(self, source_id: int) -> None:
        """Another page is shown, 0 for none."""
        if source_id == self._source_id:
            return
        self._source_id = source_id
        self.links, self.notes, self.learned = [], [], Learned()
        self._say()
        if source_id:
            self._desk.tasks.start(self._load(source_id))

    async def _load(self, source_id: int) -> None:
        found = await self._desk.tasks.read(_read, source_id)
        if found is None or source_id != self._source_id:
            return
        self.links, self.notes, self.learned = found
        self._say()

    def _say(self) -> None:
        parts = [said(len(self.links), len(self.notes)), page_learning.said(self.learned)]
        self._view.foot.show_ties(", ".join(part for part in parts if part))
        if self._drawer.name == NAME:
            self._fill()

    def toggle(self) -> None:
        """Open the drawer, or close it."""
        if self._drawer.name == NAME:
            self._drawer.close_drawer()
        elif self._source_id:
            self._fill()

    def _fill(self) -> None:
        theme = self._desk.theme
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for link in self.links:
            column.addWidget(self._link_row(theme, link))
        for note in self.notes:
            row = TieRow(theme, tr("my note"), title_of(note), "notebook-pen")
            row.title.clicked.connect(partial(self._desk.ask_view, f"note:{note.id}"))
            column.addWidget(row)
        for line in page_learning.rows(self._desk, self.learned):
            column.addWidget(line)
        column.addWidget(self._acts(theme))
        column.addStretch(1)
        has_any = self.links or self.notes or self.learned
        hint = "" if has_any else tr("Nothing is tied to this page yet.")
        title = tr("Links, notes and learning") if self.learned else tr("Links and notes")
        self._drawer.show_content(NAME, title, hint, content)

    def _link_row(self, theme: Theme, link: Link) -> TieRow:
        how = tr((BACK if link.is_back else REASONS)[link.reason])
        icon = "corner-down-left" if link.is_back else "arrow-right"
        row = TieRow(theme, how, link.title or link.url, icon, link.sentence)
        row.title.clicked.connect(partial(self._desk.ask_source, link.other_id))
        if self._desk.can_write:
            edit = row.add(theme, tr("Change the link to {title}").format(title=link.title), "pencil")
            remove = row.add(theme, tr("Remove the link to {title}").format(title=link.title), "x")
            edit.clicked.connect(partial(self._edit, link))
            remove.clicked.connect(partial(self._remove, link.id))
        return row

    def _acts(self, theme: Theme) -> QWidget:
        row = QWidget()
        row.setSizePolicy(tall())
        flow = Flow(row, 400)
        flow.setContentsMargins(0, 4, 0, 4)  # the ring of the focus stands outside a button
        if self._desk.can_write:
            link = Button(theme, tr("Link to another page …"), icon="link", is_small=True)
            note = Button(theme, tr("New note about this page"), icon="notebook-pen", is_small=True)
            link.clicked.connect(self._new_link)
            note.clicked.connect(self._new_note)
            flow.addWidget(link)
            flow.addWidget(note)
        return row

    def _new_link(self) -> None:
        self._open(None)

    def _edit(self, link: Link) -> None:
        self._open(link)

    def _open(self, link: Link | None) -> None:
        source_id = self._source_id

        def make(window: QWidget) -> Overlay:
            return LinkDialog(self._desk, source_id, window, link)

        self._desk.ask_overlay(make)

    def _remove(self, link_id: int) -> None:
        self._desk.tasks.run("remove a link", links.unlink, link_id)

    def _new_note(self) -> None:
        self._desk.ask_view(f"note:about:{self._source_id}")

    def _on_changed(self, changes: Changes) -> None:
        if self._source_id and changes.nouns & _SHOWN:
            self._desk.tasks.start(self._load(self._source_id))


def said(number_of_links: int, number_of_notes: int) -> str:
    """The words in the foot: ``2 links, 1 note``; empty for none."""
    number = writing.number
    parts = []
    if number_of_links:
        parts.append(trn("{n} link", "{n} links", number_of_links).format(n=number(number_of_links)))
    if number_of_notes:
        parts.append(trn("{n} note", "{n} notes", number_of_notes).format(n=number(number_of_notes)))
    return ", ".join(parts)


def _read(reader: Reader, source_id: int) -> tuple[list[Link], list[NoteRow], Learned]:
    learned = page_learning.read(reader, source_id)
    return links.of(reader, source_id), notes.of_source(reader, source_id), learned
