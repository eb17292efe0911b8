"""What belongs together is one undo: a sitting at a note, a highlight's card, the order of the basket."""

from desktop.library import basket, captures, notes, undo
from desktop.library.marks import annotations
from desktop.library.sense_values import Colour
from desktop.store.changes import Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import page
from tests.support.sensing import annotate, bear


def body(reader: Reader, note_id: int) -> str:
    note = notes.read(reader, note_id)
    return note.body if note else "gone"


def test_all_that_is_saved_in_one_sitting_is_one_undo(writer: Writer, reader: Reader) -> None:
    note = notes.make(writer, "Plan", "first").made
    for words in ("first a", "first a b", "first a b c"):
        notes.save(writer, note, body=words, sitting="one")
    changes = reader.rows("SELECT count(*) FROM journal_change WHERE field = 'body'")[0][0]
    undone = undo.undo(writer)

    assert changes == 1
    assert undone.label.endswith("Note changed: Plan")
    assert body(reader, note) == "first"
    undo.redo(writer)
    assert body(reader, note) == "first a b c"


def test_a_note_that_was_begun_in_a_sitting_goes_as_a_whole(writer: Writer, reader: Reader) -> None:
    note = notes.make(writer, "", "a", sitting="one").made
    notes.save(writer, note, title="Plan", body="a b", sitting="one")
    undo.undo(writer)
    assert notes.all_of(reader) == []
    undo.redo(writer)
    assert body(reader, note) == "a b"


def test_another_act_or_an_undo_ends_the_sitting(writer: Writer, reader: Reader) -> None:
    note = notes.make(writer, "Plan", "0").made
    notes.save(writer, note, body="1", sitting="one")
    notes.set_private(writer, note, True)
    notes.save(writer, note, body="2", sitting="one")
    undo.undo(writer)
    assert body(reader, note) == "1"
    notes.save(writer, note, body="3", sitting="one")
    undo.undo(writer)
    assert body(reader, note) == "1"
    undo.undo(writer)
    undo.undo(writer)
    assert body(reader, note) == "0"


def test_a_sitting_that_comes_back_to_where_it_began_can_be_undone(writer: Writer, reader: Reader) -> None:
    note = notes.make(writer, "Plan", "0").made
    notes.save(writer, note, body="1", sitting="one")
    notes.save(writer, note, body="0", sitting="one")
    undo.undo(writer)
    assert body(reader, note) == "0"
    undo.undo(writer)
    assert notes.read(reader, note) is None


def test_a_card_is_changed_as_one(writer: Writer, reader: Reader) -> None:
    source = captures.add(writer, page("a")).source_id
    one, _ = annotate(writer, source, "Words")
    changes = annotations.edit(
        writer, one, colour=Colour.SKY, comment=" Mine. ", tags=("work",), link="https://site.example"
    )
    (found,) = annotations.of_source(reader, source)

    assert changes.label == "Highlight changed"
    assert changes.nouns >= {Noun.ANNOTATION, Noun.TAG}
    assert (found.colour, found.comment, found.tags) == (Colour.SKY, "Mine.", ("work",))
    undo.undo(writer)
    (found,) = annotations.of_source(reader, source)
    assert (found.colour, found.comment, found.tags, found.link) == (Colour.STRAW, "", (), "")
    assert annotations.edit(writer, one, comment="Mine.").label == "Comment saved"
    assert not annotations.edit(writer, one, comment="Mine.")


def test_several_highlights_get_and_lose_tags_as_one(writer: Writer, reader: Reader) -> None:
    source = captures.add(writer, page("a")).source_id
    ones = [annotate(writer, source, words)[0] for words in ("One", "Two")]
    bear(writer, ones[0], "old", "kept")
    annotations.tag(writer, ones, ["new"], ["old"])
    assert [one.tags for one in annotations.of_source(reader, source)] == [("kept", "new"), ("new",)]
    undo.undo(writer)
    assert [one.tags for one in annotations.of_source(reader, source)] == [("kept", "old"), ()]


def test_the_basket_keeps_the_order_that_it_is_given(writer: Writer, reader: Reader) -> None:
    sources = [captures.add(writer, page(name)).source_id for name in "abc"]
    basket.put(writer, sources)
    first, second, third = (item.id for item in basket.items(reader))
    basket.reorder(writer, [third, first])

    assert [item.id for item in basket.items(reader)] == [third, first, second]
    assert not basket.reorder(writer, [third, first, second])
    assert basket.sources(reader) == frozenset(sources)
    undo.undo(writer)
    assert [item.id for item in basket.items(reader)] == [first, second, third]
