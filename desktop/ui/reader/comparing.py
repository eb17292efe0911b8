"""What changed between two versions of a page, set in place of the text.

Surprising: it is the reader's own page with the older words struck through and the newer ones underlined, so
find, copy and the reading size work on it as on any text; only highlights are not shown there.
"""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.languages import tr, trn, writing
from desktop.library import lists
from desktop.library.values import Detail
from desktop.store.reader import Reader
from desktop.ui.reader.cleaning import StripBar
from desktop.ui.reader.marks import ReaderMarks
from desktop.ui.reader.page import ShowsPage

if TYPE_CHECKING:
    from desktop.text.differences import Counted


class Comparing(QObject):
    """Belongs to one reader."""

    def __init__(self, view: ShowsPage, marks: ReaderMarks, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._marks = view, marks
        self.is_on = False
        self.bar = StripBar(view.desk.theme, "history", tr("Back to the text"))
        self.bar.setAccessibleName(tr("What changed"))
        self.bar.closed.connect(self.stop)
        marks.changed.connect(self._on_shown)
        view.browser.installEventFilter(self)

    def start(self, capture_id: int) -> None:
        """Show what changed between the shown version and this one, the older one first."""
        detail = self._view.detail
        if detail is not None and detail.capture_id != capture_id:
            self._view.desk.tasks.start(self._start(detail, capture_id))

    async def _start(self, detail: Detail, capture_id: int) -> None:
        found = await self._view.desk.tasks.read(_compared, detail, capture_id)
        if found is None or self._view.detail is None or self._view.detail.capture_id != detail.capture_id:
            return
        html, counted, numbers = found
        self._marks.keep_card()
        self._marks.picking.leave()
        self.is_on = True
        self.bar.words.say(said(numbers, counted))
        self.bar.show()
        same = escape(tr("These versions have the same words."))
        self._view.show_instead(html or f"<p>{same}</p>")
        self._view.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Show the text again."""
        detail = self._view.detail
        if self.is_on and detail is not None:
            self._view.show_source(detail.id, detail.capture_id)

    def _on_shown(self) -> None:
        if self.is_on and self._view.is_article:
            self.is_on = False
            self.bar.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leads back to the text."""
        is_key = self.is_on and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.stop()
            return True
        return False


def said(numbers: tuple[int, int], counted: "Counted") -> str:
    """``From version 1 to version 2: 12 words added, 3 taken out``."""
    old, new = numbers
    if not (counted.words_added or counted.words_removed):
        return tr("From version {old} to version {new}: the same words").format(old=old, new=new)
    return trn(
        "From version {old} to version {new}: {added} word added, {removed} taken out",
        "From version {old} to version {new}: {added} words added, {removed} taken out",
        counted.words_added,
    ).format(
        old=old,
        new=new,
        added=writing.number(counted.words_added),
        removed=writing.number(counted.words_removed),
    )


def _compared(
    reader: Reader, shown: Detail, capture_id: int
) -> "tuple[str, Counted, tuple[int, int]] | None":
    """In a reading thread: both versions side by side. None when the other one is gone."""
    from desktop.text import differences  # lxml is not needed for the first paint

    other = lists.detail(reader, shown.id, capture_id, with_markdown=False)
    if other is None:
        return None
    old, new = sorted((shown, other), key=lambda one: one.version)
    found = differences.compare(old.html, new.html)
    return differences.as_html(found), differences.said(found), (old.version, new.version)
