"""A thousand libraries made by chance, written into an archive and taken in again: every field must be equal.

    python packaging/torture_archive.py [--libraries 1000] [--from 0]

Surprising: the libraries are made by the generator of the tests, so a seed that fails here fails there.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.library.archive.export import export  # noqa: E402
from desktop.library.archive.import_ import import_archive  # noqa: E402
from desktop.library.opening import open_library  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from tests.support.generated import STRINGS, contents, differences, generate  # noqa: E402

NAUGHTY = ROOT.parent / "shared" / "corpora" / "strings" / "blns.json"


def strings() -> tuple[str, ...]:
    """Our own naughty strings, and the long list when it lies beside the project."""
    more = json.loads(NAUGHTY.read_text("utf-8")) if NAUGHTY.is_file() else []
    return (*STRINGS, *more)


def one(seed: int, texts: tuple[str, ...]) -> tuple[int, list[str]]:
    """Rows of the library of that seed, and what differed after its round trip."""
    with tempfile.TemporaryDirectory(prefix="kithbook-archive-") as folder:
        first, second = Paths(Path(folder) / "first"), Paths(Path(folder) / "second")
        generate(first, seed, texts)
        with open_library(first, write=False) as library:
            made = export(library.reader, first, Path(folder) / ("all.zip" if seed % 2 else "all"))
        told = import_archive(second, made.path)
        found = differences(first, second)
        if told.cleaned or told.missing:
            found.append(f"{told.cleaned} cleaned, {len(told.missing)} missing")
        return sum(len(rows) for rows in contents(first).values()), found


def run(libraries: int = 1000, start: int = 0) -> tuple[int, int, list[str]]:
    """Libraries, rows in all of them, and a line for each difference."""
    texts, rows, told = strings(), 0, []
    for seed in range(start, start + libraries):
        number, found = one(seed, texts)
        rows += number
        told += [f"seed {seed}: {line}" for line in found]
        if (seed + 1 - start) % 100 == 0:
            print(f"  {seed + 1 - start} libraries …", file=sys.stderr, flush=True)
    return libraries, rows, told


def said(libraries: int, rows: int, told: list[str]) -> str:
    """One line for the table."""
    return f"archive round trip: {libraries} libraries, {rows:,} rows, {len(told)} differences"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--libraries", type=int, default=1000)
    parser.add_argument("--from", type=int, default=0, dest="start", help="the first seed")
    options = parser.parse_args()
    found = run(options.libraries, options.start)
    print(said(*found))
    for line in found[2][:50]:
        print(line)
    return 1 if found[2] else 0


if __name__ == "__main__":
    sys.exit(main())
