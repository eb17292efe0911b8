"""Attach evidence to a goal: pages, highlights, notes, activities and tries are ticked, feedback is written,
a certificate is a file. One sentence says what it all shows.

The surprising fact: what is attached already stands there ticked and cannot be taken away here; that is done
on the goal's page, where its sentence is seen.
"""

import asyncio
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.learning import choosing, evidence
from desktop.learning.choosing import Offer
from desktop.learning.values import EvidenceKind
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form import FormOverlay
from desktop.ui.goals import words as goal_words
from desktop.ui.goals.level_form import TickList, TickModel
from desktop.ui.goals.parts import Tabs
from desktop.ui.goals.tick_rows import TickDelegate
from desktop.ui.goals.words import Entry
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.words_card import Words

ROWS = 5
WRITTEN = (EvidenceKind.FEEDBACK, EvidenceKind.CERTIFICATE)
CHOSEN = (
    EvidenceKind.CAPTURE, EvidenceKind.ANNOTATION, EvidenceKind.NOTE, EvidenceKind.ACTIVITY, EvidenceKind.TRY,
)  # fmt: skip


class EvidencePicker(FormOverlay):
    """For one goal."""

    def __init__(self, desk: Desk, parent: QWidget, goal_id: int, skill: str) -> None:
        super().__init__(desk, tr("Attach evidence: {skill}").format(skill=skill), tr("Attach"), parent, 680)
        self._goal_id = goal_id
        self.kind = EvidenceKind.CAPTURE
        self.offers: list[Offer] = []
        self.path: Path | None = None
        choices = [(tr(goal_words.KINDS[kind][0]), kind) for kind in (*CHOSEN, *WRITTEN)]
        self.tabs = Tabs(desk.theme, tr("Kind of evidence"), choices, self.panel)
        self.tabs.picked.connect(self._on_kind_picked)
        self.fields.addWidget(self.tabs)
        self._choosing = self._part()
        self.field = self._line(self._choosing, tr("Find"), tr("Title, words or site"))
        self.field.textEdited.connect(self._on_edited_words)
        self.ticks = TickModel([], set(), self)
        self.list = TickList(desk, self.ticks, self.panel)
        self.list.setAccessibleName(tr("What may be attached"))
        self.list.setFixedHeight(ROWS * TickDelegate.HEIGHT + 2)
        self.list.installEventFilter(self)
        self._inside(self._choosing).addWidget(self.list)
        self.said = Words(desk.theme, "caption", 17, "muted")
        self._inside(self._choosing).addWidget(self.said)
        self._writing = self._part()
        self.who = self._line(self._writing, tr("Who"), tr("who said it, or who issued it"))
        self._file = self._part()
        self.choose = Button(desk.theme, tr("Choose the file …"), icon="award", parent=self._file)
        self.choose.clicked.connect(self._on_choose_clicked)
        self._inside(self._file).addWidget(self.choose)
        self.file_name = Words(desk.theme, "caption", 17, "muted")
        self._inside(self._file).addWidget(self.file_name)
        self.sentence = self.add_line(
            tr("What it shows"), "", tr("One sentence; it may be left out"), is_own=True
        )
        self.ticks.dataChanged.connect(self._on_edited)
        self._arrange()

    def _part(self) -> QWidget:
        part = QWidget(self.panel)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.fields.addWidget(part)
        return part

    @staticmethod
    def _inside(part: QWidget) -> QVBoxLayout:
        column = part.layout()
        assert isinstance(column, QVBoxLayout)
        return column

    def _line(self, part: QWidget, label: str, hint: str) -> QLineEdit:
        words = Words(self.desk.theme, "caption", 16, "muted")
        words.say(label)
        words.setFixedHeight(16)
        field = QLineEdit(part)
        field.setMinimumHeight(34)
        field.setPlaceholderText(hint)
        field.setAccessibleName(label)
        field.installEventFilter(self)
        field.textChanged.connect(self._on_edited)
        self._inside(part).addWidget(words)
        self._inside(part).addWidget(field)
        return field

    def first_focus(self) -> QWidget:
        return self.field

    # ── which ───────────────────────────────────────────────────────────────────────────────────────────

    def show_kind(self, kind: EvidenceKind) -> None:
        """Offer this kind."""
        self.tabs.choose(kind)

    def _on_kind_picked(self, kind: object) -> None:
        self.kind = EvidenceKind(str(kind))
        self._arrange()

    def _arrange(self) -> None:
        is_written = self.kind in WRITTEN
        self._choosing.setVisible(not is_written)
        self._writing.setVisible(is_written)
        self._file.setVisible(self.kind is EvidenceKind.CERTIFICATE)
        hint = tr("What they said, in a sentence")
        if self.kind is not EvidenceKind.FEEDBACK:
            hint = tr("One sentence; it may be left out")
        self.sentence.setPlaceholderText(hint)
        if not is_written:
            self.desk.tasks.start(self._find())
        self.refresh()
        self.refit()

    def _on_edited_words(self) -> None:
        self.desk.tasks.start(self._find())

    async def _find(self) -> None:
        kind, words = self.kind, self.field.text()
        found = await self.desk.tasks.read(choosing.offers, self._goal_id, kind, words)
        if found is None or self._is_closing or kind is not self.kind or words != self.field.text():
            return
        self.offers = found
        icon = goal_words.KINDS[kind][1]
        self.ticks.beginResetModel()
        self.ticks.entries = [
            Entry(icon, one.title, tr("attached") if one.is_attached else "", one.day, one.words)
            for one in found
        ]
        self.ticks.ticked = {at for at, one in enumerate(found) if one.is_attached}
        self.ticks.fixed = frozenset(self.ticks.ticked)
        self.ticks.endResetModel()
        self.list.setCurrentIndex(self.ticks.index(0))
        self.said.say("" if found else tr("Nothing of this kind fits."))
        self.said.setVisible(not found)
        self.refresh()

    @property
    def chosen(self) -> list[Offer]:
        """What is ticked and not attached yet."""
        found = [self.offers[at] for at in sorted(self.ticks.ticked) if at < len(self.offers)]
        return [one for one in found if not one.is_attached]

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, tr("Choose the certificate"))
        dialog.setNameFilter(tr("PDF and pictures") + " (*.pdf *.png *.jpg *.jpeg *.gif *.webp *.avif)")
        dialog.fileSelected.connect(self.take_file)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def take_file(self, name: str) -> None:
        """This is the certificate."""
        self.path = Path(name)
        self.file_name.say(self.path.name)
        self.refresh()

    # ── what happens ────────────────────────────────────────────────────────────────────────────────────

    def is_ready(self) -> bool:
        if self.kind is EvidenceKind.FEEDBACK:
            return bool(self.sentence.text().strip())
        if self.kind is EvidenceKind.CERTIFICATE:
            return self.path is not None
        return bool(self.chosen)

    def act(self) -> "asyncio.Task[Changes | None] | None":
        run, words = self.desk.tasks.run, self.sentence.text()
        if self.kind is EvidenceKind.FEEDBACK:
            return run("feedback", evidence.feedback, self._goal_id, self.who.text(), words)
        if self.kind is EvidenceKind.CERTIFICATE and self.path is not None:
            return run("certificate", _keep, self._goal_id, self.path, self.who.text(), words)
        things = [one.thing for one in self.chosen]
        return run("attach evidence", evidence.attach, self._goal_id, things, words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and watched is self.field:
            key = Qt.Key(event.key())  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.chosen:
                self._tick_first()
                return True
        return super().eventFilter(watched, event)

    def _tick_first(self) -> None:
        """Enter in the field takes the first that is not attached yet."""
        place = next((at for at, one in enumerate(self.offers) if not one.is_attached), -1)
        if place >= 0:
            self.ticks.toggle(place)
            self.sentence.setFocus(Qt.FocusReason.OtherFocusReason)


def _keep(writer: Writer, goal_id: int, path: Path, who: str, sentence: str) -> Changes:
    """Read the file on the command thread. Raises BadInput when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(tr("{name} cannot be read.").format(name=path.name)) from error
    return evidence.certificate(writer, goal_id, data, who=who, sentence=sentence)
