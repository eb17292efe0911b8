"""What is read of a library for an export: everything of a page, a hundred pages at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.library import captures
from desktop.library.marks import annotations
from desktop.library.opening import Library, open_library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.share.export import selection
from desktop.share.export.selection import Exported, Items
from desktop.store.writer import Writer
from tests.support.saving import page, statements

TEXT = "First paragraph of a page that says things."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Paths(tmp_path / "library"), write=True) as opened:
        yield opened


@pytest.fixture
def writer(library: Library) -> Writer:
    assert library.writer is not None
    return library.writer


def all_of(library: Library, **others: bool) -> list[Exported]:
    return list(Items(library.reader, library.paths, selection.everything(library.reader), **others))


def test_a_page_comes_with_all_that_was_done_with_it(library: Library, writer: Writer) -> None:
    first = captures.add(writer, page("a", TEXT, author="Ana", tags=("sql", "pay"), goal="Read plans"))
    captures.set_why(writer, first.source_id, "For Monday")
    captures.set_found_through(writer, first.source_id, "Jonas")
    annotations.highlight(writer, first.capture_id, 6, 15, comment="Mine", tags=["marked"])
    annotations.highlight(writer, first.capture_id, 0, 5)
    again = captures.add(writer, page("a", TEXT + " More."))

    (one,) = all_of(library)
    assert (one.id, one.capture_id) == (first.source_id, again.capture_id)
    assert (one.author, one.why, one.found_through, one.people) == ("", "For Monday", "Jonas", ("Jonas",))
    assert (one.tags, one.goals) == (("pay", "sql"), ("Read plans",))
    assert [mark.quote for mark in one.annotations] == ["First", "paragraph"]
    assert one.annotations[1].tags == ("marked",)
    assert one.text == TEXT + " More."
    (bare,) = Items(library.reader, library.paths, [one.id]).without_text()
    assert (bare.text, bare.html, bare.title) == ("", "", one.title)


def test_the_uuid_stays_when_a_page_is_saved_again(library: Library, writer: Writer) -> None:
    captures.add(writer, page("a", TEXT))
    (before,) = all_of(library)
    captures.add(writer, page("a", TEXT + " More."))

    assert [one.uuid for one in all_of(library)] == [before.uuid]


def test_what_is_private_stays_only_when_asked(library: Library, writer: Writer) -> None:
    captures.add(writer, page("a", TEXT, is_private=True))
    open_one = captures.add(writer, page("b", TEXT, why="Secret"))
    annotations.highlight(writer, open_one.capture_id, 0, 5, is_private=True)
    annotations.highlight(writer, open_one.capture_id, 6, 15)

    assert [(len(one.annotations), one.why) for one in all_of(library)] == [(2, "Secret"), (0, "")]
    assert [(len(one.annotations), one.why) for one in all_of(library, with_private=False)] == [(1, "")]


def test_trash_stays_behind_and_gone_pages_are_left_out(library: Library, writer: Writer) -> None:
    first = captures.add(writer, page("a", tags=("work/sql",), goal="Read plans")).source_id
    second = captures.add(writer, page("b")).source_id
    captures.move(writer, [second], State.TRASH)

    assert list(selection.everything(library.reader)) == [first]
    assert list(selection.of_tag(library.reader, "work")) == [first]
    assert list(selection.of_goal(library.reader, 1)) == [first]
    assert [one.id for one in Items(library.reader, library.paths, [first, 99, second])] == [first, second]


def test_pages_are_read_a_hundred_at_a_time(
    library: Library, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "PAGE", 3)
    for number in range(7):
        captures.add(writer, page(str(number)))
    with statements(library.reader.connection()) as seen:
        assert len(all_of(library)) == 7

    assert len(seen) == 1 + 3 * 6
