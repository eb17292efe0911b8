"""Links with a reason, saved searches, the basket: each act is one undo, and nothing is there twice."""

from collections.abc import Callable

import pytest

from desktop.errors import BadInput
from desktop.library import basket, captures, links, notes, searches, undo
from desktop.library.sense_values import Reason
from desktop.library.values import State
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page
from tests.support.sensing import annotate

NOT_UNDONE = ("outbox", "journal_entry", "journal_change", "sqlite_sequence")
HARD = "𝒷 ‮x‬ \x07 '\"; -- \\ \r\n\tend"


@pytest.fixture
def three(writer: Writer) -> list[int]:
    return [captures.add(writer, page(name)).source_id for name in "abc"]


def undone(writer: Writer, reader: Reader, command: Callable[[], Changes]) -> Changes:
    before = everything(reader, but=NOT_UNDONE)
    changes = command()
    after = everything(reader, but=NOT_UNDONE)
    assert before != after
    assert changes.label
    undo.undo(writer)
    assert everything(reader, but=NOT_UNDONE) == before
    undo.redo(writer)
    assert everything(reader, but=NOT_UNDONE) == after
    return changes


def test_a_link_is_seen_from_both_ends(writer: Writer, reader: Reader, three: list[int]) -> None:
    a, b, c = three
    made = undone(writer, reader, lambda: links.link(writer, a, b, Reason.SUPPORTS, f" {HARD} ", "panel"))
    links.link(writer, c, a, Reason.CONTRADICTS)

    assert (made.nouns, made.ids, made.origin) == ({Noun.LINK}, (a, b), "panel")
    forth, back = links.of(reader, a)
    assert (forth.id, forth.other_id, forth.is_back, forth.reason) == (made.made, b, False, Reason.SUPPORTS)
    assert (forth.sentence, forth.title, forth.site) == (HARD.strip(), "Title of b", "Site")
    assert (back.other_id, back.is_back, back.reason, back.is_in_trash) == (
        c,
        True,
        Reason.CONTRADICTS,
        False,
    )
    assert [(one.other_id, one.is_back) for one in links.of(reader, b)] == [(a, True)]
    captures.move(writer, [c], State.TRASH)
    assert links.of(reader, a)[1].is_in_trash


def test_a_link_is_changed_and_removed(writer: Writer, reader: Reader, three: list[int]) -> None:
    a, b, _ = three
    made = links.link(writer, a, b, Reason.SEE).made
    undone(writer, reader, lambda: links.say(writer, made, "Because."))
    undone(writer, reader, lambda: links.change(writer, made, Reason.EXAMPLE, "Because."))
    undone(writer, reader, lambda: links.link(writer, a, b, Reason.EXAMPLE, "Another sentence"))

    assert [(one.id, one.sentence) for one in links.of(reader, a)] == [(made, "Another sentence")]
    assert undone(writer, reader, lambda: links.unlink(writer, made)).ids == (a, b)
    assert links.of(reader, a) == []
    assert links.unlink(writer, made) == links.say(writer, made, "x") == Changes()


def test_what_cannot_be_linked_is_said(writer: Writer, three: list[int]) -> None:
    a, b, _ = three
    links.link(writer, a, b, Reason.SEE)
    other = links.link(writer, a, b, Reason.SUPPORTS).made

    with pytest.raises(BadInput, match="to itself"):
        links.link(writer, a, a, Reason.SEE)
    with pytest.raises(BadInput, match="not here any more"):
        links.link(writer, a, 99, Reason.SEE)
    with pytest.raises(BadInput, match="by that reason already"):
        links.change(writer, other, Reason.SEE, "")
    assert links.change(writer, other, Reason.SUPPORTS, "") == Changes()


def test_searches_are_kept_in_the_persons_order(writer: Writer, reader: Reader) -> None:
    first = undone(writer, reader, lambda: searches.keep(writer, "", " pivot tag:sql ")).made
    second = searches.keep(writer, HARD, "second").made
    third = searches.keep(writer, "Third", "third").made

    assert [one.name for one in searches.all_of(reader)] == ["pivot tag:sql", HARD, "Third"]
    undone(writer, reader, lambda: searches.reorder(writer, [third, 99, first, third]))
    assert [one.id for one in searches.all_of(reader)] == [third, first, second]
    undone(writer, reader, lambda: searches.rename(writer, first, "Mine"))
    undone(writer, reader, lambda: searches.set_query(writer, first, "other"))
    assert searches.all_of(reader)[1].query == "other"
    undone(writer, reader, lambda: searches.remove(writer, [first, third]))
    assert [one.id for one in searches.all_of(reader)] == [second]
    assert searches.reorder(writer, [second]) == searches.remove(writer, [first]) == Changes()


def test_an_empty_search_is_refused(writer: Writer, reader: Reader) -> None:
    made = searches.keep(writer, "x", "y").made
    for command in (
        lambda: searches.keep(writer, "name", "  "),
        lambda: searches.set_query(writer, made, ""),
        lambda: searches.rename(writer, made, " "),
    ):
        with pytest.raises(BadInput):
            command()
    assert len(searches.all_of(reader)) == 1


def test_the_basket_holds_pages_quotes_and_notes_once(
    writer: Writer, reader: Reader, three: list[int]
) -> None:
    marked, _ = annotate(writer, three[1], "quoted")
    note_id = notes.make(writer, "A note").made
    changes = undone(
        writer, reader, lambda: basket.put(writer, [three[2], three[0], three[2]], [marked], [note_id])
    )

    assert changes.label == "4 put into the basket"
    shown = [
        (one.source_id, one.annotation_id, one.note_id, one.title, one.quote) for one in basket.items(reader)
    ]
    assert shown == [
        (three[2], 0, 0, "Title of c", ""),
        (three[0], 0, 0, "Title of a", ""),
        (three[1], marked, 0, "Title of b", "quoted"),
        (0, 0, note_id, "A note", ""),
    ]
    assert basket.count(reader) == 4
    assert basket.holds(reader, three) == {three[0], three[2]}
    assert basket.put(writer, three[:1], [marked], [note_id]) == Changes()
    undone(writer, reader, lambda: basket.take_out(writer, [one.id for one in basket.items(reader)][:2]))
    assert basket.count(reader) == 2
    undone(writer, reader, lambda: basket.empty(writer))
    assert basket.items(reader) == []
    assert basket.empty(writer) == Changes()


def test_one_key_puts_in_and_takes_out(writer: Writer, reader: Reader, three: list[int]) -> None:
    basket.put(writer, three[:1])
    assert undone(writer, reader, lambda: basket.toggle(writer, three)).label == "2 put into the basket"
    assert undone(writer, reader, lambda: basket.toggle(writer, three)).label == "3 taken out of the basket"
    assert basket.toggle(writer, [three[0]]).label == "Put into the basket"
    assert basket.toggle(writer, [99]) == Changes()


def test_what_is_deleted_leaves_the_basket_and_comes_back_with_undo(
    writer: Writer, reader: Reader, three: list[int]
) -> None:
    note_id = notes.make(writer, "A note").made
    basket.put(writer, three[:1], note_ids=[note_id])
    undone(writer, reader, lambda: notes.delete(writer, [note_id]))

    assert basket.count(reader) == 1
