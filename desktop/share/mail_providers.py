"""The servers of well-known mail providers, by the domain of an address: data, no network.

Surprising: most of them refuse the password of the account itself. They give out a password for one program,
and the hint says so before the person has typed the wrong one.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop.languages import mark, tr


class Security(StrEnum):
    """How the connection is encrypted. There is no third way: a password never goes in plain text."""

    STARTTLS = "starttls"
    """Plain at first, encrypted before anything is said; port 587."""
    TLS = "tls"
    """From the first byte; port 465."""


PORTS = {Security.STARTTLS: 587, Security.TLS: 465}

_APP = mark("{name} needs an app password: make one in the settings of your account, under security.")
_APP_IF_TWO = mark(
    "With two-step sign-in, {name} needs an app password: make one in your account’s settings."
)
_ALLOW = mark(
    "First allow “POP3 and IMAP” in the settings of your account at {name}; with two-step sign-in you also "
    "need an app password."
)
_OWN = mark("{name} has a separate e-mail password: set it in your account’s settings.")
_NONE = mark(
    "{name} takes no passwords of other programs any more. Choose “Open a mail draft”: your own mail program "
    "sends it."
)
_BRIDGE = mark("{name} lets other programs send through its Bridge only. Choose “Open a mail draft”.")


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. The person signs in with the whole address."""

    name: str
    domains: tuple[str, ...]
    host: str
    security: Security
    says: str = ""
    takes_passwords: bool = True

    @property
    def port(self) -> int:
        """The usual port of its security."""
        return PORTS[self.security]

    @property
    def hint(self) -> str:
        """A sentence to read before the password is typed; empty when there is nothing to know."""
        return tr(self.says).format(name=self.name) if self.says else ""


_TLS, _START = Security.TLS, Security.STARTTLS
_GMX = ("gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.eu", "gmx.biz", "gmx.org", "gmx.info")
_OUTLOOK = (
    "outlook.com", "outlook.de", "outlook.fr", "outlook.it", "outlook.es", "outlook.at", "hotmail.com",
    "hotmail.de", "hotmail.co.uk", "hotmail.fr", "hotmail.it", "live.com", "live.de", "live.co.uk", "live.nl",
    "msn.com",
)  # fmt: skip
_YAHOO = (
    "yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "yahoo.it", "yahoo.es", "yahoo.ca", "ymail.com",
    "rocketmail.com",
)  # fmt: skip
_POSTEO = (
    "posteo.de", "posteo.net", "posteo.org", "posteo.eu", "posteo.at", "posteo.ch", "posteo.be", "posteo.co",
    "posteo.com", "posteo.dk", "posteo.es", "posteo.it", "posteo.me", "posteo.nl", "posteo.pl", "posteo.uk",
)  # fmt: skip
PROVIDERS: tuple[Provider, ...] = (
    Provider("Gmail", ("gmail.com", "googlemail.com"), "smtp.gmail.com", _TLS, _APP),
    Provider("Outlook.com", _OUTLOOK, "smtp-mail.outlook.com", _START, _NONE, takes_passwords=False),
    Provider("GMX", _GMX, "mail.gmx.net", _TLS, _ALLOW),
    Provider("GMX", ("gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr"), "mail.gmx.com", _TLS, _ALLOW),
    Provider("WEB.DE", ("web.de",), "smtp.web.de", _TLS, _ALLOW),
    Provider("mail.com", ("mail.com", "email.com", "europe.com"), "smtp.mail.com", _TLS, _ALLOW),
    Provider("Posteo", _POSTEO, "posteo.de", _TLS),
    Provider("mailbox.org", ("mailbox.org",), "smtp.mailbox.org", _TLS, _APP_IF_TWO),
    Provider("Fastmail", ("fastmail.com", "fastmail.fm", "fastmail.de"), "smtp.fastmail.com", _TLS, _APP),
    Provider("iCloud", ("icloud.com", "me.com", "mac.com"), "smtp.mail.me.com", _START, _APP),
    Provider("Yahoo", _YAHOO, "smtp.mail.yahoo.com", _TLS, _APP),
    Provider("AOL", ("aol.com", "aol.de", "aim.com"), "smtp.aol.com", _TLS, _APP),
    Provider("T-Online", ("t-online.de", "magenta.de"), "securesmtp.t-online.de", _TLS, _OWN),
    Provider("freenet", ("freenet.de",), "mx.freenet.de", _TLS, _ALLOW),
    Provider("Zoho", ("zohomail.com", "zoho.com"), "smtp.zoho.com", _TLS, _APP_IF_TWO),
    Provider("Zoho", ("zohomail.eu",), "smtp.zoho.eu", _TLS, _APP_IF_TWO),
    Provider("Proton Mail", ("proton.me", "protonmail.com", "pm.me"), "127.0.0.1", _START, _BRIDGE,
             takes_passwords=False),
)  # fmt: skip
_BY_DOMAIN = {domain: one for one in PROVIDERS for domain in one.domains}


def provider_of(address: str) -> Provider | None:
    """Whose address this is, or None: the person then looks up host and port at their provider or firm."""
    return _BY_DOMAIN.get(address.strip().rpartition("@")[2].strip(" >").lower())
