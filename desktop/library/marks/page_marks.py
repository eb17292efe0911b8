"""Highlights made on the live page: taken in once each, placed by their quotation.

Surprising: the page was captured before it was marked, but maybe another version is the newest by now; the
annotation belongs to the capture it was made beside and is carried from there like any other.
"""

import sqlite3
from dataclasses import dataclass

from desktop.errors import BadInput
from desktop.languages import mark, tr
from desktop.library.acts import found, note_event, now
from desktop.library.marks.page_messages import once, place_of
from desktop.library.sense_values import Colour
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

_LABEL = mark("Highlighted in the browser")
_EDITED = mark("Highlight edited in the browser")


@dataclass(frozen=True, slots=True)
class PageMark:
    """A passage marked on the live page, checked."""

    uuid: str
    """Becomes the annotation's."""
    of: str
    """UUID of the page's capture."""
    quote: str
    prefix: str = ""
    suffix: str = ""
    colour: Colour = Colour.STRAW
    comment: str = ""
    tags: tuple[str, ...] = ()
    link: str = ""
    is_private: bool = False
    made_at: int = 0
    """Milliseconds; 0: now."""


@dataclass(frozen=True, slots=True)
class MarkEdit:
    """What became of an annotation on the live page later. None: not touched."""

    uuid: str
    of: str
    annotation: str
    """UUID of the annotation."""
    colour: Colour | None = None
    comment: str | None = None
    tags: tuple[str, ...] | None = None
    link: str | None = None
    is_private: bool | None = None
    is_removed: bool = False


def receive(writer: Writer, mark: PageMark | MarkEdit, origin: str = "") -> Changes | None:
    """Take in a mark or the edit of one, once per its UUID; None: its capture or annotation is not here yet.

    A repeat, or a mark on what was deleted for good, gives empty Changes. Undoable. Raises BadInput for a
    mark without words.
    """
    if isinstance(mark, PageMark) and not mark.quote.strip():
        raise BadInput(tr("The highlight has no words."))

    said = tr(_LABEL if isinstance(mark, PageMark) else _EDITED)

    def work(connection: sqlite3.Connection) -> Changes:
        source_id, made = _mark(connection, mark) if isinstance(mark, PageMark) else _edit(connection, mark)
        if not source_id:
            return Changes()
        nouns = frozenset({Noun.ANNOTATION, Noun.TAG} if mark.tags else {Noun.ANNOTATION})
        return Changes(nouns, (source_id,), origin, said, made)

    def is_here(connection: sqlite3.Connection) -> bool:
        return isinstance(mark, PageMark) or is_known(connection, mark)

    return once(writer, mark.uuid, mark.of, said, work, is_here)


def is_known(connection: sqlite3.Connection, mark: MarkEdit) -> bool:
    """Whether the annotation that is changed has come: also when it has gone again since."""
    return bool(
        found(
            connection,
            "SELECT 1 FROM annotation WHERE uuid = ?1 UNION SELECT 1 FROM applied WHERE uuid = ?1 "
            "UNION SELECT 1 FROM tombstone WHERE uuid = ?2",
            mark.annotation,
            mark.of,
        )
    )


def _mark(connection: sqlite3.Connection, mark: PageMark) -> tuple[int, int]:
    """(source id, annotation id), both 0 when the page was deleted for good."""
    from desktop.library.marks import anchors, annotations
    from desktop.library.tags import put_tags
    from desktop.text.selectors import Quote, Selectors, fragment_of

    capture_id, source_id = place_of(connection, mark.of)
    if not capture_id:
        return 0, 0
    quote = Quote(mark.quote, mark.prefix, mark.suffix)
    place = anchors.quoted_on(connection, capture_id, quote)
    if place.how == "lost":
        described = Selectors(
            0, 0, Quote(mark.quote, mark.prefix[-32:], mark.suffix[:32]), "", fragment_of(quote)
        )
    else:
        _, described = annotations.described(connection, capture_id, place.start, place.stop)
    made = annotations.insert(
        connection,
        source_id,
        capture_id,
        described,
        {
            "uuid": mark.uuid, "made_at": mark.made_at or now(), "colour": mark.colour.value,
            "comment": mark.comment.strip(), "link": mark.link.strip(), "is_private": int(mark.is_private),
            "origin": "page",
        },
        is_lost=place.how == "lost",
    )  # fmt: skip
    put_tags(connection, "annotation_tag", made, mark.tags)
    note_event(connection, "sense", "highlighted", 1, "source", source_id)
    return source_id, made


def _edit(connection: sqlite3.Connection, mark: MarkEdit) -> tuple[int, int]:
    """(source id, annotation id), both 0 when it is gone or was so already."""
    from desktop.library.acts import as_json
    from desktop.library.deletion import remove_annotations
    from desktop.library.marks import annotations
    from desktop.library.tags import put_tags

    row = connection.execute(
        "SELECT id, source_id, creator FROM annotation WHERE uuid = ?", (mark.annotation,)
    ).fetchone()
    if row is None:
        return 0, 0
    annotation_id, source_id, creator = row
    ids = [annotation_id]
    if mark.is_removed:
        remove_annotations(connection, as_json(ids))
        return source_id, 0
    values = {
        "colour": mark.colour.value if mark.colour else None,
        # Somebody else's words stay theirs.
        "comment": mark.comment.strip() if mark.comment is not None and not creator else None,
        "link": mark.link.strip() if mark.link is not None else None,
        "is_private": int(mark.is_private) if mark.is_private is not None else None,
    }
    wanted = [(column, value) for column, value in values.items() if value is not None]
    changed = [column for column, value in wanted if annotations.set_column(connection, ids, column, value)]
    if mark.tags is not None and put_tags(connection, "annotation_tag", annotation_id, mark.tags):
        annotations.touch(connection, ids)
        changed.append("tags")
    return (source_id, annotation_id) if changed else (0, 0)
