"""``make package``: freezes the program, looks at it from all sides, makes the .deb; prints sizes and times.

Runs in an environment of its own (``build/package/venv``) that holds the locked libraries and PyInstaller and
nothing else. Surprising: a frozen window whose slot fails stays alive for ever, so every run of the result
has a time limit from outside.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from importlib.metadata import version
from pathlib import Path

import build_deb
import build_extension
import package_notice
import smoke_package

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "package"
STAGE = WORK / "stage"
FROZEN = WORK / "dist" / "kithbook"
DIST = ROOT / "dist"
OWN_LICENCE = "Copyright the Kithbook authors. Licensed under the Apache License, Version 2.0:\nhttps://www.apache.org/licenses/LICENSE-2.0"


def main() -> int:
    parts = sys.argv[1:] or ["freeze", "smoke", "deb"]
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(source_date()))
    os.environ["PYTHONHASHSEED"] = "1"  # PyInstaller writes sets in their order
    if "freeze" in parts:
        timed("staged", stage)
        timed("frozen", freeze)
        check_links()
        forget_builder()
    if "smoke" in parts:
        timed("tried", lambda: smoke_package.run(FROZEN))
    if "deb" in parts:
        DIST.mkdir(exist_ok=True)
        package = timed("packed", lambda: build_deb.build(FROZEN, DIST, program_version()))
        timed("judged", lambda: judge(package))
        print_sizes(package)
    return 0


def program_version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def source_date() -> int:
    """Seconds of the last commit, so that the same sources give the same package."""
    said = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    return int(said.stdout.strip() or 0) or 1_764_547_200


def locked(name: str) -> dict[str, str]:
    """The libraries of a lock file with their versions, of those that are installed on this system."""
    text = (ROOT / name).read_text("utf-8")
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?:\s*;\s*(.+?))?\s*\\?$", text, re.MULTILINE)
    return {name.lower(): one for name, one, marker in pinned if applies(marker)}


def applies(marker: str) -> bool:
    from packaging.markers import Marker

    return not marker or Marker(marker).evaluate()


def versions() -> dict[str, str]:
    """What the frozen program must hold: the lock, and what was measured here of what wheels carry."""
    import sqlite3

    import apsw
    import PySide6.QtCore

    carried = locked("requirements.lock")
    wrong = [name for name, one in carried.items() if version(name) != one]
    if wrong:
        raise SystemExit(f"Not as locked: {', '.join(wrong)}. Remove build/package/venv and run again.")
    names = ("apsw", "pyside6-essentials", "sqlalchemy", "trafilatura", "keyring")
    return {name: carried[name] for name in names} | {
        "sqlite of apsw": apsw.sqlite_lib_version(),
        "sqlite of python": sqlite3.sqlite_version,
        "qt": PySide6.QtCore.qVersion(),
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def stage() -> None:
    """What goes into the program beside its code."""
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    build_extension.build(STAGE / "extension")
    expected = versions()
    (STAGE / "versions.json").write_text(json.dumps(expected, indent=2) + "\n", "utf-8")
    carried = package_notice.write(
        STAGE, locked("requirements.lock"), expected, program_version(), OWN_LICENCE
    )
    print(f"The notice names {carried} parts.")


def freeze() -> None:
    log = WORK / "pyinstaller.log"
    with log.open("w", encoding="utf-8") as said:
        done = subprocess.run(
            [
                sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
                "--distpath", str(WORK / "dist"), "--workpath", str(WORK / "work"),
                str(ROOT / "packaging" / "kithbook.spec"),
            ],
            stdout=said,
            stderr=subprocess.STDOUT,
            env=os.environ | {"KITHBOOK_STAGE": str(STAGE)},
            check=False,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(log.read_text("utf-8")[-4000:])


def check_links() -> None:
    """A library that was left out may leave a link to nothing: such links go."""
    for path in FROZEN.rglob("*"):
        if path.is_symlink() and not path.exists():
            path.unlink()


def forget_builder() -> None:
    """A Python that was built by hand names the builder's own folders as places of libraries: those go."""
    for path in FROZEN.rglob("*"):
        if build_deb.is_elf(path):
            said = subprocess.run(
                ["chrpath", "-l", str(path)], capture_output=True, text=True, check=False
            ).stdout
            if re.search(r"R(?:UN)?PATH=/", said):
                subprocess.run(["chrpath", "-d", str(path)], check=True, stdout=subprocess.DEVNULL)


def judge(package: Path) -> None:
    """Debian's own checkers; what bundling brings with it stands in packaging/debian/lintian-overrides."""
    entry = ROOT / "packaging/debian" / f"{build_deb.ID}.desktop"
    info = WORK / "deb/usr/share/metainfo" / f"{build_deb.ID}.metainfo.xml"
    subprocess.run(["desktop-file-validate", str(entry)], check=True)
    subprocess.run(["appstreamcli", "validate", "--no-net", str(info)], check=True)
    done = subprocess.run(
        ["lintian", "--fail-on", "error,warning", "--allow-root", str(package)], check=False
    )
    if done.returncode:
        raise SystemExit("lintian found something that the overrides do not name.")


def print_sizes(package: Path) -> None:
    unpacked = sum(one.stat().st_size for one in FROZEN.rglob("*") if one.is_file() and not one.is_symlink())
    packed = package.stat().st_size
    print(f"{package.relative_to(ROOT)}: {packed / 1e6:.1f} MB (goal 80)")
    print(f"installed: {unpacked / 1e6:.1f} MB (goal 230)")
    if packed > 80e6 or unpacked > 230e6:
        raise SystemExit("The package is larger than its goal.")


def timed(word: str, work):  # type: ignore[no-untyped-def]
    start = time.monotonic()
    made = work()
    print(f"{word} in {time.monotonic() - start:.1f} s", flush=True)
    return made


if __name__ == "__main__":
    sys.exit(main())
