"""Whatever is listed as watched is undone exactly, by triggers alone: no command has to know of it."""

import random
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.store import journal, schema
from desktop.store.database import transaction
from desktop.store.watched import BY_TABLE, WATCHED, Watched
from tests.support.rows import ROWS, UNWATCHED

NOW = 1_790_000_000_000
HARD = "a\x00b \U0001f393 ‮ '\"; \\ \r\n\t\x7f"


@pytest.fixture(scope="module")
def filled() -> bytes:
    """A database with three rows in every watched table."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.execute("PRAGMA foreign_keys = ON")
    for step in schema.STEPS:
        step(made)
    with transaction(made):
        for at in (1, 2, 3):
            for sql in (*UNWATCHED.values(), *ROWS.values()):
                made.execute(sql, (at,))
    data = made.serialize()
    made.close()
    return data


@pytest.fixture
def connection(filled: bytes) -> Iterator[sqlite3.Connection]:
    """A copy of it, with the triggers on."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.deserialize(filled)
    made.execute("PRAGMA foreign_keys = ON")
    journal.watch(made)
    yield made
    made.close()


def content(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        each.table: connection.execute(f"SELECT * FROM {each.table} ORDER BY 1, 2").fetchall()
        for each in WATCHED
    }


def act(connection: sqlite3.Connection, *sql: str, values: tuple[Any, ...] = (), label: str = "Act") -> None:
    with transaction(connection), journal.entry(connection, label, NOW):
        for statement in sql:
            connection.execute(statement, values)


def undo(connection: sqlite3.Connection) -> journal.Flipped | None:
    with transaction(connection):
        return journal.undo(connection)


def redo(connection: sqlite3.Connection) -> journal.Flipped | None:
    with transaction(connection):
        return journal.redo(connection)


COLUMNS = [(each.table, column) for each in WATCHED for column in each.columns]


def test_every_watched_table_has_a_row_to_try() -> None:
    assert set(ROWS) == set(BY_TABLE)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_an_update_of_a_watched_column_is_undone_and_redone(
    connection: sqlite3.Connection, table: str, column: str
) -> None:
    for value in (HARD, "", "x" * 100_000):
        update_undo_and_redo(connection, table, column, value)


def update_undo_and_redo(connection: sqlite3.Connection, table: str, column: str, value: str) -> None:
    old, new = (1, 3) if column.endswith("_id") else (value + "before", value)
    where = " AND ".join(f"{part} = 2" for part in BY_TABLE[table].key)
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (old,))
    before = content(connection)
    act(connection, f"UPDATE {table} SET {column} = ? WHERE {where}", values=(new,))
    after = content(connection)

    assert before != after
    flipped = undo(connection)
    assert flipped is not None
    assert content(connection) == before
    assert flipped.nouns == {BY_TABLE[table].noun}
    redo(connection)
    assert content(connection) == after
    undo(connection)
    assert content(connection) == before


@pytest.mark.parametrize(
    "watched", [each for each in WATCHED if each.is_rows_watched], ids=lambda each: each.table
)
def test_rows_that_were_made_or_deleted_are_undone_and_redone(
    connection: sqlite3.Connection, watched: Watched
) -> None:
    links = [each.table for each in WATCHED if len(each.key) > 1 or each.table == "alias"]
    act(connection, *(f"DELETE FROM {table}" for table in [*links, watched.table]))
    deleted = content(connection)
    assert undo(connection) is not None
    before = content(connection)
    assert len(before[watched.table]) == 3
    redo(connection)
    assert content(connection) == deleted
    undo(connection)

    if len(watched.key) == 1:
        act(connection, ROWS[watched.table], values=(9,))
        made = content(connection)
        assert made != before
        undo(connection)
        assert content(connection) == before
        redo(connection)
        assert content(connection) == made


def test_a_deleted_row_comes_back_with_its_id_and_every_byte(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE tag SET name = ?, key = ? WHERE id = 2", (HARD, HARD))
    before = content(connection)
    bearing = ("source_tag", "annotation_tag", "note_tag")
    act(
        connection,
        *(f"DELETE FROM {table} WHERE tag_id = 2" for table in bearing),
        "DELETE FROM tag WHERE id = 2",  # its alias goes with it, and comes back with it
    )

    undo(connection)
    assert content(connection) == before


def test_what_is_not_watched_leaves_no_entry_and_keeps_redo(connection: sqlite3.Connection) -> None:
    act(connection, "UPDATE source SET state = 'later'")
    undo(connection)
    act(connection, "UPDATE source SET position = 7, progress = 0.5, is_read = 1")
    act(connection, "UPDATE source SET state = state")

    assert redo(connection) is not None
    assert connection.execute("SELECT DISTINCT state, position FROM source").fetchall() == [("later", 7)]


def test_outside_an_act_nothing_is_journalled(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE source SET state = 'archive'")

    assert connection.execute("SELECT count(*) FROM journal_change").fetchone() == (0,)
    assert undo(connection) is None


def test_acts_are_undone_last_first_and_a_new_act_ends_redo(connection: sqlite3.Connection) -> None:
    for state in ("later", "archive", "trash"):
        act(connection, "UPDATE source SET state = ? WHERE id = 1", values=(state,), label=state)
    labels = [flipped.label if (flipped := undo(connection)) else "" for _ in range(2)]
    act(connection, "UPDATE source SET state = 'inbox' WHERE id = 1", label="inbox")

    assert labels == ["trash", "archive"]
    assert redo(connection) is None
    assert [undo(connection).label for _ in range(2)] == ["inbox", "later"]  # type: ignore[union-attr]
    assert undo(connection) is None


def test_one_row_changed_many_times_in_one_act_goes_back_to_the_start(connection: sqlite3.Connection) -> None:
    before = content(connection)
    act(
        connection,
        "UPDATE source SET why = 'one' WHERE id = 1",
        "UPDATE source SET why = 'two', state = 'later' WHERE id = 1",
        "DELETE FROM source_tag WHERE source_id = 1",
        "INSERT INTO source_tag VALUES (1, 1)",
        "UPDATE source SET why = 'three' WHERE id = 1",
    )
    after = content(connection)

    undo(connection)
    assert content(connection) == before
    redo(connection)
    assert content(connection) == after


def test_a_large_act_is_undone_and_redone_a_chunk_at_a_time(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "CHUNK", 4)
    turned: list[int] = []
    turn_back = journal._turn_back
    monkeypatch.setattr(
        journal, "_turn_back", lambda *given: (turned.append(len(given[-1])), turn_back(*given))
    )
    before = content(connection)
    act(connection, *(f"UPDATE source SET why = '{at}'" for at in range(5)), label="Fifteen")
    after = content(connection)

    flipped = undo(connection)
    assert content(connection) == before
    assert flipped is not None
    assert sorted(flipped.source_ids) == [1, 2, 3]
    assert sum(turned) == 15
    assert max(turned) == 4
    redo(connection)
    assert content(connection) == after


@pytest.mark.parametrize("chunk", [2, journal.CHUNK])
def test_random_acts_all_come_back(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    """Three hundred acts, undone to the start, redone to the end, undone again: equal at every stop."""
    monkeypatch.setattr(journal, "CHUNK", chunk)
    chance = random.Random(7)
    stops = [content(connection)]
    for _ in range(300):
        statements = []
        for _ in range(chance.randint(1, 3)):
            source, tag = chance.randint(1, 3), chance.randint(1, 3)
            statements.append(
                chance.choice(
                    [
                        f"UPDATE source SET state = '{chance.random()}' WHERE id = {source}",
                        f"UPDATE source SET title = '{chance.random()}', why = title WHERE id <> {source}",
                        f"INSERT OR IGNORE INTO source_tag VALUES ({source}, {tag})",
                        f"DELETE FROM source_tag WHERE source_id = {source}",
                        f"UPDATE tag SET name = '{chance.random()}' WHERE id = {tag}",
                        f"INSERT OR REPLACE INTO source_goal VALUES ({source}, {tag})",
                    ]
                )
            )
        act(connection, *statements)
        if connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (len(stops),):
            stops.append(content(connection))  # an act that changed nothing leaves no entry

    for _ in range(2):
        for stop in reversed(stops[:-1]):
            undo(connection)
            assert content(connection) == stop
        for stop in stops[1:]:
            redo(connection)
            assert content(connection) == stop


def test_a_made_tag_that_is_used_by_then_stays_when_its_making_is_undone(
    connection: sqlite3.Connection,
) -> None:
    act(
        connection,
        "INSERT INTO tag VALUES (9, 'nine', 'nine', '')",
        "INSERT INTO source_tag VALUES (1, 9)",
    )
    connection.execute("INSERT INTO source_tag VALUES (2, 9)")  # as when a page is saved with that tag

    undo(connection)
    assert connection.execute("SELECT source_id FROM source_tag WHERE tag_id = 9").fetchall() == [(2,)]
    assert connection.execute("SELECT name FROM tag WHERE id = 9").fetchall() == [("nine",)]


def test_entries_end_after_thirty_days(connection: sqlite3.Connection) -> None:
    with transaction(connection), journal.entry(connection, "old", NOW - journal.KEPT_FOR - 1):
        connection.execute("UPDATE source SET state = 'later'")
    act(connection, "UPDATE source SET state = 'trash'", label="young")
    with transaction(connection):
        journal.trim(connection, NOW)

    assert connection.execute("SELECT label FROM journal_entry").fetchall() == [("young",)]
    assert connection.execute("SELECT count(*) FROM journal_change").fetchone() == (3,)


def test_the_triggers_are_no_part_of_the_file(connection: sqlite3.Connection) -> None:
    assert connection.execute(
        "SELECT count(*) FROM main.sqlite_master WHERE type = 'trigger' AND name NOT GLOB 'outbox_*'"
    ).fetchone() == (0,)


def test_no_watched_table_holds_what_json_cannot_keep(connection: sqlite3.Connection) -> None:
    for each in WATCHED:
        if each.is_rows_watched:
            kinds = {row[2] for row in connection.execute(f"PRAGMA table_info({each.table})")}
            assert kinds <= {"INTEGER", "TEXT"}


def test_an_act_that_fails_leaves_no_open_entry(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        act(connection, "UPDATE source SET state = 'later'", "INSERT INTO source_tag VALUES (1, 1)")
    act(connection, "UPDATE source SET state = 'trash'", label="next")

    assert connection.execute("SELECT label FROM journal_entry").fetchall() == [("next",)]
    assert connection.execute("SELECT count(*) FROM journal_open").fetchone() == (0,)
