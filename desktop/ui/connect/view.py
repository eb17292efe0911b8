"""The page that connects browsers: what was found, how each stands, what comes next.

Surprising: there is nothing to save and nothing to close; the page notices by itself when a browser says
hello.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.languages import mark, tr
from desktop.ui.connect.rows import BrowserList
from desktop.ui.desk import Desk
from desktop.ui.parts.page import Column, PageBar, PinHint, heading
from desktop.ui.parts.words_card import Words

PRIVACY = mark(
    "Everything stays on this computer; there is no account. Right after a save, Kithbook fetches pictures "
    "that the browser could not hand over. “Saving and privacy” in the settings switches that off."
)


class ConnectView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Browsers"))
        self.browsers = BrowserList(desk)
        page = Column(desk.theme)
        page.column.addWidget(heading(desk.theme, tr("Connect your browser")))
        page.column.addSpacing(4)
        fill(page.column, desk, self.browsers)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(PageBar(desk.theme, tr("Browsers")))
        whole.addWidget(page)


def fill(column: QVBoxLayout, desk: Desk, browsers: BrowserList) -> None:
    """Put the browsers, the pin hint and the promise into a column."""
    column.addWidget(browsers)
    column.addSpacing(18)
    column.addWidget(PinHint(desk.theme))
    column.addSpacing(16)
    words = Words(desk.theme, "caption", 18, "muted")
    words.say(tr(PRIVACY))
    column.addWidget(words)
    column.addStretch(1)


def make(desk: Desk) -> QWidget:
    """The page, for the window and for ``kithbook shot connect``."""
    return ConnectView(desk)
