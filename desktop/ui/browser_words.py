"""How a browser stands, in words: what is done, what is next, and the one button that does it. Pure.

Surprising: nobody can see from outside whether the extension is in a browser. What counts is that it has said
hello.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.capture.connecting import BrowserState
from desktop.ui.reader_words import moment

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Step:
    """One of the things that make a browser ready, and whether it is done. None: the browser cannot say."""

    label: str
    is_done: bool | None


@dataclass(frozen=True, slots=True)
class Card:
    """One browser as the page shows it.

    ``tone`` is ``ok``, ``next``, ``wait`` or ``stuck``; ``act`` is ``connect``, ``steps`` or empty, and
    ``label`` what its button says.
    """

    key: str
    name: str
    tone: str
    state: str
    sentence: str
    steps: tuple[Step, ...] = ()
    act: str = ""
    label: str = ""
    command: str = ""


def card_of(state: BrowserState, now: datetime) -> Card:
    """What to say of this browser, and what comes next."""
    if state.sandbox and state.family == "chromium":
        return Card(state.key, state.name, "stuck", "cannot be reached from its sandbox", state.advice)
    if state.manifest == "missing":
        return _to_register(
            state, "not registered yet", f"{state.name} does not know Kithbook yet.", "Register"
        )
    if state.manifest == "outdated":
        text = f"{state.name} knows an older Kithbook, or one that has moved."
        return _to_register(state, "needs a repair", text, "Repair")
    if state.manifest == "foreign":
        text = f"{state.name} starts another Kithbook on this computer. Repair makes it start this one."
        return _to_register(state, "starts another Kithbook", text, "Repair")
    if state.hello is None:
        return _to_add(state)
    return _connected(state, now)


def _to_register(state: BrowserState, words: str, sentence: str, label: str) -> Card:
    steps = (Step("registered", False), Step("button added", state.hello is not None))
    return Card(state.key, state.name, "next", words, sentence, steps, "connect", label)


def _to_add(state: BrowserState) -> Card:
    steps = (Step("registered", True), Step("button added", False), Step("pinned", False))
    sentence = f"Kithbook is registered. The button is not in {state.name} yet."
    if state.command:
        sentence = f"{sentence} {state.advice}"
    return Card(
        state.key,
        state.name,
        "next",
        "one step left",
        sentence,
        steps,
        "steps",
        "Add the button",
        state.command,
    )


def _connected(state: BrowserState, now: datetime) -> Card:
    hello = state.hello
    seen = f"Last seen {moment(hello.at, now)}" if hello is not None and hello.at else "Seen"
    version = f" with the button {hello.extension_version}" if hello and hello.extension_version else ""
    pinned = hello.is_pinned if hello is not None else None
    steps = (Step("registered", True), Step("button added", True), Step("pinned", pinned))
    sentence = f"{seen}{version}."
    if pinned is False:
        sentence += " The button is not pinned yet: it hides behind the puzzle piece."
    if state.command:
        sentence = f"{sentence} {state.advice}"
    return Card(state.key, state.name, "ok", "connected", sentence, steps, command=state.command)


def summary(states: Sequence[BrowserState]) -> str:
    """One sentence about all browsers."""
    found = [state for state in states if state.is_found]
    connected = [state for state in found if state.is_connected]
    if not found:
        return "No browser that Kithbook knows was found on this computer."
    if len(connected) == len(found):
        return "Every browser found here can save to Kithbook."
    count = ("One browser was", "Two browsers were", "Three browsers were", "Four browsers were")
    many = count[len(found) - 1] if len(found) <= len(count) else f"{len(found)} browsers were"
    each = "It needs" if len(found) == 1 else "Each needs"
    return f"{many} found. {each} the Kithbook button once; this page notices by itself when it is there."


def not_found(states: Sequence[BrowserState]) -> str:
    """The browsers that are not here, in a sentence; empty when all are."""
    names = [state.name for state in states if not state.is_found]
    return f"Not found on this computer: {', '.join(names)}." if names else ""


def extension_folder(family: str, root: Path = ROOT) -> Path | None:
    """Where the unpacked extension for this family lies, None when it has not been built."""
    for folder in (root / "extension" / family, root / "build" / "extension" / family):
        if (folder / "manifest.json").is_file():
            return folder
    return None


def how_to_add(state: BrowserState, folder: Path | None) -> tuple[str, ...]:
    """The steps that put the button into this browser. Addresses to copy stand between backquotes."""
    if folder is None:
        return ("The extension has not been built yet. In Kithbook’s folder, run `make extension`.",)
    if state.family == "firefox":
        return (
            "Open a new tab and go to `about:debugging#/runtime/this-firefox`.",
            "Choose “Load Temporary Add-on…”.",
            f"Choose the file `{folder / 'manifest.json'}`.",
            f"{state.name} forgets a button added this way when it is closed; your pages stay in Kithbook.",
        )
    page = {"edge": "edge://extensions", "opera": "opera://extensions", "vivaldi": "vivaldi://extensions"}
    return (
        f"Open a new tab and go to `{page.get(state.key, 'chrome://extensions')}`.",
        "Switch on “Developer mode”.",
        "Choose “Load unpacked”.",
        f"Choose the folder `{folder}`.",
    )
