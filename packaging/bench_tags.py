"""What tags cost over many pages: ``packaging/bench_tags.py [sources]``, milliseconds to the commit.

Bulk acts take 10,000 pages at once. To the commit means that search is true already: the outbox is filled in
the same transaction, and the index's catching up is another bench's matter.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from desktop.library import lists, suggesting, tags, undo, vocabulary  # noqa: E402 - the root is on the path first
from desktop.library.opening import Library, open_library  # noqa: E402
from desktop.library.values import View  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from tests.support.many import fill  # noqa: E402

BULK = 10_000
LIMITS = {"tag, and undo it": 1000.0, "merge two tags": 2000.0}

Row = tuple[str, int, float]


def rows(size: int) -> list[Row]:
    """(what, pages touched, ms) for a library of ``size`` sources."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder, "kithbook"))
        fill(paths, size)
        with open_library(paths, write=True) as library:
            assert library.writer is not None
            library.writer.run(lambda _: None)
            return _bulk(library) + _reading(library)


def _bulk(library: Library) -> list[Row]:
    writer, reader = library.writer, library.reader
    assert writer is not None
    some = list(lists.ids(reader, View()))[:BULK]
    number = len(some)
    found = [
        ("tag", number, _timed(lambda: tags.tag(writer, some, add=["fresh"]))),
        ("undo the tag", number, _timed(lambda: undo.undo(writer))),
    ]
    found.append(("tag, and undo it", number, found[0][2] + found[1][2]))
    found.append(("tag with three tags", number, _timed(lambda: tags.tag(writer, some, ["a", "b/c", "d"]))))
    tags.tag(writer, some, add=["one"])
    tags.tag(writer, some, add=["two"])
    bearing = len(set(lists.ids(reader, View(tag="one"))) | set(lists.ids(reader, View(tag="two"))))
    found.append(("merge two tags", bearing, _timed(lambda: tags.merge(writer, ["one", "two"], "both"))))
    found.append(("undo the merge", bearing, _timed(lambda: undo.undo(writer))))
    found.append(("rename a tag", bearing, _timed(lambda: tags.rename(writer, "one", "other/one"))))
    found.append(("delete a tag", bearing, _timed(lambda: tags.delete(writer, "two"))))
    found.append(("undo the deletion", bearing, _timed(lambda: undo.undo(writer))))
    return found


def _reading(library: Library) -> list[Row]:
    reader = library.reader
    everything = lists.ids(reader, View())
    middle = everything[len(everything) // 2]
    return [
        ("read the tree", len(everything), _best(lambda: vocabulary.tree(reader))),
        ("complete two letters", 1, _best(lambda: vocabulary.complete(reader, "wo"))),
        ("suggest for a page", 1, _best(lambda: suggesting.suggest(reader, middle))),
        ("ids of a tag with children", 1, _best(lambda: lists.ids(reader, View(tag="work")))),
    ]


def _timed(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return (time.perf_counter() - start) * 1000


def _best(way: Callable[[], object]) -> float:
    return sorted(_timed(way) for _ in range(7))[3]


def main(size: int = 100_000) -> None:
    """Print the figures, with the limit where there is one."""
    print(f"tags in a library of {size:,}, ms to the commit".ljust(52) + "pages".rjust(8) + "ms".rjust(10))
    for what, number, cost in rows(size):
        limit = f"  limit {LIMITS[what]:,.0f}" if what in LIMITS else ""
        print(what.ljust(52) + f"{number:,}".rjust(8) + f"{cost:10.1f}{limit}")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
