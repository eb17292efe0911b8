"""What the invented person made of the sample library: highlights, notes, links, searches, a basket.

    python packaging/sample_library.py HOME

calls this too. What was marked, and on which page, stands in ``samples/sense.json``; pages go by the number
in front of their file's name.
"""

import json
import re
import sqlite3
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.library import basket, links, note_markdown, notes, searches, tags
from desktop.library.acts import act
from desktop.library.opening import open_library
from desktop.library.sense_values import Colour, Reason
from desktop.paths import Paths
from desktop.store.changes import Changes, Noun
from desktop.store.writer import Writer

SAMPLES = Path(__file__).resolve().parent / "samples"
AROUND = 32

_ANNOTATION = """INSERT INTO annotation (uuid, source_id, capture_id, made_at, changed_at, creator, colour,
    comment, link, is_private, start, stop, quote, prefix, suffix, range, fragment, origin)
    VALUES (?, ?, ?, ?, ?, '', ?, ?, '', 0, ?, ?, ?, ?, ?, '', '', 'reader')"""


def fill(paths: Paths, now: int | None = None) -> None:
    """Add it all to a filled sample library. ``now`` in milliseconds since 1970."""
    moment = datetime.fromtimestamp(now / 1000) if now is not None else datetime.now()
    made = json.loads((SAMPLES / "sense.json").read_text(encoding="utf-8"))
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        pages = _pages(library.reader.rows("SELECT url, id FROM source"))
        marked = [_mark(library.writer, pages, told, moment) for told in made["highlights"]]
        for told in made["notes"]:
            _write(library.writer, told, [marked[at] for at in told["quotes"]], moment)
        for told in made["links"]:
            ends = pages[told["from"]], pages[told["to"]]
            links.link(library.writer, *ends, Reason(told["reason"]), told["sentence"])
        for told in made["searches"]:
            searches.keep(library.writer, told["name"], told["query"])
        for name, colour in made["colours"].items():
            tags.set_colour(library.writer, name, Colour(colour))
        for name, alias in made["aliases"].items():
            tags.add_alias(library.writer, name, alias)
        basket.put(library.writer, [pages[one] for one in made["basket"]], marked[1:2])


def _pages(rows: list[tuple[Any, ...]]) -> dict[str, int]:
    """Source ids by the number of the sample."""
    known = dict(rows)
    found = {}
    for path in SAMPLES.glob("*.html"):
        told = json.loads(path.read_text(encoding="utf-8").partition("-->\n")[0].removeprefix("<!--"))
        if told["url"] in known:
            found[path.name[:2]] = known[told["url"]]
    return found


def _at(told: dict[str, Any], now: datetime) -> int:
    hour, minute = map(int, told["time"].split(":"))
    at = (now - timedelta(days=told["day"])).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return int(min(at, now - timedelta(minutes=1)).timestamp() * 1000)


def _mark(writer: Writer, pages: dict[str, int], told: dict[str, Any], now: datetime) -> int:
    """One highlight on the newest version of its page; the annotation's id."""

    def work(connection: sqlite3.Connection) -> Changes:
        source_id = pages[told["page"]]
        capture_id, text = connection.execute(
            "SELECT capture.id, text FROM source JOIN capture ON capture.id = source.capture_id "
            "JOIN content ON content.id = content_id WHERE source.id = ?",
            (source_id,),
        ).fetchone()
        words = r"\s+".join(re.escape(word) for word in told["quote"].split())
        match = re.search(words, text)
        assert match is not None, told["quote"]
        start, stop = match.span()
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, told["quote"]))
        at = _at(told, now)
        row = (
            *(identity, source_id, capture_id, at, at, told["colour"], told.get("comment", ""), start, stop),
            *(text[start:stop], text[max(0, start - AROUND) : start], text[stop : stop + AROUND]),
        )
        made = connection.execute(_ANNOTATION, row).lastrowid
        assert made is not None
        connection.execute(
            "INSERT INTO anchor VALUES (?, ?, ?, ?, 'exact', 100)", (made, capture_id, start, stop)
        )
        tags.put_tags(connection, "annotation_tag", made, told.get("tags", ()))
        return Changes(frozenset({Noun.ANNOTATION}), (source_id,), "", "Highlighted", made)

    return act(writer, work).made


def _write(writer: Writer, told: dict[str, Any], quotes: list[int], now: datetime) -> None:
    note_id = notes.make(writer, told["title"], told["start"], told["tags"]).made
    notes.quote(writer, quotes, note_id)

    def finish(connection: sqlite3.Connection) -> Changes:
        at = _at(told, now)
        end = f"\n{told['end']}\n" if told["end"] else ""
        connection.execute(
            "UPDATE note SET body = body || ?, is_private = ?, made_at = ?, changed_at = ? WHERE id = ?",
            (end, told.get("is_private", False), at, at, note_id),
        )
        (body,) = connection.execute("SELECT body FROM note WHERE id = ?", (note_id,)).fetchone()
        assert len(note_markdown.spots(body)) == len(quotes)
        return Changes(frozenset({Noun.NOTE}), (), "", "Note changed")

    act(writer, finish)
