"""The person's own tags as they are read: the tree, completion while typing, suggestions with their reason.

Plain sqlite3, no sqlmodel. Nothing here invents a tag: what is suggested was made by the person, and the
reason is counted from their own pages.
"""

import json
import unicodedata
from collections.abc import Iterable

from desktop.library.lists import FAMILY
from desktop.library.sense_values import Colour, Completion, TagRow
from desktop.library.tag_paths import SLASH, beginning, depth, key_of, parents
from desktop.store.reader import Reader

_COUNTS = """SELECT tag_id, count(*) FROM source_tag
    WHERE source_id NOT IN (SELECT id FROM source WHERE state = 'trash') GROUP BY tag_id"""

_TOTALS = """SELECT family.value ->> 0, count(DISTINCT source_id) FROM json_each(?) AS family
    CROSS JOIN source_tag ON tag_id = family.value ->> 1
    WHERE source_id NOT IN (SELECT id FROM source WHERE state = 'trash') GROUP BY 1"""


def tree(reader: Reader) -> list[TagRow]:
    """All tags in use, or with a colour or alias, and the paths above them; parents before children."""
    own = {key: (tag_id, name, colour) for tag_id, key, name, colour in _tags(reader)}
    counts = dict(reader.rows(_COUNTS))
    marks = dict(reader.rows("SELECT tag_id, count(*) FROM annotation_tag GROUP BY tag_id"))
    notes = dict(reader.rows("SELECT tag_id, count(*) FROM note_tag GROUP BY tag_id"))
    aliases = _aliases(reader)
    used = {
        key: one
        for key, one in own.items()
        if one[2] or one[0] in counts or one[0] in marks or one[0] in notes or one[0] in aliases
    }
    for key, (_, name, _) in list(used.items()):
        for path in parents(key):
            used.setdefault(path, own.get(path, (0, beginning(name, path), "")))
    totals = _totals(reader, used, counts)
    rows = []
    colours: dict[str, str] = {}
    for key in sorted(used, key=lambda key: key.split(SLASH)):
        tag_id, name, colour = used[key]
        colours[key] = colour or colours.get(key.rpartition(SLASH)[0], "")
        rows.append(
            TagRow(
                id=tag_id,
                name=name,
                colour=Colour(colours[key]) if colours[key] else None,
                count=counts.get(tag_id, 0),
                total=totals[key],
                annotations=marks.get(tag_id, 0),
                notes=notes.get(tag_id, 0),
                depth=depth(key),
                aliases=tuple(aliases.get(tag_id, ())),
            )
        )
    return rows


def colours(reader: Reader) -> dict[str, Colour]:
    """The colour of each tag that has one, or that stands below one that has, by name."""
    tags = _tags(reader)
    own = {key: colour for _, key, _, colour in tags if colour}
    found = {}
    for _, key, name, _ in tags:
        nearest = next((own[path] for path in [key, *reversed(parents(key))] if path in own), "")
        if nearest:
            found[name] = Colour(nearest)
    return found


def complete(reader: Reader, typed: str, limit: int = 8, but: Iterable[str] = ()) -> list[Completion]:
    """Tags that fit what was typed, by name, part of a path, or alias; the likeliest first.

    Case and accents do not matter. Nothing typed: the most used. ``but``: names not to offer.
    """
    wanted = _folded(typed)
    hidden = {key_of(name) for name in but}
    counts = dict(reader.rows("SELECT tag_id, count(*) FROM source_tag GROUP BY tag_id"))
    aliases = _aliases(reader)
    ranked = []
    for tag_id, key, name, _ in _tags(reader):
        if key in hidden or (not wanted and tag_id not in counts):
            continue
        rank, alias = _fit(wanted, name, aliases.get(tag_id, ()))
        if rank is not None:
            count = counts.get(tag_id, 0)
            ranked.append((rank, -count, key, Completion(name, alias, count)))
    return [completion for *_, completion in sorted(ranked, key=lambda one: one[:3])[:limit]]


def resolve(reader: Reader, name: str) -> int | None:
    """The id of a tag by its name or alias, or None."""
    key = key_of(name)
    row = reader.row(
        "SELECT id FROM tag WHERE key = ? UNION ALL SELECT tag_id FROM alias WHERE key = ?", (key, key)
    )
    return int(row[0]) if row else None


def family(reader: Reader, name: str) -> tuple[int, ...]:
    """The ids of a tag, by name or alias, and of all tags below it; none when nothing has that name."""
    return tuple(row[0] for row in reader.rows(f"{FAMILY} ORDER BY tag.key", [key_of(name)] * 2))


def _tags(reader: Reader) -> list[tuple[int, str, str, str]]:
    return reader.rows("SELECT id, key, name, colour FROM tag ORDER BY key")


def _aliases(reader: Reader) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for tag_id, name in reader.rows("SELECT tag_id, name FROM alias ORDER BY key"):
        found.setdefault(tag_id, []).append(name)
    return found


def _totals(reader: Reader, used: dict[str, tuple[int, str, str]], counts: dict[int, int]) -> dict[str, int]:
    """Sources of each key or below it, each once; only where something stands below must they be counted."""
    families: dict[str, list[int]] = {}
    for key, (tag_id, _, _) in used.items():
        for path in parents(key):
            families.setdefault(path, []).append(tag_id)
    for path, ids in families.items():
        ids.append(used[path][0])
    totals = {key: counts.get(one[0], 0) for key, one in used.items()} | dict.fromkeys(families, 0)
    pairs = [[path, tag_id] for path, ids in families.items() for tag_id in ids if tag_id]
    totals.update(reader.rows(_TOTALS, (json.dumps(pairs),)))
    return totals


def _fit(wanted: str, name: str, aliases: Iterable[str]) -> tuple[int | None, str]:
    """How well a tag fits, 0 best, and the alias by which; None: not at all."""
    own = _rank(wanted, name)
    others = [(rank, alias) for alias in aliases if (rank := _rank(wanted, alias)) is not None]
    if own is not None and all(own <= rank for rank, _ in others):
        return own, ""
    return min(others, default=(None, ""), key=lambda one: one[0] or 0)


def _rank(wanted: str, name: str) -> int | None:
    folded = _folded(name)
    if folded == wanted:
        return 0
    if folded.startswith(wanted):
        return 1
    if any(part.startswith(wanted) for part in folded.replace("-", SLASH).replace(" ", SLASH).split(SLASH)):
        return 2
    return 3 if wanted in folded else None


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.strip())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
