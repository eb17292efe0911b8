"""Tags as the person orders them: renamed, moved, merged, aliased, coloured, deleted; each one undo."""

from collections.abc import Callable

import pytest

from desktop.errors import BadInput
from desktop.library import captures, lists, notes, searches, tags, undo, vocabulary
from desktop.library.opening import open_library
from desktop.library.sense_values import Colour
from desktop.library.values import View
from desktop.paths import Paths
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.many import fill
from tests.support.saving import everything, page
from tests.support.sensing import annotate, bear

NOT_UNDONE = ("outbox", "journal_entry", "journal_change", "sqlite_sequence")


@pytest.fixture
def four(writer: Writer) -> list[int]:
    """Pages a (work/sql), b (work/sql, people), c (work, ppl), d (work/sql/plans)."""
    given = (
        ("a", ["work/sql"]),
        ("b", ["work/sql", "people"]),
        ("c", ["work", "ppl"]),
        ("d", ["work/sql/plans"]),
    )
    return [captures.add(writer, page(name, tags=tuple(names))).source_id for name, names in given]


def borne(reader: Reader) -> dict[str, list[str]]:
    """Which tags each page bears."""
    return {row.title[-1]: list(row.tags) for row in lists.page(reader, sorted(lists.ids(reader, View())))}


def names(reader: Reader) -> list[str]:
    return [row.name for row in vocabulary.tree(reader)]


def undone(writer: Writer, reader: Reader, command: Callable[[], Changes]) -> Changes:
    """Run a command; undo must bring every row back, and redo must do it again."""
    before = everything(reader, but=NOT_UNDONE)
    changes = command()
    after = everything(reader, but=NOT_UNDONE)
    assert before != after
    undo.undo(writer)
    assert everything(reader, but=NOT_UNDONE) == before
    undo.redo(writer)
    assert everything(reader, but=NOT_UNDONE) == after
    return changes


def test_a_renamed_tag_takes_those_below_with_it(writer: Writer, reader: Reader, four: list[int]) -> None:
    changes = undone(writer, reader, lambda: tags.rename(writer, "work/sql", "data/queries"))

    assert changes.label == "Tag renamed: work/sql → data/queries"
    assert set(changes.ids) == {four[0], four[1], four[3]}
    assert borne(reader) == {
        "a": ["data/queries"],
        "b": ["data/queries", "people"],
        "c": ["ppl", "work"],
        "d": ["data/queries/plans"],
    }


@pytest.mark.parametrize(
    ("name", "to", "after"),
    [
        ("work", "work/sql", ["work", "work/sql", "work/sql/sql", "work/sql/sql/plans"]),
        ("work/sql", "work", []),
        ("WORK", "Work", ["Work", "Work/sql", "Work/sql/plans"]),
        ("work", " job / daily/ ", ["job", "job/daily", "job/daily/sql", "job/daily/sql/plans"]),
    ],
)
def test_renaming_into_its_own_path_and_in_other_letters(
    writer: Writer, reader: Reader, four: list[int], name: str, to: str, after: list[str]
) -> None:
    if not after:  # there is a "work" already
        with pytest.raises(BadInput, match="There is a tag “work” already"):
            tags.rename(writer, name, to)
        return
    undone(writer, reader, lambda: tags.rename(writer, name, to))

    assert [one for one in names(reader) if not one.startswith("p")] == after


def test_the_beginning_of_a_path_can_be_renamed_though_no_page_bears_it(
    writer: Writer, reader: Reader
) -> None:
    captures.add(writer, page("a", tags=("lab/bench/safe",)))
    undone(writer, reader, lambda: tags.rename(writer, "lab", "workshop"))

    assert names(reader) == ["workshop", "workshop/bench", "workshop/bench/safe"]


def test_moving_puts_a_tag_under_another_or_to_the_top(
    writer: Writer, reader: Reader, four: list[int]
) -> None:
    tags.move(writer, "people", "work")
    tags.move(writer, "work/sql", "")

    assert names(reader) == ["ppl", "sql", "sql/plans", "work", "work/people"]
    assert tags.move(writer, "sql", "") == Changes()
    tags.add_alias(writer, "work", "job")
    tags.move(writer, "sql", "job")
    tags.move(writer, "work/sql", "")
    assert names(reader) == ["ppl", "sql", "sql/plans", "work", "work/people"]
    with pytest.raises(BadInput, match="cannot stand below itself"):
        tags.move(writer, "sql", "sql/plans")
    with pytest.raises(BadInput, match="cannot stand below itself"):
        tags.move(writer, "sql", "SQL")


def test_merging_makes_one_tag_of_two_on_everything_and_keeps_the_old_word(
    writer: Writer, reader: Reader, four: list[int]
) -> None:
    annotation_id, _ = annotate(writer, four[0])
    bear(writer, annotation_id, "ppl")
    note_id = notes.make(writer, "Note", tags=("ppl", "people")).made
    changes = undone(writer, reader, lambda: tags.merge(writer, ["ppl"], "people"))

    assert (changes.label, changes.ids) == ("Merged ppl into people", (four[2],))
    assert borne(reader)["c"] == ["people", "work"]
    note = notes.read(reader, note_id)
    assert note is not None
    assert note.tags == ("people",)
    (row,) = [one for one in vocabulary.tree(reader) if one.name == "people"]
    assert (row.count, row.annotations, row.notes, row.aliases) == (2, 1, 1, ("ppl",))
    assert list(lists.ids(reader, View(tag="ppl"))) == [four[2], four[1]]


def test_a_word_that_was_merged_away_leads_to_its_tag_when_given_and_taken(
    writer: Writer, reader: Reader, four: list[int]
) -> None:
    tags.merge(writer, ["ppl"], "people")
    captures.add(writer, page("e", tags=("PPL",)))
    tags.tag(writer, [four[1]], remove=["ppl"])

    assert borne(reader)["e"] == ["people"]
    assert borne(reader)["b"] == ["work/sql"]
    assert "ppl" not in names(reader)


def test_what_stands_below_a_merged_tag_follows_and_meets_its_like(
    writer: Writer, reader: Reader, four: list[int]
) -> None:
    captures.add(writer, page("e", tags=("data/plans", "data")))
    undone(writer, reader, lambda: tags.merge(writer, ["work/sql", "work"], "data"))

    assert borne(reader) == {
        "a": ["data"],
        "b": ["data", "people"],
        "c": ["data", "ppl"],
        "d": ["data/plans"],
        "e": ["data", "data/plans"],
    }


def test_a_tag_merged_into_its_own_child_leaves_the_children_where_they_are(
    writer: Writer, reader: Reader, four: list[int]
) -> None:
    tags.merge(writer, ["work"], "work/sql")

    assert borne(reader)["c"] == ["ppl", "work/sql"]
    assert borne(reader)["d"] == ["work/sql/plans"]


def test_merging_nothing_is_no_act_and_makes_no_tag(writer: Writer, reader: Reader, four: list[int]) -> None:
    captures.add(writer, page("e", tags=("lab/bench",)))
    before = everything(reader)

    assert tags.merge(writer, [], "fresh") == Changes()
    assert tags.merge(writer, ["people"], "People") == Changes()
    assert tags.merge(writer, ["lab"], "lab/bench") == Changes()  # no page bears "lab" itself
    assert everything(reader, but=("sqlite_sequence",)) == {
        name: rows for name, rows in before.items() if name != "sqlite_sequence"
    }


def test_deleting_takes_a_tag_off_everything_and_the_pages_stay(
    writer: Writer, reader: Reader, four: list[int]
) -> None:
    tags.add_alias(writer, "work/sql", "databases")
    changes = undone(writer, reader, lambda: tags.delete(writer, "work/sql"))

    assert (changes.label, set(changes.ids)) == ("Tag deleted: work/sql", set(four[:2]))
    assert names(reader) == ["people", "ppl", "work", "work/sql", "work/sql/plans"]
    assert vocabulary.resolve(reader, "work/sql") is vocabulary.resolve(reader, "databases") is None
    with pytest.raises(BadInput, match="only the beginning"):
        tags.delete(writer, "work/sql")
    changes = undone(writer, reader, lambda: tags.delete(writer, "work", with_children=True))
    assert changes.label == "2 tags deleted: work"
    assert names(reader) == ["people", "ppl"]
    assert lists.counts(reader).all == 4


def test_an_alias_is_free_or_refused(writer: Writer, reader: Reader, four: list[int]) -> None:
    undone(writer, reader, lambda: tags.add_alias(writer, "people", "Menschen"))

    with pytest.raises(BadInput, match="There is a tag “ppl” already"):
        tags.add_alias(writer, "people", "PPL")
    with pytest.raises(BadInput, match="stands for the tag “people” already"):
        tags.add_alias(writer, "work", "menschen")
    with pytest.raises(BadInput, match="stands for the tag “people” already"):
        tags.rename(writer, "work", "menschen")
    assert tags.rename(writer, "people", "Menschen")  # its own alias may become its name
    undone(writer, reader, lambda: tags.add_alias(writer, "Menschen", "humans"))
    undone(writer, reader, lambda: tags.remove_alias(writer, "Humans"))
    assert tags.remove_alias(writer, "humans") == Changes()


def test_a_colour_is_inherited_and_undone(writer: Writer, reader: Reader, four: list[int]) -> None:
    undone(writer, reader, lambda: tags.set_colour(writer, "work", Colour.SKY))
    tags.set_colour(writer, "work/sql/plans", Colour.ROSE)

    found = {row.name: row.colour for row in vocabulary.tree(reader)}
    assert found == {
        "people": None,
        "ppl": None,
        "work": Colour.SKY,
        "work/sql": Colour.SKY,
        "work/sql/plans": Colour.ROSE,
    }
    assert vocabulary.colours(reader) == {name: colour for name, colour in found.items() if colour}
    assert tags.set_colour(writer, "work", Colour.SKY) == Changes()
    captures.add(writer, page("e", tags=("lab/bench",)))
    assert tags.set_colour(writer, "lab", None) == Changes()
    assert vocabulary.resolve(reader, "lab") is None
    assert tags.set_colour(writer, "work", None).label == "Colour of work changed"


@pytest.mark.parametrize("name", ["nothing", "", "wor", "work/sq"])
def test_a_tag_that_is_not_there_is_said(writer: Writer, four: list[int], name: str) -> None:
    for command in (
        lambda: tags.rename(writer, name, "x"),
        lambda: tags.delete(writer, name),
        lambda: tags.set_colour(writer, name, Colour.SKY),
        lambda: tags.add_alias(writer, name, "x"),
    ):
        with pytest.raises(BadInput, match=f"There is no tag “{name}”"):
            command()
    with pytest.raises(BadInput, match="needs a name"):
        tags.rename(writer, "people", " / ")


def test_saved_searches_follow_a_renamed_tag(writer: Writer, reader: Reader, four: list[int]) -> None:
    query = 'pivot -tag:work/sql TAG:"work/sql/plans" tag:work/sqlite tag:works "tag: x"'
    searches.keep(writer, "Mine", query)
    undone(writer, reader, lambda: tags.rename(writer, "work/sql", "my data"))

    (search,) = searches.all_of(reader)
    assert search.query == 'pivot -tag:"my data" TAG:"my data/plans" tag:work/sqlite tag:works "tag: x"'


def test_undo_of_a_rename_says_so_when_a_capture_brought_the_old_name_back(
    writer: Writer, reader: Reader, four: list[int]
) -> None:
    tags.rename(writer, "people", "humans")
    captures.add(writer, page("e", tags=("people",)))

    with pytest.raises(BadInput, match="can no longer be undone"):
        undo.undo(writer)
    assert borne(reader)["b"] == ["humans", "work/sql"]


def test_two_tags_on_thousands_are_merged_and_unmerged_as_one(paths: Paths) -> None:
    fill(paths, 2_000)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        reader, writer = library.reader, library.writer
        tags.tag(writer, list(lists.ids(reader, View())), add=["one"])
        tags.tag(writer, list(lists.ids(reader, View()))[::2], add=["two"])
        undone(writer, reader, lambda: tags.merge(writer, ["one", "two"], "both"))

        assert len(lists.ids(reader, View(tag="both"))) == len(lists.ids(reader, View()))
        assert reader.row("SELECT count(*) FROM journal_entry") == (3,)
