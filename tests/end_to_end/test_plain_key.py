"""A browser as a person has it, with no automation protocol: one real key press under a virtual screen saves a page."""

import contextlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.cdp import end_group
from tests.end_to_end.firefox import write_preferences
from tests.end_to_end.machine import Machine
from tests.end_to_end.pages import Site
from tests.end_to_end.screen import Screen
from tests.end_to_end.waiting import TooLateError, until

KEY = "alt+k"
PRESSES = 5
UNSIGNED = {
    "xpinstall.signatures.required": False,
    "extensions.autoDisableScopes": 0,
    "extensions.startupScanScopes": 15,
}


def chromium(machine: Machine, extension: Path, url: str) -> list[str]:
    """Its own default profile, in the throw-away HOME."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    switches = [
        "--no-first-run",
        "--password-store=basic",
        "--disable-sync",
        "--disable-gpu",
        "--disable-component-update",
    ]
    return ["chromium", *switches, *as_root, f"--load-extension={extension / 'chromium'}", url]


def firefox(machine: Machine, extension: Path, url: str) -> list[str]:
    """The packed extension lies in the profile, as an installer of a company would put it."""
    profile = machine.folder / "plain"
    (profile / "extensions").mkdir(parents=True)
    folder = extension / "firefox"
    with zipfile.ZipFile(profile / "extensions" / "kithbook@kithbook.org.xpi", "w") as package:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            package.write(path, path.relative_to(folder))
    write_preferences(profile, dict(UNSIGNED))
    return [shutil.which("firefox-esr") or "firefox", "--no-remote", "--profile", str(profile), url]


@pytest.fixture(scope="module")
def screen(machine: Machine) -> Iterator[Screen]:
    screen = Screen(machine.env)
    yield screen
    screen.close()


@contextlib.contextmanager
def shown(command: list[str], screen: Screen, log: Path) -> Iterator[None]:
    with log.open("ab") as sink:
        process = subprocess.Popen(
            command,
            env=screen.env,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    try:
        yield
    finally:
        end_group(process)


def test_one_key_press_saves_the_page(
    kind: str, machine: Machine, screen: Screen, extension: Path, site: Site
) -> None:
    machine.kithbook("connect", "--browser", kind)
    command = {"chromium": chromium, "firefox": firefox}[kind](machine, extension, site.url("/article/key"))

    with shown(command, screen, machine.folder / "plain.log"):
        until(lambda: any(path == "/article/key" for path, _ in site.asked), "the browser to open the page")
        for press in range(PRESSES):  # the extension may still be starting when the page is there
            screen.bring_to_front(kind)
            screen.press(KEY)
            with contextlib.suppress(TooLateError):
                until(machine.waiting, "the capture in the spool", seconds=10)
                break
            screen.picture(machine.folder / f"press-{press}.png")

    saved = machine.waiting()
    assert [one["message"]["title"] for one in saved if one["op"] == "capture"] == ["Article key"]
    machine.kithbook("collect")
    assert "MARK-key" in machine.saved("Article key").text
