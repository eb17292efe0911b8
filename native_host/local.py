"""The line to the running desktop: one JSON line there, one JSON line back.

Surprising: it speaks to `_socket` directly, because `socket` costs the host as much time as its whole start.
No desktop is no error here: a capture is safe without one.
"""

from __future__ import annotations

import os
import sys

from native_host import strict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

POKE_SECONDS = 0.05
ASK_SECONDS = 5.0
MAX_ANSWER = 4 << 20


def poke(address: str) -> bool:
    """Tell the desktop that something waits in the spool; True when it was told. Takes at most 50 ms."""
    return _exchange(address, {"op": "poke"}, POKE_SECONDS, is_answered=False) is not None


def is_open(address: str) -> bool:
    """Does a desktop listen? Takes at most 50 ms."""
    return _exchange(address, None, POKE_SECONDS, is_answered=False) is not None


def ask(address: str, question: dict[str, Any], seconds: float = ASK_SECONDS) -> dict[str, Any] | None:
    """The desktop's answer, or None when there is no desktop or it does not answer in time."""
    raw = _exchange(address, question, seconds, is_answered=True)
    if raw is None:
        return None
    try:
        answer = strict.loads(raw)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _exchange(
    address: str, question: dict[str, Any] | None, seconds: float, *, is_answered: bool
) -> bytes | None:
    line = b"" if question is None else strict.dumps(question) + b"\n"
    try:
        if sys.platform == "win32":
            return _by_pipe(address, line, is_answered)
        return _by_socket(address, line, seconds, is_answered)
    except OSError:
        return None


def _by_socket(address: str, line: bytes, seconds: float, is_answered: bool) -> bytes:
    import _socket  # here, because most messages need no desktop

    if os.lstat(address).st_uid != os.getuid():
        raise PermissionError("the socket belongs to somebody else")
    line_to = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        line_to.settimeout(seconds)
        line_to.connect(address)
        line_to.sendall(line)
        chunks = []
        size = 0
        while is_answered and size <= MAX_ANSWER:
            chunk = line_to.recv(65536)
            chunks.append(chunk)
            size += len(chunk)
            if not chunk or chunk.endswith(b"\n"):
                break
        return b"".join(chunks)
    finally:
        line_to.close()


def _by_pipe(address: str, line: bytes, is_answered: bool) -> bytes:
    with open(address, "r+b", buffering=0) as pipe:
        pipe.write(line)
        return pipe.readline(MAX_ANSWER) if is_answered else b""
