"""What every view stands on: the library, the settings, the theme, the tasks and the acts, in one hand.

Views never call each other: they ask the desk (``ask_view``, ``ask_source``), say something (``say``) and
listen to its signals. ``library`` is None until it has been opened after the first paint; ``reader`` is there
before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import UserFixable
from desktop.library.opening import Library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui import own_keys
from desktop.ui.actions import Actions
from desktop.ui.parts.line_dialog import Line
from desktop.ui.searching import Searching
from desktop.ui.tasks import Tasks
from desktop.ui.theme import HIGHLIGHTS, Theme
from desktop.ui.works import Works

if TYPE_CHECKING:
    from desktop.ui.parts.overlay import Overlay


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mishap that the person can mend: shown as a row above the panes."""

    sentence: str
    """What happened, bold."""
    safe: str = ""
    """What is safe and what comes next."""
    kind: str = "bad"
    """``bad``, ``warn``, ``info`` or ``ok``."""
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()
    """One or two buttons: label and what they do."""
    key: str = ""
    """A later trouble of the same key takes the place of this one."""


class Desk(QObject):
    """One per window."""

    changed = Signal(object)
    """`Changes` of a command, of this process or (ids empty) of another one."""
    selection_changed = Signal()
    """Other sources are selected in the list: see ``selected``."""
    view_asked = Signal(str)
    """A view is wanted: inbox later archive all trash connect guide settings, ``tag:…``, ``goal:<id>``."""
    source_asked = Signal(int)
    """This source is wanted in the reader."""
    moving = Signal(object, object)
    """These sources (ids) are about to go to a `State`: a list that loses them lets them go at once."""
    words_asked = Signal(object, bool)
    """The tags of these sources (ids) are to be edited, or their goals (True)."""
    why_asked = Signal(int)
    """The person's sentence is wanted before this source is done."""
    passage_asked = Signal(int, int, int)
    """This source is wanted at a passage of its newest version: code points ``start`` to ``stop``."""
    mark_asked = Signal(int, int)
    """This source is wanted where an annotation (its id) stands."""
    search_asked = Signal(str)
    """The whole library is to be searched for this question in the list."""
    highlights_asked = Signal()
    """All highlights are wanted, whatever was chosen among them."""
    line_asked = Signal(object)
    """A line of text is wanted: a `line_dialog.Line`."""
    overlay_asked = Signal(object)
    """Something is to open over the window: a function that makes it for the window it is given."""
    replace_asked = Signal(object)
    """The library file is to be replaced: a `works.Replacing`; whoever opened it closes and reopens."""
    brought_back = Signal(int)
    """Undo or redo touched this source: a list that holds it selects it."""
    sort_asked = Signal()
    """The menu of orders is wanted."""
    said = Signal(str, bool)
    """A toast: text, and whether it offers Undo."""
    offered = Signal(str, str, object)
    """A toast with a button of its own: text, the button's label, what it does."""
    troubled = Signal(object)
    """A `Trouble` for the banner."""
    healed = Signal(str)
    """The trouble of this key is over."""

    def __init__(self, paths: Paths, settings: Settings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths = paths
        self.settings = settings
        self.theme = theme
        theme.call(self._colour_names())
        self.tasks = Tasks(self)
        self.actions = Actions(self)
        self.actions.use_keys(own_keys.read(settings.text("keys")))
        self.searching = Searching(self.tasks, self)
        self.works = Works(self.tasks, self)
        """Long work with its progress, shown in cards."""
        self.reader: Reader | None = None
        self.library: Library | None = None
        self.place_state: State | None = State.INBOX
        """The triage state that the list shows; None for a list of several."""
        self.selected: tuple[int, ...] = ()
        """Source ids selected in the list, in list order (at most one in the reader)."""
        self.tasks.changed.connect(self.announce)
        self.tasks.done.connect(self.say)
        self.tasks.failed.connect(self._on_failed)

    @property
    def can_write(self) -> bool:
        """False until the library has been opened, and in one that is open for reading only.

        A picture shows the acts as they are when one can write.
        """
        if self.tasks.is_mute:
            return True
        return self.library is not None and self.library.writer is not None

    def open_reader(self, reader: Reader) -> None:
        """Show this library from now on."""
        self.reader = reader
        self.tasks.use_reader(reader)

    def close_reader(self) -> None:
        """Nothing can be read."""
        if self.reader is not None:
            self.reader.close()
        self.reader = None
        self.tasks.use_reader(None)

    def open_library(self, library: Library) -> None:
        """Write to this library from now on."""
        self.library = library
        self.open_reader(library.reader)
        self.tasks.use_library(library)
        self.actions.refresh()

    def announce(self, changes: Changes) -> None:
        """Tell every view what changed."""
        self.changed.emit(changes)

    def select(self, ids: Sequence[int]) -> None:
        """These sources are what the acts act on."""
        if tuple(ids) != self.selected:
            self.selected = tuple(ids)
            self.actions.refresh()
            self.selection_changed.emit()

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting and tell every view."""
        self.settings.set(name, value)
        if name == "theme":
            self.theme.choose(str(value))
        if name.startswith("name_"):
            self.theme.call(self._colour_names())
        if name == "keys":
            self.actions.use_keys(own_keys.read(str(value)))
        self.announce(Changes(frozenset({Noun.SETTING})))

    def _colour_names(self) -> dict[str, str]:
        """What the person calls the colours of highlights."""
        return {colour: self.settings.text(f"name_{colour}") for colour in HIGHLIGHTS}

    def keep_setting(self, name: str, value: Any) -> bool:
        """The same; when the disk refuses, say so and change nothing (False)."""
        try:
            self.set_setting(name, value)
        except UserFixable as error:
            self.say(str(error))
            return False
        return True

    def ask_view(self, name: str) -> None:
        """Bring a view to the front."""
        self.view_asked.emit(name)

    def ask_source(self, source_id: int) -> None:
        """Show a source in the reader."""
        self.source_asked.emit(source_id)

    def ask_passage(self, source_id: int, start: int, stop: int) -> None:
        """Show a source in the reader, at a passage of its text (code points)."""
        self.passage_asked.emit(source_id, start, stop)

    def ask_mark(self, source_id: int, annotation_id: int) -> None:
        """Show a source in the reader, where an annotation stands."""
        self.mark_asked.emit(source_id, annotation_id)

    def ask_search(self, query: str) -> None:
        """Search the whole library for this, in the list."""
        self.search_asked.emit(query)

    def ask_line(self, line: Line) -> None:
        """Ask for a line of text over the window."""
        self.line_asked.emit(line)

    def ask_overlay(self, make: "Callable[[QWidget], Overlay]") -> None:
        """Open something over the window."""
        self.overlay_asked.emit(make)

    def say(self, text: str, can_undo: bool = False) -> None:
        """A toast for six seconds."""
        self.said.emit(text, can_undo)

    def offer(self, text: str, label: str, act: Callable[[], object]) -> None:
        """A toast with a button that is no Undo: "Show in folder"."""
        self.offered.emit(text, label, act)

    def trouble(self, trouble: Trouble) -> None:
        """A row above the panes until it is dismissed or healed."""
        self.troubled.emit(trouble)

    def heal(self, key: str) -> None:
        """The trouble of this key is over."""
        self.healed.emit(key)

    def _on_failed(self, error: UserFixable) -> None:
        self.trouble(Trouble(str(error), error.action, key=type(error).__name__))
