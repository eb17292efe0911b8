"""Packs of others in the shared folder, taken up: opened, verified and kept as offers; nothing is taken in.

Surprising: one's own packs lie in the same folder, and are known by their name in the library or by the key
they were signed with. A file that cannot be opened is passed over without a word, as it may be anybody's.
"""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import UserFixable
from desktop.library.opening import Library
from desktop.share import identity, receiving
from desktop.share.folder import Found, Watch
from desktop.share.opening import NeedsKey, Opened, open_pack
from desktop.share.secrets import Secrets
from desktop.store.changes import Changes

_MINE = "SELECT 1 FROM pack WHERE uuid = ? AND direction = 'sent'"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One pack that is new. ``pack_id`` 0: it needs a pass phrase first."""

    path: Path
    pack_id: int = 0
    sender: str = ""
    """As they call themselves; empty when nobody signed it."""
    is_unlike: bool = False
    """A browser shows something else than what is in it."""


@dataclass(frozen=True, slots=True)
class News:
    """What one look brought."""

    arrived: tuple[Arrived, ...] = ()
    changes: Changes = field(default_factory=Changes)
    says: str = ""
    """A sentence when the folder cannot be used."""


def look(library: Library, secrets: Secrets, watch: Watch) -> News:
    """Look once; blocks on a slow drive and on a locked keyring. Raises NoSpace."""
    found: Found = watch.poll()
    arrived: list[Arrived] = []
    changes = Changes()
    for path in found.packs:
        one, made = _take_up(library, secrets, path)
        if one is not None:
            arrived.append(one)
            changes = Changes(changes.nouns | made.nouns)
    return News(tuple(arrived), changes, found.says)


def _take_up(library: Library, secrets: Secrets, path: Path) -> tuple[Arrived | None, Changes]:
    none = Changes()
    if library.writer is None:
        return None, none
    try:
        opened = _opened(path, secrets)
        if opened is None:
            return Arrived(path), none
        if _is_mine(library, opened):
            return None, none
        size = path.stat().st_size
        made = receiving.keep_offer(
            library.writer, library.reader, opened, way="folder", file_name=path.name, size=size
        )
    except (UserFixable, OSError):
        return None, none
    if not made:
        return None, none  # it is here already
    sender = opened.pack.sender.name if opened.is_signed else ""
    return Arrived(path, made.made, sender, opened.does_visible_part_match is False), made


def _opened(path: Path, secrets: Secrets) -> Opened | None:
    """None: a pass phrase is needed. Raises UserFixable: it is no pack, or for somebody else."""
    try:
        return open_pack(path)
    except NeedsKey as error:
        if error.is_passphrase:
            return None
        own = identity.age_identity(secrets)
        if not own:
            raise
        return open_pack(path, identity=own)


def _is_mine(library: Library, opened: Opened) -> bool:
    own = identity.own(library.reader).key
    is_sent = library.reader.row(_MINE, (opened.pack.uuid,)) is not None
    return is_sent or bool(own and opened.is_signed and opened.key == own)
