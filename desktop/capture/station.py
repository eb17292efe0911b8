"""Everything that turns the spool into captures, in one object: what the window and the commands hold.

Surprising: completing (the network) is a step of its own, so that a capture is seen before its pictures
have come.
"""

import threading

from desktop.capture.collect import Collected, Collector, TakesTool, Told
from desktop.capture.complete import Completer
from desktop.capture.extractor import Extractor
from desktop.library.opening import Library
from desktop.settings import Settings
from desktop.store.changes import Changes


class Station:
    """Owns the worker and the way from the spool to the library. It blocks: use background threads.

    The order is: ``collect()`` whenever the spool may have something, then ``complete()``, which asks the
    network for the texts of link-only captures and for missing pictures (once each, if the setting allows).
    The two may run at the same time, each on one thread: the next page need not wait for slow pictures.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        extractor: Extractor | None = None,
        take_tool: TakesTool | None = None,
    ) -> None:
        """Nothing is started: the worker starts with the first page, or by `warm`.

        ``take_tool`` puts a tool into the toolkit; without it those wait in the spool.
        """
        self._stopped = threading.Event()
        self._extractor = extractor or Extractor()
        self._extractor.stop_by(self._stopped)
        self._collector = Collector(library, self._extractor, settings, self._stopped, take_tool)
        self._completer = Completer(library, self._extractor, settings, self._stopped)

    def warm(self) -> None:
        """Start the worker now, so that the first page does not wait for it."""
        self._extractor.warm()

    def collect(self, told: Told | None = None) -> Collected:
        """Empty the spool. ``told`` gets each capture's Changes after its commit, on the calling thread.

        Raises `errors.NoSpace` when the library cannot be written; what was not collected stays in the spool.
        """
        return self._collector.collect(told)

    def complete(self, told: Told | None = None) -> Changes:
        """Fetch what collected captures still lack. ``told`` gets each capture's Changes after its commit."""
        return self._completer.complete(told)

    def stop(self) -> None:
        """From any thread: a running ``collect`` or ``complete`` ends soon; the rest is done next time."""
        self._stopped.set()
        self._extractor.interrupt()
        self._completer.interrupt()

    def close(self) -> None:
        """End the worker."""
        self.stop()
        self._extractor.close()

    def __enter__(self) -> "Station":
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()
