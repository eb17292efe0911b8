"""What SQLite and the disk say, as errors by blame with a sentence. A plain bug passes through unchanged."""

import errno
import sqlite3
from pathlib import Path

from desktop.errors import BadInput, KithbookError, LibraryBusy, NoSpace, UserFixable
from desktop.languages import tr

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FAILING = {errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM}


class GoneMeanwhile(BadInput):
    """What a change refers to was taken or removed since it was begun; the change was rolled back."""


def told(error: BaseException, library: Path) -> BaseException:
    """The KithbookError that says it in words, or the error itself when it is ours. ``library``: its file."""
    inner = getattr(error, "orig", None) or error  # SQLAlchemy keeps sqlite3's error there
    if isinstance(inner, KithbookError):
        return inner
    if isinstance(inner, sqlite3.Error):
        return _sqlite(inner, library) or error
    if isinstance(inner, OSError):
        return _system(inner) or error
    if isinstance(inner, (UnicodeEncodeError, OverflowError)):
        return _unstorable()
    return error


def _sqlite(error: sqlite3.Error, library: Path) -> KithbookError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return NoSpace(tr("The disk is full, so nothing was saved."), tr("Free some space and try again."))
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return NoSpace(
            tr("The disk refuses to read or write the library."),
            tr("Check the disk and the rights of {parent}.").format(parent=library.parent),
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return UserFixable(
            tr("The library file is damaged and cannot be read."),
            tr("Copies that were checked when they were made are in {parent}.").format(
                parent=library.parent / "backups"
            ),
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusy(tr("Another program is using the library file."), tr("Close it and try again."))
    if code == sqlite3.SQLITE_CONSTRAINT and "FOREIGN KEY" in str(error):
        return GoneMeanwhile(tr("What this refers to is not here any more."), tr("Nothing was changed."))
    if code == sqlite3.SQLITE_TOOBIG:
        return _unstorable()
    return None


def _unstorable() -> BadInput:
    return BadInput(tr("This holds characters or numbers that cannot be stored."), tr("Nothing was changed."))


def _system(error: OSError) -> KithbookError | None:
    if error.errno in _FULL:
        return NoSpace(tr("The disk is full, so nothing was saved."), tr("Free some space and try again."))
    if error.errno in _FAILING:
        return NoSpace(
            tr("The disk refuses to write."),
            tr("Check the disk and the rights of {filename}.").format(
                filename=error.filename or tr("the folder")
            ),
        )
    return None
