"""A file that is dragged over the window: anywhere on it is the place to let it go.

Surprising: it listens at the window of the window system, above all widgets. A list or a field that takes
drops of its own would otherwise keep a pack from being opened.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.received import opening
from desktop.ui.theme import Theme

WIDTH, HEIGHT = 420, 168


class DropSign(QWidget):
    """Over the whole window while a file is held above it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self.title, self.hint = tr("Drop it to look at it"), tr("Nothing is kept before you say so.")
        self.setAccessibleName(f"{self.title}. {self.hint}")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def appear(self) -> None:
        """Cover the window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        shade = QColor(colour("scrim"))
        shade.setAlphaF(0.5 if self._theme.is_dark else 0.28)
        painter.fillRect(self.rect(), shade)
        width, height = min(WIDTH, self.width() - 32), min(HEIGHT, self.height() - 32)
        box = QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        painter.setPen(QPen(colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(QRectF(box), 12, 12)
        size = 40
        picture = icons.pixmap("package-open", colour("accent"), size, self.devicePixelRatioF())
        painter.drawPixmap(box.center().x() - size // 2, box.top() + 26, picture)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.setFont(self._theme.font("bar"))
        painter.setPen(colour("text"))
        painter.drawText(box.adjusted(12, 80, -12, 0), centre, self.title)
        painter.setFont(self._theme.font("body"))
        painter.setPen(colour("muted"))
        painter.drawText(box.adjusted(12, 112, -12, 0), centre, self.hint)


class Dropping(QObject):
    """Takes files for `opening.Openings`."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.sign = DropSign(desk.theme, window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self._handle: QObject | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show and watched is self._window:
            self._watch_handle()
        elif kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDragMoveEvent):
            return self._on_over(event)
        elif kind == QEvent.Type.DragLeave:
            self.sign.hide()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._on_drop(event)
        return False

    def _watch_handle(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def _on_over(self, event: QDragMoveEvent) -> bool:
        if not files_in(event) or not self._desk.can_write:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if self.sign.isHidden():
            self.sign.appear()
        return True

    def _on_drop(self, event: QDropEvent) -> bool:
        self.sign.hide()
        found = files_in(event)
        if not found or not self._desk.can_write:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        opening.of(self._desk).open_files(found)
        return True


def files_in(event: QDropEvent) -> list[Path]:
    """The files of this computer that are held."""
    data = event.mimeData()
    if not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
