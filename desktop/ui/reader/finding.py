"""Find in the page, behind the row: looks, marks, and brings the chosen hit in sight."""

from PySide6.QtCore import QObject

from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.reader import find_bar
from desktop.ui.reader.find_bar import FindBar
from desktop.ui.theme import Theme


class Finding(QObject):
    """Joins a `FindBar` and an `ArticleBrowser`."""

    def __init__(self, theme: Theme, bar: FindBar, browser: ArticleBrowser, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._bar, self._browser = theme, bar, browser
        self._hits: list[tuple[int, int]] = []
        self._hit = 0
        bar.wanted.connect(self.look)
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)

    @property
    def hits(self) -> int:
        """How many places have the words."""
        return len(self._hits)

    def open(self) -> None:
        """Show the row, with the selected words in it."""
        self._bar.open(self._browser.textCursor().selectedText())
        self.look(self._bar.field.text())

    def look_for(self, words: str) -> None:
        """Show the row with these words in it."""
        self._bar.open()
        self._bar.field.setText(words)

    def close(self) -> None:
        """Hide the row and the marks; the focus goes back to the text."""
        if not self._bar.isHidden():
            self._bar.hide()
            self._browser.setFocus()
        self._hits = []
        self._mark()

    def again(self) -> None:
        """Look anew in a document that was set again."""
        if not self._bar.isHidden():
            self._search(self._bar.field.text(), self._hit)

    def look(self, words: str) -> None:
        """Mark the places that have these words, and show the first one from what is in sight."""
        self._search(words, -1)
        self._show()

    def step(self, by: int) -> None:
        """The next hit or the one before, round the end."""
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._show()

    def _search(self, words: str, keep: int) -> None:
        self._hits = find_bar.places(self._browser.document(), words)
        if 0 <= keep < len(self._hits):
            self._hit = keep
        else:
            top = self._browser.top_position()
            self._hit = next((at for at, hit in enumerate(self._hits) if hit[0] >= top), 0)
        self._mark()
        self._bar.show_count(self._hit + 1 if self._hits else 0, len(self._hits))

    def _show(self) -> None:
        self._mark()
        self._bar.show_count(self._hit + 1 if self._hits else 0, len(self._hits))
        if self._hits:
            self._browser.bring_in_sight(self._hits[self._hit][0])

    def _mark(self) -> None:
        made = find_bar.marks(self._theme, self._browser.document(), self._hits, self._hit)
        self._browser.set_layer("hits", made)
