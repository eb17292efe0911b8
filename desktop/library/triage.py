"""Acts on sources: move, tag, retitle, say why, delete. Each is one transaction and, where it says so, one undo."""

from collections.abc import Sequence

from desktop.library.values import State
from desktop.store.changes import Changes
from desktop.store.writer import Writer


def move(writer: Writer, ids: Sequence[int], to: State, origin: str = "") -> Changes:
    """Move sources to a triage state; those already there are left alone. Undoable."""
    raise NotImplementedError


def retitle(writer: Writer, source_id: int, title: str, origin: str = "") -> Changes:
    """Give a source the person's own title; empty goes back to the page's. Undoable."""
    raise NotImplementedError


def set_why(writer: Writer, source_id: int, why: str, origin: str = "") -> Changes:
    """Keep the person's own sentence. Undoable."""
    raise NotImplementedError


def set_found_through(writer: Writer, source_id: int, found_through: str, origin: str = "") -> Changes:
    """Keep who or what led there. Undoable."""
    raise NotImplementedError


def tag(
    writer: Writer, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Add and remove tags by name. Undoable as one."""
    raise NotImplementedError


def set_goals(
    writer: Writer, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Tie sources to goals, by skill in words; an unknown skill becomes an open goal. Undoable as one."""
    raise NotImplementedError


def mark_read(writer: Writer, ids: Sequence[int], is_read: bool = True, origin: str = "") -> Changes:
    """Note that sources were opened. Not undoable."""
    raise NotImplementedError


def keep_position(writer: Writer, source_id: int, offset: int, progress: float, origin: str = "") -> Changes:
    """Keep the reading position (code points into the text) and progress (0–1). Not undoable."""
    raise NotImplementedError


def delete_for_good(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Delete sources that are in Trash, their texts and files; their UUIDs leave tombstones. Not undoable."""
    raise NotImplementedError


def empty_old_trash(writer: Writer, now: int, origin: str = "") -> Changes:
    """Delete for good what has been in Trash for 30 days. ``now`` in milliseconds since 1970."""
    raise NotImplementedError
