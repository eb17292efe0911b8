"""The mail account that packs are sent from: where it stands, and the name of its password in the keyring.

Surprising: the account is kept in the settings and its password is not. `Secrets` is asked for it at the
moment of sending, and nothing here, no error and no repr holds it.
"""

from dataclasses import dataclass

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.settings import Settings
from desktop.share.file_names import one_line
from desktop.share.letters import address_of
from desktop.share.mail_providers import PORTS, Security, provider_of
from desktop.share.secrets import Secrets


@dataclass(frozen=True, slots=True)
class Account:
    """One account, ready to be asked to send."""

    address: str
    host: str
    port: int
    security: Security
    user: str

    @property
    def secret_name(self) -> str:
        """Under which `Secrets` keeps its password."""
        return f"mail:{self.user}@{self.host}:{self.port}"


def account(address: str, host: str = "", port: int = 0, security: str = "", user: str = "") -> Account:
    """What the person typed, made whole: what is missing comes from the provider of the address.

    Raises BadInput: not an address, no host and nobody known for it, a provider that takes no passwords, no
    name of a host, no port.
    """
    bare = address_of(address)
    known = provider_of(bare)
    if known is not None and not known.takes_passwords and not host:
        raise BadInput(known.hint)
    server = host.strip().lower() or (known.host if known else "")
    if not server:
        raise BadInput(
            tr("Which server sends mails for “{host}” is not known here.").format(
                host=bare.partition("@")[2]
            ),
            tr("Ask your provider or IT for the “SMTP server”, and type its name."),
        )
    if not _is_host(server):
        raise BadInput(
            tr("“{host}” is not the name of a server.").format(host=one_line(server, 60)),
            tr("Write it like smtp.firm.example."),
        )
    way = _security(security, port, known.security if known and not host else None)
    number = port or PORTS[way]
    if not 0 < number < 65536:
        raise BadInput(tr("{port} is not a port.").format(port=number), tr("Usual are 465 and 587."))
    return Account(bare, server, number, way, user.strip() or bare)


def account_of(settings: Settings) -> Account | None:
    """The account in the settings; None when there is none, or none that can be used."""
    text = settings.text
    if not text("mail_address") or not text("mail_host"):
        return None
    try:
        return account(
            text("mail_address"), text("mail_host"), settings.number("mail_port"), text("mail_security"),
            text("mail_user"),
        )  # fmt: skip
    except BadInput:
        return None


def keep(settings: Settings, secrets: Secrets, one: Account, password: str) -> None:
    """Keep the account, its password in the keyring alone. An empty password leaves the one that is kept.

    Raises NoSpace, and `secrets.Locked`: then the settings are as they were.
    """
    if password:
        secrets.set(one.secret_name, password)
    settings.set("mail_address", one.address)
    settings.set("mail_host", one.host)
    settings.set("mail_port", one.port)
    settings.set("mail_security", one.security.value)
    settings.set("mail_user", "" if one.user == one.address else one.user)


def forget(settings: Settings, secrets: Secrets) -> None:
    """Forget the account and its password. Raises NoSpace, `secrets.Locked`."""
    here = account_of(settings)
    if here is not None:
        secrets.delete(here.secret_name)
    for name in ("mail_address", "mail_host", "mail_port", "mail_security", "mail_user"):
        settings.reset(name)


def _security(typed: str, port: int, usual: Security | None) -> Security:
    if typed:
        if typed not in list(Security):
            raise BadInput(tr("The encryption is “tls” or “starttls”, not “{typed}”.").format(typed=typed))
        return Security(typed)
    if port:
        return Security.TLS if port == PORTS[Security.TLS] else Security.STARTTLS
    return usual or Security.TLS


def _is_host(host: str) -> bool:
    letters = host.replace("-", "").replace(".", "").replace(":", "")
    return letters.isascii() and letters.isalnum() and len(host) <= 253 and not host.startswith(("-", "."))
