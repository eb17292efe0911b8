"""Clean a capture: take blocks out, bring in what the extraction left out; what was captured stays.

Surprising: search still finds the words of a block that was taken out, since it reads what was captured;
nothing becomes unfindable by tidying up.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.library.acts import act, found, now
from desktop.library.sense_values import BlockEdit
from desktop.library.values import Detail
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

if TYPE_CHECKING:
    from desktop.text.block_edits import Edited

__all__ = ["as_captured", "bring_in", "edited", "edits", "put_back", "remove", "take_out"]

_NOUNS = frozenset({Noun.CAPTURE})
_LEFT_OUT = "+"
"""A path that begins so is the number of a left-out block."""


def edits(reader: Reader, capture_id: int) -> tuple[BlockEdit, ...]:
    """What the person did to the blocks of a version, in order; the last edit of a block counts."""
    rows = reader.rows(
        "SELECT id, capture_id, op, block, made_at FROM block_edit WHERE capture_id = ? ORDER BY id",
        (capture_id,),
    )
    return tuple(BlockEdit(*row) for row in rows)


def edited(detail: Detail, edits: Iterable[BlockEdit]) -> "Edited":
    """What to show of a version after its edits. Pure; costs a parse of its HTML."""
    from desktop.text.block_edits import apply  # lxml is not needed for the first paint

    last = {edit.block: edit.op for edit in edits}
    removed = [path for path, op in last.items() if op == "remove" and not path.startswith(_LEFT_OUT)]
    restored = [
        int(path[1:])
        for path, op in last.items()
        if op == "restore" and path[:1] == _LEFT_OUT and path[1:].isdecimal()
    ]
    return apply(detail.html, detail.text, detail.left_out, removed, restored)


def remove(writer: Writer, capture_id: int, paths: Sequence[str], origin: str = "") -> Changes:
    """Take blocks out of a version, by their paths as captured. Undoable.

    A path of a left-out block that was brought in (``+3``) takes that out again.
    """
    said = trn("Block removed", "{n} blocks removed", len(paths)).format(n=writing.number(len(paths)))
    return _edit(writer, capture_id, [("remove", path) for path in paths], said, origin)


def put_back(writer: Writer, capture_id: int, paths: Sequence[str], origin: str = "") -> Changes:
    """Put blocks that were taken out back in their place. Undoable."""
    said = trn("Block put back", "{n} blocks put back", len(paths)).format(n=writing.number(len(paths)))
    return _edit(writer, capture_id, [("restore", path) for path in paths], said, origin)


def bring_in(writer: Writer, capture_id: int, number: int, origin: str = "") -> Changes:
    """Bring in the left-out block of this number (from 0); it stands at the end of the text. Undoable."""
    return _edit(writer, capture_id, [("restore", f"{_LEFT_OUT}{number}")], tr("Block brought in"), origin)


def take_out(writer: Writer, capture_id: int, number: int, origin: str = "") -> Changes:
    """Take out a left-out block that was brought in. Undoable."""
    return _edit(writer, capture_id, [("remove", f"{_LEFT_OUT}{number}")], tr("Block removed"), origin)


def as_captured(writer: Writer, capture_id: int, origin: str = "") -> Changes:
    """Show a version as it was captured again. Undoable; empty Changes when it is shown so."""

    def work(connection: sqlite3.Connection) -> Changes:
        touched = _source(connection, capture_id)
        gone = connection.execute("DELETE FROM block_edit WHERE capture_id = ?", (capture_id,)).rowcount
        return Changes(_NOUNS, touched, origin, tr("Shown as captured")) if gone else Changes()

    return act(writer, work)


def _edit(
    writer: Writer, capture_id: int, wanted: Sequence[tuple[str, str]], said: str, origin: str
) -> Changes:
    def work(connection: sqlite3.Connection) -> Changes:
        touched = _source(connection, capture_id)
        last = dict(
            connection.execute(
                "SELECT block, op FROM block_edit WHERE capture_id = ? ORDER BY id", (capture_id,)
            ).fetchall()
        )
        new = [
            (capture_id, op, path, now())
            for op, path in wanted
            if last.get(path, "remove" if path.startswith(_LEFT_OUT) else "restore") != op
        ]
        connection.executemany(
            "INSERT INTO block_edit (capture_id, op, block, made_at) VALUES (?, ?, ?, ?)", new
        )
        return Changes(_NOUNS, touched, origin, said) if new else Changes()

    return act(writer, work)


def _source(connection: sqlite3.Connection, capture_id: int) -> tuple[int, ...]:
    touched = found(connection, "SELECT source_id FROM capture WHERE id = ?", capture_id)
    if not touched:
        raise BadInput(tr("This version is not here any more."))
    return touched
