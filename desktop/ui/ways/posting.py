"""The outbox at work: what is due is sent on a thread of its own, now and every minute, and what needs the
person is said.

Surprising: closing the library stops a mail that is under way before its end is handed over, and the mail
then waits for the next start; later, the reply is waited for. Either way its state on disk is true.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.languages import tr, trn, writing
from desktop.library.archive.format import Stop, Tell
from desktop.library.opening import Library
from desktop.settings import Settings
from desktop.share import mailing
from desktop.share.mail_account import account_of
from desktop.share.mailing import Mailed, MailState
from desktop.share.secrets import Secrets
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.ui.actions import Act
from desktop.ui.desk import Desk, Trouble
from desktop.ui.ways import words

MINUTE_MS = 60_000
FAILED, UNSURE, NO_ACCOUNT = "mail failed", "mail unsure", "mail account"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the outbox says to whoever looks after it."""

    due: int = 0
    """Mails that are to be tried now."""
    failed: tuple[Mailed, ...] = ()
    unsure: tuple[Mailed, ...] = ()


class Posting(QObject):
    """One per window; `of` finds it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("posting")
        self._desk = desk
        self.secrets = Secrets(desk.paths)
        self._library: Library | None = None
        self._is_sending = self._is_wanted = self._is_ending = False
        self._said: dict[str, frozenset[int]] = {}
        """Which mails a banner was shown for: one that was dismissed stays away."""
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE_MS)
        self._timer.timeout.connect(self.send_now)
        desk.changed.connect(self._on_changed)
        desk.tasks.draining.connect(self._on_draining)
        show = partial(desk.ask_view, "outbox")
        desk.actions.add(Act("outbox", tr("Outbox"), show, (), "mails", tr("Go to")))

    @property
    def is_sending(self) -> bool:
        """True while a mail is on its way."""
        return self._is_sending

    def start(self, library: Library) -> None:
        """Look after this library, if it can be written: what a crash left is put right first."""
        if library.writer is None:
            return
        self._library, self._is_ending = library, False
        self._timer.start()
        self._desk.tasks.start(self._begin())

    async def _begin(self) -> None:
        await self._desk.tasks.run("recover the outbox", mailing.recover, can_undo=False)
        await self._look()
        self.send_now()

    def stop(self) -> None:
        """Leave it alone from now on; what is under way comes to its end by itself."""
        self._timer.stop()
        self._library = None

    def _on_draining(self) -> None:
        self._is_ending = True
        self.stop()

    # ── sending ─────────────────────────────────────────────────────────────────────────────────────────

    def send_now(self) -> None:
        """Send what is due; asked for while it sends, it looks once more afterwards."""
        self._is_wanted = True
        if not self._is_sending and (self._library or self._desk.library) is not None:
            self._is_sending = True
            self._desk.tasks.start(self._send())

    async def _send(self) -> None:
        try:
            while self._is_wanted and not self._is_ending:
                self._is_wanted = False
                await self._round()
        finally:
            self._is_sending = False

    async def _round(self) -> None:
        desk, library = self._desk, self._desk.library
        waiting = await desk.tasks.read(_waiting)
        if waiting is None or not waiting.due or library is None or library.writer is None:
            return
        if account_of(desk.settings) is None:
            self._ask_account()
            return
        desk.heal(NO_ACCOUNT)
        label = trn("Sending a mail", "Sending {n} mails", waiting.due).format(n=writing.number(waiting.due))
        act = partial(_sent, library, desk.settings, self.secrets, lambda: self._is_ending)
        QTimer.singleShot(200, self, self._tell)
        done = await desk.works.do(label, act)
        if self._is_ending:
            return
        self._tell()
        if isinstance(done, str):
            desk.say(done)

    def _tell(self) -> None:
        if not self._is_ending:
            self._desk.announce(Changes(frozenset({Noun.MAILING})))

    # ── what is said ────────────────────────────────────────────────────────────────────────────────────

    def _ask_account(self) -> None:
        add = ((tr("Add your account"), partial(self._desk.ask_view, "settings:sharing")),)
        said = tr("A mail waits, and there is no mail account.")
        self._desk.trouble(Trouble(said, tr("It stays in the outbox."), "warn", add, NO_ACCOUNT))

    def _on_changed(self, changes: Changes) -> None:
        if Noun.MAILING in changes.nouns and self._library is not None:
            self._desk.tasks.start(self._look())

    async def _look(self) -> None:
        waiting = await self._desk.tasks.read(_waiting)
        if waiting is None or self._is_ending:
            return
        if self._is_news(UNSURE, waiting.unsure):
            self._desk.trouble(self._question(waiting.unsure[0]))
        if self._is_news(FAILED, waiting.failed):
            self._desk.trouble(self._failure(waiting.failed))

    def _is_news(self, key: str, mails: tuple[Mailed, ...]) -> bool:
        ids, before = frozenset(one.id for one in mails), self._said.get(key, frozenset())
        self._said[key] = ids
        if not ids:
            self._desk.heal(key)
        # The first unsure one is asked about, then the next.
        return bool(ids) and (bool(ids - before) or ids != before)

    def _question(self, one: Mailed) -> Trouble:
        yes = (tr("It arrived"), partial(self.settle, one.id, True))
        no = (tr("Send it again"), partial(self.settle, one.id, False))
        said = tr("Has “{subject}” arrived at {who}?").format(subject=words.subject(one), who=words.who(one))
        return Trouble(said, one.error, "warn", (yes, no), UNSURE)

    def _failure(self, mails: tuple[Mailed, ...]) -> Trouble:
        show = (tr("Outbox"), partial(self._desk.ask_view, "outbox"))
        if len(mails) > 1:
            said = trn("{n} mail was not sent.", "{n} mails were not sent.", len(mails))
            sentence = said.format(n=writing.number(len(mails)))
            return Trouble(sentence, tr("They are in the outbox."), "bad", (show,), FAILED)
        one = mails[0]
        again = (tr("Try again"), partial(self.try_again, one.id))
        said = tr("“{subject}” was not sent.").format(subject=words.subject(one))
        return Trouble(said, one.error, "bad", (again, show), FAILED)

    # ── what the person decides ─────────────────────────────────────────────────────────────────────────

    def try_again(self, mailing_id: int) -> None:
        """Send it now."""
        self._desk.tasks.start(self._decide(mailing.try_again, mailing_id))

    def settle(self, mailing_id: int, has_arrived: bool) -> None:
        """The person's word on a mail of which nothing is known."""
        self._desk.tasks.start(self._decide(mailing.settle, mailing_id, has_arrived))

    def cancel(self, mailing_id: int) -> None:
        """Take it out of the outbox."""
        self._desk.tasks.run("take a mail out", mailing.cancel, mailing_id, can_undo=False)

    async def _decide(self, command: Callable[..., Changes | None], *args: object) -> None:
        if await self._desk.tasks.run("decide about a mail", command, *args, can_undo=False):
            self.send_now()


def of(desk: Desk) -> Posting:
    """The window's own; made when there is none yet."""
    found = desk.findChild(Posting, "posting")
    return found if isinstance(found, Posting) else Posting(desk)


def _waiting(reader: Reader) -> Waiting:
    every = mailing.outbox(reader)
    at = time.time_ns() // 1_000_000
    return Waiting(
        sum(one.state is MailState.WAITING and one.next_at <= at for one in every),
        tuple(one for one in every if one.state is MailState.FAILED),
        tuple(one for one in every if one.state is MailState.UNSURE and one.error),
    )


def _sent(
    library: Library, settings: Settings, secrets: Secrets, is_ending: Stop, tell: Tell, stop: Stop
) -> str:
    """On a thread of its own: one round. What is to be said of it; empty: the banners say it."""
    from desktop.share import mail_round  # brings aiosmtplib

    done = mail_round.send(library, settings, secrets, tell, stop, is_ending=is_ending)
    return words.outcome(done.sent, done.waiting, done.says, mailing.outbox(library.reader))
