"""The Windows registry, as little of it as we need. Surprising: the value is the key's own, unnamed one."""

from __future__ import annotations

import importlib
from typing import Any


class WindowsRegistry:
    """Default values below HKEY_CURRENT_USER. OSError passes."""

    def __init__(self, winreg: Any = None) -> None:
        """``winreg`` is Python's module of that name, which only Windows has."""
        self._winreg: Any = winreg or importlib.import_module("winreg")

    def get(self, key: str) -> str | None:
        """The default value of a key, None when there is no such key."""
        try:
            return str(self._winreg.QueryValue(self._winreg.HKEY_CURRENT_USER, key))
        except FileNotFoundError:
            return None

    def put(self, key: str, value: str) -> None:
        """Make the key and set its default value."""
        self._winreg.SetValue(self._winreg.HKEY_CURRENT_USER, key, self._winreg.REG_SZ, value)

    def drop(self, key: str) -> None:
        """Delete the key; none is no error."""
        try:
            self._winreg.DeleteKey(self._winreg.HKEY_CURRENT_USER, key)
        except FileNotFoundError:
            pass
