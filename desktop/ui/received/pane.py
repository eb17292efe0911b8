"""One pack that came: its head, its items with a tick each, and what can be done with them.

Surprising: nothing here writes. The pane says what was chosen, and the page does it, so that a pack that is
read anew while one looks at it keeps the ticks that the person set.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.share.offer import OfferedItem
from desktop.share.received import Looked
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.parts.page import PageBar
from desktop.ui.received import words
from desktop.ui.received.rows import PackItemDelegate, PackItemList
from desktop.ui.received.sender import PackHead
from desktop.ui.rows.items import ItemModel

KEYS = {
    "Space": "tick", "A": "all", "Ctrl+Return": "keep", "Ctrl+Enter": "keep", "R": "reply", "X": "aside",
}  # fmt: skip
HEAD_SHARE = 0.55
"""Of the pane's height that the head takes at most; the rest of it is scrolled."""


class Bar(PageBar):
    """What can be done; the labels go where there is no room for them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        theme = desk.theme
        self.row.setContentsMargins(12, 0, 12, 1)
        self.row.setSpacing(8)
        self.reply = Button(theme, tr("Reply"), icon="message-square")
        self.send = Button(theme, tr("Send my answers"), icon="send")
        self.aside = Button(theme, tr("Set aside"))
        self.keep = Button(theme, tr("Keep"), icon="check", kind="main", key="Ctrl+Enter")
        self.row.addStretch(1)
        for button in (self.reply, self.send, self.aside, self.keep):
            self.row.addWidget(button)


class PackPane(QWidget):
    """Shows a `Looked`."""

    kept = Signal()
    replied = Signal()
    sent = Signal()
    set_aside = Signal()
    opened = Signal(object)
    """An `OfferedItem` whose page is wanted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shown: Looked | None = None
        self.setAccessibleName(tr("This pack"))
        self.bar = Bar(desk)
        self.head = PackHead(desk.theme)
        self.head_area = QScrollArea()
        self.head_area.setFrameShape(QFrame.Shape.NoFrame)
        self.head_area.setWidgetResizable(True)
        self.head_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.head_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head_area.viewport().setAutoFillBackground(False)
        self.head.setAutoFillBackground(False)
        self.head_area.setWidget(self.head)
        OverlayBar(desk.theme, self.head_area)
        self.paint = PackItemDelegate(desk.theme)
        values: ItemModel[OfferedItem] = ItemModel(_key, _title, self._spoken, is_numbered=True)
        self.list = PackItemList(desk, tr("What is in it"), values, self.paint, {}, KEYS, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.head_area)
        column.addWidget(self.list, 1)
        self._connect()

    def _connect(self) -> None:
        self.list.keyed.connect(self.act)
        self.list.opened.connect(lambda index: self.opened.emit(self.list.values.at(index.row())))
        self.list.ticked.connect(self._on_ticked)
        self.bar.keep.clicked.connect(self.kept)
        self.bar.reply.clicked.connect(self.replied)
        self.bar.send.clicked.connect(self.sent)
        self.bar.aside.clicked.connect(self.set_aside)
        self.head.resized.connect(self._fit)
        self.desk.theme.changed.connect(self.update)

    # ── what is shown ───────────────────────────────────────────────────────────────────────────────────

    def show_pack(self, shown: Looked, *, does_match: bool = True) -> None:
        """Show it; ticks that the person set stay while it is the same pack."""
        before = self.shown
        is_same = before is not None and before.row.id == shown.row.id and before.kept == shown.kept
        self.shown = shown
        can_take = frozenset(words.can_take(shown.offer))
        if not is_same or self.paint.can_take != can_take:
            self.paint.ticked = set(shown.offer.wanted) & can_take
        self.paint.can_take, self.paint.kept = can_take, shown.kept
        self.paint.sent_by = shown.row.sender
        self.paint.answers = words.answers_of(shown)
        self.head.show_pack(shown, does_match=does_match)
        self.list.show_items(shown.offer.items)
        self.list.remeasure()
        if not is_same:
            self.list.choose(0)
            self.list.scrollToTop()
            self.head_area.verticalScrollBar().setValue(0)
        self._tell()
        self._fit()

    @property
    def chosen(self) -> tuple[str, ...]:
        """UUIDs of the ticked items, in order."""
        items = self.list.values.items
        return tuple(one.item.uuid for one in items if one.item.uuid in self.paint.ticked)

    def _tell(self) -> None:
        """Buttons as the pack has it."""
        shown = self.shown
        if shown is None:
            return
        can_write, every = self.desk.can_write, len(shown.offer.items)
        bar, row = self.bar, shown.row
        is_all_kept = not self.paint.can_take and not shown.offer.refusal
        bar.keep.set_label(tr("Kept") if is_all_kept else words.keep_label(len(self.chosen), every))
        bar.keep.setEnabled(can_write and bool(self.chosen) and not shown.offer.refusal)
        bar.keep.setToolTip(shown.offer.refusal)
        bar.reply.setEnabled(can_write and bool(shown.kept))
        bar.reply.setToolTip(
            tr("Reply  R")
            if shown.kept
            else tr("Keep something of it first: an answer belongs to what is kept")
        )
        bar.send.setVisible(bool(row.waiting))
        said = trn("Send my answer", "Send my {n} answers", row.waiting)
        bar.send.set_label(said.format(n=writing.number(row.waiting)))
        bar.aside.setVisible(row.state != "kept")
        bar.aside.set_label(tr("Bring back") if row.state == "aside" else tr("Set aside"))
        bar.aside.setEnabled(can_write)

    # ── ticks ───────────────────────────────────────────────────────────────────────────────────────────

    def tick(self, rows: list[OfferedItem]) -> None:
        """Tick these, or untick them when all of them are."""
        uuids = {one.item.uuid for one in rows} & self.paint.can_take
        if uuids <= self.paint.ticked:
            self.paint.ticked -= uuids
        else:
            self.paint.ticked |= uuids
        self._tell()
        values = self.list.values
        if values.items:
            values.dataChanged.emit(values.index(0), values.index(len(values.items) - 1))
        self.list.viewport().update()

    def act(self, name: str) -> None:
        """What a key of the list means."""
        if name == "tick":
            self.tick(self.list.selected())
        elif name == "all":
            self.tick(self.list.values.items)
        else:
            bar = self.bar
            button = {"keep": bar.keep, "reply": bar.reply, "aside": bar.aside}[name]
            if button.isEnabled() and button.isVisibleTo(self):
                button.click()

    def _on_ticked(self, row: int) -> None:
        item = self.list.values.at(row)
        if item is not None:
            self.tick([item])

    def _spoken(self, one: OfferedItem) -> str:
        sender = self.shown.row.sender if self.shown is not None else ""
        return words.item_spoken(one, one.item.uuid in self.paint.ticked, sender)

    # ── room ────────────────────────────────────────────────────────────────────────────────────────────

    def _fit(self) -> None:
        """The head is as high as it needs to be, and leaves room for the items."""
        layout = self.head.layout()
        wanted = layout.heightForWidth(self.width()) if layout is not None else 0
        self.head_area.setFixedHeight(max(60, min(wanted, round(self.height() * HEAD_SHARE))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.act("keep")
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(600, 600)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.desk.theme.colour("surface"))


def _key(one: OfferedItem) -> str:
    return one.item.uuid


def _title(one: OfferedItem) -> str:
    return words.item_title(one.item)
