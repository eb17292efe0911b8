"""``make torture``: the host and the desktop are killed, starved and cut off; the table says what was lost.

Exit status 1 when anything acknowledged was lost, doubled or torn (but in the control, which must lose).
"""

import argparse
import importlib.util
import sys
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


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how often host and desktop are killed")
    parser.add_argument("--cuts", type=int, default=300, help="how many power cuts are played")
    parser.add_argument("--only", choices=("host", "power", "desktop"), help="one part alone")
    options = parser.parse_args(argv)
    host, power, desktop = by_path("torture_host"), by_path("torture_power"), by_path("torture_desktop")
    assert host is not None
    assert power is not None
    print(host.HEAD, flush=True)
    is_clean = True
    if options.only in (None, "host"):
        for count in host.run(options.kills):
            print(count.row(), flush=True)
            is_clean = is_clean and count.is_clean
    if options.only in (None, "power"):
        for count in power.run(host, options.cuts):
            print(count.row(), flush=True)
            is_clean = is_clean and count.is_clean != count.what.startswith("control")
    if desktop is not None and options.only in (None, "desktop"):
        for found in desktop.run(options.kills):
            row, is_well = desktop_row(host, found)
            print(row, flush=True)
            is_clean = is_clean and is_well
    print("Nothing acknowledged was lost, doubled or torn." if is_clean else "SOMETHING WAS LOST, see above.")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
