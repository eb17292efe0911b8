"""The library's tables, step by step.

To change a table: change `models`, add a step at the end, never edit an old one. ``PRAGMA user_version`` is
the number of steps done. Each step is one transaction together with that number. Before the first step on a
file that holds anything, the file is copied and the copy verified. Undo ends at a migration.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from desktop.store import schema_learn, schema_sense, schema_share
from desktop.store.copying import copy_verified
from desktop.store.database import APPLICATION_ID, tables, transaction

Step = Callable[[sqlite3.Connection], None]

STEPS: list[Step] = []


def step(function: Step) -> Step:
    """Add a step; the order in this file is the order of versions."""
    STEPS.append(function)
    return function


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps this file has seen."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def newest() -> int:
    """The version that this program writes."""
    return len(STEPS)


def migrate(connection: sqlite3.Connection, library: Path, copy_to: Path) -> bool:
    """Bring the file up to date; True when a step was done.

    ``copy_to``: where the verified copy goes, if one is due. Raises sqlite3.Error, OSError or UserFixable;
    the file then stands as it stood before the step that failed.
    """
    version = version_of(connection)
    if version >= newest():
        return False
    if tables(connection):
        copy_verified(library, copy_to)
    for number, function in enumerate(STEPS[version:], start=version + 1):
        with transaction(connection):
            if "journal_entry" in tables(connection):
                connection.execute("DELETE FROM journal_change")
                connection.execute("DELETE FROM journal_entry")
            function(connection)
            connection.execute(f"PRAGMA user_version = {number}")
    return True


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: ``executescript`` would commit first."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


_FIRST = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    url_key TEXT NOT NULL UNIQUE,
    canonical_key TEXT NOT NULL,
    state TEXT NOT NULL,
    state_since INTEGER NOT NULL,
    own_title TEXT NOT NULL,
    why TEXT NOT NULL,
    found_through TEXT NOT NULL,
    is_read INTEGER NOT NULL,
    position INTEGER NOT NULL,
    progress REAL NOT NULL,
    first_saved INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    capture_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    site TEXT NOT NULL,
    author TEXT NOT NULL,
    published TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    words INTEGER NOT NULL,
    excerpt TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_link_only INTEGER NOT NULL,
    versions INTEGER NOT NULL
);
CREATE INDEX source_by_state ON source (state, saved_at, id);
CREATE INDEX source_by_date ON source (saved_at, id, state);
CREATE INDEX source_by_canonical ON source (canonical_key);

CREATE TABLE address (
    url_key TEXT NOT NULL PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
CREATE INDEX address_by_source ON address (source_id);

CREATE TABLE capture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    captured_at INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    published TEXT NOT NULL,
    is_published_approximate INTEGER NOT NULL,
    site TEXT NOT NULL,
    lang TEXT NOT NULL,
    browser TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_private INTEGER NOT NULL,
    is_link_only INTEGER NOT NULL,
    note TEXT NOT NULL,
    notices TEXT NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    media TEXT NOT NULL,
    given TEXT NOT NULL,
    content_id INTEGER NOT NULL REFERENCES content (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX capture_by_source ON capture (source_id, number);
CREATE INDEX capture_by_date ON capture (captured_at);
CREATE INDEX capture_by_content ON capture (content_id);

CREATE TABLE content (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    words INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    excerpt TEXT NOT NULL,
    raw_page TEXT NOT NULL,
    raw_sha256 TEXT NOT NULL,
    left_out TEXT NOT NULL,
    transcript TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL
);
CREATE INDEX content_by_page ON content (raw_page);

CREATE TABLE asset (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    ext TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    url TEXT NOT NULL
);
CREATE TABLE content_asset (
    content_id INTEGER NOT NULL REFERENCES content (id) DEFERRABLE INITIALLY DEFERRED,
    asset_id INTEGER NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (content_id, asset_id)
) WITHOUT ROWID;
CREATE INDEX content_asset_by_asset ON content_asset (asset_id);

CREATE TABLE tag (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE source_tag (
    source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    tag_id INTEGER NOT NULL REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (source_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX source_tag_by_tag ON source_tag (tag_id, source_id);

CREATE TABLE goal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    skill TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE TABLE source_goal (
    source_id INTEGER NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    goal_id INTEGER NOT NULL REFERENCES goal (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (source_id, goal_id)
) WITHOUT ROWID;
CREATE INDEX source_goal_by_goal ON source_goal (goal_id, source_id);

CREATE TABLE journal_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    label TEXT NOT NULL,
    is_undone INTEGER NOT NULL
);
CREATE TABLE journal_change (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES journal_entry (id) DEFERRABLE INITIALLY DEFERRED,
    what TEXT NOT NULL,
    op TEXT NOT NULL,
    key BLOB,
    field TEXT NOT NULL,
    before BLOB,
    source_id INTEGER
);
CREATE INDEX journal_change_by_entry ON journal_change (entry_id);

CREATE TABLE tombstone (uuid TEXT NOT NULL PRIMARY KEY, deleted_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE applied (uuid TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    verb TEXT NOT NULL,
    act TEXT NOT NULL,
    count INTEGER NOT NULL
);
CREATE INDEX event_by_date ON event (at);
"""


@step
def first_tables(connection: sqlite3.Connection) -> None:
    """Sources, captures and what stands around them."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _run(connection, _FIRST)


@step
def sense_tables(connection: sqlite3.Connection) -> None:
    """Annotations, links, notes, saved searches, basket, aliases, and the outbox of the search index."""
    schema_sense.make(connection)


@step
def learn_tables(connection: sqlite3.Connection) -> None:
    """Goals with evidence and levels, activities, tries, tools, questions, reviews, memory cards, people."""
    schema_learn.make(connection)


@step
def share_tables(connection: sqlite3.Connection) -> None:
    """Keys of people, circles, the draft of a pack, packs sent and received, replies, mail on its way."""
    schema_share.make(connection)
