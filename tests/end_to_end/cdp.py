"""A Chrome DevTools client over two pipes, standard library only.

The surprising part: with ``--remote-debugging-pipe`` Chromium reads commands from descriptor 3 and writes
answers to descriptor 4, one JSON text each, ended by a zero byte; there is no port for anybody else to reach.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ANSWER_S = 60.0
# Moves both pipe ends to where Chromium looks for them; first out of the way, since either may be 3 or 4.
_MOVE = """import os, sys
a, b = int(sys.argv[1]), int(sys.argv[2])
os.set_inheritable(a, False); os.set_inheritable(b, False)
while min(a, b) < 5: a, b = os.dup(a), os.dup(b)
os.dup2(a, 3); os.dup2(b, 4)
os.execvp(sys.argv[3], sys.argv[3:])"""


class CdpError(RuntimeError):
    """Chromium refused a command, or is gone."""


class Pipe:
    """Starts a program and speaks CDP with it. Commands block for their answer; events wait until taken."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        child_in, self._out = os.pipe()
        self._in, child_out = os.pipe()
        start = [sys.executable, "-I", "-S", "-c", _MOVE, str(child_in), str(child_out), *command]
        with log.open("ab") as sink:
            self.process = subprocess.Popen(
                start,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                pass_fds=(child_in, child_out),
                start_new_session=True,
            )
        os.close(child_in)
        os.close(child_out)
        self._count = 0
        self._lock = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._events: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read, name="cdp", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        rest = b""
        while chunk := os.read(self._in, 1 << 20):
            *messages, rest = (rest + chunk).split(b"\0") if b"\0" in chunk else (rest + chunk,)
            for raw in messages:
                self._take(json.loads(raw))
        with self._lock:
            for waiting in self._waiting.values():
                waiting.put({"error": {"message": "Chromium closed the pipe"}})

    def _take(self, message: dict[str, Any]) -> None:
        with self._lock:
            if "id" in message:
                waiting = self._waiting.pop(message["id"], None)
                if waiting is not None:
                    waiting.put(message)
            else:
                self._events.append(message)

    def __call__(
        self, method: str, params: dict[str, Any] | None = None, session: str = "", seconds: float = ANSWER_S
    ) -> dict[str, Any]:
        """One command, its result. Raises `CdpError` when it is refused, or unanswered after `seconds`."""
        answer: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        with self._lock:
            self._count += 1
            message: dict[str, Any] = {"id": self._count, "method": method, "params": params or {}}
            self._waiting[self._count] = answer
        if session:
            message["sessionId"] = session
        try:
            self._write(json.dumps(message).encode() + b"\0")
            got = answer.get(timeout=seconds)
        except (OSError, queue.Empty) as error:
            raise CdpError(f"{method}: no answer ({type(error).__name__})") from error
        if "error" in got:
            raise CdpError(f"{method}: {got['error'].get('message')} {got['error'].get('data', '')}")
        return got.get("result", {})

    def _write(self, raw: bytes) -> None:
        view = memoryview(raw)
        while view:
            view = view[os.write(self._out, view) :]

    def take_events(self, method: str, session: str = "") -> list[dict[str, Any]]:
        """The parameters of the events of that name so far; each is given once."""
        with self._lock:
            found, rest = [], []
            for event in self._events:
                wanted = event["method"] == method and event.get("sessionId", "") == session
                (found if wanted else rest).append(event)
            self._events = rest
        return [event["params"] for event in found]

    def close(self, seconds: float = 20) -> None:
        """Asks the browser to close, then sees to it; only this process and its children are ended."""
        try:
            self("Browser.close", seconds=seconds)
        except CdpError:
            pass
        os.close(self._out)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            end_group(self.process)
        self._reader.join(seconds)
        if not self._reader.is_alive():
            os.close(self._in)


def end_group(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Ends a process that was started in a session of its own, together with its children."""
    for sign in (15, 9):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            return
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
