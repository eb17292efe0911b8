"""The fourth step: keys of people, circles, the draft of a pack, packs sent and received, replies, mail.

The surprising fact: three circles are made with the tables, with fixed ids and no name; everything that is
kept before this step may go to anyone, as before.
"""

import sqlite3

_TABLES = """
CREATE TABLE circle (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    rank INTEGER NOT NULL
)

INSERT INTO circle VALUES (1, 'public', '', 0), (2, 'community', '', 10), (3, 'team', '', 20)

CREATE TABLE circle_person (
    circle_id INTEGER NOT NULL REFERENCES circle (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (circle_id, person_id)
) WITHOUT ROWID

CREATE INDEX circle_person_by_person ON circle_person (person_id)

ALTER TABLE source ADD COLUMN circle_id INTEGER
    REFERENCES circle (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED

CREATE INDEX source_by_circle ON source (circle_id) WHERE circle_id IS NOT NULL

ALTER TABLE basket ADD COLUMN sentence TEXT NOT NULL DEFAULT ''

ALTER TABLE basket ADD COLUMN heading TEXT NOT NULL DEFAULT ''

ALTER TABLE basket ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0

ALTER TABLE basket ADD COLUMN why_full TEXT NOT NULL DEFAULT ''

ALTER TABLE basket ADD COLUMN with_private INTEGER NOT NULL DEFAULT 0

ALTER TABLE basket ADD COLUMN with_address INTEGER NOT NULL DEFAULT 0

ALTER TABLE person ADD COLUMN address TEXT NOT NULL DEFAULT ''

ALTER TABLE person ADD COLUMN how_met TEXT NOT NULL DEFAULT ''

ALTER TABLE person ADD COLUMN topics TEXT NOT NULL DEFAULT ''

CREATE TABLE person_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL UNIQUE,
    age TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    state TEXT NOT NULL
)

CREATE INDEX person_key_by_person ON person_key (person_id)

CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    circle_id INTEGER REFERENCES circle (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    full_text INTEGER NOT NULL,
    why_full TEXT NOT NULL,
    with_tags INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
)

CREATE INDEX draft_by_circle ON draft (circle_id)

CREATE INDEX draft_by_person ON draft (person_id)

CREATE TABLE pack (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL,
    direction TEXT NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    sender_name TEXT NOT NULL,
    sender_key TEXT NOT NULL,
    trust TEXT NOT NULL,
    circle_id INTEGER REFERENCES circle (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    circle TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    way TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    state TEXT NOT NULL,
    asset_id INTEGER REFERENCES asset (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX pack_by_circle ON pack (circle_id)

CREATE INDEX pack_by_date ON pack (direction, at, id)

CREATE INDEX pack_by_file ON pack (asset_id)

CREATE INDEX pack_by_person ON pack (person_id)

CREATE UNIQUE INDEX pack_by_uuid ON pack (uuid, direction)

CREATE TABLE pack_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack_id INTEGER NOT NULL REFERENCES pack (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    uuid TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    note_id INTEGER REFERENCES note (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    is_kept INTEGER NOT NULL,
    is_new INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    captured_at INTEGER NOT NULL,
    captured_by TEXT NOT NULL,
    licence TEXT NOT NULL
)

CREATE INDEX pack_item_by_note ON pack_item (note_id)

CREATE INDEX pack_item_by_pack ON pack_item (pack_id, ordinal)

CREATE INDEX pack_item_by_source ON pack_item (source_id)

CREATE INDEX pack_item_by_uuid ON pack_item (uuid)

CREATE TABLE pack_annotation (
    pack_id INTEGER NOT NULL REFERENCES pack (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    uuid TEXT NOT NULL,
    PRIMARY KEY (pack_id, uuid)
) WITHOUT ROWID

CREATE INDEX pack_annotation_by_uuid ON pack_annotation (uuid)

CREATE TABLE reply (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    reply_to TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    note_id INTEGER REFERENCES note (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    annotation_id INTEGER REFERENCES annotation (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    pack_id INTEGER REFERENCES pack (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    creator TEXT NOT NULL,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    body TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL
)

CREATE INDEX reply_by_annotation ON reply (annotation_id)

CREATE INDEX reply_by_answered ON reply (reply_to)

CREATE INDEX reply_by_note ON reply (note_id)

CREATE INDEX reply_by_pack ON reply (pack_id)

CREATE INDEX reply_by_person ON reply (person_id)

CREATE INDEX reply_by_source ON reply (source_id, made_at)

CREATE TABLE identity (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    age TEXT NOT NULL,
    made_at INTEGER NOT NULL
)

CREATE TABLE mailing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    pack_id INTEGER REFERENCES pack (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    asset_id INTEGER REFERENCES asset (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    error TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL
)

CREATE INDEX mailing_by_file ON mailing (asset_id)

CREATE INDEX mailing_by_pack ON mailing (pack_id)

CREATE INDEX mailing_by_state ON mailing (state, next_at)
"""


def make(connection: sqlite3.Connection) -> None:
    """Make the tables, inside the caller's transaction."""
    for statement in _TABLES.split("\n\n"):
        if statement.strip():
            connection.execute(statement)
