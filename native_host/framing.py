"""Frames on the browser's pipe: four bytes of length in the machine's own order, then UTF-8 JSON.

Surprising: the length is judged before a byte of the body is read, so a wrong one costs no memory; after it
nothing can be read in step any more, and the host leaves.
"""

from __future__ import annotations

import _thread
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

MAX_MESSAGE = 1 << 20
MAX_REPLY = 900_000


class FrameError(Exception):
    """The pipe is out of step; ``code`` is the refusal to send before leaving, "" when none can be sent."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


class Watch:
    """Ends the process when the browser is silent too long.

    It is a thread, because a read from a pipe cannot be given a time on Windows. It never strikes while a
    message is being answered.
    """

    def __init__(self, leave: Callable[[], object], clock: Callable[[], float] = time.monotonic) -> None:
        """``leave`` is called once, on the watch's thread, and must end the process."""
        self._leave = leave
        self._clock = clock
        self._lock = _thread.allocate_lock()
        self._until: float | None = None
        self._is_started = False

    def allow(self, seconds: float) -> None:
        """From now on the browser may be silent for so long."""
        with self._lock:
            self._until = self._clock() + seconds
        if not self._is_started:
            self._is_started = True
            _thread.start_new_thread(self._keep, (min(seconds / 4, 1.0),))

    def pause(self) -> None:
        """We are at work ourselves."""
        with self._lock:
            self._until = None

    def _keep(self, step: float) -> None:
        while True:
            time.sleep(step)
            with self._lock:
                if self._until is not None and self._clock() >= self._until:
                    self._leave()
                    return


class Frames:
    """The two ends of the browser's pipe."""

    def __init__(
        self, reading: int, writing: int, watch: Watch | None = None, frame_seconds: float = 30
    ) -> None:
        """File descriptors of our own; a frame must be whole ``frame_seconds`` after its first byte."""
        self._reading = reading
        self._writing = writing
        self._watch = watch
        self._frame_seconds = frame_seconds

    def read(self) -> bytes | None:
        """The body of the next message; None when the browser has hung up. Raises FrameError."""
        head = self._exactly(4, is_start=True)
        if head is None:
            return None
        length = int.from_bytes(head, sys.byteorder)
        if length > MAX_MESSAGE:
            raise FrameError("too-big", f"a message of {length} bytes was announced")
        body = self._exactly(length)
        if body is None:
            raise FrameError("", "the browser hung up in the middle of a message")
        if self._watch is not None:
            self._watch.pause()
        return body

    def write(self, body: bytes) -> None:
        """Send one reply. OSError when the browser has hung up."""
        rest = memoryview(len(body).to_bytes(4, sys.byteorder) + body)
        while rest:
            rest = rest[os.write(self._writing, rest) :]

    def _exactly(self, size: int, *, is_start: bool = False) -> bytes | None:
        chunks: list[bytes] = []
        missing = size
        while missing:
            chunk = os.read(self._reading, missing)
            if not chunk:
                if is_start and not chunks:
                    return None
                raise FrameError("", "the browser hung up in the middle of a message")
            if is_start and not chunks and self._watch is not None:
                self._watch.allow(self._frame_seconds)
            chunks.append(chunk)
            missing -= len(chunk)
        return b"".join(chunks)
