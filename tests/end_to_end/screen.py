"""A virtual screen with a window manager, and a keyboard: what a person without any automation protocol has.

The surprising part: Xvfb chooses its own display number and tells it through a pipe: screens never collide.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tests.end_to_end.waiting import until

QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Screen:
    """Xvfb and openbox; `close` them. `env` is for programs that shall be seen on it."""

    def __init__(self, env: dict[str, str]) -> None:
        reads, writes = os.pipe()
        try:
            command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
            self._server = subprocess.Popen(command, pass_fds=(writes,), **QUIET)
            os.close(writes)
            with os.fdopen(reads) as told:
                number = told.readline().strip()
        except BaseException:
            os.close(reads)
            raise
        assert number, "Xvfb did not start"
        self.env = env | {"DISPLAY": f":{number}"}
        self._manager = subprocess.Popen(["openbox"], env=self.env, start_new_session=True, **QUIET)
        until(lambda: self._xdotool("getdisplaygeometry"), "the virtual screen")

    def _xdotool(self, *arguments: str) -> list[str]:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.env, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.split()

    def bring_to_front(self, window_class: str) -> None:
        """Waits for a visible window of that class and activates it."""
        find = ("search", "--onlyvisible", "--class", window_class)
        window = until(lambda: self._xdotool(*find), f"a window of {window_class}")[-1]
        self._xdotool("windowactivate", window)
        until(lambda: self._xdotool("getactivewindow") == [window], f"{window_class} to be active")

    def title(self) -> str:
        """The title of the active window."""
        return " ".join(self._xdotool("getactivewindow", "getwindowname"))

    def press(self, keys: str) -> None:
        """Presses one key or chord, such as alt+k."""
        self._xdotool("key", "--clearmodifiers", keys)

    def type(self, text: str) -> None:
        """Types ASCII text."""
        self._xdotool("type", "--delay", "20", text)

    def picture(self, target: Path) -> None:
        """Keeps a picture of the screen, where ImageMagick is installed."""
        if shutil.which("import"):
            command = ["import", "-window", "root", str(target)]
            subprocess.run(command, env=self.env, check=False, timeout=30, **QUIET)

    def close(self) -> None:
        """Ends both."""
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(20)
