"""The person's notes: the list at the left, one of them at the right, to be read and written.

Surprising: in a narrow window list and note share the room, and Escape goes back to the list.
"""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.learning.values import EvidenceKind, Thing
from desktop.library import basket, notes
from desktop.library.sense_values import NoteRow
from desktop.store.changes import Noun
from desktop.ui.desk import Desk
from desktop.ui.notes.editor import WRITE, NoteEditor
from desktop.ui.parts.buttons import Button
from desktop.ui.reading import Reading
from desktop.ui.rows.items import ItemList, ItemModel
from desktop.ui.rows.notes import NoteDelegate, spoken, title_of
from desktop.ui.rows.page import Line, ListPage
from desktop.ui.tags.bearers import OfNote
from desktop.ui.tags.editor import ask_goals, ask_tags
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

SHOWN = frozenset({Noun.NOTE, Noun.TAG, Noun.ANNOTATION, Noun.SOURCE})
ACTS = {"trash": "delete", "tag": "tags", "goal": "goals", "basket": "basket"}
KEYS = {"N": "new", "P": "private"}
NARROW = 640
LIST_SHARE = 0.373
"""Of the width, as beside the reader."""


class NotesView(ListPage[NoteRow]):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._wanted = 0
        self._is_reading = False
        values = ItemModel(attrgetter("id"), title_of, spoken)
        rows = ItemList(desk, tr("Notes"), values, NoteDelegate(desk.theme), ACTS, KEYS)
        self.new = Button(desk.theme, tr("New note"), icon="plus", kind="icon")
        super().__init__(desk, tr("Notes"), rows, SHOWN, (self.new,), parent)
        rows.on_current(self._on_current)
        self.new.clicked.connect(self.begin)
        self.editor.made.connect(self._on_made)
        self.editor.left.connect(self.go_back)
        self.editor.deleted.connect(self._on_deleted)

    def build(self) -> None:
        self.editor = NoteEditor(self.desk, self)
        self.left = QWidget(self)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 1, 0)
        left.setSpacing(0)
        left.addWidget(self.head)
        left.addWidget(self.list, 1)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self.editor, 1)
        self.stack.addWidget(both)
        self.stack.addWidget(self.empty)
        self.bare = self._bare_head()
        self.column.addWidget(self.bare)
        self.column.addWidget(self.stack, 1)

    def _bare_head(self) -> QWidget:
        """The page's name alone, above what is said while there is no note."""
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Notes"), head)
        title.setFont(self.desk.theme.font("bar"))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 1)
        row.addWidget(title)
        head.hide()
        return head

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    async def fill(self, reading: Reading) -> None:
        rows = await reading.ask(notes.all_of)
        if rows is None:
            return
        self.list.show_items(rows, is_choosing=False)
        self.say(len(rows))
        if self._is_drafting:
            self.show_list()
        self.bare.setVisible(not rows and not self._is_drafting)
        self._select()

    def none_yet(self) -> Emptiness:
        return none_yet()

    @property
    def _is_drafting(self) -> bool:
        """Whether a new note is written that is not in the list yet."""
        return self._is_reading and not self.editor.note_id

    def _select(self) -> None:
        """The wanted note, the shown one, or the first."""
        wanted = self._wanted or self.editor.note_id
        items = self.list.values.items
        place = self.list.values.place_of(wanted)
        if self._is_drafting and not self._wanted:
            return
        if place < 0 and items:
            place = min(max(0, self.list.currentIndex().row()), len(items) - 1)
        if place < 0:
            return
        is_asked = bool(self._wanted) and items[place].id == self._wanted
        self._wanted = 0
        self.list.choose(place, is_keeping=True)
        self._show(items[place].id, is_asked=is_asked)

    def _show(self, note_id: int, *, is_asked: bool = False) -> None:
        if note_id != self.editor.note_id:
            self.desk.tasks.start(self._fill(note_id, is_asked))
        elif is_asked:
            self.open()

    async def _fill(self, note_id: int, is_asked: bool) -> None:
        note = await self.desk.tasks.read(notes.read, note_id)
        current = self.list.current
        if note is not None and (is_asked or current is None or current.id == note_id):
            self.editor.fill(note)
            if is_asked:
                self.open()

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """``new``, ``about:<source id>``, ``write`` (the shown one) or a note's id."""
        kind, _, rest = name.partition(":")
        if kind == "new":
            self.begin()
        elif kind == "about" and rest.isdigit():
            self.desk.tasks.start(self._begin_about(int(rest)))
        elif kind == "write":
            self.open()
            self.editor.show_mode(WRITE)
        elif name.isdigit():
            self._wanted = int(name)
            self.refresh()

    def begin(self, body: str = "") -> None:
        """A new note; it is kept once something stands in it."""
        self.list.selectionModel().clear()
        self.editor.fill(None, body if isinstance(body, str) else "")
        self.stack.setCurrentIndex(0)
        self.open()

    async def _begin_about(self, source_id: int) -> None:
        cited = await self.desk.tasks.read(notes.citation, source_id)
        if cited is not None:
            self.begin(f"\n\n{cited}\n" if cited else "")
            self.editor.body.moveCursor(self.editor.body.textCursor().MoveOperation.Start)

    def open(self) -> None:
        """Go into the note."""
        self._is_reading = True
        self._arrange()
        self.editor.focus()

    def go_back(self) -> None:
        """Back to the list."""
        self._is_reading = False
        self.editor.saving.save()
        self._arrange()
        if not self.editor.saving.draft.is_dirty and not self.editor.note_id:
            self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, name: str) -> None:
        if name == "new":
            self.begin()
            return
        rows = self.list.selected()
        ids = tuple(row.id for row in rows)
        if not ids or not self.desk.can_write:
            return
        if name == "delete":
            self._delete(ids)
        elif name == "tags":
            ask_tags(self.desk, OfNote(ids[0]))
        elif name == "goals":
            ask_goals(self.desk, [Thing(EvidenceKind.NOTE, one) for one in ids])
        elif name == "basket":
            self.desk.tasks.run("basket", basket.put, (), (), ids)
        elif name == "private":
            self.desk.tasks.run("private note", notes.set_private, ids[0], not rows[0].is_private)

    def _delete(self, ids: tuple[int, ...]) -> None:
        if self.editor.note_id in ids:
            self.editor.saving.save()
            self.editor.saving.drop()
        self.desk.tasks.run("delete notes", notes.delete, ids)

    def lines(self) -> Sequence[Line]:
        rows = self.list.selected()
        is_private = bool(rows and rows[0].is_private)
        return (
            ("new", tr("New note"), "plus", "N"),
            ("tags", tr("Tags …"), "hash", "#"),
            ("goals", tr("Evidence for a goal …"), "target", "G"),
            ("private", tr("Let it be shared") if is_private else tr("Keep it private"), "lock", "P"),
            ("basket", tr("Put into the basket"), "shopping-basket", "S"),
            ("delete", tr("Delete"), "trash-2", "X"),
        )

    def open_item(self, item: NoteRow) -> None:
        self._show(item.id, is_asked=True)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_current(self) -> None:
        if self.list.current is not None:
            self._show(self.list.current.id)

    def _on_made(self, _note_id: int) -> None:
        self.refresh()

    def _on_deleted(self, _note_id: int) -> None:
        self.editor.fill(None)
        self._is_reading = False
        self._arrange()
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_menu_asked(self, at: QPoint) -> None:
        menu = self.menu()  # also where no note is: a new one can be begun
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _arrange(self) -> None:
        is_narrow = self.width() < NARROW
        self.left.setVisible(not is_narrow or not self._is_reading)
        self.editor.setVisible(not is_narrow or self._is_reading)
        self.editor.back.setVisible(is_narrow)
        if is_narrow:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
        else:
            wanted = min(Lengths.LIST, round(self.width() * LIST_SHARE))
            self.left.setFixedWidth(max(Lengths.LIST_MIN, wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.editor.saving.sit_down()
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.stack.currentIndex() == 0 and self.left.isVisible():
            line = self.desk.theme.colour("line")
            QPainter(self).fillRect(self.left.width() - 1, 0, 1, self.height(), line)


def none_yet() -> Emptiness:
    """What is said while there is no note."""
    return Emptiness(
        "notebook-pen",
        tr("No notes yet"),
        tr(
            "A note is a page of your own. It joins what you marked on several pages, and each quotation "
            "leads back."
        ),
        (tr("New note"), "note:new", "plus"),
        (tr("Open Highlights"), "highlights", "highlighter"),
        tr("In Highlights, choose a few and press {quote}"),
    )


def make(desk: Desk) -> NotesView:
    """The page."""
    return NotesView(desk)
