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

LEARN = (
    Watched("tag_goal", Noun.GOAL, key=("tag_id", "goal_id")),
    Watched(
        "person",
        Noun.PERSON,
        ("key", "name", "note", "url", "address", "how_met", "topics"),
        kept_by=(("person_key", "person_id"), ("pack", "person_id")),
    ),
    Watched(
        "activity",
        Noun.ACTIVITY,
        (
            *("kind", "title", "provider", "people", "url", "begins", "ends", "zone", "minutes", "cost"),
            *("position", "status", "note", "is_private", "closed_at", "goal_id", "source_id", "asset_id"),
        ),
        source="source_id",
    ),
    Watched("unit", Noun.ACTIVITY, ("ordinal", "depth", "title", "minutes", "done_at")),
    Watched("study_time", Noun.ACTIVITY, ("started", "minutes", "is_running", "note")),
    Watched("planned_session", Noun.ACTIVITY, ("begins", "zone", "minutes", "note")),
    Watched(
        "try",
        Noun.TRY,
        (
            *("what", "by_date", "state", "went", "result", "done_on", "is_private"),
            *("goal_id", "source_id"),
        ),
        source="source_id",
    ),
    Watched(
        "evidence",
        Noun.GOAL,
        (
            *("kind", "sentence", "who", "on_date", "is_private", "source_id", "annotation_id"),
            *("note_id", "activity_id", "try_id", "asset_id"),
        ),
        source="source_id",
    ),
    Watched("level_change", Noun.GOAL, ("level_before", "level", "on_date", "sentence")),
    Watched("level_evidence", Noun.GOAL, key=("level_change_id", "evidence_id")),
    Watched(
        "tool",
        Noun.TOOL,
        (
            *("name", "url", "problem", "level", "last_used", "cost", "alternatives", "verdict"),
            *("review_on", "note"),
        ),
    ),
    Watched("tool_source", Noun.TOOL, key=("tool_id", "source_id"), source="source_id"),
    Watched(
        "question",
        Noun.QUESTION,
        ("text", "answered_at", "answer", "is_dropped", "source_id", "note_id"),
        source="source_id",
    ),
    Watched("review", Noun.REVIEW, ("step", "finished_at", "closing")),
    Watched("review_step", Noun.REVIEW, ("at", "outcome", "left"), key=("review_id", "step")),
    Watched("self_check", Noun.REVIEW, ("answer",)),
    Watched(
        "memory_card",
        Noun.CARD,
        ("state", "step", "stability", "difficulty", "due_at", "last_at"),
        by=("annotation", "annotation_id"),
    ),
    Watched("memory_answer", Noun.CARD),
)

SHARE = (
    Watched(
        "person_key",
        Noun.PERSON,
        ("person_id", "key", "age", "first_seen", "last_seen", "confirmed_at", "state"),
    ),
    Watched("circle", Noun.CIRCLE, ("key", "name", "rank")),
    Watched("circle_person", Noun.CIRCLE, key=("circle_id", "person_id")),
    Watched(
        "draft",
        Noun.BASKET,
        ("title", "message", "person_id", "circle_id", "full_text", "why_full", "with_tags"),
    ),
    Watched("pack", Noun.PACK, ("person_id", "circle_id", "state"), is_rows_watched=False),
    Watched(
        "pack_item",
        Noun.PACK,
        ("source_id", "note_id", "is_kept", "is_new"),
        source="source_id",
        is_rows_watched=False,
    ),
    Watched("pack_annotation", Noun.PACK, key=("pack_id", "uuid")),
    Watched(
        "reply",
        Noun.REPLY,
        ("body", "creator", "source_id", "note_id", "annotation_id", "pack_id", "person_id"),
        source="source_id",
    ),
    Watched("identity", Noun.IDENTITY, ("name",), is_rows_watched=False),
)

WATCHED = (
    Watched(
        "source",
        Noun.SOURCE,
        ("state", "own_title", "title", "why", "found_through", "circle_id"),
        source="id",
        is_rows_watched=False,
    ),
    Watched("tag", Noun.TAG, ("key", "name", "colour"), kept_by=_TAGGED),
    Watched("alias", Noun.TAG, ("key", "name", "tag_id")),
    Watched("source_tag", Noun.SOURCE, key=("source_id", "tag_id"), source="source_id"),
    Watched(
        "goal",
        Noun.GOAL,
        (
            *("key", "skill", "state", "why", "framework", "code", "label", "level_from", "level"),
            *("level_to", "by_date", "next_step", "closing", "closed_at", "is_private"),
        ),
        kept_by=(("source_goal", "goal_id"), ("evidence", "goal_id")),
    ),
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
    Watched(
        "basket",
        Noun.BASKET,
        ("ordinal", "sentence", "heading", "full_text", "why_full", "with_private", "with_address"),
        source="source_id",
    ),
    Watched("event", Noun.SOURCE),
    *LEARN,
    *SHARE,
)

BY_TABLE = {each.table: each for each in WATCHED}
