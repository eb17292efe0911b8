"""Take a pack into the library: as one act, once, and joined to what is there.

Surprising: undoing puts pages that were new into Trash, where they can be read for 30 days, since a capture
never changes and is never taken back; all else that came is gone again.
"""

import sqlite3
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from desktop.errors import BadInput, Refused
from desktop.languages import tr, trn, writing
from desktop.library.acts import note_event, now
from desktop.library.values import Asset
from desktop.paths import Paths
from desktop.share import joining, offer, trust
from desktop.share.arriving import Arrival, drop_unnamed, keep_files, keep_offer, put_aside, reopen
from desktop.share.offer import Becomes, Offer, OfferedItem, look
from desktop.share.opening import Opened
from desktop.share.pages_in import Prepared, new_page, new_text, prepare
from desktop.share.values import Item, ItemKind
from desktop.store import journal
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

if TYPE_CHECKING:
    from sqlmodel import Session

__all__ = ["Becomes", "Offer", "OfferedItem", "keep_offer", "look", "put_aside", "reopen", "take"]

_ALL = frozenset(
    {Noun.PACK, Noun.SOURCE, Noun.CAPTURE, Noun.ANNOTATION, Noun.NOTE, Noun.TAG, Noun.PERSON, Noun.REPLY}
)


def take(
    writer: Writer,
    reader: Reader,
    paths: Paths,
    opened: Opened,
    item_uuids: Collection[str],
    *,
    way: str = "file",
    file_name: str = "",
    size: int = 0,
    origin: str = "",
) -> Changes:
    """Take these items in as one undoable act; ``ids``: the sources touched, ``made``: the pack's row.

    What is here already is joined and never overwritten. Empty Changes when there is nothing new. Raises
    Refused (the sender's key changed or was refused, other content than before, markup beyond all bounds),
    BadInput (no such item), NoSpace: nothing of it is here then.
    """
    verdict = trust.of_opened(reader, opened)
    if verdict.is_blocked:
        raise Refused(trust.told(verdict), tr("Accept the new key or refuse it first."))
    chosen = [item for item in opened.pack.items if item.uuid in item_uuids]
    if len({item.uuid for item in chosen}) < len(set(item_uuids)):
        raise BadInput(tr("This pack has no such item."))
    arrived = Arrival(opened, verdict, way, file_name, size)
    names: list[str] = []
    try:
        kept = keep_files(paths, opened, names)
        offered = {one.item.uuid: one for one in look(reader, opened).items}
        prepared = [_prepared(paths, opened, item, offered[item.uuid], names) for item in chosen]
        changes = writer.run(lambda session: _Taking(session, arrived, kept, prepared, origin).run())
    finally:
        drop_unnamed(writer, reader, names)
    return changes


def _prepared(paths: Paths, opened: Opened, item: Item, offered: OfferedItem, names: list[str]) -> Prepared:
    """Clean an item's text and keep its pictures, outside the transaction; only what will be taken."""
    wants_text = bool(item.html) and (offered.brings_text or not offered.source_id)
    return prepare(paths, opened.pack, item, wants_text=wants_text, names=names)


class _Taking:
    """One transaction: first what undo leaves (rows of captures), then all else as one entry."""

    def __init__(
        self,
        session: "Session",
        arrived: Arrival,
        kept: Sequence[Asset],
        items: Sequence[Prepared],
        origin: str,
    ) -> None:
        self._session, self._connection = session, _plain(session)
        self._arrived, self._kept, self._items, self._origin = arrived, kept, items, origin
        self._moment = now()
        self._pack_id = 0
        self._patience = joining.Patience()

    def run(self) -> Changes:
        """What was touched; empty Changes when all was here."""
        self._pack_id, _ = self._arrived.row(self._connection, self._kept)
        wanted = [(one, offer.beside(self._connection, one.item, self._pack_id)) for one in self._items]
        places = [
            (one, told, self._page(one, told) if told.item.kind is ItemKind.PAGE else 0)
            for one, told in wanted
        ]
        with journal.entry(self._connection, "", self._moment):
            touched = [self._item(*place) for place in places if place[1].becomes is not Becomes.NOTHING]
            kept = self._keep_rows(places)
            if touched or kept:
                return self._told(len(touched) or len(kept), touched)
        return Changes(made=self._pack_id)

    def _page(self, one: Prepared, told: OfferedItem) -> int:
        """The source, made when there is none: in Trash, from where the act takes it out."""
        if not told.source_id:
            return new_page(self._session, one, self._moment)
        if told.brings_text and one.new is not None and one.new.text:
            new_text(self._session, one, told.source_id, self._moment)
        return told.source_id

    def _item(self, one: Prepared, told: OfferedItem, source_id: int) -> int:
        """Inside the entry: bring one item in; the source that was touched, or 0."""
        connection, item = self._connection, one.item
        author = self._arrived.verdict.name
        if item.kind is ItemKind.NOTE:
            note_id = told.note_id or joining.new_note(connection, item)
            joining.annotations(connection, item, self._pack_id, author, note_id=note_id)
            self._keep(item, {"note_id": note_id, "is_new": int(not told.note_id)})
            return 0
        connection.execute(
            "UPDATE source SET state = 'inbox', state_since = ? WHERE id = ? AND state = 'trash'",
            (self._moment, source_id),
        )
        if not told.source_id or told.becomes is Becomes.NEW:
            joining.describe(connection, source_id, item, author)
        joining.annotations(
            connection, item, self._pack_id, author, source_id=source_id, patience=self._patience
        )
        self._keep(item, {"source_id": source_id, "is_new": int(told.becomes is Becomes.NEW)})
        return source_id

    def _keep_rows(self, places: Sequence[tuple[Prepared, OfferedItem, int]]) -> list[str]:
        """Items all of which was here are marked as kept too; those that were not before."""
        return [
            one.item.uuid
            for one, told, source_id in places
            if told.becomes is Becomes.NOTHING
            and self._keep(one.item, {"source_id": source_id or None, "note_id": told.note_id or None})
        ]

    def _keep(self, item: Item, values: dict[str, int | None]) -> bool:
        sets = ", ".join(f"{name} = ?" for name in values)
        where = "WHERE pack_id = ? AND uuid = ? AND NOT is_kept"
        return bool(
            self._connection.execute(
                f"UPDATE pack_item SET is_kept = 1, {sets} {where}",
                (*values.values(), self._pack_id, item.uuid),
            ).rowcount
        )

    def _told(self, number: int, touched: Sequence[int]) -> Changes:
        connection, pack, name = self._connection, self._arrived.opened.pack, self._arrived.verdict.name
        person = trust.see(connection, pack.sender, self._moment) if self._arrived.opened.is_signed else 0
        connection.execute(
            "UPDATE pack SET state = 'kept', person_id = coalesce(?, person_id) WHERE id = ?",
            (person or None, self._pack_id),
        )
        note_event(connection, "share", "took in a pack", number)
        text = trn("Taken in: {n} item from {name}", "Taken in: {n} items from {name}", number)
        if not name:
            text = trn("Taken in: {n} item", "Taken in: {n} items", number)
        said = text.format(n=writing.number(number), name=name)
        journal.relabel(connection, said)
        return Changes(_ALL, tuple(dict.fromkeys(filter(None, touched))), self._origin, said, self._pack_id)


def _plain(session: "Session") -> sqlite3.Connection:
    from desktop.store.sessions import plain

    return plain(session)
