"""How a browser stands, in words."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.capture.connecting import BrowserState, Hello
from desktop.ui.connect.words import Step, card_of, extension_folder, how_to_add, not_found, summary

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
HELLO = Hello("140.0", "0.1.0", True, False, int(NOW.timestamp() * 1000))


def state(**changes: Any) -> BrowserState:
    known: dict[str, Any] = {
        "key": "firefox", "name": "Firefox", "family": "firefox", "is_found": True, "manifest": "registered",
        "path": Path("x"), "hello": None,
    }  # fmt: skip
    return BrowserState(**{**known, **changes})


@pytest.mark.parametrize(
    ("manifest", "label", "words"),
    [
        ("missing", "Register", "not registered yet"),
        ("outdated", "Repair", "needs a repair"),
        ("foreign", "Repair", "starts another Kithbook"),
    ],
)
def test_a_browser_that_does_not_know_us_gets_one_button(manifest: str, label: str, words: str) -> None:
    card = card_of(state(manifest=manifest), NOW)

    assert (card.act, card.label, card.state, card.tone) == ("connect", label, words, "next")


def test_a_registered_browser_without_a_hello_needs_the_button() -> None:
    card = card_of(state(), NOW)

    assert card.state == "one step left"
    assert card.sentence == "Kithbook is registered. The button is not in Firefox yet."
    assert card.steps == (Step("registered", True), Step("button added", False), Step("pinned", False))
    assert (card.act, card.label) == ("steps", "Add the button")


def test_a_browser_that_said_hello_is_connected() -> None:
    card = card_of(state(hello=HELLO), NOW)

    assert (card.tone, card.state, card.act) == ("ok", "connected", "")
    assert card.sentence.startswith("Last seen today")
    assert "with the button 0.1.0" in card.sentence


@pytest.mark.parametrize(("pinned", "is_said"), [(False, True), (True, False), (None, False)])
def test_a_button_that_is_not_pinned_is_said_to_hide(pinned: bool | None, is_said: bool) -> None:
    hello = Hello("140.0", "0.1.0", pinned, None, HELLO.at)
    card = card_of(state(hello=hello), NOW)

    assert ("puzzle piece" in card.sentence) is is_said
    assert card.steps[-1] == Step("pinned", pinned)


def test_a_chromium_in_a_sandbox_says_the_way_out_and_has_no_button() -> None:
    advice = "Brave from Flatpak may not start other programs."
    card = card_of(state(name="Brave", family="chromium", sandbox="flatpak", advice=advice), NOW)

    assert (card.tone, card.act, card.sentence) == ("stuck", "", advice)


def test_a_firefox_in_a_sandbox_shows_the_command_that_allows_it() -> None:
    card = card_of(state(sandbox="snap", advice="Firefox asks once.", command="flatpak x"), NOW)

    assert card.command == "flatpak x"
    assert "Firefox asks once." in card.sentence


def test_one_sentence_tells_about_all() -> None:
    assert summary([state(is_found=False)]) == "No browser that Kithbook knows was found on this computer."
    assert summary([state(hello=HELLO)]) == "Every browser found here can save to Kithbook."
    assert summary([state()]).startswith("One browser was found. It needs")
    assert summary([state(), state(), state()]).startswith("Three browsers were found. Each needs")
    assert summary([state()] * 5).startswith("5 browsers were found.")


def test_browsers_that_are_not_here_are_named() -> None:
    assert not_found([state(), state(name="Opera", is_found=False)]) == "Not found on this computer: Opera."
    assert not_found([state()]) == ""


def test_the_steps_name_the_folder_that_was_built(tmp_path: Path) -> None:
    assert extension_folder("chromium", tmp_path) is None
    folder = tmp_path / "build" / "extension" / "chromium"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    assert extension_folder("chromium", tmp_path) == folder

    steps = how_to_add(state(key="edge", family="chromium"), folder)
    assert "`edge://extensions`" in steps[0]
    assert steps[-1] == f"Choose the folder `{folder}`."
    assert "about:debugging" in how_to_add(state(), folder)[0]
    assert "make extension" in how_to_add(state(), None)[0]
