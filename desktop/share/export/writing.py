"""How every export is written: under a temporary name beside its place, renamed once it is whole.

The surprising fact: no export holds the moment at which it was made. The same library makes the same bytes,
so that two exports can be compared.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.errors import BadInput, NoSpace
from desktop.languages import tr
from desktop.library.archive.format import Count, Progress, Stop, Stopped, Tell, in_silence, never
from native_host.durable import Draft

if TYPE_CHECKING:
    from desktop.share.export.selection import Items

__all__ = [
    "Progress", "Steps", "Stop", "Stopped", "Tell", "Write", "Written", "in_silence", "never", "new_folder",
    "usable_place", "write_file",
]  # fmt: skip

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Written:
    """What an export made. ``said``: sentences that the person should read, such as files that were kept."""

    path: Path
    items: int
    files: int
    bytes: int
    said: tuple[str, ...] = ()


class Write(Protocol):
    """What each format offers: `Items` in, a file or folder out. Nothing is left by an error or a stop.

    Raises BadInput (``out`` is there and ``overwrite`` is false, or its folder is not), NoSpace, UserFixable,
    `Stopped`.
    """

    def __call__(
        self,
        items: "Items",
        out: Path,
        *,
        tell: Tell = in_silence,
        stop: Stop = never,
        overwrite: bool = False,
    ) -> Written:
        """Write these to ``out``; call ``tell`` now and then, and end soon once ``stop()`` is true."""


class Steps(Count):
    """Counts the sources that were written, tells it, and raises `Stopped` when it is time."""

    @property
    def done(self) -> int:
        """So many so far."""
        return self._done


def write_file(
    items: "Items",
    out: Path,
    pieces: Callable[[Steps], Iterable[bytes]],
    *,
    tell: Tell = in_silence,
    stop: Stop = never,
    overwrite: bool = False,
) -> Written:
    """One file, written piece by piece; ``pieces`` steps once for each source that stands in it."""
    place = usable_place(out, overwrite=overwrite)
    steps, size = Steps(len(items), tell, stop), 0
    with errors_told():
        draft = Draft(str(place))
        try:
            for piece in pieces(steps):
                draft.write(piece)
                size += len(piece)
        except BaseException:
            draft.drop()
            raise
        draft.keep()
    return Written(place, steps.done, 1, size)


@contextmanager
def new_folder(out: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """A folder to be filled, which gets the name ``out`` when the block ends well, and is gone otherwise.

    With ``overwrite`` it takes the place of a folder that was there.
    """
    place = usable_place(out, overwrite=overwrite)
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    with errors_told():
        part.mkdir(mode=0o700)
        try:
            yield part
            if place.is_dir() and not place.is_symlink():
                old = place.with_name(f".{place.name}.{os.getpid()}.old")
                place.rename(old)
                part.rename(place)
                shutil.rmtree(old, ignore_errors=True)
            else:
                part.rename(place)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def usable_place(out: Path, *, overwrite: bool = False) -> Path:
    """The absolute place. Raises BadInput: something is there that may not be written over, or no folder."""
    place = out.expanduser().absolute()
    if not overwrite and (place.exists() or place.is_symlink()):
        raise BadInput(tr("“{name}” is there already.").format(name=place.name), tr("Choose another name."))
    if not place.parent.is_dir():
        raise BadInput(
            tr("The folder {folder} is not there.").format(folder=place.parent), tr("Choose another place.")
        )
    return place


@contextmanager
def errors_told() -> Iterator[None]:
    """What the disk says, as a sentence about an export."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoSpace(
                tr("The disk is full, so nothing was exported."), tr("Free some space and try again.")
            ) from error
        raise NoSpace(
            tr("The export could not be written ({reason}).").format(reason=error.strerror),
            tr("Check the disk and the rights of the folder."),
        ) from error
