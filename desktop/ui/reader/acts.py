"""What the person does in the reader: open, copy, write, choose from its menus. The view shows; this acts.

Surprising: the library's commands are imported when they are first used, since they bring the whole database
layer with them and the first page is drawn before that.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.languages import tr
from desktop.library import tags, triage
from desktop.library.sense_values import Colour
from desktop.library.values import Detail
from desktop.settings import BY_NAME
from desktop.store.changes import Changes
from desktop.text.showing import visible
from desktop.ui import open_url
from desktop.ui.article.browser import ArticleBrowser
from desktop.ui.article.words import blocks_left_out, time_link
from desktop.ui.desk import Desk
from desktop.ui.quoting import quote_in_note
from desktop.ui.reader import menus as reader_menus
from desktop.ui.reader.cleaning import Cleaning
from desktop.ui.reader.comparing import Comparing
from desktop.ui.reader.controls import ReaderBar
from desktop.ui.reader.drawer import Drawers
from desktop.ui.reader.finding import Finding
from desktop.ui.reader.head import Head
from desktop.ui.reader.marks import ReaderMarks
from desktop.ui.reader.menus import Entry
from desktop.ui.reader.page import ReadPage

_MORE = (
    "open_original", "copy_link", "share_link", "", "find", "contents", "my_words", "", "why", "rename",
    "found_through", "", "link", "ties", "note_page", "basket", "", "try_page", "page_activity", "", "clean",
)  # fmt: skip
"""Acts of the "…" menu; an empty name is a line."""


class Shows(Protocol):
    """What this file needs of the view."""

    desk: Desk
    detail: Detail | None
    wanted: int | None
    head: Head
    browser: ArticleBrowser
    bar: ReaderBar
    finding: Finding
    marks: ReaderMarks
    drawers: Drawers
    cleaning: Cleaning
    comparing: Comparing
    page: ReadPage | None
    is_left_out_shown: bool

    def show_source(self, source_id: int | None, capture_id: int | None = None) -> None:
        """Show a capture."""

    def toggle_left_out(self) -> None:
        """Show or hide what was left out."""


class ReaderActs(QObject):
    """Belongs to one reader; its acts are in the registry."""

    def __init__(self, view: Shows, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._desk = view.desk
        self._waiting: Callable[[], None] | None = None
        does: dict[str, Callable[[], None]] = {
            "find": self._find,
            "find_next": self._find_next,
            "find_previous": self._find_previous,
            "contents": self.show_contents,
            "versions": self.show_versions,
            "my_words": self._toggle_words,
            "open_original": self.open_original,
            "copy_link": self.copy_link,
            "share_link": self.share_link,
            "why": self.edit_why,
            "rename": self.edit_title,
            "found_through": self.edit_found_through,
            "left_out": view.toggle_left_out,
            "larger": self.larger,
            "smaller": self.smaller,
            "highlight": self.highlight,
            "comment": self.comment,
            "clean": self.clean,
            "mark_next": self.next_mark,
            "mark_previous": self.previous_mark,
            "copy_quotation": self.copy_quotation,
            "quote": self.quote,
        }
        for number, colour in enumerate(Colour):
            does[f"mark_{number + 1}"] = partial(self.mark, colour)
        reader_menus.add_acts(self._desk.actions, does, self._has_page, self._has_any)

    def connect_view(self) -> None:
        """Listen to bar and head, once they are there."""
        head, bar = self._view.head, self._view.bar
        head.why_kept.connect(self._on_why_kept)
        head.title_kept.connect(self._on_title_kept)
        head.found_through_kept.connect(self._on_found_through_kept)
        head.view_asked.connect(self._on_view_asked)
        head.original_asked.connect(self.open_original)
        head.moment_asked.connect(self._on_moment_asked)
        self._view.browser.link_followed.connect(self.follow)
        self._view.browser.sized.connect(self.resize_text)
        bar.contents_asked.connect(self.show_contents)
        bar.versions_asked.connect(self.show_versions)
        bar.more_asked.connect(self.show_more)
        bar.original.clicked.connect(self.open_original)
        self._view.drawers.tag_asked.connect(self._on_tag_asked)

    def _has_page(self) -> bool:
        return self._view.detail is not None

    def _has_any(self) -> bool:
        return self._view.wanted is not None or bool(self._desk.selected)

    # Highlights

    def highlight(self) -> None:
        """Mark what is selected, or begin to choose a passage by keys."""
        self._with_page(self._view.marks.choose)

    def comment(self) -> None:
        """Comment on the current highlight or on what is selected."""
        self._with_page(self._view.marks.comment)

    def clean(self) -> None:
        """Take blocks out of the capture, or stop doing so."""
        if self._view.cleaning.is_on:
            self._view.cleaning.stop()
        elif self._can_write():
            self._view.cleaning.start()

    def mark(self, colour: Colour) -> None:
        """Mark what is selected, or the current highlight, in this colour."""
        self._view.cleaning.stop()
        self._view.marks.mark(colour)

    def next_mark(self) -> None:
        """The next highlight of the page."""
        self._view.marks.step(1)

    def previous_mark(self) -> None:
        """The highlight before."""
        self._view.marks.step(-1)

    def copy_quotation(self) -> None:
        """What is selected, with its source."""
        self._view.marks.copy_quotation()

    def quote(self) -> None:
        """The current highlight, in a new note."""
        if self._view.marks.current:
            quote_in_note(self._desk, [self._view.marks.current])
        else:
            self._desk.say(tr("Choose a highlight first: the keys [ and ] go through them."))

    def _with_page(self, act: Callable[[], None]) -> None:
        """Do it on the page that is meant; one that is still on its way is waited for."""
        view, target = self._view, self._target()
        view.cleaning.stop()
        is_shown = view.browser.isVisible() and view.detail is not None and view.detail.id == target
        if is_shown or target is None:
            act()
            return
        self._waiting = act
        if not view.browser.isVisible():
            self._desk.ask_source(target)
        view.show_source(target)

    # Links

    def follow(self, address: str) -> None:
        """Open a link of the page through the one door."""
        if not open_url.open_url(address):
            self._desk.say(tr("This link was not opened: {address}").format(address=visible(address)[:80]))

    def open_original(self) -> None:
        """Open the page itself in the browser."""
        if self._view.detail is not None:
            self.follow(self._view.detail.url)

    def copy_link(self) -> None:
        """Put the page's address on the clipboard."""
        if self._view.detail is not None:
            QGuiApplication.clipboard().setText(self._view.detail.url)
            self._desk.say(tr("Address copied"))

    def share_link(self) -> None:
        """Ask on which network the page's address is to be shared."""
        if self._view.detail is not None:
            from desktop.ui.ways import leaving

            leaving.share_page(self._desk, self._view.detail)

    def _on_moment_asked(self, seconds: float) -> None:
        if self._view.detail is not None:
            self.follow(time_link(self._view.detail.url, seconds))

    def larger(self) -> None:
        """The next larger reading size."""
        self.resize_text(1)

    def smaller(self) -> None:
        """The next smaller reading size."""
        self.resize_text(-1)

    def resize_text(self, step: int) -> None:
        """Change the reading size by steps of its choices; the ends stay."""
        sizes = [choice.value for choice in BY_NAME["reader_size"].choices]
        at = sizes.index(self._desk.settings.number("reader_size"))
        new = sizes[max(0, min(len(sizes) - 1, at + step))]
        if new != sizes[at]:
            self._desk.set_setting("reader_size", new)

    # Writing

    def edit_why(self) -> None:
        """Write why this matters, at the top of the page; a page that is still on its way is waited for."""
        self._with_page(self._edit_why)

    def _edit_why(self) -> None:
        if self._can_write():
            self._view.browser.go_to(0)
            self._view.head.edit_why()

    def _target(self) -> int | None:
        """The page the person means: the one under the keys, in the list or here."""
        focus = QApplication.focusWidget()
        selected = self._desk.selected
        is_here = focus is not None and self._view.browser.isAncestorOf(focus)
        return selected[0] if len(selected) == 1 and not is_here else self._view.wanted

    def on_shown(self) -> None:
        """A page has been shown: go on with what was waiting for it."""
        act, self._waiting = self._waiting, None
        if act is not None:
            act()

    def edit_title(self) -> None:
        """Give the page another title."""
        if self._can_write():
            self._view.browser.go_to(0)
            self._view.head.edit_title()

    def edit_found_through(self) -> None:
        """Say who or what led here."""
        if self._can_write():
            self._view.browser.go_to(0)
            self._view.head.edit_found_through()

    def _can_write(self) -> bool:
        if self._view.detail is not None and not self._desk.can_write:
            self._desk.say(tr("This library is open for reading only."))
        return self._view.detail is not None and self._desk.can_write

    def _on_why_kept(self, words: str) -> None:
        self._write("Keeping a sentence", triage.set_why, words)

    def _on_title_kept(self, title: str) -> None:
        self._write("Keeping a title", triage.retitle, title)

    def _on_found_through_kept(self, words: str) -> None:
        self._write("Keeping who led here", triage.set_found_through, words)

    def _write(self, label: str, command: Callable[..., Changes], words: str) -> None:
        detail = self._view.detail
        if detail is not None and self._can_write():
            self._desk.tasks.run(label, command, detail.id, words)

    def _on_tag_asked(self, name: str) -> None:
        if self._view.detail is not None and self._can_write():
            self._desk.tasks.run("Tagging", tags.tag, (self._view.detail.id,), [name], [])

    # Places

    def _find(self) -> None:
        if self._has_page() and self._view.browser.isVisible():
            self._view.finding.open()

    def _find_next(self) -> None:
        self._view.finding.step(1)

    def _toggle_words(self) -> None:
        self._view.drawers.toggle_words()

    def _find_previous(self) -> None:
        self._view.finding.step(-1)

    def _on_view_asked(self, view: str) -> None:
        kind, _, name = view.partition(":")
        if kind == "goal":
            self._desk.tasks.start(self._show_goal(name))
        else:
            self._desk.ask_view(view)

    async def _show_goal(self, name: str) -> None:
        from desktop.library import lists

        goals = await self._desk.tasks.read(lists.goals)
        for goal in goals or ():
            if goal.name == name:
                self._desk.ask_view(f"goal:{goal.id}")

    # Menus

    def show_contents(self) -> None:
        """The headings, under their button."""
        entries = reader_menus.contents(self._view.browser.emitted.headings, self._view.browser.go_to_heading)
        if not entries:
            self._desk.say(tr("This page has no headings"))
            return
        self._open(tr("Contents"), entries, at_contents=True)

    def show_versions(self) -> None:
        """The captures of this page, under their button."""
        self._open(tr("Versions"), self._versions(), at_versions=True)

    def show_more(self) -> None:
        """Everything that the bar has no room for."""
        self._open(tr("More"), self.more_entries())

    def more_entries(self) -> list[Entry]:
        """The lines of the "…" menu for what is shown now."""
        detail = self._view.detail
        if detail is None:
            return []
        acts = self._desk.actions
        entries = [self._entry(name) if name and acts.has(name) else Entry() for name in _MORE]
        left_out = self._view.page.left_out if self._view.page is not None else ()
        if left_out:
            shown = self._view.is_left_out_shown
            words = blocks_left_out(len(left_out), is_shown=shown)
            entries.append(Entry(words[:1].upper() + words[1:], self._view.toggle_left_out, "scissors"))
        if len(detail.versions) > 1:
            entries += [Entry(), *self._versions()]
        return entries

    def _entry(self, name: str) -> Entry:
        act = self._desk.actions.get(name)
        return Entry(act.label, act.run, act.icon, act.keys[0] if act.keys else "")

    def _versions(self) -> list[Entry]:
        detail = self._view.detail
        if detail is None:
            return []
        shown, compare = detail.capture_id, self._view.comparing.start
        chosen = reader_menus.versions(detail.versions, shown, datetime.now(UTC), self._choose)
        return [*chosen, Entry(), *reader_menus.comparisons(detail.versions, shown, compare)]

    def _choose(self, capture_id: int) -> None:
        detail = self._view.detail
        if detail is not None:
            self._view.show_source(detail.id, capture_id)

    def _open(
        self, name: str, entries: list[Entry], *, at_contents: bool = False, at_versions: bool = False
    ) -> None:
        bar = self._view.bar
        wanted = bar.contents if at_contents else bar.versions if at_versions else bar.more
        button = wanted if wanted.isVisible() else bar.more  # a narrow bar keeps few buttons
        reader_menus.open_below(reader_menus.menu(self._desk.theme, bar, name, entries), button)
