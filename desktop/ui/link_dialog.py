"""Tie one page to another: which page, why, and a sentence if one wants.

Surprising: there is no way back to write. A link belongs to both pages, and the other one shows it by itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.languages import mark, tr, trc
from desktop.library import links, lists
from desktop.library.sense_values import Link, Reason
from desktop.library.values import Row, View
from desktop.settings import Choice as Option
from desktop.store.reader import Reader
from desktop.ui.desk import Desk
from desktop.ui.palette.choice_list import ChoiceList
from desktop.ui.palette.rows import ONE_LINE, Answer
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words_card import Words
from desktop.ui.theme import Lengths

SHOWN = 6
REASONS = {
    Reason.SUPPORTS: mark("supports"),
    Reason.CONTRADICTS: mark("contradicts"),
    Reason.EXAMPLE: mark("is an example of"),
    Reason.SEE: mark("see also"),
}


class LinkDialog(Overlay):
    """Enter takes the page, then Enter links. ``link``: one that is to be changed."""

    def __init__(self, desk: Desk, source_id: int, parent: QWidget, link: Link | None = None) -> None:
        title = tr("Change the link") if link else tr("Link to another page")
        super().__init__(desk.theme, title, Lengths.DIALOG + 40, parent)
        self._desk, self._source_id, self._link = desk, source_id, link
        self._other = link.other_id if link else 0
        self._reason = link.reason if link else Reason.SEE
        heading = QLabel(title, self.panel)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(desk.theme.font("section"))
        self.this = Words(desk.theme, "caption", 17, "muted")
        options = [Option(one.value, tr(word)) for one, word in REASONS.items()]
        self.reasons = Segments(desk.theme, tr("Reason"), options, self._reason.value, parent=self.panel)
        self.reasons.picked.connect(self._on_reason_picked)
        self.field = self._line(tr("Title, site or tag of the other page"), link.title if link else "")
        self.field.setReadOnly(link is not None)
        self.list = ChoiceList(desk.theme, tr("Pages that fit"), SHOWN * ONE_LINE, self.panel)
        self.sentence = self._line(tr("How they belong together, in a sentence of mine"), "")
        self.sentence.setText(link.sentence if link else "")
        self.sentence.setFont(desk.theme.font("own_field"))
        self.cancel = Button(desk.theme, tr("Cancel"), parent=self.panel)
        self.agree = Button(
            desk.theme,
            tr("Change") if link else trc("to link two pages", "Link"),
            kind="main",
            parent=self.panel,
        )
        self._build(heading)
        self.field.textEdited.connect(self._on_edited)
        self.list.taken.connect(self._take)
        self.cancel.clicked.connect(self.dismiss)
        self.agree.clicked.connect(self.keep)
        self.list.fill(())
        self._tell()
        desk.tasks.start(self._load())

    def _line(self, hint: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self.panel)
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        line.setMinimumHeight(36)
        line.setMaxLength(2000)
        line.installEventFilter(self)
        return line

    def _build(self, heading: QLabel) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(24, 0, 24, 0)
        top.setSpacing(10)
        for widget in (heading, self.this, self.reasons, self.field):
            top.addWidget(widget)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.setSpacing(12)
        foot.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.agree)
        foot.addLayout(row)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(0, 18, 0, 16)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.list)
        layout.addLayout(foot)

    def first_focus(self) -> QWidget:
        return self.sentence if self._link else self.field

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = min(self.height_for(width), self.height() - 32)
        top = min(120, max(16, self.height() // 7), max(16, self.height() - height - 16))
        return QRect((self.width() - width) // 2, top, width, height)

    # ── which page ──────────────────────────────────────────────────────────────────────────────────────

    async def _load(self) -> None:
        rows = await self._desk.tasks.read(lists.page, [self._source_id])
        if rows and not self._is_closing:
            self.this.say(rows[0].title)
            self.refit()
        if not self._link:
            await self._find("")

    def _on_edited(self, text: str) -> None:
        self._other = 0
        self._tell()
        self._desk.tasks.start(self._find(text.strip()))

    async def _find(self, words: str) -> None:
        rows = await self._desk.tasks.read(_pages, words, self._source_id)
        is_late = self._is_closing or words != self.field.text().strip() or self._other
        if rows is None or is_late:
            return
        self._show(
            [
                Answer(ONE_LINE, row.title or row.site, row.site, icon="book-open", fills=str(row.id))
                for row in rows
            ]
        )

    def _show(self, choices: Sequence[Answer]) -> None:
        self.list.fill(choices, is_first_chosen=bool(self.field.text().strip()))
        self.refit()

    def _take(self, choice: Answer) -> None:
        self._other = int(choice.fills)
        self.field.setText(choice.title)
        self.field.setCursorPosition(0)
        self._show(())
        self._tell()
        self.sentence.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self.agree.setEnabled(bool(self._other))

    # ── keys and acts ───────────────────────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.field and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.go(1 if key == Qt.Key.Key_Down else -1)
                return True
            if is_enter and watched is self.field and not self._other:
                chosen = self.list.chosen or self.list.first
                if chosen is not None:
                    self._take(chosen)
                return True
            if is_enter and watched in (self.field, self.sentence):
                self.keep()
                return True
        return super().eventFilter(watched, event)

    def _on_reason_picked(self, value: object) -> None:
        self._reason = Reason(str(value))

    def keep(self) -> None:
        """Write it, if a page has been chosen."""
        if not self._other:
            return
        words = self.sentence.text()
        self.dismiss()
        if self._link:
            self._desk.tasks.run("change a link", links.change, self._link.id, self._reason, words)
        else:
            self._desk.tasks.run("link", links.link, self._source_id, self._other, self._reason, words)


def _pages(reader: Reader, words: str, but: int) -> list[Row]:
    """Pages whose title, site or tags fit; the newest with nothing typed."""
    if words:
        rows = lists.find_titles(reader, words, SHOWN + 1)
    else:
        rows = lists.page(reader, list(lists.ids(reader, View())[: SHOWN + 1]))
    return [row for row in rows if row.id != but][:SHOWN]
