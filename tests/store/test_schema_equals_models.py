"""The steps of `schema` and the classes of `models` describe the same tables."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from desktop.store import models, schema

TABLES = sorted(SQLModel.metadata.tables)


@pytest.fixture(scope="module")
def by_steps() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for step in schema.STEPS:
        step(connection)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def by_models() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: connection)
    SQLModel.metadata.create_all(engine)
    yield connection
    engine.dispose()
    connection.close()


def columns(connection: sqlite3.Connection, table: str) -> set[tuple[Any, ...]]:
    """Name, affinity, NOT NULL, place in the key. VARCHAR is TEXT here, and BOOLEAN is INTEGER."""
    kinds = {"VARCHAR": "TEXT", "BOOLEAN": "INTEGER", "FLOAT": "REAL"}
    return {
        (name, kinds.get(kind, kind), bool(required) or bool(key), key)
        for _, name, kind, required, _, key in connection.execute(f"PRAGMA table_info({table})")
    }


def indexes(connection: sqlite3.Connection, table: str) -> set[tuple[Any, ...]]:
    found = set()
    for _, name, is_unique, _origin, _ in connection.execute(f"PRAGMA index_list({table})"):
        parts = tuple(row[2] for row in connection.execute(f"PRAGMA index_info({name})"))
        found.add((name if not name.startswith("sqlite_") else "", bool(is_unique), parts))
    return found


def test_both_have_the_same_tables(by_steps: sqlite3.Connection) -> None:
    rows = by_steps.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
    )

    assert sorted(name for (name,) in rows) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_same_columns(
    table: str, by_steps: sqlite3.Connection, by_models: sqlite3.Connection
) -> None:
    assert columns(by_steps, table) == columns(by_models, table)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_same_indexes(
    table: str, by_steps: sqlite3.Connection, by_models: sqlite3.Connection
) -> None:
    assert indexes(by_steps, table) == indexes(by_models, table)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_same_references_and_kind_of_ids(
    table: str, by_steps: sqlite3.Connection, by_models: sqlite3.Connection
) -> None:
    def described(connection: sqlite3.Connection) -> tuple[Any, ...]:
        keys = {row[2:5] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        deferred = sql.upper().count("DEFERRABLE INITIALLY DEFERRED")
        return keys, deferred, "AUTOINCREMENT" in sql, "WITHOUT ROWID" in sql

    assert described(by_steps) == described(by_models)


def test_ids_that_leave_the_library_are_never_used_again() -> None:
    for model in (models.Source, models.Capture, models.Tag, models.Goal):
        assert "sqlite_autoincrement" in str(model.__table_args__)
