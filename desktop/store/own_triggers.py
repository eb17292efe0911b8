"""A library file from elsewhere acts by our triggers alone.

Surprising: a trigger is a program inside the file. One that somebody added would run at the next save and
could, say, empty a table; a check of the file finds nothing wrong with it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from desktop.store import schema
from desktop.store.database import connect_to_write, transaction

_ACTING = "SELECT name, type, sql FROM main.sqlite_master WHERE type IN ('trigger', 'view')"


def restore_own(path: Path) -> int:
    """Take out triggers and views that a library of this schema does not have; how many they were.

    One that was changed is put back as it should be. Raises sqlite3.Error.
    """
    with closing(connect_to_write(path)) as connection:
        right = _of_version(schema.version_of(connection))
        found = {name: (kind, sql) for name, kind, sql in connection.execute(_ACTING)}
        wrong = [(name, kind) for name, (kind, sql) in found.items() if right.get(name) != sql]
        with transaction(connection):
            for name, kind in wrong:
                quoted = name.replace('"', '""')
                connection.execute(f'DROP {kind} IF EXISTS main."{quoted}"')
            for name, sql in right.items():
                if found.get(name, ("", ""))[1] != sql:
                    connection.execute(sql)
    return len(wrong)


def _of_version(version: int) -> dict[str, str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in schema.STEPS[:version]:
            with transaction(connection):
                step(connection)
        return {name: sql for name, _, sql in connection.execute(_ACTING)}
