"""Search beside plain FTS5 and tantivy, by the benchmark beside the project: ``bench_search.py [captures]``.

The corpus (100,000 captures unless said) and the libraries are kept in the cache folder and used again; the
first run fetches half a gigabyte of Debian's documentation and takes a quarter of an hour. tantivy is
installed for this alone, into ``build/``. Surprising: every time is compared with the same query of the
others in the same run, since milliseconds of two machines say nothing.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import uuid
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.cli import bench  # noqa: E402 - the project's root is put on the path first
from desktop.library import captures, tags, undo  # noqa: E402
from desktop.library.opening import Library, open_library  # noqa: E402
from desktop.library.search.searching import Searcher  # noqa: E402
from desktop.library.search.values import Mode  # noqa: E402
from desktop.library.values import NewCapture, State  # noqa: E402
from desktop.paths import Paths  # noqa: E402

BENCHMARK = ROOT.parent / "shared" / "benchmarks" / "search"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kithbook-bench"
CAPTURES = 100_000
BULK = 10_000
TRIES = 200

Row = tuple[str, str, str]
Answers = dict[str, dict[int, dict[str, Any]]]


def rows(size: int = CAPTURES) -> list[Row]:
    """(what, figure, goal) for ``size`` captures; the benchmark's own table is printed on the way."""
    work = CACHE / f"cmp{size // 1000}k"
    python = _tools()
    candidate = f"env PYTHONPATH={ROOT} {sys.executable} -m desktop"
    _call(
        python,
        "compare.py",
        "--corpus",
        str(_corpus(python, size)),
        "--work",
        str(work),
        "--engines",
        "fts5,tantivy",
        "--candidate",
        candidate,
    )
    answers = {
        name: {one["n"]: one for one in json.loads((work / f"{name}.json").read_text("utf-8"))["results"]}
        for name in ("fts5", "tantivy", "candidate")
    }
    return [*_compared(answers), *_own(Paths(work / "candidate"))]


def _compared(answers: Answers) -> list[Row]:
    queries = _queries()

    def p95(engine: str, kind: str) -> float:
        numbers = [query["n"] for query in queries if query["class"] == kind]
        return _p95([ms for number in numbers for ms in answers[engine][number]["ms"]])

    typing, ranked, fuzzy = (p95(engine, "typing") for engine in ("candidate", "fts5", "tantivy"))
    typos = [query for query in queries if query["class"] == "typo"]
    right = sum(answers["candidate"][query["n"]]["suggestion"] == query["want"] for query in typos)
    return [
        ("186 keystrokes, p95", f"{typing:.1f} ms", "≤ 10 ms"),
        ("  plain FTS5 bm25 takes", f"{ranked / typing:.0f}× as long", "≥ 40×"),
        ("  tantivy prefix takes", f"{fuzzy / typing:.1f}× as long", "≥ 2×"),
        ("word + tag + date, p95", f"{p95('candidate', 'filter'):.1f} ms", "≤ 6 ms"),
        ("ranked common word, p95", f"{p95('candidate', 'common'):.1f} ms", "≤ 25 ms"),
        ("newest first, p95", f"{p95('candidate', 'newest'):.2f} ms", ""),
        (f"typos corrected, of {len(typos)}", str(right), f"≥ {len(typos) * 0.95:.0f}"),
    ]


def _own(paths: Paths) -> list[Row]:
    """What the benchmark does not ask: our own library, opened as the window opens it."""
    with open_library(paths, write=True) as library:
        searcher = Searcher(library)
        try:
            searcher.settle(3600)
            searcher.warm()  # as the window does when it is idle
            filtered = _filtered(library, searcher)
            made = [_commit_and_find(library, searcher, number) for number in range(TRIES)]
            ids = [source for source, _ in made]
            bulk = [*_bulk(library, searcher), *_merge(library, searcher)]
            memory = _anonymous_mb()
            assert library.writer is not None
            captures.move(library.writer, ids, State.TRASH)
            captures.delete_for_good(library.writer, ids)
            searcher.wait(600)
        finally:
            searcher.close()
    waits = [ms for _, ms in made]
    return [
        (f"word + tag + goal + date, p95 of {len(filtered)}", f"{_p95(filtered):.1f} ms", "≤ 6 ms"),
        (f"committed → found, p50 of {TRIES}", f"{statistics.median(waits):.1f} ms", ""),
        (f"committed → found, p95 of {TRIES}", f"{_p95(waits):.1f} ms", "≤ 10 ms"),
        ("  the longest of them", f"{max(waits):.1f} ms", ""),
        *bulk,
        ("anonymous memory of library and search", f"{memory:.0f} MB", "≤ 350 MB"),
    ]


def _filtered(library: Library, searcher: Searcher) -> list[float]:
    """Milliseconds of the benchmark's filter queries with a goal of one of their pages, each asked twice."""
    times = []
    for query in _queries():
        if query["class"] != "filter":
            continue
        asked = bench.question(query)
        found = json.dumps(searcher.search(asked, limit=0).ids.tolist())
        goal = library.reader.row(
            "SELECT skill FROM goal JOIN source_goal ON goal_id = id "
            "WHERE source_id IN (SELECT value FROM json_each(?)) LIMIT 1",
            (found,),
        )
        if goal is not None:
            asked = f'{asked} goal:"{goal[0]}"'
            times += [_seconds(lambda asked=asked: searcher.search(asked)) * 1000 for _ in range(2)]  # type: ignore[misc]
    return times


def _queries() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (BENCHMARK / "queries.jsonl").read_text("utf-8").splitlines()]


def _commit_and_find(library: Library, searcher: Searcher, number: int) -> tuple[int, float]:
    """(source id, ms from the commit to its being found)."""
    assert library.writer is not None
    word = f"zq{uuid.uuid4().hex[:10]}"
    text = f"{word}. " + "A sentence of about ten words stands for the others. " * 100
    new = NewCapture(
        uuid=str(uuid.uuid4()),
        url=f"https://bench.example/{word}",
        captured_at=time.time_ns() // 1_000_000,
        title=f"Bench {number}",
        html=f"<p>{text}</p>",
        text=text,
        words=1000,
        minutes=4,
    )
    added = captures.add(library.writer, new)
    start = time.perf_counter()
    found = searcher.search(f'"{word}"', mode=Mode.RANKED)
    ms = (time.perf_counter() - start) * 1000
    assert list(found.ids) == [added.source_id], "committed and not found"
    return added.source_id, ms


def _bulk(library: Library, searcher: Searcher) -> list[Row]:
    writer = library.writer
    assert writer is not None
    ids = [row[0] for row in library.reader.rows("SELECT id FROM source ORDER BY id DESC LIMIT ?", (BULK,))]
    before = searcher.count("tag:bench-bulk")
    tagged = _seconds(lambda: captures.tag(writer, ids, add=["bench-bulk"]))
    first = _seconds(lambda: _expect(searcher, before + len(ids)))
    then = _seconds(lambda: _expect(searcher, before + len(ids)))
    behind = _seconds(lambda: searcher.wait(600))
    undone = _seconds(lambda: undo.undo(writer))
    _expect(searcher, before)
    return [
        (f"tag {len(ids):,}, to the commit", f"{tagged:.2f} s", "≤ 1 s"),
        ("  undo, to the commit", f"{undone:.2f} s", "≤ 1 s"),
        ("  first question meanwhile, true", f"{first * 1000:.0f} ms", ""),
        ("  next question meanwhile, true", f"{then * 1000:.0f} ms", ""),
        ("  the index catches up behind in", f"{behind:.1f} s", "apart"),
    ]


def _merge(library: Library, searcher: Searcher) -> list[Row]:
    """Two tags over as many pages, half of which bear both, into one; the index has to catch up behind."""
    writer = library.writer
    assert writer is not None
    ids = [row[0] for row in library.reader.rows("SELECT id FROM source ORDER BY id DESC LIMIT ?", (BULK,))]
    captures.tag(writer, ids, add=["bench-one"])
    captures.tag(writer, ids[: BULK // 2], add=["bench-two"])
    searcher.wait(600)
    merged = _seconds(lambda: tags.merge(writer, ["bench-one"], "bench-two"))
    _expect(searcher, len(ids), "bench-two")
    behind = _seconds(lambda: searcher.wait(600))
    for _ in range(3):
        undo.undo(writer)
    _expect(searcher, 0, "bench-two")
    return [
        (f"merge two tags over {len(ids):,}, to the commit", f"{merged:.2f} s", "≤ 2 s"),
        ("  the index catches up behind in", f"{behind:.1f} s", "apart"),
    ]


def _expect(searcher: Searcher, number: int, tag: str = "bench-bulk") -> None:
    found = searcher.search(f"tag:{tag}").total
    assert found == number, f"search says {found} and the library {number}"


def _seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def _anonymous_mb() -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1000
    return 0.0


def _tools() -> str:
    """The interpreter of an environment that holds the reference engines."""
    folder = ROOT / "build" / "bench-search"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    wanted = BENCHMARK / "requirements.txt"
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
    return str(python)


def _corpus(python: str, size: int) -> Path:
    """The captures as JSON lines, built once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    lines, database = CACHE / f"c{size // 1000}k.jsonl", CACHE / f"c{size // 1000}k.db"
    if not lines.exists():
        if not (CACHE / "pool.jsonl").exists():
            _call(python, "corpus.py", "fetch", str(CACHE))
            _call(python, "corpus.py", "pool", str(CACHE))
        _call(python, "corpus.py", "build", str(CACHE), str(size), str(database))
        partial = lines.with_suffix(".part")
        _call(python, "corpus.py", "export", str(database), str(partial))
        partial.rename(lines)
        database.unlink()
    return lines


def _call(python: str, script: str, *arguments: str) -> None:
    subprocess.run([python, str(BENCHMARK / script), *arguments], check=True)


def main(size: int = CAPTURES) -> int:
    """Print the figures and the goals; nothing when the benchmark is not here."""
    if not BENCHMARK.is_dir():
        print("The search benchmark is not beside the project; nothing was measured.")
        return 0
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; under load compare ratios alone")
    print(f"search in {size:,} captures".ljust(44) + "figure".rjust(18) + "goal".rjust(12))
    for what, figure, goal in rows(size):
        print(what.ljust(44) + figure.rjust(18) + goal.rjust(12))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
