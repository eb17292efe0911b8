"""Read an archive that somebody else may have made: nothing is unpacked by name, and no more than was said.

Surprising: a zip's table of contents is a claim. Each file is read no further than its claimed size, and a
folder's files are opened only where no link leads.
"""

import os
import stat
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from desktop.errors import BadInput, Refused
from desktop.languages import mark, tr
from desktop.library.archive.format import (
    MANIFEST,
    MOST_BYTES,
    MOST_FILES,
    RATIO,
    RATIO_FROM,
    is_allowed,
)

_PIECE = 1 << 20
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
NOT_ONE = mark("This is not an archive that Kithbook can read")


class Opened(ABC):
    """An archive, open to be read. ``sizes``: bytes of each file that it may hold, by name."""

    sizes: dict[str, int]

    @abstractmethod
    def _open(self, name: str) -> IO[bytes]: ...

    @abstractmethod
    def close(self) -> None:
        """Let it go."""

    def open(self, name: str) -> IO[bytes]:
        """A file of the archive. Raises Refused when it is not there or not a plain file."""
        if name not in self.sizes:
            raise Refused(tr("{not_one}: “{name}” is missing.").format(not_one=tr(NOT_ONE), name=name))
        try:
            return self._open(name)
        except _FAULTS as error:
            raise Refused(
                tr("{not_one}: “{name}” is damaged.").format(not_one=tr(NOT_ONE), name=name)
            ) from error

    def pieces(self, name: str) -> Iterator[bytes]:
        """Its bytes, piece by piece. Raises Refused when they are more or fewer than was said."""
        left = self.sizes.get(name, 0)
        with self.open(name) as file:
            while piece := self._read(file, name, min(_PIECE, left + 1)):
                left -= len(piece)
                if left < 0:
                    break
                yield piece
        if left:
            raise Refused(
                tr("{not_one}: “{name}” is not as long as it says.").format(not_one=tr(NOT_ONE), name=name)
            )

    def bytes_of(self, name: str, most: int) -> bytes:
        """All of a file. Raises Refused when it is longer than ``most``."""
        if self.sizes.get(name, 0) > most:
            raise Refused(tr("{not_one}: “{name}” is too large.").format(not_one=tr(NOT_ONE), name=name))
        return b"".join(self.pieces(name))

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """Its lines without their ends. Raises Refused for one longer than ``longest``."""
        with self.open(name) as file:
            while line := self._line(file, name, longest):
                if len(line) > longest or not line.endswith(b"\n"):
                    raise Refused(
                        tr("{not_one}: “{name}” has a line that is too long or not ended.").format(
                            not_one=tr(NOT_ONE), name=name
                        )
                    )
                yield line[:-1]

    def _read(self, file: IO[bytes], name: str, size: int) -> bytes:
        try:
            return file.read(size)
        except _FAULTS as error:
            raise Refused(
                tr("{not_one}: “{name}” is damaged.").format(not_one=tr(NOT_ONE), name=name)
            ) from error

    def _line(self, file: IO[bytes], name: str, longest: int) -> bytes:
        try:
            return file.readline(longest + 1)
        except _FAULTS as error:
            raise Refused(
                tr("{not_one}: “{name}” is damaged.").format(not_one=tr(NOT_ONE), name=name)
            ) from error


def open_archive(place: Path) -> Opened:
    """A zip or a folder. Raises BadInput (nothing there), Refused (hostile, damaged or something else)."""
    if place.is_dir():
        return FolderArchive(place)
    if not place.is_file():
        raise BadInput(tr("{place} is not there.").format(place=place), tr("Choose an archive."))
    try:
        return ZipArchive(place)
    except _FAULTS as error:
        raise Refused(f"{tr(NOT_ONE)}.") from error


class ZipArchive(Opened):
    """A zip, its table of contents checked as a whole before any file is read."""

    def __init__(self, place: Path) -> None:
        self._zip = zipfile.ZipFile(place)
        try:
            self.sizes = self._checked(self._zip.infolist())
        except BaseException:
            self._zip.close()
            raise

    def _checked(self, members: list[zipfile.ZipInfo]) -> dict[str, int]:
        if len(members) > MOST_FILES:
            raise Refused(tr("{not_one}: it holds too many files.").format(not_one=tr(NOT_ONE)))
        sizes: dict[str, int] = {}
        for member in members:
            fault = _fault(member)
            if member.filename in sizes:
                fault = tr("stands in it twice")
            if fault:
                raise Refused(f"{tr(NOT_ONE)}: “{member.filename[:80]}” {fault}.")
            sizes[member.filename] = member.file_size
        return _plausible(sizes)

    def _open(self, name: str) -> IO[bytes]:
        return self._zip.open(name)

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


class FolderArchive(Opened):
    """A folder. What else lies in it (a file manager's own) is not looked at."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.sizes = _plausible(dict(self._found("", 0)))

    def _found(self, below: str, depth: int) -> Iterator[tuple[str, int]]:
        with os.scandir(self._place / below) as entries:
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False) and depth < 2:
                    yield from self._found(f"{name}/", depth + 1)
                elif entry.is_file(follow_symlinks=False) and is_allowed(name):
                    yield name, entry.stat(follow_symlinks=False).st_size

    def _open(self, name: str) -> IO[bytes]:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        try:
            handle = os.open(self._place / name, flags)
        except OSError as error:
            raise Refused(
                tr("{not_one}: “{name}” cannot be opened.").format(not_one=tr(NOT_ONE), name=name)
            ) from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Refused(tr("{not_one}: “{name}” is no plain file.").format(not_one=tr(NOT_ONE), name=name))
        return os.fdopen(handle, "rb")

    def close(self) -> None:
        """Nothing is held."""


def _fault(member: zipfile.ZipInfo) -> str:
    """What is wrong with a member; empty when nothing is."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if not is_allowed(member.filename) or member.orig_filename != member.filename:
        return tr("does not belong there")
    if kind not in (0, stat.S_IFREG):
        return tr("is no plain file")
    if member.flag_bits & 1:
        return tr("is locked by a password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return tr("is packed in a way that is not allowed")
    if member.file_size > RATIO_FROM and member.file_size > RATIO * max(1, member.compress_size):
        return tr("unpacks to far more than it holds")
    return ""


def _plausible(sizes: dict[str, int]) -> dict[str, int]:
    if MANIFEST not in sizes:
        raise Refused(tr("{not_one}: it has no manifest.").format(not_one=tr(NOT_ONE)))
    if len(sizes) > MOST_FILES or sum(sizes.values()) > MOST_BYTES:
        raise Refused(tr("{not_one}: it is too large.").format(not_one=tr(NOT_ONE)))
    return sizes
