"""“Clean this capture”: take blocks out by a click or by keys, bring in what was left out; undo brings back.

Surprising: nothing of what was captured is changed. An edit is remembered beside it and applied at each
showing, so highlights keep their places and the page as it was captured is one click away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTextEdit, QWidget

from desktop.languages import mark, tr
from desktop.library.marks import blocks
from desktop.store.changes import Changes
from desktop.ui import icons
from desktop.ui.article.html import LEFT_OUT
from desktop.ui.marks.spots import in_document
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.words_card import Words
from desktop.ui.reader.marks import ReaderMarks
from desktop.ui.reader.page import ReadPage, ShowsPage
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.text.block_edits import Edited

HINT = mark("Click a block to take it out or bring it in. The original is kept.")
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_KEYS = (*_ENTERS, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Escape)
_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
)


@dataclass(frozen=True, slots=True)
class Target:
    """A block that can go, or one that can come; document positions."""

    start: int
    stop: int
    path: str
    """As shown; empty for a block that was left out."""
    number: int = -1
    """Of the left-out block; -1 for a block of the text."""


class StripBar(QWidget):
    """A row above the text while something unusual is shown: what it is, and the way back."""

    closed = Signal()

    def __init__(self, theme: Theme, icon: str, closes: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.words = Words(theme, "body", 18)
        self.done = Button(theme, closes, kind="main", key="Esc", is_small=True)
        self.done.clicked.connect(self.closed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(42, 7, 14, 8)
        self.row.setSpacing(10)
        self.row.addWidget(self.words, 1)
        self.row.addWidget(self.done)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        painter.fillRect(self.rect(), colour("accent_soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))
        at = QPoint(16, (self.height() - 16) // 2)
        ink = colour("on_accent_soft")
        painter.drawPixmap(at, icons.pixmap(self._icon, ink, 16, self.devicePixelRatioF()))


class Cleaning(QObject):
    """Belongs to one reader; while it is on, clicks and arrow keys choose blocks."""

    def __init__(
        self, view: ShowsPage, marks: ReaderMarks, show_below: Callable[[bool], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._marks, self._show_below = view, marks, show_below
        self._edited: Edited | None = None
        self._for: ReadPage | None = None
        self._targets: list[Target] = []
        self._at: Target | None = None
        self.is_on = False
        theme = view.desk.theme
        self.bar = StripBar(theme, "eraser", tr("Done"))
        self.bar.words.say(tr(HINT))
        self.bar.setAccessibleName(tr("Clean this capture"))
        self.reset = Button(theme, tr("As captured"), icon="undo-2", kind="quiet", is_small=True)
        self.bar.row.insertWidget(1, self.reset)
        self.reset.clicked.connect(self._on_reset)
        self.bar.closed.connect(self.stop)
        marks.changed.connect(self._on_shown)

    def start(self) -> None:
        """Begin; the blocks that were left out are shown below the text."""
        page = self._view.page
        if self.is_on or page is None or not self._view.is_article or not page.detail.html:
            return
        self._marks.keep_card()
        self._marks.picking.leave()
        self.is_on = True
        self._marks.picking.is_off = True
        self._show_below(True)
        browser = self._view.browser
        browser.installEventFilter(self)
        browser.viewport().installEventFilter(self)
        browser.viewport().setMouseTracking(True)
        browser.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar.show()
        self._on_shown()

    def stop(self) -> None:
        """End; what was taken out stays out."""
        if not self.is_on:
            return
        self.is_on = False
        browser = self._view.browser
        browser.removeEventFilter(self)
        browser.viewport().removeEventFilter(self)
        self._marks.picking.is_off = False
        self._edited, self._for, self._targets = None, None, []
        self._point(None)
        self.bar.hide()
        self._show_below(self._view.desk.settings.flag("show_left_out"))
        browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def targets(self) -> list[Target]:
        """Every block that can be chosen now, in the order of the page."""
        return list(self._targets)

    def _on_shown(self) -> None:
        page = self._view.page
        if not self.is_on:
            return
        if page is None or not self._view.is_article or self._is_other(page):
            self.stop()
            return
        self._view.desk.tasks.start(self._learn(page))

    def _is_other(self, page: ReadPage) -> bool:
        return self._for is not None and self._for.detail.capture_id != page.detail.capture_id

    async def _learn(self, page: ReadPage) -> None:
        """Where the blocks of this page stand; parsed off the GUI thread."""
        edited = page.edited or await self._view.desk.tasks.work(blocks.edited, page.detail, page.edits)
        if edited is None or not self.is_on or self._view.page is not page:
            return
        self._edited, self._for = edited, page
        self.reset.setEnabled(bool(page.edits) and (bool(edited.removed) or bool(edited.restored)))
        self._targets = self._in_text(edited) + self._below()
        at = self._at.start if self._at is not None else self._view.browser.top_position()
        self._point(next((one for one in self._targets if one.stop > at), None))

    def _in_text(self, edited: "Edited") -> list[Target]:
        found = []
        listed = edited.outline.blocks
        for number, block in enumerate(listed):
            following = listed[number + 1].path if number + 1 < len(listed) else ""
            if block.start < block.stop and not following.startswith(f"{block.path}/"):
                found.append(self._target(block.path, block.start, block.stop))
        return found

    def _target(self, path: str, start: int, stop: int) -> Target:
        return Target(*in_document(self._view.places(), start, stop), path)

    def _below(self) -> list[Target]:
        page, document = self._view.page, self._view.browser.document()
        starts: list[tuple[int, int]] = []
        block = document.begin()
        while block.isValid() and page is not None:
            walk = block.begin()
            names = [] if walk.atEnd() else walk.fragment().charFormat().anchorNames()
            numbers = [int(one.removeprefix(LEFT_OUT)) for one in names if one.startswith(LEFT_OUT)]
            starts += [(block.position(), number) for number in numbers]
            block = block.next()
        ends = [start - 1 for start, _ in starts[1:]] + [document.characterCount() - 1]
        return [
            Target(start, stop, "", page.left_out[index][0])
            for (start, index), stop in zip(starts, ends, strict=False)
            if page is not None and index < len(page.left_out)
        ]

    # Choosing

    def _point(self, target: Target | None) -> None:
        self._at = target
        theme, browser = self._view.desk.theme, self._view.browser
        if target is None:
            browser.set_layer("block", [])
            return
        one = QTextEdit.ExtraSelection()
        cursor = QTextCursor(browser.document())
        cursor.setPosition(target.start)
        cursor.setPosition(
            min(target.stop, browser.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor
        )
        form = QTextCharFormat()
        role = "success_soft" if target.number >= 0 else "danger_soft"
        form.setBackground(theme.colour(role))
        form.setForeground(theme.colour(f"on_{role}"))
        one.cursor, one.format = cursor, form
        browser.set_layer("block", [one])

    def _under(self, at: QPoint) -> Target | None:
        browser, edited = self._view.browser, self._edited
        cursor = browser.cursorForPosition(at)
        form = cursor.charFormat()
        if form.isImageFormat() and edited is not None:
            block = edited.outline.of_picture(form.toImageFormat().name())
            if block is not None:
                return Target(cursor.position(), cursor.position() + 1, block.path)
        here = cursor.position()
        return next((one for one in self._targets if one.start <= here <= one.stop), None)

    def _step(self, by: int) -> None:
        at = self._targets.index(self._at) if self._at in self._targets else -1 if by > 0 else 1
        if self._targets:
            target = self._targets[max(0, min(len(self._targets) - 1, at + by))]
            self._point(target)
            self._view.browser.bring_in_sight(target.start)

    def _widen(self) -> None:
        """The block around the chosen one: a whole list, a whole quotation."""
        if self._at is None or self._edited is None or not self._at.path:
            return
        block = self._edited.outline.around(self._at.path)
        if block is not None:
            self._point(self._target(block.path, block.start, block.stop))

    def act(self) -> None:
        """Take the chosen block out, or bring it in."""
        target, page = self._at, self._view.page
        if target is None or page is None or self._edited is None or not self._view.desk.can_write:
            return
        capture_id = page.detail.capture_id
        if target.number >= 0:
            self._run(blocks.bring_in, capture_id, target.number)
            return
        own = self._edited.paths.get(target.path, target.path)
        self._run(blocks.remove, capture_id, [own])

    def _run(self, command: Callable[..., Changes], *args: Any) -> None:
        self._targets = []  # until the page is shown anew, nothing can be chosen twice
        self._view.desk.tasks.run("Cleaning a capture", command, *args)

    def _on_reset(self) -> None:
        if self._view.page is not None:
            self._run(blocks.as_captured, self._view.page.detail.capture_id)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is on, the page's keys and clicks are ours."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() in _KEYS and watched is self._view.browser:
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress:
                self._on_key(Qt.Key(event.key()))
                return True
        if isinstance(event, QMouseEvent) and kind in _MOUSE and watched is self._view.browser.viewport():
            self._on_mouse(event)
            return True
        return False

    def _on_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self.stop()
        elif key in _ENTERS:
            self.act()
        elif key == Qt.Key.Key_Left:
            self._widen()
        else:
            self._step(1 if key == Qt.Key.Key_Down else -1)

    def _on_mouse(self, event: QMouseEvent) -> None:
        target = self._under(event.position().toPoint())
        if event.type() == QEvent.Type.MouseMove:
            if target is not None and target != self._at:
                self._point(target)
        elif event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._point(target)
            self.act()
