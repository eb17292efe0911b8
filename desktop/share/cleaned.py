"""Pages as the person has cleaned them: a block that was taken out does not leave, in text or excerpt."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.library import lists
from desktop.library.marks import blocks
from desktop.library.sense_values import BlockEdit
from desktop.share.export.selection import Exported
from desktop.store.reader import Reader
from desktop.text.reading import excerpt_of

_EDITS = """SELECT block_edit.id, capture_id, op, block, made_at
    FROM json_each(?) AS wanted CROSS JOIN block_edit ON capture_id = wanted.value ORDER BY block_edit.id"""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is shown of a page."""

    html: str
    text: str
    excerpt: str


def as_cleaned(reader: Reader, pages: Iterable[Exported]) -> dict[int, Cleaned]:
    """By source id, those pages of which blocks were taken out or brought in."""
    by_capture = {one.capture_id: one for one in pages}
    edits: dict[int, list[BlockEdit]] = defaultdict(list)
    for row in reader.rows(_EDITS, (json.dumps(list(by_capture)),)):
        edits[row[1]].append(BlockEdit(*row))
    found = {}
    for capture_id, done in edits.items():
        page = by_capture[capture_id]
        detail = lists.detail(reader, page.id, capture_id, with_markdown=False)
        if detail is not None:
            shown = blocks.edited(detail, done)
            found[page.id] = Cleaned(shown.html, shown.text, excerpt_of(shown.text))
    return found
