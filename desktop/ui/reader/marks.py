"""The highlights of the shown page: painted, chosen, made, changed, and the person's comments beside them.

Surprising: places are mapped into the document once for each showing. Painting, scrolling and leafing from
one highlight to the next only read that map.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.languages import tr
from desktop.learning.values import EvidenceKind, Thing
from desktop.library import lists
from desktop.library.marks import annotations, highlights
from desktop.library.marks.highlights import Placed
from desktop.library.sense_values import Annotation, Colour
from desktop.store.changes import Changes, Noun
from desktop.ui.exporting import clipboard
from desktop.ui.marks import notes as mark_notes
from desktop.ui.marks import painting as mark_painting
from desktop.ui.marks import words as mark_words
from desktop.ui.marks.card import Edits, MarkCard
from desktop.ui.marks.notes import Notes
from desktop.ui.marks.picking import MarkPicking
from desktop.ui.marks.spots import Spot, Spots, in_text, map_all
from desktop.ui.reader.page import ShowsPage
from desktop.ui.tags.editor import ask_goals

ORIGIN = "reader"


class ReaderMarks(QObject):
    """Belongs to one reader."""

    changed = Signal()
    """Other highlights are shown, or stand elsewhere."""

    def __init__(self, view: ShowsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._desk, self._browser = view, view.desk, view.browser
        self.placed: tuple[Placed, ...] = ()
        self.spots = Spots()
        self.current = 0
        """The highlight that is pointed at or on the card; 0: none."""
        self._then = ""
        """What the card of the passage that is being chosen opens with; empty: it stays closed."""
        self._made = 0
        """The highlight that was made last; 0: none."""
        self.colour = Colour.STRAW
        """The colour of the last highlight."""
        self._laid_for: tuple[int, ...] = ()
        self._card_top = 0
        viewport = self._browser.viewport()
        self.picking = MarkPicking(self._desk.theme, self._browser, self)
        self.card = MarkCard(self._desk.theme, viewport)
        self.notes = Notes(self._desk.theme, self._browser, self)
        self._connect()

    def _connect(self) -> None:
        picking, card = self.picking, self.card
        picking.coloured.connect(self.mark)
        picking.entered.connect(self.enter)
        picking.asked.connect(self.ask)
        picking.clicked.connect(self._on_clicked)
        picking.left.connect(self._on_left)
        picking.pressed.connect(self._on_pressed)
        picking.hinted.connect(self._view.foot.show_link)
        card.kept.connect(self._on_kept)
        card.left.connect(self.close_card)
        card.removed.connect(self.remove)
        card.copied.connect(self._on_copied)
        card.tied.connect(self._on_tied)
        card.resized.connect(self._place_card)
        self.notes.asked.connect(self.open_card)
        self._browser.moved.connect(self._on_moved)
        self._desk.changed.connect(self._on_changed)

    # What is shown

    def show(self, placed: Sequence[Placed]) -> None:
        """These are the highlights of the page that has just been set."""
        self.placed = tuple(placed)
        self.again()

    def forget(self) -> None:
        """The document is about to be set anew: no place in it holds any more."""
        self.spots = Spots()
        self.notes.clear()

    def again(self) -> None:
        """The document was set anew, or other highlights came: map, paint and place everything."""
        self.spots = self._mapped()
        if self.spots.get(self.current) is None:
            self.current = 0
        self._paint()
        self._laid_for = ()
        self._lay_out()
        if self.card.is_open:
            self._place_card()
        self._view.foot.show_marks(mark_words.foot_line(len(self.spots.all), len(self.spots.unplaced)))
        self.changed.emit()

    def _mapped(self) -> Spots:
        page = self._view.page
        if page is None or not self._view.is_article or not self.placed:
            return Spots()
        pairs = [(one.annotation, one.place) for one in self.placed]
        document = self._browser.document().toPlainText()
        return map_all(pairs, self._view.places(), page.shown, document)

    def _paint(self) -> None:
        document = self._browser.document()
        made = mark_painting.selections(self._desk.theme, document, self.spots.all, self.current)
        self._browser.set_layer("highlights", made)

    def _lay_out(self) -> None:
        browser = self._browser
        has_notes = any(self.notes.has_words(spot.annotation) for spot in self.spots.all) or self.card.is_open
        browser.keep_notes_room(mark_notes.GAP + mark_notes.WIDTH if has_notes else 0)
        if not has_notes:
            self.notes.clear()
            return
        browser.lay_out()
        key = (browser.width(), browser.side(), browser.measure(), round(browser.document().size().height()))
        if key == self._laid_for:
            return
        self._laid_for = key
        is_margin = browser.has_notes_room()
        edge = browser.side() + browser.measure()
        x = edge + (mark_notes.GAP if is_margin else 6)
        on_card = self.card.annotation.id if self.card.annotation is not None else 0
        box = self._card_box() if on_card else None
        taken = (box.top() + self._scroll(), box.bottom() + self._scroll()) if box is not None else (0, 0)
        self.notes.lay_out(self.spots.all, self._top_of, x, is_margin=is_margin, hidden=on_card, taken=taken)
        self.notes.scrolled(self._scroll())

    def _top_of(self, spot: Spot) -> int:
        return self._browser.box_of(spot.start, spot.start).top() + self._scroll()

    def _scroll(self) -> int:
        return self._browser.verticalScrollBar().value()

    def _on_moved(self) -> None:
        if not isValid(self.card):
            return
        self._lay_out()
        self.notes.scrolled(self._scroll())
        if self.card.is_open:
            self.card.move(self.card.x(), self._card_top - self._scroll())

    def _on_changed(self, changes: Changes) -> None:
        if changes.nouns & {Noun.ANNOTATION} and changes.origin != ORIGIN and self._view.detail is not None:
            self._desk.tasks.start(self.reload())

    async def reload(self) -> None:
        """Read the highlights of the shown capture again."""
        detail = self._view.detail
        if detail is None:
            return
        placed = await self._desk.tasks.read(highlights.of_capture, detail.capture_id)
        now = self._view.detail
        if placed is not None and now is not None and now.capture_id == detail.capture_id:
            self.show(placed)

    # Making

    def passage(self) -> tuple[int, int] | None:
        """The selection in the full text of the capture, or None when it cannot be marked."""
        page, chosen = self._view.page, self.picking.selection()
        if page is None or chosen is None or not self._view.is_article:
            return None
        here = in_text(self._view.places(), *chosen, self._browser.document().toPlainText())
        return page.own(*here) if here is not None else None

    def choose(self, then: str = "") -> None:
        """H: mark the selection, or begin to choose one by keys. ``then``: what its card opens with."""
        if self._cannot_write():
            return
        self._then = then
        if self.picking.selection() is not None:
            self.mark(self.colour)
        else:
            self.current = 0
            self.picking.start()

    def enter(self) -> None:
        """Enter: open the highlight that is pointed at, or mark the choice."""
        if self.current:
            self.open_card(self.current)
        else:
            self.mark(self.colour)

    def mark(self, colour: Colour, then: str = "") -> None:
        """Mark the selection, or recolour the current highlight. ``then``: a field of its card to open."""
        if self._cannot_write():
            return
        detail = self._view.detail
        if self.current:
            self.colour = colour
            self._run(annotations.recolour, (self.current,), colour)
            return
        passage = self.passage()
        if detail is None or passage is None:
            self._desk.say(
                tr("These words are not part of the page’s text, so they cannot be highlighted.")
                if self.picking.selection()
                else self._desk.actions.with_keys(
                    tr("Select a passage first, or press {highlight} to choose one by keys.")
                )
            )
            return
        self.colour, then, self._then = colour, then or self._then, ""
        task = self._desk.tasks.run(
            "Highlighting", annotations.highlight, detail.capture_id, *passage, colour, origin=ORIGIN
        )
        self.picking.leave()
        self._desk.tasks.start(self._after(task, then))

    async def _after(self, task: "asyncio.Task[Changes | None]", then: str = "") -> None:
        changes = await task
        await self.reload()
        if changes and changes.made:
            self._made = changes.made
        if then and changes:
            self.open_card(changes.made, then)

    def _run(self, command: Any, *args: Any) -> "asyncio.Task[Changes | None]":
        task = self._desk.tasks.run("Changing a highlight", command, *args, origin=ORIGIN)
        self._desk.tasks.start(self._after(task))
        return task

    def ask(self, what: str) -> None:
        """What the toolbar asks of the choice."""
        if what == "copy":
            self.copy_quotation()
        elif what == "remove":
            self.remove(self.current)
        elif self.current:
            self.open_card(self.current, what)
        else:
            self.mark(self.colour, what)

    def comment(self) -> None:
        """N: comment on the current highlight, the selection or the last mark; else choose a passage."""
        just_made = self.spots.get(self._made)
        if self.current or self.picking.selection() is not None:
            self.ask("comment")
        elif just_made is not None and not just_made.annotation.comment:
            self.open_card(self._made, "comment")
        else:
            self.choose("comment")

    def copy_quotation(self) -> None:
        """The selection or the current highlight, in quotation marks and with its source."""
        spot = self.spots.get(self.current)
        words = spot.annotation.quote if spot else self._browser.textCursor().selection().toPlainText()
        if self._view.detail is None or not words.strip():
            self._desk.say(tr("Select a passage first."))
            return
        detail = self._view.detail
        clipboard.put(mark_words.quotation(words, detail), mark_words.quotation_html(words, detail))
        self._desk.say(tr("Copied with its source"))

    def remove(self, annotation_id: int) -> None:
        """Take a highlight away; the toast undoes it."""
        if not annotation_id or self._cannot_write():
            return
        self.close_card()
        self.picking.leave()
        self._run(annotations.remove, (annotation_id,))

    def place_again(self, annotation_id: int) -> None:
        """Let a highlight that lost its place stand at the selection."""
        passage, detail = self.passage(), self._view.detail
        if detail is None or self._cannot_write():
            return
        if passage is None:
            self._desk.say(tr("Select in the text where it belongs, then place it again."))
            return
        self._run(annotations.place_again, annotation_id, detail.capture_id, *passage)
        self.picking.leave()

    def _cannot_write(self) -> bool:
        if self._view.detail is not None and not self._desk.can_write:
            self._desk.say(tr("This library is open for reading only."))
        return self._view.detail is None or not self._desk.can_write

    # Going about

    def step(self, by: int) -> None:
        """The next highlight of the page (1), or the one before (-1)."""
        cursor = self._browser.textCursor().position()
        at = max(cursor, self._browser.top_position()) if by > 0 else self._browser.top_position()
        spot = self.spots.beside(self.current, at, by)
        if spot is None:
            self._desk.say(tr("There is no highlight on this page yet. H begins one."))
            return
        self.go_to(spot.id)

    def go_to(self, annotation_id: int) -> None:
        """Show a highlight with the toolbar over it; False words when it has no place on this page."""
        spot = self.spots.get(annotation_id)
        if spot is None:
            return
        self.close_card()
        self.current = spot.id
        self._browser.setFocus()
        self.picking.point_at(spot)
        self._paint()

    def _on_clicked(self, position: int) -> None:
        spot = self.spots.at(position)
        if spot is not None:
            self.open_card(spot.id)

    def _on_left(self) -> None:
        self._then = ""
        if self.current and not self.card.is_open:
            self.current = 0
            self._paint()

    def _on_pressed(self) -> None:
        self.keep_card()
        self._on_left()

    # The card

    def open_card(self, annotation_id: int, field: str = "comment") -> None:
        """Open a highlight on its card."""
        if self.spots.get(annotation_id) is not None and not self._cannot_write():
            self._desk.tasks.start(self._open_card(annotation_id, field))

    async def _open_card(self, annotation_id: int, field: str) -> None:
        tags = await self._desk.tasks.read(lists.tags)
        spot = self.spots.get(annotation_id)
        if spot is None:
            return
        if self.card.is_open:
            self.card.keep()
        self.picking.leave()
        self.current = spot.id
        self._browser.bring_in_sight(spot.start)
        self.card.annotation = spot.annotation
        self._laid_for = ()
        self._lay_out()
        self._place_card()
        self.card.show_annotation(spot.annotation, field, [tag.name for tag in tags or ()])
        self._paint()

    def _place_card(self) -> None:
        box = self._card_box()
        if box is not None:
            self._card_top = box.y() + self._scroll()
            self.card.setGeometry(box)

    def _card_box(self) -> QRect | None:
        annotation: Annotation | None = self.card.annotation
        spot = self.spots.get(annotation.id) if annotation is not None else None
        return mark_painting.card_box(self._browser, spot, self.card.height_at) if spot else None

    def close_card(self) -> None:
        """Put the card away as it is; what was written on it is not kept."""
        if self.card.isHidden():
            return
        self.card.annotation = None
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.card.isAncestorOf(focus)
        self.card.hide()
        self.current = 0
        self._paint()
        self._laid_for = ()
        self._lay_out()
        if had_focus:
            self._browser.setFocus()

    def keep_card(self) -> None:
        """Another page is to be shown: what was written is kept."""
        if self.card.is_open:
            self.card.keep()

    def _on_kept(self, edits: Edits) -> None:
        self.close_card()
        if not edits or self._cannot_write():
            return
        if edits.colour is not None:
            self.colour = edits.colour
        said = (edits.colour, edits.comment, edits.tags, edits.link)
        self._run(annotations.edit, edits.annotation_id, *said)

    def _on_tied(self, annotation_id: int) -> None:
        self.keep_card()
        ask_goals(self._desk, [Thing(EvidenceKind.ANNOTATION, annotation_id)])

    def _on_copied(self, annotation_id: int) -> None:
        self.current = annotation_id
        self.copy_quotation()
