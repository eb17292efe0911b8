"""Small parts of the page of people: faces, numbers that open what they count, six words, filters.

Surprising: each word has a box of its own, because words are compared one by one and read aloud.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.languages import tr, writing
from desktop.ui.parts.faces import paint_face
from desktop.ui.parts.notices import tall
from desktop.ui.parts.pills import HEIGHT, Pill, paint_pill, pill_width
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme

FACE = 48


class Face(QWidget):
    """The circle with the first letter, large; says nothing itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._name = theme, ""
        self.setFixedSize(FACE, FACE)
        theme.changed.connect(self.update)

    def say(self, name: str) -> None:
        """Whose it is."""
        self._name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_face(painter, self._theme, QRectF(1, 1, FACE - 2, FACE - 2), self._name, step="bar")


class Badge(QWidget):
    """A pill that is no button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pill = Pill("")
        theme.changed.connect(self.update)

    def say(self, pill: Pill) -> None:
        """Show this one."""
        self._pill = pill
        self.setAccessibleName(pill.text)
        self.setFixedSize(pill_width(self._theme, pill), HEIGHT)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pill(painter, self._theme, QPoint(0, 0), self._pill)


class Quote(QWidget):
    """What the person wrote about somebody, behind the ink rule."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words = Words(theme, "own_card", 23)
        self.setSizePolicy(tall())
        row = QVBoxLayout(self)
        row.setContentsMargins(12, 0, 0, 0)
        row.addWidget(self.words)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = self._theme.colour("own_words_rule")
        QPainter(self).fillRect(0, 0, 2, self.height(), colour)


class Number(QAbstractButton):
    """A number and what it counts; pressed while what is behind it is shown below."""

    def __init__(self, theme: Theme, name: str, label: str, is_first: bool) -> None:
        super().__init__()
        self._theme, self.name, self._label, self._is_first = theme, name, label, is_first
        self.setToolTip(label)
        self.setCheckable(True)
        self.setFixedHeight(70)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def say(self, number: int) -> None:
        """Show this."""
        self.setText(writing.number(number))
        self.setAccessibleName(f"{self.text()} {self._label}")

    def sizeHint(self) -> QSize:
        return QSize(90, 70)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, colour = self._theme, self._theme.colour
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), colour("accent_soft" if self.isChecked() else "hover"))
        if not self._is_first:
            painter.fillRect(0, 0, 1, self.height(), colour("line"))
        painter.setPen(colour("on_accent_soft" if self.isChecked() else "text"))
        painter.setFont(theme.font("view"))
        painter.drawText(QRect(17, 12, self.width() - 20, 28), Qt.AlignmentFlag.AlignVCenter, self.text())
        small = theme.font("caption")
        painter.setFont(small)
        painter.setPen(colour("on_accent_soft" if self.isChecked() else "muted"))
        label = QFontMetrics(small).elidedText(self._label, Qt.TextElideMode.ElideRight, self.width() - 22)
        painter.drawText(QRect(17, 40, self.width() - 18, 18), Qt.AlignmentFlag.AlignVCenter, label)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 5, 5)


class Numbers(QWidget):
    """The four in one frame; ``picked``: the name of one, or empty when it is let go."""

    picked = Signal(str)

    def __init__(self, theme: Theme, names: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self.all = [Number(theme, name, label, not at) for at, (name, label) in enumerate(names)]
        for number in self.all:
            row.addWidget(number, 1)
            number.clicked.connect(self._on_clicked)
        theme.changed.connect(self.update)

    def say(self, numbers: Sequence[int]) -> None:
        """Show these, in order."""
        for widget, number in zip(self.all, numbers, strict=True):
            widget.say(number)

    def choose(self, name: str) -> None:
        """Let this one be pressed, and no other."""
        for widget in self.all:
            widget.setChecked(widget.name == name)

    def _on_clicked(self) -> None:
        sender = next((one for one in self.all if one is self.sender()), None)
        if sender is not None:
            name = sender.name if sender.isChecked() else ""
            self.choose(name)
            self.picked.emit(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("raised"))
        radius = Lengths.RADIUS_PANEL
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class SixWords(QWidget):
    """Six words in boxes: side by side, or in two lines where there is no room."""

    GAP, HIGH = 8, 36

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words: tuple[str, ...] = ()
        self.setSizePolicy(tall())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a screen reader stops here and reads them
        theme.changed.connect(self.update)

    def say(self, words: Sequence[str]) -> None:
        """Show these."""
        self.words = tuple(words)
        self.setAccessibleName(tr("Six words: {words}").format(words=", ".join(words)))
        self.updateGeometry()
        self.update()

    def _columns(self, width: int) -> int:
        return 6 if width >= 520 else 3

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = 6 // self._columns(width)
        return lines * self.HIGH + (lines - 1) * self.GAP

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, columns = self._theme.colour, self._columns(self.width())
        width = (self.width() - (columns - 1) * self.GAP) / columns
        painter.setFont(self._theme.font("row"))
        for at, word in enumerate(self.words):
            x = (at % columns) * (width + self.GAP)
            box = QRectF(x, at // columns * (self.HIGH + self.GAP), width, self.HIGH)
            painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(colour("pill"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            painter.setPen(colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class Filter(QAbstractButton):
    """One of the pills above the list: everybody, or a circle with how many are in it."""

    def __init__(self, theme: Theme, label: str, number: int, circle_id: int) -> None:
        super().__init__()
        self._theme, self.circle_id = theme, circle_id
        self.setText(f"{label} {writing.number(number)}" if number else label)
        self.setAccessibleName(self.text())
        self.setCheckable(circle_id >= 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font("caption", 600)).horizontalAdvance(self.text())
        return QSize(min(width + 18, 200), 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, is_on = self._theme.colour, self.isChecked()
        edge = "focus" if self.hasFocus() else "accent" if is_on else "line_strong"
        painter.setPen(QPen(colour(edge), 2 if self.hasFocus() else 1.2))
        painter.setBrush(colour("accent_soft" if is_on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        font = self._theme.font("caption", 600 if is_on else 500)
        painter.setFont(font)
        painter.setPen(colour("on_accent_soft" if is_on else "muted"))
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 12)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)


def title(theme: Theme, words: str) -> QLabel:
    """A heading inside the pane that stands on one line with a badge."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font("section"))
    return label
