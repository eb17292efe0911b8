"""The host's part of the torture: kills at random moments, a full disk, a failing disk.

What was acknowledged must be in the spool, once and whole. Surprising: a capture that was under way when the
host died is sent again under the same id, for the extension does the same; it must not be there twice.
"""

import hashlib
import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from native_host.spool import Damaged, Spool  # noqa: E402 - the project's root is put on the path first

SLOWEST_KILL = 0.05
BEFORE_THE_FIRST = 0.05
SHARE_BEFORE = 0.05
FAULTS = 20


def _client() -> ModuleType:
    known = sys.modules.get("packaging_host_client")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(
        "packaging_host_client", ROOT / "packaging" / "host_client.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CLIENT = _client()


@dataclass
class Count:
    """What one run found."""

    what: str
    runs: int = 0
    after_first: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    torn: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing acknowledged was lost, nothing is there twice or torn."""
        return not (self.lost or self.doubled or self.torn)

    def row(self) -> str:
        """One line of the table."""
        note = "; ".join(self.notes)
        return (
            f"{self.what:<46}{self.runs:>6}{self.after_first:>7}{self.acknowledged:>9}"
            f"{self.lost:>7}{self.doubled:>9}{self.torn:>6}  {note}"
        ).rstrip()


HEAD = f"{'what':<46}{'runs':>6}{'acked+':>7}{'acked':>9}{'lost':>7}{'doubled':>9}{'torn':>6}"


class Sender:
    """The extension's queue: what is not acknowledged is sent again, first."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.waiting: deque[tuple[str, bytes]] = deque()
        self.acknowledged: dict[str, str] = {}

    def next(self) -> tuple[str, bytes]:
        """The capture to send now."""
        if not self.waiting:
            size = self._chance.choice((0, 200, 2_000, 60_000, 60_000, 250_000, 700_000))
            self.waiting.append(
                (str(uuid.UUID(int=self._chance.getrandbits(128))), self._chance.randbytes(size))
            )
        return self.waiting[0]

    def send_one(self, host: "CLIENT.HostClient") -> bool:  # type: ignore[name-defined]
        """Send one capture; True when it was acknowledged. Raises Gone when the host dies."""
        capture_id, payload = self.next()
        reply = host.save(payload, capture_id)
        if not reply["ok"]:
            self.waiting.rotate(-1)
            return False
        digest = hashlib.sha256(payload).hexdigest()
        if reply["sha256"] != digest:
            raise AssertionError("the acknowledgement names another payload")
        self.acknowledged[capture_id] = digest
        self.waiting.popleft()
        return True


def check(home: Path, acknowledged: dict[str, str], count: Count) -> list[Path]:
    """Compare the spool with what was acknowledged; returns the whole files."""
    queue = Spool(home / "spool")
    found: dict[str, str] = {}
    whole = []
    for path in queue.waiting():
        try:
            header = queue.read(path).header
        except Damaged:
            count.torn += 1
            continue
        count.doubled += header["id"] in found
        found[header["id"]] = header["sha256"]
        whole.append(path)
    count.lost += sum(found.get(capture_id) != digest for capture_id, digest in acknowledged.items())
    return whole


def kills(number: int, seed: int = 1) -> Count:
    """SIGKILL at random moments; half of what is whole is collected between the rounds."""
    chance = random.Random(seed)
    count = Count("host killed at a random moment")
    sender = Sender(chance)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "kithbook")
        for _ in range(number):
            before = len(sender.acknowledged)
            _one_kill(home, sender, chance)
            count.runs += 1
            count.after_first += len(sender.acknowledged) > before
            count.acknowledged += len(sender.acknowledged) - before
            for path in check(home, sender.acknowledged, count):
                if chance.random() < 0.5:
                    sender.acknowledged.pop(path.stem, None)
                    Spool(home / "spool").remove(path)
    return count


def _one_kill(home: Path, sender: Sender, chance: random.Random) -> None:
    host = CLIENT.HostClient(home)
    is_early = chance.random() < SHARE_BEFORE
    timer: threading.Timer | None = None
    try:
        if is_early:
            timer = _kill_after(host.process.pid, chance.random() * BEFORE_THE_FIRST)
        else:
            sender.send_one(host)
            timer = _kill_after(host.process.pid, chance.random() * SLOWEST_KILL)
        while True:
            sender.send_one(host)
    except CLIENT.Gone:
        pass  # as it should be
    finally:
        if timer is not None:
            timer.join()
        host.kill()


def _kill_after(pid: int, seconds: float) -> threading.Timer:
    timer = threading.Timer(seconds, os.kill, (pid, signal.SIGKILL))
    timer.start()
    return timer


def full_disk() -> Count:
    """A small file system that fills while four captures are under way; afterwards room is made."""
    count = Count("disk full (4 MB tmpfs)")
    with tempfile.TemporaryDirectory() as folder:
        with mounted("tmpfs", folder, "-t", "tmpfs", "-o", "size=4m") as reason:
            if reason:
                count.what = "disk full (files may not grow: RLIMIT_FSIZE)"
            refused = _fill(Path(folder, "kithbook"), count, is_limited=bool(reason))
        count.notes.append(f"{refused} refused as disk-full")
    return count


def _fill(home: Path, count: Count, *, is_limited: bool) -> int:
    sender = Sender(random.Random(4))
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); "
    refused = 0
    for _ in range(FAULTS):
        with CLIENT.HostClient(home, source=(limit if is_limited else "") + CLIENT.code()) as host:
            before = len(sender.acknowledged)
            for _ in range(4):
                refused += not sender.send_one(host)
            refused += _four_at_once(host, sender)
        count.runs += 1
        count.after_first += len(sender.acknowledged) > before
        whole = check(home, sender.acknowledged, count)
        for path in whole[: len(whole) // 2]:
            sender.acknowledged.pop(path.stem, None)
            Spool(home / "spool").remove(path)
            count.acknowledged += 1
    count.acknowledged += len(sender.acknowledged)
    return refused


def _four_at_once(host: "CLIENT.HostClient", sender: Sender) -> int:  # type: ignore[name-defined]
    """Four captures begun together, so that the disk fills after it was asked for room."""
    payloads = {str(uuid.uuid4()): os.urandom(900_000) for _ in range(4)}
    refused = 0
    for capture_id, payload in payloads.items():
        host.ask(CLIENT.begin_message(payload, capture_id))
    for capture_id, payload in payloads.items():
        for part in CLIENT.parts_of(capture_id, payload):
            refused += host.ask(part).get("code") == "disk-full"
        reply = host.ask({"v": 1, "op": "commit", "id": capture_id})
        if reply["ok"]:
            sender.acknowledged[capture_id] = reply["sha256"]
    return refused


def failing_disk(faults: int = FAULTS) -> Count:
    """EIO on the nth fsync, rename or write, by strace."""
    count = Count("disk fails (EIO by strace)")
    if shutil.which("strace") is None:
        count.notes.append("not run: strace is not here")
        return count
    refused = 0
    for call, last in (("fsync", faults * 5 // 2), ("rename,renameat,renameat2", faults), ("write", faults)):
        for number in range(1, last + 1):
            refused += _one_fault(call, number, count)
    count.notes.append(f"{refused} refused or cut off")
    return count


def _one_fault(call: str, number: int, count: Count) -> int:
    sender = Sender(random.Random(number))
    refused = 0
    inject = f"inject={call}:error=EIO:when={number}"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "kithbook")
        host = CLIENT.HostClient(
            home, before=("strace", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        )
        try:
            for _ in range(number // 2 + 3):
                refused += not sender.send_one(host)
        except CLIENT.Gone:
            refused += 1
        host.close()
        # A second host goes on where the first one was refused or cut off.
        with CLIENT.HostClient(home) as again:
            while sender.waiting:
                sender.send_one(again)
        count.runs += 1
        count.after_first += bool(sender.acknowledged)
        count.acknowledged += len(sender.acknowledged)
        check(home, sender.acknowledged, count)
    return refused


@contextmanager
def mounted(device: str, folder: str | Path, *options: str) -> Iterator[str]:
    """Mount for the length of the block; gives the reason when it cannot be done, else an empty text."""
    done = subprocess.run(
        ["mount", *options, device, str(folder)], capture_output=True, text=True, check=False
    )
    try:
        yield done.stderr.strip() if done.returncode else ""
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)


def run(number: int) -> list[Count]:
    """All of it."""
    parts: tuple[Callable[[], Count], ...] = (lambda: kills(number), full_disk, failing_disk)
    return [part() for part in parts]
