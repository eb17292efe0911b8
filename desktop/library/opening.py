"""Open the library: lock, check, migrate with a verified backup, and hand out one reader and at most one writer."""

from dataclasses import dataclass
from types import TracebackType

from desktop.paths import Paths
from desktop.store.lock import LibraryLock
from desktop.store.reader import Reader
from desktop.store.writer import Writer


@dataclass(slots=True)
class Library:
    """An open library; close it (or use ``with``)."""

    reader: Reader
    writer: Writer | None
    """None when opened for reading, or when the file is newer than this program."""
    paths: Paths
    notice: str = ""
    """A sentence to show: why the library is read-only; else empty."""
    lock: LibraryLock | None = None

    def close(self) -> None:
        """Finish the writer's work, close every connection, let the lock go. Twice is harmless."""
        raise NotImplementedError

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_library(paths: Paths, *, write: bool) -> Library:
    """Open, and make if need be. Raises LibraryBusy (another process writes), NoSpace, UserFixable (damaged file)."""
    raise NotImplementedError
