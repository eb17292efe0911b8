"""A machine with two browsers, and a way for a browser to say hello."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.ui.desk import Desk
from native_host import manifest
from native_host.browsers import Ground
from native_host.spool import Spool


@pytest.fixture(autouse=True)
def ground(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The window sees Chromium and Firefox, whatever the machine of the tests has."""
    (own_home / ".mozilla").mkdir(exist_ok=True)
    (own_home / ".config/chromium").mkdir(parents=True, exist_ok=True)
    here = Ground(system="linux", user=own_home, which=lambda name: None)
    monkeypatch.setattr(manifest, "this_ground", lambda: here)
    return here


@pytest.fixture
def hello(empty_desk: Desk) -> Callable[..., None]:
    """The extension in a browser says hello to the host, which notes it."""

    def say(browser: str, pinned: bool | None = True) -> None:
        record = {
            "version": "140.0",
            "extension_version": "0.1.0",
            "pinned": pinned,
            "private_allowed": False,
            "at": int(time.time() * 1000),
        }
        Spool(empty_desk.paths.spool).hello(browser, record)

    return say
