"""Tries the frozen program as a person would, without a window manager, each run under a time limit.

Surprising: the limit kills the whole group, because a window whose slot failed stays, and so does the helper
process that reads pages.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "packaging" / "sample_pages"
ORIGIN = "chrome-extension://fpknfnlbckkdmaflagpfjglafjofabbp/"
LIMIT = 90
HOST_RATIO = 3.0


def run(folder: Path) -> None:
    """All of it; SystemExit with a sentence at the first fault."""
    home = Path(tempfile.mkdtemp(prefix="kithbook-smoke-"))
    environment = {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "KITHBOOK_LANGUAGE": "en",
        "PYTHONHOME": "/nowhere",  # what a person's shell may have set must not reach the frozen program
        "PYTHONPATH": "/nowhere",
    }
    program = str(folder / "kithbook")

    def kithbook(*words: str) -> str:
        start = time.monotonic()
        said = limited([program, *words], environment)
        print(f"  kithbook {' '.join(words)}: {time.monotonic() - start:.2f} s", flush=True)
        return said

    try:
        faults = json.loads(kithbook("--self-check"))["faults"]
        if faults:
            raise SystemExit(f"The frozen program is not whole: {faults}")
        if "Kithbook" not in kithbook("--version"):
            raise SystemExit("The program does not tell its version.")
        try_acts(kithbook, home)
        print_host(folder, environment)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def try_acts(kithbook, home: Path) -> None:  # type: ignore[no-untyped-def]
    """Save a page, read it, draw the window, export, share, receive."""
    page = next(iter(sorted(SAMPLE.glob("*.html"))))
    kithbook("add", str(page))
    listed = json.loads(kithbook("list", "--json"))
    if not listed:
        raise SystemExit("The page that was added is not in the library.")
    kithbook("shot", "inbox", str(home / "out.png"))
    if (home / "out.png").stat().st_size < 10_000:
        raise SystemExit("The window was not drawn.")
    pack = home / "pack.kithbook.html"
    kithbook("share", "--query", "the", str(pack))
    kithbook("receive", "--dry-run", str(pack))
    for form, name in (("bibtex", "out.bib"), ("docx", "out.docx"), ("epub", "out.epub")):
        kithbook("export", form, str(home / name))
        if not (home / name).stat().st_size:
            raise SystemExit(f"The export as {form} is empty.")
    kithbook("check")


def print_host(folder: Path, environment: dict[str, str]) -> None:
    """The host's start against that of the bare interpreter, in turns; SystemExit above the ratio."""
    bare = [sys.executable, "-I", "-S", "-c", "pass"]
    host = [str(folder / "kithbook-host"), ORIGIN]
    times: dict[str, list[float]] = {"bare": [], "host": []}
    for _turn in range(20):
        for name, command in (("bare", bare), ("host", host)):
            start = time.perf_counter()
            limited(command, environment)
            times[name].append((time.perf_counter() - start) * 1000)
    middle = {name: statistics.median(those) for name, those in times.items()}
    ratio = middle["host"] / middle["bare"]
    print(f"  host {middle['host']:.1f} ms, interpreter {middle['bare']:.1f} ms: ratio {ratio:.2f} (goal 3)")
    if ratio > HOST_RATIO:
        raise SystemExit("The host starts too slowly.")


def limited(command: list[str], environment: dict[str, str]) -> str:
    """What the command prints; SystemExit when it fails or takes longer than the limit."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        said, complaint = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise SystemExit(f"{' '.join(command)} did not end within {LIMIT} s.") from None
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {complaint[-2000:]}")
    return said
