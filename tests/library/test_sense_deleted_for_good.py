"""A page that is deleted for good takes its highlights, links and their traces in the journal with it."""

from collections.abc import Callable

import pytest

from desktop.library import basket, captures, links, notes, tags, undo
from desktop.library.acts import act, quietly
from desktop.library.deletion import remove_annotations
from desktop.library.opening import Library
from desktop.library.sense_values import Reason
from desktop.library.values import State
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, page
from tests.support.sensing import annotate, bear

SECRET = "Nobody should read this sentence again 4711"
OURS = ("annotation", "anchor", "annotation_tag", "block_edit", "link", "note_quote", "note_source", "basket")


@pytest.fixture
def two(writer: Writer) -> list[int]:
    return [captures.add(writer, page(name)).source_id for name in "ab"]


def delete(writer: Writer, source_id: int) -> Changes:
    captures.move(writer, [source_id], State.TRASH)
    return captures.delete_for_good(writer, [source_id])


def left(reader: Reader) -> dict[str, int]:
    return {name: len(rows) for name, rows in everything(reader).items() if name in OURS and rows}


def remove(writer: Writer, annotation_id: int) -> Changes:
    def work(connection: object) -> Changes:
        remove_annotations(connection, f"[{annotation_id}]")  # type: ignore[arg-type]
        return Changes(frozenset({Noun.ANNOTATION}), (), "", "Removed")

    return act(writer, work)


def edit_blocks(writer: Writer, source_id: int) -> None:
    def work(connection: object) -> Changes:
        connection.execute(  # type: ignore[attr-defined]
            "INSERT INTO block_edit (capture_id, op, block, made_at) "
            "SELECT capture_id, 'remove', '0/1', 5 FROM source WHERE id = ?",
            (source_id,),
        )
        return Changes(frozenset({Noun.CAPTURE}), (), "", "Block removed")

    act(writer, work)


def test_nothing_of_it_stays(library: Library, writer: Writer, reader: Reader, two: list[int]) -> None:
    gone, other = two
    marked, _ = annotate(writer, gone, SECRET, comment=SECRET)
    bear(writer, marked, "tag")
    links.link(writer, gone, other, Reason.SEE, SECRET)
    back = links.link(writer, other, gone, Reason.SUPPORTS, SECRET).made
    links.say(writer, back, "harmless")
    basket.put(writer, two, [marked])
    edit_blocks(writer, gone)
    dropped, _ = annotate(writer, gone, SECRET)
    remove(writer, dropped)
    links.unlink(writer, links.link(writer, other, gone, Reason.EXAMPLE, SECRET).made)
    changes = delete(writer, gone)

    assert {Noun.ANNOTATION, Noun.LINK, Noun.BASKET, Noun.NOTE} <= changes.nouns
    assert left(reader) == {"basket": 1}
    for path in library.paths.home.glob("library.db*"):
        assert SECRET.encode() not in path.read_bytes()
    assert reader.rows("PRAGMA foreign_key_check") == []
    labels = []
    while undone := undo.undo(writer):
        labels.append(undone.label)
    assert labels == ["Undone: 3 put into the basket"]
    assert left(reader) == {}


def test_what_another_page_has_stays_and_can_be_undone(
    writer: Writer, reader: Reader, two: list[int]
) -> None:
    gone, other = two
    marked, _ = annotate(writer, other, "kept")
    bear(writer, marked, "tag")
    note_id = notes.quote(writer, [annotate(writer, gone, "gone")[0], marked]).made
    delete(writer, gone)

    assert left(reader) == {
        "annotation": 1,
        "anchor": 1,
        "annotation_tag": 1,
        "note_quote": 1,
        "note_source": 1,
    }
    assert [row.id for row in notes.of_source(reader, other)] == [note_id]
    assert notes.save(writer, note_id, body="new").label == "Note changed"
    assert undo.undo(writer).label == "Undone: Note changed"


def test_earlier_texts_of_a_note_that_quoted_it_are_forgotten(
    library: Library, writer: Writer, reader: Reader, two: list[int]
) -> None:
    marked, _ = annotate(writer, two[0], SECRET)
    note_id = notes.quote(writer, [marked]).made
    quoting = notes.read(reader, note_id)
    assert quoting is not None
    notes.save(writer, note_id, body=f"{quoting.body}\nOne more line.")
    notes.save(writer, note_id, body="Without it.")
    notes.save(writer, note_id, title="Other")
    deleted = notes.make(
        writer, "Of both", f"{notes.citation(reader, two[0])} {notes.citation(reader, two[1])}"
    )
    notes.delete(writer, [deleted.made])
    delete(writer, two[0])

    for path in library.paths.home.glob("library.db*"):
        assert SECRET.encode() not in path.read_bytes()
    assert undo.undo(writer).label == "Undone: Note deleted: Of both"
    assert [row.title for row in notes.of_source(reader, two[1])] == ["Of both"]


@pytest.mark.parametrize("later", [lambda w: tags.merge(w, ["one"], "two"), lambda w: tags.delete(w, "one")])
def test_a_bulk_act_over_a_deleted_page_is_undone_for_the_others(
    writer: Writer, reader: Reader, two: list[int], later: Callable[[Writer], Changes]
) -> None:
    marks = [annotate(writer, each)[0] for each in two]
    for mark in marks:
        bear(writer, mark, "one")
    captures.tag(writer, two, add=["one"])
    later(writer)
    delete(writer, two[0])
    undo.undo(writer)

    assert reader.rows("SELECT annotation_id, name FROM annotation_tag JOIN tag ON tag.id = tag_id") == [
        (marks[1], "one")
    ]
    assert reader.rows("SELECT source_id, name FROM source_tag JOIN tag ON tag.id = tag_id") == [
        (two[1], "one")
    ]


def test_a_highlight_is_undone_though_it_was_carried_to_a_new_version_since(
    writer: Writer, reader: Reader, two: list[int]
) -> None:
    marked, _ = annotate(writer, two[0])
    newer = captures.add(writer, page("a", "First paragraph, changed.")).capture_id

    def carry(connection: object) -> Changes:
        connection.execute("INSERT OR REPLACE INTO anchor VALUES (?, ?, 0, 15, 'quote', 90)", (marked, newer))  # type: ignore[attr-defined]
        return Changes()

    quietly(writer, carry)
    before = everything(reader, but=("outbox", "journal_entry", "journal_change", "sqlite_sequence"))
    assert undo.undo(writer).ids == (two[0],)
    assert left(reader) == {}
    undo.redo(writer)
    assert everything(reader, but=("outbox", "journal_entry", "journal_change", "sqlite_sequence")) == before
