"""Send what is due in the outbox, and keep on disk what became of each mail.

Surprising: it blocks, with a loop of asyncio's own inside. It belongs into a worker thread or a command; see
`mail` for why not into the window's loop.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import BadInput, UserFixable
from desktop.languages import tr
from desktop.library import assets
from desktop.library.acts import now, quietly
from desktop.library.archive.format import Stop, Stopped, Tell, in_silence, never
from desktop.library.opening import Library
from desktop.settings import Settings
from desktop.share import mail, mailing
from desktop.share.mail_account import Account, account_of
from desktop.share.mail_words import MayHaveArrived, NotSent
from desktop.share.mailing import Mailed, MailState
from desktop.share.secrets import Secrets
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

MINUTE = 60_000
WAITS = (MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE, 720 * MINUTE)
"""Milliseconds before each further try. After the last one a mail has failed, some 17 hours later."""
_HOLD = 60 * MINUTE
"""For all others, once the account itself was refused: a wrong password is not tried mail by mail."""
_Deliver = Callable[[bytes, Callable[[], None]], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    sent: tuple[int, ...] = ()
    """Ids of mails."""
    waiting: int = 0
    failed: int = 0
    unsure: int = 0
    says: str = ""
    """The last sentence about something that went wrong; empty: nothing did."""


def send_due(
    library: Library,
    account: Account,
    password: str,
    *,
    at: int = 0,
    tell: Tell = in_silence,
    stop: Stop = never,
    ca_file: Path | None = None,
    patience: float = mail.PATIENCE,
    is_ending: Stop = never,
) -> Round:
    """Send what is due, one mail after the other; blocks. ``at``: milliseconds since 1970, 0 for now.

    ``tell`` gets the bytes of each mail. One that is stopped while ``is_ending`` (the program is closed) has
    not failed: it waits for the next start. What cannot be sent keeps its sentence in the outbox; this raises
    only UserFixable of the library itself.
    """
    writer = library.writer
    if writer is None:
        raise BadInput(tr("This library can only be read, so nothing is sent from it."), library.notice)
    moment, done = at or now(), Round()
    for one in mailing.due(library.reader, moment):
        if stop():
            break

        def deliver(data: bytes, end: Callable[[], None], one: Mailed = one) -> Coroutine[None, None, None]:
            return mail.deliver(
                account, password, data, one.to, tell=tell, stop=stop, before_end=end, ca_file=ca_file,
                patience=patience,
            )  # fmt: skip

        sending = _Sending(writer, one, moment, is_ending)
        if sending.begin():
            done = sending.run(done, deliver)
        if sending.is_general:
            break
    return done


def send(
    library: Library,
    settings: Settings,
    secrets: Secrets,
    tell: Tell = in_silence,
    stop: Stop = never,
    *,
    is_ending: Stop = never,
) -> Round:
    """`send_due` with the person's own account. Raises BadInput without one, `secrets.Locked`."""
    account = account_of(settings)
    if account is None:
        raise BadInput(tr("There is no mail account yet."), tr("Add yours, or choose “Open a mail draft”."))
    password = secrets.get(account.secret_name)
    return send_due(library, account, password, tell=tell, stop=stop, is_ending=is_ending)


class _Sending:
    """One mail on its way, its state on disk at each step."""

    def __init__(self, writer: Writer, one: Mailed, at: int, is_ending: Stop) -> None:
        self._writer, self._one, self._at, self._is_ending = writer, one, at, is_ending
        self.is_general = False
        """The account or the way is at fault: no other would go either."""

    def begin(self) -> bool:
        """Take the mail, unless another round has it."""
        return self._to(MailState.SENDING, tries=self._one.tries + 1, if_state=MailState.WAITING)

    def run(self, done: Round, deliver: _Deliver) -> Round:
        """Send it and keep what came of it."""
        try:
            asyncio.run(deliver(self._data(), self._before_end))
        except MayHaveArrived as error:
            said = mailing.in_words(error)
            self._to(MailState.UNSURE, error=said)
            return replace(done, unsure=done.unsure + 1, says=said)
        except Stopped:
            if self._is_ending():
                self._to(MailState.WAITING)
                return replace(done, waiting=done.waiting + 1)
            said = tr("You stopped it; nothing was sent.")
            self._to(MailState.FAILED, error=said)
            return replace(done, failed=done.failed + 1, says=said)
        except NotSent as error:
            return self._not_sent(done, error)
        except UserFixable as error:
            return self._not_sent(done, NotSent(str(error), error.action))
        except BaseException:
            # Ours, or the program is ended. Once its end was handed over the mail is unsure, and stays so.
            self._to(MailState.WAITING, if_state=MailState.SENDING)
            raise
        self._sent()
        return replace(done, sent=(*done.sent, self._one.id))

    def _data(self) -> bytes:
        path = assets.path_of(self._writer.paths, f"res/{self._one.sha256}.eml")
        if path is None:
            raise NotSent(
                tr("The file of this mail is gone."), tr("Take it out of the outbox and send anew.")
            )
        return path.read_bytes()

    def _before_end(self) -> None:
        self._to(MailState.UNSURE)

    def _not_sent(self, done: Round, error: NotSent) -> Round:
        said, tries = mailing.in_words(error), self._one.tries + 1
        self.is_general = error.is_general
        if error.is_general and not error.is_passing:
            self._hold_the_others()
        if error.is_passing and tries <= len(WAITS):
            self._to(MailState.WAITING, error=said, next_at=self._at + WAITS[tries - 1])
            return replace(done, waiting=done.waiting + 1, says=said)
        self._to(MailState.FAILED, error=said)
        return replace(done, failed=done.failed + 1, says=said)

    def _hold_the_others(self) -> None:
        sql = "UPDATE mailing SET next_at = max(next_at, ?) WHERE state = 'waiting'"
        self._command(sql, self._at + _HOLD)

    def _to(
        self,
        state: MailState,
        *,
        error: str = "",
        next_at: int | None = None,
        tries: int | None = None,
        if_state: MailState | None = None,
    ) -> bool:
        sql = (
            "UPDATE mailing SET state = ?1, error = ?2, next_at = coalesce(?3, next_at), "
            "tries = coalesce(?4, tries) WHERE id = ?5 AND (?6 IS NULL OR state = ?6)"
        )
        return self._command(sql, state, error, next_at, tries, self._one.id, if_state) > 0

    def _command(self, sql: str, *values: object) -> int:
        counts: list[int] = []

        def work(connection: sqlite3.Connection) -> Changes:
            counts.append(connection.execute(sql, values).rowcount)
            return Changes(frozenset({Noun.MAILING}))

        quietly(self._writer, work)
        return counts[0]

    def _sent(self) -> None:
        names: list[str] = []

        def work(connection: sqlite3.Connection) -> Changes:
            names.extend(mailing.drop_file(connection, self._one.id))
            connection.execute(
                "UPDATE mailing SET state = 'sent', sent_at = ?, error = '' WHERE id = ?",
                (now(), self._one.id),
            )
            return Changes(frozenset({Noun.MAILING}))

        quietly(self._writer, work)
        assets.remove(self._writer.paths, names)
