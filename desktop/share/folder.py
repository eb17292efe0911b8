"""A folder that others see too (OneDrive, Nextcloud, a network drive) as outbox and inbox.

It is looked into from time to time, as a network drive tells nobody of news. Surprising: nothing in it is
ever deleted or renamed, save the hidden file of a pack that could not be written whole. A folder that is gone
is no empty folder: it is said, and looked for again.
"""

import errno
import hashlib
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BadInput, NoSpace, NotReachable
from desktop.languages import tr
from desktop.share.file_names import file_name
from desktop.store.reader import Reader
from native_host.durable import write_whole

ENDINGS = (".html", ".zip", ".age")
LARGEST = 80 * 1024 * 1024
"""As `opening` takes; what is larger is not read at all."""
_MOST = 5_000
"""Files of one folder that are looked at."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CONFLICT = re.compile(r"(?i)conflict|konflikt|conflit")
"""Copies that a syncing program made of a file that it could not join; the file itself is there too."""
_ON_ITS_WAY = re.compile(r"(?i)^[.~]|\.(part|partial|tmp|crdownload|download|filepart|!sync)$")


@dataclass(frozen=True, slots=True)
class Found:
    """What one look found. ``says``: a sentence when the folder cannot be used; else empty."""

    packs: tuple[Path, ...] = ()
    says: str = ""


def put(folder: Path, data: bytes, title: str, uuid: str, ending: str = ".html") -> Path:
    """Write a pack under a name of its own, whole or not at all; where it is.

    The same pack gives the same name, and is not written twice. Raises NotReachable (no folder), NoSpace.
    """
    if not ending.endswith(ENDINGS):
        raise BadInput(tr("A pack does not end in “{ending}”.").format(ending=ending))
    _check(folder)
    mark = hashlib.sha256(uuid.encode("utf-8")).hexdigest()[:8]
    place = folder / file_name(title, f" {mark}{ending}")
    try:
        if place.is_file() and place.stat().st_size == len(data) and place.read_bytes() == data:
            return place
        n = 1
        while place.exists() or place.is_symlink():  # another state of the same pack; nobody's file goes
            n += 1
            place = folder / file_name(title, f" {mark}-{n}{ending}")
        write_whole(str(place), data, mode=0o644)
    except OSError as error:
        raise _told(error, folder) from error
    return place


class Watch:
    """Looks into one folder for packs of others. Not on the GUI thread: a network drive may take seconds.

    ``is_known``: is a file with this SHA-256 one's own, or taken in already? It is asked once for each file.
    """

    def __init__(self, folder: Path, is_known: Callable[[str], bool]) -> None:
        self._folder = folder
        self._is_known = is_known
        self._before: dict[str, tuple[int, int]] = {}
        self._done: set[tuple[str, int, int]] = set()
        self._hashes: set[str] = set()

    def poll(self) -> Found:
        """Packs that are whole and new since the last look; each stood still between two looks."""
        try:
            _check(self._folder)
            here = _candidates(self._folder)
        except (NotReachable, OSError) as error:
            said = error if isinstance(error, NotReachable) else _told(error, self._folder)
            return Found((), f"{said} {said.action}".strip())
        still = [name for name, state in here.items() if self._before.get(name) == state]
        self._before = here
        new = [self._folder / name for name in sorted(still) if self._is_new(name, here[name])]
        return Found(tuple(new))

    def _is_new(self, name: str, state: tuple[int, int]) -> bool:
        key = (name, *state)
        if key in self._done:
            return False
        path = self._folder / name
        try:
            data = path.read_bytes()
        except OSError:
            return False  # locked by the program that syncs, or gone: next time
        self._done.add(key)
        if not is_whole(data, path.suffix.lower()):
            return False
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in self._hashes:
            return False
        self._hashes.add(sha256)
        return not self._is_known(sha256)


def known_in(reader: Reader) -> Callable[[str], bool]:
    """For `Watch`: what the library has sent or received already, by the SHA-256 of the file."""

    def is_known(sha256: str) -> bool:
        return reader.row("SELECT 1 FROM pack WHERE sha256 = ?", (sha256,)) is not None

    return is_known


def is_whole(data: bytes, ending: str) -> bool:
    """Does it look like a pack that was written to its end? Whether it is true is for `opening` to say."""
    if ending == ".html":
        return data.rstrip().lower().endswith(b"</html>") and b"kithbook" in data.lower()
    if ending == ".zip":
        return data.startswith(b"PK\x03\x04") and b"PK\x05\x06" in data[-66_000:]
    return data.startswith((b"age-encryption.org/v1", b"-----BEGIN AGE")) and len(data) > 100


def _candidates(folder: Path) -> dict[str, tuple[int, int]]:
    """Name to size and time of change, of files that may be packs of others."""
    found: dict[str, tuple[int, int]] = {}
    for n, path in enumerate(folder.iterdir()):
        if n >= _MOST:
            break
        if path.suffix.lower() not in ENDINGS or _ON_ITS_WAY.search(path.name) or _CONFLICT.search(path.stem):
            continue
        try:
            state = path.lstat()
        except OSError:
            continue  # gone between
        if stat.S_ISREG(state.st_mode) and 0 < state.st_size <= LARGEST:  # no link leads out of the folder
            found[path.name] = (state.st_size, state.st_mtime_ns)
    return found


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise NotReachable(
            tr("The shared folder {folder} is not there.").format(folder=folder),
            tr("Is the drive connected, and the program that syncs it running? Kithbook looks again."),
        )


def _told(error: OSError, folder: Path) -> NotReachable | NoSpace:
    if error.errno in _FULL:
        return NoSpace(
            tr("The shared folder is full, so the pack was not written."),
            tr("Free some space and try again."),
        )
    return NotReachable(
        tr("The shared folder {folder} could not be used ({reason}).").format(
            folder=folder, reason=error.strerror
        ),
        tr("Check the connection and your rights in it. Kithbook tries again."),
    )
