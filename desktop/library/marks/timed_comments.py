"""Comments at a moment of a video or recording: annotations whose selector is a W3C media fragment.

The surprising fact: such a comment stands at no place of the text. Its anchor is the beginning of every
version, found and exact, so that it is never "lost"; ``quote`` keeps the line that was heard.
"""

import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.acts import act, found, note_event, now
from desktop.library.marks.page_messages import PageComment, once, place_of
from desktop.library.sense_values import Colour
from desktop.library.tags import put_tags
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.moments import clock, fragment, heard, seconds_of, time_link

_OF = """SELECT annotation.id, source_id, fragment, comment, quote, source.url, made_at, is_private
    FROM annotation JOIN source ON source.id = source_id
    WHERE source_id = ? AND fragment LIKE 't=%' ORDER BY made_at, annotation.id"""


@dataclass(frozen=True, slots=True)
class TimedComment:
    """A comment at a moment."""

    id: int
    """Annotation id: changed, tagged, removed like any other (`annotations`)."""
    source_id: int
    seconds: float
    comment: str
    caption: str
    """The line that was heard, or empty."""
    url: str
    """Opens the video at that moment."""
    made_at: int
    is_private: bool


def comment(
    writer: Writer,
    capture_id: int,
    seconds: float,
    text: str,
    caption: str = "",
    tags: Sequence[str] = (),
    is_private: bool = False,
    origin: str = "",
) -> Changes:
    """Say something at a moment of a capture; ``made`` is the annotation's id. Undoable.

    Without ``caption``, the line of the capture's transcript is kept. Raises BadInput: no words, no capture.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        source_id, made = insert(
            connection, capture_id, seconds, text, caption, tags=tags, is_private=is_private
        )
        said = tr("Comment at {time}").format(time=clock(seconds))
        return Changes(frozenset({Noun.ANNOTATION}), (source_id,), origin, said, made)

    return act(writer, work)


def insert(
    connection: sqlite3.Connection,
    capture_id: int,
    seconds: float,
    text: str,
    caption: str = "",
    *,
    tags: Sequence[str] = (),
    is_private: bool = False,
    made_at: int = 0,
    own_uuid: str = "",
    origin: str = "reader",
) -> tuple[int, int]:
    """Store one inside an act; (source id, annotation id). Raises BadInput."""
    if not text.strip():
        raise BadInput(tr("There are no words in this comment."))
    row = connection.execute(
        "SELECT source_id, transcript FROM capture JOIN content ON content.id = content_id "
        "WHERE capture.id = ?",
        (capture_id,),
    ).fetchone()
    if row is None:
        raise BadInput(tr("This version is not here any more."))
    moment = now()
    values = {
        "uuid": own_uuid or str(uuid.uuid4()), "source_id": row[0], "capture_id": capture_id,
        "made_at": made_at or moment, "changed_at": moment, "creator": "", "colour": Colour.STRAW.value,
        "comment": text.strip(), "link": "", "is_private": int(is_private), "start": 0, "stop": 0,
        "quote": caption.strip() or heard(row[1], seconds), "prefix": "", "suffix": "", "range": "",
        "fragment": fragment(seconds), "origin": origin,
    }  # fmt: skip
    signs = ", ".join("?" * len(values))
    made = connection.execute(
        f"INSERT INTO annotation ({', '.join(values)}) VALUES ({signs})", tuple(values.values())
    ).lastrowid
    assert made is not None
    for capture in found(connection, "SELECT id FROM capture WHERE source_id = ?", row[0]):
        connection.execute("INSERT INTO anchor VALUES (?, ?, 0, 0, 'exact', 100)", (made, capture))
    put_tags(connection, "annotation_tag", made, tags)
    note_event(connection, "sense", "commented on a moment", 1, "source", row[0])
    return row[0], made


def receive(writer: Writer, comment: PageComment, origin: str = "") -> Changes | None:
    """Take in a comment made on the live page, once for its UUID. Undoable.

    None: its page is not here yet; on one deleted for good: empty Changes. Raises BadInput: no words.
    """
    if not comment.comment.strip():
        raise BadInput(tr("There are no words in this comment."))
    said = tr("Comment at {time}").format(time=clock(comment.seconds))

    def work(connection: sqlite3.Connection) -> Changes:
        capture_id, _ = place_of(connection, comment.of)
        if not capture_id:
            return Changes()
        source_id, made = insert(
            connection, capture_id, comment.seconds, comment.comment, comment.caption,
            tags=comment.tags, is_private=comment.is_private, made_at=comment.made_at,
            own_uuid=comment.uuid, origin="page",
        )  # fmt: skip
        nouns = frozenset({Noun.ANNOTATION, Noun.TAG} if comment.tags else {Noun.ANNOTATION})
        return Changes(nouns, (source_id,), origin, said, made)

    return once(writer, comment.uuid, comment.of, said, work)


def of_source(reader: Reader, source_id: int) -> list[TimedComment]:
    """The comments on moments of a source, in the order of the film."""
    rows = [(row, seconds_of(row[2]) or 0.0) for row in reader.rows(_OF, (source_id,))]
    return [
        TimedComment(row[0], row[1], at, row[3], row[4], time_link(row[5], at), row[6], bool(row[7]))
        for row, at in sorted(rows, key=lambda one: one[1])
    ]
