"""The person's notes: the list at the left, one of them at the right, to be read and written.

Surprising: in a narrow window list and note share the room, and Escape goes back to the list.
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr, writing
from desktop.learning.values import EvidenceKind, Thing
from desktop.library import basket, notes
from desktop.library.sense_values import NoteRow
from desktop.store.changes import Changes, Noun
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.notes.editor import WRITE, NoteEditor
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import number_beside
from desktop.ui.rows.keyed import KeyedList
from desktop.ui.rows.notes import HEIGHT, NOTE_ROLE, NoteDelegate, NotesModel
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


class NotesView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = 0
        self._is_stale = True
        self._is_loading = False
        self._is_reading = False
        self.setAccessibleName(tr("Notes"))
        self.model = NotesModel(self)
        self.list = KeyedList(desk, ACTS, KEYS, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(NoteDelegate(desk.theme, self))
        self.list.setAccessibleName(tr("Notes"))
        self.list.arrange(HEIGHT, ())
        self.editor = NoteEditor(desk, self)
        self.empty = EmptyState(desk, self)
        self.left = QWidget(self)
        self.stack = QStackedWidget(self)
        self._build()
        self.setFocusProxy(self.list)
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.list, 1)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self.editor, 1)
        self.stack.addWidget(both)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.bare = self._bare_head()
        layout.addWidget(self.bare)
        layout.addWidget(self.stack, 1)

    def _bare_head(self) -> QWidget:
        """The page's name alone, above what is said while there is no note."""
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Notes"), head)
        title.setFont(self._desk.theme.font("bar"))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 1)
        row.addWidget(title)
        head.hide()
        return head

    def _head(self) -> QWidget:
        theme = self._desk.theme
        head = QWidget(self)
        head.setFixedHeight(Lengths.BAR)
        title = QLabel(tr("Notes"), head)
        title.setFont(theme.font("bar"))
        self.number = number_beside(theme, head)
        self.new = Button(theme, tr("New note"), icon="plus", kind="icon", parent=head)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.number)
        row.addStretch()
        row.addWidget(self.new)
        return head

    def _connect(self) -> None:
        self.list.opened.connect(self._on_opened)
        self.list.keyed.connect(self.act)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.customContextMenuRequested.connect(self._on_menu_asked)
        self.new.clicked.connect(self.begin)
        self.editor.made.connect(self._on_made)
        self.editor.left.connect(self.go_back)
        self.editor.deleted.connect(self._on_deleted)
        self._desk.changed.connect(self._on_changed)
        self._desk.theme.changed.connect(self.update)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self._is_stale = True
        if self.isVisible() and not self._is_loading and self._desk.reader is not None:
            self._desk.tasks.start(self._reload())

    async def _reload(self) -> None:
        self._is_loading = True
        try:
            while self._is_stale:
                self._is_stale = False
                rows = await self._desk.tasks.read(notes.all_of)
                if rows is not None and not self._is_stale:
                    self._apply(rows)
        finally:
            self._is_loading = False

    def _apply(self, rows: list[NoteRow]) -> None:
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        chosen = {row.id for row in self.selected()}
        self.model.show(rows)
        for at, row in enumerate(self.model.rows):
            if row.id in chosen:
                selection.select(self.model.index(at), QItemSelectionModel.SelectionFlag.Select)
        selection.blockSignals(False)
        self.list.updateGeometries()
        self.number.setText(writing.number(len(rows)) if rows else "")
        is_empty = not rows and not self._is_drafting
        if is_empty:
            self.empty.say(none_yet())
        self.stack.setCurrentIndex(1 if is_empty else 0)
        self.bare.setVisible(is_empty)
        self.setFocusProxy(self.empty if is_empty else self.list)  # a hidden one would hold Tab fast
        self._select()
        self.list.viewport().update()

    @property
    def _is_drafting(self) -> bool:
        """Whether a new note is written that is not in the list yet."""
        return self._is_reading and not self.editor.note_id

    def _select(self) -> None:
        """The wanted note, the shown one, or the first."""
        wanted = self._wanted or self.editor.note_id
        place = self.model.position_of(wanted)
        if self._is_drafting and not self._wanted:
            return
        if place < 0 and self.model.rows:
            place = min(max(0, self.list.currentIndex().row()), len(self.model.rows) - 1)
        if place < 0:
            return
        is_asked = self._wanted and self.model.rows[place].id == self._wanted
        self._wanted = 0
        flags = QItemSelectionModel.SelectionFlag
        is_kept = self.list.selectionModel().isSelected(self.model.index(place))
        self.list.selectionModel().setCurrentIndex(
            self.model.index(place), flags.NoUpdate if is_kept else flags.ClearAndSelect
        )
        self._show(self.model.rows[place].id, is_asked=bool(is_asked))

    def _show(self, note_id: int, *, is_asked: bool = False) -> None:
        if note_id != self.editor.note_id:
            self._desk.tasks.start(self._fill(note_id, is_asked))
        elif is_asked:
            self.open()

    async def _fill(self, note_id: int, is_asked: bool) -> None:
        note = await self._desk.tasks.read(notes.read, note_id)
        current = self.model.data(self.list.currentIndex(), NOTE_ROLE)
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
            self._desk.tasks.start(self._begin_about(int(rest)))
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
        cited = await self._desk.tasks.read(notes.citation, source_id)
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

    def selected(self) -> list[NoteRow]:
        """The selected notes, in list order."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.rows[place] for place in places if place < len(self.model.rows)]

    def act(self, name: str) -> None:
        """What a key or the menu asks for, one of those that `ACTS` and `KEYS` name."""
        if name == "new":
            self.begin()
            return
        rows = self.selected()
        ids = tuple(row.id for row in rows)
        if not ids or not self._desk.can_write:
            return
        if name == "delete":
            self._delete(ids)
        elif name == "tags":
            ask_tags(self._desk, OfNote(ids[0]))
        elif name == "goals":
            ask_goals(self._desk, [Thing(EvidenceKind.NOTE, one) for one in ids])
        elif name == "basket":
            self._desk.tasks.run("basket", basket.put, (), (), ids)
        elif name == "private":
            self._desk.tasks.run("private note", notes.set_private, ids[0], not rows[0].is_private)

    def _delete(self, ids: tuple[int, ...]) -> None:
        if self.editor.note_id in ids:
            self.editor.saving.save()
            self.editor.saving.drop()
        self._desk.tasks.run("delete notes", notes.delete, ids)

    def menu(self) -> QMenu:
        """What can be done with the selected notes."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Notes"))
        rows = self.selected()
        is_private = bool(rows and rows[0].is_private)
        lines = (
            ("new", tr("New note"), "plus", "N"),
            ("tags", tr("Tags …"), "hash", "#"),
            ("goals", tr("Evidence for a goal …"), "target", "G"),
            ("private", tr("Let it be shared") if is_private else tr("Keep it private"), "lock", "P"),
            ("basket", tr("Put into the basket"), "shopping-basket", "S"),
            ("delete", tr("Delete"), "trash-2", "X"),
        )
        for name, label, icon, key in lines:
            ink = self._desk.theme.colour("danger" if name == "delete" else "muted")
            action = menu.addAction(icons.icon(icon, ink), f"{label}\t{key}")
            action.setData(name)
        menu.triggered.connect(lambda action: self.act(str(action.data())))
        return menu

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_opened(self, index: QModelIndex) -> None:
        row: NoteRow | None = self.model.data(index, NOTE_ROLE)
        if row is not None:
            self._show(row.id, is_asked=True)

    def _on_current_changed(self, current: QModelIndex) -> None:
        row: NoteRow | None = self.model.data(current, NOTE_ROLE)
        if row is not None:
            self._show(row.id)

    def _on_made(self, _note_id: int) -> None:
        self.refresh()

    def _on_deleted(self, _note_id: int) -> None:
        self.editor.fill(None)
        self._is_reading = False
        self._arrange()
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & SHOWN:
            self.refresh()

    def _on_menu_asked(self, at: QPoint) -> None:
        menu = self.menu()
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
        if self._is_stale:
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.setFocus(event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        line = self._desk.theme.colour("line")
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, line)
        if self.stack.currentIndex() == 0 and self.left.isVisible():
            painter.fillRect(self.left.width() - 1, 0, 1, self.height(), line)


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
