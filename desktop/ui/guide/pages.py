"""The four pages of the first steps: a heading, two sentences, and the thing itself where there is one.

Surprising: the page about saving holds the one setting that lets Kithbook use the network, since the person
should meet it before the first save and not after.
"""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.connect.rows import BrowserList, Signed
from desktop.ui.desk import Desk
from desktop.ui.guide.steps import CONNECT, SAVE, SHARE, Progress, lines
from desktop.ui.parts.buttons import Button, paint_key
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.page import Ground, PinHint, heading
from desktop.ui.parts.words_card import Words
from desktop.ui.settings.rows import row_of
from desktop.ui.theme import Theme

SAVE_KEY = "Alt K"


class Page(QScrollArea):
    """One step's page; it scrolls when the window is small."""

    def __init__(self, desk: Desk, title: str, text: str = "") -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = Ground(desk.theme, "surface")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 2, 8)
        self.column.setSpacing(0)
        self.column.addWidget(heading(desk.theme, title))
        self.column.addSpacing(6)
        if text:
            words = Words(desk.theme, "body", 21, "muted")
            words.say(text)
            self.column.addWidget(words)
            self.column.addSpacing(18)
        self.setWidget(inner)
        OverlayBar(desk.theme, self)


class ConnectPage(Page):
    """Step 1: the browsers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Connect your browser"))
        self.browsers = BrowserList(desk)
        self.column.addWidget(self.browsers)
        self.column.addSpacing(18)
        self.column.addWidget(PinHint(desk.theme))
        self.column.addStretch(1)


class SavePage(Page):
    """Step 2: a page of the person's own choice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Save your first page"),
            tr(
                "Open any page you would like to keep, then click the Kithbook button beside the address, "
                "or press {key}. One click is enough: it is saved at once, and you can say why it matters in "
                "the small window that opens."
            ).format(key=SAVE_KEY.replace(" ", "+")),
        )
        self.column.addWidget(SaveHint(desk.theme))
        self.column.addSpacing(14)
        self.state = State(desk.theme)
        self.column.addWidget(self.state)
        self.column.addSpacing(6)
        self.row = row_of(desk, "fetch_after_save")
        self.column.addWidget(self.row)
        self.column.addStretch(1)

    def show_progress(self, progress: Progress) -> None:
        """Say what has been saved, or what is still missing."""
        if progress.is_done(SAVE):
            self.state.say(
                "circle-check",
                tr("Saved: {newest}").format(newest=progress.newest) if progress.newest else tr("Saved"),
                "success",
            )
        elif progress.is_done(CONNECT):
            self.state.say("circle-dashed", tr("Nothing saved yet; this line notices by itself."), "muted")
        else:
            self.state.say("circle-dashed", tr("First a browser needs the button: step 1."), "warning")


class SharePage(Page):
    """Step 4: from the basket to people one trusts, or out into other programs."""

    left = Signal()
    """The person goes on in the window below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Share something"),
            tr(
                "Chosen pages, quotations and your own sentences become one file that opens in any browser. "
                "Nothing leaves before you have read it word for word; what is private stays."
            ),
        )
        self._desk = desk
        hint = Words(desk.theme, "body", 21)
        said = tr(
            "Press {basket} on a page to put it into the basket, then say there why it is worth reading."
        )
        hint.say(desk.actions.with_keys(said))
        self.column.addWidget(hint)
        self.column.addSpacing(14)
        self.basket = Button(desk.theme, tr("Open the basket"), icon="shopping-basket", kind="main")
        self.basket.clicked.connect(self._on_basket_clicked)
        self.export = Button(desk.theme, tr("Export …"), icon="folder-output")
        self.export.clicked.connect(self._on_export_clicked)
        row = QHBoxLayout()
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(12)
        row.addWidget(self.basket)
        row.addWidget(self.export)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addSpacing(10)
        self.state = State(desk.theme)
        self.column.addWidget(self.state)
        words = Words(desk.theme, "caption", 17, "muted")
        words.say(tr("Export takes pages along into other programs: Markdown, Word, PDF, references."))
        self.column.addWidget(words)
        self.column.addStretch(1)

    def show_progress(self, progress: Progress) -> None:
        """Say what has left, or what waits in the basket."""
        line = lines(progress)[SHARE].below
        if progress.is_done(SHARE):
            self.state.say("circle-check", tr("Shared: {title}").format(title=line), "success")
        elif progress.gathered:
            self.state.say("circle-dashed", tr("Nothing shared yet: {what}.").format(what=line), "muted")
        else:
            self.state.say("circle-dashed", tr("Nothing shared yet. It can wait."), "muted")

    def _on_basket_clicked(self) -> None:
        self.left.emit()
        self._desk.ask_view("basket")

    def _on_export_clicked(self) -> None:
        self.left.emit()
        self._desk.ask_view("export")


class State(QWidget):
    """One line that says how the step stands."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 4)
        self._sign: Signed | None = None

    def say(self, icon: str, words: str, ink: str) -> None:
        """Show another state."""
        if self._sign is not None:
            self._row.removeWidget(self._sign)
            self._sign.hide()
            self._sign.deleteLater()
        self._sign = Signed(self._theme, icon, words, ink, 600)
        self._sign.words.setWordWrap(True)
        self._row.addWidget(self._sign, 1)
        self._sign.show()

    def words(self) -> str:
        """What it says."""
        return self._sign.words.words() if self._sign is not None else ""


class SaveHint(QWidget):
    """A browser's bar with our button in it, and the key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(72)
        self.setAccessibleName(
            tr("The Kithbook button stands beside the address; its key is {key}").format(key=SAVE_KEY)
        )
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, ratio = self._theme.colour, self.devicePixelRatioF()
        painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(QRectF(14.5, 14.5, 330, 43), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("pill"))
        painter.drawRoundedRect(QRectF(24, 26, 236, 20), 10, 10)
        painter.setPen(QPen(colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(274, 23, 26, 26), 5, 5)
        painter.drawPixmap(QPoint(279, 28), icons.mark(16, ratio))
        painter.drawPixmap(QPoint(314, 28), icons.pixmap("menu", colour("muted"), 16, ratio))
        painter.setFont(self._theme.font("body"))
        painter.setPen(colour("muted"))
        painter.drawText(QPoint(368, 41), "or")
        x = 368 + QFontMetrics(self._theme.font("body")).horizontalAdvance("or") + 10
        paint_key(painter, self._theme, QPoint(x, 36), SAVE_KEY)
