"""The host process: a browser starts it, talks to it, and ends it by hanging up.

Surprising: standard output is taken away from everything but the replies, so that no stray print can break
the framing; what is printed goes to the browser's log.
"""

from __future__ import annotations

import os
import sys

from native_host.conversation import Conversation, refused
from native_host.framing import FrameError, Frames, Watch
from native_host.identity import family_of
from native_host.refusal import Refusal
from native_host.spool import home_text

IDLE_SECONDS = 60.0
BUSY_SECONDS = 300.0
FRAME_SECONDS = 30.0
NOT_ALLOWED = 2
OUT_OF_STEP = 3


def main(
    arguments: list[str] | None = None,
    *,
    idle: float = IDLE_SECONDS,
    busy: float = BUSY_SECONDS,
    frame: float = FRAME_SECONDS,
) -> int:
    """Serve one browser until it hangs up; returns the exit code.

    ``arguments`` are what the browser puts on the command line. The times, in seconds, are those of silence
    without and with captures under way, and of one message.
    """
    family = family_of(sys.argv[1:] if arguments is None else arguments)
    if not family:
        os.write(2, b"Kithbook's host speaks to its own browser extension only.\n")
        return NOT_ALLOWED
    os.umask(0o077)
    reading, writing = _own_pipes()
    conversation = Conversation(home_text(), family)

    def leave() -> None:
        conversation.close()
        os._exit(0)

    watch = Watch(leave)
    frames = Frames(reading, writing, watch, frame)
    try:
        while True:
            watch.allow(busy if conversation.is_busy else idle)
            body = frames.read()
            if body is None:
                return 0
            frames.write(conversation.answer(body))
            conversation.after()
    except FrameError as error:
        return _leave(frames, error)
    except OSError:
        return 0  # the browser has gone; nobody is left to be told
    finally:
        watch.pause()
        conversation.close()


def _leave(frames: Frames, error: FrameError) -> int:
    if error.code:
        try:
            frames.write(refused(Refusal(error.code, str(error)), {}))
        except OSError:
            pass  # it has hung up meanwhile
    return OUT_OF_STEP


def _own_pipes() -> tuple[int, int]:
    """Take the browser's two pipes away from the rest of the process."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    reading, writing = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    try:
        os.dup2(2, 1)
    except OSError:
        os.dup2(nowhere, 1)  # the browser gave us no log
    os.close(nowhere)
    return reading, writing


if __name__ == "__main__":
    sys.exit(main())
