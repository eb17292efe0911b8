"""The spool emptied into the library, each file exactly once.

Surprising: an update that arrives before its capture is left where it is, not refused; its capture will come.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.capture.extractor import Extractor
from desktop.library.opening import Library
from desktop.settings import Settings
from desktop.store.changes import Changes


@dataclass(frozen=True, slots=True)
class Collected:
    """What one look into the spool brought."""

    changes: Changes = field(default_factory=Changes)
    """Everything touched, together."""
    captures: tuple[str, ...] = ()
    """UUIDs whose capture is in the library now, repeats included."""
    updates: tuple[str, ...] = ()
    """UUIDs of the updates that were applied."""
    set_aside: tuple[str, ...] = ()
    """A sentence for each damaged file; the files lie in ``spool/damaged``."""
    waiting: int = 0
    """Updates whose capture has not come yet."""


class Collector:
    """Takes captures and their updates from the spool into the library. For one thread at a time."""

    def __init__(self, library: Library, extractor: Extractor, settings: Settings) -> None:
        raise NotImplementedError

    def collect(self, told: Callable[[Changes], None] | None = None) -> Collected:
        """Look into the spool once. ``told`` is called after each commit: a burst appears piece by piece.

        Raises `errors.NoSpace` when the library cannot be written; the file stays in the spool.
        """
        raise NotImplementedError
