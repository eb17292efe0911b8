"""The third step: goals with evidence and levels, learning activities, tools, questions, reviews.

The surprising fact: pages tied to a goal before this step become its evidence, dated by the day they were
first saved; their sentence is what the person said of why they matter.
"""

import sqlite3

from desktop.store.schema_sense import trigger, update_trigger

_TABLES = """
ALTER TABLE goal ADD COLUMN why TEXT NOT NULL DEFAULT ''

ALTER TABLE goal ADD COLUMN framework TEXT NOT NULL DEFAULT ''

ALTER TABLE goal ADD COLUMN code TEXT NOT NULL DEFAULT ''

ALTER TABLE goal ADD COLUMN label TEXT NOT NULL DEFAULT ''

ALTER TABLE goal ADD COLUMN level_from INTEGER NOT NULL DEFAULT 0

ALTER TABLE goal ADD COLUMN level INTEGER NOT NULL DEFAULT 0

ALTER TABLE goal ADD COLUMN level_to INTEGER

ALTER TABLE goal ADD COLUMN by_date TEXT NOT NULL DEFAULT ''

ALTER TABLE goal ADD COLUMN next_step TEXT NOT NULL DEFAULT ''

ALTER TABLE goal ADD COLUMN closing TEXT NOT NULL DEFAULT ''

ALTER TABLE goal ADD COLUMN closed_at INTEGER NOT NULL DEFAULT 0

ALTER TABLE goal ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0

ALTER TABLE goal ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0

UPDATE goal SET changed_at = made_at

ALTER TABLE event ADD COLUMN noun TEXT NOT NULL DEFAULT ''

ALTER TABLE event ADD COLUMN ref_id INTEGER NOT NULL DEFAULT 0

CREATE INDEX source_by_found_through ON source (found_through) WHERE found_through <> ''

CREATE TABLE tag_goal (
    tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    goal_id INTEGER NOT NULL REFERENCES goal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (tag_id, goal_id)
) WITHOUT ROWID

CREATE INDEX tag_goal_by_goal ON tag_goal (goal_id, tag_id)

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    url TEXT NOT NULL,
    made_at INTEGER NOT NULL
)

CREATE TABLE activity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    provider TEXT NOT NULL,
    people TEXT NOT NULL,
    url TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    zone TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    cost TEXT NOT NULL,
    position TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    is_private INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    goal_id INTEGER REFERENCES goal (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    asset_id INTEGER REFERENCES asset (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX activity_by_file ON activity (asset_id)

CREATE INDEX activity_by_goal ON activity (goal_id)

CREATE INDEX activity_by_source ON activity (source_id)

CREATE INDEX activity_by_status ON activity (status, begins)

CREATE TABLE unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    activity_id INTEGER NOT NULL
        REFERENCES activity (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    title TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    done_at INTEGER NOT NULL
)

CREATE INDEX unit_by_activity ON unit (activity_id, ordinal)

CREATE TABLE study_time (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    activity_id INTEGER NOT NULL
        REFERENCES activity (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    started INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    is_running INTEGER NOT NULL,
    note TEXT NOT NULL
)

CREATE INDEX study_time_by_activity ON study_time (activity_id, started)

CREATE INDEX study_time_by_date ON study_time (started)

CREATE TABLE planned_session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    activity_id INTEGER NOT NULL
        REFERENCES activity (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    begins TEXT NOT NULL,
    zone TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    note TEXT NOT NULL
)

CREATE INDEX planned_session_by_activity ON planned_session (activity_id, begins)

CREATE INDEX planned_session_by_date ON planned_session (begins)

CREATE TABLE try (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL,
    by_date TEXT NOT NULL,
    state TEXT NOT NULL,
    went TEXT NOT NULL,
    result TEXT NOT NULL,
    done_on TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    is_private INTEGER NOT NULL,
    goal_id INTEGER REFERENCES goal (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX try_by_date ON try (by_date)

CREATE INDEX try_by_goal ON try (goal_id)

CREATE INDEX try_by_source ON try (source_id)

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    goal_id INTEGER NOT NULL REFERENCES goal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    sentence TEXT NOT NULL,
    who TEXT NOT NULL,
    on_date TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    is_private INTEGER NOT NULL,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    annotation_id INTEGER
        REFERENCES annotation (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    note_id INTEGER REFERENCES note (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    try_id INTEGER REFERENCES try (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    asset_id INTEGER REFERENCES asset (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX evidence_by_activity ON evidence (activity_id)

CREATE INDEX evidence_by_annotation ON evidence (annotation_id)

CREATE INDEX evidence_by_file ON evidence (asset_id)

CREATE INDEX evidence_by_goal ON evidence (goal_id, on_date, id)

CREATE INDEX evidence_by_note ON evidence (note_id)

CREATE INDEX evidence_by_source ON evidence (source_id)

CREATE INDEX evidence_by_try ON evidence (try_id)

CREATE TABLE level_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    goal_id INTEGER NOT NULL REFERENCES goal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    level_before INTEGER NOT NULL,
    level INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    sentence TEXT NOT NULL,
    made_at INTEGER NOT NULL
)

CREATE INDEX level_change_by_goal ON level_change (goal_id, on_date, id)

CREATE TABLE level_evidence (
    level_change_id INTEGER NOT NULL
        REFERENCES level_change (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    evidence_id INTEGER NOT NULL
        REFERENCES evidence (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (level_change_id, evidence_id)
) WITHOUT ROWID

CREATE INDEX level_evidence_by_evidence ON level_evidence (evidence_id)

CREATE TABLE tool (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    problem TEXT NOT NULL,
    level INTEGER NOT NULL,
    last_used TEXT NOT NULL,
    cost TEXT NOT NULL,
    alternatives TEXT NOT NULL,
    verdict TEXT NOT NULL,
    review_on TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
)

CREATE INDEX tool_by_review ON tool (review_on)

CREATE TABLE tool_source (
    tool_id INTEGER NOT NULL REFERENCES tool (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    source_id INTEGER NOT NULL
        REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (tool_id, source_id)
) WITHOUT ROWID

CREATE INDEX tool_source_by_source ON tool_source (source_id)

CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    answer TEXT NOT NULL,
    is_dropped INTEGER NOT NULL,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    note_id INTEGER REFERENCES note (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX question_by_answer ON question (answered_at, asked_at)

CREATE INDEX question_by_source ON question (source_id)

CREATE TABLE review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at INTEGER NOT NULL,
    step TEXT NOT NULL,
    finished_at INTEGER NOT NULL,
    closing TEXT NOT NULL
)

CREATE INDEX review_by_date ON review (started_at)

CREATE TABLE review_step (
    review_id INTEGER NOT NULL
        REFERENCES review (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    step TEXT NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    left INTEGER NOT NULL,
    PRIMARY KEY (review_id, step)
) WITHOUT ROWID

CREATE TABLE self_check (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quarter TEXT NOT NULL,
    number INTEGER NOT NULL,
    answer TEXT NOT NULL,
    changed_at INTEGER NOT NULL
)

CREATE UNIQUE INDEX self_check_by_quarter ON self_check (quarter, number)

CREATE TABLE memory_card (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    annotation_id INTEGER NOT NULL
        REFERENCES annotation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    made_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    step INTEGER,
    stability TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
)

CREATE INDEX memory_card_by_annotation ON memory_card (annotation_id)

CREATE INDEX memory_card_by_due ON memory_card (due_at)

CREATE TABLE memory_answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    card_id INTEGER NOT NULL
        REFERENCES memory_card (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    at INTEGER NOT NULL,
    rating INTEGER NOT NULL
)

CREATE INDEX memory_answer_by_card ON memory_answer (card_id, at)
"""

_EVIDENCE = """
INSERT INTO evidence (goal_id, kind, sentence, who, on_date, made_at, is_private, source_id)
SELECT goal_id, 'capture', '', '',
    coalesce(date(first_saved / 1000, 'unixepoch', 'localtime'), '1970-01-01'), first_saved, 0, source.id
FROM source_goal JOIN source ON source.id = source_id ORDER BY first_saved
"""

_SEARCHED = {
    "activity": "title provider people url position note is_private",
    "try": "what result is_private",
    "evidence": "sentence who is_private",
    "tool": "name url problem alternatives note",
    "question": "text answer",
}
"""Own words that search may come to find, and the columns that hold them."""


def make(connection: sqlite3.Connection) -> None:
    """Make tables, evidence and triggers, inside the caller's transaction."""
    for statement in _TABLES.split("\n\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(_EVIDENCE)
    for table, columns in _SEARCHED.items():
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            connection.execute(trigger(table, event, table, f"{row}.id", "NULL"))
        connection.execute(update_trigger(table, columns.split(), table))
    for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        connection.execute(trigger("unit", event, "activity", f"{row}.activity_id", "NULL"))
    connection.execute("DROP TRIGGER outbox_goal_update")
    connection.execute(
        update_trigger("goal", ["key", "skill", "why", "next_step", "closing", "is_private"], "goal")
    )
