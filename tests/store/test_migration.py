"""Steps run once each, in one transaction each, after a verified copy."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import NoSpace
from desktop.library import backups, captures, undo
from desktop.library.opening import Library, open_library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.store import schema
from desktop.store.copying import verify
from tests.support.saving import page


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
        assert undo.next_undo(library.reader) == ""
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
        assert undo.next_undo(library.reader) == "Moved to Later"


@pytest.mark.usefixtures("next_step")
def test_no_step_runs_when_the_copy_cannot_be_made(old: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    before = version(old)
    monkeypatch.setattr(schema, "copy_verified", full)
    with pytest.raises(NoSpace, match="disk is full"):
        open_library(old, write=True)

    assert version(old) == before


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_file_opens_read_only_with_a_sentence(old: Paths, write: bool) -> None:
    with closing(sqlite3.connect(old.library)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.newest() + 1}")

    with open_library(old, write=write) as library:
        assert library.writer is None
        assert "newer Kithbook" in library.notice
        assert library.reader.row("SELECT count(*) FROM source") == (1,)
