"""Rows above the panes: what happened, what is safe, one or two actions. One row for each kind of trouble."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.desk import Desk, Trouble
from desktop.ui.parts.buttons import Button

_KINDS = {
    "bad": ("danger_soft", "on_danger_soft", "triangle-alert"),
    "warn": ("warning_soft", "on_warning_soft", "clock"),
    "info": ("accent_soft", "on_accent_soft", "info"),
    "ok": ("success_soft", "on_success_soft", "circle-check"),
}


class Banners(QWidget):
    """All rows of the window, newest on top. It listens to the desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[str, BannerRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        desk.troubled.connect(self.add)
        desk.healed.connect(self.remove)

    @property
    def sentences(self) -> list[str]:
        """What is said now."""
        return [row.trouble.sentence for row in self._rows.values()]

    def add(self, trouble: Trouble) -> None:
        """Show a trouble; one of the same key goes."""
        key = trouble.key or trouble.sentence
        self.remove(key)
        row = BannerRow(self._desk, trouble, self)
        row.dismissed.connect(self.remove)
        row.setObjectName(key)
        self._rows[key] = row
        self._layout.insertWidget(0, row)
        row.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, trouble.sentence))

    def remove(self, key: str) -> None:
        """Take the row of this key away."""
        row = self._rows.pop(key, None)
        if row is not None:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()


class BannerRow(QWidget):
    """One row; ``dismissed`` says its key."""

    dismissed = Signal(str)

    def __init__(self, desk: Desk, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = trouble
        self._theme = desk.theme
        self._ground, self._ink, self._icon = _KINDS[trouble.kind]
        self.setAccessibleName(f"{trouble.sentence} {trouble.safe}".strip())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 16, 10)
        layout.setSpacing(12)
        layout.addStretch()
        for label, run in trouble.actions:
            button = Button(self._theme, label, kind="outline", ink=self._ink, is_small=True, parent=self)
            button.clicked.connect(run)
            layout.addWidget(button)
        self._close = Button(
            self._theme, tr("Dismiss"), icon="x", kind="icon", ink=self._ink, is_small=True, parent=self
        )
        self._close.setFixedSize(26, 26)
        layout.addWidget(self._close)
        self._close.clicked.connect(self._on_close_clicked)
        desk.theme.changed.connect(self.update)

    def _on_close_clicked(self) -> None:
        self.dismissed.emit(self.objectName())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self._ground))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        ink = theme.colour(self._ink)
        middle = (self.height() - 1) // 2
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(QPoint(16, middle - 8), icons.pixmap(self._icon, ink, 16, ratio))
        painter.setPen(ink)
        bold, plain = theme.font("strong"), theme.font("body")
        x, room = 44, self._words_room()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for font, words in ((bold, self.trouble.sentence), (plain, self.trouble.safe)):
            metrics = QFontMetrics(font)
            width = metrics.horizontalAdvance(words) + 2
            if not self._is_tall():
                painter.setFont(font)
                painter.drawText(QRect(x, 0, width, self.height() - 1), flags, words)
                x += width + 3
        if self._is_tall():
            self._paint_tall(painter, room)

    def _paint_tall(self, painter: QPainter, room: int) -> None:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        y = 9
        for font, words in (
            (self._theme.font("strong"), self.trouble.sentence),
            (self._theme.font("body"), self.trouble.safe),
        ):
            painter.setFont(font)
            box = painter.boundingRect(QRect(44, y, room, 400), flags, words)
            painter.drawText(QRect(44, y, room, 400), flags, words)
            y += box.height()

    def _words_room(self) -> int:
        buttons = sum(
            child.sizeHint().width() + 12 for child in self.findChildren(Button) if child is not self._close
        )
        return self.width() - 44 - buttons - 26 - 28

    def _words_width(self) -> int:
        bold = QFontMetrics(self._theme.font("strong")).horizontalAdvance(self.trouble.sentence)
        return bold + QFontMetrics(self._theme.font("body")).horizontalAdvance(self.trouble.safe) + 6

    def _is_tall(self) -> bool:
        return self._words_width() > self._words_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_tall():
            self.setMinimumHeight(45)
            return
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        height = 18
        for font, words in (
            (self._theme.font("strong"), self.trouble.sentence),
            (self._theme.font("body"), self.trouble.safe),
        ):
            height += (
                QFontMetrics(font).boundingRect(QRect(0, 0, self._words_room(), 400), flags, words).height()
            )
        self.setMinimumHeight(max(45, height + 1))
