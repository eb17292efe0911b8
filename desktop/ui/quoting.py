"""Highlights put into a note as quotations, and the note opened."""

from collections.abc import Sequence

from desktop.library import notes
from desktop.ui.desk import Desk


def quote_in_note(desk: Desk, annotation_ids: Sequence[int], note_id: int = 0) -> None:
    """Quote them at the end of a note, or of a new one (0), and show it."""
    if annotation_ids:
        desk.tasks.start(_quote(desk, tuple(annotation_ids), note_id))


async def _quote(desk: Desk, annotation_ids: tuple[int, ...], note_id: int) -> None:
    changes = await desk.tasks.run("quote in a note", notes.quote, annotation_ids, note_id)
    if changes is not None and changes.made:
        desk.ask_view(f"note:{changes.made}")
