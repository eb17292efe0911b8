"""The first steps, driven by what is so: a browser that said hello, a page, a goal, a pack that left. Pure.

Surprising: the fourth step is done when a pack has left, by whatever way. What only lies in the basket has
reached nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.capture.connecting import BrowserState
from desktop.languages import tr, trn, writing
from desktop.library.values import Counts, Named

CONNECT, SAVE, GOAL, SHARE = range(4)


@dataclass(frozen=True, slots=True)
class Progress:
    """What is so now."""

    browsers: tuple[BrowserState, ...] = ()
    pages: int = 0
    goals: tuple[str, ...] = ()
    newest: str = ""
    """Title of the page saved last."""
    shared: tuple[str, ...] = ()
    """Titles of the packs that left, newest first."""
    gathered: int = 0
    """What lies in the basket."""

    def is_done(self, step: int) -> bool:
        """Whether this step has been taken."""
        if step == CONNECT:
            return any(state.is_connected for state in self.browsers)
        return (False, self.pages > 0, bool(self.goals), bool(self.shared))[step]

    @property
    def next(self) -> int:
        """The first step that is not done; the last one when all are."""
        return next((step for step in range(4) if not self.is_done(step)), SHARE)

    @property
    def is_under_way(self) -> bool:
        """True once a browser is connected and a page is saved: then the guide does not open by itself."""
        return self.is_done(CONNECT) and self.is_done(SAVE)


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds, as far as the steps ask."""

    counts: Counts = Counts()  # noqa: RUF009 - frozen, as this is
    goals: tuple[Named, ...] = ()
    newest: str = ""
    shared: tuple[str, ...] = ()
    gathered: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One step in the list at the left."""

    title: str
    below: str
    is_done: bool


def lines(progress: Progress) -> tuple[Line, ...]:
    """The four steps as the list shows them."""
    return (
        Line(tr("Connect your browser"), _browser_line(progress), progress.is_done(CONNECT)),
        Line(tr("Save your first page"), _page_line(progress), progress.is_done(SAVE)),
        Line(tr("Name a skill goal"), _goal_line(progress), progress.is_done(GOAL)),
        Line(tr("Share something"), _share_line(progress), progress.is_done(SHARE)),
    )


def progress_of(browsers: Sequence[BrowserState], held: Held) -> Progress:
    """What is so, from what the library and the browsers say."""
    pages, goals = held.counts.all + held.counts.trash, tuple(goal.name for goal in held.goals)
    return Progress(tuple(browsers), pages, goals, held.newest, held.shared, held.gathered)


def _browser_line(progress: Progress) -> str:
    connected = [state.name for state in progress.browsers if state.is_connected]
    if connected:
        return tr("{connected} is connected").format(connected=connected[0])
    found = [state.name for state in progress.browsers if state.is_found]
    return tr("{found} is next").format(found=found[0]) if found else tr("none found yet")


def _page_line(progress: Progress) -> str:
    if not progress.pages:
        return tr("from any page you like")
    return trn("{n} page is saved", "{n} pages are saved", progress.pages).format(
        n=writing.number(progress.pages)
    )


def _goal_line(progress: Progress) -> str:
    return progress.goals[0] if progress.goals else tr("one is enough")


def _share_line(progress: Progress) -> str:
    if progress.shared:
        return progress.shared[0] or tr("a pack has left")
    if progress.gathered:
        return trn("{n} thing is in the basket", "{n} things are in the basket", progress.gathered).format(
            n=writing.number(progress.gathered)
        )
    return tr("one page is enough")
