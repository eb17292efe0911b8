"""The small program that browsers start. It starts the host with the right interpreter, packages and home.

Surprising: it cannot be the host itself, because a browser passes on an environment of its own, in which
neither ``KITHBOOK_HOME`` nor a virtual environment can be counted on.
"""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from native_host import durable

NAME = "kithbook-host"


@dataclass(frozen=True, slots=True)
class Program:
    """How the host is started: a frozen executable, or an interpreter and the folder of the packages."""

    executable: str
    root: str = ""

    @property
    def arguments(self) -> list[str]:
        """What stands behind the executable."""
        if not self.root:
            return []
        code = (
            f"import sys; sys.path.insert(0, {self.root!r}); "
            "from native_host.__main__ import main; sys.exit(main())"
        )
        return ["-I", "-S", "-c", code]


def this_program() -> Program:
    """The host that belongs to the running program."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if sys.platform == "win32" else ""
        return Program(str(Path(sys.executable).with_name(NAME + suffix)))
    return Program(sys.executable, str(Path(__file__).resolve().parent.parent))


def path(home: Path, system: str) -> Path:
    """Where the launcher of this home stands."""
    return home / "host" / (NAME + (".bat" if system == "win32" else ""))


def text(home: Path, system: str, program: Program) -> bytes:
    """The launcher's content: a shell script, or a batch file on Windows."""
    if system == "win32":
        lines = [
            "@echo off",
            "rem Written by Kithbook, and written again when it is moved.",
            "chcp 65001 >nul",
            f'set "KITHBOOK_HOME={_batch(str(home))}"',
            " ".join(_quoted(part) for part in (program.executable, *program.arguments)) + " %*",
            "",
        ]
        return "\r\n".join(lines).encode("utf-8")
    words = " ".join(shlex.quote(part) for part in (program.executable, *program.arguments))
    lines = [
        "#!/bin/sh",
        "# Written by Kithbook, and written again when it is moved.",
        f"KITHBOOK_HOME={shlex.quote(str(home))}",
        "export KITHBOOK_HOME",
        f'exec {words} "$@"',
        "",
    ]
    return os.fsencode("\n".join(lines))


def is_current(home: Path, system: str, program: Program) -> bool:
    """Does the launcher stand there as it should?"""
    place = path(home, system)
    try:
        return place.read_bytes() == text(home, system, program) and os.access(place, os.X_OK)
    except OSError:
        return False


def write(home: Path, system: str, program: Program) -> Path:
    """Write the launcher, executable for this user alone. OSError passes."""
    place = path(home, system)
    durable.make_private(place.parent)
    durable.write_whole(str(place), text(home, system, program), mode=0o700)
    return place


def _batch(value: str) -> str:
    return value.replace("%", "%%")


def _quoted(value: str) -> str:
    return '"' + _batch(value).replace('"', '\\"') + '"'
