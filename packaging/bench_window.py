"""The window's start, size and answers at 100 and at 100,000 captures, and with 20,000 highlights.

Each run is a process of its own, off-screen (`window_run`); the sizes are interleaved, so that a busy machine
disturbs both alike. Surprising: the search index is built first, since a library is opened far more often
than it is indexed; what an act leaves for it to do is done behind the next acts, as it is for a person.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

SIZES = (100, 100_000)
MARKS, IN_ONE, WORDS = 20_000, 500, 20_000
TIMEOUT = 600

_ONE = (
    ("cpu", "first paint, CPU, ms"),
    ("wall", "first paint, wall, ms"),
    ("rss", "memory at first paint, MB"),
    ("open", "anonymous memory, open, MB"),
    ("after", "anonymous memory, after bulk acts, MB"),
    ("most", "anonymous memory, highest seen, MB"),
)
_MANY = (
    ("frame", "repaint of the list, CPU, ms"),
    ("page", "100 rows with tags, one statement, CPU, ms"),
)
_KEYS = (
    ("key j, k", "key j or k to painted list, ms"),
    ("key e", "key e to painted list, ms"),
    ("key in search", "letter in the search to painted list, ms"),
)

Runs = list[dict[str, Any]]


def module(path: Path) -> ModuleType:
    """A script beside this one, or a support module of the tests, by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = made
    spec.loader.exec_module(made)
    return made


def once(home: Path, what: str) -> dict[str, Any]:
    """One run; raises RuntimeError with its last words when it failed."""
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "KITHBOOK_HOME": str(home),
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }
    script = str(ROOT / "packaging" / "window_run.py")
    done = subprocess.run(
        [sys.executable, script, str(home), what, str(time.time())],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    if not done.stdout.strip():
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def fill(home: Path, size: int) -> None:
    """A library of ``size`` captures, its search index built."""
    from desktop.paths import Paths

    module(ROOT / "tests" / "support" / "many.py").fill(Paths(home), size)
    _index(home)


def fill_with_marks(home: Path, marks: int = MARKS, in_one: int = IN_ONE, words: int = WORDS) -> None:
    """``marks`` highlights over as many captures, and ``in_one`` on the newest, which has ``words`` words."""
    from desktop.paths import Paths
    from desktop.store.database import connect_to_write, transaction

    many = module(ROOT / "tests" / "support" / "many.py")
    many.fill(Paths(home), marks)
    sentences = [many.SENTENCES[at % len(many.SENTENCES)] for at in range(words // 14)]
    parts = [" ".join(sentences[at : at + 6]) for at in range(0, len(sentences), 6)]
    text, html = "\n\n".join(parts), "".join(f"<p>{part}</p>" for part in parts)
    connection = connect_to_write(Paths(home).library)
    try:
        with transaction(connection):
            made = connection.execute(
                "INSERT INTO content (words, minutes, excerpt, raw_page, raw_sha256, left_out, transcript, "
                "text, html) VALUES (?, 87, '', '', '', '[]', '', ?, ?)",
                (len(text.split()), text, html),
            )
            newest = "SELECT capture_id FROM source WHERE id = (SELECT max(id) FROM source)"
            connection.execute(f"UPDATE capture SET content_id = ? WHERE id = ({newest})", (made.lastrowid,))
            connection.execute("UPDATE source SET state = 'archive' WHERE id = (SELECT max(id) FROM source)")
    finally:
        connection.close()
    module(ROOT / "tests" / "support" / "many_marks.py").mark(Paths(home), marks, in_one=in_one)
    _index(home)


def _index(home: Path) -> None:
    from desktop.library.opening import open_library
    from desktop.library.search.searching import Searcher
    from desktop.paths import Paths

    with open_library(Paths(home), write=True) as library:
        searcher = Searcher(library)
        try:
            if not searcher.wait(600):
                raise RuntimeError("The search index was not built within ten minutes.")
        finally:
            searcher.close()


def p95(values: Iterable[float]) -> float:
    """The value that 95 of 100 do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def summary(label: str, values: Iterable[float]) -> tuple[str, str]:
    """A row with n, median and p95."""
    them = list(values)
    return label, f"n {len(them):4}   median {statistics.median(them):7.2f}   p95 {p95(them):7.2f}"


def clocked(label: str, pairs: Iterable[tuple[float, float]]) -> tuple[str, str]:
    """A row by the clock, and less the time in which others had the processors."""
    them = list(pairs)
    row, figures = summary(label, [one for one, _ in them])
    net = [one for _, one in them]
    return row, f"{figures}   less others: {statistics.median(net):7.2f} {p95(net):7.2f}"


def rows(n: int = 5, sizes: tuple[int, int] = SIZES, marks: int = MARKS) -> list[tuple[str, str]]:
    """The table: what was measured, and the figures at each size."""
    found: dict[int, Runs] = {size: [] for size in sizes}
    marked: Runs = []
    with tempfile.TemporaryDirectory(prefix="kithbook-bench-") as folder:
        for size in sizes:
            fill(Path(folder) / str(size), size)
        fill_with_marks(Path(folder) / "marks", marks)
        for _ in range(n):
            for size in sizes:
                found[size].append(once(Path(folder) / str(size), "acts"))
            marked.append(once(Path(folder) / "marks", "marks"))
    return _sized(n, found) + _marked(marked)


def _sized(n: int, found: dict[int, Runs]) -> list[tuple[str, str]]:
    sizes = list(found)
    made = [("window, n", str(n)), ("captures", "   ".join(f"{size:>9,}" for size in sizes))]
    for key, label in _ONE:
        figures = [statistics.median(float(run[key]) for run in found[size]) for size in sizes]
        ratio = f"   ({figures[-1] / figures[0]:.2f}×)" if figures[0] else ""
        made.append((label, "   ".join(f"{one:9.1f}" for one in figures) + ratio))
    made.append(("longest stall by the clock, less what others had the processors for", ""))
    for act in found[sizes[0]][0]["stalls"]:
        pairs = [
            [statistics.median(run["stalls"][act][kind] for run in found[size]) for kind in (0, 1)]
            for size in sizes
        ]
        made.append((f"  {act}, ms", "   ".join(f"{one:9.1f} {net:7.1f}" for one, net in pairs)))
    for key, label in _MANY:
        for size in sizes:
            made.append(summary(f"{label}, {size:,}", [one for run in found[size] for one in run[key]]))
    for key, label in _KEYS:
        for size in sizes:
            made.append(clocked(f"{label}, {size:,}", [one for run in found[size] for one in run[key]]))
    early = sorted({name for runs in found.values() for run in runs for name in run["light"]})
    return [*made, ("imported before first paint", ", ".join(early) or "none of the heavy ones")]


def _marked(runs: Runs) -> list[tuple[str, str]]:
    first = runs[0]
    shown, painted = first["highlights shown"], first["marks painted"]
    return [
        clocked(f"Highlights view opens, {shown:,}, wall, ms", [run["highlights"] for run in runs]),
        summary(f"Highlights view opens, {shown:,}, CPU, ms", [run["highlights cpu"] for run in runs]),
        summary(
            f"scrolling a long page, {painted} highlights, CPU of a frame, ms",
            [one for run in runs for one in run["scroll"]],
        ),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="First paint, memory, stalls and keys of the window.")
    parser.add_argument("-n", type=int, default=5)
    for label, figures in rows(parser.parse_args().n):
        print(f"{label:66} {figures}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
