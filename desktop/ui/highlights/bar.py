"""The two rows above the highlights: colours that can be chosen together, then tag, goal, time and source."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.library.marks.highlights import Filter, HighlightCounts
from desktop.library.sense_values import Colour
from desktop.ui.desk import Desk
from desktop.ui.parts import moments
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import faint
from desktop.ui.theme import Theme

Choices = Sequence[tuple[str, object]]
"""Labels with what is chosen by them."""
_SHORT: Final = 24


class ColourChip(QAbstractButton):
    """A colour with its number, chosen or not."""

    def __init__(self, theme: Theme, colour: Colour, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colour = colour
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._count = 0
        self.say(0)
        theme.changed.connect(self._say_again)

    def say(self, count: int) -> None:
        """How many highlights have it."""
        self._count = count
        name = self._theme.name_of(self.colour)
        self.setText(f"{name} {writing.number(count)}")
        self.setAccessibleName(f"{name}, {writing.number(count)}")
        self.updateGeometry()
        self.update()

    def _say_again(self) -> None:
        self.say(self._count)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._theme.font("caption", 600)).horizontalAdvance(self.text()) + 32, 27)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour, is_on = self._theme.colour, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = "focus" if self.hasFocus() else "accent" if is_on else "line_button"
        painter.setPen(QPen(colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(colour("accent_soft" if is_on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"mark_{self.colour.value}"))
        painter.drawEllipse(QRectF(10, self.height() / 2 - 4, 8, 8))
        painter.setFont(self._theme.font("caption", 600 if is_on else 400))
        painter.setPen(colour("on_accent_soft" if is_on else "muted"))
        place = QRect(23, 0, self.width() - 24, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())


class FilterBar(QWidget):
    """``changed`` says the `Filter` that is wanted now."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.wanted = Filter()
        self.choices: dict[str, Choices] = {"tag": (), "goal": (), "source_id": ()}
        self.chips = [ColourChip(desk.theme, colour, self) for colour in Colour]
        colours = QHBoxLayout()
        colours.setContentsMargins(20, 10, 20, 10)
        colours.setSpacing(8)
        for chip in self.chips:
            chip.toggled.connect(self._on_colours_changed)
            colours.addWidget(chip)
        colours.addStretch()
        self.buttons = {
            name: Button(desk.theme, label, icon="chevron-down", kind="quiet", parent=self)
            for name, label in (
                ("tag", tr("Tag")),
                ("goal", tr("Goal")),
                ("since", tr("Any time")),
                ("source_id", tr("Source")),
            )
        }
        self.words = faint(desk.theme, parent=self)
        fields = QHBoxLayout()
        fields.setContentsMargins(20, 4, 20, 5)
        fields.setSpacing(4)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._open, name))
            fields.addWidget(button)
        fields.addStretch()
        fields.addWidget(self.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(colours)
        layout.addLayout(fields)
        desk.theme.changed.connect(self.update)

    def say(self, counts: HighlightCounts, colours: HighlightCounts) -> None:
        """Numbers on the colours, and what is shown in words."""
        for chip in self.chips:
            chip.say(colours.by_colour.get(chip.colour, 0))
        number = trn("{n} highlight", "{n} highlights", counts.all).format(n=writing.number(counts.all))
        silent = counts.all - counts.commented
        if silent:
            without = trn("{n} without a sentence", "{n} without a sentence", silent)
            number = f"{number}, {without.format(n=writing.number(silent))}"
        self.words.setText(number)

    def clear(self) -> None:
        """Everything is shown."""
        for chip in self.chips:
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        for name, label in (
            ("tag", tr("Tag")),
            ("goal", tr("Goal")),
            ("since", tr("Any time")),
            ("source_id", tr("Source")),
        ):
            self.buttons[name].set_label(label)
        self._want(Filter())

    def _on_colours_changed(self) -> None:
        chosen = tuple(chip.colour for chip in self.chips if chip.isChecked())
        self._want(replace(self.wanted, colours=chosen))

    def _open(self, name: str) -> None:
        menu = self.menu(name)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.buttons[name]
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def menu(self, name: str) -> QMenu:
        """What can be chosen for ``tag``, ``goal``, ``since`` or ``source_id``."""
        menu = QMenu(self)
        first, empty = {
            "tag": (tr("Any tag"), tr("Tag")),
            "goal": (tr("Any goal"), tr("Goal")),
            "since": (tr("Any time"), tr("Any time")),
            "source_id": (tr("Any source"), tr("Source")),
        }[name]
        menu.setAccessibleName(empty)
        choices = times() if name == "since" else self.choices[name]
        menu.addAction(first).triggered.connect(self._chooser(name, "" if name == "tag" else 0, empty))
        for label, value in choices:
            short = label if len(label) <= _SHORT else label[: _SHORT - 1] + "…"
            menu.addAction(label.replace("&", "&&")).triggered.connect(self._chooser(name, value, short))
        return menu

    def _chooser(self, name: str, value: Any, label: str) -> Callable[[], None]:
        def choose() -> None:
            self.buttons[name].set_label(label)
            chosen: dict[str, Any] = {name: value}
            self._want(replace(self.wanted, **chosen))

        return choose

    def _want(self, wanted: Filter) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.changed.emit(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._desk.theme.colour("surface"))
        line = self._desk.theme.colour("line")
        painter.fillRect(0, 47, self.width(), 1, line)
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)


def times(today: date | None = None) -> list[tuple[str, int]]:
    """Beginnings of stretches of time up to now, in milliseconds."""
    day = today or date.today()
    week = day - timedelta(day.weekday())
    return [
        (tr("Today"), moments.midnight(day)),
        (tr("This week"), moments.midnight(week)),
        (tr("This month"), moments.midnight(day.replace(day=1))),
        (tr("This year"), moments.midnight(day.replace(month=1, day=1))),
    ]
