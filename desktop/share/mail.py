"""Send one mail by the person's own account: TLS with a verified certificate, or nothing is sent.

Surprising: the end of the mail is handed over by itself, after everything before it has left. Up to there a
broken connection is harmless, as a server drops half a mail; from there until its reply nobody can know, and
`MayHaveArrived` says so instead of sending it twice.

The coroutines need no thread of their own and run in qasync's loop too (a test does it, with STARTTLS). Yet
`mail_round` gives them a loop of asyncio's, to be run in a worker thread: a host is looked up on the loop's
executor, whose threads are QThreads in qasync and abort the program when they outlive it, and reading the
system's certificates and encrypting 25 MB would take turns with the painting of the window.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import aiosmtplib
from aiosmtplib import SMTP, SMTPResponse

from desktop.languages import tr
from desktop.library.archive.format import Progress, Stop, Stopped, Tell, in_silence, never
from desktop.share import mail_words
from desktop.share.letters import Letter, message, new_message_id
from desktop.share.mail_account import Account
from desktop.share.mail_providers import Security
from desktop.share.mail_words import MayHaveArrived, NotSent

__all__ = ["PATIENCE", "MayHaveArrived", "NotSent", "deliver", "send_test"]

PIECE = 64 * 1024
_ON_THE_WIRE = 64 * 1024
PATIENCE = 60.0
"""Seconds that a server may take for an answer."""
_GRACE = 0.1
"""Seconds before the end of a mail: news of a line that broke in its middle may still be on the way."""
_LAST = 5.0
"""Times `PATIENCE` for the last answer: some servers look for viruses first."""
_HELLO = "[127.0.0.1]"
"""Instead of the name of this computer, which is nobody's business."""


def _nothing() -> None:
    return


async def deliver(
    account: Account,
    password: str,
    mail: bytes,
    recipients: tuple[str, ...],
    *,
    tell: Tell = in_silence,
    stop: Stop = never,
    before_end: Callable[[], None] = _nothing,
    ca_file: Path | None = None,
    patience: float = PATIENCE,
) -> None:
    """Hand the mail to the account's server for all recipients, or for none of them.

    ``before_end`` is called when all but the end of the mail has left: from then on it may arrive.
    ``ca_file`` adds an authority to those of the system. Raises NotSent (it has not arrived), MayHaveArrived,
    Stopped.
    """
    server, is_polite = _server(account, ca_file, patience), True
    try:
        await _begin(server, account, password)
        await _address(server, account, mail, recipients)
        is_polite = False  # a goodbye would be read as part of the mail
        await _hand_over(server, mail, tell, stop, before_end, patience)
        is_polite = True
    except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
        raise mail_words.told(error, account) from error
    finally:
        await _leave(server, is_polite)


async def send_test(
    account: Account,
    password: str,
    name: str = "",
    *,
    ca_file: Path | None = None,
    patience: float = PATIENCE,
) -> None:
    """Check an account by a mail to oneself. Raises as `deliver` does."""
    letter = Letter(
        (account.address,),
        tr("Kithbook can send"),
        tr("This mail came through {host}: your account works, and packs can go out from it.").format(
            host=account.host
        ),
        sender=account.address,
        sender_name=name,
    )
    mail = message(letter, new_message_id(account.address), time.time_ns() // 1_000_000)
    await deliver(account, password, mail, letter.to, ca_file=ca_file, patience=patience)


def trusted(ca_file: Path | None = None) -> ssl.SSLContext:
    """Certificates are checked against the system's authorities, and the name against the host."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def _server(account: Account, ca_file: Path | None, patience: float) -> SMTP:
    return SMTP(
        hostname=account.host,
        port=account.port,
        use_tls=account.security is Security.TLS,
        start_tls=account.security is Security.STARTTLS,
        tls_context=trusted(ca_file),
        local_hostname=_HELLO,
        timeout=patience,
    )


async def _begin(server: SMTP, account: Account, password: str) -> None:
    await server.connect()
    wire = server.get_transport_info("socket")
    if wire is not None:
        # With the megabytes that a system keeps by itself, the progress would be done before the mail is on
        # its way, and a line that breaks early would look like one that broke at the end.
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ON_THE_WIRE)
    await server.ehlo()
    if server.get_transport_info("sslcontext") is None:  # never by `start_tls`; a password hangs on it
        raise mail_words.no_encryption(account)
    if not server.supports_extension("auth"):
        return  # a server inside an organisation that knows its own people
    if not password:
        raise mail_words.no_password(account)
    await server.login(account.user, password)


async def _address(server: SMTP, account: Account, mail: bytes, recipients: tuple[str, ...]) -> None:
    most = server.esmtp_extensions.get("size", "").strip()
    if most.isdigit() and 0 < int(most) < len(mail):
        raise mail_words.too_large(len(mail), int(most))
    options = [f"SIZE={len(mail)}"] if server.supports_extension("size") else []
    await server.mail(account.address, options=options)
    for one in recipients:
        # One that is refused stops all: who has it and who has not must never be guessed.
        await server.rcpt(one)


async def _hand_over(
    server: SMTP, mail: bytes, tell: Tell, stop: Stop, before_end: Callable[[], None], patience: float
) -> None:
    start = await server.execute_command(b"DATA")
    if start.code != 354:
        raise aiosmtplib.SMTPDataError(start.code, start.message)
    protocol = server.protocol
    if protocol is None:
        raise aiosmtplib.SMTPServerDisconnected("gone before the mail")
    # Waited for from the start: a server that has enough says so in the middle, and then closes.
    answer = asyncio.ensure_future(protocol.read_response(timeout=None))
    try:
        await _pour(server, mail, answer, tell, stop, patience)
        await asyncio.wait({answer}, timeout=_GRACE)
        _not_yet(answer)
        before_end()
        protocol.write(b".\r\n")
        await _confirmed(answer, patience * _LAST)
    finally:
        answer.cancel()
        await asyncio.gather(answer, return_exceptions=True)


async def _confirmed(answer: "asyncio.Future[SMTPResponse]", patience: float) -> None:
    """The end is handed over: only a clear word decides."""
    try:
        said = await asyncio.wait_for(answer, patience)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise mail_words.may_have_arrived() from error
    if 200 <= said.code < 300:
        return
    if 400 <= said.code < 600:
        raise aiosmtplib.SMTPDataError(said.code, said.message)
    raise mail_words.may_have_arrived()


async def _pour(
    server: SMTP,
    mail: bytes,
    answer: "asyncio.Future[SMTPResponse]",
    tell: Tell,
    stop: Stop,
    patience: float,
) -> None:
    """All of the mail but its end; it has left our own buffers when this returns."""
    whole = mail if mail.endswith(b"\r\n") else mail + b"\r\n"
    done = 0
    while done < len(whole):
        if stop():
            raise Stopped(tr("Stopped. The mail was not sent."))
        end = _line_end(whole, done + PIECE)
        await _write(server, _dotted(whole[done:end]), answer, patience)
        done = end
        tell(Progress(min(done, len(mail)), len(mail), tr("Sending")))
    if stop():
        raise Stopped(tr("Stopped. The mail was not sent."))


async def _write(server: SMTP, piece: bytes, answer: "asyncio.Future[SMTPResponse]", patience: float) -> None:
    _not_yet(answer)
    protocol = server.protocol
    if protocol is None:
        raise aiosmtplib.SMTPServerDisconnected("gone in mid-mail")
    protocol.write(piece)
    until = time.monotonic() + patience
    while not answer.done() and _waiting_bytes(protocol.transport):
        if time.monotonic() > until:
            raise aiosmtplib.SMTPTimeoutError("the server takes no more")
        await asyncio.sleep(0.002)
    _not_yet(answer)


def _not_yet(answer: "asyncio.Future[SMTPResponse]") -> None:
    """Whatever is said before the end of the mail is a refusal, or that the server is gone."""
    if answer.done():
        said = answer.result()
        raise aiosmtplib.SMTPDataError(said.code, said.message)


def _waiting_bytes(transport: asyncio.BaseTransport | None) -> int:
    if not isinstance(transport, asyncio.WriteTransport):
        return 0
    return transport.get_write_buffer_size()


def _line_end(whole: bytes, near: int) -> int:
    found = whole.find(b"\n", near)
    return len(whole) if found < 0 else found + 1


def _dotted(lines: bytes) -> bytes:
    return (b"." if lines.startswith(b".") else b"") + lines.replace(b"\n.", b"\n..")


async def _leave(server: SMTP, is_polite: bool) -> None:
    """Say goodbye when there is somebody, and hang up; nothing that happens here changes what was done."""
    wire = server.protocol.transport if server.protocol is not None else None
    try:
        if is_polite and server.is_connected:
            await server.quit(timeout=2)
    except (aiosmtplib.SMTPException, OSError, ValueError):
        pass
    finally:
        if isinstance(wire, asyncio.WriteTransport):
            wire.abort()  # a gentle end of TLS would wait for a server that may be gone
        server.close()
        for _ in range(5):  # the loop closes what was aborted in its next turns
            await asyncio.sleep(0)
