"""Read annotations: those of a version for the reader, all of them for the Highlights view.

Surprising: one annotation has a place on each version; "lost" always speaks of one version, in lists of the
newest.
"""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.library.lists import FAMILY
from desktop.library.sense_values import Annotation, Colour, Highlight, How, Place
from desktop.library.tag_paths import key_of
from desktop.store.reader import Reader

_TAGS = """(SELECT json_group_array(name) FROM (SELECT name FROM annotation_tag JOIN tag ON tag.id = tag_id
    WHERE annotation_id = annotation.id ORDER BY tag.key))"""

_COLUMNS = (
    "id", "uuid", "source_id", "capture_id", "made_at", "changed_at", "creator", "colour", "comment", "link",
    "is_private", "start", "stop", "quote", "prefix", "suffix", "range", "fragment", "origin",
)  # fmt: skip
_ANNOTATION = ", ".join([*(f"annotation.{column}" for column in _COLUMNS), _TAGS])

_PLACE = "coalesce(anchor.start, 0), coalesce(anchor.stop, 0), coalesce(how, 'lost'), coalesce(certainty, 0)"

_HIGHLIGHT = f"""SELECT annotation.id, uuid, source.id, annotation.capture_id, made_at, colour, quote,
    comment, link, is_private, {_TAGS}, title, site, author, url, saved_at, coalesce(how, 'lost') = 'lost'"""

_FROM = """FROM annotation JOIN source ON source.id = annotation.source_id
    LEFT JOIN anchor ON annotation_id = annotation.id AND anchor.capture_id = source.capture_id"""


@dataclass(frozen=True, slots=True)
class Placed:
    """An annotation and where it stands on the version that is shown."""

    annotation: Annotation
    place: Place


@dataclass(frozen=True, slots=True)
class Filter:
    """Which annotations; what is empty does not matter. Never those of sources in Trash."""

    colours: tuple[Colour, ...] = ()
    tag: str = ""
    """The annotation's own tag, by path or alias; what stands below it counts too."""
    goal: int = 0
    """Of its source."""
    source_id: int = 0
    since: int = 0
    """Made at or after; milliseconds."""
    before: int = 0
    """Made before; milliseconds."""
    words: str = ""
    """Each of them stands in the quotation, the comment or the source's title."""
    only_comments: bool = False
    only_lost: bool = False


class HighlightOrder(StrEnum):
    """How the Highlights view is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    SOURCE = "source"
    COLOUR = "colour"


_ORDER = {
    HighlightOrder.NEWEST: "made_at DESC, annotation.id DESC",
    HighlightOrder.OLDEST: "made_at, annotation.id",
    HighlightOrder.SOURCE: "saved_at DESC, source.id DESC, coalesce(anchor.start, annotation.start)",
    HighlightOrder.COLOUR: "colour, made_at DESC, annotation.id DESC",
}


@dataclass(frozen=True, slots=True)
class HighlightCounts:
    """How many there are."""

    all: int = 0
    by_colour: dict[Colour, int] = field(default_factory=dict)
    commented: int = 0
    lost: int = 0


def of_capture(reader: Reader, capture_id: int) -> list[Placed]:
    """The annotations of a version's source with their place on it, in the order of the text; the lost ones
    first, which are to be listed and not painted."""
    rows = reader.rows(
        f"SELECT {_ANNOTATION}, {_PLACE} "
        "FROM (SELECT id AS shown, source_id AS its FROM capture WHERE id = ?) "
        "JOIN annotation ON annotation.source_id = its "
        "LEFT JOIN anchor ON annotation_id = annotation.id AND anchor.capture_id = shown "
        "ORDER BY coalesce(how, 'lost') <> 'lost', anchor.start, annotation.start, "
        "annotation.id",
        (capture_id,),
    )
    return [
        Placed(_annotation(row[:20]), Place(row[0], capture_id, row[20], row[21], How(row[22]), row[23]))
        for row in rows
    ]


def of_source(reader: Reader, source_id: int) -> list[Annotation]:
    """All annotations of a source, in the order they were made."""
    return _annotations(
        reader, "WHERE annotation.source_id = ? ORDER BY made_at, annotation.id", (source_id,)
    )


def lost_of(reader: Reader, source_id: int) -> list[Annotation]:
    """The annotations of a source that have no place on its newest version."""
    where = "WHERE source.id = ? AND coalesce(how, 'lost') = 'lost' ORDER BY made_at, annotation.id"
    return _annotations(reader, where, (source_id,))


def read(reader: Reader, annotation_id: int) -> Annotation | None:
    """One annotation, or None when it is gone."""
    return next(iter(_annotations(reader, "WHERE annotation.id = ?", (annotation_id,))), None)


def all_of(
    reader: Reader,
    wanted: Filter | None = None,
    order: HighlightOrder = HighlightOrder.NEWEST,
    limit: int | None = None,
) -> list[Highlight]:
    """Highlights with what is shown of their sources, in one statement."""
    where, values = _where(wanted or Filter())
    most = "" if limit is None else f" LIMIT {int(limit)}"
    rows = reader.rows(f"{_HIGHLIGHT} {_FROM} WHERE {where} ORDER BY {_ORDER[order]}{most}", values)
    colours = {colour.value: colour for colour in Colour}
    return [_highlight(list(row), colours) for row in rows]


def ids(
    reader: Reader, wanted: Filter | None = None, order: HighlightOrder = HighlightOrder.NEWEST
) -> "array[int]":
    """Annotation ids in order, for a windowed list: a tenth of the time of `all_of`."""
    where, values = _where(wanted or Filter())
    sql = f"SELECT annotation.id AS id {_FROM} WHERE {where} ORDER BY {_ORDER[order]}"
    return array("q", reader.packed(f"SELECT json_group_array(id) FROM ({sql})", values))


def page(reader: Reader, ids: Sequence[int]) -> list[Highlight]:
    """The highlights of these ids in the order given, in one statement; those that are gone are left out."""
    colours = {colour.value: colour for colour in Colour}
    source = _FROM.replace("FROM annotation", "FROM json_each(?) AS asked CROSS JOIN annotation", 1)
    rows = reader.rows(
        f"{_HIGHLIGHT} {source} WHERE annotation.id = asked.value ORDER BY asked.key",
        (json.dumps(list(ids)),),
    )
    return [_highlight(list(row), colours) for row in rows]


def counts(reader: Reader, wanted: Filter | None = None) -> HighlightCounts:
    """How many highlights there are, by colour, with a comment, and lost."""
    where, values = _where(wanted or Filter())
    rows = reader.rows(
        "SELECT colour, count(*), sum(comment <> ''), sum(coalesce(how, 'lost') = 'lost') "
        f"{_FROM} WHERE {where} GROUP BY colour",
        values,
    )
    return HighlightCounts(
        sum(row[1] for row in rows),
        {Colour(row[0]): row[1] for row in rows},
        sum(row[2] for row in rows),
        sum(row[3] for row in rows),
    )


def most_marked(reader: Reader, wanted: Filter | None = None, limit: int = 30) -> list[tuple[str, int]]:
    """(title or address, source id) of the sources with the most of these highlights."""
    where, values = _where(wanted or Filter())
    return reader.rows(
        f"SELECT coalesce(nullif(title, ''), url), source.id {_FROM} WHERE {where} "
        "GROUP BY source.id ORDER BY count(*) DESC, max(made_at) DESC LIMIT ?",
        [*values, limit],
    )


def _where(wanted: Filter) -> tuple[str, list[Any]]:
    clauses, values = ["state <> 'trash'"], list[Any]()

    def need(clause: str, *given: Any) -> None:
        clauses.append(clause)
        values.extend(given)

    if wanted.colours:
        need("colour IN (SELECT value FROM json_each(?))", json.dumps([one.value for one in wanted.colours]))
    if wanted.tag:
        need(
            f"annotation.id IN (SELECT annotation_id FROM annotation_tag WHERE tag_id IN ({FAMILY}))",
            *[key_of(wanted.tag)] * 2,
        )
    if wanted.goal:
        need("source.id IN (SELECT source_id FROM source_goal WHERE goal_id = ?)", wanted.goal)
    for column, value in (
        ("source.id =", wanted.source_id),
        ("made_at >=", wanted.since),
        ("made_at <", wanted.before),
    ):
        if value:
            need(f"{column} ?", value)
    for word in wanted.words.split():
        pattern = "%" + "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in word) + "%"
        need(
            "(quote LIKE ? ESCAPE '\\' OR comment LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\')",
            *[pattern] * 3,
        )
    if wanted.only_comments:
        need("comment <> ''")
    if wanted.only_lost:
        need("coalesce(how, 'lost') = 'lost'")
    return " AND ".join(clauses), values


def _annotations(reader: Reader, where: str, values: Sequence[Any]) -> list[Annotation]:
    return [_annotation(row) for row in reader.rows(f"SELECT {_ANNOTATION} {_FROM} {where}", values)]


def _annotation(row: Sequence[Any]) -> Annotation:
    values = list(row)
    values[7], values[10], values[19] = Colour(row[7]), bool(row[10]), _names(row[19])
    return Annotation(*values)


def _highlight(row: list[Any], colours: dict[str, Colour]) -> Highlight:
    row[5], row[9], row[10], row[16] = colours[row[5]], bool(row[9]), _names(row[10]), bool(row[16])
    return Highlight(*row)


def _names(tags: str) -> tuple[str, ...]:
    return () if tags == "[]" else tuple(json.loads(tags))
