"""Where an archive is written: a zip or a folder under a temporary name, renamed once it is whole."""

import hashlib
import os
import shutil
import stat
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.archive.format import File
from native_host.durable import make_private, sync_folder

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same library makes the same bytes."""


class Box(ABC):
    """An archive on its way. `finish` gives it its name; `drop` leaves nothing behind."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.part = out.with_name(f".{out.name}.{os.getpid()}.part")

    def put(self, name: str, pieces: Iterable[bytes], *, is_packed: bool = False) -> File:
        """Write a file piece by piece; ``is_packed``: its bytes do not get smaller."""
        digest, size = hashlib.sha256(), 0
        with self._open(name, is_packed) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
        return File(name, size, digest.hexdigest())

    @abstractmethod
    def _open(self, name: str, is_packed: bool) -> IO[bytes]: ...

    @abstractmethod
    def finish(self) -> int:
        """Make it durable and give it its name; its bytes. Raises BadInput when the name was taken."""

    @abstractmethod
    def drop(self) -> None:
        """Take away what is not finished; harmless afterwards."""


def box(out: Path) -> Box:
    """A zip when ``out`` ends so, else a folder. Raises BadInput when it exists or its folder does not."""
    if out.exists() or out.is_symlink():
        raise BadInput(tr("{out} is there already.").format(out=out), tr("Choose another name."))
    if not out.parent.is_dir():
        raise BadInput(
            tr("The folder {parent} is not there.").format(parent=out.parent), tr("Choose another place.")
        )
    return ZipBox(out) if out.suffix.lower() == ".zip" else FolderBox(out)


class ZipBox(Box):
    """One zip file, of any size."""

    def __init__(self, out: Path) -> None:
        super().__init__(out)
        handle = os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(handle, "r+b")
        self._zip = zipfile.ZipFile(self._file, "w", allowZip64=True)

    def _open(self, name: str, is_packed: bool) -> IO[bytes]:
        member = zipfile.ZipInfo(name, _MOMENT)
        member.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        member.external_attr = (stat.S_IFREG | 0o600) << 16
        return self._zip.open(member, "w", force_zip64=True)

    def finish(self) -> int:
        """Close and sync the one file."""
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        size = self.part.stat().st_size
        _name(self.part, self.out)
        return size

    def drop(self) -> None:
        """Remove the one file."""
        if not self._file.closed:
            try:
                self._zip.close()
            except (OSError, ValueError):
                pass  # the disk is full, or a member is still open: it goes away anyhow
            self._file.close()
        self.part.unlink(missing_ok=True)


class FolderBox(Box):
    """A folder of plain files."""

    def __init__(self, out: Path) -> None:
        super().__init__(out)
        self.part.mkdir(mode=0o700)
        self._size = 0

    def _open(self, name: str, is_packed: bool) -> IO[bytes]:
        path = self.part / name
        make_private(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        return os.fdopen(handle, "wb")

    def put(self, name: str, pieces: Iterable[bytes], *, is_packed: bool = False) -> File:
        """Write one, and count it."""
        made = super().put(name, pieces, is_packed=is_packed)
        self._size += made.bytes
        return made

    def finish(self) -> int:
        """Sync the disk as a whole."""
        if hasattr(os, "sync"):  # a hundred thousand files one by one would take an hour
            os.sync()
        _name(self.part, self.out)
        return self._size

    def drop(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.part, ignore_errors=True)


def _name(part: Path, out: Path) -> None:
    if out.exists():
        raise BadInput(tr("{out} is there already.").format(out=out), tr("Choose another name."))
    part.rename(out)
    sync_folder(out.parent)
