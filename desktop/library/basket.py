"""The share basket: what is gathered to be sent. Gathering sends nothing.

It holds whole sources, single annotations and notes, in the order they were put in. The same thing is never
in it twice.
"""

import sqlite3
from collections.abc import Sequence

from desktop.languages import tr
from desktop.library.acts import act, as_json, found, now
from desktop.library.sense_values import BasketItem
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_BASKET = frozenset({Noun.BASKET})

_ITEMS = """SELECT basket.id, coalesce(basket.source_id, 0), coalesce(basket.annotation_id, 0),
        coalesce(basket.note_id, 0), basket.made_at, coalesce(source.title, note.title, ''),
        coalesce(source.site, ''), coalesce(annotation.quote, ''), sentence, heading, full_text, why_full,
        with_private, with_address, coalesce(source.why, '')
    FROM basket LEFT JOIN source ON source.id = basket.source_id
        LEFT JOIN annotation ON annotation.id = basket.annotation_id
        LEFT JOIN note ON note.id = basket.note_id
    ORDER BY basket.ordinal, basket.id"""


def put(
    writer: Writer,
    source_ids: Sequence[int] = (),
    annotation_ids: Sequence[int] = (),
    note_ids: Sequence[int] = (),
    origin: str = "",
) -> Changes:
    """Put sources, annotations or notes into the basket; what is in it stays once. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        added = (
            _put_sources(connection, source_ids)
            + _put_annotations(connection, annotation_ids)
            + _put_notes(connection, note_ids)
        )
        return _changes(added, tr("Put into the basket"), tr("put into the basket"), source_ids, origin)

    return act(writer, work)


def take_out(writer: Writer, item_ids: Sequence[int], origin: str = "") -> Changes:
    """Take things out of the basket, by their ids there; they themselves stay. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        where = "id IN (SELECT value FROM json_each(?))"
        return _take(connection, where, as_json(item_ids), origin)

    return act(writer, work)


def toggle(writer: Writer, source_ids: Sequence[int], origin: str = "") -> Changes:
    """Put whole sources into the basket, or take them out when all of them are in it. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        added = _put_sources(connection, source_ids)
        if added:
            return _changes(added, tr("Put into the basket"), tr("put into the basket"), source_ids, origin)
        where = "annotation_id IS NULL AND source_id IN (SELECT value FROM json_each(?))"
        return _take(connection, where, as_json(source_ids), origin)

    return act(writer, work)


def reorder(writer: Writer, item_ids: Sequence[int], origin: str = "") -> Changes:
    """Put the things in the basket in this order; ids that are not named keep theirs behind. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        now_there = found(connection, "SELECT id FROM basket ORDER BY ordinal, id")
        named = [one for one in dict.fromkeys(item_ids) if one in now_there]
        wanted = [*named, *(one for one in now_there if one not in named)]
        if wanted == list(now_there):
            return Changes()
        connection.executemany("UPDATE basket SET ordinal = ? WHERE id = ?", enumerate(wanted, start=1))
        return Changes(_BASKET, (), origin, tr("Order of the basket changed"))

    return act(writer, work)


def empty(writer: Writer, origin: str = "") -> Changes:
    """Take everything out. Undoable."""
    return act(writer, lambda connection: _take(connection, "?1 = ''", "", origin))


def items(reader: Reader) -> list[BasketItem]:
    """What is in the basket, in the order it was put in, in one statement."""
    found = []
    for row in reader.rows(_ITEMS):
        values = list(row)
        for flag in (10, 12, 13):
            values[flag] = bool(row[flag])
        found.append(BasketItem(*values))
    return found


def count(reader: Reader) -> int:
    """How many things are in the basket."""
    return int(reader.rows("SELECT count(*) FROM basket")[0][0])


def holds(reader: Reader, source_ids: Sequence[int]) -> set[int]:
    """Which of these sources are in the basket as a whole."""
    rows = reader.rows(
        "SELECT source_id FROM basket WHERE annotation_id IS NULL "
        "AND source_id IN (SELECT value FROM json_each(?))",
        (as_json(source_ids),),
    )
    return {row[0] for row in rows}


def sources(reader: Reader) -> frozenset[int]:
    """Every source that is in the basket as a whole."""
    rows = reader.rows("SELECT source_id FROM basket WHERE annotation_id IS NULL AND source_id IS NOT NULL")
    return frozenset(row[0] for row in rows)


def _put_sources(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    return _insert(
        connection,
        "SELECT wanted.value, NULL, NULL FROM json_each(?) AS wanted JOIN source ON source.id = wanted.value "
        "WHERE NOT EXISTS (SELECT 1 FROM basket WHERE source_id = source.id AND annotation_id IS NULL) "
        "GROUP BY source.id ORDER BY min(wanted.key)",
        ids,
    )


def _put_annotations(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    return _insert(
        connection,
        "SELECT annotation.source_id, annotation.id, NULL FROM json_each(?) AS wanted "
        "JOIN annotation ON annotation.id = wanted.value "
        "WHERE NOT EXISTS (SELECT 1 FROM basket WHERE annotation_id = annotation.id) "
        "GROUP BY annotation.id ORDER BY min(wanted.key)",
        ids,
    )


def _put_notes(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    return _insert(
        connection,
        "SELECT NULL, NULL, note.id FROM json_each(?) AS wanted JOIN note ON note.id = wanted.value "
        "WHERE NOT EXISTS (SELECT 1 FROM basket WHERE note_id = note.id) "
        "GROUP BY note.id ORDER BY min(wanted.key)",
        ids,
    )


def _insert(connection: sqlite3.Connection, select: str, ids: Sequence[int]) -> int:
    rows = connection.execute(select, (as_json(ids),)).fetchall()
    (last,) = found(connection, "SELECT coalesce(max(ordinal), 0) FROM basket")
    moment = now()
    connection.executemany(
        "INSERT INTO basket (source_id, annotation_id, note_id, ordinal, made_at) VALUES (?, ?, ?, ?, ?)",
        [(*row, last + at, moment) for at, row in enumerate(rows, start=1)],
    )
    return len(rows)


def _take(connection: sqlite3.Connection, where: str, value: str, origin: str) -> Changes:
    rows = connection.execute(f"SELECT id, source_id FROM basket WHERE {where}", (value,)).fetchall()
    connection.executemany("DELETE FROM basket WHERE id = ?", [(item,) for item, _ in rows])
    sources = [source for _, source in rows if source is not None]
    return _changes(len(rows), tr("Taken out of the basket"), tr("taken out of the basket"), sources, origin)


def _changes(number: int, one: str, many: str, source_ids: Sequence[int], origin: str) -> Changes:
    if not number:
        return Changes()
    said = one if number == 1 else f"{number:,} {many}"
    return Changes(_BASKET, tuple(dict.fromkeys(source_ids)), origin, said)
