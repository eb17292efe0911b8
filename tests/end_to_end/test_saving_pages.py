"""One click in a real browser becomes a readable page in the library, the app closed or open."""

import hashlib
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.end_to_end import flows, pages
from tests.end_to_end.machine import Machine
from tests.end_to_end.pages import Site
from tests.end_to_end.waiting import until

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


def picture_name(data: bytes) -> str:
    return f"res/{hashlib.sha256(data).hexdigest()}.png"


# The app is closed: these stand first, since the window stays open once it is.


def test_a_click_with_the_app_closed_waits_in_the_spool_until_it_is_collected(
    browser: Any, machine: Machine, site: Site
) -> None:
    flows.click(browser, site.url("/article/closed"))

    assert [one["message"]["url"] for one in machine.waiting()] == [site.url("/article/closed")]
    machine.kithbook("collect")
    assert "MARK-closed" in machine.saved("Article closed").text
    assert machine.waiting() == []


def test_words_typed_in_the_popup_reach_the_library(browser: Any, machine: Machine, site: Site) -> None:
    flows.click(browser, site.url("/article/words"))
    flows.type_in_popup(
        browser, why="It says how to begin.", tag="feedback, notes,", goal="Giving feedback", found="Grace"
    )
    flows.press_enter(browser)
    until(lambda: len(machine.waiting()) == 2, "the words in the spool")

    machine.collect()

    kept = machine.saved("Article words")
    assert kept.why == "It says how to begin."
    assert set(kept.tags) == {"feedback", "notes"}
    assert kept.goals == ("Giving feedback",)
    assert kept.found_through == "Grace"


def test_words_are_kept_when_the_popup_is_closed_without_enter(
    browser: Any, machine: Machine, site: Site
) -> None:
    flows.click(browser, site.url("/article/half"))
    flows.type_in_popup(browser, why="Half a thou")
    flows.close_popup(browser)

    until(lambda: len(machine.waiting()) == 2, "the words in the spool")


def test_a_click_with_the_app_closed_is_there_when_the_app_is_opened(
    machine: Machine, window: subprocess.Popen[bytes]
) -> None:
    assert machine.saved("Article half").versions
    until(lambda: machine.detail(machine.rows("Article half")[0]).why == "Half a thou", "the words")
    until(lambda: machine.waiting() == [], "the empty spool")


# The app is open from here on.


def test_a_click_with_the_app_open_is_seen_at_once(
    browser: Any, machine: Machine, site: Site, kind: str, window: object, note: Callable[[str], None]
) -> None:
    flows.click(browser, site.url("/article/warm"))
    machine.saved("Article warm")
    flows.click(browser, site.url("/article/open"))
    start = time.monotonic()

    kept = machine.saved("Article open", seconds=10)

    note(f"{kind}: in the library {time.monotonic() - start:.2f} s after the popup said Saved")
    assert "MARK-open" in kept.text


def test_a_popup_that_is_closed_at_once_takes_nothing_with_it(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.close_popup(browser)
    browser.open(site.url("/article/hasty"))

    browser.click()
    until(lambda: flows.close_popup_once_drawn(browser), "the popup to be drawn", pause=0.01)

    assert "MARK-hasty" in machine.saved("Article hasty").text


def test_shadow_roots_and_late_text_are_saved_as_they_are_seen(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/shadow"), ready=True)

    kept = machine.saved("Shadow and late text")
    for mark in ("OPEN-SHADOW", "CLOSED-SHADOW", "LATE-TEXT"):
        assert mark in kept.text
    assert kept.author == "Ada Lovelace"
    assert kept.published == "2026-10-05"


def test_a_page_behind_a_login_is_saved_as_the_person_saw_it(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    browser.open(site.url("/login"))

    flows.click(browser, site.url("/private"))

    kept = machine.saved("The learning budget")
    assert pages.SECRET in kept.text
    assert picture_name(pages.SECRET_PICTURE) in kept.html
    assert all(pages.COOKIE in cookie for path, cookie in site.asked if path == "/private.png")


def test_a_selection_is_saved_as_a_quotation(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    browser.open(site.url("/selection"))
    browser.run("getSelection().selectAllChildren(document.getElementById('wanted'));")
    flows.click_here(
        browser
    )  # lets the extension into the page, as the context menu would; saves the page too

    flows.save_selection(browser, site.url("/selection"))

    until(lambda: machine.saved("Selection").kind == "selection", "the selection in the library")
    kept = machine.saved("Selection")
    assert kept.selection == "Only this sentence was worth keeping of the whole page."


def test_a_pdf_is_a_link_that_the_desktop_completes(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    said = flows.click(browser, site.url("/paper.pdf"))

    assert "link" in said.lower()

    def text() -> str:
        found = [row for row in machine.rows() if row.kind == "pdf"]
        return machine.detail(found[0]).text if found else ""

    until(lambda: "A paper about feedback." in text(), "the text of the PDF")


def test_lazy_pictures_and_shown_ones_are_kept(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/lazy"))

    def has_both() -> bool:
        html = machine.saved("Lazy").html
        return picture_name(pages.PICTURE) in html and picture_name(pages.LAZY_PICTURE) in html

    until(has_both, "both pictures")


def test_a_frame_of_the_same_site_is_part_of_the_page(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/frames"))

    kept = machine.saved("Frames")
    assert "FRAME-TEXT" in kept.text + "".join(kept.left_out)


def test_a_video_keeps_its_time_and_its_words(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/video"), ready=True)

    kept = machine.saved("A lesson on feedback")
    assert kept.kind == "video"
    assert kept.media is not None
    assert 40 <= kept.media.position <= kept.media.duration <= 61
    assert "A record is what feedback needs." in kept.media.transcript


def test_a_sandboxed_page_is_never_an_error(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/sandboxed"))

    def text() -> str:
        found = [row for row in machine.rows() if "sandbox" in (row.title + machine.detail(row).url).lower()]
        return machine.detail(found[0]).text if found else ""

    until(lambda: "feedback needs a record" in text(), "the text, from the page or fetched by the desktop")


def test_a_page_saved_again_is_a_version_and_the_popup_says_so(
    browser: Any, machine: Machine, site: Site, window: object
) -> None:
    flows.click(browser, site.url("/article/again"))
    machine.saved("Article again")
    flows.close_popup(browser)
    time.sleep(SAME_CLICK_S)

    said = flows.click(browser, site.url("/article/again"), head="You saved this today")

    assert "a changed text is a new version" in said
    until(lambda: len(machine.saved("Article again").versions) == 2, "the second version")
