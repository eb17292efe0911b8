"""A word to the Kithbook that is open, over its local socket: one JSON line there, one back.

Surprising: nothing depends on it. No answer means that no window is open; the command does the work itself.
"""

import json
import socket
import sys
from typing import Any

from desktop.paths import Paths
from native_host import spool, strict

LONGEST_ANSWER = 1 << 20


def ask(paths: Paths, message: dict[str, Any], seconds: float = 2.0) -> dict[str, Any] | None:
    """The open window's answer, or None when there is none or it does not answer in time."""
    line = json.dumps(message).encode("ascii") + b"\n"
    place = str(spool.socket_path(paths.home))
    try:
        answer = strict.loads(
            _over_pipe(place, line) if sys.platform == "win32" else _over(place, line, seconds)
        )
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _over(place: str, line: bytes, seconds: float) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(seconds)
        connection.connect(place)
        connection.sendall(line)
        with connection.makefile("rb") as answers:
            return answers.readline(LONGEST_ANSWER)


def _over_pipe(place: str, line: bytes) -> bytes:
    with open(place, "r+b", buffering=0) as connection:  # noqa: PTH123 - a pipe's name is not a path
        connection.write(line)
        return connection.readline(LONGEST_ANSWER)
