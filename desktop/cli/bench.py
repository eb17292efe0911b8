"""``kithbook bench-import`` and ``bench-search``: the search benchmark's two questions to a candidate.

Surprising: they print one JSON object and nothing else, since the benchmark reads it.
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.command import Command
from desktop.errors import BadInput
from desktop.paths import Paths

if TYPE_CHECKING:
    from desktop.library.opening import Library
    from desktop.library.search.searching import Searcher

_PATIENCE = 3600.0


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", type=Path, required=True, metavar="DIR", help="where to make it")
    parser.add_argument("--corpus", type=Path, required=True, metavar="FILE", help="captures as JSON lines")


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", type=Path, required=True, metavar="DIR", help="as bench-import made it")
    parser.add_argument("--queries", type=Path, required=True, metavar="FILE", help="queries as JSON lines")


def _import(arguments: argparse.Namespace) -> int:
    from desktop.library.search import corpus, indexing

    if Paths(arguments.library).library.exists():
        raise BadInput(f"There is a library in {arguments.library} already.", "Name an empty folder.")
    start = time.perf_counter()
    with _opened(arguments.library) as (library, _), arguments.corpus.open(encoding="utf-8") as lines:
        assert library.writer is not None
        captures = corpus.fill(library.writer, lines)
        stored = time.perf_counter() - start
        with _searching(library) as searcher:
            searcher.settle(_PATIENCE)
        indexing.clear(library.writer, _last(library))
    seconds = time.perf_counter() - start
    print(json.dumps({"captures": captures, "seconds": round(seconds, 2), "stored": round(stored, 2)}))
    return 0


def _search(arguments: argparse.Namespace) -> int:
    with _opened(arguments.library) as (library, _), _searching(library) as searcher:
        searcher.settle(_PATIENCE)
        searcher.warm()
        before, results = _rss_mb(), []
        with arguments.queries.open(encoding="utf-8") as lines:
            for line in lines:
                results.append(_answer(searcher, json.loads(line)))
        grown = round(_rss_mb() - before, 1)
    print(json.dumps({"engine": "kithbook", "rss_mb": grown, "results": results}))
    return 0


def _answer(searcher: "Searcher", asked: dict[str, Any]) -> dict[str, Any]:
    """Every run of one query, each from its text to the ids of the first 50."""
    from desktop.library.search.values import Kind, Mode

    text = question(asked)
    mode = (
        Mode.TYPING if "prefix" in asked else Mode.NEWEST if asked.get("order") == "newest" else Mode.RANKED
    )
    times = []
    for _ in range(asked["runs"]):
        start = time.perf_counter()
        found = searcher.search(text, limit=1 if asked.get("count") else 50, mode=mode)
        times.append(round((time.perf_counter() - start) * 1000, 4))
    answer: dict[str, Any] = {"n": asked["n"], "ms": times}
    if asked.get("count"):
        return answer | {"hits": found.total}
    if "typo" in asked:
        offered = [one.query for one in found.said if one.kind in (Kind.CORRECTED, Kind.SUGGESTED)]
        return answer | {"suggestion": offered[0] if offered else ""}
    is_other = any(one.kind in (Kind.CORRECTED, Kind.BEGINNING, Kind.ANY) for one in found.said)
    return answer | {"top": [] if is_other else found.ids.tolist()}  # asked for are those that hold it all


def question(asked: dict[str, Any]) -> str:
    """The benchmark's query in our language. Quoted words are looked for in texts alone, not among tags."""
    if "prefix" in asked or "typo" in asked:
        return str(asked.get("prefix") or asked["typo"])
    parts = [f'"{word}"' for word in asked.get("words", [asked.get("phrase")])]
    if "tag" in asked:
        parts.append(f"tag:={asked['tag']}")
    if "after" in asked:
        parts.append(f"after:{datetime.fromtimestamp(asked['after'] + 1, UTC).isoformat()}")
    return " ".join(parts)


@contextmanager
def _opened(folder: Path) -> Iterator[tuple["Library", Paths]]:
    from desktop.cli import opened

    paths = Paths(folder)
    with opened.library(paths, write=True) as library:
        yield library, paths


@contextmanager
def _searching(library: "Library") -> Iterator["Searcher"]:
    from desktop.library.search.searching import Searcher

    searcher = Searcher(library)
    try:
        yield searcher
    finally:
        searcher.close()


def _last(library: "Library") -> int:
    return int(library.reader.rows("SELECT coalesce(max(id), 0) FROM outbox")[0][0])


def _rss_mb() -> float:
    """Resident memory; 0 where the system does not tell it so."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


IMPORT = Command(
    "bench-import", "makes a library from the search benchmark's captures", _import_arguments, _import
)
SEARCH = Command("bench-search", "answers the search benchmark's queries", _search_arguments, _search)
