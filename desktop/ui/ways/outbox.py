"""The outbox: mails that need the person first, then those that wait, then those that went.

Surprising: a mail of which nobody knows whether it arrived is never sent again by itself. The page asks, and
only the person's word moves it.
"""

import time
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.languages import tr
from desktop.share import mailing
from desktop.share.mailing import Mailed, MailState
from desktop.store.changes import Noun
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.reading import Reading
from desktop.ui.rows.delegate import count_lines, paint_lines
from desktop.ui.rows.items import At, ItemDelegate, ItemList, ItemModel
from desktop.ui.rows.page import Line, ListPage
from desktop.ui.views import Emptiness
from desktop.ui.ways import posting, words

ACTS: Final = {"trash": "cancel"}
KEYS: Final = {"R": "again", "Y": "arrived", "X": "cancel"}
LEFT, RIGHT, TOP, TITLE, META, LINE, BOTTOM = 50, 20, 10, 20, 19, 18, 10
MOST_LINES = 3
CLOCK_MS = 30_000
SIGNS: Final = {
    MailState.WAITING: ("clock", "muted"),
    MailState.SENDING: ("send", "accent"),
    MailState.SENT: ("check", "success"),
    MailState.FAILED: ("circle-alert", "danger"),
    MailState.UNSURE: ("mail-question-mark", "warning"),
}
AGAIN: Final = frozenset({MailState.FAILED, MailState.WAITING, MailState.UNSURE})


def _now() -> int:
    return time.time_ns() // 1_000_000


class MailDelegate(ItemDelegate[Mailed]):
    """Paints a mail: its sign, what it is, to whom and where it is, and what went wrong."""

    HEIGHT = TOP + TITLE + META + BOTTOM
    IS_MEASURED = True

    def height(self, item: Mailed, width: int) -> int:
        font = self.theme.font("caption")
        lines = count_lines(item.error, font, width - LEFT - RIGHT, MOST_LINES) if item.error else 0
        return self.HEIGHT + (lines * LINE + 4 if lines else 0)

    def paint_item(self, painter: QPainter, box: QRect, item: Mailed, at: At) -> None:
        theme = self.theme
        name, ink = SIGNS[item.state]
        sign = icons.pixmap(name, theme.colour(ink), 18, painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(box.left() + 20, box.top() + TOP + 9), sign)
        is_over = item.state is MailState.SENT
        left, width, top = box.left() + LEFT, box.width() - LEFT - RIGHT, box.top() + TOP
        title = QRect(left, top, width, 0)
        painter.setPen(theme.colour("muted" if is_over else "text"))
        font = theme.font("body" if is_over else "row", 0 if is_over else 500)
        paint_lines(painter, words.subject(item), font, title, TITLE, 1)
        painter.setPen(theme.colour("muted"))
        paint_lines(
            painter, words.line(item, _now()), theme.font("caption"), title.translated(0, TITLE), META, 1
        )
        if item.error:
            painter.setPen(theme.colour("muted" if item.state is MailState.WAITING else ink))
            below = title.translated(0, TITLE + META + 2)
            paint_lines(painter, item.error, theme.font("caption"), below, LINE, MOST_LINES)


class OutboxView(ListPage[Mailed]):
    """A page of the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        values = ItemModel(attrgetter("id"), words.subject, _spoken)
        rows = ItemList(desk, tr("Outbox"), values, MailDelegate(desk.theme), ACTS, KEYS)
        self.arrived = Button(desk.theme, tr("It arrived"), icon="mail-check")
        self.again = Button(desk.theme, tr("Try again"), icon="rotate-ccw")
        self.cancel = Button(desk.theme, tr("Take out"), icon="x")
        buttons = (self.arrived, self.again, self.cancel)
        super().__init__(desk, tr("Outbox"), rows, {Noun.MAILING}, buttons, parent)
        for button, name in zip(buttons, ("arrived", "again", "cancel"), strict=True):
            button.clicked.connect(partial(self.act, name))
            button.hide()
        rows.on_current(self._on_current)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(rows.viewport().update)
        self._clock.start()

    async def fill(self, reading: Reading) -> None:
        mails = await reading.ask(mailing.outbox)
        if mails is not None:
            self.list.show_items(mails)
            self.say(len(mails))
            self._on_current()

    def _on_current(self) -> None:
        state = self.list.current.state if self.list.current is not None else None
        self.arrived.setVisible(state is MailState.UNSURE)
        self.again.set_label(tr("Send it again") if state is MailState.UNSURE else tr("Try again"))
        self.again.setVisible(state in AGAIN)
        self.cancel.setVisible(state not in (None, MailState.SENDING))

    def none_yet(self) -> Emptiness:
        return nothing_goes()

    def open_item(self, item: Mailed) -> None:
        if item.state is not MailState.SENT and item.state is not MailState.SENDING:
            self.menu_at_current()

    def menu_at_current(self) -> None:
        """What can be done with the mail, where it stands."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        box = self.list.visualRect(self.list.currentIndex())
        menu.popup(self.list.viewport().mapToGlobal(box.bottomLeft() + QPoint(LEFT, -BOTTOM)))

    def lines(self) -> Sequence[Line]:
        one = self.list.current
        if one is None:
            return ()
        made: list[Line] = []
        if one.state is MailState.UNSURE:
            made.append(("arrived", tr("It arrived"), "mail-check", "Y"))
        if one.state in AGAIN:
            label = tr("Send it again") if one.state is MailState.UNSURE else tr("Try again")
            made.append(("again", label, "rotate-ccw", "R"))
        if one.state is not MailState.SENDING:
            made.append(("cancel", tr("Take out of the outbox"), "x", "X"))
        return made

    def act(self, name: str, _is_checked: bool = False) -> None:
        one, posts = self.list.current, posting.of(self.desk)
        if one is None:
            return
        if name == "arrived" and one.state is MailState.UNSURE:
            posts.settle(one.id, True)
        elif name == "again" and one.state is MailState.UNSURE:
            posts.settle(one.id, False)
        elif name == "again" and one.state in AGAIN:
            posts.try_again(one.id)
        elif name == "cancel" and one.state is not MailState.SENDING:
            posts.cancel(one.id)


def _spoken(one: Mailed) -> str:
    return words.spoken(one, _now())


def nothing_goes() -> Emptiness:
    """What is said while no mail is there."""
    return Emptiness(
        "mails",
        tr("The outbox is empty"),
        tr("Packs that you send by your own mail account wait here until they have left."),
        (tr("Open the basket"), "basket", "shopping-basket"),
        (tr("Mail account"), "settings:sharing", "settings"),
    )


def make(desk: Desk) -> OutboxView:
    """The page."""
    return OutboxView(desk)
