"""The spool emptied into the library, each file exactly once."""

import json
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.capture import collect as collect_module
from desktop.capture.extractor import DIED, Extractor
from desktop.capture.station import Station
from desktop.capture.stopping import Stopped
from desktop.errors import NoSpace, Refused
from desktop.library import assets, captures, lists
from desktop.library.opening import Library, open_library
from desktop.library.values import Detail, State, View
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.store.changes import Changes, Noun
from tests.support.spooled import PAGE, PNG, Browser, file_of
from tests.support.undoing import next_undo

Shown = Callable[[str], Detail]


def sources(library: Library) -> int:
    return len(lists.ids(library.reader, View()))


def test_a_page_becomes_a_capture_with_its_text_picture_and_raw_page(
    browser: Browser, station: Station, shown: Shown, paths: Paths
) -> None:
    number = browser.save(
        sections=[("picture", PNG, "image/png", "https://example.org/p.png")],
        tags=["feedback"], goal="Debrief well", why="For Monday", found_through="Miriam",
    )  # fmt: skip

    found = station.collect()

    detail = shown(number)
    assert found.captures == (number,)
    assert {Noun.SOURCE, Noun.CAPTURE, Noun.TAG, Noun.GOAL} <= found.changes.nouns
    assert found.changes.ids == (detail.id,)
    assert detail.title.startswith("How to debrief")
    assert (detail.author, detail.published) == ("Miriam Okafor", "2026-03-04")
    assert "begins with a question" in detail.text
    assert (detail.tags, detail.goals) == (("feedback",), ("Debrief well",))
    assert (detail.why, detail.found_through, detail.browser) == ("For Monday", "Miriam", "chromium")
    assert (detail.state, detail.is_link_only, detail.notices) == (State.INBOX, False, ())
    assert assets.read_page(paths, detail.raw_page) == PAGE.encode()
    name = detail.html.partition('src="')[2].partition('"')[0]
    picture = assets.path_of(paths, name)
    assert picture is not None
    assert picture.read_bytes() == PNG
    assert not browser.spool.names()


def test_a_look_into_an_empty_spool_changes_nothing(station: Station) -> None:
    found = station.collect()

    assert not found.changes
    assert (found.captures, found.updates, found.set_aside, found.waiting) == ((), (), (), 0)


def test_a_repeat_of_the_click_ends_in_the_same_capture(
    browser: Browser, station: Station, library: Library, shown: Shown
) -> None:
    number = browser.save()
    station.collect()
    browser.save(number=number)

    found = station.collect()

    assert found.captures == (number,)
    assert not found.changes
    assert sources(library) == 1
    assert len(shown(number).versions) == 1
    assert not browser.spool.names()


def test_a_crash_between_commit_and_removal_saves_nothing_twice(
    browser: Browser, station: Station, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = browser.save()

    def cut(path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collect_module.Spool, "remove", lambda _, path: cut(path))
        with pytest.raises(KeyboardInterrupt):
            station.collect()
    assert browser.spool.holds(number)
    station.collect()

    assert sources(library) == 1
    assert not browser.spool.names()


def test_a_second_reading_is_a_version_and_an_unchanged_one_costs_next_to_nothing(
    browser: Browser, station: Station, shown: Shown
) -> None:
    browser.save()
    browser.save()
    third = browser.save(PAGE.replace("one thing", "two things"))

    station.collect()

    assert [version.is_same_text for version in sorted(shown(third).versions, key=lambda v: v.number)] == [
        False, True, False,
    ]  # fmt: skip


def test_an_update_comes_after_its_capture_whatever_the_order_of_the_files(
    browser: Browser, station: Station, shown: Shown
) -> None:
    number = str(uuid.uuid4())
    update = browser.update(number, title="My title", tags=["a"], goal="Debrief well", why="Because")
    browser.save(number=number)

    found = station.collect()

    detail = shown(number)
    assert found.updates == (update,)
    assert (detail.title, detail.tags, detail.goals, detail.why) == (
        "My title",
        ("a",),
        ("Debrief well",),
        "Because",
    )


def test_an_update_whose_capture_is_not_here_yet_waits(
    browser: Browser, station: Station, shown: Shown
) -> None:
    number = str(uuid.uuid4())
    update = browser.update(number, why="Because")

    assert station.collect().waiting == 1
    assert browser.spool.holds(update)
    browser.save(number=number)
    assert station.collect().updates == (update,)
    assert shown(number).why == "Because"
    assert not browser.spool.names()


def test_a_repeated_update_is_applied_once(
    browser: Browser, station: Station, library: Library, shown: Shown
) -> None:
    number = browser.save()
    update = browser.update(number, tags=["a"])
    station.collect()
    assert library.writer is not None
    captures.tag(library.writer, [shown(number).id], remove=["a"])
    browser.update(number, number=update, tags=["a"])

    assert not station.collect().changes
    assert shown(number).tags == ()


def test_a_capture_deleted_for_good_does_not_come_back(
    browser: Browser, station: Station, library: Library, shown: Shown
) -> None:
    number = browser.save()
    station.collect()
    assert library.writer is not None
    source = shown(number).id
    captures.move(library.writer, [source], State.TRASH)
    captures.delete_for_good(library.writer, [source])
    browser.save(number=number)
    browser.update(number, why="Still here?")

    found = station.collect()

    assert not found.changes
    assert found.waiting == 0
    assert sources(library) == 0
    assert not browser.spool.names()


def test_collecting_is_no_act_of_the_person(browser: Browser, station: Station, library: Library) -> None:
    browser.save()
    station.collect()

    assert next_undo(library.reader) == ""


GOOD = str(uuid.UUID(int=1))
HEADER = {"op": "capture", "id": GOOD, "received": 5, "browser": "chromium"}
MESSAGE = {"kind": "link", "url": "https://example.org", "captured_at": 1, "sections": []}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"KITHBOOK1\n",
        b"KITHBOOK1\n{",
        b"KITHBOOK1\n[]\n",
        b"KITHBOOK2\n" + file_of({**HEADER, "message": MESSAGE})[10:],
        file_of({**HEADER, "message": MESSAGE})[:-5],
        file_of({**HEADER, "message": MESSAGE}) + b"more",
        file_of({**HEADER, "message": MESSAGE, "sha256": "0" * 64}, b""),
        file_of({**HEADER, "message": MESSAGE, "format": 99}),
        file_of({**HEADER, "message": MESSAGE, "op": "hologram"}),
        file_of({**HEADER, "message": MESSAGE, "id": str(uuid.UUID(int=2))}),
        file_of({**HEADER, "message": {**MESSAGE, "kind": "telegram"}}),
        file_of({**HEADER, "message": {**MESSAGE, "url": ""}}),
        file_of({**HEADER, "message": "x"}),
        b"\0" * 4096,
    ],
)
def test_a_damaged_file_is_set_aside_with_a_sentence_and_the_next_is_collected(
    browser: Browser, station: Station, data: bytes
) -> None:
    browser.raw(GOOD, data)
    number = browser.save("", kind="link")

    found = station.collect()

    assert found.captures == (number,)
    assert len(found.set_aside) == 1
    (kept,) = browser.spool.damaged()
    assert kept.read_bytes() == data
    assert kept.with_name(kept.name + ".txt").read_text("utf-8").strip() == found.set_aside[0]
    assert found.set_aside[0].endswith(".")
    assert not browser.spool.names()


def test_other_files_in_the_spool_are_left_alone(browser: Browser, station: Station, paths: Paths) -> None:
    paths.spool.mkdir(mode=0o700)
    for name in ("notes.txt", "x.spool", ".hidden.part"):
        (paths.spool / name).write_text("mine")

    assert not station.collect().set_aside
    assert (paths.spool / "notes.txt").is_file()


def test_each_capture_is_told_as_it_comes(browser: Browser, station: Station) -> None:
    for number in range(3):
        browser.save("", url=f"https://example.org/{number}")
    told: list[Changes] = []

    found = station.collect(told.append)

    assert [len(changes.ids) for changes in told] == [1, 1, 1]
    assert sorted(found.changes.ids) == sorted(number for changes in told for number in changes.ids)


def test_stopping_leaves_the_rest_in_the_spool(
    browser: Browser, library: Library, settings: Settings, extractor: Extractor
) -> None:
    for number in range(3):
        browser.save("", url=f"https://example.org/{number}")
    station = Station(library, settings, extractor)

    found = station.collect(lambda _: station.stop())

    assert len(found.captures) == 1
    assert len(browser.spool.names()) == 2


def test_stopping_in_the_middle_of_a_page_leaves_it_for_the_next_time(
    browser: Browser, library: Library, settings: Settings, shown: Shown
) -> None:
    class Halting(Extractor):
        def extract(self, html: str, url: str) -> object:  # type: ignore[override]
            raise Stopped

    number = browser.save()

    assert not Station(library, settings, Halting()).collect().captures
    assert browser.spool.holds(number)
    assert sources(library) == 0


def test_a_library_that_may_not_be_written_leaves_the_spool_as_it_is(
    browser: Browser, paths: Paths, settings: Settings, extractor: Extractor
) -> None:
    open_library(paths, write=True).close()
    browser.save()
    with open_library(paths, write=False) as reading:
        station = Station(reading, settings, extractor)

        assert not station.collect().captures
        assert not station.complete()
    assert len(browser.spool.names()) == 1


def test_a_full_disk_loses_nothing(
    browser: Browser, station: Station, library: Library, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = browser.save()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(assets, "_write_synced", full)
        with pytest.raises(NoSpace, match="full"):
            station.collect()
    assert browser.spool.holds(number)
    assert sources(library) == 0
    station.collect()
    assert shown(number).text


def test_a_page_that_the_worker_cannot_read_is_kept_as_a_link_with_its_raw_page(
    browser: Browser, library: Library, settings: Settings, shown: Shown, paths: Paths
) -> None:
    class Broken(Extractor):
        def extract(self, html: str, url: str) -> object:  # type: ignore[override]
            raise Refused(DIED)

    number = browser.save(title="Said by the browser")
    Station(library, settings, Broken()).collect()

    detail = shown(number)
    assert (detail.is_link_only, detail.notices, detail.text) == (True, (DIED,), "")
    assert detail.title == "Said by the browser"
    assert assets.read_page(paths, detail.raw_page) == PAGE.encode()


def test_a_mistake_of_ours_loses_no_page_and_stops_no_queue(
    browser: Browser, library: Library, settings: Settings, shown: Shown, paths: Paths
) -> None:
    class Mistaken(Extractor):
        def extract(self, html: str, url: str) -> object:  # type: ignore[override]
            raise ZeroDivisionError

    numbers = [browser.save(), browser.save(url="https://example.org/other")]
    Station(library, settings, Mistaken()).collect()

    for number in numbers:
        assert shown(number).notices == (DIED,)
        assert assets.read_page(paths, shown(number).raw_page) == PAGE.encode()


def test_only_one_process_collects(paths: Paths, library: Library, root: Path) -> None:
    with pytest.raises(collect_module.KithbookError, match="Another Kithbook"):
        open_library(paths, write=True)


def test_collecting_may_run_on_any_thread(browser: Browser, station: Station, library: Library) -> None:
    browser.save()
    thread = threading.Thread(target=station.collect)
    thread.start()
    thread.join(60)

    assert sources(library) == 1


def test_the_errand_folder_is_no_capture(
    browser: Browser, station: Station, settings: Settings, paths: Paths
) -> None:
    settings.set("fetch_after_save", True)
    number = browser.save("", kind="link")
    station.collect()

    (errand,) = (paths.spool / "errands").iterdir()
    assert json.loads(errand.read_text())["uuid"] == number
    assert not station.collect().set_aside
