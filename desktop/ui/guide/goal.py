"""The third of the first steps: a skill the person wants, written where it is asked for.

The surprising fact: it is the same goal that the Goals view makes; what is left out here is written there.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.languages import tr
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import ChoiceField
from desktop.ui.goals import words as goal_words
from desktop.ui.guide.pages import Page, State
from desktop.ui.guide.steps import GOAL, Progress
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths


class GoalPage(Page):
    """Two lines, two levels, one button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Name a skill goal"),
            tr(
                "What would you like to be able to do? A goal is a few words, such as “Fair interviews”. "
                "Pages you tie to it become its evidence."
            ),
        )
        self._desk = desk
        self.skill = self._line(tr("Skill, in my own words"), tr("Data analysis with SQL"))
        self.why = self._line(tr("Why I want it"), tr("So that …"))
        self.why.setFont(desk.theme.font("own_field"))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.now = self._levels(row, tr("Now"), 1)
        self.aim = self._levels(row, tr("Aim"), 3)
        self.column.addLayout(row)
        self.column.addSpacing(14)
        self.make = Button(desk.theme, tr("Make the goal"), icon="target", kind="main", key="Enter")
        self.make.clicked.connect(self.keep)
        self.make.setEnabled(False)
        self.skill.textChanged.connect(self._on_text_changed)
        line = QHBoxLayout()
        line.addWidget(self.make)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addSpacing(10)
        self.state = State(desk.theme)
        self.column.addWidget(self.state)
        hint = Words(desk.theme, "caption", 17, "muted")
        said = tr("Later: {goal} on a page or a highlight, or “Goal” in the small window after a save.")
        hint.say(desk.actions.with_keys(said))
        self.column.addWidget(hint)
        self.column.addStretch(1)

    def _line(self, label: str, hint: str) -> QLineEdit:
        words = Words(self._desk.theme, "caption", 16, "muted")
        words.say(label)
        words.setFixedHeight(18)
        field = QLineEdit()
        field.setMinimumHeight(Lengths.FIELD)
        field.setMaxLength(200)
        field.setPlaceholderText(hint)
        field.setAccessibleName(label)
        field.installEventFilter(self)
        self.column.addWidget(words)
        self.column.addWidget(field)
        self.column.addSpacing(10)
        return field

    def _levels(self, row: QHBoxLayout, label: str, level: int) -> QComboBox:
        words = Words(self._desk.theme, "caption", 16, "muted")
        words.say(label)
        words.setFixedHeight(18)
        box = ChoiceField(self._desk.theme, self)
        box.addItems(list(goal_words.levels()))
        box.setCurrentIndex(level)
        box.setMinimumHeight(Lengths.FIELD)
        box.setAccessibleName(label)
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(words)
        both.addWidget(box)
        row.addLayout(both, 1)
        return box

    def keep(self) -> None:
        """Make the goal; another one can be written then."""
        if not self.make.isEnabled() or not self._desk.can_write:
            return
        if self.aim.currentIndex() < self.now.currentIndex():
            words = tr("The aim lies below the level at which you begin.")
            self.state.say("triangle-alert", words, "warning")
            return
        self._desk.tasks.run(
            "make a goal", _make, self.skill.text(), self.why.text(), self.now.currentIndex(),
            self.aim.currentIndex(),
        )  # fmt: skip
        self.skill.clear()
        self.why.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field makes the goal."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.keep()
            return True
        return super().eventFilter(watched, event)

    def show_progress(self, progress: Progress) -> None:
        """Say which goals there are."""
        if progress.is_done(GOAL):
            named = ", ".join(progress.goals[:3])
            self.state.say("circle-check", tr("Named: {named}").format(named=named), "success")
        else:
            self.state.say("circle-dashed", tr("No goal yet. It can wait until you know one."), "muted")

    def _on_text_changed(self, text: str) -> None:
        self.make.setEnabled(bool(text.strip()))


def _make(writer: Writer, skill: str, why: str, now: int, aim: int) -> Changes:
    from desktop.learning import goals

    return goals.make(writer, skill, why=why, level_from=now, level_to=aim)
