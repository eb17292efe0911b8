"""Undo and redo of the person's acts, last first, across restarts, for 30 days."""

from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer


def undo(writer: Writer, origin: str = "") -> Changes:
    """Undo the last act in one transaction; empty Changes when there is none. Raises BadInput when it no longer can be."""
    raise NotImplementedError


def redo(writer: Writer, origin: str = "") -> Changes:
    """Do again what was undone last; empty Changes when there is none."""
    raise NotImplementedError


def next_undo(reader: Reader) -> str:
    """Label of what `undo` would undo, or empty."""
    raise NotImplementedError


def next_redo(reader: Reader) -> str:
    """Label of what `redo` would do again, or empty."""
    raise NotImplementedError
