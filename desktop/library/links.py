"""Links: one source leads to another, with a reason and, if the person wants, a sentence.

A link belongs to both ends. The surprising fact: "A supports B" is one row, which the page of B shows as a
backlink; so nothing can say it from one side only.
"""

import sqlite3

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.library.acts import act, found, note_event, now
from desktop.library.sense_values import Link, Reason
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_LINK = frozenset({Noun.LINK})

_OF = """SELECT link.id, source.id, link.to_source_id = ?1, reason, sentence, made_at, source.title,
        source.site, source.url, source.state = 'trash'
    FROM link JOIN source ON source.id = iif(link.from_source_id = ?1, link.to_source_id, link.from_source_id)
    WHERE link.from_source_id = ?1 OR link.to_source_id = ?1 ORDER BY link.to_source_id = ?1, link.id"""


def link(
    writer: Writer, from_id: int, to_id: int, reason: Reason, sentence: str = "", origin: str = ""
) -> Changes:
    """Let one source lead to another; ``made`` of the Changes is the link's id. Undoable.

    A link of that reason between the two that is there already gets the sentence. Raises BadInput for a page
    that is gone, or that would lead to itself.
    """
    if from_id == to_id:
        raise BadInput(tr("A page cannot be linked to itself."))

    def work(connection: sqlite3.Connection) -> Changes:
        ends = found(connection, "SELECT id FROM source WHERE id IN (?, ?)", from_id, to_id)
        if len(ends) < 2:
            raise BadInput(tr("One of the two pages is not here any more."))
        same = found(
            connection,
            "SELECT id FROM link WHERE from_source_id = ? AND to_source_id = ? AND reason = ?",
            *(from_id, to_id, reason.value),
        )
        if same:
            return _set(
                connection, same[0], "sentence", sentence.strip(), tr("Sentence of the link changed"), origin
            )
        made = connection.execute(
            "INSERT INTO link (from_source_id, to_source_id, reason, sentence, made_at) "
            "VALUES (?, ?, ?, ?, ?)",
            (from_id, to_id, reason.value, sentence.strip(), now()),
        )
        note_event(connection, "sense", "linked", 1, "source", from_id)
        return Changes(_LINK, (from_id, to_id), origin, tr("Pages linked"), made.lastrowid or 0)

    return act(writer, work)


def say(writer: Writer, link_id: int, sentence: str, origin: str = "") -> Changes:
    """Change the sentence of a link. Undoable."""
    return act(
        writer,
        lambda connection: _set(
            connection, link_id, "sentence", sentence.strip(), tr("Sentence of the link changed"), origin
        ),
    )


def change(writer: Writer, link_id: int, reason: Reason, sentence: str, origin: str = "") -> Changes:
    """Change reason and sentence of a link. Undoable as one. Raises BadInput when that reason is taken."""

    def work(connection: sqlite3.Connection) -> Changes:
        _must_be_free(connection, link_id, reason)
        done = connection.execute(
            "UPDATE link SET reason = ?2, sentence = ?3 WHERE id = ?1 AND (reason <> ?2 OR sentence <> ?3)",
            (link_id, reason.value, sentence.strip()),
        )
        changed = Changes(_LINK, _ends(connection, link_id), origin, tr("Link changed"), link_id)
        return changed if done.rowcount else Changes()

    return act(writer, work)


def unlink(writer: Writer, link_id: int, origin: str = "") -> Changes:
    """Remove a link; empty Changes when it is gone. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        ends = _ends(connection, link_id)
        connection.execute("DELETE FROM link WHERE id = ?", (link_id,))
        return Changes(_LINK, ends, origin, tr("Link removed")) if ends else Changes()

    return act(writer, work)


def of(reader: Reader, source_id: int) -> list[Link]:
    """The links of a source in one statement: those from it, then those that lead to it."""
    return [
        Link(
            link_id, other, bool(is_back), Reason(reason), sentence, made_at, title, site, url, bool(is_trash)
        )
        for link_id, other, is_back, reason, sentence, made_at, title, site, url, is_trash in reader.rows(
            _OF, (source_id,)
        )
    ]


def _set(
    connection: sqlite3.Connection, link_id: int, column: str, value: str, said: str, origin: str
) -> Changes:
    """Set one column; ``column`` is one of ours, never a person's word."""
    done = connection.execute(
        f"UPDATE link SET {column} = ? WHERE id = ? AND {column} <> ?", (value, link_id, value)
    )
    return Changes(_LINK, _ends(connection, link_id), origin, said) if done.rowcount else Changes()


def _must_be_free(connection: sqlite3.Connection, link_id: int, reason: Reason) -> None:
    taken = found(
        connection,
        "SELECT other.id FROM link JOIN link AS other USING (from_source_id, to_source_id) "
        "WHERE link.id = ?1 AND other.id <> ?1 AND other.reason = ?2",
        *(link_id, reason.value),
    )
    if taken:
        raise BadInput(tr("The two pages are linked by that reason already."))


def _ends(connection: sqlite3.Connection, link_id: int) -> tuple[int, ...]:
    row = connection.execute(
        "SELECT from_source_id, to_source_id FROM link WHERE id = ?", (link_id,)
    ).fetchone()
    return tuple(row) if row else ()
