"""The one door to the system's keyring: mail passwords and the private halves of keys, by name and library.

Surprising: only the keyrings of the systems themselves are used. Any other backend that is installed or set
may write in plain text, so it is refused by its name, and the secret is then kept until the program ends;
`Secrets.notice` is the sentence that says so. Nothing here writes to the log, and no secret shows in a repr.
"""

import hashlib
from typing import Protocol

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.paths import Paths

SAFE = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
)
"""Modules of the keyrings that a system locks with its owner's login."""
_NOTHING = frozenset(("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer"))
_session: dict[tuple[str, str], str] = {}


class Locked(UserFixable):
    """There is a keyring, and it does not open: whether it holds the secret cannot be told."""


class Ring(Protocol):
    """What is asked of a backend of the library `keyring`."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it; raises when there is none."""


class Secrets:
    """The secrets of one library. Calls may wait for the person to unlock the keyring: not on the GUI thread.

    Names are ours, such as ``mail:ana@firm.example`` or ``signing key``; two libraries never share one.
    """

    def __init__(self, paths: Paths) -> None:
        place = str(paths.home.resolve()).encode("utf-8", "surrogatepass")
        self._service = f"Kithbook {hashlib.sha256(place).hexdigest()[:12]}"
        self._ring: Ring | None = None
        self._refused = ""
        self._has_looked = False

    def get(self, name: str) -> str:
        """The secret; empty when there is none. Raises `Locked`."""
        ring = self._keyring()
        kept = _session.get((self._service, name), "")
        if kept or ring is None:
            return kept
        try:
            return ring.get_password(self._service, name) or ""
        except Exception as error:
            raise _locked() from error

    def set(self, name: str, secret: str) -> None:
        """Keep it: in the keyring, or without one until the program ends. Raises `Locked`."""
        ring = self._keyring()
        if ring is None:
            _session[self._service, name] = secret
            return
        try:
            ring.set_password(self._service, name, secret)
        except Exception as error:
            raise _locked() from error
        _session.pop((self._service, name), None)

    def delete(self, name: str) -> None:
        """Forget it, wherever it is. None there: nothing happens. Raises `Locked`."""
        ring = self._keyring()
        _session.pop((self._service, name), None)
        if ring is None:
            return
        try:
            if ring.get_password(self._service, name) is not None:
                ring.delete_password(self._service, name)
        except Exception as error:
            raise _locked() from error

    @property
    def is_lasting(self) -> bool:
        """Do secrets outlive the program? False without a keyring."""
        return self._keyring() is not None

    def notice(self) -> str:
        """A sentence for the person when secrets are kept for this session only; else empty."""
        if self.is_lasting:
            return ""
        if self._refused:
            return tr(
                "The keyring “{name}” may keep passwords in plain text and is not used: they are kept until "
                "Kithbook is closed."
            ).format(name=self._refused)
        return tr(
            "This computer has no keyring that Kithbook can use: passwords and keys are kept until it "
            "is closed."
        )

    def _keyring(self) -> Ring | None:
        if not self._has_looked:
            self._ring, self._refused = _find()
            self._has_looked = True
        return self._ring


def forget_session() -> None:
    """Drop what is kept in memory, as the end of the program does."""
    _session.clear()


def _find() -> tuple[Ring | None, str]:
    """The backend to use, or None and the name of the one that was refused."""
    import keyring  # late: it loads every backend that is installed

    try:
        found = keyring.get_keyring()
    except Exception:  # a backend named in a file of settings may fail in any way
        return None, ""
    refused = ""
    for one in getattr(found, "backends", [found]):
        module = type(one).__module__
        if module in SAFE:
            return one, ""
        if module not in _NOTHING:
            refused = refused or f"{module}.{type(one).__qualname__}"
    return None, refused


def _locked() -> Locked:
    return Locked(tr("The keyring did not open."), tr("Unlock it and try again."))
