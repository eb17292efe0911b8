"""Starts a browser by its name; a start that fails is tried once more with a fresh profile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.end_to_end.chromium import Chromium
from tests.end_to_end.firefox import Firefox

BROWSERS: dict[str, Callable[..., Any]] = {"chromium": Chromium, "firefox": Firefox}


def start(kind: str, folder: Path, env: dict[str, str], **wishes: Any) -> Any:
    """A browser; `wishes` are switches (Chromium) or preferences (Firefox)."""
    try:
        return BROWSERS[kind](folder / "first", env, **wishes)
    except Exception:
        return BROWSERS[kind](folder / "second", env, **wishes)
