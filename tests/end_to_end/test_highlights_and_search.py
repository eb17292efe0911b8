"""Words marked on the live page come into the library and back; the library answers in the browser."""

import contextlib
import hashlib
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desktop.library import lists
from desktop.library.marks import annotations
from desktop.library.marks.annotations import Placed
from desktop.library.values import Row
from desktop.store.reader import Reader
from tests.end_to_end import flows, pages
from tests.end_to_end.machine import Machine
from tests.end_to_end.pages import Site, article, html, paragraphs
from tests.end_to_end.waiting import until

FIRST = "Ask what the person saw, and wait for it."
SECOND = "Then say in plain words what you saw yourself."
SAME_CLICK_S = 1.6  # a second click within 1.5 s is taken for the same one made twice


@pytest.fixture(scope="module", autouse=True)
def connected(machine: Machine, browser: Any) -> None:
    """The host is there from the start."""
    machine.connect(browser)


@pytest.fixture(scope="module")
def window(machine: Machine) -> Iterator[subprocess.Popen[bytes]]:
    """The app is open from here to the end of the module."""
    with machine.open_window() as window:
        yield window


def marks_on(machine: Machine, title: str) -> list[Placed]:
    """The annotations of a page in the library, in the order of its text; none while it is being made."""
    found: list[Row] = []
    with contextlib.suppress(sqlite3.OperationalError):
        found = machine.rows(title)
    if not found:
        return []
    reader = Reader(machine.paths.library)
    try:
        detail = lists.detail(reader, found[0].id)
        return annotations.of_capture(reader, detail.capture_id) if detail else []
    finally:
        reader.close()


def sent(machine: Machine) -> list[dict[str, Any]]:
    return [one["message"] for one in machine.waiting() if one["op"] == "annotate"]


def click_again(browser: Any, url: str) -> str:
    time.sleep(SAME_CLICK_S)
    return flows.click(browser, url, head="You saved this today")


# The app is closed: these stand first, since the window stays open once it is.


def test_words_marked_with_the_app_closed_wait_and_are_painted_again(
    browser: Any, machine: Machine, site: Site
) -> None:
    url = site.url("/marked")
    flows.click(browser, url)
    flows.close_popup(browser)
    before = browser.run("return document.documentElement.outerHTML")

    made = flows.highlight(browser, url, "first")

    assert flows.painted(browser) == [["straw", FIRST]]
    assert flows.has_strip(browser)
    assert browser.run("return document.querySelector('.kithbook-strip-host').shadowRoot") is None
    browser.press("Escape")
    until(lambda: not flows.has_strip(browser), "the strip to go")
    assert browser.run("return document.documentElement.outerHTML") == before
    (said,) = sent(machine)
    assert (said["quote"], said["colour"]) == (FIRST, "straw")
    assert {made, said["of"]} == {one["id"] for one in machine.waiting()}

    click_again(browser, url)

    until(lambda: flows.painted(browser) == [["straw", FIRST]], "the highlight on the page again")
    told = "return document.getElementById('marks-note').textContent"
    until(lambda: "Kithbook is closed" in browser.in_popup(told), "the word about earlier highlights")


def test_a_closed_app_is_said_in_the_search(browser: Any) -> None:
    flows.look_for(browser, "person")

    until(lambda: "Open it from your applications" in flows.found(browser)[0], "the way to open it")
    flows.close_popup(browser)


# The app is open from here on.


def test_colour_and_words_of_ones_own_come_into_the_library_by_keyboard_alone(
    browser: Any, machine: Machine, site: Site, window: object, kind: str, note: Callable[[str], None]
) -> None:
    until(lambda: len(marks_on(machine, "Marked")) == 1, "the highlight that waited")
    flows.highlight(browser, site.url("/marked"), "second")
    start = time.monotonic()
    until(lambda: len(marks_on(machine, "Marked")) == 2, "the second highlight", seconds=20)
    note(f"{kind}: a highlight is in the library {time.monotonic() - start:.2f} s after it was made")

    browser.press("4", "Tab", *"My words", "Enter")

    until(lambda: not flows.has_strip(browser), "the strip to close")

    def kept() -> list[tuple[str, str, str]]:
        found = [one.annotation for one in marks_on(machine, "Marked")]
        return [(one.quote, one.colour.value, one.comment) for one in found]

    wanted = [(FIRST, "straw", ""), (SECOND, "rose", "My words")]
    until(lambda: kept() == wanted, "colour and words in the library", seconds=20)
    assert all(one.place.how != "lost" for one in marks_on(machine, "Marked"))
    assert flows.painted(browser) == [["rose", SECOND], ["said", SECOND], ["straw", FIRST]]

    flows.highlight(browser, site.url("/marked"), "first")  # the same words again: their strip, no second one
    browser.press("5", "Escape")

    wanted = [(FIRST, "lilac", ""), (SECOND, "rose", "My words")]
    until(lambda: kept() == wanted, "the change in the library", seconds=20)


def test_what_is_gone_from_the_page_is_said_and_not_painted_elsewhere(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    first = '<p id="first">Ask <em>what</em> the person&nbsp;saw,\n and wait for it.</p>'
    site.extra["/marked"] = html(article("Marked", paragraphs(5) + first))
    try:
        click_again(browser, site.url("/marked"))

        told = "return document.getElementById('marks-note').textContent"
        wanted = "1 highlight could not be placed on this page."
        until(lambda: browser.in_popup(told) == wanted, "the word about the lost one")
        (one,) = flows.painted(browser)
        assert (one[0], re.sub(r"\s+", " ", one[1])) == ("lilac", FIRST)
    finally:
        del site.extra["/marked"]
        flows.close_popup(browser)


def test_the_library_answers_in_the_popup_and_enter_opens_a_hit(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/article/answer"))
    machine.saved("Article answer")
    flows.look_for(browser, "MARK-answer")
    until(lambda: any("Article answer" in hit for hit in flows.found(browser)[1]), "the hit")
    flows.enter_hit(browser)

    flows.click(browser, site.url("/article/other"))
    flows.look_for(browser, "zzyzx")
    until(lambda: "zzyzx" in flows.found(browser)[0], "the word that there is nothing")
    flows.look_for(browser, "MARK-answer")
    until(lambda: flows.found(browser)[1], "the hit")
    flows.enter_hit(browser, is_page=True)
    browser.close_page("/article/answer")


def test_pictures_that_the_page_holds_itself_are_kept(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/inline"))

    kept = machine.saved("Inline")

    assert f"res/{hashlib.sha256(pages.INLINE_PICTURE).hexdigest()}.png" in kept.html
    assert len(set(re.findall(r"res/[0-9a-f]{64}\.png", kept.html))) == 2  # the drawing on the canvas too
    assert "inline.invalid" not in kept.html


def test_the_address_bar_is_answered_by_the_library(browser: Any, window: object) -> None:
    found = flows.ask_extension(browser, {"kb": "find", "q": "MARK-answer", "limit": 5})

    assert found["code"] == ""
    assert found["results"][0]["url"].endswith("/article/answer")
    assert len(found["results"][0]["capture"]) == 36
