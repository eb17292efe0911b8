"""A library made of a benchmark's captures, by the thousand: ids and dates are the benchmark's own.

Surprising: it goes past `captures.add`. Captures of a benchmark were never pages: there is nothing to check
or clean; what is measured afterwards is the library and its index, which are the real ones.
"""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from desktop.library.acts import quietly
from desktop.library.tag_paths import key_of
from desktop.store.changes import Changes
from desktop.store.writer import Writer
from desktop.text.urls import url_key

_BATCH = 2000
_WORDS_A_MINUTE = 230

_Row = tuple[Any, ...]


def fill(writer: Writer, lines: Iterable[str]) -> int:
    """Put JSON lines (``id url site title author lang created words body tags goals highlights``; ``created``
    in seconds) into an empty library; how many there were. Raises ValueError, KeyError for other lines."""
    numbers: dict[str, dict[str, int]] = {"tag": {}, "goal": {}}
    source = iter(lines)
    total = 0
    while batch := [json.loads(line) for line in islice(source, _BATCH)]:
        total += len(batch)

        def work(connection: sqlite3.Connection, batch: list[dict[str, Any]] = batch) -> Changes:
            _put(connection, batch, numbers)
            return Changes()

        quietly(writer, work)
    return total


def _put(
    connection: sqlite3.Connection, batch: list[dict[str, Any]], numbers: dict[str, dict[str, int]]
) -> None:
    _insert(connection, "content", map(_content, batch))
    _insert(connection, "capture", map(_capture, batch))
    _insert(connection, "source", map(_source, batch))
    _insert(connection, "address", ((url_key(one["url"]), one["id"]) for one in batch))
    for kind, known in numbers.items():
        names = dict.fromkeys(name for one in batch for name in one[f"{kind}s"] if name not in known)
        known.update((name, len(known) + at) for at, name in enumerate(names, 1))
        _insert(connection, kind, (_named(kind, known[name], name) for name in names))
        pairs = ((one["id"], known[name]) for one in batch for name in one[f"{kind}s"])
        _insert(connection, f"source_{kind}", pairs)
    _insert(connection, "annotation", (row for one in batch for row in _annotations(one)))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[_Row | dict[str, Any]]) -> None:
    found = list(rows)
    if not found:
        return
    if isinstance(found[0], dict):
        names = list(found[0])
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    else:
        sql = f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})"
    connection.executemany(sql, found)


def _content(one: dict[str, Any]) -> dict[str, Any]:
    body = one["body"]
    return {
        "id": one["id"], "words": one["words"], "minutes": _minutes(one), "excerpt": _excerpt(body),
        "raw_page": "", "raw_sha256": "", "left_out": "[]", "transcript": "", "text": body,
        "html": "".join(f"<p>{_escaped(part)}</p>" for part in body.split("\n\n")),
    }  # fmt: skip


def _capture(one: dict[str, Any]) -> dict[str, Any]:
    moment = one["created"] * 1000
    return {
        "id": one["id"], "uuid": str(uuid.UUID(int=one["id"])), "source_id": one["id"], "number": 1,
        "captured_at": moment, "added_at": moment, "url": "", "title": one["title"], "author": one["author"],
        "published": "", "is_published_approximate": 0, "site": one["site"], "lang": one["lang"],
        "browser": "", "kind": "page", "is_private": 0, "is_link_only": 0, "note": "", "notices": "[]",
        "quote": "", "prefix": "", "suffix": "", "media": "", "given": "{}", "content_id": one["id"],
    }  # fmt: skip


def _source(one: dict[str, Any]) -> dict[str, Any]:
    moment, key = one["created"] * 1000, url_key(one["url"])
    return {
        "id": one["id"], "url": one["url"], "url_key": key, "canonical_key": key, "state": "archive",
        "state_since": moment, "own_title": "", "why": "", "found_through": "", "is_read": 1, "position": 0,
        "progress": 0.0, "first_saved": moment, "changed": moment, "capture_id": one["id"],
        "title": one["title"], "site": one["site"], "author": one["author"], "published": "",
        "saved_at": moment, "minutes": _minutes(one), "words": one["words"], "excerpt": _excerpt(one["body"]),
        "kind": "page", "is_link_only": 0, "versions": 1,
    }  # fmt: skip


def _named(kind: str, number: int, name: str) -> dict[str, Any]:
    if kind == "tag":
        return {"id": number, "key": key_of(name), "name": name}
    return {"id": number, "key": key_of(name), "skill": name, "state": "open", "made_at": 0}


def _annotations(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number, said in enumerate(one["highlights"]):
        start = max(one["body"].find(said["quote"]), 0)
        moment, stop = said["created"] * 1000, start + len(said["quote"])
        yield {
            "uuid": str(uuid.UUID(int=(one["id"] << 20) + number)), "source_id": one["id"],
            "capture_id": one["id"], "made_at": moment, "changed_at": moment, "creator": "",
            "colour": "straw", "comment": said["note"], "link": "", "is_private": 0, "start": start,
            "stop": stop, "quote": said["quote"], "prefix": one["body"][max(0, start - 32) : start],
            "suffix": one["body"][stop : stop + 32], "range": "", "fragment": "", "origin": "reader",
        }  # fmt: skip


def _minutes(one: dict[str, Any]) -> int:
    return max(1, int(one["words"]) // _WORDS_A_MINUTE)


def _excerpt(body: str) -> str:
    return " ".join(body[:300].split())[:200]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
