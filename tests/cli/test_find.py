"""``kithbook find`` as a person types it."""

import json
from collections.abc import Callable

from desktop.library import captures
from desktop.library.opening import open_library
from desktop.library.search.searching import Searcher
from desktop.paths import Paths
from tests.support.saving import page as saved

Run = Callable[..., str]


def fill(paths: Paths) -> None:
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        for at in range(3):
            text = f"A pivot table, number {at}. And more."
            captures.add(library.writer, saved(f"p{at}", text, tags=("work/sql",)))


def test_pages_are_found_with_their_passage(run: Run, paths: Paths) -> None:
    fill(paths)
    said = run("find", "pivot", "tag:work", "number")

    assert said.count("Title of p") == 3
    assert "A pivot table, number 1. And more." in said


def test_the_limit_says_how_many_more(run: Run, paths: Paths) -> None:
    fill(paths)

    assert run("find", "pivot", "--limit", "1").endswith("… and 2 more: --limit 0 shows all.\n")
    assert run("find", "pivot", "--limit", "0").count("Title of p") == 3


def test_programs_get_one_object(run: Run, paths: Paths) -> None:
    fill(paths)
    found = json.loads(run("find", "pivto zz table", "--json"))

    assert found["total"] == 3
    assert {one["kind"] for one in found["said"]} <= {"corrected", "any"}
    result = found["results"][0]
    assert result["what"] == "capture"
    assert result["tags"] == ["work/sql"]
    start, end = result["marks"][0]
    assert result["snippet"][start:end].casefold() in ("pivot", "table")


def test_nothing_found_is_said_and_no_failure(run: Run, paths: Paths) -> None:
    assert run("find", "pivot") == "Nothing holds “pivot”.\n"
    assert run("find", "before:soon").startswith("“before:” needs a date such as")


def test_it_works_beside_an_open_window(run: Run, paths: Paths) -> None:
    fill(paths)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        searcher = Searcher(library)
        assert searcher.wait(60)
        captures.add(library.writer, saved("late", "A late pivot."))
        said = run("find", "late")
        searcher.close()

    assert "Title of late" in said
