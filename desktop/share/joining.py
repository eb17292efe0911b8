"""What an item brings beside its text: highlights on my own copy, answers, tags, who led there.

Surprising: what was marked never changes. A highlight keeps the words and the author it came with; where it
stands in my copy is noted beside it, and one that stands nowhere is listed as lost.
"""

import hashlib
import json
import sqlite3
import time
from functools import cached_property

from desktop.languages import tr
from desktop.learning.rows import insert
from desktop.library import notes
from desktop.library.acts import found, now
from desktop.library.edits import join_text
from desktop.library.marks import anchors
from desktop.library.tag_paths import named
from desktop.library.tags import put_on, put_tags
from desktop.share import offer
from desktop.share.trust import plain_name
from desktop.share.values import Item, SharedAnnotation
from desktop.text import anchoring
from desktop.text.alike import Ground
from desktop.text.anchoring import LOST, Found
from desktop.text.block_edits import full_text
from desktop.text.moments import seconds_of
from desktop.text.selectors import range_of


def describe(connection: sqlite3.Connection, source_id: int, item: Item, through: str) -> None:
    """Of a page that is new here: its tags, and that the sender led to it."""
    put_on(connection, [source_id], named(item.tags))
    join_text(connection, source_id, "found_through", "", through)


def new_note(connection: sqlite3.Connection, item: Item) -> int:
    """A note as it came; its id."""
    moment = now()
    note_id = insert(
        connection,
        "note",
        {
            "uuid": item.uuid, "title": item.title, "body": item.markdown,
            "made_at": item.captured_at or moment, "changed_at": moment, "is_private": 0,
        },
    )  # fmt: skip
    put_tags(connection, "note_tag", note_id, named(item.tags))
    notes.tie(connection, note_id)
    return note_id


def annotations(
    connection: sqlite3.Connection,
    item: Item,
    pack_id: int,
    author: str,
    *,
    source_id: int = 0,
    note_id: int = 0,
    patience: "Patience | None" = None,
) -> int:
    """Bring in the highlights and answers of an item that are not here, inside an act; how many."""
    wanted = set(offer.fresh(connection, item))
    copy = _Copy(connection, source_id, item.text_sha256, patience or Patience()) if source_id else None
    number = 0
    for one in item.annotations:
        if one.web.uuid not in wanted:
            continue
        wanted.discard(one.web.uuid)  # a pack may name one twice
        if copy is None or one.reply_to or not _is_at_a_place(one):
            _answer(connection, one, item, pack_id, author, source_id, note_id)
        else:
            copy.put(one, _creator(one, author))
        connection.execute("INSERT OR IGNORE INTO pack_annotation VALUES (?, ?)", (pack_id, one.web.uuid))
        number += 1
    return number


def _creator(one: SharedAnnotation, author: str) -> str:
    """Who made it; never empty, which would make it the person's own."""
    return one.web.creator if plain_name(one.web.creator) else author or tr("somebody")


def _is_at_a_place(one: SharedAnnotation) -> bool:
    chosen = one.web.selectors
    return bool(chosen.quote.exact.strip()) or seconds_of(chosen.fragment) is not None


def _answer(
    connection: sqlite3.Connection,
    one: SharedAnnotation,
    item: Item,
    pack_id: int,
    author: str,
    source_id: int,
    note_id: int,
) -> None:
    """A comment on an item, a highlight, or another comment."""
    answered = connection.execute(
        "SELECT id FROM annotation WHERE uuid = ? AND source_id = ?", (one.reply_to, source_id)
    ).fetchone()  # of this page: a pack may name a highlight that it has nothing to do with
    moment = now()
    insert(
        connection,
        "reply",
        {
            "uuid": one.web.uuid, "reply_to": one.reply_to or item.uuid, "source_id": source_id or None,
            "note_id": note_id or None, "annotation_id": answered[0] if answered else None,
            "pack_id": pack_id, "creator": _creator(one, author), "body": one.web.comment,
            "made_at": one.web.made_at or moment, "changed_at": moment, "sent_at": 0,
        },
    )  # fmt: skip


class Patience:
    """How long highlights of one pack are looked for: some that stand nowhere take a second each."""

    def __init__(self, seconds: float = 20.0) -> None:
        self._left = seconds

    def find(self, ground: Ground, one: SharedAnnotation) -> Found:
        """As `anchoring.find`; lost without a look once the time is up."""
        if self._left <= 0:
            return LOST
        start = time.thread_time()
        place = anchoring.find(ground, one.web.selectors.quote, one.web.selectors.start)
        self._left -= time.thread_time() - start
        return place


class _Copy:
    """My own copy of a page, on which highlights are placed."""

    def __init__(
        self, connection: sqlite3.Connection, source_id: int, their_text: str, patience: Patience
    ) -> None:
        self._connection, self._source_id, self._their_text = connection, source_id, their_text
        self._patience = patience
        (self._capture_id,) = found(connection, "SELECT capture_id FROM source WHERE id = ?", source_id)
        (self._versions,) = found(connection, "SELECT versions FROM source WHERE id = ?", source_id)

    @cached_property
    def _content(self) -> tuple[str, str, str]:
        row: tuple[str, str, str] = self._connection.execute(
            "SELECT text, html, left_out FROM capture JOIN content ON content.id = content_id "
            "WHERE capture.id = ?",
            (self._capture_id,),
        ).fetchone()
        return row

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self._content[0])

    @cached_property
    def _whole(self) -> Ground:
        return Ground(full_text(self._content[0], json.loads(self._content[2])))

    @cached_property
    def _is_same_text(self) -> bool:
        return text_digest(self._content[0]) == self._their_text

    def put(self, one: SharedAnnotation, creator: str) -> None:
        """Store a highlight as it came, and note where it stands."""
        web, quote = one.web, one.web.selectors.quote
        is_timed = seconds_of(web.selectors.fragment) is not None
        place = Found(0, 0, "exact", 100) if is_timed else self._place(one)
        is_exact = self._is_same_text and place.start == web.selectors.start and place.how == "exact"
        moment = now()
        made = insert(
            self._connection,
            "annotation",
            {
                "uuid": web.uuid, "source_id": self._source_id, "capture_id": self._capture_id,
                "made_at": web.made_at or moment, "changed_at": web.changed_at or web.made_at or moment,
                "creator": creator, "colour": web.colour, "comment": web.comment,
                "link": web.link, "is_private": 0, "start": place.start, "stop": place.stop,
                "quote": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix,
                "range": web.selectors.range if is_exact else self._range(place),
                "fragment": web.selectors.fragment, "origin": "pack",
            },
        )  # fmt: skip
        if is_timed:
            self._connection.execute(
                "INSERT INTO anchor SELECT ?, id, 0, 0, 'exact', 100 FROM capture WHERE source_id = ?",
                (made, self._source_id),
            )
        else:
            anchors.put(self._connection, made, self._capture_id, place)
            if self._versions > 1:
                anchors.place_everywhere(self._connection, made, but=self._capture_id)
        put_tags(self._connection, "annotation_tag", made, web.tags)

    def _place(self, one: SharedAnnotation) -> Found:
        chosen, text = one.web.selectors, self._content[0]
        if not text:
            return LOST
        if (
            self._is_same_text
            and chosen.start >= 0
            and text[chosen.start : chosen.stop] == chosen.quote.exact
        ):
            return Found(chosen.start, chosen.stop, "exact", 100)
        place = self._patience.find(self._ground, one)
        if place.how == "lost" and self._content[2] != "[]":
            place = self._patience.find(self._whole, one)
        return place

    def _range(self, place: Found) -> str:
        text, html, _ = self._content
        return range_of(html, text, place.start, place.stop) if place.start < place.stop <= len(text) else ""


def text_digest(text: str) -> str:
    """By what two people's copies of a text are told equal: `Item.text_sha256`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
