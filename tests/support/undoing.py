"""What undo and redo would do next, as the journal has it."""

from desktop.store.reader import Reader


def next_undo(reader: Reader) -> str:
    """Label of what undo would undo, or empty."""
    found = reader.row("SELECT label FROM journal_entry WHERE is_undone = 0 ORDER BY id DESC LIMIT 1")
    return str(found[0]) if found else ""


def next_redo(reader: Reader) -> str:
    """Label of what redo would do again, or empty."""
    found = reader.row("SELECT label FROM journal_entry WHERE is_undone = 1 ORDER BY id LIMIT 1")
    return str(found[0]) if found else ""
