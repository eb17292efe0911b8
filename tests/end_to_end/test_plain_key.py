"""A browser as a person has it, no automation protocol: real keys save, mark, comment and search."""

import contextlib
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.cdp import end_group
from tests.end_to_end.firefox import write_preferences
from tests.end_to_end.machine import Machine
from tests.end_to_end.pages import TRACK, Site
from tests.end_to_end.screen import Screen
from tests.end_to_end.waiting import TooLateError, until

KEY = "alt+k"
MARK_KEY = "alt+m"
COMMENT_KEY = "alt+c"
TRIES = 6
WELCOME = "Welcome to Kithbook"
WORDS = "typed by hand"
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


def leave_the_welcome_page(screen: Screen, kind: str) -> None:
    """Our own page stands before the one that is to be saved, until the person closes it."""
    screen.bring_to_front(kind)
    until(lambda: WELCOME in screen.title(), "the welcome page")
    for _ in range(TRIES):
        screen.press("ctrl+w")
        with contextlib.suppress(TooLateError):
            until(lambda: "Article key" in screen.title(), "the page again", seconds=10)
            return
        screen.bring_to_front(kind)
    raise AssertionError(f"the window shows {screen.title()!r}")


def words(machine: Machine) -> list[str]:
    """What was typed into popups so far and has come."""
    return [one["message"].get("why", "") for one in machine.waiting() if one["op"] == "update"]


def captures(machine: Machine) -> list[str]:
    return [one["message"]["title"] for one in machine.waiting() if one["op"] == "capture"]


def save_again(machine: Machine, screen: Screen) -> None:
    """The key once more; while a popup is still open it only closes that."""
    saved = len(captures(machine))
    for _ in range(TRIES):
        screen.press(KEY)
        with contextlib.suppress(TooLateError):
            until(lambda: len(captures(machine)) > saved, "the page again in the spool", seconds=8)
            return
    raise AssertionError("the key did not save the page again")


def type_words(machine: Machine, screen: Screen) -> int:
    """Types into the popup and presses Enter; returns how many tries it took.

    Nobody tells when a popup has the keyboard: what is typed before goes to the page, or half of it does.
    Each try is more patient than the one before, and replaces what the field holds.
    """
    for attempt in range(TRIES):
        time.sleep(attempt)
        before = len(words(machine))
        screen.press("ctrl+a")
        screen.type(WORDS)
        screen.press("Return")
        with contextlib.suppress(TooLateError):
            until(lambda: len(words(machine)) > before, "words in the spool", seconds=6)  # noqa: B023
        if WORDS in words(machine):
            return attempt + 1
        is_half = len(words(machine)) > before  # Enter has closed the popup
        if is_half or attempt % 2:  # or it was closed before it had the keyboard, and nobody told
            save_again(machine, screen)
    raise AssertionError(f"the popup did not take the words; it took {words(machine)}")


def go_to(screen: Screen, words: str, title: str) -> None:
    """Types into the address bar until the window has that title."""
    for attempt in range(TRIES):
        time.sleep(attempt / 2)
        screen.press("Escape")
        screen.press("ctrl+l")
        screen.type(words)
        screen.press("Return")
        with contextlib.suppress(TooLateError):
            until(lambda: title in screen.title(), title, seconds=6)
            return
    raise AssertionError(f"the window shows {screen.title()!r}")


def marks(machine: Machine) -> list[dict[str, Any]]:
    return [one["message"] for one in machine.waiting() if one["op"] == "annotate"]


def mark_all(machine: Machine, screen: Screen) -> dict[str, Any]:
    """Selects the whole page and highlights it; returns the message."""
    for attempt in range(TRIES):
        time.sleep(attempt / 2)
        if attempt % 2:
            screen.press("Tab")  # out of the address bar, if the keyboard is still there
        screen.press("ctrl+a")
        screen.press(MARK_KEY)
        with contextlib.suppress(TooLateError):
            return until(lambda: marks(machine), "the highlight in the spool", seconds=4)[0]
    raise AssertionError("no highlight came")


def comment_on_the_video(machine: Machine, screen: Screen) -> dict[str, Any]:
    """The key, words, Enter; returns the message. A strip that the next try closes keeps what it had got."""
    for attempt in range(TRIES):
        screen.press(COMMENT_KEY)
        time.sleep(0.5 + attempt)
        screen.type(WORDS)
        screen.press("Return")
        with contextlib.suppress(TooLateError):
            return until(lambda: comments(machine), "the comment in the spool", seconds=6)[-1]
    raise AssertionError("no comment came")


def comments(machine: Machine) -> list[dict[str, Any]]:
    found = [one["message"] for one in machine.waiting() if one["op"] == "timed-comment"]
    return [one for one in found if WORDS in one["comment"]]


def test_keys_save_a_page_mark_another_comment_on_a_video_and_search_and_the_keyboard_is_all_it_takes(
    kind: str,
    machine: Machine,
    screen: Screen,
    extension: Path,
    site: Site,
    note: Callable[[str], None],
) -> None:
    machine.kithbook("connect", "--browser", kind)
    command = {"chromium": chromium, "firefox": firefox}[kind](machine, extension, site.url("/article/key"))

    with shown(command, screen, machine.folder / "plain.log"):
        leave_the_welcome_page(screen, kind)
        screen.press(KEY)
        until(lambda: captures(machine), "the capture in the spool")
        first = captures(machine)
        note(f"{kind}: the popup took the words at try {type_words(machine, screen)}")
        go_to(screen, site.url("/article/mark"), "Article mark")
        mark = mark_all(machine, screen)
        until(lambda: "Article mark" in captures(machine), "the page of the highlight in the spool")
        go_to(screen, site.url("/video"), "A lesson on feedback")
        comment = comment_on_the_video(machine, screen)
        go_to(screen, "kb feedback", "Search Kithbook: feedback")

    assert first == ["Article key"]
    assert "MARK-mark" in mark["quote"]
    assert mark["of"] in [one["id"] for one in machine.waiting() if one["op"] == "capture"]
    assert comment["caption"] in TRACK
    machine.collect()
    kept = machine.saved("Article key")
    assert "MARK-key" in kept.text
    assert WORDS in kept.why  # after a try that brought half of them, that half stands there too
