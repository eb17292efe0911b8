"""Verified copies of the library: 7 daily, 4 weekly, 12 monthly.

A copy gets its final name only once it is verified, and old ones are thinned out only after that: a bad copy
never takes the place of a good one.
"""

import re
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from desktop.paths import Paths
from desktop.store import faults
from desktop.store.copying import copy_verified

_NAME = re.compile(r"library-(\d{8}T\d{6})Z-[a-z-]+\.db")
_STAMP = "%Y%m%dT%H%M%S"
DAYS, WEEKS, MONTHS = 7, 4, 12


def backup(paths: Paths, reason: str = "asked", now: datetime | None = None) -> Path:
    """Copy by VACUUM INTO, verify by opening and counting, name it, thin out. Raises NoSpace, UserFixable.

    ``reason``: a word or two for the file name (``daily``, ``before-migration``). The library may be in use.
    """
    target = name_for(paths, reason, now)
    try:
        made = copy_verified(paths.library, target)
        thin_out(paths)
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


def thin_out(paths: Paths) -> None:
    """Remove the backups that `to_keep` does not name."""
    found = existing(paths)
    kept = to_keep(at for at, _ in found)
    for at, path in found:
        if at not in kept:
            path.unlink(missing_ok=True)


def name_for(paths: Paths, reason: str, now: datetime | None = None) -> Path:
    """Where a backup made now goes."""
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime(_STAMP)
    return paths.backups / f"library-{stamp}Z-{reason}.db"
