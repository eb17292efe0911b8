"""A zip that is the same for the same content: no time of making, and the order in which it was filled.

The surprising fact: it grows in a file without a name beside its place, as a zip is written back and forth;
only then is it handed on piece by piece, so that what fails leaves nothing.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_MOMENT = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20
_STORED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


class Zip:
    """A zip being filled."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", allowZip64=True)

    def add(self, name: str, data: bytes, *, is_stored: bool = False) -> None:
        """One member; pictures are not squeezed again."""
        member = zipfile.ZipInfo(name, _MOMENT)
        is_stored = is_stored or name.lower().endswith(_STORED)
        member.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        member.create_system = 3
        self._zip.writestr(member, data)

    def close(self) -> None:
        """Nothing can be added any more. What cannot be written now was an error already."""
        with suppress(OSError):
            self._zip.close()

    def pieces(self) -> Iterator[bytes]:
        """The whole; nothing can be added any more."""
        self._zip.close()
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece


@contextmanager
def filling(out: Path) -> Iterator[Zip]:
    """A zip that will stand at ``out`` once its pieces are written there. OSError passes."""
    with TemporaryFile(dir=out.expanduser().absolute().parent, prefix=".kithbook-") as file:
        made = Zip(file)
        try:
            yield made
        finally:
            made.close()
