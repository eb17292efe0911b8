"""A note while it is written: kept by itself a moment after the last key, one undo for one sitting.

Surprising: a note that nobody has written anything into is not in the library. It is made by its first save,
so "New note" followed by a change of mind leaves nothing behind.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.library import notes
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.ui.desk import Desk

ORIGIN = "note"
WAIT_MS = 800
"""After the last key."""


@dataclass
class Draft:
    """What is written, and what of it has been kept."""

    id: int = 0
    """0 until its first save."""
    title: str = ""
    body: str = ""
    saved: tuple[str, str] = ("", "")
    sitting: str = field(default_factory=lambda: uuid.uuid4().hex)
    is_saving: bool = False
    is_dropped: bool = False
    """Deleted, or taken back: not to be saved again."""

    @property
    def is_dirty(self) -> bool:
        """Whether there is something to keep."""
        is_new = (self.title.strip(), self.body) != self.saved
        return is_new and not self.is_dropped and bool(self.id or self.title.strip() or self.body.strip())


def keep(writer: Writer, draft: Draft, title: str, body: str) -> Changes:
    """Save or make a note without a word: what is kept every few seconds is no news.

    The draft learns its id here, on the command thread: a window that closes meanwhile must not make a second
    note of it.
    """
    if draft.id:
        changes = notes.save(writer, draft.id, title, body, origin=ORIGIN, sitting=draft.sitting)
    else:
        changes = notes.make(writer, title, body, origin=ORIGIN, sitting=draft.sitting)
        draft.id = changes.made
    draft.saved = (title, body)
    return replace(changes, label="")


class Saving(QObject):
    """Keeps one draft at a time; an older one is kept to its end."""

    made = Signal(int)
    """The draft is a note of this id now."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.draft = Draft()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.save)
        desk.tasks.at_end(self._save_last)
        desk.tasks.draining.connect(self.save)

    def begin(self, note_id: int, title: str, body: str, *, is_kept: bool = True) -> Draft:
        """Another note, a new sitting; what was written into the one before is kept."""
        self.save()
        self.draft = Draft(note_id, title, body, (title, body) if is_kept else ("", ""))
        return self.draft

    def sit_down(self) -> None:
        """A new sitting at the same note."""
        if self.draft.id and not self.draft.is_dirty:
            self.draft.sitting = uuid.uuid4().hex

    def write(self, title: str, body: str) -> None:
        """This is what stands there now."""
        self.draft.title, self.draft.body = title, body
        if self.draft.is_dirty:
            self._timer.start()

    def drop(self) -> None:
        """What is written here is not to be kept any more."""
        self._timer.stop()
        self.draft.is_dropped = True

    def save(self, then: Callable[[int], None] | None = None) -> None:
        """Keep it now; ``then`` gets the note's id, 0 when there is no note."""
        self._timer.stop()
        self._desk.tasks.start(self._save(self.draft, then))

    async def _save(self, draft: Draft, then: Callable[[int], None] | None) -> None:
        if not draft.is_saving:
            draft.is_saving = True
            try:
                while draft.is_dirty and await self._once(draft):
                    pass
            finally:
                draft.is_saving = False
        if then is not None:
            then(draft.id)

    async def _once(self, draft: Draft) -> bool:
        was_new = not draft.id
        said = (draft.title.strip(), draft.body)
        changes = await self._desk.tasks.run("keep a note", keep, draft, *said)
        if changes is not None and was_new and draft is self.draft:
            self.made.emit(draft.id)
        return changes is not None

    def _save_last(self) -> None:
        """The window has closed: what the last key wrote is kept before the library is closed."""
        draft, library = self.draft, self._desk.library
        if draft.is_dirty and library is not None and library.writer is not None:
            keep(library.writer, draft, draft.title.strip(), draft.body)
