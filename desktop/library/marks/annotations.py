"""Highlight and comment, and all else that a person does with a marked passage.

Positions are code points of the capture's full text (`text.block_edits.full_text`). Surprising: what was
marked never changes. Colour, comment, tags and link do; when the page changes, a new place is noted beside
the old one, and the quotation stays what it was.
"""

import json
import sqlite3
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.errors import BadInput
from desktop.languages import mark, tr
from desktop.library.acts import act, as_json, found, label, note_event, now
from desktop.library.marks.highlights import (
    Filter,
    HighlightCounts,
    HighlightOrder,
    Placed,
    all_of,
    counts,
    ids,
    lost_of,
    of_capture,
    of_source,
    page,
    read,
)
from desktop.library.sense_values import Colour
from desktop.library.tag_paths import key_of
from desktop.library.tags import put_tags
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

if TYPE_CHECKING:
    from desktop.text.selectors import Selectors

__all__ = [
    "Filter", "HighlightCounts", "HighlightOrder", "Placed", "all_of", "comment", "counts", "edit",
    "highlight", "ids", "lost_of", "of_capture", "of_source", "page", "place_again", "read", "recolour",
    "remove", "set_link", "set_private", "set_tags", "tag",
]  # fmt: skip

_NOUNS = frozenset({Noun.ANNOTATION})
_EDITED = {
    "colour": mark("Colour changed"),
    "comment": mark("Comment saved"),
    "tags": mark("Tags changed"),
    "link": mark("Link saved"),
}


def highlight(
    writer: Writer,
    capture_id: int,
    start: int,
    stop: int,
    colour: Colour = Colour.STRAW,
    comment: str = "",
    tags: Sequence[str] = (),
    link: str = "",
    is_private: bool = False,
    origin: str = "",
) -> Changes:
    """Mark a passage of a version; ``made`` of the Changes is the annotation's id. Undoable.

    The very same passage of the same version, marked again, only gets the colour. Raises BadInput for an
    empty passage, or a version that is gone.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        source_id, passage = described(connection, capture_id, start, stop)
        place = (capture_id, passage.start, passage.stop)
        same = found(
            connection,
            "SELECT id FROM annotation JOIN anchor ON annotation_id = id "
            "WHERE anchor.capture_id = ? AND anchor.start = ? AND anchor.stop = ? AND how <> 'lost'",
            *place,
        )
        if same and not (comment or tags or link):
            set_column(connection, same[:1], "colour", colour.value)
            return Changes(_NOUNS, (source_id,), origin, tr("Colour changed"), same[0])
        made = insert(
            connection,
            source_id,
            capture_id,
            passage,
            {
                "colour": colour.value,
                "comment": comment.strip(),
                "link": link.strip(),
                "is_private": is_private,
            },
        )
        put_tags(connection, "annotation_tag", made, tags)
        note_event(connection, "sense", "highlighted", 1, "source", source_id)
        nouns = _NOUNS | ({Noun.TAG} if tags else frozenset())
        return Changes(nouns, (source_id,), origin, tr("Highlighted"), made)

    return act(writer, work)


def recolour(writer: Writer, ids: Sequence[int], colour: Colour, origin: str = "") -> Changes:
    """Give highlights another colour; empty Changes when they have it. Undoable."""
    return _change(writer, ids, "colour", colour.value, origin, (tr("Colour changed"), tr("colours changed")))


def comment(writer: Writer, annotation_id: int, text: str, origin: str = "") -> Changes:
    """Say something to a passage, in Markdown; empty: nothing any more. Undoable.

    Raises BadInput for a passage that somebody else marked: their words stay theirs.
    """
    said = tr("Comment saved") if text.strip() else tr("Comment removed")
    return _change(writer, [annotation_id], "comment", text.strip(), origin, (said, ""))


def set_link(writer: Writer, annotation_id: int, link: str, origin: str = "") -> Changes:
    """Let a passage lead to an address of one's own; empty: to none. Undoable."""
    said = tr("Link saved") if link.strip() else tr("Link removed")
    return _change(writer, [annotation_id], "link", link.strip(), origin, (said, ""))


def set_private(writer: Writer, ids: Sequence[int], is_private: bool, origin: str = "") -> Changes:
    """Keep annotations out of everything that is shared, or no longer. Undoable."""
    one, many = tr("Highlight no longer private"), tr("highlights no longer private")
    if is_private:
        one, many = tr("Highlight kept private"), tr("highlights kept private")
    return _change(writer, ids, "is_private", int(is_private), origin, (one, many))


def set_tags(writer: Writer, annotation_id: int, names: Sequence[str], origin: str = "") -> Changes:
    """Make these the tags of an annotation; new ones are made. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        touched = _sources(connection, [annotation_id])
        if not touched or not put_tags(connection, "annotation_tag", annotation_id, names):
            return Changes()
        touch(connection, [annotation_id])
        return Changes(_NOUNS | {Noun.TAG}, touched, origin, tr("Tags changed"))

    return act(writer, work)


def edit(
    writer: Writer,
    annotation_id: int,
    colour: Colour | None = None,
    comment: str | None = None,
    tags: Sequence[str] | None = None,
    link: str | None = None,
    origin: str = "",
) -> Changes:
    """Change what stands on the card of one highlight; None: not touched. Undoable as one.

    Raises BadInput for another comment on a passage that somebody else marked.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        wanted = {
            "colour": colour.value if colour else None,
            "comment": comment.strip() if comment is not None else None,
            "link": link.strip() if link is not None else None,
        }
        if comment is not None:
            _be_own(connection, [annotation_id], comment.strip())
        changed = [
            name
            for name, value in wanted.items()
            if value is not None and set_column(connection, [annotation_id], name, value)
        ]
        touched = _sources(connection, [annotation_id])
        if tags is not None and touched and put_tags(connection, "annotation_tag", annotation_id, tags):
            touch(connection, [annotation_id])
            changed.append("tags")
        if not changed:
            return Changes()
        nouns = _NOUNS | ({Noun.TAG} if "tags" in changed else frozenset())
        said = tr(_EDITED.get(changed[0], "")) if len(changed) == 1 else ""
        return Changes(nouns, touched, origin, said or tr("Highlight changed"), annotation_id)

    return act(writer, work)


def tag(
    writer: Writer, ids: Sequence[int], add: Sequence[str], remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Add and remove tags of annotations by name. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        minus = {key_of(name) for name in remove}
        changed = []
        for one in ids:
            kept = (name for name in _tags(connection, one) if key_of(name) not in minus)
            if put_tags(connection, "annotation_tag", one, [*kept, *add]):
                changed.append(one)
        if not changed:
            return Changes()
        touch(connection, changed)
        return Changes(_NOUNS | {Noun.TAG}, _sources(connection, changed), origin, tr("Tags changed"))

    return act(writer, work)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Remove annotations with all that hangs on them; notes that quote them keep the words. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        from desktop.library.deletion import remove_annotations  # sqlmodel is loaded where acts run

        here = found(
            connection, "SELECT id FROM annotation WHERE id IN (SELECT value FROM json_each(?))", as_json(ids)
        )
        touched = _sources(connection, here)
        remove_annotations(connection, as_json(here))
        said = label(here, tr("Highlight removed"), tr("highlights removed"))
        return Changes(_NOUNS | {Noun.NOTE, Noun.BASKET}, touched, origin, said) if here else Changes()

    return act(writer, work)


def place_again(
    writer: Writer, annotation_id: int, capture_id: int, start: int, stop: int, origin: str = ""
) -> Changes:
    """Say by hand where an annotation stands on a version. Undoable.

    Later versions are searched from there. Raises BadInput for an empty passage, or one of another source.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        from desktop.library.marks.anchors import put
        from desktop.text.anchoring import Found

        source_id, passage = described(connection, capture_id, start, stop)
        if _sources(connection, [annotation_id]) != (source_id,):
            raise BadInput(tr("This highlight belongs to another page."))
        put(connection, annotation_id, capture_id, Found(passage.start, passage.stop, "exact", 100))
        return Changes(_NOUNS, (source_id,), origin, tr("Highlight placed"), annotation_id)

    return act(writer, work)


def insert(
    connection: sqlite3.Connection,
    source_id: int,
    capture_id: int,
    passage: "Selectors",
    others: dict[str, object],
    *,
    is_lost: bool = False,
) -> int:
    """Store an annotation and find its places, inside an act; its id.

    ``others``: columns that have no default here, or another.
    """
    from desktop.library.marks import anchors
    from desktop.text.anchoring import LOST, Found

    moment = now()
    row = {
        "uuid": str(uuid.uuid4()), "source_id": source_id, "capture_id": capture_id, "made_at": moment,
        "changed_at": moment, "creator": "", "colour": Colour.STRAW.value, "comment": "", "link": "",
        "is_private": 0, "start": passage.start, "stop": passage.stop, "quote": passage.quote.exact,
        "prefix": passage.quote.prefix, "suffix": passage.quote.suffix, "range": passage.range,
        "fragment": passage.fragment, "origin": "reader",
    } | others  # fmt: skip
    made = connection.execute(
        f"INSERT INTO annotation ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    ).lastrowid
    assert made is not None
    place = LOST if is_lost else Found(passage.start, passage.stop, "exact", 100)
    anchors.put(connection, made, capture_id, place)
    anchors.place_everywhere(connection, made, but=capture_id)
    return made


def described(
    connection: sqlite3.Connection, capture_id: int, start: int, stop: int
) -> tuple[int, "Selectors"]:
    """The source of a version, and a passage of it by all selectors, inside an act. Raises BadInput."""
    from desktop.text.block_edits import full_text
    from desktop.text.selectors import describe

    row = connection.execute(
        "SELECT source_id, text, html, left_out FROM capture JOIN content ON content.id = content_id "
        "WHERE capture.id = ?",
        (capture_id,),
    ).fetchone()
    if row is None:
        raise BadInput(tr("This version is not here any more."))
    source_id, text, html, left_out = row
    is_within = stop <= len(text)
    try:
        whole = text if is_within else full_text(text, json.loads(left_out))
        return int(source_id), describe(whole, start, stop, html if is_within else "")
    except ValueError:
        raise BadInput(tr("There is no text in this selection."), tr("Select some words first.")) from None


def _change(
    writer: Writer, ids: Sequence[int], column: str, value: object, origin: str, said: tuple[str, str]
) -> Changes:
    def work(connection: sqlite3.Connection) -> Changes:
        if column == "comment":
            _be_own(connection, ids, str(value))
        changed = set_column(connection, ids, column, value)
        if not changed:
            return Changes()
        made = changed[0] if len(changed) == 1 else 0
        return Changes(_NOUNS, _sources(connection, changed), origin, label(changed, *said), made)

    return act(writer, work)


def _be_own(connection: sqlite3.Connection, ids: Sequence[int], comment: str) -> None:
    """Raises BadInput when the comment of somebody else would become another."""
    row = connection.execute(
        "SELECT creator FROM annotation WHERE id IN (SELECT value FROM json_each(?)) AND creator <> '' "
        "AND comment <> ? LIMIT 1",
        (as_json(ids), comment),
    ).fetchone()
    if row is not None:
        raise BadInput(
            tr("These are the words of {name}.").format(name=row[0]),
            tr("Answer them with words of your own."),
        )


def set_column(
    connection: sqlite3.Connection, ids: Sequence[int], column: str, value: object
) -> tuple[int, ...]:
    """Set a column inside an act; the annotations for which it was another."""
    changed = found(
        connection,
        f"SELECT id FROM annotation WHERE id IN (SELECT value FROM json_each(?)) AND {column} <> ?",
        as_json(ids),
        value,
    )
    connection.executemany(
        f"UPDATE annotation SET {column} = ? WHERE id = ?", [(value, one) for one in changed]
    )
    touch(connection, changed)
    return changed


def _tags(connection: sqlite3.Connection, annotation_id: int) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM annotation_tag JOIN tag ON tag.id = tag_id WHERE annotation_id = ?",
        (annotation_id,),
    )
    return [row[0] for row in rows]


def touch(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """These were changed now."""
    connection.executemany("UPDATE annotation SET changed_at = ? WHERE id = ?", [(now(), one) for one in ids])


def _sources(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[int, ...]:
    return found(
        connection,
        "SELECT DISTINCT source_id FROM annotation WHERE id IN (SELECT value FROM json_each(?))",
        as_json(ids),
    )
