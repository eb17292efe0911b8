"""What the pages of learning cost to read: ``packaging/bench_learning.py [sources]``, milliseconds.

200 goals, 5,000 activities and 20,000 pieces of evidence stand over that many captures (100,000 when no
number is given). First what each page of the window reads, then the pages themselves in the real window
(off-screen): from being asked for until all of it is read and painted.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.learning import (  # noqa: E402 - the root is on the path first
    activities,
    agenda,
    balance,
    days,
    finding,
    goal_page,
    goals,
    memory,
    overview,
    people,
    portfolio,
    questions,
    resurfacing,
    review,
    selfcheck,
    study,
    toolkit,
    tries,
)
from desktop.library.opening import open_library  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from desktop.store.changes import Changes, Noun  # noqa: E402
from desktop.store.reader import Reader  # noqa: E402
from tests.support import many, many_learning, many_marks  # noqa: E402

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

LIMIT = 300.0
MEMORY_LIMIT = 350.0
MEMORY = "anonymous memory, all pages opened"
VIEWS = (
    "goals", "goal:{goal}", "learning", "activity:{activity}", "learning:tries", "toolkit", "review",
    "questions", "balance", "resurfacing", "people", "portfolio:{goal}", "page:{page}",
)  # fmt: skip
"""``page``: one that is evidence, in the reader."""
TIMES = 7

Row = tuple[str, float, float]


def rows(size: int) -> list[Row]:
    """(page, median ms on the wall, median ms of processor) over a library of ``size`` sources."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder, "kithbook"))
        # In another process, so that what it took does not count as the window's memory.
        subprocess.run([sys.executable, __file__, "--fill", folder, str(size)], check=True)
        with open_library(paths, write=False) as library:
            found = [(name, *_timed(read)) for name, read in _pages(library.reader).items()]
            goal_id = max(goals.all_of(library.reader), key=lambda row: row.evidence).id
            activity_id = activities.all_of(library.reader, limit=1)[0].id
            (page_id,) = library.reader.row("SELECT max(source_id) FROM evidence WHERE kind = 'capture'") or (
                0,
            )
        named = {"goal": goal_id, "activity": activity_id, "page": page_id}
        return found + _opened(paths, [view.format_map(named) for view in VIEWS])


def fill(folder: str, size: int) -> None:
    """Make the library there."""
    paths = Paths(Path(folder, "kithbook"))
    many.fill(paths, size)
    many_marks.mark(paths, min(size, 20_000))
    many_learning.learn(paths, now=time.time_ns() // 1_000_000)


def _opened(paths: Paths, views: Sequence[str]) -> list[Row]:
    """The same of each view in the window."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.ui.program import looping

    found: list[Row] = []

    async def main() -> int:
        from desktop.ui.program.first_window import first_window
        from desktop.ui.shell.state import WindowState
        from desktop.ui.shot import settled

        with open_library(paths, write=False) as library:
            window, desk = first_window(paths, WindowState(width=1280, height=800), reader=library.reader)
            desk.tasks.is_mute = True
            window.show()
            desk.open_library(library)
            window.begin()
            await settled(window)
            for view in views:
                walls, processors = [], []
                for _ in range(TIMES):
                    window.show_view("inbox")
                    _make_stale(desk)
                    await settled(window)
                    wall, processor = time.perf_counter(), time.process_time()
                    if view.startswith("page:"):
                        desk.ask_source(int(view.removeprefix("page:")))
                    else:
                        window.show_view(view)
                    while not window.is_idle:
                        await asyncio.sleep(0.001)
                    window.grab()
                    walls.append((time.perf_counter() - wall) * 1000)
                    processors.append((time.process_time() - processor) * 1000)
                found.append((f"window: {view}", statistics.median(walls), statistics.median(processors)))
            found.append((MEMORY, *_memory()))
            window.hide()
            await desk.tasks.close()
            window.deleteLater()
        return 0

    looping.run(main)
    return found


def _memory() -> tuple[float, float]:
    """Anonymous memory now, and the most that was resident, of this process in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    named = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)
             if name in ("RssAnon", "VmHWM")}  # fmt: skip
    return named.get("RssAnon", 0.0), named.get("VmHWM", 0.0)


def _make_stale(desk: "Desk") -> None:
    """Let every page but the one that is shown read anew when it is shown next, as after a restart."""
    desk.announce(Changes(frozenset(Noun)))


def _pages(reader: Reader) -> dict[str, Callable[[], object]]:
    goal_id = max(goals.all_of(reader), key=lambda row: row.evidence).id
    activity_id = activities.all_of(reader, limit=1)[0].id
    later = days.today() + timedelta(days=30)
    return {
        "goals": lambda: overview.read(reader),
        "goal": lambda: goal_page.read(reader, goal_id),
        "goal: suggested evidence": lambda: goals.suggested(reader, goal_id),
        "learning": lambda: (activities.all_of(reader), agenda.today(reader)),
        "learning: minutes by week": lambda: study.weeks(reader),
        "activity": lambda: activities.read(reader, activity_id),
        "tries": lambda: tries.all_of(reader),
        "toolkit": lambda: toolkit.all_of(reader),
        "questions": lambda: questions.all_of(reader),
        "review": lambda: (review.offers(reader), review.log(reader)),
        "three old highlights": lambda: resurfacing.today(reader, day=later),
        "Answer now: activities, tools, questions, tries": lambda: finding.find(reader, "a course"),
        "memory": lambda: memory.due(reader),
        "balance": lambda: (balance.weeks(reader), balance.stand(reader)),
        "self-check": lambda: selfcheck.read(reader),
        "people": lambda: (people.all_of(reader), people.sites(reader)),
        "found through, completed": lambda: people.complete(reader, "a"),
        "portfolio": lambda: portfolio.of(reader, [goal_id], with_private=True),
    }


def _timed(read: Callable[[], object]) -> tuple[float, float]:
    walls, processors = [], []
    for _ in range(TIMES):
        wall, processor = time.perf_counter(), time.process_time()
        read()
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
    return statistics.median(walls), statistics.median(processors)


def main(size: int = 100_000) -> int:
    """Print the table; 1 when a page takes longer than the limit on the processor."""
    found = rows(size)
    (memory,) = (row for row in found if row[0] == MEMORY)
    found.remove(memory)
    print(f"{size:,} captures, 200 goals, 5,000 activities, 20,000 evidence; n = {TIMES}, medians in ms")
    print(f"{'page':<28}{'wall':>9}{'processor':>11}   limit {LIMIT:.0f}")
    for name, wall, processor in found:
        print(f"{name:<28}{wall:9.1f}{processor:11.1f}{'   too long' if processor > LIMIT else ''}")
    is_too_much = memory[1] > MEMORY_LIMIT
    said = f"   too much, limit {MEMORY_LIMIT:.0f}" if is_too_much else f"   limit {MEMORY_LIMIT:.0f}"
    print(f"{MEMORY}: {memory[1]:.0f} MB; most resident, with the files mapped: {memory[2]:.0f} MB{said}")
    return int(is_too_much or any(processor > LIMIT for _, _, processor in found))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        fill(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
