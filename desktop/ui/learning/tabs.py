"""The states of learning as tabs with their numbers, and the menu that narrows the list.

The surprising fact: the arrow keys go from tab to tab, so Tab itself passes all of them in one step.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QWidget

from desktop.languages import tr, writing
from desktop.learning.values import ActivityKind, GoalRow
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.study import words
from desktop.ui.theme import Theme

HEIGHT, PAD = 33, 10


class TabButton(QAbstractButton):
    """One tab."""

    def __init__(self, theme: Theme, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name, self._label, self._count = name, label, 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say(0)
        theme.changed.connect(self.update)

    def say(self, count: int) -> None:
        """So many stand there."""
        self._count = count
        self.setText(f"{self._label} {writing.number(count)}" if count else self._label)
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font("strong")).horizontalAdvance(self.text())
        return QSize(width + 2 * PAD, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, is_on = self._theme.colour, self.isChecked()
        painter.setFont(self._theme.font("body", 600 if is_on else 400))
        painter.setPen(colour("text" if is_on or self.underMouse() else "muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if is_on:
            painter.fillRect(0, self.height() - 2, self.width(), 2, colour("accent"))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 3, -1, -4), 4, 4)


class Tabs(QWidget):
    """``picked`` says the name of the tab that is wanted; ``narrowed``: a goal (0: any) and a kind."""

    picked = Signal(str)
    narrowed = Signal(int, object)

    def __init__(self, desk: Desk, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Where it stands"))
        self._group = QButtonGroup(self)
        self.buttons = {name: TabButton(desk.theme, name, label, self) for name, label in labels.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(0)
        for button in self.buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        label = tr("Show only a goal or a kind")
        self.filter = Button(desk.theme, label, icon="list-filter", kind="icon", is_small=True, parent=self)
        self.filter.setCheckable(True)
        self.filter.clicked.connect(self._on_filter_clicked)
        row.addWidget(self.filter)
        self._group.buttonClicked.connect(self._on_clicked)
        self._goals: Sequence[GoalRow] = ()
        self._goal_id, self._kind = 0, cast(ActivityKind | None, None)

    @property
    def chosen(self) -> str:
        """The tab that is shown."""
        return next((name for name, one in self.buttons.items() if one.isChecked()), "")

    def choose(self, name: str) -> None:
        """Show this tab, without saying so."""
        self.buttons[name].setChecked(True)

    def say(self, counts: Mapping[str, int], goals: Sequence[GoalRow]) -> None:
        """Numbers of the tabs, and the goals to choose from."""
        self._goals = goals
        for name, button in self.buttons.items():
            button.say(counts.get(name, 0))

    def show_filter(self, goal_id: int, kind: ActivityKind | None) -> None:
        """What the list is narrowed to."""
        self._goal_id, self._kind = goal_id, kind
        goal = next((one.skill for one in self._goals if one.id == goal_id), "")
        said = ", ".join(part for part in (goal, words.kind(kind) if kind else "") if part)
        self.filter.setChecked(bool(said))
        self.filter.setAccessibleName(
            tr("Shown only: {what}").format(what=said) if said else tr("Show only a goal or a kind")
        )

    def menu(self) -> QMenu:
        """Goals and kinds to narrow the list to."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Show only a goal or a kind"))
        everything = menu.addAction(tr("Show everything"))
        everything.triggered.connect(partial(self.narrowed.emit, 0, None))
        everything.setEnabled(bool(self._goal_id or self._kind))
        menu.addSeparator()
        for kind in words.KINDS:
            action = menu.addAction(words.kind(kind))
            action.setCheckable(True)
            action.setChecked(kind == self._kind)
            action.triggered.connect(
                partial(self.narrowed.emit, self._goal_id, None if kind == self._kind else kind)
            )
        if self._goals:
            menu.addSeparator()
        for goal in self._goals:
            action = menu.addAction(goal.skill.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(goal.id == self._goal_id)
            action.triggered.connect(
                partial(self.narrowed.emit, 0 if goal.id == self._goal_id else goal.id, self._kind)
            )
        return menu

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, TabButton):
            self.picked.emit(button.name)

    def _on_filter_clicked(self) -> None:
        self.filter.setChecked(bool(self._goal_id or self._kind))
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.filter.mapToGlobal(self.filter.rect().bottomLeft()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._desk.theme.colour("line"))
