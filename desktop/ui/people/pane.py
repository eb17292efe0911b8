"""One person: who they are, what went between, how far their key is known. Or a site, and what it brought.

Surprising: the four numbers are the filter of the list below. Pressed, each shows what it counts; let go,
all that went between stands there again.
"""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.library.values import Row
from desktop.share.circles import CircleRow
from desktop.share.persons import Between, Said
from desktop.share.sent import Exchange
from desktop.text.showing import visible
from desktop.ui.desk import Desk
from desktop.ui.parts import moments
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import Column, PageBar, heading
from desktop.ui.parts.words_card import Words, WordsCard
from desktop.ui.people.parts import Face, Numbers, Quote
from desktop.ui.people.rows import Entry, Passed, PassedList
from desktop.ui.people.trusting import TrustPart
from desktop.ui.people.words import way

FOUND, SENT, CAME, REPLIES = "found", "sent", "came", "replies"


class PersonPane(QWidget):
    """``asked``: edit, share, menu, or one of `TrustPart`."""

    asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, theme = desk, desk.theme
        self._between, self._pages = Between(), list[Row]()
        self._lens, self._is_person = "", False
        self.bar = PageBar(theme)
        self.edit = Button(theme, tr("Edit"), icon="pencil-line")
        self.edit.setToolTip(tr("Edit  F2"))
        self.share = Button(theme, tr("Share"), icon="send", kind="main")
        self.more = Button(theme, tr("More"), icon="ellipsis", kind="icon")
        self.face = Face(theme)
        self.name = Words(theme, "view", 28)
        self.reach = Words(theme, "body", 18, "muted")
        self.met = Quote(theme)
        hint = tr("Who they are, what they know, when I ask them")
        self.note = WordsCard(theme, tr("What I know of them"), hint=hint)
        self.numbers = Numbers(
            theme,
            (
                (FOUND, tr("found through them")),
                (SENT, tr("packs I sent")),
                (CAME, tr("packs from them")),
                (REPLIES, tr("replies joined")),
            ),
        )
        self.count = Words(theme, "body", 20, "muted")
        self.trust = TrustPart(theme)
        self.title = heading(theme, "", "section")
        self.brought = PassedList(desk)
        self.nothing = Words(theme, "body", 18, "muted")
        self._build()
        for button, name in ((self.edit, "edit"), (self.share, "share"), (self.more, "menu")):
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
        self.trust.asked.connect(self.asked)
        self.numbers.picked.connect(self.look_at)

    def _build(self) -> None:
        self.bar.row.addStretch(1)
        for button in (self.edit, self.share, self.more):
            self.bar.row.addWidget(button)
        self.area = Column(self._desk.theme)
        column = self.area.column
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.face)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.name)
        names.addWidget(self.reach)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.setSpacing(14)  # of what is seen: a hidden part takes no room
        for widget in (
            self.met, self.note, self.count, self.numbers, self.trust, self.title, self.nothing, self.brought,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.area, 1)

    def show_entry(self, entry: Entry, circles: tuple[CircleRow, ...]) -> None:
        """Show who this is; what went between comes by `show_between`."""
        row, person = entry.row, entry.person
        self._is_person = person is not None
        self.face.say(row.name)
        self.name.say(row.name)
        self._say_reach(entry, circles)
        self.met.words.say(row.how_met)
        self.met.setVisible(bool(row.how_met))
        self.note.show_words(row.note)
        self.note.setVisible(self._is_person and (bool(row.note) or not row.how_met or self.note.is_editing))
        self.edit.setVisible(self._is_person)
        self.more.setVisible(self._is_person)
        self.share.setVisible(self._is_person)
        self.share.set_label(tr("Share with {name}").format(name=row.name.split()[0] if row.name else ""))
        saved = trn("{n} page saved", "{n} pages saved", row.brought).format(n=writing.number(row.brought))
        self.count.say(f"{saved} · {entry.kept}")
        self.count.setVisible(not self._is_person)
        self.numbers.setVisible(self._is_person)
        self.trust.setVisible(self._is_person)
        self.numbers.say((row.brought, row.sent, row.received, 0))
        if person is not None:
            self.trust.show_person(person)

    def _say_reach(self, entry: Entry, circles: tuple[CircleRow, ...]) -> None:
        names = {one.id: one.name for one in circles}
        row = entry.row
        within = ", ".join(names[one] for one in row.circles if one in names)
        text = " · ".join(part for part in (row.address, within, row.topics, row.url) if part)
        self.reach.say(text)
        self.reach.setVisible(bool(text))

    def forget_lens(self) -> None:
        """Somebody else is shown: no number is pressed."""
        self._lens = ""
        self.numbers.choose("")

    def show_between(self, between: Between, pages: list[Row], brought: int) -> None:
        """Show what went between, and the pages that they brought."""
        self._between, self._pages = between, pages
        sent = sum(one.direction == "sent" for one in between.exchanges)
        self.numbers.say((brought, sent, len(between.exchanges) - sent, len(between.said)))
        self._show_list()

    def look_at(self, lens: str) -> None:
        """What one of the numbers counts; empty: all that went between."""
        self._lens = lens
        self._show_list()

    def _show_list(self) -> None:
        exchanges, lens = self._between.exchanges, self._lens
        is_bare = not exchanges and not lens
        if lens == FOUND or is_bare:
            self.title.say(tr("What came of it"))
            rows = [_page(one) for one in self._pages]
        elif lens == REPLIES:
            self.title.say(tr("What they said to it"))
            rows = [_said(one) for one in self._between.said]
        else:
            words = {SENT: tr("Packs I sent"), CAME: tr("Packs from them")}
            self.title.say(words.get(lens, tr("Between us")))
            wanted = {SENT: ("sent",), CAME: ("received",)}.get(lens, ("sent", "received"))
            rows = [self._pack(one) for one in exchanges if one.direction in wanted]
        self.brought.show_passed(rows)
        self.brought.setVisible(bool(rows))
        self.nothing.say(tr("Nothing yet."))
        self.nothing.setVisible(not rows)

    def show_held(self, title: str, items: list[tuple[str, str, int, int]]) -> None:
        """What a pack held that was sent; a number leads back to the others."""
        self.title.say(title)
        self.brought.show_passed(
            [
                Passed(f"note:{note}" if note else f"source:{source}", visible(name), "file-text", said)
                for name, said, source, note in items
            ]
        )

    def _pack(self, one: Exchange) -> Passed:
        title = visible(one.title) or tr("A pack without a title")
        when = moments.short(one.at, date.today())
        if one.direction == "received":
            icon = "message-square" if one.reply_to else "download"
            return Passed(f"received:{one.id}", title, icon, self._taken(one), when)
        if one.comments:
            text = trn("replied, {n} comment", "replied, {n} comments", one.comments)
            return Passed(
                f"sent:{one.id}", title, "upload", text.format(n=writing.number(one.comments)), when
            )
        return Passed(f"sent:{one.id}", title, "upload", way(one.way), when)

    def _taken(self, one: Exchange) -> str:
        if one.state == "aside":
            return tr("put aside")
        if one.state == "new":
            return tr("not looked at yet")
        kept = writing.number(self._between.kept.get(one.id, 0))
        return tr("kept {n} of {all}").format(n=kept, all=writing.number(one.items))


def _page(row: Row) -> Passed:
    when = moments.short(row.saved_at, date.today())
    return Passed(
        f"source:{row.id}", visible(row.title) or tr("Untitled"), "file-text", visible(row.site), when
    )


def _said(one: Said) -> Passed:
    when = moments.short(one.made_at, date.today())
    key = f"source:{one.source_id}" if one.source_id else f"note:{one.note_id}"
    return Passed(
        f"{key}:{one.id}", visible(" ".join(one.body.split())), "message-square", visible(one.title), when
    )
