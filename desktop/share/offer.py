"""What a pack would bring to this library, item by item, before anything is taken in.

Surprising: a highlight counts as here when it ever came with something that was kept. One that the person
removed since is not offered again.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.languages import tr, trn, writing
from desktop.library.acts import found
from desktop.share import trust
from desktop.share.opening import Opened
from desktop.share.trust import Verdict
from desktop.share.values import Item, ItemKind
from desktop.store.reader import Reader
from desktop.text.urls import is_web, url_key


class Becomes(StrEnum):
    """What taking an item in would do."""

    NEW = "new"
    """A page or note that is not here."""
    JOINS = "joins"
    """It is here; what is new of it joins it."""
    NOTHING = "nothing"
    """All of it is here."""
    DELETED = "deleted"
    """The person had it and threw it away: it comes back only when it is chosen."""


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """One item of a pack beside what is here."""

    item: Item
    becomes: Becomes
    new_quotes: int = 0
    """Highlights and comments that are not here."""
    new_answers: int = 0
    """Answers to what is here that are not."""
    brings_text: bool = False
    """Its full text would become a capture, since there is none here."""
    source_id: int = 0
    note_id: int = 0

    @property
    def sentence(self) -> str:
        """What happens to it, in words."""
        if self.becomes is Becomes.NEW:
            return tr("New: with its full text") if self.item.html else _new(self.item)
        if self.becomes is Becomes.DELETED:
            return tr("You threw this away before")
        if self.becomes is Becomes.NOTHING:
            return tr("Nothing new: you have all of it")
        parts = [tr("You have it")]
        for number, text in (
            (self.new_quotes, trn("{n} highlight joins", "{n} highlights join", self.new_quotes)),
            (self.new_answers, trn("{n} answer joins", "{n} answers join", self.new_answers)),
        ):
            parts += [text.format(n=writing.number(number))] if number else []
        return "; ".join([*parts, *([tr("its text joins")] if self.brings_text else [])])


@dataclass(frozen=True, slots=True)
class Offer:
    """A whole pack beside what is here."""

    opened: Opened
    verdict: Verdict
    items: tuple[OfferedItem, ...]
    pack_id: int = 0
    """0: it has not been received before."""
    state: str = ""
    """``new``, ``kept`` or ``aside``; empty: not received before."""
    answers: str = ""
    """The title of the pack of one's own that it answers, or empty."""
    refusal: str = ""
    """Why nothing can be taken in, in a sentence; empty: it can."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """UUIDs of the items that are taken when nobody chooses."""
        return tuple(one.item.uuid for one in self.items if one.becomes in (Becomes.NEW, Becomes.JOINS))


def look(reader: Reader, opened: Opened) -> Offer:
    """What the pack would bring. Writes nothing."""
    pack = opened.pack
    verdict = trust.of_opened(reader, opened)
    with reader.held() as connection:
        row = connection.execute(
            "SELECT id, state, sha256 FROM pack WHERE uuid = ? AND direction = 'received'", (pack.uuid,)
        ).fetchone()
        items = tuple(beside(connection, item, row[0] if row else 0) for item in pack.items)
        answered = connection.execute(
            "SELECT title FROM pack WHERE uuid = ? AND direction = 'sent'", (pack.reply_to,)
        ).fetchone()
    refusal = ""
    if verdict.is_blocked:
        refusal = trust.told(verdict)
    elif row and row[2] != opened.sha256:
        refusal = other_content()
    return Offer(
        opened, verdict, items, row[0] if row else 0, row[1] if row else "",
        (answered[0] or tr("a pack of yours")) if answered else "", refusal,
    )  # fmt: skip


def other_content() -> str:
    """The sentence for a pack that comes again and says something else."""
    return tr("You have had this pack before, with other content. Nothing of this one was taken in.")


def beside(connection: sqlite3.Connection, item: Item, pack_id: int = 0) -> OfferedItem:
    """One item beside what is here. ``pack_id``: the pack's row, if it has come before."""
    if item.kind is ItemKind.NOTE:
        return _note_beside(connection, item)
    source_id = source_of(connection, item)
    if not source_id:
        gone = found(connection, "SELECT 1 FROM tombstone WHERE uuid = ?", item.uuid)
        return OfferedItem(item, Becomes.DELETED if gone else Becomes.NEW, *_new_ones(connection, item, ()))
    if is_kept(connection, item.uuid, pack_id):
        new: tuple[int, int] = (0, 0)
    else:
        new = _new_ones(connection, item, _came(connection, item))
    (state, lacks_text) = connection.execute(
        "SELECT state, is_link_only FROM source WHERE id = ?", (source_id,)
    ).fetchone()
    brings = bool(item.html and lacks_text and _is_there(connection, item, source_id))
    becomes = Becomes.JOINS if any(new) or brings else Becomes.NOTHING
    if state == "trash":
        becomes = Becomes.NEW if _was_undone(connection, item.uuid) else Becomes.DELETED
    return OfferedItem(item, becomes, *new, brings, source_id)


def source_of(connection: sqlite3.Connection, item: Item) -> int:
    """The source here that an item is, or 0: by one of its captures, by an earlier pack, by its address."""
    here = found(connection, "SELECT source_id FROM capture WHERE uuid = ?", item.uuid) or found(
        connection,
        "SELECT source_id FROM pack_item WHERE uuid = ? AND source_id IS NOT NULL ORDER BY id DESC LIMIT 1",
        item.uuid,
    )
    return (
        here
        or found(connection, "SELECT source_id FROM address WHERE url_key = ?", url_key(address(item)))
        or (0,)
    )[0]


def _is_there(connection: sqlite3.Connection, item: Item, source_id: int) -> bool:
    """Whether the page here has the very address of the item: no text comes below another by a UUID alone."""
    key = url_key(address(item))
    return bool(
        found(connection, "SELECT 1 FROM address WHERE url_key = ? AND source_id = ?", key, source_id)
    )


def address(item: Item) -> str:
    """Where a page is; one that came without its address is known by its UUID alone."""
    return item.url if is_web(item.url) else f"urn:uuid:{item.uuid}"


def note_of(connection: sqlite3.Connection, item: Item) -> int:
    """The note here that an item is, or 0."""
    here = found(connection, "SELECT id FROM note WHERE uuid = ?", item.uuid)
    return here[0] if here else 0


def is_kept(connection: sqlite3.Connection, uuid: str, pack_id: int) -> bool:
    """Whether this very item of this very pack was taken in."""
    return bool(
        found(connection, "SELECT 1 FROM pack_item WHERE pack_id = ? AND uuid = ? AND is_kept", pack_id, uuid)
    )


def fresh(connection: sqlite3.Connection, item: Item) -> tuple[str, ...]:
    """UUIDs of the highlights and answers of an item that are not here and were not removed here."""
    here = _here(connection, (one.web.uuid for one in item.annotations)) | set(_came(connection, item))
    return tuple(one.web.uuid for one in item.annotations if one.web.uuid not in here)


def _new(item: Item) -> str:
    return tr("New note") if item.kind is ItemKind.NOTE else tr("New: link only")


def _note_beside(connection: sqlite3.Connection, item: Item) -> OfferedItem:
    note_id = note_of(connection, item)
    new = _new_ones(connection, item, _came(connection, item) if note_id else ())
    if not note_id:
        is_gone = was_kept(connection, item.uuid)
        return OfferedItem(item, Becomes.DELETED if is_gone else Becomes.NEW, *new)
    return OfferedItem(item, Becomes.JOINS if any(new) else Becomes.NOTHING, *new, note_id=note_id)


def was_kept(connection: sqlite3.Connection, uuid: str) -> bool:
    """Whether an item came with any pack and was kept."""
    return bool(found(connection, "SELECT 1 FROM pack_item WHERE uuid = ? AND is_kept", uuid))


def _was_undone(connection: sqlite3.Connection, uuid: str) -> bool:
    """Whether it lies in Trash since a taking-in was undone, and not since the person threw it away: then it
    came by a pack, and nothing says any more that it was kept."""
    came = found(connection, "SELECT 1 FROM capture WHERE uuid = ? AND browser = ''", uuid)
    return bool(came) and not was_kept(connection, uuid)


def _came(connection: sqlite3.Connection, item: Item) -> Sequence[str]:
    """UUIDs of what came with this item and was kept."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT uuid FROM pack_annotation WHERE uuid IN (SELECT value FROM json_each(?))",
            (json.dumps([one.web.uuid for one in item.annotations]),),
        )
    ]


def _new_ones(connection: sqlite3.Connection, item: Item, came: Sequence[str]) -> tuple[int, int]:
    """How many highlights and how many answers are not here."""
    here = _here(connection, (one.web.uuid for one in item.annotations)) | set(came)
    new = [one for one in item.annotations if one.web.uuid not in here]
    answers = sum(1 for one in new if one.reply_to)
    return len(new) - answers, answers


def _here(connection: sqlite3.Connection, uuids: Iterable[str]) -> set[str]:
    wanted = json.dumps(list(uuids))
    return {
        row[0]
        for row in connection.execute(
            "SELECT uuid FROM annotation WHERE uuid IN (SELECT value FROM json_each(?1)) "
            "UNION SELECT uuid FROM reply WHERE uuid IN (SELECT value FROM json_each(?1))",
            (wanted,),
        )
    }
