"""What the search index is told of each source: read from the library, in a few statements for many.

Surprising: a tag is known to the index by its number alone, and a question for `work` is asked for the
numbers of all tags below it, so that renaming or moving a tag rewrites nothing.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.store.index import IndexNote, IndexRow
from desktop.store.index_match import EVERY, key
from desktop.store.reader import Reader

# CROSS JOIN fixes the order of the loops: one look-up by id for each id asked for.
_TEXTS = """
SELECT source.id, source.saved_at, source.title, coalesce(capture.title, ''), source.url, source.site,
    source.author, source.why, source.found_through, coalesce(content.text, ''),
    coalesce(content.transcript, '')
FROM json_each(?) AS wanted CROSS JOIN source ON source.id = wanted.value
LEFT JOIN capture ON capture.id = source.capture_id LEFT JOIN content ON content.id = capture.content_id
"""

_FACTS = """
SELECT source.id, source.state, source.is_read, source.is_link_only, source.kind, source.why <> '',
    source.versions > 1, coalesce(capture.lang, ''), coalesce(capture.is_private, 0),
    (SELECT group_concat(tag_id) FROM source_tag WHERE source_id = source.id),
    (SELECT group_concat(goal_id) FROM source_goal WHERE source_id = source.id),
    (SELECT group_concat(DISTINCT tag_id) FROM annotation
        JOIN annotation_tag ON annotation_id = annotation.id WHERE source_id = source.id),
    EXISTS (SELECT 1 FROM annotation WHERE source_id = source.id),
    EXISTS (SELECT 1 FROM annotation WHERE source_id = source.id AND comment <> ''),
    EXISTS (SELECT 1 FROM note_source WHERE source_id = source.id),
    EXISTS (SELECT 1 FROM link WHERE from_source_id = source.id OR to_source_id = source.id),
    EXISTS (SELECT 1 FROM content_asset WHERE content_id = capture.content_id)
FROM json_each(?) AS wanted CROSS JOIN source ON source.id = wanted.value
LEFT JOIN capture ON capture.id = source.capture_id
"""

_ANNOTATIONS = """
SELECT source_id, comment, quote, creator FROM json_each(?) AS wanted
CROSS JOIN annotation ON source_id = wanted.value ORDER BY annotation.id
"""

_TAGS = """
SELECT source_id, group_concat(name, ' ') FROM (
    SELECT source_id, tag_id FROM json_each(?1) AS wanted CROSS JOIN source_tag ON source_id = wanted.value
    UNION SELECT source_id, tag_id FROM json_each(?1) AS wanted
        CROSS JOIN annotation ON source_id = wanted.value JOIN annotation_tag ON annotation_id = annotation.id
) JOIN tag ON tag.id = tag_id GROUP BY source_id
"""

_FLAGS = ("highlight", "comment", "note", "link", "picture")


def keys(reader: Reader, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """The key terms of these sources, as they are now; sources that are gone are left out."""
    return {row[0]: frozenset(_keys(row)) for row in reader.rows(_FACTS, (json.dumps(list(ids)),))}


def rows(reader: Reader, ids: Sequence[int]) -> Iterator[IndexRow]:
    """What the index needs to know of these sources; those that are gone are left out."""
    wanted = json.dumps(list(ids))
    terms = keys(reader, ids)
    marked: dict[int, list[tuple[str, str, str]]] = {}
    for source_id, *said in reader.rows(_ANNOTATIONS, (wanted,)):
        marked.setdefault(source_id, []).append((said[0], said[1], said[2]))
    tags = dict(reader.rows(_TAGS, (wanted,)))
    for row in reader.rows(_TEXTS, (wanted,)):
        (source_id, saved_at, title, own, url, site, author, why, through, text, transcript) = row
        if source_id not in terms:
            continue  # it was deleted between the statements
        notes = marked.get(source_id, [])
        yield IndexRow(
            id=source_id,
            saved_at=saved_at,
            title=title if own in title else f"{title}\n{own}",
            body=f"{text}\n{transcript}" if transcript else text,
            comment="\n".join(comment for comment, _, _ in notes if comment),
            why=why,
            author=author,
            person="\n".join(filter(None, (through, *dict.fromkeys(creator for _, _, creator in notes)))),
            site=_site(site, url),
            tags=tags.get(source_id) or "",
            quotes="\n".join(quote for _, quote, _ in notes),
            keys=" ".join(sorted(terms[source_id])),
        )


def notes(reader: Reader, ids: Sequence[int]) -> Iterator[IndexNote]:
    """What the index needs to know of these notes; those that are gone are left out."""
    found = reader.rows(
        "SELECT note.id, title, body, (SELECT group_concat(tag_id) FROM note_tag WHERE note_id = note.id) "
        "FROM json_each(?) AS wanted CROSS JOIN note ON note.id = wanted.value",
        (json.dumps(list(ids)),),
    )
    for note_id, title, body, tags in found:
        yield IndexNote(note_id, title, body, " ".join([EVERY, *_numbered("t", tags)]))


def _keys(row: Sequence[Any]) -> Iterator[str]:
    (_, state, is_read, is_link_only, kind, has_why, has_versions, lang, is_private, tags, goals, own_tags,
     *flags) = row  # fmt: skip
    yield EVERY
    yield key("d", state)
    yield key("f", "read" if is_read else "unread")
    yield key("k", kind)
    if lang:
        yield key("l", lang.lower().replace("_", "-").partition("-")[0])
    facts = {
        "linkonly": is_link_only, "text": not is_link_only, "why": has_why, "version": has_versions,
        "private": is_private, "tag": tags or own_tags, "goal": goals,
    } | dict(zip(_FLAGS, flags, strict=True))  # fmt: skip
    yield from (key("f", name) for name, is_so in facts.items() if is_so)
    yield from _numbered("t", tags)
    yield from _numbered("t", own_tags)
    yield from _numbered("g", goals)


def _numbered(kind: str, numbers: Any) -> list[str]:
    return [key(kind, number) for number in str(numbers).split(",")] if numbers else []


def _site(site: str, url: str) -> str:
    """The site as it calls itself, and its address."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return site if host in ("", site) else f"{site} {host}"
