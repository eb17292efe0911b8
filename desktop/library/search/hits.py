"""Rows with the passage that answers, for the few that are to be seen.

Surprising: the passage need not be of the page. What the person wrote (a comment, why it matters, a note)
goes before the page's text when it holds the words.
"""

import json
from collections.abc import Sequence

from desktop.library import lists
from desktop.library.search.passages import Passage, Sought, passage, sought
from desktop.library.search.values import Hit, What
from desktop.library.values import Row
from desktop.store.query import Node
from desktop.store.reader import Reader

_TEXTS = """
SELECT source.id, coalesce(content.text, '') FROM json_each(?) AS wanted
CROSS JOIN source ON source.id = wanted.value JOIN capture ON capture.id = source.capture_id
JOIN content ON content.id = capture.content_id
"""

_ANNOTATIONS = """
SELECT annotation.source_id, annotation.id, annotation.quote, annotation.comment,
    coalesce(anchor.start, CASE WHEN annotation.capture_id = source.capture_id THEN annotation.start END, -1)
FROM json_each(?) AS wanted CROSS JOIN annotation ON annotation.source_id = wanted.value
JOIN source ON source.id = annotation.source_id
LEFT JOIN anchor ON anchor.annotation_id = annotation.id AND anchor.capture_id = source.capture_id
    AND anchor.how <> 'lost'
ORDER BY annotation.id
"""

_Marked = tuple[int, str, str, int]
_Asked = tuple[Sought, Sought, Sought]
"""What to mark in the page's text, in comments, and in why it matters."""


def of_sources(reader: Reader, ids: Sequence[int], node: Node | None) -> list[Hit]:
    """Rows with passages, in the order given; sources that are gone are left out."""
    wanted = json.dumps(list(ids))
    asked = sought(node), sought(node, "comment"), sought(node, "why")
    texts = dict(reader.rows(_TEXTS, (wanted,)))
    marked: dict[int, list[_Marked]] = {}
    for source_id, annotation_id, quote, comment, start in reader.rows(_ANNOTATIONS, (wanted,)):
        marked.setdefault(source_id, []).append((annotation_id, quote, comment, start))
    return [
        _hit(row, texts.get(row.id, ""), marked.get(row.id, ()), asked) for row in lists.page(reader, ids)
    ]


def of_notes(reader: Reader, ids: Sequence[int], node: Node | None) -> list[Hit]:
    """Notes with passages, in the order given."""
    asked = sought(node)
    found = reader.rows(
        "SELECT note.id, title, body FROM json_each(?) AS wanted "
        "CROSS JOIN note ON note.id = wanted.value ORDER BY wanted.key",
        (json.dumps(list(ids)),),
    )
    hits = []
    for note_id, title, body in found:
        part = passage(body, asked)
        hits.append(Hit(None, What.NOTE, part.text, part.marks, part.place, note_id=note_id, title=title))
    return hits


def _hit(row: Row, text: str, marked: Sequence[_Marked], asked: _Asked) -> Hit:
    in_text, in_comment, in_why = asked
    of_page = passage(text, in_text)
    best: tuple[Passage, int, int] | None = None
    for annotation_id, quote, comment, start in marked:
        for own in (passage(comment, in_comment), passage(quote, in_text)):
            if own.found and own.found >= of_page.found and (best is None or own.found > best[0].found):
                best = own, annotation_id, start
    if best is not None:
        part, annotation_id, start = best
        return Hit(row, What.ANNOTATION, part.text, part.marks, start, annotation_id, title=row.title)
    why = passage(row.why, in_why)
    if why.found > of_page.found:
        return Hit(row, What.CAPTURE, why.text, why.marks, of_page.place, title=row.title)
    shown = of_page if of_page.text else passage(row.excerpt, in_text)
    return Hit(row, What.CAPTURE, shown.text, shown.marks, of_page.place, title=row.title)
