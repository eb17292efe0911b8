"""Right after a save: the text of link-only captures and the missing pictures, asked for once.

Surprising: nothing here runs when a page is read. What could not be had leaves a sentence and is not asked
for again.
"""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from desktop.capture.collect import Told, together
from desktop.capture.errands import Errand, Errands
from desktop.capture.extractor import Extractor
from desktop.capture.fetch import PAGE, PICTURE, Fetched, Gate
from desktop.capture.ingest import NO_TEXT, keep_article, keep_picture, read_body, with_article
from desktop.capture.stopping import Stopped
from desktop.errors import KithbookError, NoSpace, UserFixable
from desktop.languages import tr
from desktop.library import assets, captures, lists, notices
from desktop.library.opening import Library
from desktop.library.values import Asset, Detail, NewCapture
from desktop.settings import Settings
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.text import sanitize
from native_host.spool import Spool

MOST_PICTURES = 80
MOST_BYTES = 64 * 1024 * 1024
"""All pictures of one capture."""
MOST_SECONDS = 60.0
AT_ONCE = 4

_log = logging.getLogger(__name__)


class Completer:
    """Runs errands. For one thread at a time, while another one may collect; the network is asked by a few
    threads of its own."""

    def __init__(
        self, library: Library, extractor: Extractor, settings: Settings, stopped: threading.Event
    ) -> None:
        self._library = library
        self._extractor = extractor
        self._settings = settings
        self._stopped = stopped
        self._spool = Spool(library.paths.spool)
        self._errands = Errands(library.paths.spool / "errands")
        self._gate: Gate | None = None

    def complete(self, told: Told | None = None) -> Changes:
        """Run every errand there is. ``told`` is called after each commit. Raises `errors.NoSpace`."""
        writer = self._library.writer
        if writer is None:
            return Changes()
        waiting = sorted(self._errands, key=lambda errand: not errand.wants_page)  # texts before pictures
        if not waiting:
            return Changes()
        self._gate = gate = Gate(self._settings.text("allow_addresses"), self._stopped)
        try:
            return self._run(waiting, _Run(self._library, writer, self._extractor, gate), told)
        finally:
            self._gate = None
            gate.close()

    def interrupt(self) -> None:
        """From any thread, after the event was set: end what is being fetched."""
        gate = self._gate
        if gate is not None:
            gate.interrupt()

    def _run(self, waiting: Sequence[Errand], run: "_Run", told: Told | None) -> Changes:
        found: list[Changes] = []
        for errand in waiting:
            if self._stopped.is_set():
                break
            if self._spool.holds(errand.uuid):
                continue  # its capture is being collected: what is not in the library yet cannot be completed
            if self._settings.flag("fetch_after_save"):
                # Noted first: an errand that takes the program down with it must not do so for ever.
                self._errands.put(replace(errand, tries=errand.tries + 1))
                try:
                    for changes in run.steps(errand):
                        found.append(changes)
                        if changes and told is not None:
                            told(changes)
                except Stopped:
                    self._errands.put(errand)
                    break
            self._errands.drop(errand.uuid)
        return together(found)


class _Run:
    """One errand: the page first, which is seen at once, then its pictures."""

    def __init__(self, library: Library, writer: Writer, extractor: Extractor, gate: Gate) -> None:
        self._library = library
        self._writer = writer
        self._extractor = extractor
        self._gate = gate

    def steps(self, errand: Errand) -> Iterator[Changes]:
        """The Changes of each step as it is done; a fault of ours is logged and changes nothing."""
        place = lists.source_of(self._library.reader, errand.uuid)
        if place is None:
            return
        try:
            yield from self._steps(errand, *place)
        except (NoSpace, Stopped):
            raise
        except Exception:
            _log.exception("A capture could not be completed.")

    def _steps(self, errand: Errand, source_id: int, capture_id: int) -> Iterator[Changes]:
        wanted: Sequence[str] = errand.pictures
        if errand.wants_page:
            detail = lists.detail(self._library.reader, source_id, capture_id, with_markdown=False)
            if detail is None or not detail.is_link_only:
                return
            changes, wanted = self._page(errand, capture_id, detail)
            yield changes
        if wanted:
            yield self._pictures(errand.uuid, source_id, capture_id, wanted)

    def _page(
        self,
        errand: Errand,
        capture_id: int,
        detail: Detail,
    ) -> tuple[Changes, Sequence[str]]:
        try:
            fetched = self._gate.get(errand.url, PAGE)
        except UserFixable as error:
            return notices.say(
                self._writer, capture_id, (tr("Not fetched: {error}").format(error=error),)
            ), ()
        new, missing = self._read(errand, detail, fetched)
        if not new.text:
            return notices.say(self._writer, capture_id, new.notices), ()
        return captures.complete(self._writer, capture_id, new), missing

    def _read(self, errand: Errand, detail: Detail, fetched: Fetched) -> tuple[NewCapture, Sequence[str]]:
        content_type = f"{fetched.type}; charset={fetched.charset}"
        read = read_body(fetched.data, content_type, fetched.url, self._extractor)
        kept = keep_article(read.article, read.pictures, self._library.paths)
        raw_page, raw_sha256 = assets.keep_page(self._library.paths, read.raw)
        sentences = [read.refused, *read.article.warnings]
        if not (read.refused or read.article.text or read.article.warnings):
            sentences.append(tr(NO_TEXT))
        new = NewCapture(
            uuid=errand.uuid,
            url=detail.url,
            captured_at=detail.saved_at,
            # What the person called it, or what the link said, stands until the page says better.
            title=detail.title,
            author=detail.author,
            kind="pdf" if read.is_pdf else "page" if detail.kind == "link" else detail.kind,
            browser=detail.browser,
            is_private=detail.is_private,
            notices=tuple(dict.fromkeys(sentence for sentence in sentences if sentence)),
            raw_page=raw_page,
            raw_sha256=raw_sha256,
            pictures=kept.pictures,
            is_link_only=bool(read.refused),
        )
        return with_article(new, kept.article), kept.missing

    def _pictures(
        self,
        uuid: str,
        source_id: int,
        capture_id: int,
        wanted: Sequence[str],
    ) -> Changes:
        stored, failed = self._fetched(wanted)
        sentences: tuple[str, ...] = ()
        if failed:
            what = "1 picture" if failed == 1 else f"{failed} pictures"
            sentences = (tr("{what} could not be fetched.").format(what=what),)
        # Read now: the page itself may have been completed a moment ago.
        detail = lists.detail(self._library.reader, source_id, capture_id, with_markdown=False)
        if detail is None or not stored:
            return notices.say(self._writer, capture_id, sentences)
        new = NewCapture(
            uuid=uuid,
            url=detail.url,
            captured_at=detail.saved_at,
            kind=detail.kind,
            html=sanitize.clean(detail.html, {asset.url: asset.name for asset in stored}),
            text=detail.text,
            notices=(*detail.notices, *sentences),
            pictures=stored,
        )
        return captures.complete(self._writer, capture_id, new)

    def _fetched(self, wanted: Sequence[str]) -> tuple[tuple[Asset, ...], int]:
        """The pictures that came, stored, and how many did not."""
        until = time.monotonic() + MOST_SECONDS
        budget = _Budget(MOST_BYTES)

        def fetch(address: str) -> Asset | None:
            left = until - time.monotonic()
            if left <= 0 or budget.is_spent:
                return None
            try:
                data = self._gate.get(address, replace(PICTURE, seconds=min(left, PICTURE.seconds))).data
                budget.spend(len(data))
                return keep_picture(address, data, self._library.paths)
            except NoSpace:
                raise
            except KithbookError:
                return None

        with ThreadPoolExecutor(AT_ONCE, "kithbook-fetch") as pool:
            found = [asset for asset in pool.map(fetch, wanted[:MOST_PICTURES]) if asset is not None]
        return tuple(found), len(wanted) - len(found)


class _Budget:
    """Bytes that may still be fetched, counted by several threads."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = threading.Lock()

    @property
    def is_spent(self) -> bool:
        return self._left <= 0

    def spend(self, size: int) -> None:
        with self._lock:
            self._left -= size
