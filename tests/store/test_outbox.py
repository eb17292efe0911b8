"""What search depends on names itself in the outbox, in the same transaction; everything else is silent."""

import sqlite3
from collections.abc import Iterator

import pytest

from desktop.store import schema
from desktop.store.database import transaction
from tests.support.rows import ROWS, UNWATCHED


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """Three rows in every table and an empty outbox; no journal: the triggers are the file's own."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.execute("PRAGMA foreign_keys = ON")
    for step in schema.STEPS:
        step(made)
    with transaction(made):
        for at in (1, 2, 3):
            for sql in (*UNWATCHED.values(), *ROWS.values()):
                made.execute(sql, (at,))
    made.execute("DELETE FROM outbox")
    yield made
    made.close()


def told(connection: sqlite3.Connection, sql: str) -> set[tuple[str, int, int | None]]:
    with transaction(connection):
        connection.execute(sql)
    rows = connection.execute("SELECT kind, ref_id, source_id FROM outbox").fetchall()
    connection.execute("DELETE FROM outbox")
    return set(rows)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE source SET title = 'x' WHERE id = 2", {("source", 2, 2)}),
        ("UPDATE source SET why = 'x', found_through = 'y' WHERE id = 2", {("source", 2, 2)}),
        ("UPDATE source SET state = 'trash' WHERE id < 3", {("state", 1, 1), ("state", 2, 2)}),
        ("UPDATE source SET is_read = 1 WHERE id = 1", {("state", 1, 1)}),
        ("DELETE FROM source_tag WHERE tag_id = 2", {("source", 2, 2)}),
        ("INSERT INTO source_tag VALUES (1, 2)", {("source", 1, 1)}),
        ("INSERT INTO source_goal VALUES (1, 2)", {("source", 1, 1)}),
        ("UPDATE content SET text = 'completed' WHERE id = 2", {("source", 2, 2)}),
        ("UPDATE content SET transcript = 'completed' WHERE id = 1", {("source", 1, 1)}),
        ("UPDATE capture SET lang = 'de' WHERE id = 2", {("source", 2, 2)}),
        ("UPDATE annotation SET comment = 'x' WHERE id = 2", {("annotation", 2, 2)}),
        ("UPDATE annotation SET is_private = 1 WHERE id = 1", {("annotation", 1, 1)}),
        ("DELETE FROM annotation_tag WHERE annotation_id = 2", {("annotation", 2, 2)}),
        ("UPDATE note SET body = 'x' WHERE id = 2", {("note", 2, None)}),
        ("INSERT INTO note_tag VALUES (1, 2)", {("note", 1, None)}),
        ("UPDATE tag SET key = 'x', name = 'X' WHERE id = 2", {("tag", 2, None)}),
        ("DELETE FROM alias WHERE tag_id = 2", {("tag", 2, None)}),
        ("UPDATE goal SET skill = 'x' WHERE id = 2", {("goal", 2, None)}),
    ],
)
def test_a_change_is_told(
    connection: sqlite3.Connection, sql: str, expected: set[tuple[str, int, int | None]]
) -> None:
    assert told(connection, sql) == expected


@pytest.mark.parametrize("table", ["source", "annotation", "note", "tag", "goal"])
def test_a_new_row_is_told(connection: sqlite3.Connection, table: str) -> None:
    connection.execute(ROWS[table], (4,))
    rows = connection.execute("SELECT kind, ref_id FROM outbox").fetchall()

    assert (table, 4) in rows


def test_an_annotation_that_is_deleted_still_names_its_source(connection: sqlite3.Connection) -> None:
    rows = told(connection, "DELETE FROM annotation WHERE id = 2")  # its anchor and tags go with it

    assert ("annotation", 2, 2) in rows


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE source SET position = 7, progress = 0.5, changed = 9",
        "UPDATE source SET title = title, state = state, is_read = is_read, why = why",
        "UPDATE anchor SET start = 3, how = 'fuzzy'",
        "UPDATE link SET sentence = 'x'",
        "UPDATE saved_search SET query = 'x'",
        "UPDATE note SET body = body, changed_at = 9",
        "UPDATE content SET html = 'with pictures', text = text",
        "UPDATE tag SET colour = 'sky'",
        "DELETE FROM basket",
        "DELETE FROM block_edit",
    ],
)
def test_what_search_does_not_depend_on_is_silent(connection: sqlite3.Connection, sql: str) -> None:
    assert told(connection, sql) == set()


def test_what_is_rolled_back_was_never_told(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE source SET title = 'x'")
    connection.execute("ROLLBACK")

    assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


def test_a_new_library_has_a_generation_of_its_own() -> None:
    words = set()
    for _ in range(2):
        made = sqlite3.connect(":memory:", isolation_level=None)
        for step in schema.STEPS:
            step(made)
        words.add(made.execute("SELECT value FROM library_state WHERE name = 'generation'").fetchone()[0])
        made.close()

    assert [len(word) for word in words] == [32, 32]
