"""The highlights of a page and the places of hits, as the browser's button asks for them."""

from desktop.capture.station import Station
from desktop.library import for_browser, lists, triage
from desktop.library.opening import Library
from desktop.library.values import State
from desktop.text.urls import url_key
from tests.support.spooled import PAGE, Browser

KEY = url_key("https://example.org/debrief")
QUOTE = "Ask what the person saw"


def test_a_pages_highlights_are_known_by_its_address(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    mark = browser.annotate(page, QUOTE, prefix="verdict. ", colour="rose", comment="Ask *first*.")
    station.collect()

    (one,) = for_browser.marks_on(library.reader, KEY)

    assert (one["id"], one["quote"], one["colour"], one["comment"]) == (mark, QUOTE, "rose", "Ask *first*.")
    assert one["prefix"].endswith("verdict. ")
    assert one["suffix"].startswith(", and wait")
    assert for_browser.marks_on(library.reader, "example.org/other") == []


def test_a_new_version_still_has_the_highlights_of_the_old_one(
    browser: Browser, station: Station, library: Library
) -> None:
    browser.annotate(browser.save(), QUOTE)
    browser.save(PAGE.replace("in plain words", "in the plainest of words"))
    station.collect()

    assert [one["quote"] for one in for_browser.marks_on(library.reader, KEY)] == [QUOTE]


def test_a_page_in_trash_shows_none(browser: Browser, station: Station, library: Library) -> None:
    page = browser.save()
    browser.annotate(page, QUOTE)
    station.collect()
    found = lists.source_of(library.reader, page)
    assert found
    assert library.writer

    triage.move(library.writer, [found[0]], State.TRASH)

    assert for_browser.marks_on(library.reader, KEY) == []


def test_so_much_is_told_as_one_answer_takes(browser: Browser, station: Station, library: Library) -> None:
    page = browser.save()
    for number in range(30):
        browser.annotate(page, f"{number} " + "long " * 3_900)
    station.collect()

    told = for_browser.marks_on(library.reader, KEY)

    assert 10 < len(told) < 30
    assert sum(len(text) for one in told for text in one.values()) <= for_browser.MOST_CHARACTERS


def test_hits_lead_to_their_newest_capture_and_their_page(
    browser: Browser, station: Station, library: Library
) -> None:
    browser.save()
    newest = browser.save(PAGE.replace("in plain words", "in the plainest of words"))
    station.collect()
    found = lists.source_of(library.reader, newest)
    assert found

    hits = for_browser.with_places(library.reader, [{"id": found[0], "title": "x"}, {"id": 12345}])

    assert hits == [{"id": found[0], "title": "x", "capture": newest, "url": "https://example.org/debrief"}]
