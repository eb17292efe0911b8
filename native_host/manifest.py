"""Telling browsers of the host: the manifest file of each, what state it is in, writing and removing it.

Surprising: ``path`` in a manifest must be absolute, or the browser says that there is no host at all.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from native_host import durable, launcher
from native_host.browsers import (
    BROWSERS,
    Browser,
    Ground,
    by_key,
    is_found,
    places,
    registry_keys,
    sandbox,
    system_place,
    this_ground,
)
from native_host.identity import CHROMIUM_ID, EXTENSIONS, FIREFOX_ID, HOST_NAME, ORIGINS
from native_host.launcher import Program, this_program

__all__ = [
    "BROWSERS",
    "CHROMIUM_ID",
    "FIREFOX_ID",
    "HOST_NAME",
    "ORIGINS",
    "Browser",
    "Ground",
    "Program",
    "State",
    "by_key",
    "connect",
    "content",
    "disconnect",
    "is_found",
    "sandbox",
    "state",
    "this_ground",
    "write_into",
]

DESCRIPTION = "Kithbook keeps the pages that you save"


@dataclass(frozen=True, slots=True)
class State:
    """How a browser's manifest stands: ``registered``, ``missing``, ``outdated`` (ours, but not as it should
    be) or ``foreign`` (it starts another Kithbook that is still there). ``path`` is the file that decided."""

    word: str
    path: Path


def content(family: str, launcher_path: Path) -> bytes:
    """A manifest, as bytes of JSON. ``family`` is chromium or firefox; ``launcher_path`` must be absolute."""
    if not launcher_path.is_absolute() and not str(launcher_path)[1:2] == ":":
        raise ValueError("the launcher's path must be absolute")
    allowed: dict[str, Any] = (
        {"allowed_extensions": list(EXTENSIONS)}
        if family == "firefox"
        else {"allowed_origins": list(ORIGINS)}
    )
    body = {
        "name": HOST_NAME,
        "description": DESCRIPTION,
        "path": str(launcher_path),
        "type": "stdio",
        **allowed,
    }
    return (json.dumps(body, indent=2) + "\n").encode("ascii")


def state(browser: Browser, home: Path, ground: Ground, program: Program | None = None) -> State:
    """How the browser's manifest stands; of several places the worst decides."""
    program = program or this_program()
    shared = _from_package(browser, home, ground, program)
    if shared is not None:
        for place in places(browser, ground, home):
            if place.exists():  # a file of this user comes before the system's
                is_foreign = _word(place, browser, home, ground) == "foreign"
                return State("foreign" if is_foreign else "outdated", place)
        return State("registered", shared)
    order = ("registered", "outdated", "missing", "foreign")
    found = [State(_word(place, browser, home, ground), place) for place in places(browser, ground, home)]
    worst = max(found, key=lambda one: order.index(one.word))
    if worst.word != "registered":
        return worst
    if not launcher.is_current(home, ground.system, program) or not _is_in_registry(
        browser, ground, worst.path
    ):
        return State("outdated", worst.path)
    return worst


def connect(browser: Browser, home: Path, ground: Ground, program: Program | None = None) -> list[Path]:
    """Write launcher and manifests of one browser; returns the manifests. OSError passes.

    What the system's package has registered for all users is enough: then a file of this user, which would
    outlive the package, goes.
    """
    program = program or this_program()
    shared = _from_package(browser, home, ground, program)
    if shared is not None:
        for path in places(browser, ground, home):
            path.unlink(missing_ok=True)
        return [shared]
    place = launcher.write(home, ground.system, program)
    written = places(browser, ground, home)
    for path in written:
        _write(path, content(browser.family, place))
    if ground.registry is not None:
        for key in registry_keys(browser, ground):
            ground.registry.put(key, str(written[0]))
    return written


def disconnect(browser: Browser, home: Path, ground: Ground) -> list[Path]:
    """Remove the browser's manifests that are ours; returns those removed. OSError passes."""
    removed = []
    for path in places(browser, ground, home):
        if path.exists() and _word(path, browser, home, ground) != "foreign":
            path.unlink()
            removed.append(path)
    if ground.registry is not None:
        for key in registry_keys(browser, ground):
            ground.registry.drop(key)
    return removed


def write_into(folder: Path, family: str, home: Path, program: Program | None = None) -> Path:
    """Write launcher and manifest for a browser that looks into ``folder`` (a profile of its own, a portable
    browser); returns the manifest. OSError passes."""
    place = launcher.write(home.absolute(), this_ground().system, program or this_program())
    path = folder / (HOST_NAME + ".json")
    _write(path, content(family, place))
    return path


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    durable.write_whole(str(path), data)


def _from_package(browser: Browser, home: Path, ground: Ground, program: Program) -> Path | None:
    """The manifest of the system's package, when it starts this very program and nothing more is needed: the
    host finds only the usual home by itself, and no sandbox shows it the system's files."""
    place = system_place(browser, ground.root)
    if (
        place is None
        or ground.system != "linux"
        or program.root
        or home != ground.user / ".local" / "share" / "kithbook"
        or ground.environ.get("XDG_DATA_HOME")
        or sandbox(browser, ground)
    ):
        return None
    try:
        raw = place.read_bytes()
    except OSError:
        return None
    return place if raw == content(browser.family, Path(program.executable)) else None


def _word(path: Path, browser: Browser, home: Path, ground: Ground) -> str:
    ours = launcher.path(home, ground.system)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "outdated"
    if raw == content(browser.family, ours):
        return "registered"
    try:
        said = json.loads(raw)
    except ValueError:
        return "outdated"
    other = said.get("path") if isinstance(said, dict) else None
    is_another = isinstance(other, str) and other != str(ours) and os.path.exists(other)
    return "foreign" if is_another else "outdated"


def _is_in_registry(browser: Browser, ground: Ground, path: Path) -> bool:
    if ground.registry is None:
        return True
    return all(ground.registry.get(key) == str(path) for key in registry_keys(browser, ground))
