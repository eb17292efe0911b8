"""A browser for the host, as small as can be: starts the process, speaks frames, saves captures.

Used by the tests, the torture and the benches, which load it by path. Surprising: it can also play a bad
browser, for it writes any bytes it is given.
"""

import base64
import hashlib
import json
import os
import select
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chrome-extension://fpknfnlbckkdmaflagpfjglafjofabbp/",)
FIREFOX = ("/any/org.kithbook.host.json", "kithbook@kithbook.org")
PART = 192 * 1024


class Gone(Exception):
    """The host has hung up."""


def code(**times: float) -> str:
    """The launcher's line of Python, with other times of silence if given."""
    said = ", ".join(f"{name}={value!r}" for name, value in times.items())
    return (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
        f"from native_host.__main__ import main; sys.exit(main({said}))"
    )


class HostClient:
    """One host process and its browser. Use ``with``: it hangs up and waits."""

    def __init__(
        self,
        home: Path,
        *,
        caller: tuple[str, ...] = CHROMIUM,
        before: tuple[str, ...] = (),
        source: str = "",
        command: tuple[str, ...] = (),
        environ: dict[str, str] | None = None,
        stderr: int = subprocess.DEVNULL,
    ) -> None:
        """``before`` goes in front of the command (strace, …); ``source`` replaces the launcher's Python,
        ``command`` the whole of it."""
        start = command or (sys.executable, "-I", "-S", "-c", source or code())
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [*before, *start, *caller],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            bufsize=0,
            env={**os.environ, **(environ or {}), "KITHBOOK_HOME": str(home)},
        )

    def __enter__(self) -> "HostClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, raw: bytes) -> None:
        """Any bytes at all. Raises Gone."""
        assert self.process.stdin is not None
        try:
            rest = memoryview(raw)
            while rest:
                rest = rest[self.process.stdin.write(rest) or 0 :]
        except OSError as error:
            raise Gone from error

    def send(self, message: Any) -> None:
        """One message; bytes are sent as the body they are."""
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.write(len(body).to_bytes(4, sys.byteorder) + body)

    def receive(self, seconds: float = 60) -> dict[str, Any]:
        """One reply. Raises Gone when the host hangs up, TimeoutError when it is silent."""
        until = time.monotonic() + seconds
        size = int.from_bytes(self._exactly(4, until), sys.byteorder)
        return json.loads(self._exactly(size, until))

    def ask(self, message: Any, seconds: float = 60) -> dict[str, Any]:
        """One message and its reply."""
        self.send(message)
        return self.receive(seconds)

    def save(self, payload: bytes, capture_id: str = "", **fields: Any) -> dict[str, Any]:
        """A whole capture: the acknowledgement, or the first refusal."""
        begin = begin_message(payload, capture_id, **fields)
        reply = self.ask(begin)
        for message in parts_of(begin["id"], payload):
            if not reply["ok"]:
                return reply
            reply = self.ask(message)
        return self.ask({"v": 1, "op": "commit", "id": begin["id"]}) if reply["ok"] else reply

    def close(self, seconds: float = 60) -> int:
        """Hang up; the exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.close()
        except OSError:
            pass  # it has gone already
        try:
            status = self.process.wait(seconds)
        finally:
            self.process.stdout.close()
            if self.process.stderr is not None:
                self.process.stderr.close()
        return status

    def kill(self) -> None:
        """SIGKILL, now."""
        self.process.kill()
        self.close()

    def _exactly(self, size: int, until: float) -> bytes:
        assert self.process.stdout is not None
        data = b""
        while len(data) < size:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise TimeoutError("the host is silent")
            chunk = self.process.stdout.read(size - len(data))
            if not chunk:
                raise Gone
            data += chunk
        return data


def begin_message(payload: bytes, capture_id: str = "", **fields: Any) -> dict[str, Any]:
    """A ``begin`` for a page of this payload."""
    return {
        "v": 1,
        "op": "begin",
        "id": capture_id or str(uuid.uuid4()),
        "kind": "page",
        "url": "https://example.org/a",
        "url_key": "example.org/a",
        "title": "A page",
        "captured_at": time.time_ns() // 1_000_000,
        "tags": [],
        "private": False,
        "browser": {"name": "chromium", "version": "156"},
        "sections": [{"kind": "html", "bytes": len(payload), "type": "text/html; charset=utf-8"}],
        "parts": -(-len(payload) // PART),
        "bytes": len(payload),
        "sha256": hashlib.sha256(payload).hexdigest(),
        **fields,
    }


def parts_of(capture_id: str, payload: bytes) -> list[dict[str, Any]]:
    """The payload as ``part`` messages."""
    return [
        {
            "v": 1,
            "op": "part",
            "id": capture_id,
            "n": n,
            "data": base64.b64encode(payload[at : at + PART]).decode("ascii"),
        }
        for n, at in enumerate(range(0, len(payload), PART))
    ]
