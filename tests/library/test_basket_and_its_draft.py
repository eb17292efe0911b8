"""What the person writes into the basket is kept, undone, and begins with what they said of why."""

import pytest

from desktop.errors import BadInput
from desktop.learning import people
from desktop.library import basket, basket_draft, captures, undo
from desktop.library.sense_values import PackDraft
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import page


@pytest.fixture
def items(writer: Writer, reader: Reader) -> list[int]:
    """Two pages in the basket, the first with a why."""
    ids = [
        captures.add(writer, page(name, why="For the panel" if name == "a" else "")).source_id
        for name in "ab"
    ]
    basket.put(writer, ids)
    return [one.id for one in basket.items(reader)]


def test_a_sentence_is_typed_in_one_sitting_and_undone_as_one(
    writer: Writer, reader: Reader, items: list[int]
) -> None:
    for text in ("R", "Read", "Read this."):
        basket_draft.say(writer, items[0], text, sitting="now")
    assert basket.items(reader)[0].sentence == "Read this."
    undo.undo(writer)
    assert basket.items(reader)[0].sentence == ""


def test_why_is_offered_and_leaves_only_once_it_is_kept_as_the_sentence(
    writer: Writer, reader: Reader, items: list[int]
) -> None:
    assert [one.why for one in basket.items(reader)] == ["For the panel", ""]
    assert [one.sentence for one in basket.items(reader)] == ["", ""]
    basket_draft.keep_why(writer, items)
    assert [one.sentence for one in basket.items(reader)] == ["For the panel", ""]
    basket_draft.say(writer, items[0], "My own.")
    assert not basket_draft.keep_why(writer, items)
    undo.undo(writer)
    undo.undo(writer)
    assert [one.sentence for one in basket.items(reader)] == ["", ""]


def test_the_full_text_goes_for_a_reason_or_not_at_all(
    writer: Writer, reader: Reader, items: list[int]
) -> None:
    with pytest.raises(BadInput, match="why the whole page"):
        basket_draft.with_full_text(writer, items, " ")
    assert basket_draft.with_full_text(writer, items, "Offline").label == "Full text goes along (2 things)"
    assert [(one.full_text, one.why_full) for one in basket.items(reader)] == [(True, "Offline")] * 2
    basket_draft.without_full_text(writer, items[:1])
    assert [(one.full_text, one.why_full) for one in basket.items(reader)] == [(False, ""), (True, "Offline")]
    undo.undo(writer)
    undo.undo(writer)
    assert not any(one.full_text for one in basket.items(reader))
    basket_draft.whole_pack_full_text(writer, True, "For the course")
    assert basket_draft.draft(reader) == PackDraft(full_text=True, why_full="For the course")
    with pytest.raises(BadInput):
        basket_draft.whole_pack_full_text(writer, True)
    basket_draft.whole_pack_full_text(writer, False)
    assert basket_draft.draft(reader) == PackDraft()


def test_headings_and_express_ticks_are_kept_and_undone(
    writer: Writer, reader: Reader, items: list[int]
) -> None:
    assert basket_draft.put_under(writer, items, " To  start ").label == "Put under “To start” (2 things)"
    basket_draft.with_private(writer, items[:1], True)
    basket_draft.with_address(writer, items[1:], True)
    first, second = basket.items(reader)
    assert (first.heading, first.with_private, first.with_address) == ("To start", True, False)
    assert (second.heading, second.with_private, second.with_address) == ("To start", False, True)
    for _ in range(3):
        undo.undo(writer)
    first, second = basket.items(reader)
    assert (first.heading, first.with_private, second.with_address) == ("", False, False)


def test_the_draft_says_what_it_is_and_for_whom(writer: Writer, reader: Reader, items: list[int]) -> None:
    ana = people.keep(writer, "Ana", address="ana@firm.example").made
    basket_draft.write(writer, title="Five  pages", message="Hello\n", with_tags=False)
    basket_draft.address_to(writer, ana)
    assert basket_draft.draft(reader) == PackDraft("Five pages", "Hello", ana, 0, with_tags=False)
    basket_draft.address_to(writer, 0, 3)
    assert basket_draft.draft(reader).circle_id == 3
    with pytest.raises(BadInput, match="person or to a circle"):
        basket_draft.address_to(writer, ana, 3)
    undo.undo(writer)
    assert basket_draft.draft(reader).person_id == ana
    basket_draft.clear(writer)
    assert (basket.items(reader), basket_draft.draft(reader)) == ([], PackDraft())
    undo.undo(writer)
    assert [one.id for one in basket.items(reader)] == items
    people.remove(writer, [ana])
    assert basket_draft.draft(reader).person_id == 0
    undo.undo(writer)
    assert basket_draft.draft(reader).person_id == ana
    assert not basket_draft.write(writer)
