"""The spool emptied into the library, each file exactly once.

Surprising: an update that arrives before its capture is left where it is, not refused: its capture will come.
One whose capture is known never to come is set aside in the person's own words (`orphans`).
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.capture.errands import Errand, Errands
from desktop.capture.extractor import DIED, Extractor
from desktop.capture.ingest import Ingested, as_link, ingest
from desktop.capture.message import Beside, CaptureMessage, Message, UpdateMessage, parse
from desktop.capture.orphans import Orphans
from desktop.capture.stopping import Stopped
from desktop.errors import BadInput, KithbookError, NoSpace
from desktop.languages import mark, tr
from desktop.library import captures, lists
from desktop.library.marks import page_marks, timed_comments
from desktop.library.marks.page_messages import PageComment, PageTool
from desktop.library.opening import Library
from desktop.library.values import NewCapture
from desktop.settings import Settings
from desktop.store.changes import Changes
from desktop.store.faults import told as in_words
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.urls import is_web
from native_host.spool import Damaged, Spool, Spooled

NOT_FETCHED = mark("Fetching is switched off in the settings, so nothing was fetched for it.")
PRIVATE = mark("Saved from a private window, so nothing was fetched for it.")

_log = logging.getLogger(__name__)

Told = Callable[[Changes], None]
TakesTool = Callable[[Writer, PageTool, str], Changes | None]
"""`desktop.learning.page_tools.receive`: that room stands above this one, so it is handed in."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What one look into the spool brought."""

    changes: Changes = field(default_factory=Changes)
    """Everything touched, together."""
    captures: tuple[str, ...] = ()
    """UUIDs whose capture is in the library now, repeats included."""
    updates: tuple[str, ...] = ()
    """UUIDs of the updates, highlights, comments and tools that were applied."""
    set_aside: tuple[str, ...] = ()
    """A sentence for each file that is damaged or has lost its page; the files lie in ``spool/damaged``."""
    waiting: int = 0
    """Of those, the ones whose capture has not come yet."""


def together(found: list[Changes]) -> Changes:
    """Many changes as one, without a label: there is no single act to undo."""
    nouns = frozenset(noun for changes in found for noun in changes.nouns)
    return Changes(nouns, tuple(dict.fromkeys(number for changes in found for number in changes.ids)))


class Collector:
    """Takes captures and what speaks of them from the spool into the library. For one thread at a time."""

    def __init__(
        self,
        library: Library,
        extractor: Extractor,
        settings: Settings,
        stopped: threading.Event | None = None,
        take_tool: TakesTool | None = None,
    ) -> None:
        """Without ``take_tool``, tools for the toolkit are left where they are."""
        self._take_tool = take_tool
        self._library = library
        self._extractor = extractor
        self._settings = settings
        self._stopped = stopped or threading.Event()
        self._spool = Spool(library.paths.spool)
        self._errands = Errands(library.paths.spool / "errands")
        self._is_swept = False

    def collect(self, told: Told | None = None) -> Collected:
        """Look into the spool once. ``told`` is called after each commit: a burst appears piece by piece.

        A library that may not be written leaves the spool as it is. Raises `errors.NoSpace` when the library
        cannot be written; the file stays in the spool.
        """
        writer = self._library.writer
        if writer is None:
            return Collected()
        if not self._is_swept:
            self._spool.sweep()
            self._is_swept = True
        look = _Look(self, writer, told)
        try:
            look.run()
        except Stopped:
            pass  # the file that was being read stays where it is
        except OSError as error:
            raise in_words(error, self._library.paths.library) from error
        return look.result()

    def take_capture(self, writer: Writer, message: CaptureMessage) -> Changes:
        """Bring one capture into the library; its spool file is still there when this returns."""
        try:
            ready = ingest(message, self._library.paths, self._extractor)
        except (KithbookError, OSError, Stopped):
            raise
        except Exception:
            # Our own fault must not stop the queue nor lose the page: keep the link and say so.
            _log.exception("A page could not be taken in.")
            ready = Ingested(as_link(message, self._library.paths, tr(DIED)))
        ready = self._with_errand(message, ready)
        added = captures.add(writer, ready.new, origin="capture")
        if added.outcome == "unchanged" and ready.missing:
            self._forget_what_is_there(message.id, added)
        return added.changes

    def _forget_what_is_there(self, uuid: str, added: captures.Added) -> None:
        """An unchanged page may have got its pictures by an earlier save."""
        detail = lists.detail(self._library.reader, added.source_id, added.capture_id, with_markdown=False)
        if detail is not None and "data-src=" not in detail.html:
            self._errands.drop(uuid)

    def _with_errand(self, message: CaptureMessage, ready: Ingested) -> Ingested:
        """Note what is to be fetched, or say why nothing is."""
        wants_page = ready.new.is_link_only and not ready.new.raw_page and is_web(message.url)
        if not (wants_page or ready.missing) or self._is_here(message.id):
            return ready
        if message.is_private or not self._settings.flag("fetch_after_save"):
            sentence = tr(PRIVATE if message.is_private else NOT_FETCHED)
            return Ingested(_noticed(ready.new, sentence), ready.missing)
        self._errands.put(Errand(message.id, message.url, wants_page, ready.missing))
        return ready

    def _is_here(self, uuid: str) -> bool:
        return lists.source_of(self._library.reader, uuid) is not None

    def apply(self, writer: Writer, message: Beside) -> Changes | None:
        """Take in what speaks of a capture; None: that has not come yet. Raises BadInput."""
        if isinstance(message, UpdateMessage):
            return _update(writer, message)
        if isinstance(message, PageComment):
            return timed_comments.receive(writer, message, origin="capture")
        if isinstance(message, PageTool):
            return self._take_tool(writer, message, "capture") if self._take_tool else None
        return page_marks.receive(writer, message, origin="capture")

    @property
    def reader(self) -> Reader:
        """Asks the library."""
        return self._library.reader

    @property
    def spool(self) -> Spool:
        """Where captures wait."""
        return self._spool

    @property
    def is_stopped(self) -> bool:
        """True once somebody asked to end soon."""
        return self._stopped.is_set()


class _Look:
    """One look into the spool."""

    def __init__(self, collector: Collector, writer: Writer, told: Told | None) -> None:
        self._collector = collector
        self._spool = collector.spool
        self._writer = writer
        self._told = told
        self._changes: list[Changes] = []
        self._captures: list[str] = []
        self._updates: list[str] = []
        self._set_aside: list[str] = []
        self._waiting: dict[str, Path] = {}
        self._orphans = Orphans(collector.reader, collector.spool)

    def run(self) -> None:
        """Captures in the order of their arrival, then what speaks of them."""
        updates: list[tuple[Path, Beside]] = []
        for path in self._spool.waiting():
            if self._collector.is_stopped:
                return
            message = self._message(path)
            if isinstance(message, CaptureMessage):
                self._take(path, message)
            elif message is not None:
                updates.append((path, message))
        for path, update in updates:
            if self._collector.is_stopped:
                return
            self._apply(path, update)

    def result(self) -> Collected:
        return Collected(
            together(self._changes),
            tuple(self._captures),
            tuple(self._updates),
            tuple(self._set_aside),
            len(self._waiting),
        )

    def _message(self, path: Path) -> Message | None:
        try:
            return parse(self._read(path))
        except FileNotFoundError:
            return None  # somebody took it away by hand
        except (Damaged, BadInput) as error:
            self._put_aside(path, str(error))
            return None

    def _read(self, path: Path) -> Spooled:
        return self._spool.read(path)

    def _take(self, path: Path, message: CaptureMessage) -> None:
        try:
            changes = self._collector.take_capture(self._writer, message)
        except NoSpace:
            raise
        except BadInput as error:
            self._put_aside(path, str(error))
            return
        self._spool.remove(path)
        self._captures.append(message.id)
        self._tell(changes)

    def _apply(self, path: Path, message: Beside) -> None:
        uuid = message.id if isinstance(message, UpdateMessage) else message.uuid
        try:
            if self._orphans.awaits(message):
                self._wait(path, uuid, message)
                return
            changes = self._collector.apply(self._writer, message)
        except BadInput as error:
            self._put_aside(path, str(error))
            return
        if changes is None:
            self._waiting[uuid] = path
            return
        self._spool.remove(path)
        self._updates.append(uuid)
        self._tell(changes)

    def _wait(self, path: Path, uuid: str, message: Beside) -> None:
        sentence = self._orphans.given_up(path, message)
        if sentence:
            self._put_aside(path, sentence)
        else:
            self._waiting[uuid] = path

    def _put_aside(self, path: Path, sentence: str) -> None:
        self._spool.set_aside(path, sentence)
        self._set_aside.append(sentence)

    def _tell(self, changes: Changes) -> None:
        self._changes.append(changes)
        if changes and self._told is not None:
            self._told(changes)


def _update(writer: Writer, update: UpdateMessage) -> Changes | None:
    return captures.update(
        writer,
        uuid=update.id,
        of=update.of,
        title=update.title,
        tags=update.tags,
        goal=update.goal,
        why=update.why,
        found_through=update.found_through,
        origin="capture",
    )


def _noticed(new: NewCapture, sentence: str) -> NewCapture:
    return replace(new, notices=(*new.notices, sentence))
