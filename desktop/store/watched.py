"""Which tables and columns can be undone, listed once. `journal` makes triggers of it.

To make a new noun undoable, add a line here; nothing else is needed. Watched tables hold no REAL or BLOB that
a deleted row must get back exactly, since a deleted row is kept as JSON.
"""

from dataclasses import dataclass

from desktop.store.changes import Noun


@dataclass(frozen=True, slots=True)
class Watched:
    """One table whose changes are journalled while an entry is open."""

    table: str
    noun: Noun
    columns: tuple[str, ...] = ()
    """Columns whose updates are undone."""
    key: tuple[str, ...] = ("id",)
    source: str = ""
    """The column that holds the source's id, if any."""
    is_rows_watched: bool = True
    """Whether adding and deleting rows is undone too."""
    kept_by: tuple[tuple[str, str], ...] = ()
    """(table, column) pairs that refer to a row: undoing its making leaves it when one does."""


WATCHED = (
    Watched(
        "source",
        Noun.SOURCE,
        ("state", "own_title", "title", "why", "found_through"),
        source="id",
        is_rows_watched=False,
    ),
    Watched("tag", Noun.TAG, ("key", "name"), kept_by=(("source_tag", "tag_id"),)),
    Watched("source_tag", Noun.SOURCE, key=("source_id", "tag_id"), source="source_id"),
    Watched("goal", Noun.GOAL, ("key", "skill", "state"), kept_by=(("source_goal", "goal_id"),)),
    Watched("source_goal", Noun.SOURCE, key=("source_id", "goal_id"), source="source_id"),
    Watched("event", Noun.SOURCE),
)

BY_TABLE = {each.table: each for each in WATCHED}
