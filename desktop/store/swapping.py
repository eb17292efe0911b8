"""Put a prepared library file in the place of the present one, under the library lock.

Surprising: the log beside the present file (-wal) must be gone before the rename, for SQLite would apply it
to whatever file stands beside it. So the order is: empty the log, remove it, rename. A crash between leaves
the old library whole, or the new one.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.errors import LibraryBusy
from desktop.languages import tr
from desktop.store.database import connect_to_write
from native_host.durable import make_private, sync_folder


def beside(library: Path) -> tuple[Path, Path]:
    """The files that SQLite keeps next to it while it is open."""
    return library.with_name(library.name + "-wal"), library.with_name(library.name + "-shm")


def swap_in(prepared: Path, library: Path, *, is_damaged: bool = False) -> None:
    """Rename ``prepared`` to ``library``, durably. Whoever calls holds the library lock.

    ``is_damaged``: the present file and its log are of no use and were kept by `copy_as_is`. Raises
    LibraryBusy while somebody still reads the present one, OSError, sqlite3.Error.
    """
    if library.exists() and not is_damaged:
        _empty_log(library)
    for path in beside(library):
        path.unlink(missing_ok=True)
    _sync(prepared)
    prepared.replace(library)
    sync_folder(library.parent)


def copy_as_is(library: Path, folder: Path) -> Path:
    """Copy a library that cannot be read into ``folder``, byte by byte, with what stands beside it."""
    make_private(folder)
    for path in (library, *beside(library)):
        if path.exists():
            shutil.copyfile(path, folder / path.name)
            (folder / path.name).chmod(0o600)
            _sync(folder / path.name)
    sync_folder(folder)
    return folder / library.name


@contextlib.contextmanager
def preparing(library: Path, make: Callable[[Path], object]) -> Iterator[Path]:
    """A file beside the library, made by ``make``; gone afterwards unless it was renamed."""
    prepared = library.with_name(library.name + ".new")
    _remove(prepared)
    try:
        make(prepared)
        yield prepared
    finally:
        _remove(prepared)


def _remove(path: Path) -> None:
    for one in (path, *beside(path)):
        one.unlink(missing_ok=True)


def _empty_log(library: Path) -> None:
    connection = connect_to_write(library)
    try:
        connection.execute("PRAGMA busy_timeout = 1000")
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if is_busy:
        raise LibraryBusy(
            tr("Somebody is still reading the library."), tr("Close other Kithbooks and try again.")
        )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def renew_generation(path: Path) -> None:
    """Give a library file a new random word, so that no search index of another moment is believed.

    A file of an older schema has none yet; it gets one when it is brought up to date.
    """
    connection = connect_to_write(path)
    try:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'library_state'").fetchone():
            connection.execute(
                "UPDATE library_state SET value = lower(hex(randomblob(16))) WHERE name = 'generation'"
            )
    finally:
        connection.close()
