"""Tags: labels on sources, annotations and notes. "SQL" and "sql" are one tag, shown as it was first written.

A name is a path: ``work/sql`` stands below ``work`` (`tag_paths`). The surprising fact: wherever a tag is
given or taken by name, an alias stands for its tag, so a word that was merged away keeps working in the
browser, in searches and when typed.
"""

import sqlite3
from collections.abc import Sequence

from desktop.errors import BadInput
from desktop.languages import tr, trn, writing
from desktop.library import searches
from desktop.library.acts import act, as_json, found, label, note_event, one_of
from desktop.library.sense_values import Colour
from desktop.library.tag_paths import SLASH, below, key_of, last_part, named, tidy
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

__all__ = [
    "add_alias", "delete", "key_of", "merge", "move", "named", "put_on", "put_tags", "remove_alias", "rename",
    "set_colour", "tag", "tag_ids", "take_off",
]  # fmt: skip

BEARING = (("source_tag", "source_id"), ("annotation_tag", "annotation_id"), ("note_tag", "note_id"))
"""(table, column) of all that can bear a tag."""
_NOUNS = frozenset({Noun.SOURCE, Noun.TAG, Noun.ANNOTATION, Noun.NOTE, Noun.SEARCH})

_Tag = tuple[int, str, str]
"""id, key, name"""


def tag(
    writer: Writer, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = (), origin: str = ""
) -> Changes:
    """Add and remove tags by name. Undoable as one."""
    plus, minus = named(add), named(remove)

    def work(connection: sqlite3.Connection) -> Changes:
        touched = put_on(connection, ids, plus) | take_off(connection, ids, minus)
        if not touched:
            return Changes()
        note_event(connection, "sense", "tagged", len(touched), *one_of("source", sorted(touched)))
        names = ", ".join(plus or minus)
        if plus and minus:
            said = label(ids, tr("Tags changed"), tr("with changed tags"))
        elif plus:
            said = label(
                ids, tr("Tagged {names}").format(names=names), tr("tagged {names}").format(names=names)
            )
        else:
            said = label(
                ids, tr("Tag removed: {names}").format(names=names), tr("without {names}").format(names=names)
            )
        return Changes(frozenset({Noun.SOURCE, Noun.TAG}), tuple(sorted(touched)), origin, said)

    return act(writer, work)


def rename(writer: Writer, name: str, to: str, origin: str = "") -> Changes:
    """Give a tag another path, and with it all tags below. Undoable.

    Saved searches that name it follow. Raises BadInput when there is no such tag, or when another has that
    name already.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        old = _the_name(connection, name)
        new = _usable(to)
        if new == old:
            return Changes()
        touched = _rename(connection, old, new)
        return Changes(_NOUNS, touched, origin, tr("Tag renamed: {old} → {new}").format(old=old, new=new))

    return act(writer, work)


def move(writer: Writer, name: str, under: str, origin: str = "") -> Changes:
    """Put a tag, with all below it, under another one; empty: to the top. Undoable.

    Raises BadInput as `rename` does, and when it would stand below itself.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        old = _the_name(connection, name)
        known = _find(connection, tidy(under))
        above = tidy(under) if known is None else _tag(connection, known)[2]
        if f"{key_of(above)}/".startswith(f"{key_of(old)}/"):
            raise BadInput(tr("“{old}” cannot stand below itself.").format(old=old))
        new = f"{above}/{last_part(old)}" if above else last_part(old)
        if new == old:
            return Changes()
        touched = _rename(connection, old, new)
        return Changes(_NOUNS, touched, origin, tr("Tag moved: {old} → {new}").format(old=old, new=new))

    return act(writer, work)


def merge(writer: Writer, names: Sequence[str], into: str, origin: str = "") -> Changes:
    """Make several tags one, on everything that bears them; what stood below them follows. Undoable.

    The old names stay as aliases, so that they lead to ``into``. Raises BadInput for a name that is no tag.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        target = _usable(into)
        known = _find(connection, target)
        path = target if known is None else _tag(connection, known)[2]
        merged = [
            old
            for old in dict.fromkeys(_the_name(connection, name) for name in named(names))
            if key_of(old) != key_of(path) and _following(connection, old, path)
        ]
        if not merged:
            return Changes()
        touched: set[int] = set()
        (target_id,) = tag_ids(connection, [target])
        for old in merged:
            touched.update(_merge(connection, old, target_id))
        shown = _tag(connection, target_id)[2]
        said = tr("Merged {merged} into {shown}").format(merged=", ".join(merged), shown=shown)
        return Changes(_NOUNS, tuple(sorted(touched)), origin, said)

    return act(writer, work)


def delete(writer: Writer, name: str, *, with_children: bool = False, origin: str = "") -> Changes:
    """Take a tag off everything and forget it, its aliases too; the pages stay. Undoable.

    Raises BadInput when there is no such tag.
    """

    def work(connection: sqlite3.Connection) -> Changes:
        old = _the_name(connection, name)
        doomed = [each for each in _family(connection, old) if with_children or each[1] == key_of(old)]
        if not doomed:
            raise BadInput(
                tr("“{old}” is only the beginning of other tags.").format(old=old),
                tr("Delete those too, or one by one."),
            )
        ids = as_json(one for one, _, _ in doomed)
        touched = _bearers(connection, ids)
        for table, _ in BEARING:
            connection.execute(
                f"DELETE FROM {table} WHERE tag_id IN (SELECT value FROM json_each(?))", (ids,)
            )
        connection.execute("DELETE FROM alias WHERE tag_id IN (SELECT value FROM json_each(?))", (ids,))
        connection.execute("DELETE FROM tag WHERE id IN (SELECT value FROM json_each(?))", (ids,))
        said = trn("Tag deleted: {name}", "{n} tags deleted: {name}", len(doomed)).format(
            name=old, n=writing.number(len(doomed))
        )
        return Changes(_NOUNS, touched, origin, said)

    return act(writer, work)


def set_colour(writer: Writer, name: str, colour: Colour | None, origin: str = "") -> Changes:
    """Give a tag a colour, or none. Tags below it show it too unless they have their own. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        shown = _the_name(connection, name)
        value = colour.value if colour else ""
        if not value and _find(connection, shown) is None:
            return Changes()
        (tag_id,) = tag_ids(connection, [shown])
        done = connection.execute(
            "UPDATE tag SET colour = ? WHERE id = ? AND colour <> ?", (value, tag_id, value)
        )
        said = tr("Colour of {shown} changed").format(shown=shown)
        return Changes(frozenset({Noun.TAG}), (), origin, said) if done.rowcount else Changes()

    return act(writer, work)


def add_alias(writer: Writer, name: str, alias: str, origin: str = "") -> Changes:
    """Let another word stand for a tag. Undoable. Raises BadInput when that word is taken."""

    def work(connection: sqlite3.Connection) -> Changes:
        shown = _the_name(connection, name)
        word = _usable(alias)
        _must_be_free(connection, word, ())
        (tag_id,) = tag_ids(connection, [shown])
        _put_alias(connection, word, tag_id)
        return Changes(
            frozenset({Noun.TAG}),
            (),
            origin,
            tr("“{word}” stands for {shown}").format(word=word, shown=shown),
        )

    return act(writer, work)


def remove_alias(writer: Writer, alias: str, origin: str = "") -> Changes:
    """Let a word stand for a tag no longer; empty Changes when it does not. Undoable."""

    def work(connection: sqlite3.Connection) -> Changes:
        done = connection.execute("DELETE FROM alias WHERE key = ?", (key_of(alias),))
        said = tr("“{alias}” stands for no tag").format(alias=alias.strip())
        return Changes(frozenset({Noun.TAG}), (), origin, said) if done.rowcount else Changes()

    return act(writer, work)


def put_on(connection: sqlite3.Connection, ids: Sequence[int], names: Sequence[str]) -> set[int]:
    """Put tags on sources, making tags that are new; the sources that did not bear them all."""
    touched: set[int] = set()
    for tag_id in tag_ids(connection, names):
        lacking = found(
            connection,
            "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?)) "
            "AND id NOT IN (SELECT source_id FROM source_tag WHERE tag_id = ?)",
            as_json(ids),
            tag_id,
        )
        connection.executemany("INSERT INTO source_tag VALUES (?, ?)", ((each, tag_id) for each in lacking))
        touched.update(lacking)
    return touched


def take_off(connection: sqlite3.Connection, ids: Sequence[int], names: Sequence[str]) -> set[int]:
    """Take tags off sources; the sources that bore one."""
    touched: set[int] = set()
    where = "tag_id = ? AND source_id IN (SELECT value FROM json_each(?))"
    for name in names:
        values = (_find(connection, name), as_json(ids))
        touched.update(found(connection, f"SELECT source_id FROM source_tag WHERE {where}", *values))
        connection.execute(f"DELETE FROM source_tag WHERE {where}", values)
    return touched


def tag_ids(connection: sqlite3.Connection, names: Sequence[str]) -> list[int]:
    """The ids of tags by name or alias, each once, inside an act; tags that are new are made."""
    ids = []
    for name in names:
        tag_id = _find(connection, name)
        if tag_id is None:
            made = connection.execute("INSERT INTO tag (key, name) VALUES (?, ?)", (key_of(name), name))
            assert made.lastrowid is not None
            tag_id = made.lastrowid
        ids.append(tag_id)
    return list(dict.fromkeys(ids))


def put_tags(connection: sqlite3.Connection, table: str, owner_id: int, names: Sequence[str]) -> bool:
    """Make ``names`` the tags of an annotation (``annotation_tag``) or note (``note_tag``), inside an act.

    True when that changed something.
    """
    column = dict(BEARING)[table]
    wanted = set(tag_ids(connection, named(names)))
    present = set(found(connection, f"SELECT tag_id FROM {table} WHERE {column} = ?", owner_id))
    connection.executemany(
        f"DELETE FROM {table} WHERE {column} = ? AND tag_id = ?",
        [(owner_id, each) for each in sorted(present - wanted)],
    )
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?)", [(owner_id, each) for each in sorted(wanted - present)]
    )
    return wanted != present


def _find(connection: sqlite3.Connection, name: str) -> int | None:
    """The id of a tag by its name or alias."""
    key = key_of(name)
    ids = found(connection, "SELECT id FROM tag WHERE key = ?", key) or found(
        connection, "SELECT tag_id FROM alias WHERE key = ?", key
    )
    return ids[0] if ids else None


def _tag(connection: sqlite3.Connection, tag_id: int) -> _Tag:
    row: _Tag = connection.execute("SELECT id, key, name FROM tag WHERE id = ?", (tag_id,)).fetchone()
    return row


def _family(connection: sqlite3.Connection, name: str) -> list[_Tag]:
    """A tag, when it is one itself, and all below it."""
    key = key_of(name)
    return connection.execute(
        "SELECT id, key, name FROM tag WHERE key = ? OR key > ? AND key < ? ORDER BY key", (key, *below(key))
    ).fetchall()


def _the_name(connection: sqlite3.Connection, name: str) -> str:
    """The path as it is written, for a tag, an alias or the beginning of other tags; BadInput for another."""
    tag_id = _find(connection, name)
    if tag_id is not None:
        return _tag(connection, tag_id)[2]
    if _family(connection, name):
        return name.strip()
    raise BadInput(tr("There is no tag “{name}”.").format(name=name.strip()))


def _usable(name: str) -> str:
    tidied = tidy(name)
    if not tidied:
        raise BadInput(tr("A tag needs a name."))
    return tidied


def _must_be_free(connection: sqlite3.Connection, name: str, but: Sequence[int]) -> None:
    """BadInput when a tag (other than those of ``but``) or an alias of one has this name."""
    known = _find(connection, name)
    if known is not None and known not in but:
        shown = _tag(connection, known)[2]
        if key_of(shown) == key_of(name):
            raise BadInput(
                tr("There is a tag “{shown}” already.").format(shown=shown), tr("Merge the two instead.")
            )
        raise BadInput(
            tr("“{name}” stands for the tag “{shown}” already.").format(name=name, shown=shown),
            tr("Remove that word there first."),
        )


def _rename(connection: sqlite3.Connection, old: str, new: str) -> tuple[int, ...]:
    """Rename a subtree; the sources that bear a tag of it."""
    family = _family(connection, old)
    ids = [one for one, _, _ in family]
    parts = old.count(SLASH) + 1
    renamed = [(one, key, SLASH.join([new, *name.split(SLASH)[parts:]])) for one, key, name in family]
    for _, _, name in renamed:
        _must_be_free(connection, name, ids)
    keys = [key_of(name) for _, _, name in renamed]
    connection.executemany("DELETE FROM alias WHERE key = ?", [(key,) for key in keys])
    if set(keys) & {key for _, key, _ in family}:  # "a" to "a/b" while there is an "a/b": step aside first
        connection.executemany("UPDATE tag SET key = char(0) || id WHERE id = ?", [(one,) for one in ids])
    connection.executemany(
        "UPDATE tag SET key = ?, name = ? WHERE id = ?",
        [(key, name, one) for key, (one, _, name) in zip(keys, renamed, strict=True)],
    )
    searches.rename_tag(connection, old, new)
    return _bearers(connection, as_json(ids))


def _following(connection: sqlite3.Connection, old: str, target: str) -> list[_Tag]:
    """What is merged with a tag: it and all below it, but it alone when ``target`` stands below it too."""
    family = _family(connection, old)
    if key_of(target).startswith(f"{key_of(old)}/"):
        return [each for each in family if each[1] == key_of(old)]
    return family


def _merge(connection: sqlite3.Connection, old: str, target_id: int) -> tuple[int, ...]:
    """Merge one tag and what stands below it; the sources that bore one of them."""
    target = _tag(connection, target_id)[2]
    family = _following(connection, old, target)
    touched = _bearers(connection, as_json(one for one, _, _ in family))
    parts = old.count(SLASH) + 1
    for one, _, name in family:
        path = SLASH.join([target, *name.split(SLASH)[parts:]])
        known = _find(connection, path)
        if known == one:
            continue
        if known is None:
            connection.execute("UPDATE tag SET key = ?, name = ? WHERE id = ?", (key_of(path), path, one))
        else:
            _join(connection, one, name, known)
    searches.rename_tag(connection, old, target)
    return touched


def _join(connection: sqlite3.Connection, old_id: int, old_name: str, target_id: int) -> None:
    """Let everything that bears one tag bear another, and the old name stand for it."""
    for table, column in (*BEARING, ("tag_goal", "goal_id")):
        connection.execute(
            f"INSERT OR IGNORE INTO {table} ({column}, tag_id) SELECT {column}, ? FROM {table} "
            "WHERE tag_id = ?",
            (target_id, old_id),
        )
        connection.execute(f"DELETE FROM {table} WHERE tag_id = ?", (old_id,))
    connection.execute("UPDATE alias SET tag_id = ? WHERE tag_id = ?", (target_id, old_id))
    connection.execute("DELETE FROM tag WHERE id = ?", (old_id,))
    _put_alias(connection, old_name, target_id)


def _put_alias(connection: sqlite3.Connection, name: str, tag_id: int) -> None:
    connection.execute("INSERT INTO alias (key, name, tag_id) VALUES (?, ?, ?)", (key_of(name), name, tag_id))


def _bearers(connection: sqlite3.Connection, ids: str) -> tuple[int, ...]:
    """Sources that bear one of these tags (a JSON list of ids)."""
    return found(
        connection,
        "SELECT DISTINCT source_id FROM source_tag WHERE tag_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY source_id",
        ids,
    )
