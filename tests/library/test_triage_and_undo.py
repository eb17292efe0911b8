"""Acts on sources, their labels, and their undo: also of thousands at once, and after a restart."""

import pytest

from desktop.errors import BadInput
from desktop.library import captures, lists, undo
from desktop.library.opening import Library, open_library
from desktop.library.values import State, View
from desktop.paths import Paths
from desktop.store.changes import Changes, Noun
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.many import fill
from tests.support.saving import everything, page
from tests.support.undoing import next_redo, next_undo

JOURNAL = ("outbox", "journal_entry", "journal_change", "sqlite_sequence")


@pytest.fixture
def three(writer: Writer) -> list[int]:
    return [captures.add(writer, page(name, text=f"Text of {name}.")).source_id for name in "abc"]


def states(reader: Reader) -> list[str]:
    return [str(row.state) for row in lists.page(reader, sorted(lists.ids(reader, View()))) or []]


def test_moves_say_what_they_did(writer: Writer, three: list[int]) -> None:
    one = captures.move(writer, three[:1], State.LATER, origin="list")
    many = captures.move(writer, three, State.ARCHIVE)

    assert one == Changes(frozenset({Noun.SOURCE}), (three[0],), "list", "Moved to Later")
    assert many.label == "3 moved to Archive"
    assert captures.move(writer, three, State.TRASH).label == "3 moved to Trash"
    assert captures.move(writer, three[:2], State.INBOX).label == "2 moved to Inbox"


def test_what_is_there_already_is_left_alone(writer: Writer, reader: Reader, three: list[int]) -> None:
    captures.move(writer, three[:2], State.LATER)
    changes = captures.move(writer, three, State.LATER)

    assert changes.ids == (three[2],)
    assert not captures.move(writer, three, State.LATER)
    assert not captures.move(writer, [999], State.LATER)
    assert next_undo(reader) == "Moved to Later"


def test_tags_are_added_and_removed_as_one_act(writer: Writer, reader: Reader, three: list[int]) -> None:
    assert captures.tag(writer, three, add=["SQL", " sql ", ""]).label == "3 tagged SQL"
    assert captures.tag(writer, three[:1], add=["sql"]) == Changes()
    mixed = captures.tag(writer, three[:2], add=["new", "newer"], remove=["sQl"])
    assert mixed.label == "2 with changed tags"
    assert [(tag.name, tag.count) for tag in lists.tags(reader)] == [("new", 2), ("newer", 2), ("SQL", 1)]
    assert captures.tag(writer, three[:1], remove=["new"]).label == "Tag removed: new"

    undo.undo(writer)
    undo.undo(writer)
    assert [(tag.name, tag.count) for tag in lists.tags(reader)] == [("SQL", 3)]
    undo.undo(writer)
    assert lists.tags(reader) == []
    assert reader.row("SELECT count(*) FROM tag") == (0,)


def test_goals_are_set_and_removed(writer: Writer, reader: Reader, three: list[int]) -> None:
    assert captures.set_goals(writer, three[:1], add=["Fair interviews"]).label == "Goal set: Fair interviews"
    assert captures.set_goals(writer, three, add=["fair interviews"]).label == "3 tied to fair interviews"
    assert [(goal.name, goal.count) for goal in lists.goals(reader)] == [("Fair interviews", 3)]
    assert captures.set_goals(writer, three, remove=["Fair interviews"]).ids == tuple(three)
    assert captures.set_goals(writer, three, remove=["Fair interviews"]) == Changes()
    assert [(goal.name, goal.count) for goal in lists.goals(reader)] == [("Fair interviews", 0)]
    for _ in range(3):
        undo.undo(writer)
    assert lists.goals(reader) == []


def test_texts_of_the_person_are_set_and_undone(writer: Writer, reader: Reader, three: list[int]) -> None:
    assert captures.retitle(writer, three[0], "Mine").label == "Title changed"
    assert captures.set_why(writer, three[0], "Because.").label == "Why it matters changed"
    assert captures.set_found_through(writer, three[0], "Jonas").label == "Found through changed"
    assert captures.set_why(writer, three[0], "Because.") == Changes()
    assert captures.set_why(writer, 999, "Nobody") == Changes()
    (row,) = lists.page(reader, three[:1])
    assert (row.title, row.why) == ("Mine", "Because.")

    assert undo.undo(writer).label == "Undone: Found through changed"
    undo.undo(writer)
    undo.undo(writer)
    (row,) = lists.page(reader, three[:1])
    assert (row.title, row.why) == ("Title of a", "")
    undo.redo(writer)
    assert captures.retitle(writer, three[0], "  ").label == "Title changed"
    (row,) = lists.page(reader, three[:1])
    assert row.title == "Title of a"


def test_reading_is_kept_and_is_no_act_to_undo(writer: Writer, reader: Reader, three: list[int]) -> None:
    assert captures.mark_read(writer, three[:2]).ids == tuple(three[:2])
    assert captures.mark_read(writer, three).ids == (three[2],)
    assert captures.mark_read(writer, three[:1], is_read=False)
    assert captures.keep_position(writer, three[1], 120, 0.25).ids == (three[1],)
    assert captures.keep_position(writer, three[1], 120, 0.25) == Changes()
    detail = lists.detail(reader, three[1])

    assert detail is not None
    assert (detail.position, detail.progress, detail.is_read) == (120, 0.25, True)
    assert next_undo(reader) == ""
    assert undo.undo(writer) == Changes()


@pytest.mark.parametrize(("offset", "progress"), [(-1, 0.0), (0, -0.1), (0, 1.1), (0, float("nan"))])
def test_a_position_outside_the_text_is_refused(
    writer: Writer, three: list[int], offset: int, progress: float
) -> None:
    with pytest.raises(BadInput):
        captures.keep_position(writer, three[0], offset, progress)


def test_undo_and_redo_work_across_restarts(library: Library, writer: Writer, three: list[int]) -> None:
    captures.move(writer, three, State.LATER)
    captures.tag(writer, three[:1], add=["x"])
    library.close()

    with open_library(library.paths, write=True) as again:
        assert again.writer is not None
        assert next_undo(again.reader) == "Tagged x"
        assert undo.undo(again.writer).label == "Undone: Tagged x"
    with open_library(library.paths, write=True) as again:
        assert again.writer is not None
        assert next_redo(again.reader) == "Tagged x"
        flipped = undo.undo(again.writer, origin="window")
        assert (flipped.ids, flipped.origin, flipped.nouns) == (
            tuple(reversed(three)),
            "window",
            frozenset({Noun.SOURCE}),
        )
        assert lists.counts(again.reader).inbox == 3
        assert undo.redo(again.writer).label == "Done again: 3 moved to Later"
        assert undo.redo(again.writer).label == "Done again: Tagged x"
        assert undo.redo(again.writer) == Changes()


def test_thousands_are_moved_and_undone_as_one_act(paths: Paths) -> None:
    fill(paths, 3_000)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        before = everything(library.reader, but=JOURNAL)
        wanted = list(lists.ids(library.reader, View(State.ARCHIVE)))
        changes = captures.move(library.writer, wanted, State.LATER)

        assert len(changes.ids) == len(wanted) > 2_000
        assert changes.label == f"{len(wanted):,} moved to Later"
        assert library.reader.row("SELECT count(*) FROM journal_entry") == (1,)
        assert undo.undo(library.writer).label == f"Undone: {changes.label}"
        after = everything(library.reader, but=JOURNAL)
        # when it changed is no part of what is undone
        assert [row[:5] + row[6:13] + row[14:] for row in after.pop("source")] == [
            row[:5] + row[6:13] + row[14:] for row in before.pop("source")
        ]
        assert after == before


def test_undo_leaves_alone_what_a_capture_brought_since(
    writer: Writer, reader: Reader, three: list[int]
) -> None:
    captures.tag(writer, three[:1], add=["shared"])
    captures.add(writer, page("d", tags=("shared",)))
    undo.undo(writer)

    assert [(tag.name, tag.count) for tag in lists.tags(reader)] == [("shared", 1)]


def test_what_can_no_longer_be_undone_is_said_and_nothing_is_torn(
    writer: Writer, reader: Reader, three: list[int]
) -> None:
    captures.tag(writer, three, add=["old"])
    captures.move(writer, three, State.LATER)
    captures.tag(writer, three, remove=["old"])
    # A tag that nothing bears may be taken away behind the journal's back.
    writer.run(lambda session: session.connection().exec_driver_sql("DELETE FROM tag"))
    before = everything(reader, but=JOURNAL)

    with pytest.raises(BadInput, match="3 without old"):
        undo.undo(writer)

    assert everything(reader, but=JOURNAL) == before
    assert undo.undo(writer).label == "Undone: 3 moved to Later"  # the older acts are not blocked


def test_what_is_noted_for_the_balance_goes_with_the_act(
    writer: Writer, reader: Reader, three: list[int]
) -> None:
    captures.move(writer, three, State.ARCHIVE)
    captures.set_why(writer, three[0], "Because.")
    rows = "SELECT verb, act, count FROM event ORDER BY id"

    assert reader.rows(rows)[3:] == [("sense", "triaged", 3), ("sense", "said why", 1)]
    undo.undo(writer)
    undo.undo(writer)
    assert reader.rows(rows) == [("seek", "captured", 1)] * 3
