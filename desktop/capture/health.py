"""What ``kithbook doctor`` looks at: each line says how one thing stands and, if it is not well, what helps.

Surprising: it starts the host through the very launcher that browsers start, because a host that is
registered and cannot run looks to a browser like none at all.
"""

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from desktop import NAME, VERSION
from desktop.capture import connecting
from desktop.errors import UserFixable
from desktop.languages import mark, tr, trn, writing
from desktop.paths import Paths
from desktop.store import schema
from desktop.store.reader import Reader
from native_host import launcher, local, manifest, snapshot, spool, strict
from native_host.identity import ORIGINS

OK, WARNING, PROBLEM = "ok", "warning", "problem"
PACKAGES = (
    "pyside6-essentials",
    "sqlmodel",
    "trafilatura",
    "lxml",
    "nh3",
    "resiliparse",
    "httpx",
    "pypdfium2",
)
LOW_BYTES = 1 << 30
NO_BYTES = 100 << 20
HOST_SECONDS = 30
CONNECT = mark("Run “kithbook connect”.")


@dataclass(frozen=True, slots=True)
class Check:
    """One line: a short name; ``ok``, ``warning`` or ``problem``; a sentence; what helps, or nothing."""

    name: str
    level: str
    sentence: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All lines, in the order of looking."""

    checks: tuple[Check, ...]

    @property
    def is_well(self) -> bool:
        """Is there no problem? Warnings may be."""
        return all(check.level != PROBLEM for check in self.checks)


def check(paths: Paths, ground: manifest.Ground | None = None) -> Report:
    """Look at everything; takes about a second, for the host is started and the library is read through."""
    here = ground or manifest.this_ground()
    parts: tuple[Callable[[], Iterator[Check]], ...] = (
        _program,
        lambda: _home(paths),
        lambda: _library(paths),
        lambda: _spool(paths),
        lambda: _snapshot(paths),
        lambda: _host(paths, here),
        lambda: _browsers(paths, here),
        lambda: _disk(paths),
        lambda: _display(here),
    )
    return Report(tuple(line for part in parts for line in part()))


def _program() -> Iterator[Check]:
    yield Check(
        "program",
        OK,
        tr("{name} {version} on Python {python_version}, {platform}.").format(
            name=NAME, version=VERSION, python_version=platform.python_version(), platform=platform.platform()
        ),
    )
    missing, found = [], []
    for package in PACKAGES:
        try:
            found.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            missing.append(package)
    if missing and not getattr(sys, "frozen", False):
        yield Check(
            "packages",
            PROBLEM,
            tr("Not installed: {missing}.").format(missing=", ".join(missing)),
            tr("Install Kithbook again."),
        )
    else:
        yield Check("packages", OK, (", ".join(found) or tr("All packages are part of the program")) + ".")
    yield Check("sqlite", OK, tr("SQLite {sqlite_version}.").format(sqlite_version=sqlite3.sqlite_version))


def _home(paths: Paths) -> Iterator[Check]:
    if not paths.home.is_dir():
        yield Check(
            "folder",
            OK,
            tr("{home} is not there yet; it is made with the first capture.").format(home=paths.home),
        )
    elif not os.access(paths.home, os.W_OK | os.X_OK):
        yield Check(
            "folder",
            PROBLEM,
            tr("{home} cannot be written to.").format(home=paths.home),
            tr("Give yourself the right to write there."),
        )
    elif os.name == "posix" and paths.home.stat().st_mode & 0o077:
        yield Check(
            "folder",
            WARNING,
            tr("Others on this computer may look into {home}.").format(home=paths.home),
            f"chmod 700 {paths.home}",
        )
    else:
        yield Check("folder", OK, tr("Everything is kept in {home}.").format(home=paths.home))


def _library(paths: Paths) -> Iterator[Check]:
    if not paths.library.exists():
        yield Check("library", OK, tr("There is no library yet; it is made with the first capture."))
        return
    reader = Reader(paths.library)
    try:
        version = int((reader.row("PRAGMA user_version") or (0,))[0])
        found = str((reader.row("PRAGMA quick_check(1)") or ("nothing",))[0])
        count = 0
        if version:
            count = int((reader.row("SELECT count(*) FROM capture") or (0,))[0])
    except UserFixable as error:
        yield Check("library", PROBLEM, str(error), error.action)
        return
    finally:
        reader.close()
    if found != "ok":
        yield Check(
            "library",
            PROBLEM,
            tr("The library is damaged: {found}.").format(found=found),
            tr("Verified copies are in {backups}.").format(backups=paths.backups),
        )
    elif version > schema.newest():
        yield Check(
            "library",
            PROBLEM,
            tr("The library was written by a newer Kithbook."),
            tr("Install the newer Kithbook again; until then it can only be read."),
        )
    else:
        said = trn(
            "The library opens and holds {n} capture.", "The library opens and holds {n} captures.", count
        ).format(n=writing.number(count))
        if version != schema.newest():
            said += " " + tr("It is brought up to date when Kithbook opens it.")
        yield Check("library", OK, said)


def _spool(paths: Paths) -> Iterator[Check]:
    queue = spool.Spool(paths.spool)
    waiting, damaged = len(queue.names()), queue.damaged()
    is_running = local.is_open(spool.socket_text(str(paths.home)))
    if not waiting:
        yield Check("waiting", OK, tr("No capture waits to be collected."))
    elif is_running:
        yield Check(
            "waiting",
            OK,
            _counted(trn("{n} capture being collected.", "{n} captures being collected.", waiting), waiting),
        )
    else:
        said = trn(
            "{n} capture safe on disk, to be collected when Kithbook is opened.",
            "{n} captures safe on disk, to be collected when Kithbook is opened.",
            waiting,
        )
        yield Check("waiting", OK, _counted(said, waiting))
    if damaged:
        yield Check(
            "damaged",
            WARNING,
            _counted(
                trn(
                    "{n} file could not be read and set aside.",
                    "{n} files could not be read and set aside.",
                    len(damaged),
                ),
                len(damaged),
            ),
            tr("The reasons stand beside them in {parent}.").format(parent=damaged[0].parent),
        )


def _snapshot(paths: Paths) -> Iterator[Check]:
    file = paths.snapshot / snapshot.VOCABULARY
    if file.exists():
        age = _age(time.time() - file.stat().st_mtime)
        yield Check(
            "popup", OK, tr("The popup knows your tags, goals and pages as of {age} ago.").format(age=age)
        )
    elif paths.library.exists():
        yield Check(
            "popup",
            WARNING,
            tr("The popup does not know your tags and pages yet."),
            tr("Open Kithbook once."),
        )


def _host(paths: Paths, ground: manifest.Ground) -> Iterator[Check]:
    place = launcher.path(paths.home, ground.system)
    own = launcher.this_program()
    if not place.exists() and not own.root:
        place = Path(own.executable)  # the system's package has told the browsers of the host itself
    if not place.exists():
        yield Check("host", WARNING, tr("No browser has been connected yet."), tr(CONNECT))
        return
    question = strict.dumps({"v": 1, "op": "context", "url": "about:blank"})
    try:
        done = subprocess.run(
            [str(place), ORIGINS[0]],
            input=len(question).to_bytes(4, sys.byteorder) + question,
            capture_output=True,
            timeout=HOST_SECONDS,
            check=False,
        )
        answer = strict.loads(done.stdout[4:])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True:
        yield Check("host", OK, tr("The program that browsers start is there and answers."))
    else:
        yield Check("host", PROBLEM, tr("The program that browsers start does not answer."), tr(CONNECT))


def _browsers(paths: Paths, ground: manifest.Ground) -> Iterator[Check]:
    found = [state for state in connecting.states(paths, ground) if state.is_found]
    if not found:
        yield Check(
            "browsers",
            WARNING,
            tr("No browser that Kithbook knows was found."),
            tr("Install Firefox or Chromium."),
        )
    yield from map(_browser, found)


def _browser(state: connecting.BrowserState) -> Check:
    if state.manifest in ("missing", "outdated"):
        text = tr("{browser} knows an old place of Kithbook.")
        if state.manifest == "missing":
            text = tr("{browser} has not been told of Kithbook.")
        return Check(state.key, PROBLEM, text.format(browser=state.name), tr(CONNECT))
    if state.manifest == "foreign":
        return Check(
            state.key,
            WARNING,
            tr("{name} starts another Kithbook on this computer.").format(name=state.name),
            tr("To use this one, run “kithbook connect --browser {key}”.").format(key=state.key),
        )
    if state.advice:
        return Check(state.key, WARNING, state.advice, state.command)
    if state.hello is None:
        return Check(
            state.key,
            OK,
            tr("{name} may start Kithbook; its extension has not said hello yet.").format(name=state.name),
        )
    ago = _age(time.time() - state.hello.at / 1000)
    return Check(
        state.key,
        OK,
        tr("{name} {version} is connected; it said hello {ago} ago.").format(
            name=state.name, version=state.hello.version, ago=ago
        ),
    )


def _disk(paths: Paths) -> Iterator[Check]:
    folder = next(place for place in (paths.home, *paths.home.parents) if place.is_dir())
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Check(
            "disk", PROBLEM, tr("The disk does not answer: {strerror}.").format(strerror=error.strerror)
        )
        return
    said = tr("{gigabytes} GB are free for Kithbook.").format(gigabytes=writing.decimal(free / 1e9))
    if free < NO_BYTES:
        yield Check("disk", PROBLEM, said, tr("Captures may be refused: make room."))
    elif free < LOW_BYTES:
        yield Check("disk", WARNING, said, tr("Make room soon."))
    else:
        yield Check("disk", OK, said)


def _display(ground: manifest.Ground) -> Iterator[Check]:
    names = ("WAYLAND_DISPLAY", "DISPLAY")
    if ground.system != "linux" or any(ground.environ.get(name) for name in names):
        yield Check("display", OK, tr("There is a display for the window."))
    else:
        yield Check("display", WARNING, tr("There is no display here; the commands work without one."))


def _counted(text: str, number: int) -> str:
    return text.format(n=writing.number(number))


def _age(seconds: float) -> str:
    days, hours, minutes = int(seconds // 86_400), int(seconds // 3_600), int(seconds // 60)
    if days:
        return _counted(trn("{n} day", "{n} days", days), days)
    if hours:
        return _counted(trn("{n} hour", "{n} hours", hours), hours)
    return _counted(trn("{n} minute", "{n} minutes", minutes), minutes) if minutes else tr("a moment")
