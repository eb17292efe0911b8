"""What collecting costs: ``packaging/bench_capture.py`` times the way from a spool file to a commit.

Each page is read by the real worker process, its raw page and picture are stored and synced, one transaction
is committed. The first page of a session also waits for the worker to start, unless it was warmed before.
"""

import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.capture.station import Station  # noqa: E402 - the project's root is put on the path first
from desktop.library.opening import open_library  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from desktop.settings import Settings  # noqa: E402
from tests.support.spooled import PNG, Browser  # noqa: E402

SIZES = (("63 kB", 63_000, 15), ("1 MB", 1_000_000, 7), ("10 MB", 10_000_000, 1))

Row = tuple[str, int, float]


def rows() -> list[Row]:
    """(what, n, median in ms)."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder, "kithbook"))
        paths.home.mkdir(mode=0o700)
        settings = Settings()
        settings.set("fetch_after_save", False)
        browser = Browser(paths.spool)
        with open_library(paths, write=True) as library, Station(library, settings) as station:
            browser.save(page(2_000))
            found: list[Row] = [("first page of a session, 2 kB, worker started", 1, timed(station))]
            for name, size, times in SIZES:
                taken = []
                for _ in range(times):
                    html = page(size)
                    picture = ("picture", PNG, "image/png", "https://example.org/p.png")
                    browser.save(html, f"https://example.org/{uuid.uuid4()}", sections=[picture])
                    taken.append(timed(station))
                found.append((f"spool file to commit, {name}", times, statistics.median(taken)))
        return found


def page(size: int) -> str:
    """An article of about ``size`` bytes, with as much markup around it as pages have."""
    text = (
        "A good debrief begins with a question and not with a verdict, and the one who learns speaks first. "
    )
    block = f'<div class="c"><p class="t" style="margin:0">{text * 3}</p></div>\n'
    body = block * max(1, size // len(block))
    return (
        f"<!doctype html><html><head><title>{uuid.uuid4()}</title></head><body><article><h1>Debrief</h1>"
        f'<figure><img src="/p.png" alt="x"></figure>{body}</article></body></html>'
    )


def timed(station: Station) -> float:
    """Milliseconds of one look into the spool."""
    began = time.perf_counter()
    found = station.collect()
    assert len(found.captures) == 1
    return (time.perf_counter() - began) * 1000


def main() -> int:
    for what, times, median in rows():
        print(f"{what:<52}{times:>4}{median:>10.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
