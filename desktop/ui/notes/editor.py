"""One note: written as Markdown, read as a page whose quotations lead to where they are from.

Surprising: it has no "save". What is written is kept by itself, and one sitting is one undo.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.library import notes
from desktop.library.note_markdown import quotation
from desktop.library.sense_values import Highlight, Note, Quotation
from desktop.settings import Choice
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.text.showing import visible
from desktop.ui import open_url
from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.article.html import Emitted
from desktop.ui.article.look import look_of
from desktop.ui.desk import Desk
from desktop.ui.notes.html import note_html
from desktop.ui.notes.quote_picker import QuotePicker
from desktop.ui.notes.saving import ORIGIN, Saving
from desktop.ui.notes.writing import BodyField, TitleField
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import Flow, PillButton
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.pills import Pill
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import Words
from desktop.ui.tags.bearers import OfNote
from desktop.ui.tags.editor import ask_tags
from desktop.ui.theme import Lengths

WRITE, READ = "write", "read"
MEASURE, SIDE = 640, 32


@dataclass(frozen=True, slots=True)
class Read:
    """A text and what its ties lead to."""

    body: str
    quotations: list[Quotation]


class NoteEditor(QWidget):
    """``made`` says that a new note has been kept; ``left`` that Escape asks for the list."""

    made = Signal(int)
    left = Signal()
    deleted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._note: Note | None = None
        self._is_filling = False
        self.setAccessibleName(tr("Note"))
        theme = desk.theme
        self.saving = Saving(desk, self)
        self.body = BodyField(theme, self)
        self.title = TitleField(theme, self.body, self)
        self.tags = Flow(self)
        self.browser = ArticleBrowser(_no_picture)
        self.browser.setAccessibleName(tr("Note as it is read"))
        OverlayBar(theme, self.browser)
        modes = (Choice(WRITE, tr("Write")), Choice(READ, tr("Read")))
        self.mode = Segments(theme, tr("Show the note"), modes, WRITE, parent=self)
        self.about = Words(theme, "caption", 18, "muted")
        self.about.setWordWrap(False)
        self.back = self._button(tr("Back to the notes"), "arrow-left", self.left.emit)
        self.quote = self._button(tr("Insert a quotation"), "quote", self.pick)
        self.tag = self._button(tr("Tags of this note"), "hash", self.edit_tags)
        self.lock = self._button(tr("Keep this note private"), "lock-open", self.toggle_private)
        self.lock.setCheckable(True)
        self.delete = self._button(tr("Delete the note"), "trash-2", self.remove)
        self._build()
        self._connect()
        self.fill(None)

    def _button(self, label: str, icon: str, run: object) -> Button:
        button = Button(self._desk.theme, label, icon=icon, kind="icon", parent=self)
        button.clicked.connect(lambda: run())  # type: ignore[operator]
        return button

    def _build(self) -> None:
        self._bar = QWidget(self)
        self._bar.setFixedHeight(Lengths.BAR)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(16, 0, 14, 1)
        row.setSpacing(2)
        row.addWidget(self.back)
        row.addWidget(self.about)
        row.addStretch(1)
        row.addWidget(self.mode)
        row.addSpacing(8)
        for button in (self.quote, self.tag, self.lock, self.delete):
            row.addWidget(button)
        page = QWidget(self)
        holder = QWidget(page)
        holder.setMaximumWidth(MEASURE)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setContentsMargins(4, 0, 0, 0)
        line.addWidget(self.tags)
        column.addWidget(self.title)
        column.addLayout(line)
        column.addWidget(self.body, 1)
        around = QHBoxLayout(page)
        around.setContentsMargins(SIDE, 0, SIDE, 16)
        around.addStretch(1)
        around.addWidget(holder, 1000)
        around.addStretch(1)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(page)
        self.stack.addWidget(self.browser)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._on_written)
        self.body.textChanged.connect(self._on_written)
        self.mode.picked.connect(self._on_mode_picked)
        self.browser.link_followed.connect(self.follow)
        self.saving.made.connect(self._on_made)
        self._desk.changed.connect(self._on_changed)
        self._desk.theme.changed.connect(self._on_theme_changed)
        for widget in (self.title, self.body, self.browser):
            widget.installEventFilter(self)

    # ── what is shown ───────────────────────────────────────────────────────────────────────────────────

    @property
    def note_id(self) -> int:
        """The note that is shown; 0 for one that has not been kept yet."""
        return self.saving.draft.id

    @property
    def is_reading(self) -> bool:
        """Whether it is shown as a page."""
        return self.stack.currentWidget() is self.browser

    def fill(self, note: Note | None, body: str = "") -> None:
        """Show a note, or a new one that begins with ``body``."""
        title, text = (note.title, note.body) if note else ("", body)
        self.saving.begin(note.id if note else 0, title, text, is_kept=note is not None)
        self._show(note, title, text)
        self.show_mode(READ if note is not None and text.strip() else WRITE)
        self.body.moveCursor(self.body.textCursor().MoveOperation.End)

    def _show(self, note: Note | None, title: str, text: str) -> None:
        self._note = note
        self._is_filling = True
        if self.title.text() != title:
            self.title.setText(title)
        if self.body.toPlainText() != text:
            self.body.setPlainText(text)
        self._is_filling = False
        self._tell()

    def _tell(self) -> None:
        """What the bar says, and the tags below the title."""
        note = self._note
        is_private = bool(note and note.is_private)
        self.lock.setChecked(is_private)
        self.lock.set_icon("lock" if is_private else "lock-open")
        self.lock.set_label(tr("Let this note be shared") if is_private else tr("Keep this note private"))
        pages = len({one.source_id for one in note.quotations if one.source_id}) if note else 0
        said = trn("Joins {n} page", "Joins {n} pages", pages).format(n=writing.number(pages))
        self.about.say(said if pages else tr("My own words"))
        self.tags.show_widgets([self._pill(name) for name in (note.tags if note else ())])
        self.tags.setVisible(bool(note and note.tags))
        for button in (self.quote, self.tag, self.lock, self.delete):
            button.setEnabled(self._desk.can_write)
        self.title.setReadOnly(not self._desk.can_write)
        self.body.setReadOnly(not self._desk.can_write)

    def _pill(self, name: str) -> PillButton:
        pill = PillButton(self._desk.theme, Pill(name), f"tag:{name}")
        pill.clicked.connect(partial(self._desk.ask_view, pill.view))
        return pill

    def show_mode(self, mode: str) -> None:
        """Write or read; the focus follows when it was here."""
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.mode.choose(mode)
        self.stack.setCurrentIndex(1 if mode == READ else 0)
        self.title.setEnabled(mode == WRITE)
        if mode == READ:
            self._desk.tasks.start(self._set())
        if had_focus:
            self.focus()

    def focus(self) -> None:
        """Where one goes on: the page, the text, or the title of a new note."""
        wanted: QWidget = self.browser if self.is_reading else self.body
        if not self.is_reading and not self.title.text() and not self.body.toPlainText():
            wanted = self.title
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_mode(self) -> None:
        """The other one."""
        self.show_mode(WRITE if self.is_reading else READ)
        self.focus()

    async def _set(self) -> None:
        """Set the page anew from what is written now."""
        draft = self.saving.draft
        read = await self._desk.tasks.read(_read, draft.body)
        if read is None or draft is not self.saving.draft:
            return
        look = self.browser.fitted(look_of(self._desk.theme, self._desk.settings, is_compared=False))
        tags = self._note.tags if self._note else ()
        html = note_html(draft.body, read.quotations, look, self._bar_colour, draft.title.strip(), tags)
        self.browser.show_article("", look, (), Emitted(html, ()))

    def _bar_colour(self, colour: str) -> str:
        return self._desk.theme.css(f"mark_{colour}")

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def pick(self) -> None:
        """Choose a highlight to quote where the cursor stands."""
        self.show_mode(WRITE)
        self._desk.ask_overlay(self._picker)

    def _picker(self, window: QWidget) -> Overlay:
        picker = QuotePicker(self._desk, window)
        picker.chosen.connect(self.insert)
        return picker

    def insert(self, rows: list[Highlight]) -> None:
        """Put highlights in as quotations, one below the other."""
        for row in rows:
            self.body.put(quotation(row.quote, row.title, row.uuid, row.comment))
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_tags(self) -> None:
        """Tags of the note; a new one is kept first."""
        self.saving.save(self._edit_tags)

    def _edit_tags(self, note_id: int) -> None:
        if note_id:
            ask_tags(self._desk, OfNote(note_id))
        else:
            self._desk.say(tr("Write something first; then it can have tags."))

    def toggle_private(self) -> None:
        """Keep the note out of everything that is shared, or not."""
        self.lock.setChecked(bool(self._note and self._note.is_private))
        self.saving.save(self._toggle_private)

    def _toggle_private(self, note_id: int) -> None:
        if note_id:
            is_private = not (self._note and self._note.is_private)
            self._desk.tasks.run("private note", notes.set_private, note_id, is_private)

    def remove(self) -> None:
        """Delete the note; undo brings it back as it stands."""
        self.saving.save(self._remove)

    def _remove(self, note_id: int) -> None:
        self.saving.drop()
        if note_id:
            self._desk.tasks.run("delete a note", notes.delete, (note_id,))
        self.deleted.emit(note_id)

    def follow(self, address: str) -> None:
        """A quotation to its highlight, a page to the reader, anything else through the one door."""
        if address.startswith("kithbook:"):
            self._desk.tasks.start(self._follow(address))
        elif not open_url.open_url(address):
            self._desk.say(tr("This link was not opened: {address}").format(address=visible(address)[:80]))

    async def _follow(self, address: str) -> None:
        found = await self._desk.tasks.read(notes.leads, f"> [x]({address})")
        lead = found[0] if found else None
        if lead is None or not lead.source_id:
            self._desk.say(tr("What was quoted here is not in the library any more."))
        elif lead.annotation_id:
            self._desk.ask_mark(lead.source_id, lead.annotation_id)
        else:
            self._desk.ask_source(lead.source_id)

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def _on_written(self) -> None:
        if not self._is_filling:
            self.saving.write(self.title.text(), self.body.toPlainText())

    def _on_mode_picked(self, mode: object) -> None:
        self.show_mode(str(mode))

    def _on_made(self, note_id: int) -> None:
        self.made.emit(note_id)

    def _on_theme_changed(self) -> None:
        self.update()
        if self.is_reading:
            self._desk.tasks.start(self._set())

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & {Noun.NOTE, Noun.TAG, Noun.ANNOTATION, Noun.SOURCE} and self.note_id:
            self._desk.tasks.start(self._reload(changes.origin == ORIGIN))

    async def _reload(self, is_own: bool) -> None:
        draft = self.saving.draft
        note = await self._desk.tasks.read(notes.read, draft.id)
        if draft is not self.saving.draft:
            return
        if note is None:
            if not draft.is_saving and not draft.is_dropped:
                self.saving.drop()
                self.deleted.emit(draft.id)
            return
        if is_own or draft.is_dirty or draft.is_saving:
            self._note = note
            self._tell()
            return
        if (note.title, note.body) != draft.saved:
            self.saving.begin(note.id, note.title, note.body)
        self._show(note, note.title, note.body)
        if self.is_reading:
            await self._set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape goes to the list, Enter on the page writes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.browser and is_enter and not self.browser.textCursor().charFormat().isAnchor():
                self.toggle_mode()
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another view is shown: the sitting is over."""
        super().hideEvent(event)
        draft = self.saving.draft
        if draft.is_dirty:
            self.saving.save()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        painter.fillRect(0, Lengths.BAR - 1, self.width(), 1, self._desk.theme.colour("line"))


def _read(reader: Reader, body: str) -> Read:
    return Read(body, notes.leads(reader, body))


def _no_picture(_name: str) -> Path | None:
    return None
