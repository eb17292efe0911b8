"""The right half of the basket: what leaves word for word, for whom, and the acts that hand it over.

Surprising: a page for fewer people holds the hand-over back until the person has confirmed it by its name,
and the confirmation is for these people and these pages alone.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.library import basket, basket_draft
from desktop.share import making
from desktop.share.circles import Tighter
from desktop.share.making import MadePack, Seen
from desktop.text.showing import visible
from desktop.ui import icons
from desktop.ui.basket import drawn
from desktop.ui.basket.foot import NOBODY, Foot, Recipient, TighterBanner, recipients
from desktop.ui.basket.forms import PassphraseForm
from desktop.ui.basket.handing import Handing, Seal
from desktop.ui.basket.preview import Paper, Preview
from desktop.ui.desk import Desk
from desktop.ui.dialogs.confirm import Confirm
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.page import PageBar
from desktop.ui.parts.words_card import Words

if TYPE_CHECKING:
    from desktop.ui.ways.acts import Way

PAUSE: Final = 120
"""Milliseconds from a change to the preview of it."""


class LeavingPane(QWidget):
    """What leaves."""

    back = Signal()
    """In a narrow window: the list is wanted again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.seen: Seen | None = None
        self._numbers: dict[int, int] = {}
        self._for = (0, 0)
        self._agreed: tuple[int, int, frozenset[int]] = (0, 0, frozenset())
        self._everybody: Sequence[Recipient] = ()
        self.handing = Handing(desk, self)
        self.preview = Preview(desk)
        self.banner = TighterBanner(desk.theme)
        self._saved = ""
        """Name of the file that was saved, while the same is still here."""
        self.foot = Foot(desk)
        self.show_file = Button(desk.theme, tr("Open the file in my browser"), icon="external-link")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        self._build()
        self.show_file.clicked.connect(self.open_file)
        self.foot.to.chosen.connect(self.address_to)
        self.foot.save.main.clicked.connect(self.save)
        self.foot.save.more.clicked.connect(self.open_ways)
        self.foot.first_way.clicked.connect(self.first_way)
        self.foot.lock.clicked.connect(self.unseal)
        self.handing.saved.connect(self._on_saved)
        self.banner.left_out.connect(self._on_first)
        self.banner.sent_all_the_same.connect(self._on_second)
        desk.theme.changed.connect(self.later)

    def _build(self) -> None:
        theme = self._desk.theme
        self.bar = PageBar(theme)
        self.bar.row.setContentsMargins(16, 0, 12, 1)
        self.bar.row.setSpacing(9)
        self.list_again = Button(theme, tr("Back to the list"), icon="arrow-left", kind="icon")
        self.list_again.clicked.connect(self.back)
        self.list_again.hide()
        eye = Button(theme, tr("What leaves, word for word"), icon="eye", kind="icon")
        eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        eye.setEnabled(False)
        self.name = Words(theme, "body", 20, "muted")
        self.name.say(tr("What leaves, word for word"))
        for widget in (self.list_again, eye):
            self.bar.row.addWidget(widget)
        self.bar.row.addWidget(self.name, 1)
        self.bar.row.addWidget(self.show_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        self.paper = Paper(self._desk, self.preview)
        column.addWidget(self.paper, 1)
        column.addWidget(self.banner)
        column.addWidget(self.foot)

    # ── looking ─────────────────────────────────────────────────────────────────────────────────────────

    def later(self) -> None:
        """Something changed: look again in a moment."""
        self._timer.start()

    @property
    def is_waiting(self) -> bool:
        """Whether the preview is of a moment ago."""
        return self._timer.isActive()

    def number_rows(self, numbers: dict[int, int]) -> None:
        """The number in the pack of each source."""
        self._numbers = numbers

    def look(self) -> None:
        """Draw what leaves now."""
        if self.isVisible() and self._desk.reader is not None:
            self._desk.tasks.start(self._look())

    async def _look(self) -> None:
        paper = self.preview.paper()
        name = self._desk.settings.text("my_name")
        read = partial(_look, hosts=self.handing.hosts, name=name)
        found = await self._desk.tasks.read(lambda reader: read(reader, self._desk, paper, self.preview))
        if found is None:
            return
        self.seen, parts, self._everybody = found
        self._mind_recipient((self.seen.choice.person_id, self.seen.choice.circle_id))
        self.foot.show_seen(self.seen)
        self.foot.to.show_recipient(self.recipient, self._everybody)
        self._show_seal()
        self._ask_about_tighter()
        if self.preview.isVisible():
            await self.preview.show_pieces(parts, paper)

    def _mind_recipient(self, recipient: tuple[int, int]) -> None:
        """Consent and encryption are for one recipient; another may be chosen elsewhere."""
        if recipient != self._for:
            self._for = recipient
            self._agreed = (*recipient, frozenset())
            self.handing.agreed, self.handing.seal = frozenset(), Seal()

    @property
    def recipient(self) -> Recipient:
        """For whom it is."""
        choice = self.seen.choice if self.seen else None
        wanted = (choice.person_id, choice.circle_id) if choice else (0, 0)
        return next((one for one in self._everybody if (one.person_id, one.circle_id) == wanted), NOBODY)

    def told_of_licences(self, numbers: Sequence[int]) -> str:
        """What the pages with these numbers say of passing them on."""
        found = self.seen.pack.items if self.seen is not None else ()
        licences = {found[one - 1].licence for one in numbers if 0 < one <= len(found)} or {""}
        if "" in licences:
            return tr("No licence was found on it. Whether you may pass on a whole page is yours to judge.")
        named = writing.listed([visible(one) for one in sorted(licences)])
        return tr("The page names its licence: {licence}.").format(licence=named)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < 480
        self.name.setVisible(not is_narrow)

    # ── for whom ────────────────────────────────────────────────────────────────────────────────────────

    def address_to(self, one: Recipient) -> None:
        """Say for whom it is."""
        self._desk.tasks.run("say for whom", basket_draft.address_to, one.person_id, one.circle_id)

    def _tighter(self) -> tuple[Tighter, ...]:
        """Those that the person has not agreed to yet."""
        if self.seen is None:
            return ()
        choice = self.seen.choice
        agreed = self._agreed[2] if self._agreed[:2] == (choice.person_id, choice.circle_id) else frozenset()
        return tuple(one for one in self.seen.tighter if one.source_id not in agreed)

    def _ask_about_tighter(self) -> None:
        """Ask what is to happen to what goes too far, else whether the basket is done with."""
        found = self._tighter()
        if found:
            name = self.recipient.name
            same = tr("Send to {name} all the same").format(name=name) if name else tr("Send it all the same")
            out = tr("Leave it out") if len(found) == 1 else tr("Leave them out")
            self.banner.ask(self._told(found), out, same)
        elif self._saved:
            said = tr("Saved as {name}.").format(name=self._saved)
            self.banner.ask(said, tr("Empty the basket"), tr("Keep it"), is_good=True)
        else:
            self.banner.ask("")

    def _on_saved(self, made: MadePack) -> None:
        self._saved = made.written.path.name
        self._ask_about_tighter()

    def _on_first(self) -> None:
        if self._tighter():
            self.leave_out()
        else:
            self._saved = ""
            self._ask_about_tighter()
            self.handing.begin_anew()

    def _on_second(self) -> None:
        if self._tighter():
            self.ask_all_the_same()
        else:
            self._saved = ""
            self._ask_about_tighter()

    def _told(self, found: Sequence[Tighter]) -> str:
        if len(found) == 1:
            said = tr("Number {n} is for “{circle}” only.")
            number = self._numbers.get(found[0].source_id, 0)
            return said.format(n=writing.number(number), circle=found[0].circle)
        numbers = writing.listed([writing.number(self._numbers.get(one.source_id, 0)) for one in found])
        return tr("Numbers {numbers} are for fewer people.").format(numbers=numbers)

    def leave_out(self) -> None:
        """Take those pages out of the basket; undoable."""
        wanted = {one.source_id for one in self._tighter()}
        self._desk.tasks.start(self._leave_out(wanted))

    async def _leave_out(self, wanted: set[int]) -> None:
        items = await self._desk.tasks.read(basket.items) or []
        ids = tuple(one.id for one in items if one.source_id in wanted)
        await self._desk.tasks.run("take out of the basket", basket.take_out, ids)

    def ask_all_the_same(self) -> None:
        """Name the pages and who would get them, and let the person say so."""
        found = self._tighter()
        if not found or self.seen is None:
            return
        name = self.recipient.name or tr("everybody who gets the file")
        title = trn("Send it beyond its circle?", "Send them beyond their circle?", len(found))
        lines = "\n".join(
            tr("“{title}” is for {circle}.").format(title=visible(one.title), circle=one.circle)
            for one in found[:6]
        )
        says = tr("{lines}\n\nThis pack goes to {name}.").format(lines=lines, name=name)
        act = tr("Send to {name}").format(name=self.recipient.name) if self.recipient.name else tr("Send it")
        choice = self.seen.choice

        def make(window: QWidget) -> Confirm:
            made = Confirm(self._desk, title, says, act, window, kind="danger")
            made.agreed.connect(lambda: self._agree(choice.person_id, choice.circle_id, found))
            return made

        self._desk.ask_overlay(make)

    def _agree(self, person_id: int, circle_id: int, found: Sequence[Tighter]) -> None:
        before = self._agreed[2] if self._agreed[:2] == (person_id, circle_id) else frozenset()
        self._agreed = (person_id, circle_id, before | {one.source_id for one in found})
        self.handing.agreed = self._agreed[2]
        self._ask_about_tighter()

    # ── handing over ────────────────────────────────────────────────────────────────────────────────────

    def _may_go(self) -> bool:
        """Whether nothing has to be decided first; asks for it."""
        if self.seen is None or not self.seen.pack.items:
            return False
        if self._tighter():
            self.ask_all_the_same()
            return False
        return True

    def open_file(self) -> None:
        """The very file, in the person's browser."""
        if self.seen is not None and self.seen.pack.items:
            self.handing.open_in_browser(self.seen.choice.title)

    def save(self) -> None:
        """Save it as a file."""
        if self._may_go() and self.seen is not None:
            self.handing.save(self.seen.choice)

    def ways(self) -> "Sequence[Way]":
        """What else can be done with it."""
        from desktop.ui.ways import acts  # mail and all that is not needed to look

        return acts.acts(self._desk, self._made)

    async def _made(self) -> MadePack | None:
        if not self._may_go() or self.seen is None:
            return None
        title = self.seen.choice.title
        return await self.handing.for_a_way(title)

    def first_way(self) -> None:
        """A mail draft."""
        found = self.ways()
        if found:
            found[0].run()

    def menu_of_ways(self) -> QMenu:
        """Encryption, and every way."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("More ways to hand it over"))
        ink = self._desk.theme.colour("muted")
        menu.addAction(icons.icon("file-down", ink), tr("Save file …") + "\tCtrl+S", self.save)
        for way in self.ways():
            menu.addAction(icons.icon(way.icon, ink), way.label, way.run)
        menu.addSeparator()
        self._add_seals(menu)
        return menu

    def _add_seals(self, menu: QMenu) -> None:
        ink, one = self._desk.theme.colour("muted"), self.recipient
        if one.age:
            label = tr("Encrypt to {name}’s key").format(name=one.name).replace("&", "&&")
            menu.addAction(icons.icon("key-round", ink), label, lambda: self.seal_by(Seal(to=(one.age,))))
        menu.addAction(
            icons.icon("lock-keyhole", ink), tr("Encrypt with a pass phrase …"), self.ask_passphrase
        )
        if self.handing.seal != Seal():
            menu.addAction(icons.icon("lock-keyhole-open", ink), tr("Do not encrypt"), self.unseal)

    def open_ways(self) -> None:
        """Show the menu above its button."""
        menu = self.menu_of_ways()
        menu.aboutToHide.connect(menu.deleteLater)
        size, more = menu.sizeHint(), self.foot.save.more
        menu.popup(more.mapToGlobal(QPoint(more.width() - size.width(), -size.height() - 4)))

    # ── encryption ──────────────────────────────────────────────────────────────────────────────────────

    def seal_by(self, seal: Seal) -> None:
        """Encrypt every file of this pack so."""
        self.handing.seal = seal
        self._show_seal()

    def unseal(self) -> None:
        """Encrypt nothing."""
        self.seal_by(Seal())

    def ask_passphrase(self) -> None:
        """Ask for one, twice."""
        self._desk.ask_overlay(
            lambda window: PassphraseForm(
                self._desk, lambda phrase: self.seal_by(Seal(passphrase=phrase)), window
            )
        )

    def _show_seal(self) -> None:
        seal = self.handing.seal
        label = tr("For {name} alone").format(name=self.recipient.name) if seal.to else tr("Pass phrase")
        self.foot.lock.set_label(label)
        self.foot.lock.setToolTip(tr("The file is encrypted. Click to leave it open."))
        self.foot.lock.setVisible(seal != Seal())


def _look(
    reader: Any, desk: Desk, paper: drawn.Paper, preview: Preview, *, hosts: tuple[str, ...], name: str
) -> tuple[Seen, tuple[str, ...], Sequence[Recipient]]:
    """On a reading thread: gathered, written as a page, and drawn."""
    seen = making.look(reader, desk.paths, hosts, name)
    return seen, drawn.pieces(seen.page, paper, preview.size_of), recipients(reader)
