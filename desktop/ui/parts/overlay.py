"""A panel over the painted-down window: the Ctrl+K box, dialogs, the guide. Esc and a click outside close it.

The surprising fact: it is a child widget and never runs a loop of its own, because a dialog's ``exec()``
inside a running coroutine stops every other task.
"""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.parts.shadow import paint_floating
from desktop.ui.theme import Theme


class Overlay(QWidget):
    """Put children into ``panel``; call `show_over`."""

    closed = Signal()

    def __init__(self, theme: Theme, title: str, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._theme = theme
        self._width = width
        self._before: QWidget | None = None
        self._is_closing = False
        self.panel = QWidget(self)
        self.panel.setAccessibleName(title)
        self.setAccessibleName(title)
        self.hide()
        theme.changed.connect(self.update)
        parent.installEventFilter(self)

    def show_over(self) -> None:
        """Cover the window and take the focus."""
        self._before = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        first = self.first_focus()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close; the focus goes back to where it was."""
        if self._is_closing:
            return
        self._is_closing = True
        self._window.removeEventFilter(self)
        before = self._before
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def first_focus(self) -> QWidget:
        """What has the focus first."""
        stops = self._stops()
        return stops[0] if stops else self.panel

    def panel_box(self) -> QRect:
        """Where the panel stands in the window: centred, as high as it needs to be."""
        width = min(self._width, self.width() - 32)
        height = min(self.panel.sizeHint().height(), self.height() - 64)
        return QRect((self.width() - width) // 2, max(32, (self.height() - height) // 2), width, height)

    def height_for(self, width: int) -> int:
        """How high the panel's content is at this width."""
        layout = self.panel.layout()
        if layout is None:
            return self.panel.sizeHint().height()
        layout.activate()
        return max(layout.heightForWidth(width), layout.minimumSize().height())

    def refit(self) -> None:
        """Place the panel anew after its content changed."""
        self.panel.setGeometry(self.panel_box())
        self.update()

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self.refit()

    def _stops(self) -> list[QWidget]:
        """Everything inside that Tab reaches, in order."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if self.isAncestorOf(widget) and takes and widget.isVisibleTo(self) and widget.isEnabled():
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes round inside: what is painted down cannot be reached."""
        stops = self._stops()
        if not stops:
            return False
        current = QApplication.focusWidget()
        place = stops.index(current) if current in stops else -1
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if is_next else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = QColor(self._theme.colour("scrim"))
        shade.setAlphaF(0.5 if self._theme.is_dark else 0.28)
        painter.fillRect(self.rect(), shade)
        paint_floating(painter, self._theme, QRectF(self.panel.geometry()), is_dialog=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        event.accept()  # nothing that is typed here may reach the window below

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._fit()
        return False
