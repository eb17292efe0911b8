"""What opens over the window: the Ctrl+K box, the keys, tags and goals, the sentence, the guide, the report.

The surprising fact: only one of them is open at a time; asking for another closes the first.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.languages import mark, tr, trn, writing
from desktop.library import deletion
from desktop.library.values import State
from desktop.ui.actions import Act, Where
from desktop.ui.acts.captures import CaptureActs
from desktop.ui.desk import Desk
from desktop.ui.dialogs.confirm import Confirm
from desktop.ui.dialogs.report import ReportDialog
from desktop.ui.dialogs.why import WhyPrompt
from desktop.ui.keys.sheet import KeysSheet
from desktop.ui.pages import make_guide
from desktop.ui.palette.box import Palette
from desktop.ui.parts.line_dialog import Line, LineDialog
from desktop.ui.parts.overlay import Overlay
from desktop.ui.tags.bearers import OfPages
from desktop.ui.tags.editor import TagEditor

GUIDE_WIDTH, GUIDE_HEIGHT = 960, 624


class GuideOverlay(Overlay):
    """The first steps in their frame."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, tr("First steps"), GUIDE_WIDTH, parent)
        self.guide = make_guide(desk)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.guide)
        done = getattr(self.guide, "closed", None)
        if done is not None:
            done.connect(self.dismiss)

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = min(GUIDE_HEIGHT, self.height() - 32)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)


class Overlays(QObject):
    """Opens them as the desk asks."""

    def __init__(self, desk: Desk, acts: CaptureActs, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._acts = acts
        self._window = window
        self._current: Overlay | None = None
        self._doomed: tuple[int, ...] = ()
        self._register()
        desk.words_asked.connect(self.words)
        desk.why_asked.connect(self.why)
        desk.line_asked.connect(self.line)
        desk.overlay_asked.connect(self.other)
        desk.tasks.broke.connect(self.report)

    def _register(self) -> None:
        add = self._desk.actions.add
        find, keys = self.palette, self.keys
        add(
            Act(
                "palette",
                tr("Find passages and commands"),
                find,
                ("Ctrl+K",),
                "search",
                mark("Window"),
                is_listed=False,
            )
        )
        add(Act("keys", tr("Keys"), keys, ("F1", "?"), "keyboard", mark("Window")))
        add(
            Act("delete", tr("Delete for good …"), self.delete, ("Shift+Del",), "trash-2", mark("Triage"),
                Where.LIST, self._can_delete, tr("Only from Trash"), is_danger=True)
        )  # fmt: skip

    @property
    def current(self) -> Overlay | None:
        """The one that is open."""
        return self._current

    def open(self, name: str) -> None:
        """``guide``, ``answer`` (or ``palette``), ``keys`` or the name of an act that opens something."""
        own = {"guide": self.guide, "answer": self.answer, "palette": self.palette, "keys": self.keys}
        own.get(name, partial(self._desk.actions.run, name))()

    def answer(self) -> None:
        """The Ctrl+K box, unless something is open: a second start of the program must not close it."""
        if self._current is None:
            self.palette()

    def palette(self, text: str = "") -> None:
        """The Ctrl+K box; asked for while it is open, it closes."""
        if isinstance(self._current, Palette):
            self._current.dismiss()
            return
        self._show(Palette(self._desk, self._window, text))

    def keys(self) -> None:
        """The ``?`` sheet."""
        self._show(KeysSheet(self._desk, self._window))

    def guide(self) -> None:
        """The first steps."""
        self._show(GuideOverlay(self._desk, self._window))

    def words(self, ids: tuple[int, ...], is_goals: bool) -> None:
        """Tags or goals of these sources."""
        self._show(TagEditor(self._desk, OfPages(tuple(ids), is_goals), self._window))

    def why(self, source_id: int) -> None:
        """The person's sentence, then done."""
        prompt = WhyPrompt(self._desk, source_id, self._window)
        prompt.answered.connect(self._on_why_answered)
        self._show(prompt)

    def line(self, line: Line) -> None:
        """One line of text."""
        self._show(LineDialog(self._desk.theme, line, self._window))

    def other(self, make: Callable[[QWidget], Overlay]) -> None:
        """What a view made for this window."""
        self._show(make(self._window))

    def report(self, trace: str) -> None:
        """A fault of ours; while one is shown, further ones are only logged."""
        if not isinstance(self._current, ReportDialog):
            self._show(ReportDialog(self._desk, trace, self._window))

    def delete(self) -> None:
        """Ask, then delete what is selected for good."""
        self._doomed = self._desk.selected
        count = len(self._doomed)
        box = Confirm(
            self._desk,
            trn("Delete this page for good?", "Delete these {n} pages for good?", count).format(
                n=writing.number(count)
            ),
            tr(
                "Text, pictures and your own sentences about it go, from this computer and from undo. "
                "This cannot be taken back."
            ),
            tr("Delete for good"),
            self._window,
        )
        box.agreed.connect(self._on_delete_agreed)
        self._show(box)

    def _show(self, overlay: Overlay) -> None:
        if self._current is not None:
            self._current.dismiss()
        self._current = overlay
        overlay.closed.connect(self._on_closed)
        overlay.show_over()

    def _can_delete(self) -> bool:
        return self._acts.can_act() and self._desk.place_state is State.TRASH

    def _on_closed(self) -> None:
        if self.sender() is self._current:
            self._current = None

    def _on_why_answered(self) -> None:
        self._acts.move(State.ARCHIVE)

    def _on_delete_agreed(self) -> None:
        ids, self._doomed = self._doomed, ()
        self._desk.tasks.run("delete for good", deletion.delete_for_good, ids, can_undo=False)
