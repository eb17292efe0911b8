"""The second step: what turns reading into knowledge, and the outbox that keeps search true.

The surprising fact: the outbox is filled by triggers that are part of the file (those of undo are not), so
that no command, import or repair can change what search depends on without the index hearing of it.
"""

import sqlite3
from collections.abc import Iterator

_TABLES = """
ALTER TABLE tag ADD COLUMN colour TEXT NOT NULL DEFAULT ''

CREATE INDEX source_by_site ON source (site)

CREATE TABLE alias (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX alias_by_tag ON alias (tag_id)

CREATE TABLE annotation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    capture_id INTEGER NOT NULL REFERENCES capture (id) DEFERRABLE INITIALLY DEFERRED,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    creator TEXT NOT NULL,
    colour TEXT NOT NULL,
    comment TEXT NOT NULL,
    link TEXT NOT NULL,
    is_private INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    range TEXT NOT NULL,
    fragment TEXT NOT NULL,
    origin TEXT NOT NULL
)

CREATE INDEX annotation_by_source ON annotation (source_id, made_at)

CREATE INDEX annotation_by_capture ON annotation (capture_id)

CREATE INDEX annotation_by_date ON annotation (made_at, id)

CREATE TABLE anchor (
    annotation_id INTEGER NOT NULL
        REFERENCES annotation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    capture_id INTEGER NOT NULL REFERENCES capture (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    how TEXT NOT NULL,
    certainty INTEGER NOT NULL,
    PRIMARY KEY (annotation_id, capture_id)
) WITHOUT ROWID

CREATE INDEX anchor_by_capture ON anchor (capture_id, start)

CREATE TABLE annotation_tag (
    annotation_id INTEGER NOT NULL
        REFERENCES annotation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    tag_id INTEGER NOT NULL REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (annotation_id, tag_id)
) WITHOUT ROWID

CREATE INDEX annotation_tag_by_tag ON annotation_tag (tag_id, annotation_id)

CREATE TABLE block_edit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    capture_id INTEGER NOT NULL REFERENCES capture (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    op TEXT NOT NULL,
    block TEXT NOT NULL,
    made_at INTEGER NOT NULL
)

CREATE INDEX block_edit_by_capture ON block_edit (capture_id, id)

CREATE TABLE link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    to_source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL,
    sentence TEXT NOT NULL,
    made_at INTEGER NOT NULL
)

CREATE UNIQUE INDEX link_by_ends ON link (from_source_id, to_source_id, reason)

CREATE INDEX link_by_end ON link (to_source_id)

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    is_private INTEGER NOT NULL
)

CREATE INDEX note_by_date ON note (changed_at, id)

CREATE TABLE note_quote (
    note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    annotation_id INTEGER NOT NULL
        REFERENCES annotation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (note_id, annotation_id)
) WITHOUT ROWID

CREATE INDEX note_quote_by_annotation ON note_quote (annotation_id)

CREATE TABLE note_source (
    note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (note_id, source_id)
) WITHOUT ROWID

CREATE INDEX note_source_by_source ON note_source (source_id)

CREATE TABLE note_tag (
    note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    tag_id INTEGER NOT NULL REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (note_id, tag_id)
) WITHOUT ROWID

CREATE INDEX note_tag_by_tag ON note_tag (tag_id, note_id)

CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    made_at INTEGER NOT NULL
)

CREATE TABLE basket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    annotation_id INTEGER REFERENCES annotation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    note_id INTEGER REFERENCES note (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    made_at INTEGER NOT NULL
)

CREATE INDEX basket_by_source ON basket (source_id)

CREATE INDEX basket_by_annotation ON basket (annotation_id)

CREATE INDEX basket_by_note ON basket (note_id)

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    ref_id INTEGER NOT NULL,
    source_id INTEGER
)

CREATE TABLE library_state (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID

INSERT INTO library_state VALUES ('generation', lower(hex(randomblob(16))))
"""

_AT_STEP_2 = {
    "source": "url own_title title site author published saved_at why found_through kind is_link_only "
    "capture_id words",
    "annotation": "comment quote colour link is_private creator",
    "note": "title body is_private",
    "tag": "key name",
    "goal": "key skill",
}
"""Columns whose change the index must hear of, as this step made it. Frozen: a library that has taken the
step never takes it again, so later columns come by their own step. Reading place and progress are never
indexed."""

_TIED_AT_STEP_2 = {
    "source_tag": "source",
    "source_goal": "source",
    "annotation_tag": "annotation",
    "note_tag": "note",
    "alias": "tag",
}
"""Tables whose rows, made or deleted, change what the other is found by. Frozen as well."""


def make(connection: sqlite3.Connection) -> None:
    """Make tables and triggers, inside the caller's transaction."""
    for statement in _TABLES.split("\n\n"):
        if statement.strip():
            connection.execute(statement)
    for statement in triggers():
        connection.execute(statement)


def triggers() -> Iterator[str]:
    """The statements that make the outbox's triggers at step 2; each writes a row that names what changed."""
    for table, columns in _AT_STEP_2.items():
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            yield trigger(table, event, table, f"{row}.id", _source(table, row))
        yield update_trigger(table, columns.split(), table)
    yield update_trigger("source", ["state", "is_read"], "state")
    for table, kind in _TIED_AT_STEP_2.items():
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            yield trigger(table, event, kind, f"{row}.{kind}_id", _source(table, row))
    differs = "OLD.lang IS NOT NEW.lang OR OLD.captured_at IS NOT NEW.captured_at"
    yield (
        f"CREATE TRIGGER outbox_capture AFTER UPDATE OF lang, captured_at ON capture WHEN {differs} BEGIN "
        "INSERT INTO outbox (kind, ref_id, source_id) VALUES ('source', NEW.source_id, NEW.source_id); END"
    )
    yield (
        "CREATE TRIGGER outbox_content AFTER UPDATE OF text, transcript ON content "
        "WHEN OLD.text IS NOT NEW.text OR OLD.transcript IS NOT NEW.transcript BEGIN "
        "INSERT INTO outbox (kind, ref_id, source_id) "
        "SELECT DISTINCT 'source', source_id, source_id FROM capture WHERE content_id = NEW.id; END"
    )


def _source(table: str, row: str) -> str:
    """SQL for the source's id that a row of ``table`` belongs to."""
    if table == "source":
        return f"{row}.id"
    if table in ("source_tag", "source_goal", "annotation"):
        return f"{row}.source_id"
    if table == "annotation_tag":  # empty when the annotation went first, which told it then
        return f"(SELECT source_id FROM annotation WHERE id = {row}.annotation_id)"
    return "NULL"


def update_trigger(table: str, columns: list[str], kind: str) -> str:
    """The statement that makes a trigger for a change of one of the columns."""
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    event = f"UPDATE OF {', '.join(columns)}"
    return trigger(table, event, kind, "NEW.id", _source(table, "NEW"), f"WHEN {differs} ")


def trigger(table: str, event: str, kind: str, ref: str, source: str, when: str = "") -> str:
    """The statement that makes an outbox trigger. ``ref`` and ``source``: SQL for the two ids."""
    name = f"outbox_{table}_{event.split()[0].lower()}" + ("_state" if kind == "state" else "")
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {when}BEGIN "
        f"INSERT INTO outbox (kind, ref_id, source_id) VALUES ('{kind}', {ref}, {source}); END"
    )
