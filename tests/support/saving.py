"""Captures and statements for tests, with defaults that a test need not name."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from desktop.library.values import NewCapture
from desktop.store.reader import Reader

NOON = 1_790_000_000_000
"""Some moment in 2026, in milliseconds."""


def page(address: str = "a", text: str = "First paragraph.", **others: Any) -> NewCapture:
    """A readable page of its own UUID at ``https://site.example/<address>``."""
    fields: dict[str, Any] = {
        "uuid": str(uuid.uuid4()),
        "url": f"https://site.example/{address}",
        "captured_at": NOON,
        "title": f"Title of {address}",
        "site": "Site",
        "html": f"<p>{text}</p>" if text else "",
        "text": text,
        "excerpt": text[:200],
        "words": len(text.split()),
        "minutes": 1 if text else 0,
    }
    return NewCapture(**fields | others)


def link(address: str = "a", **others: Any) -> NewCapture:
    """A link-only capture."""
    told = {"kind": "link", "is_link_only": True, "notices": ("Saved as a link.",)}
    return page(address, "", **told | others)


def everything(reader: Reader, *, but: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, to compare a library with itself."""
    names = [row[0] for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: sorted(reader.rows(f"SELECT * FROM {name}"), key=repr) for name in names if name not in but}


@contextmanager
def statements(connection: sqlite3.Connection) -> Iterator[list[str]]:
    """What the connection runs meanwhile."""
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        connection.set_trace_callback(None)
