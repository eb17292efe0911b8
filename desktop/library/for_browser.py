"""What the browser's button asks of the open library: the highlights of a page, and where a hit leads.

Surprising: a page is known by its address key alone, so highlights made on one version are offered on all.
The button looks whether their words stand on the page that is open, and paints none that do not. Comments on
moments of a video are not among them: their quotation was heard.
"""

from collections.abc import Sequence
from typing import Any

from desktop.store.reader import Reader

MOST_MARKS = 500
MOST_CHARACTERS = 400_000
"""Of all highlights of a page: the host takes no longer answer."""
LONGEST_COMMENT = 1_000

_MARKS = """SELECT annotation.uuid, quote, prefix, suffix, colour, comment
    FROM address JOIN source ON source.id = address.source_id
    JOIN annotation ON annotation.source_id = source.id
    WHERE address.url_key = ? AND state <> 'trash' AND quote <> '' AND fragment NOT LIKE 't=%'
    ORDER BY annotation.made_at DESC, annotation.id DESC LIMIT ?"""

_PLACES = """SELECT source.id, capture.uuid, source.url
    FROM source JOIN capture ON capture.id = source.capture_id
    WHERE source.id IN (SELECT value FROM json_each(?))"""


def marks_on(reader: Reader, url_key: str) -> list[dict[str, str]]:
    """The highlights of a page that is not in Trash, newest first, at most 500: ``id`` (UUID), ``quote``,
    ``prefix``, ``suffix``, ``colour``, ``comment`` (its first 1,000 characters)."""
    names = ("id", "quote", "prefix", "suffix", "colour", "comment")
    found = []
    left = MOST_CHARACTERS
    for row in reader.rows(_MARKS, (url_key, MOST_MARKS)):
        one = dict(zip(names, (*row[:5], row[5][:LONGEST_COMMENT]), strict=True))
        left -= sum(map(len, one.values()))
        if left < 0:
            break
        found.append(one)
    return found


def with_places(reader: Reader, results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Hits, each with the ``id`` of its source, and with them ``capture`` (the newest UUID) and ``url``."""
    ids = "[" + ",".join(str(int(one["id"])) for one in results) + "]"
    places = {row[0]: (row[1], row[2]) for row in reader.rows(_PLACES, (ids,))}
    return [
        {**one, "capture": places[one["id"]][0], "url": places[one["id"]][1]}
        for one in results
        if one["id"] in places
    ]
