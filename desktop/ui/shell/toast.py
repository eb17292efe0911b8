"""The toast at the bottom: what was done, and Undo, for six seconds. It waits while it has the focus or the
pointer.
"""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QPoint,
    QPropertyAnimation,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.shadow import paint_floating
from desktop.ui.study.bar import floor
from desktop.ui.theme import Lengths

HEIGHT = 44
MARGIN = 24
SHADE = 20
"""Room around the toast for its shadow."""


class Toast(QWidget):
    """One per window; a new message takes the place of the old one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._desk = desk
        self._text = ""
        self._act: Callable[[], object] | None = None
        self._icon = "check"
        self._undo = Button(desk.theme, tr("Undo"), icon="undo-2", kind="outline", ink="surface", parent=self)
        self._undo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._undo.clicked.connect(self._on_undo_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SHADE, SHADE, SHADE + 6, SHADE)
        layout.addStretch()
        layout.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time_over)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.setDuration(Lengths.SETTLE_MS)
        self.hide()
        desk.said.connect(self.say)
        desk.offered.connect(self.offer)
        desk.theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return self._text if self.isVisible() else ""

    def say(self, text: str, can_undo: bool = False) -> None:
        """Show ``text``, with Undo when it can be undone."""
        self._act = None
        self._undo.set_icon("undo-2")
        self._undo.set_label(tr("Undo"))
        self._show(text, "check" if can_undo else "info", can_undo)

    def offer(self, text: str, label: str, act: Callable[[], object]) -> None:
        """Show ``text`` with a button that does something else."""
        self._act = act
        self._undo.set_icon("folder-open")
        self._undo.set_label(label)
        self._show(text, "check", True)

    def _show(self, text: str, icon: str, has_button: bool) -> None:
        self._text, self._icon = text, icon
        self._undo.setVisible(has_button)
        self.setAccessibleName(text)
        is_calm = self._desk.settings.flag("less_motion")
        self._timer.start(Lengths.TOAST_REDUCED_MS if is_calm else Lengths.TOAST_MS)
        place = self._place()
        self.raise_()
        if is_calm or self.isVisible():
            self.move(place)
            self.show()
        else:
            self.show()
            self._slide.setStartValue(place + QPoint(0, 8))
            self._slide.setEndValue(place)
            self._slide.start()
        self.update()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def place(self) -> None:
        """Stand at the bottom again, after the window changed its size or got a row at its foot."""
        if self.isVisible():
            self._slide.setEndValue(self._place())
            if self._slide.state() != QAbstractAnimation.State.Running:
                self.move(self._place())

    def dismiss(self) -> None:
        """Go away now."""
        self._timer.stop()
        self._slide.stop()
        self.hide()

    def _place(self) -> QPoint:
        metrics = QFontMetrics(self._desk.theme.font("body", px=14))
        width = 16 + 16 + 12 + metrics.horizontalAdvance(self._text) + 12
        width += self._undo.sizeHint().width() + 6 if self._undo.isVisibleTo(self) else 8
        window = self._window
        width = min(width, window.width() - 16)
        self.resize(width + 2 * SHADE, HEIGHT + 2 * SHADE)
        return QPoint((window.width() - self.width()) // 2, floor(window) - MARGIN - HEIGHT - SHADE)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._desk.theme
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(SHADE, SHADE, -SHADE, -SHADE)
        paint_floating(painter, theme, box, is_dialog=False, ground="text")
        ink = theme.colour("surface")
        ratio = self.devicePixelRatioF()
        left = SHADE + 16
        painter.drawPixmap(QPoint(left, SHADE + 14), icons.pixmap(self._icon, ink, 16, ratio))
        font = theme.font("body", px=14)
        painter.setFont(font)
        painter.setPen(ink)
        right = self._undo.x() - 12 if self._undo.isVisibleTo(self) else self.width() - SHADE - 8
        words = box.adjusted(44, 0, right - box.right(), 0)
        text = QFontMetrics(font).elidedText(self._text, Qt.TextElideMode.ElideRight, int(words.width()) + 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start(Lengths.TOAST_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _on_undo_clicked(self) -> None:
        self.dismiss()
        if self._act is not None:
            self._act()
        else:
            self._desk.actions.run("undo")

    def _on_time_over(self) -> None:
        if self._undo.hasFocus():
            self._timer.start(Lengths.TOAST_MS)
            return
        self.hide()
