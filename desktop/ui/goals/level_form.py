"""Raise (or lower) the level of a goal: to which, on which day, a sentence, and the evidence it stands on.

The surprising fact: the button is never just grey. Below the fields stands what is still missing, in words.
"""

import asyncio
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.languages import tr
from desktop.learning import days, levels, typed_days
from desktop.learning.values import GoalPage
from desktop.store.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.goals import words as goal_words
from desktop.ui.goals.tick_rows import TickDelegate
from desktop.ui.goals.words import Entry
from desktop.ui.parts.words_card import Words

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TickModel(QAbstractListModel):
    """Things to tick."""

    def __init__(self, entries: Sequence[Entry], ticked: set[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries = list(entries)
        self.ticked = ticked
        """By place."""
        self.fixed: frozenset[int] = frozenset()
        """Places whose tick stays."""

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == int(Qt.ItemDataRole.UserRole):
            return entry
        if role == int(Qt.ItemDataRole.CheckStateRole):
            return CHECKED if index.row() in self.ticked else UNCHECKED
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return goal_words.spoken(entry)
        return None

    def toggle(self, row: int) -> None:
        """Tick it, or take the tick away."""
        if row in self.fixed:
            return
        self.ticked ^= {row}
        self.dataChanged.emit(self.index(row), self.index(row))


class TickList(QListView):
    """Space ticks, Enter keeps the form."""

    def __init__(self, desk: Desk, model: TickModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = model
        self.setModel(model)
        self.setItemDelegate(TickDelegate(desk.theme, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)
        if model.entries:
            self.setCurrentIndex(model.index(0))

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.ticks.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.ticks.toggle(index.row())


class LevelForm(FormOverlay):
    """For one goal."""

    def __init__(self, desk: Desk, parent: QWidget, page: GoalPage) -> None:
        title = tr("Raise the level: {skill}").format(skill=page.goal.skill)
        super().__init__(desk, title, tr("Change the level"), parent, 600)
        self._page = page
        row = self.add_row()
        words = goal_words.levels()
        now = page.goal.level
        choices = [(self._named(n, word, now), n) for n, word in enumerate(words) if n != now]
        self.level = self.add_choice(tr("From “{now}” to").format(now=words[now]), choices, now + 1, row)
        self.day = self.add_line(tr("On"), "", tr("today"), row=row)
        self.sentence = self.add_line(
            tr("What can I do now?"), "", tr("One sentence, as I would say it to a colleague"), is_own=True
        )
        entries = [one for one in goal_words.entries(page) if one.evidence is not None]
        since = page.levels[-1].on_date if page.levels else ""
        self.ticks = TickModel(entries, set(), self)
        self.list = TickList(desk, self.ticks, self.panel)
        self.list.setFixedHeight(max(44, min(5, len(entries)) * TickDelegate.HEIGHT + 2))
        self.add(tr("The evidence it stands on"), self.list)
        self.missing = Words(desk.theme, "caption", 17, "muted")
        self.fields.addWidget(self.missing)
        self.ticks.dataChanged.connect(self._on_edited)
        self._since = since
        self.refresh()

    @staticmethod
    def _named(level: int, word: str, now: int) -> str:
        return word if level > now else tr("{level} (lower)").format(level=word)

    def first_focus(self) -> QWidget:
        return self.sentence

    def why_not(self) -> str:
        """What is still missing; empty: nothing is."""
        if not self._page.evidence:
            return tr("Not yet: there is no evidence for this goal. Attach some first.")
        if not self.sentence.text().strip():
            return tr("Not yet: a level changes with a sentence.")
        if not self.ticks.ticked:
            return tr("Not yet: choose at least one piece of evidence (Space).")
        day = typed_days.day(self.day.text(), date.today())
        if day is None:
            return tr("Not yet: “{text}” is no day.").format(text=self.day.text().strip())
        if day > days.today().isoformat():
            return tr("Not yet: that day is still to come.")
        if day and day < self._since:
            return tr("Not yet: the level changed on {day}; this cannot be before it.").format(
                day=self._since
            )
        return ""

    def is_ready(self) -> bool:
        return not self.why_not()

    def refresh(self) -> None:
        super().refresh()
        if hasattr(self, "missing"):
            number = len(self.ticks.ticked)
            said = self.why_not() or tr("It stands on {pieces}.").format(pieces=goal_words.pieces(number))
            self.missing.say(said)
            self.agree.setToolTip(self.why_not())

    def act(self) -> "asyncio.Task[Changes | None] | None":
        chosen = [self.ticks.entries[place].evidence for place in sorted(self.ticks.ticked)]
        ids = [one.id for one in chosen if one is not None]
        day = typed_days.day(self.day.text(), date.today()) or ""
        level = int(self.level.currentData())
        return self.desk.tasks.run(
            "change a level", levels.move, self._page.goal.id, level, self.sentence.text(), ids, day
        )
