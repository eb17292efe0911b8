"""A choice of a few, side by side: one is always chosen, and the arrow keys move the choice.

Surprising: the group is several buttons for the keyboard and for screen readers, and one shape for the eye.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop.languages import tr
from desktop.settings import Choice, Value
from desktop.ui.theme import Lengths, Theme, font_of


class Segment(QAbstractButton):
    """One of the choices. ``px`` draws a letter of that size instead of the label."""

    def __init__(self, theme: Theme, choice: Choice, px: int = 0, family: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._px = px
        self._family = family
        self.choice = choice
        self.is_first = self.is_last = False
        self.setText(tr(choice.label))
        self.setAccessibleName(tr(choice.label))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font("strong")).horizontalAdvance(self._shown()) + 24
        return QSize(max(33, width), 30)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _shown(self) -> str:
        return "A" if self._px else self.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        is_on = self.isChecked()
        ground = colour("accent_soft" if is_on else "hover" if self.underMouse() else "raised")
        edge = colour("accent" if is_on else "line_button")
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self._paint_box(painter, box, ground, edge)
        weight = 600 if is_on else 400
        font = self._theme.font("body", weight)
        if self._px:
            font = font_of(self._family, self._px, weight) if self._family else font
        painter.setFont(font)
        painter.setPen(colour("on_accent_soft" if is_on else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown())
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_box(self, painter: QPainter, box: QRectF, ground: QColor, edge: QColor) -> None:
        """Round where the group ends, straight where the next one begins; neighbours share one line."""
        radius = Lengths.RADIUS
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        wide = box.adjusted(0 if self.is_first else -radius, 0, 0 if self.is_last else radius, 0)
        painter.save()
        painter.setClipRect(self.rect())
        painter.drawRoundedRect(wide, radius, radius)
        if not self.is_first and self.isChecked():
            painter.drawLine(box.topLeft(), box.bottomLeft())
        if not self.is_last:
            painter.drawLine(box.topRight(), box.bottomRight())
        painter.restore()


class Segments(QWidget):
    """The group. ``picked`` says the value that the person chose."""

    picked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: Sequence[Choice],
        value: Value,
        *,
        sizes: Sequence[int] = (),
        family: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for number, choice in enumerate(choices):
            segment = Segment(theme, choice, sizes[number] if sizes else 0, family)
            segment.is_first, segment.is_last = number == 0, number == len(choices) - 1
            segment.setAccessibleName(f"{name}: {tr(choice.label)}")
            self._group.addButton(segment, number)
            row.addWidget(segment)
        self.choose(value)
        self._group.idToggled.connect(self._on_toggled)

    def segments(self) -> list[Segment]:
        """The buttons, in order."""
        return [one for one in self._group.buttons() if isinstance(one, Segment)]

    def choose(self, value: Value) -> None:
        """Show this value as chosen, without saying so."""
        self.blockSignals(True)
        for segment in self.segments():
            if segment.choice.value == value:
                segment.setChecked(True)
        self.blockSignals(False)

    def _on_toggled(self, number: int, is_on: bool) -> None:
        if is_on:
            segment = self._group.button(number)
            if isinstance(segment, Segment):
                self.picked.emit(segment.choice.value)
