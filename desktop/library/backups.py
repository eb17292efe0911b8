"""Verified copies of the library: 7 daily, 4 weekly, 12 monthly. A copy gets its final name only once it is verified."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop.paths import Paths


def backup(paths: Paths, reason: str = "asked") -> Path:
    """Copy by VACUUM INTO, verify by opening and counting, name it, thin out old ones. Raises NoSpace, UserFixable."""
    raise NotImplementedError


def daily(paths: Paths, now: datetime | None = None) -> Path | None:
    """Make today's backup unless there is one (None)."""
    raise NotImplementedError


def to_keep(made: Iterable[datetime]) -> set[datetime]:
    """Which of these to keep: newest of each of 7 days, 4 weeks and 12 months that have one."""
    raise NotImplementedError


def existing(paths: Paths) -> list[tuple[datetime, Path]]:
    """Backups, newest first."""
    raise NotImplementedError
