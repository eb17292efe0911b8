"""Search: a question in, ids, passages and plain sentences out.

Surprising: an answer is true at once, although the index follows the library: what has not arrived in the
index yet is checked against the library itself.
"""

from collections.abc import Sequence

from desktop.library.opening import Library
from desktop.library.search_values import Completion, Found, Hit, Mode, Progress, Similar
from desktop.library.values import View


class Searcher:
    """One per open library, usable from any thread; close it before the library.

    With a library that can be written it also keeps the index: a thread of its own follows every commit,
    builds what is missing and repairs what is broken. Nothing blocks while it does.
    """

    def __init__(self, library: Library) -> None:
        """Opens the index at once; a missing one is built in the background."""
        self._library = library

    def search(
        self,
        text: str,
        *,
        limit: int = 50,
        view: View | None = None,
        mode: Mode = Mode.RANKED,
        passages: int = 0,
    ) -> Found:
        """Answer ``text``. Blocks a few milliseconds: call it off the GUI thread.

        ``limit``: most ids given back, 0 for all. ``view``: only what that list shows (state, tag, goal);
        None: everything but Trash. ``passages``: for how many of the first ids a `Hit` is made. A later call
        overtakes one that is still running in the same mode, which then comes back with ``is_overtaken``.
        Never raises for what was typed: ``said`` has a sentence.
        """
        raise NotImplementedError

    def hits(self, found: Found, ids: Sequence[int]) -> list[Hit]:
        """Rows with passages for some of the ids of ``found``, in the order given."""
        raise NotImplementedError

    def count(self, text: str) -> int:
        """How many sources a question finds, exactly: for saved searches in the sidebar."""
        raise NotImplementedError

    def complete(self, text: str, cursor: int, limit: int = 8) -> list[Completion]:
        """Ways to go on at the cursor: operators, own tags, goals, sites, authors, dates."""
        raise NotImplementedError

    def similar(self, source_id: int, limit: int = 8) -> list[Similar]:
        """Other sources that share its rare words, tags and goals; best first. Offline."""
        raise NotImplementedError

    def progress(self) -> Progress:
        """How far the index is."""
        raise NotImplementedError

    def rebuild(self) -> None:
        """Throw the index away and build it anew, in the background; `progress` tells."""
        raise NotImplementedError

    def wait(self, seconds: float = 30.0) -> bool:
        """Wait until the index has caught up; False when it has not by then."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop following; what is not in the index yet goes in next time. Twice is harmless."""
