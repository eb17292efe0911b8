"""Comments on moments and tools, said in the browser, from the spool to the library, each exactly once."""

import pytest

from desktop.capture.extractor import Extractor
from desktop.capture.message import parse
from desktop.capture.station import Station
from desktop.errors import BadInput
from desktop.learning import page_tools, toolkit
from desktop.learning.review_values import ToolRow
from desktop.library import deletion, for_browser, lists, triage, undo
from desktop.library.marks import timed_comments
from desktop.library.marks.page_messages import PageComment
from desktop.library.marks.timed_comments import TimedComment
from desktop.library.opening import Library
from desktop.library.values import State
from desktop.settings import Settings
from desktop.store.changes import Noun
from desktop.text.urls import url_key
from native_host.spool import Spooled
from tests.support.spooled import Browser
from tests.support.undoing import next_undo

URL = "https://www.youtube.com/watch?v=abc"


@pytest.fixture
def station(library: Library, settings: Settings, extractor: Extractor) -> Station:
    """As the window and the commands make it: with a toolkit."""
    return Station(library, settings, extractor, take_tool=page_tools.receive)


def source(library: Library, number: str) -> int:
    found = lists.source_of(library.reader, number)
    assert found is not None
    return found[0]


def comments(library: Library, number: str) -> list[TimedComment]:
    return timed_comments.of_source(library.reader, source(library, number))


def tools(library: Library) -> list[ToolRow]:
    return toolkit.all_of(library.reader)


def test_a_comment_on_a_moment_opens_the_video_there_and_keeps_the_line(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save(url=URL)
    said = browser.comment(
        page, 75.5, "Ask *first*.", caption="Ask what they saw", tags=["sql"], made_at=5_000
    )

    found = station.collect()

    (one,) = comments(library, page)
    assert (one.seconds, one.comment, one.caption, one.made_at) == (
        75.5,
        "Ask *first*.",
        "Ask what they saw",
        5_000,
    )
    assert "v=abc" in one.url
    assert "t=75" in one.url
    assert found.updates == (said,)
    assert {Noun.ANNOTATION, Noun.TAG} <= found.changes.nouns
    assert next_undo(library.reader) == "Comment at 1:15"
    assert not browser.spool.names()


def test_a_repeat_does_nothing_even_after_the_comment_was_undone(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save(url=URL)
    number = browser.comment(page, 1, "Once")
    station.collect()
    assert library.writer is not None
    undo.undo(library.writer)

    browser.comment(page, 1, "Once", number=number)
    station.collect()

    assert comments(library, page) == []
    assert not browser.spool.names()


def test_what_comes_before_its_page_waits_for_it(
    browser: Browser, station: Station, library: Library
) -> None:
    number = "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e"
    browser.comment(number, 3, "Early")
    browser.tool(number, "Datasette")

    assert station.collect().waiting == 2
    browser.save(url=URL, number=number)
    station.collect()

    assert [one.comment for one in comments(library, number)] == ["Early"]
    assert [one.name for one in tools(library)] == ["Datasette"]


def test_words_on_a_page_that_was_deleted_for_good_leave_only_the_tool(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save(url=URL)
    station.collect()
    assert library.writer is not None
    doomed = [source(library, page)]
    triage.move(library.writer, doomed, State.TRASH)
    deletion.delete_for_good(library.writer, doomed)
    browser.comment(page, 3, "Late")
    browser.tool(page, "Datasette", problem="Shows tables")

    station.collect()

    assert not browser.spool.names()
    assert [(one.name, one.problem, one.sources) for one in tools(library)] == [
        ("Datasette", "Shows tables", ())
    ]


def test_a_comment_is_not_painted_as_a_highlight(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save(url=URL)
    browser.comment(page, 3, "Heard", caption="Not on the page")
    station.collect()

    assert for_browser.marks_on(library.reader, url_key(URL)) == []


def test_a_tool_comes_into_the_toolkit_with_its_page(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save(url="https://datasette.io/")
    browser.tool(
        page, " Datasette  ", url="https://datasette.io/", problem="Shows a table to people without SQL."
    )

    found = station.collect()

    (card,) = tools(library)
    assert (card.name, card.url) == ("Datasette", "https://datasette.io/")
    assert card.problem == "Shows a table to people without SQL."
    assert card.sources == (source(library, page),)
    assert card.review_on
    assert Noun.TOOL in found.changes.nouns
    assert next_undo(library.reader) == "Added to the toolkit: Datasette"
    assert library.writer is not None
    undo.undo(library.writer)
    assert tools(library) == []


def test_the_same_tool_is_one_card_and_none_of_the_words_is_lost(
    browser: Browser, station: Station, library: Library
) -> None:
    first, second = browser.save(url="https://datasette.io/"), browser.save(url="https://datasette.io/docs")
    browser.tool(first, "Datasette", url="https://datasette.io/", problem="Shows tables")
    browser.tool(second, "datasette", url="https://datasette.io/docs", problem="Exports as JSON")
    browser.tool(second, "Datasette docs", url="https://datasette.io", problem="Shows tables")

    station.collect()

    (card,) = tools(library)
    assert card.problem == "Shows tables\nExports as JSON"
    assert set(card.sources) == {source(library, first), source(library, second)}


def test_without_a_toolkit_tools_are_left_where_they_are(
    browser: Browser, library: Library, settings: Settings, extractor: Extractor
) -> None:
    page = browser.save(url=URL)
    browser.tool(page, "Datasette")

    found = Station(library, settings, extractor).collect()

    assert (found.waiting, len(browser.spool.names())) == (1, 1)


def test_what_is_no_comment_and_no_tool_is_set_aside_with_a_sentence(
    browser: Browser, station: Station
) -> None:
    page = browser.save(url=URL)
    browser.comment(page, 3, "  ")
    browser.tool(page, "  ")

    found = station.collect()

    assert sorted(found.set_aside) == ["A tool needs a name.", "There are no words in this comment."]


def comment_at(seconds: object) -> PageComment:
    number = "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e"
    message = {"of": number, "seconds": seconds, "comment": "x"}
    found = parse(Spooled({"format": 1, "op": "timed-comment", "id": number, "message": message}, b""))
    assert isinstance(found, PageComment)
    return found


@pytest.mark.parametrize("seconds", [-1, 1e300, None])
def test_a_moment_that_cannot_be_is_the_beginning(seconds: object) -> None:
    assert comment_at(seconds).seconds == 0


@pytest.mark.parametrize("seconds", ["x", True, []])
def test_a_moment_that_is_no_number_is_a_sentence(seconds: object) -> None:
    with pytest.raises(BadInput, match="seconds"):
        comment_at(seconds)
