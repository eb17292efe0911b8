"""Received: the packs that colleagues sent, and the one that is looked at beside them.

Surprising: a pack that was opened is kept here before anything of it is taken in, so that it can be looked at
tomorrow though its file is gone.
"""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter

from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.share import inbox, received, receiving, trust
from desktop.share.inbox import Received
from desktop.share.offer import OfferedItem
from desktop.share.received import Looked
from desktop.share.values import ItemKind, Sender
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.reading import Reading
from desktop.ui.received import answering, opening, words
from desktop.ui.received.pane import PackPane
from desktop.ui.received.rows import PackDelegate
from desktop.ui.rows.items import ItemList, ItemModel
from desktop.ui.rows.page import Line, ListPage
from desktop.ui.views import Emptiness

SHOWN = frozenset(
    {Noun.PACK, Noun.PERSON, Noun.REPLY, Noun.SOURCE, Noun.CAPTURE, Noun.ANNOTATION, Noun.NOTE, Noun.IDENTITY}
)
ACTS = {"trash": "aside"}
KEYS = {"Ctrl+Return": "keep", "Ctrl+Enter": "keep", "R": "reply", "X": "aside", "Right": "into"}
LIST_WIDTH = 340
STACKED_BELOW = 720


class ReceivedView(ListPage[Received]):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        values = ItemModel(attrgetter("id"), words.title_of, words.spoken)
        rows = ItemList(desk, tr("Received"), values, PackDelegate(desk.theme), ACTS, KEYS)
        self.open = Button(desk.theme, tr("Open a pack …"), icon="package-open", kind="icon")
        self.pane = PackPane(desk)
        self._wanted = 0
        """The pack that is asked for and not in the list yet."""
        self._looked_for = 0
        super().__init__(desk, tr("Received"), rows, SHOWN, (self.open,), parent)
        self.open.clicked.connect(partial(desk.actions.run, "open_pack"))
        rows.on_current(self._on_current)
        pane = self.pane
        pane.kept.connect(partial(self.act, "keep"))
        pane.replied.connect(partial(self.act, "reply"))
        pane.sent.connect(partial(self.act, "send"))
        pane.set_aside.connect(partial(self.act, "aside"))
        pane.opened.connect(self.open_kept)
        pane.head.banner.accepted.connect(self.accept_key)
        pane.head.banner.refused.connect(self.refuse_key)

    def build(self) -> None:
        """The list with its head at the left, the pack at the right."""
        self.left = QWidget(self)
        left = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.head)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        left.addWidget(self.stack, 1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(1)
        self._both.addWidget(self.left)
        self._both.addWidget(self.pane, 1)
        self.column.addLayout(self._both)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────

    def show_named(self, name: str) -> None:
        """A pack by its id; ``open``: choose a file."""
        if name == "open":
            self.desk.actions.run("open_pack")
        self._wanted = int(name) if name.isdecimal() else 0
        self.refresh()

    async def fill(self, reading: Reading) -> None:
        packs = await reading.ask(inbox.all_of)
        if packs is None:
            return
        self.list.show_items(packs)
        if self._wanted and self.list.choose_key(self._wanted):
            self._wanted = 0
        self.say(len(packs))
        new = sum(1 for one in packs if one.is_new)
        said = trn("{n} new", "{n} new", new).format(n=writing.number(new))
        self.number.setText(said if new else self.number.text())
        self.pane.setVisible(bool(packs))
        self._arrange()
        self._looked_for = 0
        self._on_current()

    def _on_current(self) -> None:
        current = self.list.current
        if current is not None and current.id != self._looked_for:
            self._looked_for = current.id
            self.desk.tasks.start(self._look(current.id))

    async def _look(self, pack_id: int) -> None:
        shown: Looked | None = await self.desk.tasks.read(received.looked, self.desk.paths, pack_id)
        current = self.list.current
        if shown is not None and current is not None and current.id == pack_id:
            self.pane.show_pack(shown, does_match=pack_id not in opening.of(self.desk).unlike)

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────

    def none_yet(self) -> Emptiness:
        return nothing_came()

    def open_item(self, item: Received) -> None:
        self.pane.list.setFocus()

    def lines(self) -> Sequence[Line]:
        current = self.list.current
        if current is None:
            return ()
        made: list[Line] = [("into", tr("Look at it"), "book-open", "→")]
        if current.kept:
            made.append(("reply", tr("Reply"), "message-square", "R"))
        if current.waiting:
            made.append(("send", tr("Send my answers"), "send", ""))
        if current.state != "kept":
            label = tr("Bring back") if current.state == "aside" else tr("Set aside")
            made.append(("aside", label, "archive", "X"))
        return made

    def act(self, name: str, _is_checked: bool = False) -> None:
        shown, current = self.pane.shown, self.list.current
        if current is None or shown is None or shown.row.id != current.id:
            return
        if name == "into":
            self.pane.list.setFocus()
        elif name == "keep" and self.pane.chosen and not shown.offer.refusal:
            self.desk.tasks.run("take in a pack", _take, self.desk, shown, self.pane.chosen)
        elif name == "aside" and current.state != "kept":
            is_aside = current.state != "aside"
            self.desk.tasks.run("set a pack aside", receiving.put_aside, [current.id], is_aside=is_aside)
        elif name == "reply" and shown.kept:
            item = self.pane.list.current
            answering.ask(self.desk, shown, item.item.uuid if item is not None else "")
        elif name == "send":
            answering.ask_send(self.desk, shown)

    def open_kept(self, item: OfferedItem) -> None:
        """The page or note of an item that is here; else tick it."""
        if item.note_id:
            self.desk.ask_view(f"note:{item.note_id}")
        elif item.source_id and item.item.kind is ItemKind.PAGE:
            self.desk.ask_source(item.source_id)
        else:
            self.pane.tick([item])

    def accept_key(self) -> None:
        """It is really them."""
        if self.pane.shown is not None:
            self.desk.tasks.run("accept a key", trust.accept, _sender(self.pane.shown))

    def refuse_key(self) -> None:
        """It is somebody else."""
        if self.pane.shown is not None:
            self.desk.tasks.run("refuse a key", trust.refuse, _sender(self.pane.shown))

    # ── room ────────────────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pane.keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= STACKED_BELOW
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(direction)
        has_pane = not self.pane.isHidden()
        widest = min(LIST_WIDTH - 1, round(self.width() * 0.42)) if is_wide and has_pane else 16_777_215
        self.left.setMinimumWidth(widest if is_wide and has_pane else 0)
        self.left.setMaximumWidth(widest)
        highest = max(120, self.height() // 3) if has_pane and not is_wide else 16_777_215
        self.left.setMaximumHeight(highest)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(
            self.rect(), self.desk.theme.colour("line" if not self.pane.isHidden() else "surface")
        )
        painter.fillRect(self.left.geometry(), self.desk.theme.colour("surface"))
        bar = self.head.height() - 1
        painter.fillRect(0, bar, self.left.width(), 1, self.desk.theme.colour("line"))


def _take(writer: Writer, desk: Desk, shown: Looked, chosen: tuple[str, ...]) -> Changes:
    reader, row = desk.reader, shown.row
    assert reader is not None
    return receiving.take(
        writer, reader, writer.paths, shown.offer.opened, chosen, file_name=shown.file_name, size=shown.bytes,
        origin=f"received:{row.id}",
    )  # fmt: skip


def _sender(shown: Looked) -> Sender:
    """Who signed it: the key that did, not the one that the pack names."""
    said = shown.offer.opened
    return Sender(said.pack.sender.name, said.key, said.pack.sender.age)


def nothing_came() -> Emptiness:
    """What is said while nobody has sent anything."""
    return Emptiness(
        "package-open",
        tr("Nothing received yet"),
        tr(
            "When a colleague sends you a pack, drop its file on this window, or open it here. You see who "
            "it is from and what is in it before anything is kept."
        ),
        (tr("Open a pack …"), "received:open", "package-open"),
        (tr("Open Basket"), "basket", "shopping-basket"),
    )


def make(desk: Desk) -> ReceivedView:
    """The page."""
    return ReceivedView(desk)
