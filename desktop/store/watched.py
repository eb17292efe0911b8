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
    by: tuple[str, str] = ("", "")
    """(table, column): the row there that this column refers to knows the source; this one does not."""
    also: str = ""
    """A second column that holds a source's id."""
    is_rows_watched: bool = True
    """Whether adding and deleting rows is undone too."""
    kept_by: tuple[tuple[str, str], ...] = ()
    """(table, column) pairs that refer to a row: undoing its making leaves it when one does."""


_TAGGED = (
    ("source_tag", "tag_id"),
    ("annotation_tag", "tag_id"),
    ("note_tag", "tag_id"),
    ("alias", "tag_id"),
)

WATCHED = (
    Watched(
        "source",
        Noun.SOURCE,
        ("state", "own_title", "title", "why", "found_through"),
        source="id",
        is_rows_watched=False,
    ),
    Watched("tag", Noun.TAG, ("key", "name", "colour"), kept_by=_TAGGED),
    Watched("alias", Noun.TAG, ("key", "name", "tag_id")),
    Watched("source_tag", Noun.SOURCE, key=("source_id", "tag_id"), source="source_id"),
    Watched("goal", Noun.GOAL, ("key", "skill", "state"), kept_by=(("source_goal", "goal_id"),)),
    Watched("source_goal", Noun.SOURCE, key=("source_id", "goal_id"), source="source_id"),
    Watched(
        "annotation",
        Noun.ANNOTATION,
        (
            *("colour", "comment", "link", "is_private", "start", "stop"),
            *("quote", "prefix", "suffix", "range", "fragment"),
        ),
        source="source_id",
    ),
    Watched(
        "anchor",
        Noun.ANNOTATION,
        ("start", "stop", "how", "certainty"),
        key=("annotation_id", "capture_id"),
        by=("annotation", "annotation_id"),
    ),
    Watched(
        "annotation_tag",
        Noun.ANNOTATION,
        key=("annotation_id", "tag_id"),
        by=("annotation", "annotation_id"),
    ),
    Watched("block_edit", Noun.CAPTURE, by=("capture", "capture_id")),
    Watched("link", Noun.LINK, ("reason", "sentence"), source="from_source_id", also="to_source_id"),
    Watched("note", Noun.NOTE, ("title", "body", "is_private")),
    Watched(
        "note_quote",
        Noun.NOTE,
        ("ordinal",),
        key=("note_id", "annotation_id"),
        by=("annotation", "annotation_id"),
    ),
    Watched("note_source", Noun.NOTE, key=("note_id", "source_id"), source="source_id"),
    Watched("note_tag", Noun.NOTE, key=("note_id", "tag_id")),
    Watched("saved_search", Noun.SEARCH, ("name", "query", "ordinal")),
    Watched("basket", Noun.BASKET, ("ordinal",), source="source_id"),
    Watched("event", Noun.SOURCE),
)

BY_TABLE = {each.table: each for each in WATCHED}
