"""The library lock: one process writes.

The operating system drops it with the process, so none is ever stale.
"""

import os
import sys
from pathlib import Path

from desktop.errors import LibraryBusy
from desktop.languages import tr

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LibraryLock:
    """Held from `take` to `release`. flock, not lockf: a second opener in this very process is refused
    too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Take it at once or raise LibraryBusy."""
        if self._handle is not None:
            return
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.chmod(self.path, 0o600)  # noqa: PTH101 (the handle's own file, whatever the umask)
            _take(handle)
        except OSError as error:
            os.close(handle)
            raise LibraryBusy(
                tr("Another Kithbook is using this library."), tr("Use its window, or close it first.")
            ) from error
        self._handle = handle

    def release(self) -> None:
        """Let it go; harmless when it is not held. The file stays: removing it would let two processes in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
