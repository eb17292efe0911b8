"""A Markdown folder beside a plain loop that writes the same files: ``packaging/bench_export.py [pages]``.

Two figures for each: the time that passed, and the time of the processor, which other programs disturb less.
The texts of the library are 200 shared ones, so that the disk and the front matter are measured; the last
rows have a text of its own for each page, where making Markdown of HTML is most of it. Surprising: the loop
writes the files in the order of the export. In the order in which a folder lists them it takes half as long,
for that is the order of the folder on the disk, which nobody knows before the names are there.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.library.opening import open_library  # noqa: E402 - the project's root is put on the path first
from desktop.paths import Paths  # noqa: E402
from desktop.share.export import formats, selection  # noqa: E402
from desktop.share.export.selection import Items  # noqa: E402
from tests.support.many import fill  # noqa: E402
from tests.support.many_marks import mark  # noqa: E402

PAGES, OWN_TEXTS, REPEATS = 100_000, 5_000, 3
LIMIT = 2.0
"""The export may take so many times as long as the loop."""

Row = tuple[str, int, float, float]


def timed(what: str, n: int, work: Callable[[], object]) -> Row:
    """(what, pages, seconds passed, seconds of the processor)."""
    wall, busy = time.perf_counter(), time.process_time()
    work()
    return what, n, time.perf_counter() - wall, time.process_time() - busy


def export_and_loop(folder: Path, pages: int, contents: int) -> list[Row]:
    """The best of each, taken in turns: what else the machine does hits both alike.

    Nothing is deleted meanwhile: ext4 looks at each file number that was freed a moment ago before it gives a
    new one, and whoever comes after a deletion pays for it.
    """
    place = folder / f"texts-{contents}"
    paths = Paths(place / "library")
    place.mkdir()
    fill(paths, pages, contents=contents)
    mark(paths, pages // 10)
    with open_library(paths, write=False) as library:
        items = Items(library.reader, paths, selection.everything(library.reader))
        rows = [_both(place, items, number) for number in range(REPEATS)]
        again = timed("export again, nothing new", len(items), lambda: _write(items, place / "vault-0"))
    best = [min(each, key=lambda row: row[2]) for each in zip(*rows, strict=True)]
    return [*best, again]


def _both(place: Path, items: Items, number: int) -> list[Row]:
    vault, plain = place / f"vault-{number}", place / f"plain-{number}"
    exported = timed("Markdown folder", len(items), lambda: _write(items, vault))
    written = sorted(vault.iterdir(), key=lambda path: path.stat().st_ino)
    files = {path.name: path.read_bytes() for path in written if path.is_file()}

    def loop() -> None:
        plain.mkdir()
        for name, data in files.items():
            (plain / name).write_bytes(data)

    return [exported, timed("the same files, plain loop", len(items), loop)]


def _write(items: Items, out: Path) -> None:
    formats.BY_NAME["markdown"].write(items, out)


def others(folder: Path, pages: int) -> list[Row]:
    """The formats of one file, all pages of a smaller library."""
    paths = Paths(folder / "others")
    fill(paths, pages)
    mark(paths, pages // 10)
    with open_library(paths, write=False) as library:
        items = Items(library.reader, paths, selection.everything(library.reader))
        names = ("csv", "jsonl", "bookmarks", "bibtex", "ris", "csl-json", "annotations")
        return [
            timed(name, len(items), lambda name=name: formats.BY_NAME[name].write(items, folder / name))  # type: ignore[misc]
            for name in names
        ]


def main(pages: int = PAGES) -> int:
    """Print the tables; 1 when the export takes longer than it may."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = export_and_loop(folder, pages, 200)
        own = export_and_loop(folder, min(OWN_TEXTS, pages), min(OWN_TEXTS, pages))
        rows += [(f"{what}, own texts", n, wall, busy) for what, n, wall, busy in own]
        rows += others(folder, min(10_000, pages))
    print("export".ljust(40) + "pages".rjust(10) + "s".rjust(9) + "µs each".rjust(10) + "CPU µs".rjust(10))
    for what, n, wall, busy in rows:
        print(f"{what:40}{n:10,}{wall:9.2f}{wall / n * 1e6:10.1f}{busy / n * 1e6:10.1f}")
    ratio, busy_ratio = rows[0][2] / rows[1][2], rows[0][3] / rows[1][3]
    print(f"Markdown folder ÷ plain loop: {ratio:.2f} (processor {busy_ratio:.2f}); at most {LIMIT}.")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:2])))
