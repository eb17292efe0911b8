"""The one writer: one thread, one connection, one transaction (BEGIN IMMEDIATE) per command."""

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from desktop.paths import Paths

T = TypeVar("T")


class Writer:
    """Holds the only connection that writes and checkpoints. Whoever makes one must hold the library lock."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths

    def run(self, command: Callable[[Session], T]) -> T:
        """Run ``command`` in one transaction on the writer thread and wait; callable from any other thread.

        What it raises rolls everything back. Raises NoSpace, UserFixable, LibraryBusy for faults of disk and file.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Finish what is queued, checkpoint, close. Twice is harmless."""
        raise NotImplementedError
