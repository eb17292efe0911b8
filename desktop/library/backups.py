"""Verified copies of the library: 7 daily, 4 weekly, 12 monthly; and back to one of them.

A copy gets its final name only once it is verified, and an old one goes only when those that stand for its
day, week and month are still whole: a bad copy never takes the place of a good one.
"""

import re
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.errors import BadInput, KithbookError, LibraryBusy, LibraryTooNew, UserFixable
from desktop.languages import tr
from desktop.library import assets
from desktop.paths import Paths
from desktop.store import faults, schema
from desktop.store.copying import copy_verified, verify
from desktop.store.database import APPLICATION_ID, connect_to_read
from desktop.store.lock import LibraryLock
from desktop.store.own_triggers import restore_own
from desktop.store.swapping import copy_as_is, preparing, renew_generation, swap_in
from native_host.durable import make_private

_NAME = re.compile(r"library-(\d{8}T\d{6})Z-([a-z-]+)\.db")
_STAMP = "%Y%m%dT%H%M%S"
DAYS, WEEKS, MONTHS = 7, 4, 12
_DAY_SECONDS = 86_400
COUNTED = ("source", "capture", "annotation", "note", "tag")
"""What a list of backups tells the number of."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. ``counts``: rows of the tables in `COUNTED` that it has; none when it cannot be read."""

    path: Path
    made_at: datetime
    """UTC."""
    reason: str
    bytes: int
    counts: dict[str, int]
    trouble: str = ""
    """A sentence when it cannot be opened; reading all of it is `verify`'s part."""

    @property
    def name(self) -> str:
        """Its file's name, by which it is asked for."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. ``aside``: where the library of before is kept; None when there was none.

    ``missing``: pictures and raw pages that the backup names and that were deleted since.
    """

    aside: Path | None
    missing: int


def backup(paths: Paths, reason: str = "asked", now: datetime | None = None) -> Path:
    """Copy by VACUUM INTO, verify by opening and counting, name it, thin out. Raises NoSpace, UserFixable.

    ``reason``: a word or two for the file name (``daily``, ``before-migration``). The library may be in use.
    """
    target = name_for(paths, reason, now)
    try:
        made = copy_verified(paths.library, target)
        thin_out(paths, made)
    except (OSError, sqlite3.Error) as error:
        raise faults.told(error, paths.library) from error
    return made


def daily(paths: Paths, now: datetime | None = None) -> Path | None:
    """Make today's backup unless there is one (None)."""
    moment = now or datetime.now(UTC)
    if any(made.date() == moment.date() for made, _ in existing(paths)):
        return None
    return backup(paths, "daily", moment)


def existing(paths: Paths) -> list[tuple[datetime, Path]]:
    """Backups with their time (UTC), newest first."""
    found = []
    for path in paths.backups.glob("library-*.db"):
        match = _NAME.fullmatch(path.name)
        if match:
            found.append((datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def to_keep(made: Iterable[datetime]) -> set[datetime]:
    """Which of these to keep: the newest of each of the last 7 days, 4 weeks and 12 months that have one."""
    falling = sorted(made, reverse=True)
    kept: set[datetime] = set()
    for number, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        newest: dict[object, datetime] = {}
        for at in falling:
            newest.setdefault(period(at), at)
        kept.update(list(newest.values())[:number])
    return kept


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month


def thin_out(paths: Paths, made: Path | None = None) -> None:
    """Remove the backups that `to_keep` does not name, as long as those that stand for them are whole.

    A damaged one counts for nothing: it stays where it is, and so does what it would have replaced. ``made``:
    the one just made stays, whatever the clock says.
    """
    found = dict(reversed(existing(paths)))
    while True:
        kept = to_keep(found)
        gone = found.keys() - kept
        needed = {at for old in gone for at in _instead(old, kept)}
        damaged = {at for at in needed if not is_whole(found[at])}
        if not damaged:
            break
        found = {at: path for at, path in found.items() if at not in damaged}
    for at in gone:
        if found[at] != made:
            found[at].unlink(missing_ok=True)
    _sweep(paths)


def _sweep(paths: Paths) -> None:
    """Remove what a crash left half made, more than a day ago."""
    for path in (*paths.backups.glob("library-*.db.part"), *paths.home.glob("library.db.new*")):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY_SECONDS:
                path.unlink()


def _instead(old: datetime, kept: set[datetime]) -> set[datetime]:
    """The kept ones that stand for ``old``: the newest of its day, week and month, or the newest of all."""
    found = {
        max((at for at in kept if period(at) == period(old)), default=None)
        for period in (_day, _week, _month)
    }
    return {at for at in found if at is not None} or {max(kept)}


def is_whole(path: Path) -> bool:
    """Whether a backup can be read from its first page to its last."""
    try:
        verify(path)
    except (sqlite3.Error, OSError, KithbookError):
        return False
    return True


def listing(paths: Paths) -> list[Backup]:
    """All backups, newest first, each opened and counted."""
    return [look(path) for _, path in existing(paths)]


def look(path: Path) -> Backup:
    """One backup by its file; ``trouble`` says when it cannot be read."""
    match = _NAME.fullmatch(path.name)
    made = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC) if match else datetime.now(UTC)
    reason, size = match[2] if match else "", path.stat().st_size
    try:
        with closing(connect_to_read(path)) as connection:
            here = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            counts = {
                table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
                for table in COUNTED
                if table in here
            }
    except sqlite3.Error:
        return Backup(path, made, reason, size, {}, tr("This backup is damaged and cannot be read."))
    return Backup(path, made, reason, size, counts)


def find(paths: Paths, name: str) -> Path:
    """The backup of that name, with or without ``library-`` and ``.db``. Raises BadInput."""
    for _, path in existing(paths):
        if name in (path.name, path.stem, path.stem.removeprefix("library-")):
            return path
    raise BadInput(
        tr("There is no backup “{name}”.").format(name=name), tr("“kithbook backup --list” shows them.")
    )


def restore(paths: Paths, backup: Path, now: datetime | None = None) -> Restored:
    """Put a verified copy of ``backup`` in the place of the library, which is kept aside first.

    The restored library gets a new generation, so that search is built anew. Raises LibraryBusy (a window is
    open), UserFixable (damaged backup), LibraryTooNew, NoSpace; the library is as it was then.
    """
    make_private(paths.home)
    lock = LibraryLock(paths.lock)
    try:
        lock.take()
    except LibraryBusy as error:
        raise LibraryBusy(
            tr("A library that is open cannot be replaced."), tr("Restore in the window, or close it first.")
        ) from error
    try:
        _fit(backup)
        with preparing(paths.library, lambda path: copy_verified(backup, path)) as prepared:
            restore_own(prepared)  # first: a trigger of somebody else's would act on what follows
            renew_generation(prepared)
            missing = _missing(paths, prepared)
            aside, is_damaged = _keep_aside(paths, now)
            swap_in(prepared, paths.library, is_damaged=is_damaged)
        return Restored(aside, missing)
    except (OSError, sqlite3.Error) as error:
        raise faults.told(error, paths.library) from error
    finally:
        lock.release()


def _fit(backup: Path) -> None:
    """A whole library of ours, not newer than this program."""
    try:
        verify(backup)
        with closing(connect_to_read(backup)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            version = schema.version_of(connection)
    except sqlite3.DatabaseError as error:
        raise UserFixable(
            tr("{name} is damaged.").format(name=backup.name), tr("Choose another copy.")
        ) from error
    if application != APPLICATION_ID:
        raise UserFixable(
            tr("{name} is not a Kithbook library.").format(name=backup.name), tr("Choose another copy.")
        )
    if version > schema.newest():
        raise LibraryTooNew(
            tr("{name} was written by a newer Kithbook.").format(name=backup.name),
            tr("Install the newer version first."),
        )


def _keep_aside(paths: Paths, now: datetime | None) -> tuple[Path | None, bool]:
    """A verified copy of the present library among the backups; its very bytes when it is damaged (True)."""
    if not paths.library.exists():
        return None, False
    target = name_for(paths, "before-restore", now)
    try:
        return copy_verified(paths.library, target), False
    except (UserFixable, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.OperationalError):  # a full disk, somebody reading: not damaged
            raise
        return copy_as_is(paths.library, target.with_suffix("")), True


def _missing(paths: Paths, library: Path) -> int:
    """How many files the library names that are not there."""
    with closing(connect_to_read(library)) as connection:
        pictures = connection.execute("SELECT 'res/' || sha256 || '.' || ext FROM asset").fetchall()
        pages = connection.execute("SELECT raw_page FROM content WHERE raw_page <> ''").fetchall()
    gone = sum(assets.path_of(paths, name) is None for (name,) in pictures)
    return gone + sum(not (paths.pages / name).is_file() for (name,) in set(pages))


def name_for(paths: Paths, reason: str, now: datetime | None = None) -> Path:
    """Where a backup made now goes."""
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime(_STAMP)
    return paths.backups / f"library-{stamp}Z-{reason}.db"
