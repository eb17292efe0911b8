"""What the pages of learning cost to read: ``packaging/bench_learning.py [sources]``, milliseconds.

200 goals, 5,000 activities and 20,000 pieces of evidence stand over that many captures (100,000 when no
number is given). Each page of the window reads what is measured here; drawing comes on top.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.learning import (  # noqa: E402 - the root is on the path first
    activities,
    agenda,
    balance,
    days,
    goal_page,
    goals,
    memory,
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
from desktop.store.reader import Reader  # noqa: E402
from tests.support import many, many_learning, many_marks  # noqa: E402

LIMIT = 300.0
TIMES = 7

Row = tuple[str, float, float]


def rows(size: int) -> list[Row]:
    """(page, median ms on the wall, median ms of processor) over a library of ``size`` sources."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder, "kithbook"))
        many.fill(paths, size)
        many_marks.mark(paths, min(size, 20_000))
        many_learning.learn(paths, now=time.time_ns() // 1_000_000)
        with open_library(paths, write=False) as library:
            return [(name, *_timed(read)) for name, read in _pages(library.reader).items()]


def _pages(reader: Reader) -> dict[str, Callable[[], object]]:
    goal_id = max(goals.all_of(reader), key=lambda row: row.evidence).id
    activity_id = activities.all_of(reader, limit=1)[0].id
    later = days.today() + timedelta(days=30)
    return {
        "goals": lambda: goals.all_of(reader),
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
    print(f"{size:,} captures, 200 goals, 5,000 activities, 20,000 evidence; n = {TIMES}, medians in ms")
    print(f"{'page':<28}{'wall':>9}{'processor':>11}   limit {LIMIT:.0f}")
    for name, wall, processor in found:
        print(f"{name:<28}{wall:9.1f}{processor:11.1f}{'   too long' if processor > LIMIT else ''}")
    return int(any(processor > LIMIT for _, _, processor in found))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
