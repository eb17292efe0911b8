"""Choosing what to mark: by the mouse, or by keys alone; and the toolbar that follows the choice.

Surprising: arrow keys scroll as ever until H starts choosing; then they walk over sentences and words, and
Escape gives them back.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.languages import mark, tr
from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.marks.caret import Caret, Range
from desktop.ui.marks.selection_bar import SelectionBar
from desktop.ui.marks.spots import Spot
from desktop.ui.theme import Theme

HINT = mark("Choosing: ↑ ↓ sentence · ← → word · Shift extends · Enter or 1–5 marks · Esc leaves")
_NEAR = 24
"""Pixels beside a letter that still count as a click on it."""
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Down: ("sentence", 1),
    Qt.Key.Key_Up: ("sentence", -1),
    Qt.Key.Key_Right: ("word", 1),
    Qt.Key.Key_Left: ("word", -1),
}


class MarkPicking(QObject):
    """Belongs to one page. It chooses; what becomes of the choice is the reader's."""

    coloured = Signal(object)
    """The choice is to be marked in this `Colour`."""
    entered = Signal()
    """Enter: mark the choice in the usual colour, or open the highlight that is pointed at."""
    asked = Signal(str)
    """``comment``, ``tags``, ``link``, ``copy`` or ``remove``, for the choice."""
    clicked = Signal(int)
    """A click, without a selection, on the letter at this document position."""
    left = Signal()
    """Nothing is chosen any more."""
    pressed = Signal()
    """The mouse begins something else in the text."""
    hinted = Signal(str)
    """What the keys do now; empty: nothing unusual."""

    def __init__(self, theme: Theme, browser: ArticleBrowser, parent: QObject) -> None:
        super().__init__(parent)
        self._browser = browser
        self._caret: Caret | None = None
        self._range: Range = (0, 0)
        self._spot: Spot | None = None
        self._is_pressed = False
        self.is_off = False
        """True while the page's keys and clicks mean something else."""
        self.bar = SelectionBar(theme, browser.viewport())
        self.bar.coloured.connect(self.coloured)
        self.bar.asked.connect(self.asked)
        self.bar.escaped.connect(self.leave)
        browser.installEventFilter(self)
        browser.viewport().installEventFilter(self)
        browser.selectionChanged.connect(self._on_selection_changed)
        browser.moved.connect(self.follow)

    # What is chosen

    @property
    def is_walking(self) -> bool:
        """True while the arrow keys choose."""
        return self._caret is not None

    def selection(self) -> tuple[int, int] | None:
        """The selected passage of the document, if it holds anything but blanks."""
        cursor = self._browser.textCursor()
        words = cursor.selectedText().strip("\ufffc\u2028\u2029\xa0 \t")
        return (cursor.selectionStart(), cursor.selectionEnd()) if words else None

    def start(self) -> None:
        """Choose by keys from the first sentence in sight; from the selection when there is one."""
        self._spot = None
        self._caret = Caret(self._browser.document().toPlainText())
        first = self.selection() or self._caret.first(self._browser.top_position())
        if first is None:
            self._caret = None
            return
        self._browser.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hinted.emit(tr(HINT))
        self._choose(first)

    def point_at(self, spot: Spot) -> None:
        """Choose a highlight: the toolbar stands over it."""
        self._end_walk()
        self._drop_selection()
        self._spot = spot
        self._browser.bring_in_sight(spot.start)
        self.bar.show_for(spot.annotation.colour)
        self.follow()

    def show_passage(self, start: int, stop: int) -> None:
        """Select a passage of the document and bring it in sight, a third down the page."""
        self._end_walk()
        self._spot = None
        self._browser.go_to(start, above=self._browser.viewport().height() // 3)
        self._choose((start, stop))

    def leave(self) -> None:
        """Nothing is chosen; the arrow keys scroll again."""
        had = self.bar.isVisible() or self.is_walking
        if self.bar.isAncestorOf(QApplication.focusWidget() or self.bar):
            self._browser.setFocus(Qt.FocusReason.OtherFocusReason)
        self._end_walk()
        self._spot = None
        self._drop_selection()
        self.bar.hide()
        if had:
            self.left.emit()

    def _end_walk(self) -> None:
        if self._caret is not None:
            self._caret = None
            self.hinted.emit("")

    def _drop_selection(self) -> None:
        cursor = self._browser.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self._browser.setTextCursor(cursor)

    def _choose(self, to: Range) -> None:
        self._range = to
        cursor = QTextCursor(self._browser.document())
        cursor.setPosition(to[0])
        cursor.setPosition(to[1], QTextCursor.MoveMode.KeepAnchor)
        self._browser.bring_in_sight(to[1])
        if min(to) != to[1]:
            self._browser.bring_in_sight(min(to))
        self._browser.setTextCursor(cursor)
        self.follow()

    # The toolbar

    def follow(self) -> None:
        """Put the toolbar where its passage is now; out of sight with it."""
        box = self._box()
        if box is None or not box.intersects(self._browser.viewport().rect()):
            self.bar.hide()
            return
        self.bar.stand_over(box)

    def _box(self) -> QRect | None:
        if self._spot is not None:
            return self._browser.box_of(self._spot.start, self._spot.stop)
        if self._is_pressed or self.selection() is None:
            return None
        return self._browser.selection_box()

    def _on_selection_changed(self) -> None:
        if self._is_pressed:
            return
        if self.selection() is not None:
            self._spot = None
            self.bar.show_for(None)
            self.follow()
        elif self._spot is None:
            self._end_walk()
            self.bar.hide()

    # Mouse

    def _on_released(self) -> None:
        if self.selection() is not None:
            self._on_selection_changed()

    def _click(self, at: QPoint) -> None:
        if self.selection() is not None or self._browser.anchorAt(at):
            return
        cursor = self._browser.cursorForPosition(at)
        box = self._browser.cursorRect(cursor)
        if abs(box.center().x() - at.x()) > _NEAR or not box.top() <= at.y() <= box.bottom():
            return
        # The cursor stands between two letters: the letter is the one under the pointer.
        is_before = at.x() < box.center().x()
        self.clicked.emit(max(0, cursor.position() - is_before))

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the page while something is chosen; presses and releases of its viewport."""
        kind = event.type()
        if self.is_off:
            return False
        if watched is self._browser and isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride and self._is_ours(event):
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and self._is_ours(event):
                self._on_key(event)
                return True
        elif isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if kind == QEvent.Type.MouseButtonPress:
                self._is_pressed = True
                self._end_walk()
                self._spot = None
                self.bar.hide()
                self.pressed.emit()
            elif kind == QEvent.Type.MouseButtonRelease and self._is_pressed:
                self._is_pressed = False
                at = event.position().toPoint()
                QTimer.singleShot(0, self, lambda: self._after_release(at))
        return False

    def _after_release(self, at: QPoint) -> None:
        self._on_released()
        self._click(at)

    def _is_ours(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if self.is_walking and (key in _STEPS or key in _ENTERS):
            return True
        if not self.bar.isVisible():
            return self.is_walking and key == Qt.Key.Key_Escape
        if self._spot is not None and (key in _ENTERS or key == Qt.Key.Key_Delete):
            return True
        return key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab) or event.text() == "#"

    def _on_key(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_Tab:
            self.bar.dots[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in _ENTERS:
            self.entered.emit()
        elif key == Qt.Key.Key_Delete:
            self.asked.emit("remove")
        elif event.text() == "#":
            self.asked.emit("tags")
        else:
            self._step(event)

    def _step(self, event: QKeyEvent) -> None:
        if self._caret is None:
            return
        unit, step = _STEPS[Qt.Key(event.key())]
        is_more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        walk = {
            ("sentence", False): self._caret.sentence,
            ("sentence", True): self._caret.extend_sentence,
            ("word", False): self._caret.word,
            ("word", True): self._caret.extend_word,
        }[unit, is_more]
        self._choose(walk(self._range, step))
