"""The library's commands, as the window runs them: each imports its module when it runs, on the command
thread.

The surprising fact: that is the whole purpose. The modules bring sqlmodel with them, a quarter of a second
that the first paint need not wait for.
"""

from collections.abc import Sequence

from desktop.library.values import State
from desktop.store.changes import Changes
from desktop.store.writer import Writer


def move(writer: Writer, ids: Sequence[int], to: State, origin: str = "") -> Changes:
    """See `library.captures.move`."""
    from desktop.library import captures

    return captures.move(writer, ids, to, origin)


def tag(
    writer: Writer, ids: Sequence[int], add: Sequence[str], remove: Sequence[str], origin: str = ""
) -> Changes:
    """See `library.captures.tag`."""
    from desktop.library import captures

    return captures.tag(writer, ids, add, remove, origin)


def set_goals(
    writer: Writer, ids: Sequence[int], add: Sequence[str], remove: Sequence[str], origin: str = ""
) -> Changes:
    """See `library.captures.set_goals`."""
    from desktop.library import captures

    return captures.set_goals(writer, ids, add, remove, origin)


def set_why(writer: Writer, source_id: int, why: str, origin: str = "") -> Changes:
    """See `library.captures.set_why`."""
    from desktop.library import captures

    return captures.set_why(writer, source_id, why, origin)


def mark_read(writer: Writer, ids: Sequence[int], is_read: bool = True, origin: str = "") -> Changes:
    """See `library.captures.mark_read`."""
    from desktop.library import captures

    return captures.mark_read(writer, ids, is_read, origin)


def delete_for_good(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """See `library.captures.delete_for_good`."""
    from desktop.library import captures

    return captures.delete_for_good(writer, ids, origin)


def empty_old_trash(writer: Writer, now: int, origin: str = "") -> Changes:
    """See `library.captures.empty_old_trash`."""
    from desktop.library import captures

    return captures.empty_old_trash(writer, now, origin)


def undo(writer: Writer, origin: str = "") -> Changes:
    """See `library.undo.undo`."""
    from desktop.library import undo as journal

    return journal.undo(writer, origin)


def redo(writer: Writer, origin: str = "") -> Changes:
    """See `library.undo.redo`."""
    from desktop.library import undo as journal

    return journal.redo(writer, origin)


def keep_position(writer: Writer, source_id: int, offset: int, progress: float, origin: str = "") -> Changes:
    """See `library.captures.keep_position`."""
    from desktop.library import captures

    return captures.keep_position(writer, source_id, offset, progress, origin)


def retitle(writer: Writer, source_id: int, title: str, origin: str = "") -> Changes:
    """See `library.captures.retitle`."""
    from desktop.library import captures

    return captures.retitle(writer, source_id, title, origin)


def set_found_through(writer: Writer, source_id: int, found_through: str, origin: str = "") -> Changes:
    """See `library.captures.set_found_through`."""
    from desktop.library import captures

    return captures.set_found_through(writer, source_id, found_through, origin)
