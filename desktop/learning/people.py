"""People I learn from and share with: who led to pages, what of it was kept, and how to reach them.

The surprising fact: nobody has to be entered. A name in *found through* is a person already; a row is made
only when the person writes something about them, or a pack comes from them.
"""

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.learning.review_values import PersonRow
from desktop.learning.rows import change, delete, insert
from desktop.library.acts import act, found, now
from desktop.library.tag_paths import key_of
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer

_NOUNS = frozenset({Noun.PERSON})
_NAMES = """SELECT name, 0, 1 FROM person
    UNION ALL SELECT found_through, 0, count(*) FROM source WHERE found_through <> '' GROUP BY found_through
    UNION ALL SELECT site, 1, count(*) FROM source WHERE site <> '' GROUP BY site ORDER BY 2, 3 DESC, 1"""
"""Whoever can be named, people before sites, from indexes alone: it is asked at every key."""
_BROUGHT = """SELECT found_through, count(*), sum(
        state = 'archive' OR why <> '' OR id IN (SELECT source_id FROM annotation)
        OR id IN (SELECT source_id FROM source_goal)), max(saved_at)
    FROM source WHERE found_through <> '' AND state <> 'trash' GROUP BY found_through"""

_WRITTEN = """SELECT id, key, name, note, url, address, how_met, topics,
        (SELECT json_group_array(circle_id) FROM circle_person WHERE person_id = person.id),
        coalesce((SELECT state FROM person_key WHERE person_id = person.id
            ORDER BY state = 'changed' DESC, state = 'confirmed' DESC, state = 'known' DESC LIMIT 1), ''),
        (SELECT count(*) FROM pack WHERE person_id = person.id AND direction = 'sent'),
        (SELECT count(*) FROM pack WHERE person_id = person.id AND direction = 'received')
    FROM person"""
_ADDRESS = re.compile(r"[^\s@<>,;\x00-\x1f\x7f]{1,200}@[^\s@<>,;\x00-\x1f\x7f]{1,200}")

_BY_SITE = """WITH touched AS (SELECT source_id AS id FROM annotation UNION SELECT source_id FROM source_goal)
    SELECT site, count(*), sum(state = 'archive' OR why <> '' OR touched.id IS NOT NULL), max(saved_at)
    FROM source NOT INDEXED LEFT JOIN touched ON touched.id = source.id
    WHERE site <> '' AND state <> 'trash' GROUP BY site ORDER BY count(*) DESC, site LIMIT ?"""
"""In the order of the table: by the index of sites each row is looked up elsewhere, at twice the time."""


def keep(
    writer: Writer,
    name: str,
    note: str | None = None,
    url: str | None = None,
    origin: str = "",
    *,
    address: str | None = None,
    how_met: str | None = None,
    topics: str | None = None,
) -> Changes:
    """Write something about a person; ``made`` is their id. None: as it was. Undoable.

    Raises BadInput for no name, or what is no address for mail.
    """
    values = values_of(name, note=note, url=url, address=address, how_met=how_met, topics=topics)

    def work(connection: sqlite3.Connection) -> Changes:
        said = tr("Kept: {name}").format(name=name.strip())
        person_id, is_changed = put(connection, name, values)
        return Changes(_NOUNS, (), origin, said, person_id) if is_changed else Changes(made=person_id)

    return act(writer, work)


def values_of(name: str, **given: str | None) -> dict[str, str | None]:
    """What is written about somebody, without blanks around it. Raises BadInput: no name, no address."""
    if not name.strip():
        raise BadInput(tr("A person needs a name."))
    values = {column: None if text is None else text.strip() for column, text in given.items()}
    if values.get("address") and not _ADDRESS.fullmatch(str(values["address"])):
        raise BadInput(tr("“{address}” is no address for mail.").format(address=values["address"]))
    return values


def put(connection: sqlite3.Connection, name: str, values: Mapping[str, str | None]) -> tuple[int, bool]:
    """Inside an act: write it about the person of that name; their id, and whether anything is other now."""
    here = found(connection, "SELECT id FROM person WHERE key = ?", key_of(name))
    if here:
        return here[0], change(connection, "person", here[0], values)
    texts = {"note": "", "url": ""} | {column: text or "" for column, text in values.items()}
    made = insert(connection, "person", {"key": key_of(name), "name": name.strip(), "made_at": now()} | texts)
    return made, True


def rename(writer: Writer, name: str, to: str, origin: str = "") -> Changes:
    """Give a person another name, in *found through* of their pages too. Undoable as one. Raises BadInput."""
    values_of(to)

    def work(connection: sqlite3.Connection) -> Changes:
        touched = call(connection, name, to)
        if touched is None:
            return Changes()
        said = tr("{name} is now {to}").format(name=name.strip(), to=to.strip())
        return Changes(_NOUNS | {Noun.SOURCE}, touched, origin, said)

    return act(writer, work)


def call(connection: sqlite3.Connection, name: str, to: str) -> tuple[int, ...] | None:
    """Inside an act: give somebody another name; the sources that follow, None: there is nobody of that name.

    Raises BadInput when somebody else has it.
    """
    taken = found(connection, "SELECT id FROM person WHERE key = ?", key_of(to))
    here = found(connection, "SELECT id FROM person WHERE key = ?", key_of(name))
    if taken and here and taken != here:
        raise BadInput(tr("There is somebody called “{name}” already.").format(name=to.strip()))
    if here:
        change(connection, "person", here[0], {"key": key_of(to), "name": to.strip()})
    sql = "SELECT id, found_through FROM source WHERE found_through <> ''"
    touched = [row[0] for row in connection.execute(sql) if key_of(row[1]) == key_of(name)]
    connection.executemany(
        "UPDATE source SET found_through = ? WHERE id = ?", [(to.strip(), one) for one in touched]
    )
    return tuple(touched) if here or touched else None


def remove(writer: Writer, ids: Sequence[int], origin: str = "") -> Changes:
    """Forget what was written about people; their names in *found through* stay. Undoable as one."""

    def work(connection: sqlite3.Connection) -> Changes:
        number = delete(connection, "person", ids, ())
        return Changes(_NOUNS, (), origin, tr("Notes about them deleted")) if number else Changes()

    return act(writer, work)


def all_of(reader: Reader) -> list[PersonRow]:
    """Everybody with what they brought, those of whom most was kept first."""
    rows = {row[1]: _person(row) for row in reader.rows(_WRITTEN)}
    for name, brought, kept, last_at in reader.rows(_BROUGHT):
        old = rows.get(key_of(name), PersonRow(0, name.strip(), "", "", 0, 0, 0))
        rows[key_of(name)] = replace(
            old, brought=old.brought + brought, kept=old.kept + kept, last_at=max(old.last_at, last_at)
        )
    return sorted(rows.values(), key=lambda one: (-one.kept, -one.brought, key_of(one.name)))


def _person(row: Sequence[Any]) -> PersonRow:
    values = [row[0], *row[2:5], 0, 0, 0, *row[5:]]
    values[10] = tuple(json.loads(row[8]))
    return PersonRow(*values)


def colleagues(reader: Reader) -> list[PersonRow]:
    """Those to share with, by name."""
    return sorted((one for one in all_of(reader) if one.is_colleague), key=lambda one: key_of(one.name))


def named(reader: Reader, name: str) -> PersonRow | None:
    """The person of that name, however it is written; None when nothing was written about them."""
    return next((one for one in all_of(reader) if one.id and key_of(one.name) == key_of(name)), None)


def brought(reader: Reader, name: str, limit: int = -1) -> list[int]:
    """Ids of the sources found through somebody, outside Trash, the newest first."""
    written = "SELECT DISTINCT found_through FROM source WHERE found_through <> ''"
    alike = [through for (through,) in reader.rows(written) if key_of(through) == key_of(name)]
    sql = (
        "SELECT id FROM source WHERE found_through <> '' AND state <> 'trash' "
        "AND found_through IN (SELECT value FROM json_each(?)) ORDER BY saved_at DESC, id DESC LIMIT ?"
    )
    return [number for (number,) in reader.rows(sql, (json.dumps(alike), limit))]


def sites(reader: Reader, limit: int = 100) -> list[PersonRow]:
    """The same by site: how much of it was kept, the most saved first."""
    return [PersonRow(0, row[0], "", "", *row[1:]) for row in reader.rows(_BY_SITE, (limit,))]


def from_site(reader: Reader, site: str, limit: int = 200) -> list[int]:
    """Ids of the sources of a site, outside Trash, the newest first."""
    sql = "SELECT id FROM source WHERE site = ? AND state <> 'trash' ORDER BY saved_at DESC, id DESC LIMIT ?"
    return [row[0] for row in reader.rows(sql, (site, limit))]


def complete(reader: Reader, typed: str, limit: int = 8) -> list[str]:
    """Ways to go on in *found through*: people first, then sites, those named most first."""
    wanted = key_of(typed)
    names: dict[str, str] = {}
    for name, _, _ in reader.rows(_NAMES):
        names.setdefault(key_of(name), name.strip())
    begins = [name for key, name in names.items() if key.startswith(wanted)]
    holds = [name for key, name in names.items() if wanted in key and not key.startswith(wanted)]
    return (begins + holds)[:limit]
