"""Save captures: one transaction each, exactly once by UUID.

Every command that writes runs on the library's one writer thread and returns `Changes`; the acts on what is saved
already stand in `library.triage` and are offered here too, so that ``captures`` is the one name to know.
"""

from dataclasses import dataclass
from typing import Literal

from desktop.library.triage import (
    delete_for_good,
    empty_old_trash,
    keep_position,
    mark_read,
    move,
    retitle,
    set_found_through,
    set_goals,
    set_why,
    tag,
)
from desktop.library.values import Asset, NewCapture
from desktop.store.changes import Changes
from desktop.store.writer import Writer

__all__ = [
    "Added", "Asset", "NewCapture", "Outcome", "add", "complete", "delete_for_good", "empty_old_trash", "keep_position",
    "mark_read", "move", "retitle", "set_found_through", "set_goals", "set_why", "tag", "update",
]  # fmt: skip

Outcome = Literal["new", "version", "unchanged", "repeat", "deleted"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a `NewCapture`. Ids are 0 when it was deleted for good before it came."""

    changes: Changes
    source_id: int
    capture_id: int
    outcome: Outcome


def add(writer: Writer, new: NewCapture, origin: str = "") -> Added:
    """Save once; any repeat of the UUID changes nothing. Raises BadInput for text that cannot be stored."""
    raise NotImplementedError


def complete(writer: Writer, capture_id: int, new: NewCapture, origin: str = "") -> Changes:
    """Give a link-only capture its text and metadata. Empty Changes when the capture is gone or has a text already."""
    raise NotImplementedError


def update(
    writer: Writer,
    *,
    uuid: str,
    of: str,
    title: str | None = None,
    tags: tuple[str, ...] | None = None,
    goal: str | None = None,
    why: str | None = None,
    found_through: str | None = None,
    origin: str = "",
) -> Changes | None:
    """Apply what the popup edited after the save, once per ``uuid``; None means that the capture is not here yet."""
    raise NotImplementedError
