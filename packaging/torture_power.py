"""Power cuts without pulling a plug: ext4 in a file on a reflink XFS, the file cloned at a random moment.

The clone is what the disk holds at that moment; it is mounted, and must hold all that had been acknowledged
before. Surprising: only the control makes the zeros believable, so the same run is made with a host that does
not force anything to disk, and it must lose. Not modelled: drives that lie about flushes.
"""

import fcntl
import os
import random
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType

FICLONE = 0x40049409
CUTS_IN_A_RUN = 10
CONTROL_CUTS = 20
OUTER, INNER = "3G", "192M"
CARELESS = "import os; os.fsync = lambda file: None; "


def run(torture: ModuleType, cuts: int) -> list:
    """Rows for ``cuts`` cuts and for the control. ``torture`` is `torture_host`."""
    careful = torture.Count("power cut (ext4 image cloned while in use)")
    careless = torture.Count("control: the same host without fsync")
    if cuts <= 0:
        return []
    if os.geteuid() != 0:
        careful.notes.append("not run: mounting needs root")
        return [careful]
    try:
        for count, number, source in (
            (careful, cuts, torture.CLIENT.code()),
            (careless, min(cuts, CONTROL_CUTS), CARELESS + torture.CLIENT.code()),
        ):
            for at in range(0, number, CUTS_IN_A_RUN):
                _run(torture, count, min(CUTS_IN_A_RUN, number - at), source, seed=at)
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        careful.notes.append(f"not run to its end: {' '.join(str(said).split())}")
    if not careless.runs:
        return [careful]
    careless.notes.append("loses, as it must" if careless.lost else "LOST NOTHING: the run proves nothing")
    return [careful, careless]


def _run(torture: ModuleType, count, cuts: int, source: str, seed: int) -> None:
    """One file system, several cuts while one host writes."""
    chance = random.Random(seed)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        outer = stack.enter_context(_file_system(folder, folder / "outer.img", "xfs", OUTER))
        inner = stack.enter_context(_file_system(folder, outer / "inner.img", "ext4", INNER))
        sender = torture.Sender(chance)
        host = stack.enter_context(torture.CLIENT.HostClient(inner / "kithbook", source=source))
        writer = _Writer(torture, host, sender)
        stack.callback(writer.stop)
        for _ in range(cuts):
            time.sleep(0.02 + chance.random() * 0.2)
            acknowledged = dict(sender.acknowledged)
            _clone(outer / "inner.img", outer / "cut.img")
            count.runs += 1
            count.after_first += bool(acknowledged)
            count.acknowledged += len(acknowledged)
            with _mount(folder, outer / "cut.img") as cut:
                torture.check(cut / "kithbook", acknowledged, count)
            (outer / "cut.img").unlink()


class _Writer:
    """Saves captures on a thread until it is told to stop or the disk is full."""

    def __init__(self, torture: ModuleType, host, sender) -> None:
        self._torture, self._host, self._sender = torture, host, sender
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def _write(self) -> None:
        try:
            while not self._is_over.is_set() and self._sender.send_one(self._host):
                continue
        except self._torture.CLIENT.Gone:
            pass  # the run is over

    def stop(self) -> None:
        self._is_over.set()
        self._thread.join()


@contextmanager
def _file_system(folder: Path, image: Path, kind: str, size: str) -> Iterator[Path]:
    subprocess.run(["truncate", "-s", size, str(image)], check=True)
    options = ["-q", "-f", "-m", "reflink=1"] if kind == "xfs" else ["-q", "-F"]
    subprocess.run([f"mkfs.{kind}", *options, str(image)], check=True, capture_output=True, text=True)
    with _mount(folder, image) as place:
        yield place


@contextmanager
def _mount(folder: Path, image: Path) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(dir=folder))
    command = ["mount", "-o", "loop", str(image), str(place)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()


def _clone(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        fcntl.ioctl(new, FICLONE, old.fileno())
