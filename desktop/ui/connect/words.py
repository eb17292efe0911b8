"""How a browser stands, in words: what is done, what is next, and the one button that does it. Pure.

Surprising: nobody can see from outside whether the extension is in a browser. What counts is that it has said
hello.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.capture.connecting import BrowserState
from desktop.languages import tr, trn
from desktop.ui.article.words import moment

ROOT = Path(__file__).resolve().parents[3]


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
        return Card(state.key, state.name, "stuck", tr("cannot be reached from its sandbox"), state.advice)
    if state.manifest == "missing":
        text = tr("{browser} does not know Kithbook yet.").format(browser=state.name)
        return _to_register(state, tr("not registered yet"), text, tr("Register"))
    if state.manifest == "outdated":
        text = tr("{browser} knows an older Kithbook, or one that has moved.").format(browser=state.name)
        return _to_register(state, tr("needs a repair"), text, tr("Repair"))
    if state.manifest == "foreign":
        text = tr(
            "{browser} starts another Kithbook on this computer. Repair makes it start this one."
        ).format(browser=state.name)
        return _to_register(state, tr("starts another Kithbook"), text, tr("Repair"))
    if state.hello is None:
        return _to_add(state)
    return _connected(state, now)


def _to_register(state: BrowserState, words: str, sentence: str, label: str) -> Card:
    steps = (Step(tr("registered"), False), Step(tr("button added"), state.hello is not None))
    return Card(state.key, state.name, "next", words, sentence, steps, "connect", label)


def _to_add(state: BrowserState) -> Card:
    steps = (Step(tr("registered"), True), Step(tr("button added"), False), Step(tr("pinned"), False))
    sentence = tr("Kithbook is registered. The button is not in {name} yet.").format(name=state.name)
    if state.command:
        sentence = f"{sentence} {state.advice}"
    return Card(
        state.key,
        state.name,
        "next",
        tr("one step left"),
        sentence,
        steps,
        "steps",
        tr("Add the button"),
        state.command,
    )


def _connected(state: BrowserState, now: datetime) -> Card:
    hello = state.hello
    when = moment(hello.at, now) if hello is not None and hello.at else ""
    version = hello.extension_version if hello is not None else ""
    pinned = hello.is_pinned if hello is not None else None
    steps = (Step(tr("registered"), True), Step(tr("button added"), True), Step(tr("pinned"), pinned))
    sentence = _seen(when, version)
    if pinned is False:
        unpinned = tr("The button is not pinned yet: it hides behind the puzzle piece.")
        sentence = f"{sentence} {unpinned}"
    if state.command:
        sentence = f"{sentence} {state.advice}"
    return Card(state.key, state.name, "ok", tr("connected"), sentence, steps, command=state.command)


def _seen(when: str, version: str) -> str:
    if when and version:
        return tr("Last seen {when} with the button {version}.").format(when=when, version=version)
    if when:
        return tr("Last seen {when}.").format(when=when)
    return tr("Seen with the button {version}.").format(version=version) if version else tr("Seen.")


def summary(states: Sequence[BrowserState]) -> str:
    """One sentence about all browsers."""
    found = [state for state in states if state.is_found]
    connected = [state for state in found if state.is_connected]
    if not found:
        return tr("No browser that Kithbook knows was found on this computer.")
    if len(connected) == len(found):
        return tr("Every browser found here can save to Kithbook.")
    counts = (
        tr("Two browsers were found."),
        tr("Three browsers were found."),
        tr("Four browsers were found."),
    )
    if len(found) == 1:
        many = tr("One browser was found.")
    elif len(found) - 2 < len(counts):
        many = counts[len(found) - 2]
    else:
        many = tr("{n} browsers were found.").format(n=len(found))
    needs = trn(
        "It needs the Kithbook button once; this page notices by itself when it is there.",
        "Each needs the Kithbook button once; this page notices by itself when it is there.",
        len(found),
    )
    return f"{many} {needs}"


def not_found(states: Sequence[BrowserState]) -> str:
    """The browsers that are not here, in a sentence; empty when all are."""
    names = [state.name for state in states if not state.is_found]
    return tr("Not found on this computer: {names}.").format(names=", ".join(names)) if names else ""


def extension_folder(family: str, root: Path = ROOT) -> Path | None:
    """Where the unpacked extension for this family lies, None when it has not been built."""
    for folder in (root / "extension" / family, root / "build" / "extension" / family):
        if (folder / "manifest.json").is_file():
            return folder
    return None


def how_to_add(state: BrowserState, folder: Path | None) -> tuple[str, ...]:
    """The steps that put the button into this browser. Addresses to copy stand between backquotes."""
    if folder is None:
        return (tr("The extension has not been built yet. In Kithbook’s folder, run `make extension`."),)
    if state.family == "firefox":
        return (
            tr("Open a new tab and go to `{address}`.").format(
                address="about:debugging#/runtime/this-firefox"
            ),
            tr("Choose “Load Temporary Add-on…”."),
            tr("Choose the file `{file}`.").format(file=folder / "manifest.json"),
            tr(
                "{browser} forgets a button added this way when it is closed; your pages stay in Kithbook."
            ).format(browser=state.name),
        )
    page = {"edge": "edge://extensions", "opera": "opera://extensions", "vivaldi": "vivaldi://extensions"}
    return (
        tr("Open a new tab and go to `{address}`.").format(
            address=page.get(state.key, "chrome://extensions")
        ),
        tr("Switch on “Developer mode”."),
        tr("Choose “Load unpacked”."),
        tr("Choose the folder `{folder}`.").format(folder=folder),
    )
