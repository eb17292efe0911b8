"""What lists and the reader show, by plain sqlite3.

No sqlmodel here: the first page is drawn before it loads.
"""

import json
from array import array
from collections.abc import Sequence
from typing import Any

from desktop.library.tag_paths import key_of
from desktop.library.values import Counts, Detail, Media, Named, Order, Row, State, Version, View
from desktop.store.reader import Reader

_ORDER = {
    Order.NEWEST: "saved_at DESC, id DESC",
    Order.OLDEST: "saved_at, id",
    Order.SHORTEST: "minutes, words, id DESC",
    Order.LONGEST: "minutes DESC, words DESC, id DESC",
    Order.TITLE: "title COLLATE NOCASE, id DESC",
    Order.SITE: "site COLLATE NOCASE, saved_at DESC, id DESC",
}

_TAGS = """(SELECT json_group_array(name) FROM (SELECT name FROM source_tag JOIN tag ON tag.id = tag_id
    WHERE source_id = source.id ORDER BY tag.key))"""
_GOALS = """(SELECT json_group_array(skill) FROM (SELECT skill FROM source_goal JOIN goal ON goal.id = goal_id
    WHERE source_id = source.id ORDER BY goal.key))"""

_CIRCLE = """CASE WHEN circle_id IS NULL THEN ''
    ELSE (SELECT name FROM circle WHERE circle.id = source.circle_id) END"""

_FEW_GOALS = f"""CASE WHEN EXISTS (SELECT 1 FROM source_goal WHERE source_id = source.id) THEN json({_GOALS})
    ELSE json('[]') END"""
"""Most sources have none, and looking whether there is one is quicker than collecting nothing."""

_ROWS = f"""json_group_array(json_array(source.id, capture_id, title, site, author, published, saved_at,
    minutes, excerpt, why, json({_TAGS}), {_FEW_GOALS}, state, is_read, is_link_only, kind, versions,
    progress, coalesce(circle_id, 0), {_CIRCLE}))"""
"""All rows as one value (see `Reader.packed`), in the order in which they come; columns as `Row` has them."""

_STATES = {state.value: state for state in State}

FAMILY = """SELECT tag.id FROM tag, (SELECT ? AS path UNION
    SELECT whole.key FROM alias JOIN tag AS whole ON whole.id = alias.tag_id WHERE alias.key = ?)
    WHERE tag.key = path OR tag.key > path || '/' AND tag.key < path || '0'"""
"""Ids of a tag (its key is given twice, and may be an alias') and of all below it."""

_NEVER = 2**62
"""Later than any page is saved, in milliseconds."""

# CROSS JOIN fixes the order of the loops: one look-up by id for each id asked for, in the order asked.
_PAGE = f"""SELECT {_ROWS} FROM json_each(?) AS wanted CROSS JOIN source ON source.id = wanted.value"""

_DETAIL = f"""
    SELECT source.id, capture.id, capture.number, source.url, source.capture_id, source.own_title,
        source.title, capture.title, capture.author, capture.published, capture.is_published_approximate,
        capture.site,
        capture.lang, capture.captured_at, capture.browser, capture.kind, source.state, source.is_read,
        capture.is_link_only AND content.text = '', capture.is_private, source.why, source.found_through,
        {_TAGS}, {_GOALS}, content.html, content.text, content.left_out, capture.notices, capture.media,
        content.transcript, capture.quote, content.minutes, content.words, source.position, source.progress,
        content.raw_page, coalesce(source.circle_id, 0), {_CIRCLE}
    FROM source JOIN capture ON capture.source_id = source.id JOIN content ON content.id = capture.content_id
    WHERE source.id = ? AND capture.id = coalesce(?, source.capture_id)
"""


def ids(reader: Reader, view: View) -> "array[int]":
    """Source ids of a view in its order (``array('q')``): the whole list, for windowed models."""
    where, values = _where(view)
    sql = f"SELECT id FROM source WHERE {where} ORDER BY {_ORDER[view.order]}"
    return array("q", reader.packed(f"SELECT json_group_array(id) FROM ({sql})", values))


def in_order(reader: Reader, ids: Sequence[int], order: Order) -> "array[int]":
    """These sources, whose order is another, in the order of a list; ids that are gone are left out."""
    sql = f"SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {_ORDER[order]}"
    return array("q", reader.packed(f"SELECT json_group_array(id) FROM ({sql})", (json.dumps(list(ids)),)))


def page(reader: Reader, ids: Sequence[int]) -> list[Row]:
    """Rows of these sources in the order given, in one statement; ids that are gone are left out."""
    return [_row(values) for values in reader.packed(_PAGE, (json.dumps(list(ids)),))]


def counts(reader: Reader) -> Counts:
    """How many sources stand where; ``all`` leaves Trash out."""
    found = dict(reader.rows("SELECT state, count(*) FROM source GROUP BY state"))
    inbox, later, archive, trash = (int(found.get(state.value, 0)) for state in State)
    return Counts(inbox, later, archive, trash, inbox + later + archive)


def saved_between(reader: Reader, view: View, stamps: Sequence[int]) -> list[int]:
    """How many sources of the view were saved since ``stamps[0]``, then since ``stamps[1]`` up to it, ….

    Stamps fall; times in milliseconds. What is older than the last is not counted.
    """
    if not stamps:
        return []
    where, values = _where(view)
    one = f"(SELECT count(*) FROM source WHERE {where} AND saved_at >= ? AND saved_at < ?)"
    given = [
        each
        for since, up_to in zip(stamps, [_NEVER, *stamps], strict=False)
        for each in (*values, since, up_to)
    ]
    return list(reader.rows(f"SELECT {', '.join([one] * len(stamps))}", given)[0])


def detail(
    reader: Reader, source_id: int, capture_id: int | None = None, *, with_markdown: bool = True
) -> Detail | None:
    """Everything the reader shows; None when it is gone. Without a capture id, the newest.

    Markdown is derived from the stored HTML here; ``with_markdown=False`` saves that time and leaves it
    empty.
    """
    found = reader.row(_DETAIL, (source_id, capture_id))
    return None if found is None else _detail(reader, found, with_markdown)


def tags(reader: Reader) -> list[Named]:
    """Tags in use with their number of sources outside Trash, by name."""
    # Counting all and taking Trash off reads one covering index; a join with the state of each costs 200 ms
    # of 100,000.
    return _named(
        reader,
        "WITH counted AS (SELECT tag_id, count(*) AS number FROM source_tag GROUP BY tag_id), "
        "trashed AS (SELECT tag_id, count(*) AS number FROM source JOIN source_tag ON source_id = source.id "
        "WHERE state = 'trash' GROUP BY tag_id) "
        "SELECT id, name, counted.number - coalesce(trashed.number, 0) AS left_over FROM tag "
        "JOIN counted ON counted.tag_id = id LEFT JOIN trashed ON trashed.tag_id = id "
        "WHERE left_over > 0 ORDER BY key",
    )


def goals(reader: Reader) -> list[Named]:
    """Open goals with their number of sources outside Trash, by name."""
    # As for tags: all are counted and Trash is taken off.
    return _named(
        reader,
        "WITH counted AS (SELECT goal_id, count(*) AS number FROM source_goal GROUP BY goal_id), "
        "trashed AS (SELECT goal_id, count(*) AS number FROM source "
        "JOIN source_goal ON source_id = source.id WHERE state = 'trash' GROUP BY goal_id) "
        "SELECT id, skill, coalesce(counted.number, 0) - coalesce(trashed.number, 0) FROM goal "
        "LEFT JOIN counted ON counted.goal_id = id LEFT JOIN trashed ON trashed.goal_id = id "
        "WHERE goal.state = 'open' ORDER BY key",
    )


def tag_names(reader: Reader) -> list[str]:
    """The names of `tags`, without counting: for each page that is shown."""
    rows = reader.rows(
        "SELECT name FROM tag WHERE EXISTS (SELECT 1 FROM source_tag JOIN source ON source.id = source_id "
        "WHERE tag_id = tag.id AND state <> 'trash') ORDER BY key"
    )
    return [name for (name,) in rows]


def goal_names(reader: Reader) -> list[tuple[int, str]]:
    """(id, skill) of `goals`, without counting."""
    return reader.rows("SELECT id, skill FROM goal WHERE state = 'open' ORDER BY key")


def last_change(reader: Reader) -> int:
    """A number that differs when another connection has committed since (``PRAGMA data_version``, 2 µs)."""
    return int(reader.rows("PRAGMA data_version")[0][0])


def find_titles(reader: Reader, text: str, limit: int = 20) -> list[Row]:
    """Sources whose title, site or tags hold every word of ``text``, newest first; none for no words."""
    words = text.split()
    if not words:
        return []
    clause = (
        "(title LIKE ? ESCAPE '\\' OR site LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM source_tag "
        "JOIN tag ON tag.id = tag_id WHERE source_id = source.id AND name LIKE ? ESCAPE '\\'))"
    )
    patterns = [pattern for word in words for pattern in [_holding(word)] * 3]
    where = " AND ".join([clause] * len(words))
    rows = reader.packed(
        f"SELECT {_ROWS} FROM (SELECT * FROM source WHERE state <> 'trash' AND {where} "
        "ORDER BY saved_at DESC, id DESC LIMIT ?) AS source",
        (*patterns, limit),
    )
    return [_row(values) for values in rows]


def source_of(reader: Reader, uuid: str) -> tuple[int, int] | None:
    """(source id, capture id) of a capture by its UUID, or None."""
    found = reader.row("SELECT source_id, id FROM capture WHERE uuid = ?", (uuid,))
    return (int(found[0]), int(found[1])) if found else None


def _where(view: View) -> tuple[str, list[Any]]:
    clauses = ["state <> 'trash'" if view.state is None else "state = ?"]
    values: list[Any] = [] if view.state is None else [view.state.value]
    if view.tag:
        clauses.append(f"id IN (SELECT source_id FROM source_tag WHERE tag_id IN ({FAMILY}))")
        values += [key_of(view.tag)] * 2
    if view.goal:
        clauses.append("id IN (SELECT source_id FROM source_goal WHERE goal_id = ?)")
        values.append(view.goal)
    return " AND ".join(clauses), values


def _holding(word: str) -> str:
    for sign in "\\%_":
        word = word.replace(sign, "\\" + sign)
    return f"%{word}%"


def _named(reader: Reader, sql: str) -> list[Named]:
    return [Named(*values) for values in reader.rows(sql)]


def _row(values: list[Any]) -> Row:
    """A row as `_ROWS` gives it; the list is its own from then on."""
    values[10], values[11] = tuple(values[10]), tuple(values[11])
    values[12], values[13], values[14] = _STATES[values[12]], values[13] == 1, values[14] == 1
    return Row(*values)


def _detail(reader: Reader, found: Sequence[Any], with_markdown: bool) -> Detail:
    (source_id, capture_id, number, url, newest, own_title, shown_title, title, author, published,
    is_approximate,
     site, lang, saved_at, browser, kind, state, is_read, is_link_only, is_private, why, found_through,
     tags_json, goals_json, html, text, left_out, notices, media, transcript, quote, minutes, words, position,
     progress, raw_page, circle_id, circle) = found  # fmt: skip
    return Detail(
        id=source_id,
        capture_id=capture_id,
        version=number,
        versions=_versions(reader, source_id),
        url=url,
        title=shown_title if capture_id == newest else own_title or title or url,
        author=author,
        published=published,
        is_published_approximate=bool(is_approximate),
        site=site,
        lang=lang,
        saved_at=saved_at,
        browser=browser,
        kind=kind,
        state=State(state),
        is_read=bool(is_read),
        is_link_only=bool(is_link_only),
        is_private=bool(is_private),
        why=why,
        found_through=found_through,
        tags=tuple(json.loads(tags_json)),
        goals=tuple(json.loads(goals_json)),
        html=html,
        text=text,
        markdown=_markdown(html) if with_markdown else "",
        left_out=tuple(json.loads(left_out)),
        notices=tuple(json.loads(notices)),
        media=_media(media, transcript),
        selection=quote,
        minutes=minutes,
        words=words,
        position=position,
        progress=progress,
        raw_page=raw_page,
        circle_id=circle_id,
        circle=circle,
    )


def _media(place: str, transcript: str) -> Media | None:
    if not place:
        return None
    position, duration = json.loads(place)
    return Media(position, duration, transcript)


def _versions(reader: Reader, source_id: int) -> tuple[Version, ...]:
    rows = reader.rows(
        "SELECT id, number, captured_at, content_id IS lag(content_id) OVER (ORDER BY number) "
        "FROM capture WHERE source_id = ? ORDER BY number",
        (source_id,),
    )
    return tuple(Version(one, number, saved_at, bool(is_same)) for one, number, saved_at, is_same in rows)


def _markdown(html: str) -> str:
    from desktop.text.markdown import markdown_from_html  # lxml is not needed for the first paint

    return markdown_from_html(html)
