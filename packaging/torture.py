"""``make torture``: host, desktop and library are killed, starved and cut off; the table says what was lost.

    python packaging/torture.py [part …] [--kills 1000] [--cuts 300] [--libraries 1000] [--at-once 2]

Each part is a process of its own, two at a time (they wait for the disk more than they reckon), the longest
first. Exit status 1 when anything acknowledged was lost, doubled or torn (but in the control, which must
lose). Surprising: with 1,000 kills a part of the library is killed 100 times only, the bulk edit 500 times,
learning 250 times.
"""

import argparse
import importlib.util
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent


def by_path(name: str) -> ModuleType | None:
    """A script beside this one; None when it is not there."""
    place = HERE / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", place) if place.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def desktop_row(host: ModuleType, found: Any) -> tuple[str, bool]:
    """A row of `torture_desktop` as a line of our table, and whether all is well; a sentence stays one."""
    if isinstance(found, str):
        return found, True
    *figures, integrity = found
    count = host.Count(*figures, notes=[f"integrity {integrity}"])
    return count.row(), count.is_clean and integrity == "ok"


def host_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    for count in host.run(options.kills):
        yield count.row(), count.is_clean


def power_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    """The control must lose."""
    power = by_path("torture_power")
    assert power is not None
    for count in power.run(host, options.cuts):
        yield count.row(), count.is_clean != count.what.startswith("control")


def desktop_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    desktop = by_path("torture_desktop")
    for found in desktop.run(options.kills) if desktop is not None else ():
        yield desktop_row(host, found)


def library_rows(only: str, host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    library = by_path("torture_library")
    for found in library.run(options.kills, only) if library is not None else ():
        yield desktop_row(host, found)


def learning_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    library = by_path("torture_library")  # first: it puts the project's root on the path
    learning = by_path("torture_learning")
    if library is not None and learning is not None:
        yield desktop_row(host, learning.run(library, max(1, options.kills // 4)))


def load_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    library = by_path("torture_library")  # first: it puts the project's root on the path
    under_load = by_path("torture_backups")
    if under_load is not None:
        yield desktop_row(host, under_load.run(library))


def archive_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    archive = by_path("torture_archive")
    if archive is not None:
        libraries, rows, differences = archive.run(options.libraries)
        count = host.Count("archive: out, in again, compared", libraries, libraries, rows, len(differences))
        count.notes.append(f"{rows:,} rows, {len(differences)} differences")
        yield count.row(), count.is_clean
        for line in differences[:20]:
            yield f"  {line}", False


def packs_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    packs = by_path("torture_packs")
    if packs is not None:
        libraries, fields, wrong = packs.run(options.libraries)
        count = host.Count("packs: sent, taken in, compared", libraries, libraries, fields, len(wrong))
        count.notes.append(f"{fields:,} fields, {len(wrong)} wrong")
        yield count.row(), count.is_clean
        kills = max(1, options.kills // 10)
        met, halves = packs.kill(kills)
        count = host.Count("packs: killed while taken in", kills, met, kills, len(halves))
        yield count.row(), count.is_clean
        for line in (wrong + halves)[:20]:
            yield f"  {line}", False


def strings_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    by_path("torture_library")  # it puts the project's root on the path
    strings = by_path("torture_strings")
    if strings is not None:
        count = strings.run(host)
        yield count.row(), count.is_clean


ROWS: dict[str, Callable[[ModuleType, argparse.Namespace], Iterator[tuple[str, bool]]]] = {
    "desktop": desktop_rows,
    "host": host_rows,
    "power": power_rows,
    "bulk": partial(library_rows, "a bulk edit"),
    "archive": archive_rows,
    "packs": packs_rows,
    "learning": learning_rows,
    "index": partial(library_rows, "indexed"),
    "rebuild": partial(library_rows, "rebuilt"),
    "restore": partial(library_rows, "a restore"),
    "import": partial(library_rows, "an import"),
    "migration": partial(library_rows, "a migration"),
    "backup": partial(library_rows, "a backup"),
    "load": load_rows,
    "strings": strings_rows,
}
"""Every part, the longest first."""


def play(part: str, options: argparse.Namespace) -> bool:
    """One part in this process; whether all is well."""
    host = by_path("torture_host")
    assert host is not None
    is_clean = True
    for row, is_well in ROWS[part](host, options):
        print(row, flush=True)
        is_clean = is_clean and is_well
    return is_clean


def play_apart(part: str, options: argparse.Namespace, printing: threading.Lock) -> tuple[bool, float]:
    """One part in a process of its own; its rows are printed once it has ended."""
    began = time.monotonic()
    numbers = [f"--{name}={getattr(options, name)}" for name in ("kills", "cuts", "libraries")]
    command = [sys.executable, __file__, part, "--bare", *numbers]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    with printing:
        print(ended.stdout, end="", flush=True)
        if ended.returncode:
            print(ended.stderr, file=sys.stderr, flush=True)
    return ended.returncode == 0, time.monotonic() - began


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(ROWS)}; none: all")
    parser.add_argument("--kills", type=int, default=1000, help="how often host and desktop are killed")
    parser.add_argument("--cuts", type=int, default=300, help="how many power cuts are played")
    parser.add_argument("--libraries", type=int, default=1000, help="how many go through an archive")
    parser.add_argument("--at-once", type=int, default=2, help="how many parts at a time")
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    unknown = sorted(set(options.parts) - set(ROWS))
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; the parts are {', '.join(ROWS)}")
    if options.bare:
        return sum(not play(part, options) for part in options.parts)
    host = by_path("torture_host")
    assert host is not None
    print(host.HEAD, flush=True)
    began, printing = time.monotonic(), threading.Lock()
    wanted = [part for part in ROWS if part in options.parts or not options.parts]
    with ThreadPoolExecutor(options.at_once) as pool:
        ended = list(pool.map(lambda part: play_apart(part, options, printing), wanted))
    print("; ".join(f"{part} {seconds:.0f} s" for part, (_, seconds) in zip(wanted, ended, strict=True)))
    is_clean = all(is_well for is_well, _ in ended)
    said = "Nothing acknowledged was lost, doubled or torn" if is_clean else "SOMETHING WAS LOST, see above"
    print(f"{said}; {(time.monotonic() - began) / 60:.1f} minutes in all.")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
