"""One row per setting: label and help at the left, the control at the right, a line below.

Surprising: no control has a state of its own. It shows what the desk says and asks the desk to change it, so
two places that show the same setting never differ.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.settings import BY_NAME, Setting, Value
from desktop.store.changes import Changes, Noun
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import tall
from desktop.ui.parts.words_card import Words
from desktop.ui.reader.controls import setting_segments
from desktop.ui.theme import Theme

MOST_SEGMENTS = 5


class Tick(QCheckBox):
    """A 16-pixel box in a 32-pixel target."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        box = QRectF(self.width() - 16.5, (self.height() - 16) / 2 + 0.5, 15, 15)
        is_on = self.isChecked()
        painter.setPen(QPen(colour("accent" if is_on else "line_strong"), 1.5))
        painter.setBrush(colour("accent") if is_on else colour("raised"))
        painter.drawRoundedRect(box, 4, 4)
        if is_on:
            painter.setPen(QPen(colour("on_accent"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            x, y = box.x(), box.y()
            points = [QPointF(x + 3.5, y + 8), QPointF(x + 6.5, y + 11), QPointF(x + 11.5, y + 4.5)]
            painter.drawPolyline(QPolygonF(points))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 6, 6)


class ChoiceButton(Button):
    """More choices than stand side by side: the chosen one, and a menu of all."""

    picked = Signal(object)

    def __init__(self, desk: Desk, setting: Setting) -> None:
        super().__init__(desk.theme, "", icon="chevron-down")
        self._setting = setting
        self.choose(desk.settings.get(setting.name))
        self.clicked.connect(self._on_clicked)

    def choose(self, value: Value) -> None:
        """Show this value as chosen."""
        self._value = value
        label = next((tr(one.label) for one in self._setting.choices if one.value == value), str(value))
        self.set_label(label)
        self.setAccessibleName(f"{tr(self._setting.label)}: {label}")

    def menu_of_choices(self) -> QMenu:
        """All choices; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, choice in enumerate(self._setting.choices):
            action = menu.addAction(tr(choice.label))
            action.setData(number)
            action.setCheckable(True)
            action.setChecked(choice.value == self._value)
        menu.triggered.connect(self._on_triggered)
        return menu

    def _on_clicked(self) -> None:
        self.menu_of_choices().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _on_triggered(self, action: object) -> None:
        number = getattr(action, "data", lambda: None)()
        if isinstance(number, int):
            self.choose(self._setting.choices[number].value)
            self.picked.emit(self._value)


class SettingRow(QWidget):
    """One setting."""

    def __init__(self, desk: Desk, setting: Setting) -> None:
        super().__init__()
        self._desk = desk
        self.setting = setting
        self._theme = desk.theme
        self.setSizePolicy(tall())
        text = QVBoxLayout()
        text.setSpacing(0)
        label = Words(desk.theme, "strong", 19)
        label.say(tr(setting.label))
        helps = Words(desk.theme, "caption", 17, "muted")
        helps.say(tr(setting.help))
        text.addWidget(label)
        text.addWidget(helps)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 11)
        row.setSpacing(16)
        row.addLayout(text, 1)
        self.control, self._choose = self._make_control()
        self.control.setAccessibleDescription(tr(setting.help))
        row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        desk.changed.connect(self._on_changed)
        desk.theme.changed.connect(self.update)

    def matches(self, words: str) -> bool:
        """True when every word is in the label, the help or a choice."""
        choices = " ".join(tr(choice.label) for choice in self.setting.choices)
        text = f"{tr(self.setting.label)} {tr(self.setting.help)} {choices}".casefold()
        return all(word in text for word in words.casefold().split())

    def _make_control(self) -> tuple[QWidget, Callable[[Value], None]]:
        setting, value = self.setting, self._desk.settings.get(self.setting.name)
        if isinstance(setting.default, bool):
            tick = Tick(self._theme, tr(setting.label))
            tick.setChecked(bool(value))
            tick.toggled.connect(self.keep)
            return tick, lambda new: tick.setChecked(bool(new))
        if not setting.choices:
            field = QLineEdit(str(value))
            field.setAccessibleName(tr(setting.label))
            field.setFixedWidth(240)
            field.editingFinished.connect(self._on_edited)
            return field, lambda new: field.setText(str(new))
        if len(setting.choices) > MOST_SEGMENTS:
            button = ChoiceButton(self._desk, setting)
            button.picked.connect(self.keep)
            return button, button.choose
        segments = setting_segments(self._desk, setting.name)
        segments.picked.connect(self.keep)
        return segments, segments.choose

    def keep(self, value: Value) -> None:
        """Keep what was chosen; on failure show what holds, and say why."""
        if value == self._desk.settings.get(self.setting.name):
            return
        try:
            self._desk.set_setting(self.setting.name, value)
        except UserFixable as error:
            self._choose(self._desk.settings.get(self.setting.name))
            self._desk.say(str(error))

    def _on_edited(self) -> None:
        if isinstance(self.control, QLineEdit):
            self.keep(self.control.text())

    def _on_changed(self, changes: Changes) -> None:
        if Noun.SETTING in changes.nouns:
            self._choose(self._desk.settings.get(self.setting.name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


def row_of(desk: Desk, name: str) -> SettingRow:
    """The row of one setting by its name."""
    return SettingRow(desk, BY_NAME[name])
