"""What comes back: three old highlights a day, and those the person wants to remember. Off until asked for.

The surprising fact: nothing is counted and nothing nags. The three stay the same all day, and tomorrow there
are three others, whether these were read or not.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning import memory, resurfacing
from desktop.learning.review_values import CardRow
from desktop.library.sense_values import Highlight
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import Column, PageBar, tab_after
from desktop.ui.parts.words_card import Words
from desktop.ui.reading import Reading
from desktop.ui.review.resurfacing_card import MemoryCard, OldHighlight

SETTING = "resurfacing"
SHOWN = frozenset({Noun.CARD, Noun.ANNOTATION, Noun.SOURCE, Noun.SETTING})


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    old: list[Highlight]
    remembered: set[int]
    """Which of them are remembered."""
    due: list[CardRow]
    counts: tuple[int, int]
    """Cards due, cards in all."""


def read(reader: Reader, is_on: bool) -> Shown:
    """Read it. The three only where they were asked for."""
    old = resurfacing.today(reader) if is_on else []
    remembered = memory.of_annotations(reader, [one.id for one in old])
    return Shown(old, remembered, memory.due(reader, 1), memory.counts(reader))


class ResurfacingView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: list[Highlight] = []
        """Today's three: they stay, also when one of them is to be remembered."""
        self.setAccessibleName(tr("Old highlights"))
        theme = desk.theme
        self.bar = PageBar(theme, tr("Old highlights"))
        self.switch = Button(theme, "")
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.switch)
        self.page = Column(theme, is_centred=True)
        self.due_title, self.old_title = (Words(theme, "section", 20) for _ in range(2))
        self.line = Words(theme, "body", 20, "muted")
        self.card = MemoryCard(theme)
        self.turn_on = Button(theme, tr("Show me three a day"), icon="history", kind="main")
        self._cards = QWidget()
        self._column = QVBoxLayout(self._cards)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._build()
        self._connect()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(self.turn_on)
        row.addStretch(1)
        column = self.page.column
        for widget in (self.due_title, self.card, self.old_title, self.line):
            column.addWidget(widget)
            column.addSpacing(8)
        column.addLayout(row)
        column.addWidget(self._cards)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.page, 1)

    def _connect(self) -> None:
        desk = self._desk
        self.turn_on.clicked.connect(partial(self._set, True))
        self.switch.clicked.connect(self._on_switched)
        self.card.answered.connect(self._on_answered)
        self.card.opened.connect(desk.ask_mark)
        self.card.forgotten.connect(self._on_forgotten)
        self.reading = Reading(desk, self, SHOWN, self._fill)
        desk.theme.changed.connect(self.update)
        self.setFocusProxy(self.switch)
        tab_after(self.turn_on, self.switch)

    @property
    def is_on(self) -> bool:
        """Whether three a day were asked for."""
        return self._desk.settings.flag(SETTING)

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self.reading.refresh()

    async def _fill(self, reading: Reading) -> None:
        shown = await reading.ask(read, self.is_on)
        if shown is not None:
            await self._apply(shown)

    async def _apply(self, shown: Shown) -> None:
        due, total = shown.counts
        card = shown.due[0] if shown.due else None
        self.due_title.setVisible(bool(total))
        said = trn("{n} to remember today", "{n} to remember today", due).format(n=writing.number(due))
        later = trn(
            "{n} highlight is remembered; none is due now.",
            "{n} highlights are remembered; none is due now.",
            total,
        )
        self.due_title.say(said if due else later.format(n=writing.number(total)))
        self.card.setVisible(card is not None)
        if card is not None:
            self.card.show_card(card)
        if not self.is_on:
            self._kept = []
        elif not self._kept:
            self._kept = shown.old
        remembered = shown.remembered
        if self._kept:
            found = await self._desk.tasks.read(memory.of_annotations, [one.id for one in self._kept])
            remembered = found or set()
        self._show_old(remembered)
        proxy = self.card if card is not None else self.turn_on if not self.is_on else self.switch
        self.setFocusProxy(proxy)
        inside = self.window().focusWidget()
        if (
            inside is None
            or inside is self
            or inside in (self.switch, self.turn_on)
            or not inside.isVisible()
        ):
            proxy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_old(self, remembered: set[int]) -> None:
        is_on = self.is_on
        self.old_title.say(tr("Three of today"))
        self.switch.set_label(tr("No longer") if is_on else tr("Show me three a day"))
        self.switch.setVisible(is_on)
        self.turn_on.setVisible(not is_on)
        off = tr(
            "Three of your highlights that are older than two weeks, others each day. "
            "They are shown here and nowhere else, and nothing is counted."
        )
        none = tr("No highlight is older than two weeks yet.")
        self.line.say(off if not is_on else "" if self._kept else none)
        self.line.setVisible(bool(self.line.words()))
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in self._kept:
            card = OldHighlight(self._desk.theme, one, one.id in remembered)
            card.opened.connect(self._desk.ask_mark)
            card.remembered.connect(self._on_remembered)
            self._column.addWidget(card)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def _set(self, is_on: bool) -> None:
        if self._desk.keep_setting(SETTING, is_on):
            self.refresh()

    def _on_switched(self) -> None:
        self._set(not self.is_on)

    def _on_remembered(self, annotation_id: int, is_wanted: bool) -> None:
        command = memory.remember if is_wanted else memory.forget
        self._desk.tasks.run("remember", command, [annotation_id])

    def _on_forgotten(self, annotation_id: int) -> None:
        self._desk.tasks.run("forget", memory.forget, [annotation_id])

    def _on_answered(self, card_id: int, rating: int) -> None:
        self._desk.tasks.run("answer a card", memory.answer, card_id, rating)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._kept = []  # another day may have come
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.card.isHidden():
            self.card.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.card.isHidden() and (
            event.key() == Qt.Key.Key_Space or event.text() in ("1", "2", "3", "4")
        ):
            self.card.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(self.rect()), self._desk.theme.colour("surface"))


def make(desk: Desk) -> ResurfacingView:
    """The page."""
    return ResurfacingView(desk)
