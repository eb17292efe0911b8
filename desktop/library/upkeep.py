"""What a library needs once a day, in one call: off the GUI thread, some while after the window is there."""

import time
from datetime import UTC, datetime

from desktop.library import assets, backups
from desktop.library.deletion import empty_old_trash
from desktop.library.opening import Library
from desktop.store import journal
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.sessions import plain

_HOUR = 3600 * 1_000_000_000


def keep_in_order(library: Library, now: datetime | None = None) -> Changes:
    """Today's backup, then Trash and journal older than 30 days, then files that nothing names.

    Nothing to do on a library that is open for reading only. Raises NoSpace, UserFixable. What comes back
    tells which sources went from Trash; it is empty on most days.
    """
    if library.writer is None:
        return Changes()
    moment = now or datetime.now(UTC)
    milliseconds = int(moment.timestamp() * 1000)
    backups.daily(library.paths, moment)
    changes = empty_old_trash(library.writer, milliseconds)
    library.writer.run(lambda session: journal.trim(plain(session), milliseconds))
    assets.sweep(library.paths, _named(library.reader), time.time_ns() - _HOUR)
    return changes


def _named(reader: Reader) -> set[str]:
    names = reader.rows("SELECT 'res/' || sha256 || '.' || ext FROM asset UNION SELECT raw_page FROM content")
    return {name for (name,) in names}
