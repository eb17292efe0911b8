"""What language the computer is set to, without Qt: for commands, which never import it.

The surprising fact: on macOS only a terminal says so, by ``LANG``; the window asks Qt instead.
"""

import ctypes
import locale
import os


def languages() -> tuple[str, ...]:
    """The languages asked for, the best first: names such as ``de_DE.UTF-8``; empty when nothing is said."""
    named = os.environ.get("LANGUAGE", "").split(":")
    asked = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    first_asked = next((one for one in asked if one), "")
    return tuple(one for one in (*named, first_asked, _of_windows()) if one)


def _of_windows() -> str:
    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return ""
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "")
