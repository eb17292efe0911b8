"""What the pages of the window share: the 48-pixel bar, the scrolling column, headings, the pin hint."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.parts.buttons import FocusRing
from desktop.ui.parts.notices import tall
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme

COLUMN = 656
SIDE = 32


class PageBar(QWidget):
    """48 pixels with the name of the view, and a line below."""

    def __init__(self, theme: Theme, title: str = "", ground: str = "surface") -> None:
        super().__init__()
        self._theme, self._ground = theme, ground
        self.setFixedHeight(Lengths.BAR)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16 if title else SIDE, 0, 16, 1)
        self.row.setSpacing(12)
        if title:
            words = Words(theme, "bar", 24)
            words.say(title)
            self.row.addWidget(words)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


class Ground(QWidget):
    """A plain ground in one of the theme's colours: an application style sheet takes a palette's away."""

    def __init__(self, theme: Theme, role: str) -> None:
        super().__init__()
        self._theme, self._role = theme, role
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour(self._role))


class Column(QScrollArea):
    """A scrolling page whose content is one column, 656 wide at most."""

    def __init__(self, theme: Theme, *, side: int = SIDE, is_centred: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = Ground(theme, "surface")
        row = QHBoxLayout(inner)
        ring = FocusRing.ROOM
        row.setContentsMargins(side - ring, 22, side - ring, 32)
        holder = QWidget()
        holder.setMaximumWidth(COLUMN + 2 * ring)
        holder.setSizePolicy(tall())
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(ring, 0, ring, 0)  # a button's ring is not cut off at the edge
        self.column.setSpacing(0)
        if is_centred:
            row.addStretch(1)
        row.addWidget(holder, 1000)
        row.addStretch(1)
        self.setWidget(inner)
        OverlayBar(theme, self)


def faint(theme: Theme, words: str = "", parent: QWidget | None = None, step: str = "caption") -> QLabel:
    """A plain line that steps back behind what it belongs to; the style sheet gives it its colour."""
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName("faint")
    label.setFont(theme.font(step))
    return label


def number_beside(theme: Theme, parent: QWidget) -> QLabel:
    """The number beside the name of a view, on the same line of writing."""
    label = faint(theme, parent=parent, step="body")
    label.setContentsMargins(0, 2, 0, 0)
    return label


def heading(theme: Theme, words: str, step: str = "view") -> Words:
    """A heading inside a page."""
    made = Words(theme, step, theme.line(step))
    made.say(words)
    return made


def tab_after(last: QWidget, *widgets: QWidget) -> None:
    """Let Tab go from ``last`` to these, in this order.

    A page hands the focus on to its content, and Tab goes on from there: what stands in the bar above it, and
    was made before it, would never be reached.
    """
    # From the last one back: Qt leaves alone what already follows, if only round the end of the page.
    for widget in reversed(widgets):
        QWidget.setTabOrder(last, widget)


class PinHint(QWidget):
    """A small drawing of a browser's bar that shows where the pin is, and the words beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(112)
        column = QVBoxLayout(self)
        column.setSpacing(2)
        self._column = column
        column.addStretch(1)
        title = Words(theme, "strong", 19)
        title.say(tr("Then pin it, so that it is one click away"))
        text = Words(theme, "body", 19, "muted")
        text.say(tr("Click the puzzle piece, then the pin beside Kithbook."))
        column.addWidget(title)
        column.addWidget(text)
        column.addStretch(1)
        self.setAccessibleName(f"{title.words()}. {text.words()}")
        theme.changed.connect(self.update)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words stand below the drawing where there is no room beside it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < 480
        self.setFixedHeight(160 if is_narrow else 112)
        if is_narrow:
            self._column.setContentsMargins(14, 98, 14, 4)
        else:
            self._column.setContentsMargins(280, 0, 14, 0)

    def sizeHint(self) -> QSize:
        return QSize(600, 112)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, ratio = self._theme.colour, self.devicePixelRatioF()
        painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(QRectF(14.5, 14.5, 250, 83), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("pill"))
        painter.drawRoundedRect(QRectF(24, 26, 170, 20), 10, 10)
        painter.setPen(QPen(colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(206, 23, 26, 26), 5, 5)
        painter.drawPixmap(QPoint(211, 28), icons.pixmap("puzzle", colour("text"), 16, ratio))
        painter.drawPixmap(QPoint(240, 28), icons.pixmap("menu", colour("muted"), 16, ratio))
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(QRectF(80.5, 58.5, 175, 31), 5, 5)
        painter.drawPixmap(QPoint(90, 66), icons.mark(16, ratio))
        painter.setPen(colour("text"))
        painter.setFont(self._theme.font("body"))
        painter.drawText(QRect(114, 58, 110, 32), Qt.AlignmentFlag.AlignVCenter, "Kithbook")
        painter.drawPixmap(QPoint(230, 66), icons.pixmap("pin", colour("accent"), 16, ratio))
