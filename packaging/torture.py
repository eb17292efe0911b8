"""``make torture``: host, desktop and library are killed, starved and cut off; the table says what was lost.

Exit status 1 when anything acknowledged was lost, doubled or torn (but in the control, which must lose).
"""

import argparse
import importlib.util
import sys
from collections.abc import Callable, Iterator
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


def library_rows(host: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    library = by_path("torture_library")
    for found in library.run(options.kills) if library is not None else ():
        yield desktop_row(host, found)


def archive_rows(_: ModuleType, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    archive = by_path("torture_archive")
    if archive is not None:
        found = archive.run(options.libraries)
        yield archive.said(*found), not found[2]
        for line in found[2][:20]:
            yield f"  {line}", False


ROWS: dict[str, Callable[[ModuleType, argparse.Namespace], Iterator[tuple[str, bool]]]] = {
    "host": host_rows, "power": power_rows, "desktop": desktop_rows, "library": library_rows,
    "archive": archive_rows,
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how often host and desktop are killed")
    parser.add_argument("--cuts", type=int, default=300, help="how many power cuts are played")
    parser.add_argument("--libraries", type=int, default=1000, help="how many go through an archive")
    parser.add_argument("--only", choices=tuple(ROWS), help="one part alone")
    options = parser.parse_args(argv)
    host = by_path("torture_host")
    assert host is not None
    print(host.HEAD, flush=True)
    is_clean = True
    for part, rows in ROWS.items():
        if options.only in (None, part):
            for row, is_well in rows(host, options):
                print(row, flush=True)
                is_clean = is_clean and is_well
    print("Nothing acknowledged was lost, doubled or torn." if is_clean else "SOMETHING WAS LOST, see above.")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
