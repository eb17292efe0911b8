"""The reader: one capture, its head, its text, and where the person was in it.

Surprising: it asks the library in a reading thread and shows only the answer to its last question, so leafing
through a list with a held key never shows an older page on top of a newer one.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library import assets, triage
from desktop.library.values import Detail
from desktop.store.changes import Changes, Noun
from desktop.ui import open_url
from desktop.ui.actions import Where
from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.article.look import look_of
from desktop.ui.article.style import Look
from desktop.ui.article.words import blocks_left_out, left_line
from desktop.ui.desk import Desk
from desktop.ui.marks.positions import Places
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.reader.acts import ReaderActs
from desktop.ui.reader.answers import Answers
from desktop.ui.reader.cleaning import Cleaning
from desktop.ui.reader.comparing import Comparing
from desktop.ui.reader.controls import LookPanel, ReaderBar, ReaderFoot
from desktop.ui.reader.drawer import Drawers
from desktop.ui.reader.empty import NothingChosen
from desktop.ui.reader.find_bar import FindBar
from desktop.ui.reader.finding import Finding
from desktop.ui.reader.head import Head
from desktop.ui.reader.jumps import Jumps
from desktop.ui.reader.links import Ties
from desktop.ui.reader.marks import ORIGIN, ReaderMarks
from desktop.ui.reader.page import ReadPage, read_page

KEEP_MS = 900
"""How long the text must rest before its place is kept."""
READ_MS = 1500
"""How long a page must be shown before it counts as read."""
_NOUNS = frozenset({Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL, Noun.REPLY, Noun.PACK})


class ReaderView(QWidget):
    """Shows one source. Everything it changes goes through the desk's tasks."""

    position_changed = Signal(float)
    """How far the page has been read, 0 to 1."""
    shown = Signal(object)
    """The `Detail` that is shown now, or None."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.detail: Detail | None = None
        self.page: ReadPage | None = None
        self.wanted: int | None = None
        """The source that was asked for last; ``detail`` follows when it has been read."""
        self._ticket = 0
        self._places: Places | None = None
        self.is_left_out_shown = False
        self._other_page = ""
        """What is shown instead of the text: the whole saved page, or what changed; empty: the text."""
        self.setObjectName("reader")
        self.setAccessibleName(tr("Reader"))
        self.head = Head(desk.theme)
        self.browser = ArticleBrowser(self._path_of)
        self.browser.set_head(self.head)
        self.find_row = FindBar(desk.theme)
        self.finding = Finding(desk.theme, self.find_row, self.browser, self)
        self.acts = ReaderActs(self, self)
        self.bar = ReaderBar(desk)
        self.foot = ReaderFoot(desk.theme)
        self.panel = LookPanel(desk, self)
        self.nothing = NothingChosen(desk)
        self.marks = ReaderMarks(self, self)
        self.drawers = Drawers(self, self.marks, self.finding, self)
        self.answers = Answers(self, self.head, self.marks, self.drawers.drawer, self)
        self.ties = Ties(self, self.drawers.drawer, self)
        self.cleaning = Cleaning(self, self.marks, self.show_left_out, self)
        self.comparing = Comparing(self, self.marks, self)
        self.jumps = Jumps(self, self.marks, self.drawers, self)
        self._keep_timer = self._timer(KEEP_MS, self.keep_position)
        self._read_timer = self._timer(READ_MS, self._mark_read)
        self._build()
        OverlayBar(desk.theme, self.browser)
        self._connect()
        desk.actions.attach(self, Where.LIST, Where.READER)
        self.show_source(None)

    def _timer(self, wait: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(then)
        return timer

    def _build(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (
            self.find_row,
            self.cleaning.bar,
            self.comparing.bar,
            self.browser,
            self.drawers.drawer,
            self.foot,
        ):
            column.addWidget(widget)
        self.find_row.hide()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(self._stack)
        self.setFocusProxy(self.browser)

    def _connect(self) -> None:
        self.desk.changed.connect(self._on_changed)
        self.desk.theme.changed.connect(self.restyle)
        self.head.page_asked.connect(self._on_page_asked)
        self.head.resized.connect(self.browser.place)
        self.browser.link_pointed.connect(self._on_link_pointed)
        self.browser.moved.connect(self._on_moved)
        self.bar.look_asked.connect(self._on_look_asked)
        self.foot.left_out.clicked.connect(self.toggle_left_out)
        self.acts.connect_view()

    # What is shown

    def show_source(self, source_id: int | None, capture_id: int | None = None) -> None:
        """Show this source's newest capture, or the one named; None shows that nothing is chosen."""
        if self.head.card.is_editing and (self.detail is None or self.detail.id != source_id):
            self.head.card.keep()  # what was written is never dropped; undo takes it back
        self.marks.keep_card()
        self.keep_position()
        self._ticket += 1
        self.wanted = source_id
        if not self.is_article:
            self.page = None  # the text is wanted, also of the capture that is shown
        if source_id is None:
            self._show(None)
            return
        self.desk.tasks.start(self._load(self._ticket, source_id, capture_id))

    async def _load(self, ticket: int, source_id: int, capture_id: int | None) -> None:
        look, is_below = self.browser.fitted(self.look()), self._is_below(source_id)
        size_of = self.browser.size_of
        page = await self.desk.tasks.read(read_page, source_id, capture_id, look, size_of, is_below)
        if ticket == self._ticket:
            self._show(page)

    def _is_below(self, source_id: int) -> bool:
        """Whether what was left out is to be shown: as it is for the page that is shown already."""
        is_same = self.detail is not None and self.detail.id == source_id
        return self.is_left_out_shown if is_same else self.desk.settings.flag("show_left_out")

    def _show(self, page: ReadPage | None) -> None:
        before, self.page = self.page, page
        self.detail = page.detail if page is not None else None
        self.ties.show(self.detail.id if self.detail is not None else 0)
        if page is None:
            self._read_timer.stop()
            self._stack.setCurrentIndex(0)
            self.bar.show_detail(None, has_contents=False)
            self.desk.actions.refresh()
            self.shown.emit(None)
            return
        self._stack.setCurrentIndex(1)
        self._show_head()
        if before is None or page.detail.capture_id != before.detail.capture_id:
            self._show_text(page)
        elif not self.is_article:
            pass
        elif page.html != before.html or page.left_out != before.left_out:
            self._show_edited(page)
        self.answers.show(page)
        self.marks.show(page.placed)
        self._tell()
        self.desk.actions.refresh()
        self.shown.emit(page.detail)
        self.acts.on_shown()

    @property
    def is_article(self) -> bool:
        """Whether the capture's own text is shown, not its whole page or what changed since."""
        return not self._other_page

    def _show_head(self) -> None:
        if self.detail is not None:
            is_sans = self.desk.settings.text("reader_font") == "sans"
            self.head.show_detail(self.detail, datetime.now(UTC), is_sans=is_sans)

    def _show_text(self, page: ReadPage) -> None:
        detail = page.detail
        self._other_page = ""
        self.is_left_out_shown = self.desk.settings.flag("show_left_out")
        self.finding.close()
        self._set(page)
        if detail.position:
            self.browser.go_to(self.places().in_document(detail.position))
        self._keep_timer.stop()
        if not detail.is_read:
            self._read_timer.start()

    def _show_edited(self, page: ReadPage) -> None:
        """The same capture after a block was taken out or brought in: the line at the top stays."""
        top = self.places().in_text(self.browser.top_position())
        self._set(page)
        self.browser.go_to(self.places().in_document(top) if top else 0)
        self.finding.again()

    def _set(self, page: ReadPage) -> None:
        self._places = None
        self.marks.forget()
        below = self._below(page)
        self.browser.show_article(page.html, self.look(), below, page.emitted, page.detail.title)

    def _below(self, page: ReadPage) -> tuple[str, ...]:
        is_shown = self.is_left_out_shown and self.is_article
        return tuple(block for _, block in page.left_out) if is_shown else ()

    def _tell(self) -> None:
        """Bring bar and foot up to date."""
        detail = self.detail
        if detail is None:
            return
        self.bar.show_detail(detail, has_contents=len(self.browser.emitted.headings) > 1)
        progress = self.browser.progress()
        self.foot.show_left(left_line(detail.minutes, progress), progress)
        count = len(self.page.left_out) if self.page is not None else 0
        self.foot.show_left_out(blocks_left_out(count, is_shown=self.is_left_out_shown))

    def look(self) -> Look:
        """How articles are set now."""
        return look_of(self.desk.theme, self.desk.settings, is_compared=self.comparing.is_on)

    def restyle(self) -> None:
        """Set the text anew after theme or settings changed; the line at the top stays."""
        if self.detail is None:
            return
        self._set_again()
        self._show_head()

    def _set_again(self) -> None:
        position = self.browser.top_position()
        self.marks.forget()
        self.browser.restyle(self.look(), self._below(self.page) if self.page is not None else ())
        self._places = None
        self.marks.again()
        self.browser.go_to(position)
        self.finding.again()

    def places(self) -> Places:
        """Where places of the shown text stand in the document."""
        if self._places is None:
            text = self.page.text if self.page is not None else ""
            self._places = Places(self.browser.document().toPlainText(), text)
        return self._places

    def toggle_left_out(self) -> None:
        """Show the blocks that are not the article below it, or hide them."""
        if self.page is None or not self.page.left_out or not self.is_article:
            return
        self.show_left_out(not self.is_left_out_shown)
        if self.is_left_out_shown:
            self.browser.go_to_heading(len(self.browser.emitted.headings) - 1)
        self._tell()

    def show_left_out(self, is_shown: bool) -> None:
        """Show what was left out below the article, or hide it; the line at the top stays."""
        if is_shown != self.is_left_out_shown:
            self.is_left_out_shown = is_shown
            self._set_again()
            self._tell()

    # Place and progress

    def keep_position(self) -> None:
        """Keep where the person is in this page, if that can be kept."""
        self._keep_timer.stop()
        detail = self.detail
        if detail is None or not self.desk.can_write or not self.is_article or not detail.text:
            return
        offset = self.places().in_text(self.browser.top_position())
        progress = round(self.browser.progress(), 3)
        if (offset, progress) == (detail.position, round(detail.progress, 3)):
            return
        self.detail = replace(detail, position=offset, progress=progress)
        self.desk.tasks.run(
            "Keeping the place", triage.keep_position, detail.id, offset, progress, origin=ORIGIN
        )

    def _mark_read(self) -> None:
        detail = self.detail
        if detail is None or detail.is_read or not self.desk.can_write or not self.isVisible():
            return
        self.detail = replace(detail, is_read=True)
        self.desk.tasks.run("Marking as read", triage.mark_read, (detail.id,), origin=ORIGIN)

    # Slots

    def _on_changed(self, changes: Changes) -> None:
        if Noun.SETTING in changes.nouns:
            self.restyle()
        detail = self.detail
        if detail is None or changes.origin == ORIGIN or not (changes.nouns & _NOUNS):
            return
        if not changes.ids or detail.id in changes.ids:
            self._ticket += 1
            self.desk.tasks.start(self._load(self._ticket, detail.id, detail.capture_id))

    def _on_page_asked(self) -> None:
        if self.detail is not None and self.detail.raw_page:
            self.desk.tasks.start(self._show_whole_page(self._ticket, self.detail.raw_page))

    async def _show_whole_page(self, ticket: int, name: str) -> None:
        html = await self.desk.tasks.work(_whole_page, self.desk, name)
        if ticket != self._ticket:
            return
        if not html:
            self.desk.say(tr("The saved page is not there or cannot be read."))
            return
        self.show_instead(html)

    def show_instead(self, html: str) -> None:
        """Show something else about this capture in place of its text, until it is shown again."""
        self._other_page = html
        self._places = None
        self.marks.forget()
        self.browser.show_article(html, self.look(), ())
        self.marks.again()

    def _on_link_pointed(self, address: str) -> None:
        self.foot.show_link(open_url.told(address) if address else "")

    def _on_moved(self) -> None:
        if self.detail is None or self._stack.currentIndex() == 0:
            return
        progress = self.browser.progress()
        self.foot.show_left(left_line(self.detail.minutes, progress), progress)
        self._keep_timer.start()
        self.position_changed.emit(progress)

    def _on_look_asked(self) -> None:
        self.panel.open_below(self.bar.look)

    def _path_of(self, name: str) -> Path | None:
        return assets.path_of(self.desk.paths, name)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the place and what is being written; no timer runs in a reader that is not seen."""
        if self.head.card.is_editing:
            self.head.card.keep()
        self.marks.keep_card()
        self.keep_position()
        self._read_timer.stop()
        super().hideEvent(event)


def _whole_page(desk: Desk, name: str) -> str:
    """The saved page through the gate; empty when it is not there. Slow: not on the GUI thread."""
    from desktop.text import sanitize

    data = assets.read_page(desk.paths, name)
    return sanitize.clean(data.decode("utf-8", "replace")) if data else ""
