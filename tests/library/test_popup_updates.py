"""What the popup edits after the save: once per UUID, after its capture, taking back what that one gave."""

from typing import Any

import pytest

from desktop.library import captures, lists, undo
from desktop.library.values import Row, State
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page

UUID = "aaaaaaaa-0000-4000-8000-000000000000"


def only(reader: Reader) -> Row:
    (row,) = lists.page(reader, [1])
    return row


def test_an_update_before_its_capture_waits(writer: Writer, reader: Reader) -> None:
    assert captures.update(writer, uuid="u", of=UUID, why="Soon.") is None
    captures.add(writer, page(uuid=UUID))
    assert captures.update(writer, uuid="u", of=UUID, why="Soon.")
    assert only(reader).why == "Soon."


def test_an_update_counts_once(writer: Writer, reader: Reader) -> None:
    captures.add(writer, page(uuid=UUID))
    first = captures.update(writer, uuid="u", of=UUID, title="Once")
    captures.retitle(writer, 1, "Then by hand")
    again = captures.update(writer, uuid="u", of=UUID, title="Once")

    assert first is not None
    assert first.label == "Edited in the browser"
    assert again is not None
    assert not again
    assert only(reader).title == "Then by hand"


def test_what_was_not_touched_stays(writer: Writer, reader: Reader) -> None:
    captures.add(writer, page(uuid=UUID, tags=("one",), why="Why.", goal="Goal", found_through="Ana"))
    captures.update(writer, uuid="u", of=UUID, title="Title")

    row = only(reader)
    assert (row.title, row.tags, row.why, row.goals) == ("Title", ("one",), "Why.", ("Goal",))


def test_an_update_takes_back_only_what_its_own_capture_gave(writer: Writer, reader: Reader) -> None:
    captures.add(writer, page(tags=("early", "both"), why="Early.", goal="Early goal"))
    captures.add(writer, page(uuid=UUID, tags=("late", "both"), why="Late.", goal="Late goal"))
    captures.update(writer, uuid="u1", of=UUID, tags=("new",), why="Better.", goal="New goal")
    row = only(reader)

    # "both" was given by the later capture too, so the popup may take it off.
    assert row.tags == ("early", "new")
    assert row.why == "Early.\nBetter."
    assert row.goals == ("Early goal", "New goal")
    captures.update(writer, uuid="u2", of=UUID, tags=(), why="", goal="")
    row = only(reader)
    assert (row.tags, row.why, row.goals) == (("early",), "Early.", ("Early goal",))


@pytest.mark.parametrize(
    ("said", "expected"),
    [("", ""), ("One.", "One."), ("One.\nTwo.", "One.\nTwo."), ("One.\n\nTwo.", "One.\n\nTwo.")],
)
def test_a_sentence_typed_letter_by_letter_ends_as_it_was_typed(
    writer: Writer, reader: Reader, said: str, expected: str
) -> None:
    captures.add(writer, page(uuid=UUID))
    for at in range(len(said) + 1):
        captures.update(writer, uuid=f"u{at}", of=UUID, why=said[:at], found_through=said[:at])
    assert only(reader).why == expected


def test_an_update_is_undone_as_one_act(writer: Writer, reader: Reader) -> None:
    captures.add(writer, page(uuid=UUID, tags=("one",)))
    watched = ("source_tag", "source_goal")
    before = {table: rows for table, rows in everything(reader).items() if table in watched}
    fields: dict[str, Any] = {"title": "T", "tags": ("two",), "goal": "G", "why": "W", "found_through": "F"}
    captures.update(writer, uuid="u", of=UUID, **fields)
    undo.undo(writer)

    assert {table: rows for table, rows in everything(reader).items() if table in watched} == before
    row = only(reader)
    assert (row.title, row.why, row.tags, row.goals) == ("Title of a", "", ("one",), ())


def test_an_update_of_what_was_deleted_for_good_is_done_with(writer: Writer, reader: Reader) -> None:
    captures.add(writer, page(uuid=UUID))
    captures.move(writer, [1], State.TRASH)
    captures.delete_for_good(writer, [1])

    changes = captures.update(writer, uuid="u", of=UUID, why="Too late.")
    assert changes is not None
    assert not changes
