"""Everything that turns the spool into captures, in one object: what the window and the commands hold.

Surprising: completing (the network) is a step of its own, so that a capture is seen before its pictures
have come.
"""

from collections.abc import Callable
from types import TracebackType

from desktop.capture.collect import Collected
from desktop.library.opening import Library
from desktop.settings import Settings
from desktop.store.changes import Changes


class Station:
    """Owns the worker and the way from the spool to the library. It blocks: use one background thread.

    The order is: ``collect()`` whenever the spool may have something, then ``complete()``, which asks the
    network for the texts of link-only captures and for missing pictures (once each, if the setting allows).
    """

    def __init__(self, library: Library, settings: Settings) -> None:
        raise NotImplementedError

    def collect(self, told: Callable[[Changes], None] | None = None) -> Collected:
        """Empty the spool. ``told`` gets each capture's Changes after its commit, on the calling thread."""
        raise NotImplementedError

    def complete(self, told: Callable[[Changes], None] | None = None) -> Changes:
        """Fetch what collected captures still lack. ``told`` gets each capture's Changes after its commit."""
        raise NotImplementedError

    def stop(self) -> None:
        """From any thread: let a running ``collect`` or ``complete`` end soon. Nothing is lost."""
        raise NotImplementedError

    def close(self) -> None:
        """End the worker and the network client."""
        raise NotImplementedError

    def __enter__(self) -> "Station":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
