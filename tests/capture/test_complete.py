"""What is fetched right after a save: texts of links, missing pictures; once, and only if it is allowed."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from desktop.capture import complete as complete_module
from desktop.capture.collect import NOT_FETCHED, PRIVATE
from desktop.capture.errands import Errand, Errands
from desktop.capture.extractor import Extractor
from desktop.capture.station import Station
from desktop.library import assets, captures
from desktop.library.opening import Library
from desktop.library.values import Detail, State
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.store.changes import Changes
from tests.support.pdf_file import pdf_file
from tests.support.spooled import PAGE, PNG, Browser
from tests.support.web import Web, serving

Shown = Callable[[str], Detail]


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


@pytest.fixture
def settings() -> Settings:
    """Fetching is on, and this machine may be asked."""
    found = Settings()
    found.set("allow_addresses", "127.0.0.1")
    return found


def errands(paths: Paths) -> list[Path]:
    folder = paths.spool / "errands"
    return list(folder.iterdir()) if folder.is_dir() else []


def test_a_link_gets_its_text_its_pictures_and_its_raw_page(
    browser: Browser, station: Station, web: Web, shown: Shown, paths: Paths
) -> None:
    web.page("/p.png", PNG, "image/png")
    number = browser.save(
        "", web.page("/debrief", PAGE.encode()), title="A link", note="no-access", why="Because"
    )
    told: list[Changes] = []
    station.collect()
    assert shown(number).is_link_only

    station.complete(told.append)

    detail = shown(number)
    assert (detail.is_link_only, detail.notices, detail.why) == (False, (), "Because")
    assert detail.title.startswith("How to debrief")
    assert "begins with a question" in detail.text
    assert ' src="res/' in detail.html
    assert assets.read_page(paths, detail.raw_page) == PAGE.encode()
    assert detail.kind == "page"
    assert [changes.ids for changes in told] == [(detail.id,)] * 2
    assert not errands(paths)


def test_the_text_of_a_pdf_is_fetched(browser: Browser, station: Station, web: Web, shown: Shown) -> None:
    data = pdf_file([("A paper on debriefing.",)], title="On debriefing")
    number = browser.save("", web.page("/a.pdf", data, "application/pdf"), kind="pdf", note="pdf")
    station.collect()
    station.complete()

    detail = shown(number)
    assert (detail.title, detail.kind, detail.is_link_only) == ("On debriefing", "pdf", False)
    assert "A paper on debriefing." in detail.text


def test_missing_pictures_are_fetched_once_and_what_came_with_the_page_is_not(
    browser: Browser, station: Station, web: Web, shown: Shown
) -> None:
    web.page("/p.png", PNG, "image/png")
    web.page("/q.png", PNG, "image/png")
    more = PAGE.replace("</figure>", '</figure><figure><img src="/q.png" alt="A door"></figure>')
    number = browser.save(
        more, web.url + "/debrief", sections=[("picture", PNG, "image/png", web.url + "/q.png")]
    )
    station.collect()
    before = shown(number)
    assert before.html.count(' src="res/') == 1

    station.complete()
    station.complete()

    assert web.paths() == ["/p.png"]
    after = shown(number)
    assert after.html.count(' src="res/') == 2
    assert (after.text, after.notices) == (before.text, ())


def test_an_unchanged_page_does_not_ask_for_its_pictures_again(
    browser: Browser, station: Station, web: Web, shown: Shown
) -> None:
    web.page("/p.png", PNG, "image/png")
    for _ in range(2):
        number = browser.save(PAGE, web.url + "/debrief")
        station.collect()
        station.complete()

    assert web.paths() == ["/p.png"]
    assert shown(number).html.count(' src="res/') == 1


def test_a_picture_that_cannot_be_had_leaves_a_sentence(
    browser: Browser, station: Station, web: Web, shown: Shown
) -> None:
    number = browser.save(PAGE, web.url + "/debrief")
    station.collect()
    station.complete()

    assert shown(number).notices == ("1 picture could not be fetched.",)
    assert "begins with a question" in shown(number).text


def test_a_picture_that_is_none_leaves_a_sentence(
    browser: Browser, station: Station, web: Web, shown: Shown
) -> None:
    web.page("/p.png", b"<svg onload=alert(1)>", "image/svg+xml")
    number = browser.save(PAGE, web.url + "/debrief")
    station.collect()
    station.complete()

    assert shown(number).notices == ("1 picture could not be fetched.",)


def test_a_page_that_cannot_be_had_leaves_a_sentence_and_is_not_asked_again(
    browser: Browser, station: Station, web: Web, shown: Shown, paths: Paths
) -> None:
    number = browser.save("", web.url + "/gone", note="no-access")
    station.collect()
    station.complete()
    station.complete()

    assert shown(number).notices[-1].startswith("Not fetched: ")
    assert shown(number).is_link_only
    assert web.paths() == ["/gone"]
    assert not errands(paths)


def test_a_page_without_text_leaves_a_sentence(
    browser: Browser, station: Station, web: Web, shown: Shown
) -> None:
    number = browser.save("", web.page("/empty", b"<html><body><canvas></canvas></body></html>"))
    station.collect()
    station.complete()

    assert shown(number).is_link_only
    assert "No readable text" in shown(number).notices[-1]


def test_private_addresses_are_not_asked_unless_allowed(
    browser: Browser, library: Library, extractor: Extractor, web: Web, shown: Shown
) -> None:
    number = browser.save("", web.page("/a", PAGE.encode()))
    station = Station(library, Settings(), extractor)
    station.collect()
    station.complete()

    assert not web.asked
    assert "private network" in shown(number).notices[-1]


def test_with_the_setting_off_nothing_is_fetched_and_it_is_said(
    browser: Browser, station: Station, web: Web, shown: Shown, settings: Settings, paths: Paths
) -> None:
    settings.set("fetch_after_save", False)
    numbers = [browser.save("", web.url + "/a"), browser.save(PAGE, web.url + "/debrief")]
    station.collect()
    station.complete()

    assert not web.asked
    assert all(shown(number).notices == (NOT_FETCHED,) for number in numbers)
    assert not errands(paths)


def test_a_setting_switched_off_in_between_is_obeyed(
    browser: Browser, station: Station, web: Web, settings: Settings, paths: Paths
) -> None:
    browser.save("", web.url + "/a")
    station.collect()
    settings.set("fetch_after_save", False)
    station.complete()

    assert not web.asked
    assert not errands(paths)


def test_nothing_is_fetched_for_a_private_window(
    browser: Browser, station: Station, web: Web, shown: Shown
) -> None:
    number = browser.save("", web.url + "/a", private=True)
    station.collect()
    station.complete()

    assert not web.asked
    assert PRIVATE in shown(number).notices


def test_pages_of_the_browser_itself_are_not_asked_for(
    browser: Browser, station: Station, paths: Paths
) -> None:
    browser.save("", "chrome://settings/", note="internal")
    station.collect()

    assert not errands(paths)


def test_an_errand_of_a_page_that_is_just_being_collected_is_left_for_the_next_time(
    browser: Browser, station: Station, web: Web, shown: Shown, paths: Paths
) -> None:
    """Collecting notes the errand before it commits the page, and completing may run beside it."""
    number = browser.save("", web.page("/debrief", PAGE.encode()))
    Errands(paths.spool / "errands").put(Errand(number, web.url + "/debrief", wants_page=True))
    station.complete()
    assert len(errands(paths)) == 1
    assert not web.asked
    station.collect()
    station.complete()

    assert shown(number).text
    assert not errands(paths)


def test_an_errand_outlives_the_program(
    browser: Browser, station: Station, web: Web, shown: Shown, library: Library, settings: Settings,
    extractor: Extractor,
) -> None:  # fmt: skip
    number = browser.save("", web.page("/debrief", PAGE.encode()))
    station.collect()

    Station(library, settings, extractor).complete()

    assert shown(number).text


def test_stopping_in_the_middle_leaves_the_errand_for_the_next_time(
    browser: Browser, station: Station, web: Web, paths: Paths, shown: Shown, library: Library,
    settings: Settings, extractor: Extractor,
) -> None:  # fmt: skip
    """Any number of times: stopping is no failure."""
    number = browser.save("", web.url + "/a")
    station.collect()

    def stop(handler: BaseHTTPRequestHandler) -> None:
        stations[-1].stop()

    web.pages["/a"] = stop
    stations = []
    for _ in range(5):
        stations.append(Station(library, settings, extractor))
        stations[-1].complete()

    assert len(errands(paths)) == 1
    assert len(shown(number).notices) == 0


def test_an_errand_that_brings_the_program_down_is_not_tried_for_ever(
    browser: Browser, station: Station, web: Web, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.save("", web.url + "/a")
    station.collect()
    tries = []

    def down(*_: object) -> None:
        tries.append(1)
        raise KeyboardInterrupt

    monkeypatch.setattr(complete_module._Run, "steps", down)
    for _ in range(10):
        try:
            station.complete()
        except KeyboardInterrupt:
            continue

    assert len(tries) == 3
    assert not errands(paths)


def test_a_mistake_of_ours_ends_one_errand(
    browser: Browser, station: Station, web: Web, paths: Paths, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = browser.save("", web.page("/debrief", PAGE.encode()))
    station.collect()
    monkeypatch.setattr(complete_module, "read_body", lambda *_: 1 / 0)

    assert not station.complete()
    assert shown(number).is_link_only
    assert not errands(paths)


def test_the_errand_of_a_deleted_capture_is_dropped(
    browser: Browser, station: Station, web: Web, library: Library, shown: Shown, paths: Paths
) -> None:
    number = browser.save("", web.url + "/a")
    station.collect()
    assert library.writer is not None
    source = shown(number).id
    captures.move(library.writer, [source], State.TRASH)
    captures.delete_for_good(library.writer, [source])

    assert not station.complete()
    assert not web.asked
    assert not errands(paths)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"uuid": 1}', b"\xff", b'{"uuid": "../x", "url": ""}'])
def test_what_is_no_errand_is_dropped(station: Station, paths: Paths, data: bytes) -> None:
    folder = paths.spool / "errands"
    folder.mkdir(parents=True)
    (folder / "x.json").write_bytes(data)

    assert not station.complete()
    assert not errands(paths)
