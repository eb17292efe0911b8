"""The small parts of the reader's head: pills in lines, notices, the saved passage.

Surprising: a tooltip takes text that looks like markup for markup and would load what it names, so a tag's
name is escaped before it becomes one.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.pills import HEIGHT, Pill, paint_pill, pill_width
from desktop.ui.parts.tooltips import tooltip as tooltip
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme


def tall() -> QSizePolicy:
    """As wide as it may, as high as its width makes it."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


class PillButton(QAbstractButton):
    """One tag or goal; a click shows everything that has it."""

    def __init__(self, theme: Theme, pill: Pill, view: str) -> None:
        super().__init__()
        self._theme = theme
        self._pill = pill
        self.view = view
        self.setText(pill.text)
        said = tr("Goal: {name}") if pill.kind == "goal" else tr("Tag: {name}")
        is_circle = view.startswith("people:")
        self.setAccessibleName(pill.text if is_circle else said.format(name=pill.text))
        self.setToolTip(tooltip(pill.text))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._theme, self._pill), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pill(painter, self._theme, QPoint(0, 0), self._pill)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)


class LinkButton(QAbstractButton):
    """Words that act, flush with the text around them."""

    def __init__(self, theme: Theme, label: str, icon: str, ink: str = "accent") -> None:
        super().__init__()
        self._theme, self._icon, self._ink, self._step = theme, icon, ink, "caption"
        self.setText(label)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(self._step)).horizontalAdvance(self.text())
        return QSize(width + (20 if self._icon else 0) + 2, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.colour("accent_hover" if self.underMouse() else self._ink)
        x = 0
        if self._icon:
            picture = icons.pixmap(self._icon, ink, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(0, (self.height() - 14) // 2), picture)
            x = 20
        font = QFont(self._theme.font(self._step))
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(ink)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(x, 0, 0, 0), middle, self.text())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class Flow(QWidget):
    """Small widgets side by side, in as many lines as they need; ``room``: pixels around them, for rings."""

    def __init__(self, parent: QWidget | None = None, room: int = 0) -> None:
        super().__init__(parent)
        self._room = room
        self._widgets: list[QWidget] = []
        self.setSizePolicy(tall())

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these instead of the ones before."""
        for old in self._widgets:
            old.hide()
            old.deleteLater()
        self._widgets = list(widgets)
        for widget in self._widgets:
            widget.setParent(self)
            widget.show()
        self._arrange(self.width())
        self.updateGeometry()

    def widgets(self) -> list[QWidget]:
        """What is shown, in order."""
        return list(self._widgets)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, is_moving=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width())

    def _arrange(self, width: int, is_moving: bool = True) -> int:
        room, tallest = self._room, 0
        x = y = room
        for widget in self._widgets:
            size = widget.sizeHint()
            if x > room and x + size.width() > width - room:
                x, y, tallest = room, y + tallest + 6, 0
            tallest = max(tallest, size.height())
            if is_moving:
                widget.setGeometry(
                    x, y + (26 - size.height()) // 2 if size.height() < 26 else y, *size.toTuple()
                )
            x += size.width() + 6
        return y + max(26, tallest) + room if self._widgets else 0


class Notice(QWidget):
    """A sentence about this capture on a soft ground, with one act at most."""

    def __init__(self, theme: Theme, kind: str, icon: str, sentence: str, act: Button | None = None) -> None:
        super().__init__()
        self._theme, self._kind, self._icon = theme, kind, icon
        self.setSizePolicy(tall())
        row = QHBoxLayout(self)
        row.setContentsMargins(38, 8, 8, 8)
        row.setSpacing(12)
        self.words = Words(theme, "body", 19, f"on_{kind}_soft")
        self.words.say(sentence)
        row.addWidget(self.words, 1)
        if act is not None:
            row.addWidget(act)
        self.setAccessibleName(sentence)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.colour(f"on_{self._kind}_soft")
        painter.setPen(QPen(ink, 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{self._kind}_soft"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)
        picture = icons.pixmap(self._icon, ink, 16, self.devicePixelRatioF())
        spare = self.words.height() - self.words.heightForWidth(self.words.width())
        painter.drawPixmap(QPoint(12, self.words.y() + max(0, spare) // 2 + 2), picture)


class Passage(QWidget):
    """The passage that was selected when it was saved: a quotation, with the quotation's rule."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(tall())
        column = QVBoxLayout(self)
        column.setContentsMargins(19, 0, 0, 0)
        column.setSpacing(2)
        label = Words(theme, "caption", 18, "muted")
        label.say(tr("The passage you saved"))
        self.words = Words(theme, "own_field", 25)
        column.addWidget(label)
        column.addWidget(self.words)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, 3, self.height(), self._theme.colour("line_strong"))
