"""Where annotations stand on each version of their source.

An annotation is made on one version and keeps what it said there. For every other version its place is found
anew and noted beside it. Surprising: a place that is lost is noted too, since "looked for and not found" is
shown to the person, while "not looked for yet" is work.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.library.acts import found
from desktop.text import anchoring
from desktop.text.alike import Ground
from desktop.text.anchoring import LOST, Found
from desktop.text.block_edits import full_text
from desktop.text.carrying import Carrier
from desktop.text.selectors import Quote

_VERSIONS = 12
"""How many of the newest texts of a source a new annotation is looked for on."""

_STOOD = """SELECT anchor.start, anchor.stop, capture.content_id, certainty
    FROM anchor JOIN capture ON capture.id = anchor.capture_id
    WHERE annotation_id = ? AND anchor.capture_id <> ? AND how <> 'lost' ORDER BY capture.number DESC"""
"""Places on other versions, the newest first."""


@dataclass
class _Texts:
    """The texts of one source, each read and folded once for all of its annotations."""

    connection: sqlite3.Connection
    grounds: dict[int, Ground] = field(default_factory=dict)
    carriers: dict[tuple[int, int], Carrier] = field(default_factory=dict)

    def ground(self, content_id: int) -> Ground:
        """The full text of a content."""
        if content_id not in self.grounds:
            text, left_out = self.connection.execute(
                "SELECT text, left_out FROM content WHERE id = ?", (content_id,)
            ).fetchone()
            self.grounds[content_id] = Ground(full_text(text, json.loads(left_out)))
        return self.grounds[content_id]

    def carrier(self, old: int, new: int) -> Carrier:
        """From one content to another."""
        if (old, new) not in self.carriers:
            self.carriers[old, new] = Carrier(self.ground(old), self.ground(new))
        return self.carriers[old, new]


def carry(connection: sqlite3.Connection, capture_id: int) -> int:
    """Find the place on this version of every annotation of its source that has none there yet; how many were
    found or noted as lost. Inside the caller's transaction."""
    waiting = found(
        connection,
        "SELECT annotation.id FROM capture JOIN annotation ON annotation.source_id = capture.source_id "
        "LEFT JOIN anchor ON anchor.annotation_id = annotation.id AND anchor.capture_id = capture.id "
        "WHERE capture.id = ? AND coalesce(anchor.how, 'lost') = 'lost' AND fragment NOT LIKE 't=%' "
        "ORDER BY annotation.id",
        capture_id,
    )
    texts = _Texts(connection)
    for annotation_id in waiting:
        _place(texts, annotation_id, capture_id)
    connection.execute(  # comments at a moment of a film: on every version
        "INSERT OR IGNORE INTO anchor SELECT annotation.id, capture.id, 0, 0, 'exact', 100 FROM capture "
        "JOIN annotation ON annotation.source_id = capture.source_id "
        "WHERE capture.id = ? AND fragment LIKE 't=%'",
        (capture_id,),
    )
    return len(waiting)


def place_everywhere(connection: sqlite3.Connection, annotation_id: int, but: int = 0) -> None:
    """Find the place of a new annotation on the versions of its source but one: on all with one of its newest
    texts."""
    captures = connection.execute(
        "SELECT capture.id, content_id FROM annotation "
        "JOIN capture ON capture.source_id = annotation.source_id "
        "WHERE annotation.id = ? ORDER BY capture.number DESC",
        (annotation_id,),
    ).fetchall()
    newest = list(dict.fromkeys(content_id for _, content_id in captures))[:_VERSIONS]
    texts = _Texts(connection)
    for capture_id, content_id in captures:
        if capture_id != but and content_id in newest:
            _place(texts, annotation_id, capture_id)


def put(connection: sqlite3.Connection, annotation_id: int, capture_id: int, place: Found) -> None:
    """Note where an annotation stands on a version."""
    connection.execute(
        "INSERT INTO anchor (annotation_id, capture_id, start, stop, how, certainty) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET start = excluded.start, "
        "stop = excluded.stop, how = excluded.how, certainty = excluded.certainty",
        (annotation_id, capture_id, place.start, place.stop, place.how, place.certainty),
    )


def quoted_on(connection: sqlite3.Connection, capture_id: int, quote: Quote) -> Found:
    """Where a quotation stands on a version: in its text, or else in what was left out of it."""
    row = connection.execute(
        "SELECT text, left_out FROM capture JOIN content ON content.id = content_id WHERE capture.id = ?",
        (capture_id,),
    ).fetchone()
    place = anchoring.find(Ground(row[0]), quote)
    left_out: Sequence[str] = json.loads(row[1])
    if place.how == "lost" and left_out:
        return anchoring.find(Ground(full_text(row[0], left_out)), quote)
    return place


def _place(texts: _Texts, annotation_id: int, capture_id: int) -> None:
    (content_id,) = found(texts.connection, "SELECT content_id FROM capture WHERE id = ?", capture_id)
    stood = texts.connection.execute(_STOOD, (annotation_id, capture_id)).fetchall()
    place = _by_places(texts, stood, content_id)
    if not stood:
        row = texts.connection.execute(
            "SELECT quote, prefix, suffix FROM annotation WHERE id = ?", (annotation_id,)
        ).fetchone()
        place = quoted_on(texts.connection, capture_id, Quote(*row))
    put(texts.connection, annotation_id, capture_id, place)


def _by_places(texts: _Texts, stood: list[tuple[int, int, int, int]], content_id: int) -> Found:
    """From the places on other versions: on the same text it is the same; else from the newest on which the
    passage stands, or the oldest, where it was marked."""
    for start, stop, other, certainty in stood:
        if other == content_id:
            return Found(start, stop, "exact", certainty)
    for start, stop, other, certainty in dict.fromkeys(stood[:1] + stood[-1:]):
        place = texts.carrier(other, content_id).carry(start, stop)
        if place.how != "lost":
            return Found(place.start, place.stop, place.how, min(place.certainty, certainty))
    return LOST
