"""What the browser says of a page that never comes is set aside in the person's words, not tried for ever."""

import os
import time
import uuid
from pathlib import Path

import pytest

from desktop.capture.orphans import PATIENCE_DAYS
from desktop.capture.station import Station
from desktop.library.opening import Library
from tests.support.spooled import Browser


def grow_old(browser: Browser, days: float) -> None:
    for path in browser.spool.waiting():
        long_ago = time.time() - days * 86_400
        os.utime(path, (long_ago, long_ago))


def reasons(browser: Browser) -> set[str]:
    return {Path(f"{path}.txt").read_text(encoding="utf-8").strip() for path in browser.spool.damaged()}


def test_looking_for_a_page_that_has_not_come_costs_no_transaction(
    browser: Browser, station: Station, library: Library
) -> None:
    commits: list[int] = []
    assert library.writer is not None
    library.writer.committed = lambda: commits.append(1)
    of = str(uuid.uuid4())
    browser.update(of, why="For the new shift")
    browser.annotate(of, "Ask what the person saw")
    browser.comment(of, 12.0, "Here it begins")
    for _ in range(3):
        assert station.collect().waiting == 3

    assert commits == []
    assert len(browser.spool.names()) == 3


def test_a_page_that_came_late_still_gets_what_was_said_of_it(
    browser: Browser, station: Station, library: Library
) -> None:
    number = str(uuid.uuid4())
    browser.update(number, why="For the new shift")
    grow_old(browser, PATIENCE_DAYS - 1)
    assert station.collect().waiting == 1
    browser.save(number=number)
    found = station.collect()

    assert (len(found.captures), len(found.updates), found.waiting, found.set_aside) == (1, 1, 0, ())


def test_after_thirty_days_it_is_set_aside_in_the_persons_words(browser: Browser, station: Station) -> None:
    browser.update(str(uuid.uuid4()), why="For the new shift")
    grow_old(browser, PATIENCE_DAYS + 1)
    found = station.collect()

    assert found.set_aside == ("“For the new shift” waited 30 days for a page that never came.",)
    assert (found.waiting, browser.spool.names()) == (0, [])
    assert reasons(browser) == set(found.set_aside)


@pytest.mark.parametrize(
    ("say", "words"),
    [
        (lambda browser, of: browser.update(of, why="For the new shift"), "“For the new shift” has"),
        (lambda browser, of: browser.annotate(of, "Ask first", comment="So true"), "“So true” has"),
        (lambda browser, of: browser.annotate(of, "Ask first"), "“Ask first” has"),
        (lambda browser, of: browser.comment(of, 12.0, "Here it begins"), "“Here it begins” has"),
        (lambda browser, of: browser.tool(of, "Miro"), "“Miro” has"),
        (lambda browser, of: browser.update(of, tags=[]), "A change made in the browser has"),
    ],
)
def test_of_a_page_among_the_damaged_it_is_set_aside_at_once(
    browser: Browser, station: Station, say: object, words: str
) -> None:
    number = browser.save()
    path = browser.spool.waiting()[0]
    path.write_bytes(path.read_bytes()[:-40])
    say(browser, number)  # type: ignore[operator]
    found = station.collect()

    assert len(found.set_aside) == 2
    assert found.set_aside[1] == f"{words} lost its page, which could not be read."
    assert (found.waiting, browser.spool.names()) == (0, [])
    assert len(browser.spool.damaged()) == 2


def test_a_page_that_waits_in_the_spool_is_hoped_for_however_old(browser: Browser, station: Station) -> None:
    number = browser.save()
    browser.update(number, why="For the new shift")
    grow_old(browser, PATIENCE_DAYS + 400)
    found = station.collect()

    assert (len(found.captures), len(found.updates), found.set_aside) == (1, 1, ())
