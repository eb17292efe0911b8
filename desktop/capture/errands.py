"""What is still to be fetched for a capture, as small files: an errand outlives a crash and is run once.

Surprising: an errand is written before its capture is committed, so that no capture can lack one; an errand
whose capture never came is dropped when it is run.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from native_host import spool, strict
from native_host.durable import make_private, write_whole

MOST_TRIES = 3
"""An errand that takes the whole program down is not tried for ever."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One capture's wants."""

    uuid: str
    url: str
    wants_page: bool
    """True for a link-only capture: the page itself is to be fetched."""
    pictures: tuple[str, ...] = ()
    tries: int = 0


class Errands:
    """The folder of errands, one JSON file a capture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, errand: Errand) -> None:
        """Note an errand, or a further try of it. OSError passes."""
        make_private(self._folder)
        data = json.dumps(asdict(errand)).encode("ascii")
        write_whole(str(self._path(errand.uuid)), data, is_durable=False)

    def drop(self, uuid: str) -> None:
        """Forget an errand; one that is not there is no error."""
        self._path(uuid).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[Errand]:
        """The errands, in no order. What cannot be read as one is deleted."""
        for path in sorted(self._folder.glob("*.json")) if self._folder.is_dir() else ():
            errand = _read(path)
            if errand is None:
                path.unlink(missing_ok=True)
            else:
                yield errand

    def _path(self, uuid: str) -> Path:
        if not spool.is_id(uuid):
            raise ValueError("an errand is named by the UUID of its capture")
        return self._folder / f"{uuid}.json"


def _read(path: Path) -> Errand | None:
    try:
        values = strict.loads(path.read_bytes())
        errand = Errand(
            uuid=str(values["uuid"]),
            url=str(values["url"]),
            wants_page=bool(values["wants_page"]),
            pictures=tuple(str(address) for address in values["pictures"]),
            tries=int(values["tries"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_good = spool.is_id(errand.uuid) and path.stem == errand.uuid and errand.tries < MOST_TRIES
    return errand if is_good else None
