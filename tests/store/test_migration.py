"""Steps run once each, in one transaction each, after a verified copy."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import NoSpace
from desktop.learning import people
from desktop.learning.review_values import PersonRow
from desktop.library import backups, basket, captures, lists, undo
from desktop.library.archive import import_ as archive_import
from desktop.library.opening import Library, open_library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.share import circles
from desktop.store import schema, schema_sense, schema_share
from desktop.store.copying import verify
from desktop.store.database import tables
from tests.support.rows import ROWS, UNWATCHED
from tests.support.saving import page
from tests.support.undoing import next_undo


@pytest.fixture
def old(paths: Paths) -> Paths:
    """A library of the present version with one capture and one act."""
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        added = captures.add(library.writer, page())
        captures.move(library.writer, [added.source_id], State.LATER)
    return paths


@pytest.fixture
def next_step(old: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE novelty (id INTEGER PRIMARY KEY)")
        connection.execute("UPDATE source SET title = 'migrated'")

    monkeypatch.setattr(schema, "STEPS", [*schema.STEPS, step])


def version(paths: Paths) -> int:
    with closing(sqlite3.connect(paths.library)) as connection:
        return schema.version_of(connection)


def test_a_new_library_has_the_newest_version_and_needs_no_copy(library: Library) -> None:
    assert version(library.paths) == schema.newest()
    assert backups.existing(library.paths) == []


@pytest.mark.usefixtures("next_step")
def test_a_step_runs_once_after_a_verified_copy(old: Paths) -> None:
    open_library(old, write=True).close()

    ((_, copy),) = backups.existing(old)
    assert copy.name.endswith("-before-migration.db")
    assert verify(copy)["capture"] == 1
    with closing(sqlite3.connect(copy)) as connection:
        assert schema.version_of(connection) == schema.newest() - 1
        assert connection.execute("SELECT title FROM source").fetchall() == [("Title of a",)]
    assert version(old) == schema.newest()
    open_library(old, write=True).close()
    assert len(backups.existing(old)) == 1


@pytest.mark.usefixtures("next_step")
def test_a_reader_brings_an_older_file_up_to_date(old: Paths) -> None:
    with open_library(old, write=False) as library:
        assert library.reader.row("SELECT title FROM source") == ("migrated",)


@pytest.mark.usefixtures("next_step")
def test_undo_ends_at_a_migration(old: Paths) -> None:
    with open_library(old, write=True) as library:
        assert next_undo(library.reader) == ""
        assert library.reader.row("SELECT count(*) FROM journal_change") == (0,)


def test_a_step_that_fails_leaves_the_file_as_it_was(old: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE source SET title = 'torn'")
        raise sqlite3.OperationalError("no such column")

    good = schema.newest()
    monkeypatch.setattr(schema, "STEPS", [*schema.STEPS, half])
    with pytest.raises(sqlite3.OperationalError):
        open_library(old, write=True)

    monkeypatch.setattr(schema, "STEPS", schema.STEPS[:good])
    assert version(old) == good
    with open_library(old, write=True) as library:  # the lock was let go too
        assert library.reader.row("SELECT title FROM source") == ("Title of a",)
        assert next_undo(library.reader) == "Moved to Later"


@pytest.mark.usefixtures("next_step")
def test_no_step_runs_when_the_copy_cannot_be_made(old: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    before = version(old)
    monkeypatch.setattr(schema, "copy_verified", full)
    with pytest.raises(NoSpace, match="disk is full"):
        open_library(old, write=True)

    assert version(old) == before


@pytest.fixture
def of_the_first_step(paths: Paths) -> Paths:
    """A library as the first release left it: a page with two tags, an act to undo."""
    paths.home.mkdir()
    with closing(sqlite3.connect(paths.library, isolation_level=None)) as connection:
        schema.STEPS[0](connection)
        for table in ("content", "capture", "source", "source_goal"):
            connection.execute((UNWATCHED | ROWS)[table], (1,))
        connection.execute("INSERT INTO goal VALUES (1, 'sql', 'SQL', 'open', 5)")
        connection.execute("UPDATE source SET capture_id = 1, title = 'Kept', state = 'later'")
        connection.execute("INSERT INTO tag VALUES (7, 'sql', 'SQL'), (9, 'work/sql', 'work/sql')")
        connection.execute("INSERT INTO source_tag VALUES (1, 7), (1, 9)")
        connection.execute("INSERT INTO journal_entry VALUES (1, 5, 'Moved to Later', 0)")
        connection.execute(
            "INSERT INTO journal_change VALUES (1, 1, 'source', 'update', 1, 'state', 'inbox', 1)"
        )
        connection.execute("PRAGMA user_version = 1")
    return paths


def test_a_library_of_the_first_step_gets_the_second_after_a_verified_copy(of_the_first_step: Paths) -> None:
    with open_library(of_the_first_step, write=True) as library:
        assert library.writer is not None
        reader, writer = library.reader, library.writer
        (row,) = lists.page(reader, [1])
        assert (row.title, row.tags, row.state) == ("Kept", ("SQL", "work/sql"), State.LATER)
        assert reader.rows("SELECT id, key, name, colour FROM tag") == [
            (7, "sql", "SQL", ""),
            (9, "work/sql", "work/sql", ""),
        ]
        assert reader.row("SELECT count(*), max(length(value)) FROM library_state") == (1, 32)
        assert reader.rows("SELECT goal_id, kind, source_id, on_date FROM evidence") == [
            (1, "capture", 1, "1970-01-01")
        ]
        assert reader.rows("SELECT state, level, level_to, changed_at FROM goal") == [("open", 0, None, 5)]
        assert reader.row("SELECT count(*) FROM outbox") == (0,)  # the index is built whole anyway
        assert next_undo(reader) == ""
        captures.tag(writer, [1], add=["new"])
        assert undo.undo(writer).label == "Undone: Tagged new"
        assert reader.rows("PRAGMA integrity_check") == [("ok",)]
        assert reader.rows("PRAGMA foreign_key_check") == []

    ((_, copy),) = backups.existing(of_the_first_step)
    assert copy.name.endswith("-before-migration.db")
    assert verify(copy)["source_tag"] == 2
    with closing(sqlite3.connect(copy)) as connection:
        assert schema.version_of(connection) == 1
        assert connection.execute("SELECT label FROM journal_entry").fetchall() == [("Moved to Later",)]


def test_the_second_step_is_all_or_nothing(of_the_first_step: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[str]:
        return ["CREATE TRIGGER nonsense"]

    monkeypatch.setattr(schema_sense, "triggers", broken)
    with pytest.raises(sqlite3.OperationalError):
        open_library(of_the_first_step, write=True)
    assert version(of_the_first_step) == 1
    with closing(sqlite3.connect(of_the_first_step.library)) as connection:
        assert "annotation" not in tables(connection)
        assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (1,)

    monkeypatch.undo()
    open_library(of_the_first_step, write=True).close()
    assert version(of_the_first_step) == schema.newest()


def test_a_library_of_the_third_step_gets_circles_and_keeps_its_people_and_basket(paths: Paths) -> None:
    paths.home.mkdir()
    with closing(sqlite3.connect(paths.library, isolation_level=None)) as connection:
        for step in schema.STEPS[:3]:
            step(connection)
        for table in ("content", "capture", "source"):
            connection.execute((UNWATCHED | ROWS)[table], (1,))
        connection.execute("INSERT INTO person VALUES (4, 'ana', 'Ana', 'Knows SQL.', '', 5)")
        connection.execute("INSERT INTO basket VALUES (7, 1, NULL, NULL, 1, 5)")
        connection.execute("UPDATE source SET capture_id = 1, found_through = 'ana', saved_at = 9")
        connection.execute("PRAGMA user_version = 3")
    with open_library(paths, write=True) as library:
        reader = library.reader
        assert library.writer is not None
        assert [(one.id, one.rank) for one in circles.all_of(reader)] == [(1, 0), (2, 10), (3, 20)]
        assert people.all_of(reader) == [PersonRow(4, "Ana", "Knows SQL.", "", 1, 0, 9)]
        (item,) = basket.items(reader)
        assert (item.id, item.source_id, item.sentence, item.full_text, item.with_private) == (
            7,
            1,
            "",
            False,
            False,
        )
        assert circles.circle_of(reader, 1) == 0
        assert (next_undo(reader), archive_import.is_empty(reader)) == ("", False)
        circles.set_circle(library.writer, [1], circles.TEAM)
        undo.undo(library.writer)
        assert circles.circle_of(reader, 1) == 0
        assert reader.rows("PRAGMA integrity_check") == [("ok",)]
        assert reader.rows("PRAGMA foreign_key_check") == []
    ((_, copy),) = backups.existing(paths)
    assert verify(copy)["basket"] == 1
    with closing(sqlite3.connect(copy)) as connection:
        assert "circle" not in tables(connection)


def test_the_fourth_step_is_all_or_nothing(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    paths.home.mkdir()
    with closing(sqlite3.connect(paths.library, isolation_level=None)) as connection:
        for step in schema.STEPS[:3]:
            step(connection)
        connection.execute("PRAGMA user_version = 3")
    monkeypatch.setattr(schema_share, "_TABLES", schema_share._TABLES + "\n\nCREATE TABLE nonsense")
    with pytest.raises(sqlite3.OperationalError):
        open_library(paths, write=True)

    assert version(paths) == 3
    with closing(sqlite3.connect(paths.library)) as connection:
        assert "circle" not in tables(connection)


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_file_opens_read_only_with_a_sentence(old: Paths, write: bool) -> None:
    with closing(sqlite3.connect(old.library)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.newest() + 1}")

    with open_library(old, write=write) as library:
        assert library.writer is None
        assert "newer Kithbook" in library.notice
        assert library.reader.row("SELECT count(*) FROM source") == (1,)
