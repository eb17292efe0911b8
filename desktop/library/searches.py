"""Saved searches: a query under a name, in the order that the person gave them."""

import re
import sqlite3
from collections.abc import Sequence

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.library.acts import act, as_json, found, now
from desktop.library.sense_values import SavedSearch
from desktop.library.tag_paths import SLASH, key_of
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_SEARCH = frozenset({Noun.SEARCH})
_TAG = re.compile(r'(?i)(\btag:)(?:"([^"]*)"|([^\s()"]+))')


def keep(writer: Writer, name: str, query: str, origin: str = "") -> Changes:
    """Keep a query at the end of the list; ``made`` of the Changes is its id. Undoable.

    Without a name, the query is its name. Raises BadInput for an empty query.
    """
    query = query.strip()
    if not query:
        raise BadInput(tr("There is nothing to search for yet."), tr("Type some words first."))
    shown = name.strip() or query

    def work(connection: sqlite3.Connection) -> Changes:
        made = connection.execute(
            "INSERT INTO saved_search (name, query, ordinal, made_at) "
            "SELECT ?, ?, coalesce(max(ordinal), 0) + 1, ? FROM saved_search",
            (shown, query, now()),
        )
        return Changes(
            _SEARCH, (), origin, tr("Search saved: {shown}").format(shown=shown), made.lastrowid or 0
        )

    return act(writer, work)


def rename(writer: Writer, search_id: int, name: str, origin: str = "") -> Changes:
    """Give it another name. Undoable. Raises BadInput for an empty one."""
    if not name.strip():
        raise BadInput(tr("A saved search needs a name."))
    return _set(writer, search_id, "name", name.strip(), tr("Search renamed"), origin)


def set_query(writer: Writer, search_id: int, query: str, origin: str = "") -> Changes:
    """Let it search for something else. Undoable. Raises BadInput for an empty query."""
    if not query.strip():
        raise BadInput(tr("There is nothing to search for yet."), tr("Type some words first."))
    return _set(writer, search_id, "query", query.strip(), tr("Search changed"), origin)


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Keep these searches no longer. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        where = "id IN (SELECT value FROM json_each(?))"
        names = [
            row[0]
            for row in connection.execute(f"SELECT name FROM saved_search WHERE {where}", (as_json(ids),))
        ]
        if not names:
            return Changes()
        connection.execute(f"DELETE FROM saved_search WHERE {where}", (as_json(ids),))
        said = trn("Search removed: {name}", "{n} searches removed", len(names)).format(
            name=names[0], n=writing.number(len(names))
        )
        return Changes(_SEARCH, (), origin, said)

    return act(writer, work)


def reorder(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Put these searches in this order, before all that are not named. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        present = found(connection, "SELECT id FROM saved_search ORDER BY ordinal, id")
        wanted = [each for each in dict.fromkeys(ids) if each in present]
        order = [*wanted, *(each for each in present if each not in wanted)]
        if order == list(present):
            return Changes()
        connection.executemany(
            "UPDATE saved_search SET ordinal = ? WHERE id = ?", list(enumerate(order, start=1))
        )
        return Changes(_SEARCH, (), origin, tr("Searches put in another order"))

    return act(writer, work)


def all_of(reader: Reader) -> list[SavedSearch]:
    """The saved searches in the person's order."""
    rows = reader.rows("SELECT id, name, query, ordinal, made_at FROM saved_search ORDER BY ordinal, id")
    return [SavedSearch(*row) for row in rows]


def rename_tag(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Let the searches that name a tag, or one below it, name it by its new path; inside an act."""
    for search_id, query in connection.execute("SELECT id, query FROM saved_search").fetchall():
        followed = _TAG.sub(lambda match: _renamed(match, old, new), query)
        if followed != query:
            connection.execute("UPDATE saved_search SET query = ? WHERE id = ?", (followed, search_id))


def _renamed(match: re.Match[str], old: str, new: str) -> str:
    path = match[2] if match[2] is not None else match[3]
    parts, depth = path.split(SLASH), old.count(SLASH) + 1
    if key_of(SLASH.join(parts[:depth])) != key_of(old):
        return match[0]
    renamed = SLASH.join([new, *parts[depth:]])
    is_plain = re.fullmatch(r'[^\s()"]+', renamed) is not None
    return f"{match[1]}{renamed}" if is_plain else f'{match[1]}"{renamed}"'


def _set(writer: Writer, search_id: int, column: str, value: str, said: str, origin: str) -> Changes:
    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute(
            f"UPDATE saved_search SET {column} = ? WHERE id = ? AND {column} <> ?", (value, search_id, value)
        )
        return Changes(_SEARCH, (), origin, said) if done.rowcount else Changes()

    return act(writer, work)
