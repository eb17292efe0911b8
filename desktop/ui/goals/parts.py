"""Small parts of the goal pages: tabs with numbers, lines with a pill, section heads, the next step's card.

The surprising fact: a line is one button for the keyboard, and what can be done beside opening it (the plus)
is a button of its own next to it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import tall
from desktop.ui.parts.pills import HEIGHT as PILL_HEIGHT
from desktop.ui.parts.pills import Pill, paint_pill, pill_width
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths, Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Tab(QAbstractButton):
    """One of several: its words, a number, a line below while it is chosen."""

    def __init__(self, theme: Theme, label: str, value: object) -> None:
        super().__init__()
        self._theme, self._label, self.value = theme, label, value
        self._number = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(label)
        theme.changed.connect(self.update)

    def say(self, number: str) -> None:
        """Show how many there are."""
        self._number = number
        self.setAccessibleName(" ".join(part for part in (self._label, number) if part))
        self.updateGeometry()
        self.update()

    def _text(self) -> str:
        return " ".join(part for part in (self._label, self._number) if part)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._theme.font("strong")).horizontalAdvance(self._text()) + 20, 32)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, is_on = self._theme.colour, self.isChecked()
        painter.setFont(self._theme.font("strong" if is_on else "body"))
        painter.setPen(colour("text" if is_on or self.underMouse() else "muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text())
        if is_on:
            painter.fillRect(0, self.height() - 2, self.width(), 2, colour("accent"))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class Tabs(QWidget):
    """``picked`` says the value of the one that was chosen."""

    picked = Signal(object)

    def __init__(
        self, theme: Theme, name: str, choices: Sequence[tuple[str, object]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.tabs: list[Tab] = []
        for number, (label, value) in enumerate(choices):
            tab = Tab(theme, label, value)
            self._group.addButton(tab, number)
            self.tabs.append(tab)
            row.addWidget(tab)
        row.addStretch(1)
        self.tabs[0].setChecked(True)
        self._group.idToggled.connect(self._on_toggled)

    @property
    def value(self) -> object:
        """The chosen one's."""
        return next((tab.value for tab in self.tabs if tab.isChecked()), None)

    def choose(self, value: object) -> None:
        """Choose this one."""
        for tab in self.tabs:
            if tab.value == value:
                tab.setChecked(True)

    def _on_toggled(self, number: int, is_on: bool) -> None:
        if is_on:
            self.picked.emit(self.tabs[number].value)


class Picture(QWidget):
    """An icon of 16 px beside quiet words; says nothing itself."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setFixedSize(16, 16)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = self._theme.colour("muted")
        QPainter(self).drawPixmap(0, 0, icons.pixmap(self._icon, ink, 16, self.devicePixelRatioF()))


class LineRow(QAbstractButton):
    """A line to be opened: icon, words, something quiet and a pill at the right."""

    HEIGHT = 40

    def __init__(self, theme: Theme, icon: str, words: str, meta: str = "", pill: Pill | None = None) -> None:
        super().__init__()
        self._theme, self._icon, self._words, self._meta, self._pill = theme, icon, words, meta, pill
        said = [words, meta, pill.text if pill else ""]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(240, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, right = self._theme, self.width()
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        picture = icons.pixmap(self._icon, theme.colour("muted"), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, (self.height() - 16) // 2), picture)
        if self._pill is not None:
            right -= pill_width(theme, self._pill)
            paint_pill(painter, theme, QPoint(right, (self.height() - PILL_HEIGHT) // 2), self._pill)
            right -= 12
        right = self._paint_meta(painter, right)
        font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        room = right - 28
        text = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(26, 0, room + 2, self.height() - 1), LEFT, text)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -2), 4, 4)

    def _paint_meta(self, painter: QPainter, right: int) -> int:
        """The quiet words, up to a third of the line; what is left of the room."""
        if not self._meta or self.width() < 360:
            return right
        font = self._theme.font("caption")
        metrics = QFontMetrics(font)
        text = metrics.elidedText(self._meta, Qt.TextElideMode.ElideRight, self.width() // 3)
        wide = metrics.horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(QRect(right - wide - 1, 0, wide + 2, self.height() - 1), RIGHT, text)
        return right - wide - 12


class SectionHead(QWidget):
    """A heading with a number or a few quiet words beside it, and room for a button at the right."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(title, self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(theme.font("section"))
        self.number = QLabel(self)
        self.number.setTextFormat(Qt.TextFormat.PlainText)
        self.number.setFont(theme.font("body"))
        self.meta = Words(theme, "caption", 16, "muted")
        self.meta.setWordWrap(False)
        self.meta.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self.title)
        self.row.addWidget(self.number)
        self.row.addStretch()
        self.row.addWidget(self.meta)
        self.setFixedHeight(Lengths.CONTROL_SMALL)


class Lines(QWidget):
    """Some `LineRow` below one another; filled anew as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._shown: list[QWidget] = []

    def fill(self, widgets: Sequence[QWidget]) -> None:
        """Show these instead of those before. The focus stays at its place in the order."""
        old = list(self._shown)
        held = next((at for at, one in enumerate(old) if _holds_focus(one)), -1)
        for one in old:
            self.column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._shown = list(widgets)
        for widget in widgets:
            self.column.addWidget(widget)
            widget.show()
        if held >= 0 and widgets:
            widgets[min(held, len(widgets) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)


def _holds_focus(widget: QWidget) -> bool:
    focus = widget.focusWidget()
    return widget.hasFocus() or (focus is not None and focus.hasFocus())


class NextStep(QWidget):
    """The next step of a goal on its own ground: what it is, and the way to say that it is done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(tall())
        self.words = Words(theme, "body", 19, "on_accent_soft")
        self.done = Button(
            theme, tr("Done, how did it go?"), icon="check", kind="outline", ink="on_accent_soft",
            is_small=True, parent=self,
        )  # fmt: skip
        self.write = Button(
            theme, tr("Write the next step"), icon="pencil-line", kind="outline", ink="on_accent_soft",
            is_small=True, parent=self,
        )  # fmt: skip
        self.label = Words(theme, "strong", 19, "on_accent_soft")
        self.label.say(tr("Next step"))
        self.label.setWordWrap(False)
        self.label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(42, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self.label)
        row.addWidget(self.words, 1)
        row.addWidget(self.done)
        row.addWidget(self.write)
        theme.changed.connect(self.update)

    def say(self, step: str, is_open: bool) -> None:
        """Show the step, or that there is none."""
        self.words.say(step or tr("No next step yet. One small thing to do at work is enough."))
        self.label.setVisible(bool(step))
        said = tr("Next step: {step}").format(step=step) if step else self.words.words()
        self.setAccessibleName(said)
        self.done.setVisible(bool(step) and is_open)
        self.write.setVisible(not step and is_open)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._theme.colour("line")
        painter.setPen(QPen(edge, 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        arrow = icons.pixmap(
            "arrow-right", self._theme.colour("on_accent_soft"), 16, self.devicePixelRatioF()
        )
        painter.drawPixmap(QPoint(14, (self.height() - 16) // 2), arrow)


class Why(QWidget):
    """Why the person wants this, beside the ink rule."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(tall())
        self.words = Words(theme, "own_card", 23)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self.words)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, 2, self.height(), self._theme.colour("own_words_rule"))
