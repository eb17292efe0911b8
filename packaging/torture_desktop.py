"""The desktop killed a thousand times while it collects: nothing acknowledged may be lost, doubled or torn.

    python packaging/torture_desktop.py [--kills 1000]

A child collects a spool that is being filled, and is killed at a random moment, nearly always after it has
committed something. Then every capture is looked for: it must be whole in the library, or wait whole in the
spool. Faults of the disk come after: a full one (a small tmpfs), one that fails now and then (EIO by strace).
Surprising: the child is forked from this warm process, so that a thousand of them take minutes; the worker's
part is done inside it, so that kills fall into reading pages too.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.capture.extractor import Extractor  # noqa: E402
from desktop.capture.station import Station  # noqa: E402
from desktop.errors import NoSpace  # noqa: E402
from desktop.library import assets, captures  # noqa: E402, F401
from desktop.library.opening import open_library  # noqa: E402
from desktop.paths import Paths  # noqa: E402
from desktop.settings import Settings  # noqa: E402
from desktop.text.article import Article, article_from_html  # noqa: E402
from native_host.spool import Spool  # noqa: E402

CHECK_EACH = 50
SITE = "https://torture.example"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000008000000080802000000"
    "4b6d29dc0000001149444154789c634850488015310c2d0900026c4801"
    "72dc6d820000000049454e44ae426082"
)

Row = tuple[str, int, int, int, int, int, int, str]
"""What was done, times, of them after a commit, acknowledged, lost, doubled, torn, and SQLite's word."""


class Inside(Extractor):
    """Reads pages in this very process."""

    def warm(self) -> None:
        """There is nothing to start."""

    def extract(self, html: str, url: str) -> Article:
        return article_from_html(html, url)


@dataclass
class Truth:
    """What was acknowledged, and what each capture must say."""

    words: dict[str, str] = field(default_factory=dict)
    """The word that stands in each paragraph of a capture's page, by UUID."""
    payloads: dict[str, bytes] = field(default_factory=dict)
    updates: dict[str, tuple[str, str]] = field(default_factory=dict)
    """UUID of an update: the capture it is for and the sentence it gives."""
    clock: int = 1_790_000_000_000


PARAGRAPHS = 8


def page_of(word: str, size: int) -> bytes:
    """A page whose every paragraph has ``word``, about ``size`` bytes long."""
    filler = " ".join(
        f"and then the {n}th thing was said in plain words" for n in range(size // PARAGRAPHS // 50)
    )
    body = "".join(
        f"<p>Paragraph {n} says {word} and goes on to tell {filler}.</p>" for n in range(PARAGRAPHS)
    )
    picture = f'<figure><img src="{SITE}/p.png" alt="A square"><figcaption>The square.</figcaption></figure>'
    head = f"<html><head><title>Page {word}</title></head>"
    return f"{head}<body><article>{body}{picture}</article></body></html>".encode()


def put_capture(spool: Spool, truth: Truth, chance: random.Random) -> None:
    """What the host does: when this returns, the capture is acknowledged."""
    number = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    if truth.words and chance.random() < 0.05:
        number = chance.choice(list(truth.words))  # the same click again
    if number in truth.words:
        payload, word = truth.payloads[number], truth.words[number]
    elif truth.words and chance.random() < 0.1:
        other = chance.choice(list(truth.words))  # an unchanged page
        payload, word = truth.payloads[other], truth.words[other]
    else:
        word = f"word{number[:8]}"
        payload = page_of(word, chance.choice((2_000, 4_000, 8_000, 16_000, 60_000)))
    truth.clock += 1
    message = {
        "kind": "page", "url": f"{SITE}/{word}", "title": "", "captured_at": truth.clock,
        "browser": {"name": "chromium", "version": ""},
        "sections": [
            {"kind": "html", "bytes": len(payload), "type": "text/html; charset=utf-8"},
            {"kind": "picture", "bytes": len(PNG), "type": "image/png", "url": f"{SITE}/p.png"},
        ],
    }  # fmt: skip
    spool.put(header("capture", number, truth.clock, message), [payload, PNG])
    truth.words[number], truth.payloads[number] = word, payload


def header(op: str, number: str, received: int, message: dict[str, Any]) -> dict[str, Any]:
    return {"op": op, "id": number, "received": received, "browser": "chromium", "message": message}


def put_update(spool: Spool, truth: Truth, chance: random.Random) -> None:
    number = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    of = chance.choice(list(truth.words))
    truth.clock += 1
    why = f"because{number[:8]}"
    message = {"of": of, "why": why}
    spool.put(header("update", number, truth.clock, message))
    truth.updates[number] = (of, why)


def collect_for_ever(home: Path, acknowledge: Callable[[], None], *, once: bool = False) -> None:
    """The child: open the library, empty the spool again and again; ``acknowledge`` follows each commit."""
    settings = Settings()
    settings.set("fetch_after_save", False)
    with open_library(Paths(home), write=True) as library, Station(library, settings, Inside()) as station:
        while True:
            station.collect(lambda _: acknowledge())
            if once:
                return
            time.sleep(0.001)


def warm() -> None:
    """Collect once in this process: what is loaded at the first page is loaded before the first fork."""
    with fresh_home() as home:
        put_capture(Spool(Paths(home).spool), Truth(), random.Random(0))
        collect_for_ever(home, lambda: None, once=True)


def kill_one(home: Path, truth: Truth, chance: random.Random) -> bool:
    """Fork a child, fill the spool, kill it. True when it had committed something by then."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            collect_for_ever(home, lambda: os.write(writing, b"."))
        finally:
            os._exit(1)
    os.close(writing)
    spool = Spool(Paths(home).spool)
    for _ in range(chance.randint(1, 4)):
        put_capture(spool, truth, chance)
        if chance.random() < 0.4:
            put_update(spool, truth, chance)
    has_committed = False
    if chance.random() < 0.97:
        has_committed = os.read(reading, 1) == b"."
        time.sleep(chance.random() * 0.03)
    else:
        time.sleep(chance.random() * 0.05)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(reading)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("The child ended by itself.")
    return has_committed


@dataclass
class Found:
    """What a look at every acknowledged capture brought."""

    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    torn: set[str] = field(default_factory=set)
    integrity: str = "ok"


def look(home: Path, truth: Truth) -> Found:
    """Where every acknowledged capture and update is. Opens the library as the program would after it."""
    paths = Paths(home)
    found = Found()
    open_library(paths, write=True).close()
    connection = sqlite3.connect(paths.library)
    try:
        rows = connection.execute(
            "SELECT c.uuid, t.text, t.html, t.raw_page, s.why FROM capture c "
            "JOIN content t ON t.id = c.content_id JOIN source s ON s.id = c.source_id"
        ).fetchall()
        said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    found.integrity = said if not broken else f"{len(broken)} dangling"
    spool = Spool(paths.spool)
    here = {row[0]: row for row in rows}
    seen = Counter(row[0] for row in rows)
    found.doubled = {number for number, times in seen.items() if times > 1}
    found.lost = {number for number in truth.words if number not in here and not spool.holds(number)}
    found.torn = {row[0] for row in rows if not is_whole(paths, truth, row)}
    found.torn |= {path.stem for path in spool.damaged()}
    # A later update of the same capture takes the place of an earlier one.
    last = {of: (number, why) for number, (of, why) in truth.updates.items()}
    for of, (number, why) in last.items():
        if not spool.holds(number) and (of not in here or why not in here[of][4]):
            found.lost.add(number)
    return found


def is_whole(paths: Paths, truth: Truth, row: tuple[Any, ...]) -> bool:
    number, text, html, raw_page, _ = row
    word = truth.words.get(number)
    if word is None or text.count(word) < PARAGRAPHS:
        return False
    if assets.read_page(paths, raw_page) != truth.payloads[number]:
        return False
    if ' src="res/' not in html:
        return "<img" not in html
    picture = assets.path_of(paths, html.partition(' src="')[2].partition('"')[0])
    return picture is not None and picture.read_bytes() == PNG


def kills(times: int, seed: int = 1) -> Row:
    """Kill the collecting process ``times`` times, looking at everything now and then."""
    chance = random.Random(seed)
    warm()
    with fresh_home() as home:
        truth, total, after = Truth(), Found(), 0
        for number in range(1, times + 1):
            after += kill_one(home, truth, chance)
            if number % CHECK_EACH == 0 or number == times:
                note(total, look(home, truth))
                print(f"  {number} kills …", file=sys.stderr, flush=True)
        collect_for_ever(home, lambda: None, once=True)
        last = look(home, truth)
        note(total, last)
        total.lost |= {number for number in truth.words if Spool(Paths(home).spool).holds(number)}
    return row("desktop killed while it collects", times, after, truth, total)


def note(total: Found, found: Found) -> None:
    total.lost |= found.lost
    total.doubled |= found.doubled
    total.torn |= found.torn
    if found.integrity != "ok":
        total.integrity = found.integrity


def row(name: str, times: int, after: int, truth: Truth, found: Found) -> Row:
    acknowledged = len(truth.words) + len(truth.updates)
    return (
        name,
        times,
        after,
        acknowledged,
        len(found.lost),
        len(found.doubled),
        len(found.torn),
        found.integrity,
    )


@contextmanager
def fresh_home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kithbook-torture-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def full_disk(rounds: int = 12, seed: int = 2) -> Row | str:
    """Fill a small tmpfs by saving; collect until it is full; give it room; everything must be there."""
    chance = random.Random(seed)
    with fresh_home() as home:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(home)], capture_output=True, check=False
        )
        if mounted.returncode:
            return f"disk full: no tmpfs may be mounted here ({mounted.stderr.decode().strip()})"
        try:
            return _fill_and_free(home, rounds, chance)
        finally:
            subprocess.run(["umount", "-l", str(home)], check=False)


def _fill_and_free(home: Path, rounds: int, chance: random.Random) -> Row:
    truth, total, refused = Truth(), Found(), 0
    spool = Spool(Paths(home).spool)
    size = 3
    for _ in range(rounds):
        try:
            for _ in range(200):
                put_capture(spool, truth, chance)
        except OSError:
            pass  # the host says "disk-full" here: not acknowledged
        try:
            collect_for_ever(home, lambda: None, once=True)
        except NoSpace:
            refused += 1
        size += 2
        subprocess.run(["mount", "-o", f"remount,size={size}m", str(home)], check=True)
        note(total, look(home, truth))
    subprocess.run(["mount", "-o", "remount,size=512m", str(home)], check=True)
    collect_for_ever(home, lambda: None, once=True)
    note(total, look(home, truth))
    total.lost |= {number for number in truth.words if spool.holds(number)}
    return row(f"disk full ({refused} times refused)", rounds, rounds, truth, total)


def failing_disk(rounds: int = 24, seed: int = 3) -> Row | str:
    """EIO on the n-th flush or write of a child, for growing n; then collect in peace."""
    if shutil.which("strace") is None:
        return "disk failing: strace is not installed"
    chance = random.Random(seed)
    with fresh_home() as home:
        truth, total, struck = Truth(), Found(), 0
        spool = Spool(Paths(home).spool)
        collect_for_ever(home, lambda: None, once=True)
        for number in range(1, rounds + 1):
            for _ in range(2):
                put_capture(spool, truth, chance)
            call = "fsync,fdatasync" if number % 2 else "pwrite64"
            command = [
                *("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"),
                *("-e", f"inject={call}:error=EIO:when={(number + 1) // 2}"),
                *(sys.executable, __file__, "--child", str(home)),
            ]
            struck += subprocess.run(command, capture_output=True, check=False).returncode != 0
            note(total, look(home, truth))
        collect_for_ever(home, lambda: None, once=True)
        note(total, look(home, truth))
        total.lost |= {number for number in truth.words if spool.holds(number)}
    return row(f"disk failing, EIO ({struck} times struck)", rounds, rounds, truth, total)


def run(times: int = 1000) -> list[Row | str]:
    """All of it. A row is a `Row`, or a sentence for what cannot be run on this machine."""
    return [kills(times), full_disk(), failing_disk()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--only-kills", action="store_true", help="leave the faults of the disk out")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        collect_for_ever(arguments.child, lambda: None, once=True)
        return 0
    is_good = True
    for found in [kills(arguments.kills)] if arguments.only_kills else run(arguments.kills):
        if isinstance(found, str):
            print(found)
            continue
        name, times, after, acknowledged, lost, doubled, torn, integrity = found
        is_good = is_good and not (lost or doubled or torn) and integrity == "ok"
        print(
            f"{name}: {times} times, {after} after a first commit; {acknowledged} acknowledged, {lost} lost, "
            f"{doubled} doubled, {torn} torn; integrity {integrity}"
        )
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
