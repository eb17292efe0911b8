"""What the library costs at 100 and at 100,000 sources: ``packaging/bench_library.py [sources …]``.

Every act is measured to its commit (file synced), as the caller of the command waits for it. The disk decides
most of it: compare the columns of one run, not runs of two machines.
"""

import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.library import captures, lists, snapshot, undo  # noqa: E402 - the project's root is put on the path first
from desktop.library.opening import Library, open_library  # noqa: E402
from desktop.library.values import NewCapture, Order, State, View  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from tests.support.many import fill  # noqa: E402

SIZES = (100, 100_000)
BULK = 10_000

Row = tuple[str, int, float]


def rows(size: int) -> list[Row]:
    """(what, n, median in ms) for a library of ``size`` sources."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder, "kithbook"))
        found = [_timed("fill the library (for this bench)", 1, lambda: fill(paths, size))]
        found.append(_timed("open and draw the first page", 5, lambda: _first_page(paths)))
        with open_library(paths, write=True) as library:
            assert library.writer is not None
            library.writer.run(lambda _: None)
            return found + _reading(library) + _acts(library) + _saving(library)


def _first_page(paths: Paths) -> None:
    with open_library(paths, write=True) as library:
        lists.page(library.reader, lists.ids(library.reader, View(State.INBOX))[:50])
        lists.counts(library.reader)
        lists.tags(library.reader)


def _reading(library: Library) -> list[Row]:
    reader = library.reader
    everything = lists.ids(reader, View())
    middle = everything[len(everything) // 2 :][:100]
    return [
        _timed("ids of all, newest first", 9, lambda: lists.ids(reader, View())),
        _timed("ids of all, by title", 5, lambda: lists.ids(reader, View(order=Order.TITLE))),
        _timed("ids of one tag", 9, lambda: lists.ids(reader, View(tag="sql"))),
        _timed("page of 100 with tags and goals", 25, lambda: lists.page(reader, middle)),
        _timed("counts of the sidebar", 9, lambda: lists.counts(reader)),
        _timed("tags with counts", 9, lambda: lists.tags(reader)),
        _timed("titles that hold two words", 5, lambda: lists.find_titles(reader, "pivot nowhere")),
        _timed("detail for the reader", 25, lambda: lists.detail(reader, middle[0])),
        _timed("snapshot for the host", 3, lambda: snapshot.export(reader, library.paths)),
    ]


def _acts(library: Library) -> list[Row]:
    writer = library.writer
    assert writer is not None
    some = list(lists.ids(library.reader, View(State.ARCHIVE)))[:BULK]
    number = f"{len(some):,}"
    return [
        _timed(f"move {number}", 1, lambda: captures.move(writer, some, State.LATER)),
        _timed(f"undo the move of {number}", 1, lambda: undo.undo(writer)),
        _timed(f"redo the move of {number}", 1, lambda: undo.redo(writer)),
        _timed(f"tag {number}", 1, lambda: captures.tag(writer, some, add=["fresh"])),
        _timed(f"undo the tag of {number}", 1, lambda: undo.undo(writer)),
        _timed("move one", 9, _each(some, lambda one: captures.move(writer, [one], State.TRASH))),
        _timed("delete one for good", 9, _each(some, lambda one: captures.delete_for_good(writer, [one]))),
    ]


def _saving(library: Library) -> list[Row]:
    writer = library.writer
    assert writer is not None
    text = "A sentence of about ten words stands for the others. " * 200

    def save(address: str) -> None:
        new = NewCapture(
            uuid=str(uuid.uuid4()),
            url=f"https://bench.example/{address}",
            captured_at=1,
            title="Bench",
            html=f"<p>{text}</p>",
            text=text,
            words=2_000,
            minutes=9,
            tags=("bench", "sql"),
        )
        captures.add(writer, new)

    return [
        _timed("save a page of 2,000 words", 15, lambda: save(str(uuid.uuid4()))),
        _timed("save it again, unchanged", 15, lambda: save("same")),
    ]


def _each(ids: list[int], act: Callable[[int], object]) -> Callable[[], object]:
    left = iter(ids)
    return lambda: act(next(left))


def _timed(what: str, n: int, way: Callable[[], object]) -> Row:
    times = []
    for _ in range(n):
        start = time.perf_counter()
        way()
        times.append((time.perf_counter() - start) * 1000)
    return what, n, statistics.median(times)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print one column for each size."""
    columns = [rows(size) for size in sizes]
    print("library, ms (median)".ljust(40) + "n".rjust(4) + "".join(f"{size:,}".rjust(12) for size in sizes))
    for together in zip(*columns, strict=True):
        what, n, _ = together[-1]
        print(what.ljust(40) + str(n).rjust(4) + "".join(f"{row[2]:12.1f}" for row in together))


if __name__ == "__main__":
    main(tuple(int(number) for number in sys.argv[1:]) or SIZES)
