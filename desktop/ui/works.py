"""Long work off the GUI thread: how far it is, and a way to stop it. Cards at the foot of the window show it.

The surprising fact: stopping is a request. The work looks whether it should stop between two steps, so a card
says "Stopping …" until it has, and nothing is ever cut off in the middle.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserFixable
from desktop.languages import tr
from desktop.library.archive.format import Progress, Stop, Stopped, Tell
from desktop.ui.tasks import Tasks

T = TypeVar("T")


class Work(QObject):
    """One piece of work, from its beginning to its end."""

    progressed = Signal()
    """`progress` is another, or it has been asked to stop."""

    def __init__(self, label: str, can_stop: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.can_stop = can_stop
        self.progress = Progress(0, 0, "")
        """``total`` 0: nobody knows how much there is."""
        self.is_stopping = False
        self.is_cut_short = False
        """True when not the person stopped it: the library is being closed."""
        self._began = time.monotonic()

    def tell(self, progress: Progress) -> None:
        """How far it is; called on any thread."""
        self.progress = progress
        self.progressed.emit()

    def stop(self) -> None:
        """Ask it to stop."""
        self.is_stopping = True
        self.progressed.emit()

    def must_stop(self) -> bool:
        """Whether it has been asked to stop; the work looks here."""
        return self.is_stopping

    @property
    def part(self) -> float:
        """How much is done, 0 to 1; 0 when nobody knows."""
        return min(1.0, self.progress.done / self.progress.total) if self.progress.total else 0.0

    def seconds_left(self) -> float | None:
        """A guess from what has been done so far; None in the beginning."""
        spent = time.monotonic() - self._began
        return spent / self.part - spent if self.part > 0.02 and spent > 2 else None


@dataclass(frozen=True, slots=True)
class Replacing:
    """What is to happen to the library's file while the library is closed."""

    label: str
    """What the card says."""
    run: Callable[[Tell, Stop], Any]
    """On another thread; raises UserFixable, and the library is as it was then."""
    done: Callable[[Any], None]
    """With what ``run`` gave back, once the library is open again."""
    can_stop: bool = False


class Works(QObject):
    """All work under way in one window."""

    begun = Signal(object)
    """A `Work`."""
    ended = Signal(object)
    """The same, however it ended."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._running: list[Work] = []
        tasks.draining.connect(self._on_draining)

    @property
    def running(self) -> tuple[Work, ...]:
        """What is under way, oldest first."""
        return tuple(self._running)

    def begin(self, label: str, can_stop: bool = False) -> Work:
        """Show work that somebody else does and tells of; `end` it."""
        work = Work(label, can_stop, self)
        self._running.append(work)
        self.begun.emit(work)
        return work

    def end(self, work: Work) -> None:
        """It is over."""
        if work in self._running:
            self._running.remove(work)
            self.ended.emit(work)
            work.deleteLater()

    async def do(self, label: str, act: Callable[[Tell, Stop], T], *, can_stop: bool = True) -> T | None:
        """Run ``act(told, stop)`` on a thread of its own kind; its result, or None when it failed.

        A failure has been shown by then; being stopped by the person is none and says nothing. When the
        library is closed meanwhile, the work is asked to stop, and that is said.
        """
        if self._tasks.is_mute:
            return None
        work = self.begin(label, can_stop)
        try:
            return await self._tasks.labour(act, work.tell, work.must_stop)
        except Stopped:
            if work.is_cut_short:
                sentence = tr("“{work}” was stopped, because the library was closed.").format(work=label)
                self._tasks.report(UserFixable(sentence, tr("Start it once more when it is open again.")))
            return None
        except Exception as error:
            self._tasks.report(error)
            return None
        finally:
            work.is_stopping = True  # the window may be closing: the thread goes on until it looks
            self.end(work)

    def _on_draining(self) -> None:
        for work in self._running:
            work.is_cut_short = not work.is_stopping
            work.stop()
