"""Reading tags: the tree, completion from own words, suggestions with a reason that can be counted."""

import json
import subprocess
import sys

import pytest

from desktop.library import captures, lists, suggesting, tags, vocabulary
from desktop.library.opening import open_library
from desktop.library.sense_values import Completion, Suggestion
from desktop.library.tag_paths import below, depth, last_part, parents, tidy
from desktop.library.values import State, View
from desktop.paths import Paths
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.many import fill
from tests.support.saving import page
from tests.support.sensing import annotate, bear


def save(writer: Writer, address: str, *names: str, **others: object) -> int:
    return captures.add(writer, page(address, tags=names, **others)).source_id


def test_the_tree_counts_each_page_once_and_shows_the_paths_between(writer: Writer, reader: Reader) -> None:
    first = save(writer, "a", "work", "work/sql", "work/sql/plans", "work-life")
    save(writer, "b", "work/sql", "lab/bench/safe")
    gone = save(writer, "c", "work", "only/here")
    captures.move(writer, [gone], State.TRASH)
    annotation_id, _ = annotate(writer, first)
    bear(writer, annotation_id, "marked", "work")

    shown = [(row.name, row.count, row.total, row.depth, row.last) for row in vocabulary.tree(reader)]
    assert shown == [
        ("lab", 0, 1, 0, "lab"),
        ("lab/bench", 0, 1, 1, "bench"),
        ("lab/bench/safe", 1, 1, 2, "safe"),
        ("marked", 0, 0, 0, "marked"),
        ("work", 1, 2, 0, "work"),
        ("work/sql", 2, 2, 1, "sql"),
        ("work/sql/plans", 1, 1, 2, "plans"),
        ("work-life", 1, 1, 0, "work-life"),
    ]
    assert [row.id == 0 for row in vocabulary.tree(reader)][:2] == [True, True]
    assert {row.name: row.annotations for row in vocabulary.tree(reader) if row.annotations} == {
        "marked": 1,
        "work": 1,
    }


def test_a_parent_finds_its_children_and_nothing_beside(writer: Writer, reader: Reader) -> None:
    ids = {
        name: save(writer, str(at), name)
        for at, name in enumerate(
            ("work", "work/sql", "WORK/SQL/Plans", "workshop", "work-life", "work/", "ｗork/x")
        )
    }
    tags.add_alias(writer, "work/sql", "databases")

    def found(tag: str) -> set[str]:
        return {name for name, one in ids.items() if one in lists.ids(reader, View(tag=tag))}

    assert found("Work") == {"work", "work/sql", "WORK/SQL/Plans"}
    assert found("work/sql") == found("DATABASES") == {"work/sql", "WORK/SQL/Plans"}
    assert found("wor") == found("%") == set()
    assert len(vocabulary.family(reader, "work")) == 3
    assert vocabulary.family(reader, "databases") == vocabulary.family(reader, "work/sql")
    assert vocabulary.resolve(reader, "Databases") == vocabulary.resolve(reader, "work/sql")


def test_completion_offers_own_words_the_likeliest_first(writer: Writer, reader: Reader) -> None:
    for at, names in enumerate((["sql", "café"], ["sql", "work/sql"], ["no-sql", "mysql"], ["people"])):
        save(writer, str(at), *names)
    tags.add_alias(writer, "people", "squad")

    assert [one.name for one in vocabulary.complete(reader, "sq")] == [
        "sql",
        "people",
        "no-sql",
        "work/sql",
        "mysql",
    ]
    assert vocabulary.complete(reader, "SQU") == [Completion("people", "squad", 1)]
    assert vocabulary.complete(reader, "cafe") == [Completion("café", "", 1)]
    assert [one.name for one in vocabulary.complete(reader, "", limit=2)] == ["sql", "café"]
    assert [one.name for one in vocabulary.complete(reader, "sql", but=["SQL"], limit=1)] == ["no-sql"]
    assert vocabulary.complete(reader, "nothing") == []


def test_a_tag_that_nothing_bears_any_more_is_no_part_of_the_tree(writer: Writer, reader: Reader) -> None:
    one = save(writer, "a", "once")
    tags.tag(writer, [one], remove=["once"])

    assert vocabulary.tree(reader) == []
    assert [each.name for each in vocabulary.complete(reader, "on")] == ["once"]


def test_suggestions_are_own_tags_with_their_reason(writer: Writer, reader: Reader) -> None:
    for at in range(4):
        save(writer, f"site{at}", "charts", site="charts.example", title="Something else")
    for at in range(3):
        save(writer, f"word{at}", "excel", site=f"{at}.example", title=f"Pivot tables, part {at}")
    for at in range(3):
        save(writer, f"both{at}", "hiring", "interviews", site=f"x{at}.example", title="Unrelated")
    save(writer, "other", "charts-x", "rare", site="charts.example", title="Nothing")
    asked = save(writer, "asked", "hiring", site="charts.example", title="Pivot or not, and rare")

    assert suggesting.suggest(reader, asked) == [
        Suggestion("rare", "“rare” stands in the title"),
        Suggestion("excel", "on 3 pages with “pivot” in the title"),
        Suggestion("interviews", "together with “hiring” on 3 pages"),
        Suggestion("charts", "on 4 pages of charts.example"),
    ]
    known = {row.name for row in vocabulary.tree(reader)}
    assert {one.name for one in suggesting.suggest(reader, asked)} <= known


def test_nothing_is_suggested_without_a_habit(writer: Writer, reader: Reader) -> None:
    save(writer, "a", "x", site="s.example", title="One")
    asked = save(writer, "b", site="s.example", title="% _ ' \" (two) Ünïcode 漢字")

    assert suggesting.suggest(reader, asked) == suggesting.suggest(reader, 999) == []


def test_the_readings_cost_few_statements_at_any_size(paths: Paths) -> None:
    fill(paths, 1_500)
    with open_library(paths, write=True) as library:
        reader = library.reader
        total = {row.name: (row.count, row.total) for row in vocabulary.tree(reader)}
        for name, (count, whole) in total.items():
            assert whole == len(lists.ids(reader, View(tag=name)))
            assert count <= whole
        assert total["work"][0] == 0 < total["work"][1]
        seen: list[str] = []
        reader.connection().set_trace_callback(seen.append)
        vocabulary.tree(reader)
        reader.connection().set_trace_callback(None)
        assert len(seen) <= 8


@pytest.mark.parametrize(
    ("name", "above", "last"),
    [
        ("a", [], "a"), ("a/b/c", ["a", "a/b"], "c"), ("/", [], "/"), ("a/", ["a"], "a/"), ("/a", [], "a"),
        ("a//b", ["a", "a/"], "b"), ("", [], ""),
    ],
)  # fmt: skip
def test_paths_of_any_name(name: str, above: list[str], last: str) -> None:
    assert (parents(name), last_part(name), depth(name)) == (above, last, len(above))
    low, high = below(name)
    assert low < f"{name}/x" < high
    assert not low < f"{name}x" < high


def test_blanks_around_the_parts_make_no_other_tag(writer: Writer, reader: Reader) -> None:
    one = save(writer, "a", "lab / bench ")
    two = save(writer, "b", "LAB/bench/safe", " /odd")

    assert [(row.name, row.depth) for row in vocabulary.tree(reader)] == [
        ("/odd", 0),
        ("lab", 0),
        ("lab / bench", 1),
        ("LAB/bench/safe", 2),
    ]
    assert (
        set(lists.ids(reader, View(tag="lab"))) == set(lists.ids(reader, View(tag="lab/bench"))) == {one, two}
    )
    assert tags.tag(writer, [two], add=["lab/ bench"]).label == "Tagged lab/ bench"
    assert lists.page(reader, [two])[0].tags == ("/odd", "lab / bench", "LAB/bench/safe")


def test_a_typed_path_is_tidied() -> None:
    assert tidy(" a / b c//  /d/ ") == "a/b c/d"
    assert tidy(" / ") == ""


def test_what_views_import_brings_no_sqlmodel() -> None:
    names = ["tags", "vocabulary", "suggesting", "links", "notes", "searches", "basket", "sense_values"]
    imports = "; ".join(f"import desktop.library.{name}" for name in names)
    asked = "[name for name in ('sqlmodel', 'sqlalchemy', 'trafilatura') if name in sys.modules]"
    code = f"import sys, json; {imports}; print(json.dumps({asked}))"

    assert json.loads(subprocess.check_output([sys.executable, "-c", code])) == []
