"""Highlights made on the live page, from the spool to the reader, each exactly once."""

import uuid

import pytest

from desktop.capture.message import parse
from desktop.capture.station import Station
from desktop.errors import BadInput
from desktop.library import captures, lists
from desktop.library.marks import annotations
from desktop.library.marks.annotations import Placed
from desktop.library.marks.page_marks import MarkEdit, PageMark
from desktop.library.opening import Library
from desktop.library.sense_values import Colour, How
from desktop.library.values import State
from desktop.store.changes import Noun
from tests.support.spooled import PAGE, Browser
from tests.support.undoing import next_undo

QUOTE = "Ask what the person saw"
CONTEXT = {"prefix": "question and not with a verdict. ", "suffix": ", and wait for it."}


def placed(library: Library, number: str) -> tuple[list[Placed], str]:
    """The annotations on a capture, and its text."""
    found = lists.source_of(library.reader, number)
    assert found is not None
    detail = lists.detail(library.reader, *found)
    assert detail is not None
    return annotations.of_capture(library.reader, found[1]), detail.text


def test_a_mark_on_the_live_page_stands_in_the_reader(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    mark = browser.annotate(
        page, QUOTE, **CONTEXT, colour="rose", comment="Ask *first*.", tags=["feedback"], made_at=5_000
    )

    found = station.collect()

    (one,), text = placed(library, page)
    assert found.updates == (mark,)
    assert {Noun.ANNOTATION, Noun.TAG} <= found.changes.nouns
    assert text[one.place.start : one.place.stop] == QUOTE
    assert (one.annotation.uuid, one.annotation.origin, one.annotation.made_at) == (mark, "page", 5_000)
    assert (one.annotation.colour, one.annotation.comment) == (Colour.ROSE, "Ask *first*.")
    assert one.annotation.tags == ("feedback",)
    assert one.annotation.range
    assert next_undo(library.reader) == "Highlighted in the browser"
    assert not browser.spool.names()


def test_an_edit_that_changes_nothing_is_nothing_to_undo(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    mark = browser.annotate(page, QUOTE, colour="rose", tags=["feedback"])
    station.collect()
    (before,), _ = placed(library, page)
    browser.annotate(page, annotation=mark, colour="rose", tags=["feedback"])
    found = station.collect()
    (after,), _ = placed(library, page)

    assert (len(found.updates), bool(found.changes)) == (1, False)
    assert after.annotation == before.annotation
    assert next_undo(library.reader) == "Highlighted in the browser"


def test_a_repeat_does_nothing_even_after_the_highlight_was_removed(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    mark = browser.annotate(page, QUOTE)
    station.collect()
    (one,), _ = placed(library, page)
    assert library.writer is not None
    annotations.remove(library.writer, [one.annotation.id])

    browser.annotate(page, QUOTE, number=mark)
    station.collect()

    assert placed(library, page)[0] == []
    assert not browser.spool.names()


def test_a_mark_waits_for_its_capture(browser: Browser, station: Station, library: Library) -> None:
    page = str(uuid.uuid4())
    browser.annotate(page, QUOTE)

    first = station.collect()
    browser.save(number=page)
    second = station.collect()

    assert (first.waiting, second.waiting) == (1, 0)
    assert len(placed(library, page)[0]) == 1


def test_typography_of_the_live_page_does_not_matter(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    browser.annotate(page, "ask  what\nthe per\u00adson saw")

    station.collect()

    (one,), text = placed(library, page)
    assert text[one.place.start : one.place.stop] == QUOTE


def test_words_that_the_article_does_not_have_are_kept_as_lost(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    browser.annotate(page, "Only the comments below the article say this", comment="Why?")

    station.collect()

    (one,), _ = placed(library, page)
    assert one.place.how == How.LOST
    assert (one.annotation.quote, one.annotation.comment) == (
        "Only the comments below the article say this", "Why?",
    )  # fmt: skip


def test_a_mark_made_before_a_newer_version_came_stands_on_both(
    browser: Browser, station: Station, library: Library
) -> None:
    old = browser.save()
    new = browser.save(
        PAGE.replace("<p>A good debrief", "<p>Sit down together before you begin.</p><p>A good debrief")
    )
    browser.annotate(old, QUOTE, **CONTEXT)

    station.collect()

    for version in (old, new):
        (one,), text = placed(library, version)
        assert text[one.place.start : one.place.stop] == QUOTE


def test_a_highlight_is_edited_and_removed_from_the_page(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    mark = browser.annotate(page, QUOTE, comment="Old")
    browser.annotate(
        page,
        annotation=mark,
        comment="New",
        colour="sky",
        tags=["t"],
        private=True,
        link="https://e.example/",
    )
    station.collect()
    (one,), _ = placed(library, page)

    browser.annotate(page, annotation=mark, removed=True)
    station.collect()

    assert (one.annotation.comment, one.annotation.colour, one.annotation.tags) == ("New", Colour.SKY, ("t",))
    assert (one.annotation.is_private, one.annotation.link) == (True, "https://e.example/")
    assert placed(library, page)[0] == []


def test_an_edit_of_a_highlight_that_has_not_come_waits(browser: Browser, station: Station) -> None:
    page = browser.save()
    browser.annotate(page, annotation=str(uuid.uuid4()), comment="x")

    assert station.collect().waiting == 1


def test_a_mark_on_a_page_deleted_for_good_is_let_go(
    browser: Browser, station: Station, library: Library
) -> None:
    page = browser.save()
    station.collect()
    source_id, _ = lists.source_of(library.reader, page) or (0, 0)
    assert library.writer is not None
    captures.move(library.writer, [source_id], State.TRASH)
    captures.delete_for_good(library.writer, [source_id])

    browser.annotate(page, QUOTE)
    browser.annotate(page, annotation=str(uuid.uuid4()), comment="x")
    found = station.collect()

    assert (found.waiting, found.set_aside) == (0, ())
    assert not browser.spool.names()


def test_a_mark_and_its_edit_are_read_by_type(browser: Browser) -> None:
    of = str(uuid.uuid4())
    mark = browser.annotate(of, QUOTE, prefix="x" * 900, colour="ultraviolet", private=True)
    edit = browser.annotate(of, annotation=mark, comment="")

    first, second = (parse(browser.spool.read(path)) for path in browser.spool.waiting())

    assert isinstance(first, PageMark)
    assert (first.uuid, first.of, first.quote, first.colour, first.is_private) == (
        mark,
        of,
        QUOTE,
        Colour.STRAW,
        True,
    )
    assert len(first.prefix) == 200
    assert second == MarkEdit(uuid=edit, of=of, annotation=mark, comment="")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"quote": " \n"},
        {"quote": 5},
        {"quote": "a", "of": "x"},
        {"annotation": "x"},
        {"quote": "a", "tags": [1]},
    ],
)
def test_what_cannot_be_a_mark_gets_a_sentence(browser: Browser, fields: dict[str, object]) -> None:
    browser.annotate(**{"of": str(uuid.uuid4()), **fields})  # type: ignore[arg-type]
    (path,) = browser.spool.waiting()

    with pytest.raises(BadInput):
        parse(browser.spool.read(path))
