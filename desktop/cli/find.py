"""``kithbook find``: search, in the language of the window's search field.

Surprising: it changes no library, yet may take the lock: when no window is open, an index that is missing
or behind is brought up to date first, since nobody else would.
"""

import argparse
import datetime
import json
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from desktop.cli.command import Command
from desktop.errors import BadInput, LibraryBusy
from desktop.languages import mark, tr, writing
from desktop.paths import Paths, of_this_user

if TYPE_CHECKING:
    from desktop.library.opening import Library
    from desktop.library.search.searching import Searcher
    from desktop.library.search.values import Found, Hit

_PATIENCE = 10.0
"""Seconds that an open window gets to bring the index up to date."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="+", metavar="QUERY", help=tr('words, "phrases", tag:sql, after:2025 …')
    )
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help=tr("at most so many; 0 for all (20)")
    )
    parser.add_argument("--json", action="store_true", help=tr("one JSON object"))


def _run(arguments: argparse.Namespace) -> int:
    if not any(part.strip() for part in arguments.query):
        raise BadInput(tr("There is nothing to look for."), tr("Write a word or two behind “find”."))
    with searching(of_this_user()) as searcher:
        found = searcher.search(" ".join(arguments.query), limit=max(arguments.limit, 0), passages=1 << 30)
    if arguments.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        return 0
    for said in found.said:
        print(said.sentence)
    for hit in found.hits:
        print(_lines(hit))
    shown = sum(hit.row is not None for hit in found.hits)
    if found.total > shown:
        print(
            tr("… and {total} more: --limit 0 shows all.").format(total=writing.number(found.total - shown))
        )
    return 0


def as_json(found: "Found") -> dict[str, Any]:
    """An answer for programs."""
    said = [{"kind": one.kind.value, "sentence": one.sentence, "query": one.query} for one in found.said]
    results = [_result(hit) for hit in found.hits]
    return {"query": found.query, "total": found.total, "said": said, "results": results}


def _result(hit: "Hit") -> dict[str, Any]:
    result: dict[str, Any] = {
        "what": hit.what.value, "title": hit.title, "snippet": hit.snippet, "marks": hit.marks,
        "place": hit.place,
    }  # fmt: skip
    if hit.row is not None:
        row = hit.row
        result |= {
            "id": row.id, "site": row.site, "author": row.author, "saved_at": row.saved_at,
            "state": row.state.value, "tags": row.tags, "goals": row.goals, "why": row.why,
        }  # fmt: skip
    if hit.annotation_id:
        result["annotation"] = hit.annotation_id
    if hit.note_id:
        result["note"] = hit.note_id
    return result


def _lines(hit: "Hit") -> str:
    if hit.row is None:
        head = f"  note  {hit.title}"
    else:
        moment = datetime.datetime.fromtimestamp(hit.row.saved_at / 1000)
        site = f"  ({hit.row.site})" if hit.row.site else ""
        head = f"{hit.row.id:>6}  {moment.date().isoformat()}  {hit.title}{site}"
    return f"{head}\n        {_marked(hit)}" if hit.snippet else head


def _marked(hit: "Hit") -> str:
    """The passage; on a screen the words that were asked for stand out."""
    if not sys.stdout.isatty():
        return hit.snippet
    text = hit.snippet
    for start, end in reversed(hit.marks):
        text = f"{text[:start]}\x1b[1m{text[start:end]}\x1b[0m{text[end:]}"
    return text


@contextmanager
def searching(paths: Paths) -> "Iterator[Searcher]":
    """A searcher whose index is up to date, as far as this process can see to it."""
    from desktop.cli import opened
    from desktop.library.search.searching import Searcher

    with opened.library(paths, write=False) as library, closing(Searcher(library)) as searcher:
        if searcher.is_current():
            yield searcher
            return
    with _writing(paths) as library, closing(Searcher(library)) as searcher:
        _wait(searcher)
        yield searcher


@contextmanager
def _writing(paths: Paths) -> "Iterator[Library]":
    """The library with the lock; without it when a window is open, which then keeps the index."""
    from desktop.library.opening import open_library

    try:
        library = open_library(paths, write=True)
    except LibraryBusy:
        library = open_library(paths, write=False)
    with library:
        yield library


def _wait(searcher: "Searcher") -> None:
    """Until the index is up to date; on a screen, say how far it is. A window that keeps it is soon done."""
    until = time.monotonic() + _PATIENCE
    while not searcher.is_current() and (searcher.keeps_index or time.monotonic() < until):
        searcher.wait(0.1)
        so_far = searcher.progress()
        if sys.stderr.isatty() and so_far.total:
            print(
                "\r"
                + tr("Reading {done} of {total} pages …").format(
                    done=writing.number(so_far.done), total=writing.number(so_far.total)
                ),
                end="",
                file=sys.stderr,
            )
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)


COMMAND = Command("find", mark("searches your pages, highlights and notes"), _add_arguments, _run)
