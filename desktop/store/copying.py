"""A verified copy of the library by VACUUM INTO.

Copying the file itself would pass its check and be incomplete.
"""

import os
import sqlite3
from pathlib import Path

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.store.database import connect_to_read, tables
from native_host.durable import make_private, sync_folder

_TRIES = 3


def copy_verified(library: Path, target: Path) -> Path:
    """Copy to ``target``, open the copy, check and count it; only then does it get its name.

    Raises sqlite3.Error, OSError. Writers may go on meanwhile. Raises UserFixable when the copy is not whole.
    """
    make_private(target.parent)
    part = target.with_name(target.name + ".part")
    try:
        for _ in range(_TRIES):
            part.unlink(missing_ok=True)
            if _copy(library, part):
                break
        else:
            raise UserFixable(
                tr("The copy of the library did not match it."), tr("Check the disk and try again.")
            )
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return target


def verify(path: Path) -> dict[str, int]:
    """Rows per table of a library file that passed its integrity check.

    Raises UserFixable or sqlite3.Error.
    """
    connection = connect_to_read(path)
    try:
        (word,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if word != "ok":
            raise UserFixable(tr("{name} is damaged.").format(name=path.name), tr("Choose another copy."))
        return counted(connection)
    finally:
        connection.close()


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows per table."""
    found = {}
    for table in tables(connection):
        (found[table],) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    return found


def _copy(library: Path, part: Path) -> bool:
    """One try. The counts before and after bracket the copy's, which saw a moment between."""
    connection = connect_to_read(library)
    try:
        before = counted(connection)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT, 0o600))  # VACUUM INTO accepts an empty file
        part.chmod(0o600)
        connection.execute("VACUUM INTO ?", (str(part),))
        after = counted(connection)
    finally:
        connection.close()
    handle = os.open(part, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    copied = verify(part)
    return before.keys() == copied.keys() and all(
        min(before[table], after[table]) <= number <= max(before[table], after[table])
        for table, number in copied.items()
    )
