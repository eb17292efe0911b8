"""The outbox: mails that wait, are sent, have failed, or of which nobody knows. It stays over a restart.

Surprising: a mail is marked *unsure* on disk just before its end is handed over, and *sent* after the
server's reply. Whatever stops between the two, a broken line or a kill, leaves it unsure; it is then never
sent again by itself, but asked about (`settle`). So no mail goes out twice.
"""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.errors import BadInput, UserFixable
from desktop.languages import tr
from desktop.library import assets
from desktop.library.acts import now, quietly
from desktop.share.letters import Letter, address_of, message, new_message_id
from desktop.share.mail_words import may_have_arrived
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_NOUNS = frozenset({Noun.MAILING})
_COLUMNS = """SELECT mailing.id, message_id, recipients, subject, mailing.state, tries, next_at, error,
        mailing.made_at, sent_at, coalesce(pack_id, 0), coalesce(asset.sha256, ''), coalesce(asset.bytes, 0)
    FROM mailing LEFT JOIN asset ON asset.id = mailing.asset_id """


class MailState(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    """Handed over and not confirmed: it may have arrived."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """One mail of the outbox. Times in milliseconds since 1970; 0: not yet."""

    id: int
    message_id: str
    to: tuple[str, ...]
    subject: str
    state: MailState
    tries: int
    next_at: int
    error: str
    """A sentence and what helps; empty when nothing is wrong."""
    made_at: int
    sent_at: int
    pack_id: int
    sha256: str
    bytes: int


def post(writer: Writer, letter: Letter, pack_id: int = 0, origin: str = "") -> Changes:
    """Put a mail into the outbox, whole and on disk; ``made`` is its id. Sending is `send_due`.

    Raises BadInput for an address, NoSpace. What is sent cannot be undone, so undo does not know it.
    """
    at, message_id = now(), new_message_id(letter.sender)
    to = "\n".join(address_of(one) for one in letter.to)
    kept = assets.keep(writer.paths, message(letter, message_id, at), "eml")

    def work(connection: sqlite3.Connection) -> Changes:
        asset_id = _asset(connection, kept.sha256, kept.bytes)
        made = connection.execute(
            "INSERT INTO mailing (message_id, recipients, subject, pack_id, asset_id, state, tries, next_at, "
            "error, made_at, sent_at) VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, '', ?, 0)",
            (message_id, to, letter.subject, pack_id or None, asset_id, at, at),
        ).lastrowid
        return Changes(_NOUNS, (), origin, "", made or 0)

    return quietly(writer, work)


def outbox(reader: Reader) -> list[Mailed]:
    """Every mail, those that need the person first, then the newest."""
    rows = reader.rows(
        _COLUMNS
        + "ORDER BY CASE mailing.state WHEN 'unsure' THEN 0 WHEN 'failed' THEN 1 WHEN 'sending' THEN 2 "
        "WHEN 'waiting' THEN 3 ELSE 4 END, mailing.id DESC"
    )
    return [_mailed(row) for row in rows]


def due(reader: Reader, at: int) -> list[Mailed]:
    """What waits and is to be tried at this moment (milliseconds since 1970), the oldest first."""
    where = "WHERE mailing.state = 'waiting' AND next_at <= ? ORDER BY mailing.id"
    return [_mailed(row) for row in reader.rows(_COLUMNS + where, (at,))]


def next_due(reader: Reader) -> int:
    """When the next mail is to be tried, in milliseconds since 1970; 0: none waits."""
    row = reader.row("SELECT coalesce(min(next_at), 0) FROM mailing WHERE state = 'waiting'")
    return int(row[0]) if row else 0


def recover(writer: Writer) -> Changes:
    """Once when the library is opened to write: what a crash left in mid-send cannot be there: it waits."""

    def work(connection: sqlite3.Connection) -> Changes:
        found = connection.execute("UPDATE mailing SET state = 'waiting' WHERE state = 'sending'").rowcount
        asked = connection.execute(
            "UPDATE mailing SET error = ? WHERE state = 'unsure' AND error = ''",
            (in_words(may_have_arrived()),),
        ).rowcount
        return Changes(_NOUNS) if found or asked else Changes()

    return quietly(writer, work)


def try_again(writer: Writer, mailing_id: int) -> Changes:
    """Send a failed or waiting mail at the next round. Raises BadInput for one that is sent or unsure."""
    allowed = (MailState.FAILED, MailState.WAITING)
    return _turn(writer, mailing_id, allowed, MailState.WAITING, tr("It is tried again"))


def settle(writer: Writer, mailing_id: int, has_arrived: bool) -> Changes:
    """The person's word on an unsure mail: it is there, or it is to be sent again. Raises BadInput."""
    to = MailState.SENT if has_arrived else MailState.WAITING
    said = tr("Kept as sent") if has_arrived else tr("It is sent again")
    return _turn(writer, mailing_id, (MailState.UNSURE,), to, said)


def cancel(writer: Writer, mailing_id: int) -> Changes:
    """Take a mail out of the outbox, with its file; of a sent one the record goes.

    Raises BadInput for one that is being sent.
    """
    names: list[str] = []

    def work(connection: sqlite3.Connection) -> Changes:
        here = _state(connection, mailing_id)
        if here is MailState.SENDING:
            raise BadInput(tr("This mail is being sent."), tr("Stop the sending first."))
        names.extend(drop_file(connection, mailing_id))
        connection.execute("DELETE FROM mailing WHERE id = ?", (mailing_id,))
        return Changes(_NOUNS, (), "", tr("Taken out of the outbox"))

    changes = quietly(writer, work)
    assets.remove(writer.paths, names)
    return changes


def in_words(error: UserFixable) -> str:
    """An error as the outbox keeps it: the sentence and what helps."""
    return f"{error} {error.action}".strip()


def wake(writer: Writer) -> Changes:
    """Let all that waits be tried at the next round: after another password, or when the network is back."""

    def work(connection: sqlite3.Connection) -> Changes:
        found = connection.execute("UPDATE mailing SET next_at = 0 WHERE state = 'waiting' AND next_at > 0")
        return Changes(_NOUNS) if found.rowcount else Changes()

    return quietly(writer, work)


def drop_file(connection: sqlite3.Connection, mailing_id: int) -> list[str]:
    """Let a mail forget its file, inside a command; names of files to remove once that is committed."""
    row = connection.execute(
        "SELECT asset.id, sha256 FROM mailing JOIN asset ON asset.id = asset_id WHERE mailing.id = ?",
        (mailing_id,),
    ).fetchone()
    if row is None:
        return []
    connection.execute("UPDATE mailing SET asset_id = NULL WHERE id = ?", (mailing_id,))
    # Each mail has a Message-ID of its own, so its file is nobody else's.
    connection.execute("DELETE FROM asset WHERE id = ? AND ext = 'eml'", (row[0],))
    return [f"res/{row[1]}.eml"]


def _turn(
    writer: Writer, mailing_id: int, allowed: tuple[MailState, ...], to: MailState, said: str
) -> Changes:
    names: list[str] = []

    def work(connection: sqlite3.Connection) -> Changes:
        here = _state(connection, mailing_id)
        if here not in allowed:
            raise BadInput(tr("This mail is in another state by now."), tr("Look into the outbox again."))
        if to is MailState.SENT:
            names.extend(drop_file(connection, mailing_id))
        connection.execute(
            "UPDATE mailing SET state = ?, error = '', tries = 0, next_at = 0, sent_at = ? WHERE id = ?",
            (to, now() if to is MailState.SENT else 0, mailing_id),
        )
        return Changes(_NOUNS, (), "", said)

    changes = quietly(writer, work)
    assets.remove(writer.paths, names)
    return changes


def _state(connection: sqlite3.Connection, mailing_id: int) -> MailState:
    row = connection.execute("SELECT state FROM mailing WHERE id = ?", (mailing_id,)).fetchone()
    if row is None:
        raise BadInput(tr("This mail is not in the outbox any more."))
    return MailState(row[0])


def _asset(connection: sqlite3.Connection, sha256: str, size: int) -> int:
    connection.execute(
        "INSERT OR IGNORE INTO asset (sha256, ext, mime, bytes, url) VALUES (?, 'eml', ?, ?, '')",
        (sha256, assets.MIMES["eml"], size),
    )
    (found,) = connection.execute("SELECT id FROM asset WHERE sha256 = ?", (sha256,)).fetchone()
    return int(found)


def _mailed(row: tuple[Any, ...]) -> Mailed:
    number, message_id, to, subject, state, *rest = row
    return Mailed(number, message_id, tuple(to.split("\n")), subject, MailState(state), *rest)
