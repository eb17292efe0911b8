"""The library killed while it is edited in bulk, migrated, backed up, restored, taken in and indexed.

    python packaging/torture_library.py [--kills 1000]

Each time a copy of a prepared home is worked on by a forked child that is killed at a random moment within
the time that the work takes. Then the library is opened as the program would and looked at: at most the act
in flight may be gone, never half of it. Surprising: for all but the bulk edit nothing is acknowledged before
the end, so "struck" counts the kills that came before the work was done.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.library import backups, captures, tags, undo  # noqa: E402
from desktop.library.archive.export import export  # noqa: E402
from desktop.library.archive.import_ import import_archive  # noqa: E402
from desktop.library.opening import open_library  # noqa: E402
from desktop.library.search.searching import Searcher  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from desktop.store import schema  # noqa: E402
from desktop.store.copying import verify  # noqa: E402
from desktop.store.database import connect_to_write, transaction  # noqa: E402
from desktop.store.index import Index  # noqa: E402
from desktop.store.index_reading import Overtaken  # noqa: E402
from tests.support.many import fill  # noqa: E402
from tests.support.rows import ROWS, UNWATCHED  # noqa: E402
from tests.support.saving import page  # noqa: E402

PAGES = 400
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)

Row = tuple[str, int, int, int, int, int, int, str]
"""What was done, times, of them struck, acknowledged, lost, doubled, torn, and SQLite's word."""
Work = Callable[[Paths], None]
BULK = "library killed in a bulk edit"


@dataclass
class Found:
    """What one look brought, or all of them."""

    lost: int = 0
    torn: int = 0
    integrity: str = "ok"
    struck: int = 0
    acknowledged: int = 0

    def row(self, name: str, times: int) -> Row:
        return name, times, self.struck, self.acknowledged, self.lost, 0, self.torn, self.integrity


Look = Callable[[Paths, Found], None]


@contextmanager
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="kithbook-torture-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def whole(path: Path, found: Found) -> None:
    """Open as the program would (but for the lock, which the dead child cannot hold), and check the file."""
    with closing(sqlite3.connect(path)) as connection:
        word = connection.execute("PRAGMA integrity_check").fetchone()[0]
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    if word != "ok" or dangling:
        found.integrity = word if word != "ok" else f"{len(dangling)} dangling"


def started(work: Work, paths: Paths) -> int:
    """The process id of a child that works."""
    child = os.fork()
    if child == 0:
        try:
            work(paths)
        finally:
            os._exit(0)
    return child


def killed(work: Work, paths: Paths, wait: Callable[[], None]) -> bool:
    """Let a child work while we wait, kill it. True when it was still at work."""
    child = started(work, paths)
    wait()
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def seconds_of(work: Work, home: Path) -> float:
    """How long the work takes in a child, undisturbed."""
    with folder() as spare:
        paths = Paths(Path(shutil.copytree(home, spare / "home")))
        began = time.monotonic()
        os.waitpid(started(work, paths), 0)
        return time.monotonic() - began


def trials(name: str, make: Work, work: Work, look: Look, times: int, seed: int) -> Row:
    """Make a home once; work on copies of it, kill, look."""
    chance, found = random.Random(seed), Found()
    with folder() as place:
        first = Paths(place / "first")
        make(first)
        length = sorted(seconds_of(work, first.home) for _ in range(3))[1]
        for _ in range(times):
            paths = Paths(Path(shutil.copytree(first.home, place / "home")))
            found.struck += killed(work, paths, lambda: time.sleep(chance.random() * length))
            look(paths, found)
            if paths.library.exists():
                whole(paths.library, found)
            shutil.rmtree(paths.home)
    return found.row(name, times)


def edit_for_ever(paths: Paths, acknowledge: Callable[[], None]) -> None:
    """Tag all pages with one tag after another; every third is undone at once."""
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        for number in range(1, 1000):
            tags.tag(library.writer, range(1, PAGES + 1), [f"bulk{number}"], [])
            acknowledge()
            if number % 3 == 0:
                undo.undo(library.writer)
                acknowledge()


def tags_after(acts: int) -> set[str]:
    """What all pages bear after so many acknowledged acts."""
    done, here, number = 0, set[str](), 0
    while done < acts:
        number += 1
        here.add(f"bulk{number}")
        done += 1
        if number % 3 == 0 and done < acts:
            here.remove(f"bulk{number}")
            done += 1
    return here


def bulk_edit(times: int, seed: int = 1) -> Row:
    chance, found = random.Random(seed), Found()
    with folder() as place:
        first = Paths(place / "first")
        fill(first, PAGES)
        for _ in range(times):
            paths = Paths(Path(shutil.copytree(first.home, place / "home")))
            reading, writing = os.pipe()
            seen = b""

            def work(home: Paths, to: int = writing) -> None:
                edit_for_ever(home, lambda: os.write(to, b"."))

            def wait(told: int = reading, to: int = writing) -> None:
                nonlocal seen
                os.close(to)
                if chance.random() < 0.95:
                    seen = os.read(told, 1)
                time.sleep(chance.random() * 0.2)

            killed(work, paths, wait)
            with os.fdopen(reading, "rb") as told:
                acts = len(seen + told.read())
            found.struck += acts > 0
            found.acknowledged += acts
            _look_at_tags(paths, found, acts)
            whole(paths.library, found)
            shutil.rmtree(paths.home)
    return found.row(BULK, times)


def _look_at_tags(paths: Paths, found: Found, acts: int) -> None:
    with open_library(paths, write=True) as library:
        rows = library.reader.rows(
            "SELECT name, count(*) FROM tag JOIN source_tag ON tag_id = tag.id WHERE name LIKE 'bulk%' "
            "GROUP BY name"
        )
    found.torn += any(number != PAGES for _, number in rows)
    found.lost += {name for name, _ in rows} not in (tags_after(acts), tags_after(acts + 1))


def old_library(paths: Paths) -> None:
    """A library as the first schema step made it, with some pages."""
    paths.home.mkdir(parents=True)
    connection = connect_to_write(paths.library)
    try:
        with transaction(connection):
            schema.STEPS[0](connection)
            connection.execute("PRAGMA user_version = 1")
            for number in range(1, PAGES + 1):
                for sql in (ROWS["source"], UNWATCHED["content"], UNWATCHED["capture"]):
                    connection.execute(sql, (number,))
                connection.execute(
                    "UPDATE content SET text = ? WHERE id = ?", (f"word{number} " * 500, number)
                )
    finally:
        connection.close()


def migrate(paths: Paths) -> None:
    open_library(paths, write=True).close()


def look_at_migration(paths: Paths, found: Found) -> None:
    """It opens, is of the newest step, and has every page; copies with a name are whole."""
    with open_library(paths, write=True) as library:
        (version,) = library.reader.rows("PRAGMA user_version")[0]
        texts = library.reader.rows("SELECT id, text FROM content")
    found.torn += version != schema.newest()
    found.lost += dict(texts) != {number: f"word{number} " * 500 for number in range(1, PAGES + 1)}
    look_at_copies(paths, found)


def look_at_copies(paths: Paths, found: Found) -> None:
    for _, path in backups.existing(paths):
        found.torn += not backups.is_whole(path) or verify(path)["source"] != PAGES


def filled(paths: Paths) -> None:
    fill(paths, PAGES)


def back_up(paths: Paths) -> None:
    backups.backup(paths)


def look_at_backup(paths: Paths, found: Found) -> None:
    """What has a backup's name is whole, and another can be made."""
    look_at_copies(paths, found)
    found.lost += verify(backups.backup(paths, now=NOW))["source"] != PAGES


def backed_up(paths: Paths) -> None:
    """A backup with all pages, and a page more since."""
    fill(paths, PAGES)
    backups.backup(paths, now=NOW)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        captures.add(library.writer, page("since"))


def restore(paths: Paths) -> None:
    backups.restore(paths, paths.backups / "library-20261130T120000Z-asked.db", NOW + timedelta(hours=1))


def look_at_restore(paths: Paths, found: Found) -> None:
    """The library of before or the backup's, and nothing is lost: what was there is there, or kept aside."""
    with open_library(paths, write=True) as library:
        ((pages,),) = library.reader.rows("SELECT count(*) FROM source")
    aside = [verify(path)["source"] for _, path in backups.existing(paths) if "before" in path.name]
    found.torn += pages not in (PAGES, PAGES + 1)
    found.lost += pages == PAGES and aside != [PAGES + 1]


def with_archive(paths: Paths) -> None:
    other = Paths(paths.home.with_name("other"))
    fill(other, PAGES)
    paths.home.mkdir()
    with open_library(other, write=False) as library:
        export(library.reader, other, paths.home.parent / "all.zip")
    shutil.move(paths.home.parent / "all.zip", paths.home / "all.zip")


def take_in(paths: Paths) -> None:
    import_archive(paths, paths.home / "all.zip")


def look_at_import(paths: Paths, found: Found) -> None:
    """Nothing or everything; and what is not there can be taken in."""
    with open_library(paths, write=True) as library:
        ((pages,),) = library.reader.rows("SELECT count(*) FROM source")
    found.torn += pages not in (0, PAGES)
    if pages == 0:
        take_in(paths)
        found.lost += verify(paths.library)["source"] != PAGES


def wait_for(searcher: Searcher) -> None:
    """Until every page is in the index, at most a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(Overtaken):  # the index was renewed while it was asked
            if searcher.is_current():
                return
        searcher.wait(1.0)


def index(paths: Paths) -> None:
    with open_library(paths, write=True) as library, closing(Searcher(library)) as searcher:
        wait_for(searcher)


def with_old_index(paths: Paths) -> None:
    """A library whose index is of another layout, so that the next start throws it away."""
    fill(paths, PAGES)
    index(paths)
    old = Index(paths.index)
    old.set_state("format", "0")
    old.close()


def look_at_index(paths: Paths, found: Found) -> None:
    """The next start finds every page."""
    with open_library(paths, write=True) as library, closing(Searcher(library)) as searcher:
        wait_for(searcher)
        expected = library.reader.rows(
            "SELECT count(*) FROM source WHERE state <> 'trash' AND lower(title) LIKE '%budget%'"
        )
        found.lost += searcher.search("title:budget", limit=0).total != expected[0][0]


def run(kills: int = 1000, only: str = "") -> Iterator[Row]:
    """All of it, or the parts whose names have ``only`` in them: the bulk edit half of the kills, the others
    a tenth each.
    """
    part = max(1, kills // 10)
    played: tuple[tuple[str, Work, Work, Look], ...] = (
        ("library killed in a migration", old_library, migrate, look_at_migration),
        ("library killed in a backup", filled, back_up, look_at_backup),
        ("library killed in a restore", backed_up, restore, look_at_restore),
        ("library killed in an import", with_archive, take_in, look_at_import),
        ("library killed while it is indexed", filled, index, look_at_index),
        ("library killed while its index is rebuilt", with_old_index, index, look_at_index),
    )
    if only in BULK:
        yield bulk_edit(max(1, kills // 2))
    for seed, (name, make, work, look) in enumerate(played, start=2):
        if only in name:
            yield trials(name, make, work, look, part, seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--only", default="", help="a word in the names of the parts to play")
    options = parser.parse_args()
    is_good = True
    for name, times, struck, acknowledged, lost, _, torn, integrity in run(options.kills, options.only):
        is_good = is_good and not (lost or torn) and integrity == "ok"
        print(
            f"{name}: {times} times, {struck} of them struck; {acknowledged} acknowledged, {lost} lost, "
            f"{torn} torn; integrity {integrity}",
            flush=True,
        )
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
