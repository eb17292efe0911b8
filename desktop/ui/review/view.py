"""The weekly review: eight steps, one thing at a time, left and taken up again where it stood.

The surprising fact: each decision is written at once, and the step itself stands in the library, so that a
machine that is switched off in the middle loses nothing; only the words being written are kept apart, in the
settings' file, until they are.
"""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.languages import tr, writing
from desktop.learning import review
from desktop.store.changes import Changes, Noun
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import Column, PageBar, tab_after
from desktop.ui.parts.words_card import Words
from desktop.ui.review import making as review_making
from desktop.ui.review import steps as review_steps
from desktop.ui.review.card import ReviewCard
from desktop.ui.review.clock import ReviewClock
from desktop.ui.review.drafts import Drafts
from desktop.ui.review.foot import ReviewFoot
from desktop.ui.review.progress import Progress
from desktop.ui.review.start import ReviewStart
from desktop.ui.review.steps import Deed, Table, Thing

SHOWN: Final = frozenset({
    Noun.REVIEW, Noun.SOURCE, Noun.ANNOTATION, Noun.GOAL, Noun.TRY, Noun.TOOL, Noun.QUESTION, Noun.BASKET,
})  # fmt: skip
PAUSE_MS: Final = 600
"""Without a key, after which what is written is kept."""


class ReviewView(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table: Table | None = None
        self.is_paused = True
        self._wanted = ""
        """A step to show whatever the library says: for pictures."""
        self._step = ""
        self._passed: set[tuple[str, int]] = set()
        """(step, id) of what was skipped, or kept where it is still offered."""
        self._kept = 0
        """Things of this step that are offered no more."""
        self._drafts = Drafts(desk.settings)
        self._filled: tuple[str, int] = ("", 0)
        self._is_busy = self._is_stale = self._is_deciding = self._shows_all = False
        self.setAccessibleName(tr("Weekly review"))
        theme = desk.theme
        self.bar = PageBar(theme, tr("Weekly review"))
        self.day = Words(theme, "body", 18, "muted")
        self.day.setWordWrap(False)
        self.clock = ReviewClock(theme)
        self.pause_button = Button(theme, tr("Pause, keep my place"), key="Alt+P")
        self.progress = Progress(theme)
        self.card = ReviewCard(theme)
        self.start = ReviewStart(theme)
        self.foot = ReviewFoot(theme)
        self._draft_timer = QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.bar.row.addWidget(self.day)
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.clock)
        self.bar.row.addWidget(self.pause_button)
        self.page = Column(self._desk.theme, is_centred=True)
        self.page.column.addWidget(self.card)
        self.page.column.addStretch(1)
        self._steps = QWidget()
        column = QVBoxLayout(self._steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addWidget(self.page, 1)
        column.addWidget(self.foot)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self._steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(PAUSE_MS)
        self.setFocusProxy(self.start.begin)
        tab_after(self.card.keep, *self.progress.steps, self.pause_button)

    def _connect(self) -> None:
        self.pause_button.clicked.connect(self.pause)
        self.start.began.connect(self.go_on)
        self.start.resurfaced.connect(partial(self._desk.ask_view, "resurfacing"))
        self.start.more_asked.connect(self._on_more_asked)
        self.progress.picked.connect(self.go_to)
        self.card.kept.connect(self.keep)
        self.card.skipped.connect(self.skip)
        self.card.dropped.connect(self.drop)
        self.card.opened.connect(self._on_opened)
        self.card.made.connect(self._on_made)
        self.card.paused.connect(self.pause)
        self.card.written.connect(self._draft_timer.start)
        self._draft_timer.timeout.connect(self.keep_draft)
        self._desk.changed.connect(self._on_changed)
        self._desk.theme.changed.connect(self.update)

    # ── where one is ────────────────────────────────────────────────────────────────────────────────────

    @property
    def step(self) -> str:
        """The step on the table; empty: none."""
        current = self.table.current if self.table else None
        return self._wanted or (current.step if current else "")

    @property
    def thing(self) -> Thing | None:
        """The thing on the table."""
        return self.table.things[0] if self.table and self.table.things else None

    def show_named(self, name: str) -> None:
        """Go on with the open review at a step; in a picture, show that step."""
        if name in review.STEPS:
            self.is_paused = False
            if self._desk.tasks.is_mute:
                self._wanted = name
                self.refresh()
            else:
                self.go_to(name)

    def refresh(self) -> None:
        """Read anew, now or when it is shown next."""
        self._is_stale = True
        if self.isVisible() and not self._is_busy and self._desk.reader is not None:
            self._desk.tasks.start(self._reload())

    async def _reload(self) -> None:
        self._is_busy = True
        try:
            while self._is_stale:
                self._is_stale = False
                wanted, passed = self._wanted, frozenset(self._passed)
                table = await self._desk.tasks.read(review_steps.read, wanted, passed)
                if table is not None and not self._is_stale:
                    self._apply(table)
        finally:
            self._is_busy = False

    def _apply(self, table: Table) -> None:
        self.table = table
        if self.step != self._step:
            self._step, self._kept = self.step, 0
            self.clock.begin()
        is_open = bool(self.step) and not self.is_paused
        self.day.say(writing.long_day(date.today(), has_year=False))
        self.pause_button.setVisible(is_open)
        self.clock.setVisible(is_open)
        if not is_open:
            self._filled = ("", 0)
            self.start.show_table(table, self._shows_all)
            self._show(self.start, self.start.begin)
            return
        if self._filled != (self.step, self._thing_id) or (self.thing is None and self.step != "closing"):
            self._fill_card(table)
        done = {one.step: one.outcome for one in table.current.steps} if table.current else {}
        self.progress.say(self.step, self._done / self._total if self._total else 0.0, done)
        self.foot.show_table(table)
        self.clock.show_review(table.current)
        self._show(self._steps, self.card.focus())

    @property
    def _thing_id(self) -> int:
        return self.thing.id if self.thing else 0

    @property
    def _total(self) -> int:
        """How many things the step has: those offered, and those that were and are no more."""
        number = self._kept + (self.table.offers.left(self.step) if self.table else 0)
        return min(1, number) if self.step in review_steps.ONE else number

    @property
    def _done(self) -> int:
        """How many of them are done or skipped."""
        return min(self._total, self._kept + sum(step == self.step for step, _ in self._passed))

    def _fill_card(self, table: Table) -> None:
        title, thing = tr(review.NAMES[self.step]), self.thing
        self._filled = (self.step, self._thing_id)
        if self.step == "closing":
            words, line = self.foot.summary(table)
            self.card.show_closing(title, words, line, self._drafts.get(self._draft_key, ""))
            return
        if thing is None:
            words = tr("Nothing is left here.") if self._total else tr("Nothing waits here.")
            self.card.show_nothing(title, words, review_making.encouragement(self.step), tr("Next step"))
            return
        place = tr("{n} of {all}").format(n=writing.number(self._done + 1), all=writing.number(self._total))
        pills = review_making.pills(self.step, bool(table.goals))
        self.card.show_thing(title, thing, place, self._drafts.get(self._draft_key, thing.text), pills)

    def _show(self, page: QWidget, focus: QWidget) -> None:
        is_other = self.stack.currentWidget() is not page
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(focus)
        inside = self.window().focusWidget() if self.window() is not None else None
        if is_other or inside is None or self.isAncestorOf(inside) or inside is self:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def go_on(self) -> None:
        """Begin a review, or take up the one that was left."""
        self.is_paused = False
        if self.table is not None and self.table.current is not None:
            self.refresh()
        else:
            self._desk.tasks.run("begin a review", review.begin, can_undo=False)

    def pause(self) -> None:
        """Keep my place."""
        self.keep_draft()
        self.is_paused = True
        self._wanted = ""
        self.refresh()

    def keep(self) -> None:
        """Keep what is written and take the next thing; with nothing on the table, the next step."""
        if self._is_deciding or self.table is None:
            return
        step, thing, text = self.step, self.thing, self.card.text
        if step == "closing":
            self._finish(text)
            return
        if thing is None:
            self._leave(is_skipped=False)
            return
        if not text and (missing := review_steps.needs_words(step)):
            self.card.warn(missing)
            return
        self._decide(
            review_steps.kept(step, thing, text, self.card.choice), thing, step in review_steps.STAYS
        )

    def drop(self) -> None:
        """Not worth keeping."""
        if not self._is_deciding and self.thing is not None:
            self._decide(review_steps.dropped(self.step, self.thing), self.thing, False)

    def skip(self) -> None:
        """Leave this thing as it is; after the last one comes the next step."""
        thing = self.thing
        if self._is_deciding or thing is None or self.table is None:
            return
        self._forget_draft()
        self._passed.add((self.step, thing.id))
        if len(self.table.things) == 1 or self.step in review_steps.ONE:
            self._leave(is_skipped=not self._kept)
        else:
            self.refresh()

    def go_to(self, step: str) -> None:
        """Stand at a step."""
        current = self.table.current if self.table else None
        self.keep_draft()
        self._passed = {one for one in self._passed if one[0] != step}
        if current is not None and step != current.step:
            self._desk.tasks.run("go to a step", review.go_to, current.id, step, can_undo=False)

    def _decide(self, deeds: list[Deed], thing: Thing, stays: bool) -> None:
        self._is_deciding = True
        self._desk.tasks.start(self._deciding(deeds, thing, stays))

    async def _deciding(self, deeds: list[Deed], thing: Thing, stays: bool) -> None:
        step = self.step
        rest = [one for one in (self.table.things if self.table else ()) if one.id != thing.id]
        try:
            for label, command, args in deeds:
                if await self._desk.tasks.run(label, command, *args) is None:
                    return
        finally:
            self._is_deciding = False
        self._forget_draft()
        if stays:
            self._passed.add((step, thing.id))
        else:
            self._kept += 1
        if step in review_steps.ONE or not rest:
            self._leave(is_skipped=False)
        else:
            self.refresh()

    def _leave(self, is_skipped: bool) -> None:
        current = self.table.current if self.table else None
        if current is None or self.table is None:
            return
        left = self.table.offers.left(self.step)
        self._desk.tasks.run(
            "leave a step",
            review.leave_step,
            current.id,
            self.step,
            is_skipped=is_skipped,
            left=left,
            can_undo=False,
        )

    def _finish(self, text: str) -> None:
        current = self.table.current if self.table else None
        if not text:
            self.card.warn(review_steps.needs_words("closing"))
        elif current is not None:
            self._forget_draft()
            self.is_paused = True
            self._desk.tasks.run("finish the review", review.finish, current.id, text)

    def _on_opened(self) -> None:
        thing = self.thing
        if thing is None:
            return
        self.keep_draft()
        if thing.annotation_id:
            self._desk.ask_mark(thing.source_id, thing.annotation_id)
        elif thing.source_id:
            self._desk.ask_source(thing.source_id)
        else:
            self._desk.ask_view(thing.view)

    def _on_made(self, name: str) -> None:
        if self.thing is not None and self.table is not None:
            review_making.make(self._desk, name, self.step, self.thing, self.card.text)

    def _on_more_asked(self) -> None:
        self._shows_all = True
        self.refresh()

    # ── what is being written ───────────────────────────────────────────────────────────────────────────

    def keep_draft(self) -> None:
        """Keep what stands in the field and has not been kept, across a restart."""
        self._draft_timer.stop()
        if not self._desk.tasks.is_mute and self._filled[0] == self.step and self.step:
            text, usual = self.card.text, self.thing.text if self.thing else ""
            self._drafts.keep(self._draft_key, text if text != usual else "")

    def _forget_draft(self) -> None:
        self._draft_timer.stop()
        self._drafts.keep(self._draft_key, "")
        self._filled = ("", 0)

    @property
    def _draft_key(self) -> str:
        return f"{self.step}:{self._thing_id}"

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & SHOWN:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.clock.run()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_draft()
        self.clock.rest()
        super().hideEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        is_start = self.stack.currentWidget() is self.start
        (self.start.begin if is_start else self.card.focus()).setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_start = self.stack.currentWidget() is self.start
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_start and is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_on()
        elif is_start or not self.card.take_key(event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(self.rect()), self._desk.theme.colour("surface"))


def make(desk: Desk) -> ReviewView:
    """The page."""
    return ReviewView(desk)
