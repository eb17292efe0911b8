"""A word to the Kithbook that is open, over its local socket: one JSON line there, one back.

Surprising: nothing depends on it. No answer means that no window is open; the command does the work itself.
"""

from typing import Any

from desktop.paths import Paths
from native_host import local, spool


def ask(paths: Paths, message: dict[str, Any], seconds: float = 2.0) -> dict[str, Any] | None:
    """The open window's answer, or None when there is none or it does not answer in time."""
    return local.ask(str(spool.socket_path(paths.home)), message, seconds)
