"""A thousand libraries made by chance, written into an archive and taken in again: every field must be equal.

    python packaging/torture_archive.py [--libraries 1000] [--from 0]

Surprising: hypothesis chooses texts and seed, and the generator of the tests makes the library of them, so
what fails here fails there.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402
from hypothesis import seed as from_seed  # noqa: E402
from hypothesis import strategies as any_  # noqa: E402

from tests.support.archive_trip import there_and_back  # noqa: E402
from tests.support.generated import STRINGS  # noqa: E402

NAUGHTY = ROOT.parent / "shared" / "corpora" / "strings" / "blns.json"


def strings() -> tuple[str, ...]:
    """Our own naughty strings, and the long list when it lies beside the project."""
    more = json.loads(NAUGHTY.read_text("utf-8")) if NAUGHTY.is_file() else []
    return (*STRINGS, *more)


def run(libraries: int = 1000, start: int = 0) -> tuple[int, int, list[str]]:
    """Libraries, rows in all of them, and a line for each difference."""
    texts, rows, played, told = strings(), 0, 0, []

    @from_seed(start)
    @settings(
        max_examples=libraries, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(chance=any_.integers(0, 2**32), own=any_.lists(any_.text(), max_size=20))
    def play(chance: int, own: list[str]) -> None:
        nonlocal rows, played
        number, found = there_and_back(chance, (*own, *own, *texts))
        rows, played = rows + number, played + 1
        told.extend(f"seed {chance}, texts {own!r}: {line}" for line in found)
        if played % 100 == 0:
            print(f"  {played} libraries …", file=sys.stderr, flush=True)

    play()
    return played, rows, told


def said(libraries: int, rows: int, told: list[str]) -> str:
    """One line for the table."""
    return f"archive round trip: {libraries} libraries, {rows:,} rows, {len(told)} differences"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--libraries", type=int, default=1000)
    parser.add_argument("--from", type=int, default=0, dest="start", help="where chance begins")
    options = parser.parse_args()
    found = run(options.libraries, options.start)
    print(said(*found))
    for line in found[2][:50]:
        print(line)
    return 1 if found[2] else 0


if __name__ == "__main__":
    sys.exit(main())
