"""The share basket: at the left what is gathered and what the person says of it, at the right what leaves.

Surprising: nothing leaves by anything that is done in the list. Only the buttons under the preview hand
something over, and the preview is the very page of the file.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library import basket, basket_draft
from desktop.library.sense_values import PackDraft
from desktop.share import basket_rows
from desktop.share.basket_rows import BasketRow
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.basket import words
from desktop.ui.basket.forms import ReasonForm
from desktop.ui.basket.leaving import LeavingPane
from desktop.ui.basket.letter import Letter
from desktop.ui.basket.rows import BasketList, shifted
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.line_dialog import Line as Asked
from desktop.ui.reading import Reading
from desktop.ui.rows.page import Line, ListPage
from desktop.ui.theme import Lengths
from desktop.ui.views import Emptiness

SHOWN: Final = frozenset(
    {
        Noun.BASKET, Noun.SOURCE, Noun.ANNOTATION, Noun.NOTE, Noun.CIRCLE, Noun.PERSON, Noun.TAG,
        Noun.IDENTITY, Noun.SETTING,
    }
)  # fmt: skip
LEFT, NARROW = 388, 860


class BasketView(ListPage[BasketRow]):
    """A page of the window."""

    HANDS_ON = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._is_looking = False
        self._saying: asyncio.Task[Any] | None = None
        self.draft = PackDraft()
        self.rows = rows = BasketList(desk)
        self.add = Button(desk.theme, tr("Put more in"), icon="plus", kind="icon")
        self.eye = Button(desk.theme, tr("What leaves, word for word"), icon="eye", kind="icon")
        self.more = Button(desk.theme, tr("More"), icon="ellipsis", kind="icon")
        super().__init__(desk, tr("Basket"), rows, SHOWN, (self.eye, self.add, self.more), parent)
        self.add.clicked.connect(partial(self._show_menu, self.add, self.places))
        self.more.clicked.connect(partial(self._show_menu, self.more, self.page_menu))
        self.eye.clicked.connect(partial(self.look_at_it, True))
        rows.moved.connect(self.move_selected)
        rows.dropped.connect(self.drop)
        rows.said.connect(self.say_sentence)
        rows.ticked.connect(self.toggle_full)
        self.leaving.handing.flush = self.keep_all
        self.leaving.back.connect(partial(self.look_at_it, False))

    def build(self) -> None:
        self.letter = Letter(self.desk, self)
        self.leaving = LeavingPane(self.desk, self)
        self.left = QWidget(self)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.letter)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)
        self.panes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.panes.setSpacing(0)
        self.panes.addWidget(self.left)
        self.panes.addWidget(self.leaving, 1)
        self.column.addLayout(self.panes)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    async def fill(self, reading: Reading) -> None:
        found = await reading.ask(_read, self.leaving.handing.hosts)
        if found is None:
            return
        rows, self.draft = found
        had_focus = self.list.hasFocus() or self.empty.isAncestorOf(self.focusWidget() or self)
        self.rows.delegate.is_all_full = self.draft.full_text
        self.list.show_items(rows, _headings(rows))
        self.letter.show_draft(self.draft)
        self.leaving.number_rows({row.item.source_id: row.number for row in rows if row.item.source_id})
        self.say(len(rows))
        self._arrange()
        if had_focus or self.hasFocus():
            (self.list if rows else self.empty).setFocus()
        if rows:
            self.leaving.later()

    def none_yet(self) -> Emptiness:
        return words.nothing_in_it()

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def open_item(self, row: BasketRow) -> None:
        item = row.item
        if item.note_id:
            self.desk.ask_view(f"note:{item.note_id}")
        elif item.annotation_id:
            self.desk.ask_mark(item.source_id, item.annotation_id)
        else:
            self.desk.ask_source(item.source_id)

    def lines(self) -> Sequence[Line]:
        rows = self.list.selected()
        lines = [
            ("write", tr("Write my sentence"), "pen-line", "Enter"),
            ("open", tr("Open"), "book-open", "O"),
            ("heading", tr("Put under a heading …"), "heading", ""),
            ("up", tr("Move up"), "arrow-up", "Alt+↑"),
            ("down", tr("Move down"), "arrow-down", "Alt+↓"),
        ]
        if any(not row.item.note_id for row in rows):
            is_full = all(row.item.full_text or row.item.note_id for row in rows)
            label = tr("Let the full text stay") if is_full else tr("Send the full text too …")
            lines.append(("full", label, "file-text", "F"))
        if any(row.has_private for row in rows):
            is_with = all(row.item.with_private or not row.has_private for row in rows)
            label = tr("Keep back what is private") if is_with else tr("Send what is private too")
            lines.append(("private", label, "lock", ""))
        if any(row.is_inside for row in rows):
            is_with = all(row.item.with_address or not row.is_inside for row in rows)
            label = tr("Keep back the address") if is_with else tr("Send the address inside too")
            lines.append(("address", label, "link", ""))
        return (*lines, ("remove", tr("Take out of the basket"), "x", "X"))

    def act(self, name: str, _is_checked: bool = False) -> None:
        rows = self.list.selected()
        ids = tuple(row.id for row in rows)
        run = self.desk.tasks.run
        if name == "open" and self.list.current is not None:
            self.open_item(self.list.current)
        elif name in ("up", "down"):
            self.move_selected(1 if name == "down" else -1)
        elif name in ("write", "heading"):
            self.rows.write() if name == "write" else self.ask_heading(rows)
        elif not ids:
            return
        elif name == "remove":
            run("take out of the basket", basket.take_out, ids)
        elif name == "full":
            self.toggle_full(*rows)
        elif name == "private":
            wanted = not all(row.item.with_private or not row.has_private for row in rows)
            run("private things", basket_draft.with_private, ids, wanted)
        elif name == "address":
            wanted = not all(row.item.with_address or not row.is_inside for row in rows)
            run("addresses inside", basket_draft.with_address, ids, wanted)

    def say_sentence(self, item_id: int, sentence: str) -> None:
        """Keep the person's sentence on a thing."""
        self._saying = self.desk.tasks.run("a sentence", basket_draft.say, item_id, sentence)

    def keep_all(self) -> "Sequence[asyncio.Task[Any]]":
        """Keep what is being written: it leaves too."""
        self.rows.keep()
        return [task for task in (self.letter.keep(), self._saying) if task is not None]

    def ask_heading(self, rows: Sequence[BasketRow]) -> None:
        """Ask under which heading these go."""
        if not rows:
            return
        ids = tuple(row.id for row in rows)
        known = tuple(dict.fromkeys(row.item.heading for row in self.list.values.items if row.item.heading))

        def put(heading: str) -> None:
            self.desk.tasks.run("a heading", basket_draft.put_under, ids, heading)

        self.desk.ask_line(
            Asked(
                tr("Heading in the pack"),
                tr("What these stand under. Empty: under none."),
                rows[0].item.heading,
                tr("Put under it"),
                put,
                known,
                is_empty_allowed=True,
            )
        )

    def toggle_full(self, *rows: BasketRow) -> None:
        """Let the full text of these go along, for a reason that is asked, or stay."""
        pages = [row for row in rows if not row.item.note_id]
        ids = tuple(row.id for row in pages)
        if not pages:
            return
        if all(row.item.full_text for row in pages):
            self.desk.tasks.run("full texts stay", basket_draft.without_full_text, ids)
            return
        title = words.title_of(pages[0]) if len(pages) == 1 else tr("{n} pages").format(n=len(pages))
        said = self.leaving.told_of_licences([row.number for row in pages])
        self.desk.ask_overlay(
            lambda window: ReasonForm(
                self.desk,
                title,
                said,
                lambda why: self.desk.tasks.run("full texts go", basket_draft.with_full_text, ids, why),
                window,
            )
        )

    def move_selected(self, step: int) -> None:
        """One place up (-1) or down (1), keeping together what is selected."""
        ids = [row.id for row in self.list.values.items]
        self._order(ids, shifted(ids, {row.id for row in self.list.selected()}, step))

    def drop(self, row: int, before: int) -> None:
        """The thing of a row stands before another from now on."""
        ids = [one.id for one in self.list.values.items]
        order = [*ids[:row], *ids[row + 1 :]]
        order.insert(before - (before > row), ids[row])
        self._order(ids, order)

    def _order(self, ids: list[int], order: list[int]) -> None:
        if order != ids:
            self.desk.tasks.run("order the basket", basket.reorder, order)

    def empty_it(self) -> None:
        """Begin anew; undoable."""
        self.leaving.handing.begin_anew()

    # ── menus ───────────────────────────────────────────────────────────────────────────────────────────

    def places(self) -> QMenu:
        """Where more can be found."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Put more in"))
        ink = self.desk.theme.colour("muted")
        for view, label, icon in (
            ("inbox", tr("From Inbox"), "inbox"),
            ("all", tr("From all pages"), "library"),
            ("highlights", tr("From Highlights"), "highlighter"),
            ("notes", tr("From Notes"), "notebook-pen"),
        ):
            menu.addAction(icons.icon(icon, ink), label, partial(self.desk.ask_view, view))
        return menu

    def page_menu(self) -> QMenu:
        """What concerns the whole pack."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("More"))
        ink, tasks = self.desk.theme.colour("muted"), self.desk.tasks
        tags = menu.addAction(tr("My tags go along"))
        tags.setCheckable(True)
        tags.setChecked(self.draft.with_tags)
        tags.toggled.connect(lambda is_on: tasks.run("tags go along", basket_draft.write, with_tags=is_on))
        full = menu.addAction(tr("Every full text goes along …"))
        full.setCheckable(True)
        full.setChecked(self.draft.full_text)
        full.toggled.connect(self._whole_pack)
        menu.addSeparator()
        whys = tuple(row.id for row in self.list.values.items if row.item.why and not row.item.sentence)
        keep = menu.addAction(
            icons.icon("pen-line", ink), tr("Why it matters as my sentence, where there is none")
        )
        keep.setEnabled(bool(whys))
        keep.triggered.connect(lambda: tasks.run("why as sentences", basket_draft.keep_why, whys))
        menu.addAction(icons.icon("trash-2", ink), tr("Empty the basket"), self.empty_it)
        return menu

    def _whole_pack(self, is_on: bool) -> None:
        run = self.desk.tasks.run
        if not is_on:
            run("full texts stay", basket_draft.whole_pack_full_text, False)
            return
        self.desk.ask_overlay(
            lambda window: ReasonForm(
                self.desk,
                tr("Every page of the pack"),
                tr("Whether you may pass on whole pages is yours to judge."),
                lambda why: run("every full text", basket_draft.whole_pack_full_text, True, why),
                window,
            )
        )

    def _show_menu(self, button: Button, make: "partial[QMenu] | object", _is_checked: bool = False) -> None:
        assert callable(make)
        menu: QMenu = make()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # ── room ────────────────────────────────────────────────────────────────────────────────────────────

    def look_at_it(self, is_looking: bool, _is_checked: bool = False) -> None:
        """In a narrow window: what leaves takes the place of the list."""
        self._is_looking = is_looking
        self._arrange()
        self.leaving.later()
        (self.leaving.preview if is_looking else self.list).setFocus()

    def _arrange(self) -> None:
        is_empty = not self.list.values.items
        is_narrow = self.width() < NARROW
        direction = QBoxLayout.Direction
        self.panes.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self.letter.setVisible(not is_empty)
        for button in self.buttons:
            button.setVisible(not is_empty)
        self.eye.setVisible(is_narrow and not is_empty)
        is_looking = is_narrow and self._is_looking and not is_empty
        self.left.setVisible(not is_looking)
        self.left.setFixedWidth(16_777_215 if is_narrow or is_empty else LEFT)
        if is_narrow or is_empty:
            self.left.setMinimumWidth(0)
        self.leaving.setVisible(not is_empty)
        for part in (self.leaving.bar, self.leaving.paper):
            part.setVisible(not is_narrow or is_looking)
        self.leaving.list_again.setVisible(is_looking)
        self.panes.setStretch(0, 1 if is_narrow or is_empty else 0)
        self.panes.setStretch(1, 0 if is_narrow and not is_looking else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if event.size().width() != event.oldSize().width():
            self.leaving.later()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self.list if self.list.values.items else self.empty).setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Save):
            self.leaving.save()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = self.desk.theme.colour("line")
        if self.leaving.isVisible() and self.left.isVisible() and self.width() >= NARROW:
            painter.fillRect(self.left.width() - 1, 0, 1, self.height(), line)
        if not self.letter.isHidden() and self.left.isVisible():
            y = self.letter.geometry().bottom()
            painter.fillRect(0, max(y, Lengths.BAR), self.left.width(), 1, line)


def _read(reader: Reader, inside: tuple[str, ...]) -> tuple[list[BasketRow], PackDraft]:
    return basket_rows.rows(reader, inside), basket_draft.draft(reader)


def _headings(rows: Sequence[BasketRow]) -> list[tuple[str, int]]:
    """The headings that part the list; none when nothing is under one."""
    runs = [(heading, len(list(run))) for heading, run in groupby(rows, key=lambda row: row.item.heading)]
    if not any(heading for heading, _ in runs):
        return []
    return [(heading or tr("Under no heading"), number) for heading, number in runs]


def make(desk: Desk) -> BasketView:
    """The page."""
    return BasketView(desk)
