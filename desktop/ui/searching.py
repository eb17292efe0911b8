"""The one searcher of the window: opened after the first paint, closed before the library.

The surprising fact: until it is open, and in a window without a library, a question comes back as None, and
whoever asked says what can be said without an index.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.library import lists
from desktop.library.opening import Library
from desktop.library.search.values import Completion, Found, Hit, Kind, Mode, Progress, What
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.library.search.searching import Searcher

P = ParamSpec("P")
T = TypeVar("T")


class Searching(QObject):
    """Asks the searcher on reading threads. One per desk."""

    opened = Signal()
    """Questions are answered from now on."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._searcher: Searcher | None = None
        self._opening: asyncio.Task[None] | None = None
        tasks.at_end(self._close)

    @property
    def is_open(self) -> bool:
        """Whether questions are answered."""
        return self._searcher is not None

    def begin(self, library: Library | None) -> None:
        """Open the searcher of this library, off the GUI thread; once."""
        if library is None or self._searcher is not None or self._opening is not None:
            return
        self._opening = self._tasks.start(self._open(library))

    async def end(self) -> None:
        """Close it, because the library is to be closed."""
        if self._opening is not None:
            await self._opening
        searcher, self._searcher = self._searcher, None
        if searcher is not None:
            await self._tasks.attempt(searcher.close)

    async def search(self, text: str, **how: Any) -> Found | None:
        """See `library.search.Searcher.search`."""
        searcher = await self._there()
        return None if searcher is None else await self._tasks.work(partial(searcher.search, text, **how))

    async def ask(
        self, fn: "Callable[Concatenate[Searcher, P], T]", *args: P.args, **how: P.kwargs
    ) -> T | None:
        """Run ``fn(searcher, *args)`` on a reading thread: several questions in one go."""
        searcher = await self._there()
        return None if searcher is None else await self._tasks.work(partial(fn, searcher, *args, **how))

    async def hits(self, found: Found, ids: Sequence[int]) -> list[Hit] | None:
        """See `library.search.Searcher.hits`."""
        searcher = await self._there()
        return None if searcher is None else await self._tasks.work(searcher.hits, found, ids)

    async def counts(self, queries: Sequence[str]) -> list[int] | None:
        """How many sources each question finds."""
        searcher = await self._there()
        if searcher is None:
            return None
        return await self._tasks.work(lambda: [searcher.count(query) for query in queries])

    async def for_browser(self, text: str, limit: int) -> dict[str, Any]:
        """What the popup, the address bar or a command shows: ``results``, ``said`` and ``total``."""
        for mode in (Mode.TYPING, Mode.RANKED):  # the last word may still grow; else look further
            found = await self.search(text, limit=limit, passages=limit, mode=mode, channel="browser")
            if found is None or found.hits:
                break
        if found is None or lacks_index(found):
            rows = await self._tasks.read(lists.find_titles, text, limit) or []
            titles = [
                {
                    "id": row.id,
                    "title": row.title,
                    "site": row.site,
                    "saved_at": row.saved_at,
                    "excerpt": (row.why or row.excerpt)[:300],
                    "marks": [],
                    "what": What.CAPTURE.value,
                }
                for row in rows
            ]
            said = [one.sentence for one in found.said] if found is not None else []
            return {"results": titles, "said": said, "total": len(titles)}
        results = [
            {
                "id": hit.row.id,
                "title": hit.title,
                "site": hit.row.site,
                "saved_at": hit.row.saved_at,
                "excerpt": hit.snippet[:300],
                "marks": [mark for mark in hit.marks if mark[1] <= 300],
                "what": hit.what.value,
            }
            for hit in found.hits
            if hit.row is not None
        ]
        return {"results": results, "said": [one.sentence for one in found.said], "total": found.total}

    async def complete(self, text: str, cursor: int, limit: int = 6) -> list[Completion]:
        """See `library.search.Searcher.complete`."""
        searcher = await self._there()
        if searcher is None:
            return []
        return await self._tasks.work(searcher.complete, text, cursor, limit) or []

    def progress(self) -> Progress | None:
        """How far the index is; None while there is no searcher."""
        searcher = self._searcher
        return searcher.progress() if searcher is not None and searcher.keeps_index else None

    async def is_current(self) -> bool:
        """Whether the index is complete and knows every commit."""
        searcher = await self._there()
        return searcher is not None and bool(await self._tasks.work(searcher.is_current))

    def rebuild(self) -> bool:
        """Begin to build the index anew; False when this window does not keep it."""
        searcher = self._searcher
        if searcher is None or not searcher.keeps_index:
            return False
        searcher.rebuild()
        return True

    async def _there(self) -> "Searcher | None":
        if self._searcher is None and self._opening is not None:
            await asyncio.shield(self._opening)
        return self._searcher

    async def _open(self, library: Library) -> None:
        try:
            await self._tasks.work(self._make, library)
        finally:
            self._opening = None
        if self._searcher is not None:
            self.opened.emit()

    def _make(self, library: Library) -> None:
        # Imported here, on a reading thread: the index's SQLite comes after the first paint. Kept here too:
        # whoever closes the window meanwhile still finds it.
        from desktop.library.search.searching import Searcher

        self._searcher = Searcher(library)

    def _close(self) -> None:
        searcher, self._searcher = self._searcher, None
        if searcher is not None:
            searcher.close()


def lacks_index(found: Found) -> bool:
    """Whether nothing was found because the index is not there, so that titles are all there is to show."""
    return not found.ids and any(one.kind is Kind.CATCHING_UP for one in found.said)
