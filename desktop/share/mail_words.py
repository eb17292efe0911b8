"""What a mail server or the way to it says, as a sentence and what helps; and whether to try again.

Surprising: the words of a server are shown, but behind ours, on one line and cut: they are written by a
stranger, often for another stranger.
"""

import re
import socket
import ssl

import aiosmtplib

from desktop.errors import UserFixable
from desktop.languages import tr, writing
from desktop.share.file_names import one_line
from desktop.share.mail_account import Account
from desktop.share.mail_providers import provider_of

_CODE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_FULL = {"4.2.2", "5.2.2", "4.3.1", "5.3.1"}
_LARGE = {"5.3.4", "5.2.3", "4.3.4"}


class NotSent(UserFixable):
    """The mail has not arrived.

    ``is_passing``: trying later may help, without anybody doing anything. ``is_general``: the way or the
    account is at fault, so no other mail would go either.
    """

    def __init__(
        self, sentence: str, action: str = "", *, is_passing: bool = False, is_general: bool = False
    ) -> None:
        super().__init__(sentence, action)
        self.is_passing = is_passing
        self.is_general = is_general


class MayHaveArrived(UserFixable):
    """The whole mail was handed over and the connection ended before the reply: nobody here can know."""


def may_have_arrived() -> MayHaveArrived:
    """The sentence for a mail of which nothing is known."""
    return MayHaveArrived(
        tr("The connection ended before the server confirmed the mail: it may have arrived."),
        tr("Look into the folder “Sent” of your account or ask the person, then say whether it did."),
    )


def no_encryption(account: Account) -> NotSent:
    """A server that would take the password in plain text."""
    return NotSent(
        tr("{host} offers no encryption here, so your password was not sent.").format(host=account.host),
        tr("Choose TLS and port 465, or ask your provider."),
    )


def no_way_in(account: Account) -> NotSent:
    """A server that knows no way to sign in by password."""
    return NotSent(
        tr("{host} takes no passwords from other programs.").format(host=account.host),
        tr("Choose “Open a mail draft”: your own mail program sends it."),
    )


def no_password(account: Account) -> NotSent:
    """Nothing in the keyring."""
    return NotSent(
        tr("The password for {address} is not known.").format(address=account.address),
        tr("Type it in the settings of the mail account."),
        is_passing=True,
    )


def too_large(size: int, most: int) -> NotSent:
    """Known before a byte was sent."""
    return NotSent(
        tr("The mail has {size} MB, and the server takes {most} MB.").format(
            size=_megabytes(size), most=_megabytes(most)
        ),
        tr("Leave out full texts or pictures, or use a shared folder."),
    )


def told(error: Exception, account: Account) -> NotSent:
    """Any failure before the end of the mail was handed over."""
    if isinstance(error, aiosmtplib.SMTPRecipientRefused):
        return _recipient(error)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        general = _no_entry(error, account)
    elif isinstance(error, aiosmtplib.SMTPResponseException):
        return _response(error, account)
    else:
        general = _encryption(error, account) or _way(error, account)
    general.is_general = True
    return general


def _no_entry(error: aiosmtplib.SMTPAuthenticationError, account: Account) -> NotSent:
    if 400 <= error.code < 500:
        return NotSent(
            tr("{host} does not let you in at the moment.").format(host=account.host) + _said(error),
            tr("Kithbook tries again."),
            is_passing=True,
        )
    known = provider_of(account.address)
    return NotSent(
        tr("{host} refused the user name or the password.").format(host=account.host) + _said(error),
        (known.hint if known else "") or tr("Type the password anew; some accounts need an app password."),
    )


def _recipient(error: aiosmtplib.SMTPRecipientRefused) -> NotSent:
    who, code = one_line(error.recipient, 80), _codes(error.message)
    if code & _FULL or error.code == 552:
        return NotSent(
            tr("The mailbox of {who} is full.").format(who=who) + _said(error),
            tr("Tell the person, or send the file another way."),
            is_passing=error.code < 500,
        )
    if error.code < 500:
        return NotSent(
            tr("The server takes nothing for {who} at the moment.").format(who=who) + _said(error),
            tr("Kithbook tries again."),
            is_passing=True,
        )
    return NotSent(
        tr("The server refused the address {who}. Nobody got the mail.").format(who=who) + _said(error),
        tr("Check the address."),
    )


def _response(error: aiosmtplib.SMTPResponseException, account: Account) -> NotSent:
    codes = _codes(error.message)
    if codes & _LARGE or (error.code == 552 and not codes & _FULL):
        return NotSent(
            tr("The mail is too large for the server.") + _said(error),
            tr("Leave out full texts or pictures, or use a shared folder."),
        )
    if isinstance(error, aiosmtplib.SMTPSenderRefused) and error.code >= 500:
        return NotSent(
            tr("{host} does not send mails from {address}.").format(
                host=account.host, address=account.address
            )
            + _said(error),
            tr("Check your address and the user name."),
        )
    is_passing = 400 <= error.code < 500
    return NotSent(
        tr("{host} refused the mail.").format(host=account.host) + _said(error),
        tr("Kithbook tries again.")
        if is_passing
        else tr("Read what the server says, or send it as a draft."),
        is_passing=is_passing,
    )


def _encryption(error: BaseException, account: Account) -> NotSent | None:
    for one in _causes(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            return NotSent(
                tr("The certificate of {host} is not to be trusted ({reason}). Nothing was sent.").format(
                    host=account.host, reason=one_line(one.verify_message, 80)
                ),
                tr("Check the name of the server. In a guest network, somebody may be listening."),
            )
    if any(isinstance(one, ssl.SSLError) for one in _causes(error)):
        return NotSent(
            tr("{host} does not speak TLS on port {port}.").format(host=account.host, port=account.port),
            tr("Usual are TLS with port 465, and STARTTLS with port 587."),
        )
    if isinstance(error, aiosmtplib.SMTPNotSupported) or "STARTTLS" in str(error):
        return no_encryption(account)
    if "authentication method" in str(error):
        return no_way_in(account)
    return None


def _way(error: Exception, account: Account) -> NotSent:
    host, port = account.host, account.port
    causes = list(_causes(error))
    if any(isinstance(one, socket.gaierror) for one in causes):
        return NotSent(
            tr("There is no server named {host}, or there is no network.").format(host=host),
            tr("Check the name and the network. Kithbook tries again."),
            is_passing=True,
        )
    if any(isinstance(one, ConnectionRefusedError) for one in causes):
        return NotSent(
            tr("{host} takes no mails on port {port}.").format(host=host, port=port),
            tr("Check the port. Kithbook tries again."),
            is_passing=True,
        )
    if isinstance(error, aiosmtplib.SMTPTimeoutError | TimeoutError):
        return NotSent(
            tr("{host} did not answer on port {port}.").format(host=host, port=port),
            tr("Check the network; some networks let no mail out. Kithbook tries again."),
            is_passing=True,
        )
    if isinstance(error, aiosmtplib.SMTPServerDisconnected | aiosmtplib.SMTPConnectError | OSError):
        return NotSent(
            tr("The connection to {host} ended before the mail was there.").format(host=host),
            tr("Kithbook tries again."),
            is_passing=True,
        )
    return NotSent(
        tr("{host} could not be used to send mails.").format(host=host),
        tr("Check server, port and encryption."),
    )


def _causes(error: BaseException) -> "list[BaseException]":
    found: list[BaseException] = []
    next_one: BaseException | None = error
    while next_one is not None and len(found) < 10:
        found.append(next_one)
        next_one = next_one.__cause__ or next_one.__context__
    return found


def _codes(message: str) -> set[str]:
    return set(_CODE.findall(message))


def _said(error: aiosmtplib.SMTPResponseException) -> str:
    words = one_line(error.message.encode("utf-8", "replace").decode("utf-8"), 160)
    return " " + tr("It says: {code} {words}").format(code=error.code, words=words)


def _megabytes(size: int) -> str:
    return writing.decimal(size / 1_000_000, 1)
