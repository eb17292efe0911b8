"""A thousand libraries made by chance, sent as packs and taken in by others; then imports that are cut off.

    python packaging/torture_packs.py [--libraries 1000] [--kills 60] [--from 0]

A kill is a kill of the whole process, at a random moment while a pack is taken in. Surprising: what was taken
in when the kill came may be all of it or nothing; anything between is a failure, and so is a stray file that
a later upkeep does not find.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.library.opening import open_library  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from desktop.share import opening, pack_file, receiving  # noqa: E402
from tests.support.colleagues import TEXT, item, marked, pack  # noqa: E402
from tests.support.pack_trip import SENDER, SIGNER, empty_library, send_and_take  # noqa: E402

ITEMS = 30
_TAKE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.share import opening, receiving
opened = opening.open_pack(Path(sys.argv[2]))
with open_library(Paths(Path(sys.argv[1])), write=True) as library:
    print("begun", flush=True)
    wanted = [one.uuid for one in opened.pack.items]
    receiving.take(library.writer, library.reader, library.paths, opened, wanted)
    print("taken", flush=True)
"""


def run(libraries: int = 1000, start: int = 0) -> tuple[int, int, list[str]]:
    """Libraries, fields compared in all of them, and a line for each thing that was wrong."""
    fields, told = 0, []
    with tempfile.TemporaryDirectory(prefix="kithbook-empty-") as folder:
        empty = empty_library(Path(folder) / "home")
        for played, seed in enumerate(range(start, start + libraries), start=1):
            number, wrong = send_and_take(seed, empty)
            fields += number
            told += [f"seed {seed}: {line}" for line in wrong]
            if played % 100 == 0:
                print(f"  {played} libraries …", file=sys.stderr, flush=True)
    return libraries, fields, told


def kill(times: int, start: int = 0) -> tuple[int, list[str]]:
    """Kills that met an import at work, and a line for each that left something half."""
    chance, met, told = random.Random(start), 0, []
    with tempfile.TemporaryDirectory(prefix="kithbook-kills-") as folder:
        desk = Path(folder)
        file = _large_pack(desk)
        longest = 1.0
        for at in range(times):
            home = empty_library(desk / f"home{at}")
            is_met, longest = _killed(home, file, chance.uniform(0, longest), longest)
            met += is_met
            told += [f"kill {at}: {line}" for line in _halves(home, file)]
    return met, told


def _large_pack(desk: Path) -> Path:
    items = [
        item(f"p{at}", html=f"<p>{TEXT}</p>" + f"<p>{at}</p>" * 200, marks=[marked(address=f"p{at}")])
        for at in range(ITEMS)
    ]
    return pack_file.write(pack(*items, sender=SENDER), desk / "large", SIGNER).path


def _killed(home: Path, file: Path, wait: float, longest: float) -> tuple[bool, float]:
    """Whether the kill came before the end, and how long an import takes at most as far as is known."""
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE, str(home), str(file), str(ROOT)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process, process.stdout as said:
        said.readline()
        begun = time.monotonic()
        try:
            process.wait(wait)
            longest = min(longest, time.monotonic() - begun + 0.05)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        return "taken" not in said.read(), longest


def _halves(home: Path, file: Path) -> list[str]:
    """What is half of an import; then it is taken in anew, which must bring all of it, once."""
    opened = opening.open_pack(file)
    with open_library(Paths(home), write=True) as library:
        assert library.writer is not None
        tables = ("source", "capture", "annotation", "pack_item", "pack_annotation")
        counts = {name: library.reader.rows(f"SELECT count(*) FROM {name}")[0][0] for name in tables}
        wrong = [] if set(counts.values()) in ({0}, {ITEMS}) else [f"half taken in: {counts}"]
        wanted = [one.uuid for one in opened.pack.items]
        receiving.take(library.writer, library.reader, library.paths, opened, wanted)
        after = {name: library.reader.rows(f"SELECT count(*) FROM {name}")[0][0] for name in tables}
        if set(after.values()) != {ITEMS}:
            wrong.append(f"the second import left {after}")
        if library.reader.rows("PRAGMA integrity_check") != [("ok",)]:
            wrong.append("the file is damaged")
        return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--libraries", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--from", type=int, default=0, dest="start", help="where chance begins")
    options = parser.parse_args()
    libraries, fields, told = run(options.libraries, options.start)
    print(f"packs: {libraries} libraries, {fields:,} fields, {len(told)} wrong")
    met, halves = kill(options.kills, options.start)
    print(f"packs: {options.kills} kills, {met} in the middle of an import, {len(halves)} left half")
    for line in (told + halves)[:50]:
        print(line)
    return 1 if told or halves else 0


if __name__ == "__main__":
    sys.exit(main())
