"""Lists: one statement for a page, whole id arrays, orders, counts; by plain sqlite3 alone."""

import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.library import captures, lists
from desktop.library.opening import Library, open_library
from desktop.library.values import Counts, Order, State, View
from desktop.paths import Paths
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.many import fill
from tests.support.saving import NOON, link, page, statements


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    paths = Paths(tmp_path_factory.mktemp("filled") / "kithbook")
    fill(paths, 1_000, now=NOON)
    with open_library(paths, write=False) as library:
        yield library


def test_a_page_of_a_list_is_one_statement(filled: Library) -> None:
    wanted = lists.ids(filled.reader, View())[100:228]
    with statements(filled.reader.connection()) as seen:
        rows = lists.page(filled.reader, wanted)

    assert [row.id for row in rows] == list(wanted)
    assert len(seen) == 1
    assert any(row.tags for row in rows)
    assert any(row.goals for row in rows)


def test_long_lists_are_read_in_one_step(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    reader, rows = filled.reader, filled.reader.rows

    def counted(*asked: Any) -> list[tuple[Any, ...]]:
        found = rows(*asked)
        steps.append(len(found))
        return found

    monkeypatch.setattr(reader, "rows", counted)
    ids = lists.ids(reader, View())
    lists.page(reader, ids[:128])
    lists.saved_between(reader, View(), [NOON - day for day in range(36)])
    lists.find_titles(reader, "e")

    assert len(ids) > 50
    assert steps == [1, 1, 1, 1]


def test_a_page_is_found_by_ids_and_not_by_reading_the_table(filled: Library) -> None:
    plan = [row[3] for row in filled.reader.rows(f"EXPLAIN QUERY PLAN {lists._PAGE}", ("[1]",))]
    scans = [
        line for line in plan if line.startswith("SCAN") and "wanted" not in line and "SCAN (" not in line
    ]

    assert scans == []
    assert any("source USING INTEGER PRIMARY KEY" in line for line in plan)


@pytest.mark.parametrize("view", [View(), View(State.INBOX), View(State.ARCHIVE, order=Order.OLDEST)])
def test_the_ids_of_a_view_come_from_an_index_alone(filled: Library, view: View) -> None:
    where, values = lists._where(view)
    order = lists._ORDER[view.order]
    sql = f"EXPLAIN QUERY PLAN SELECT id FROM source WHERE {where} ORDER BY {order}"
    plan = [row[3] for row in filled.reader.rows(sql, values)]

    assert len(plan) == 1
    assert "COVERING INDEX" in plan[0]


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("state", [None, *State])
def test_views_hold_what_they_say_in_their_order(filled: Library, order: Order, state: State | None) -> None:
    found = lists.ids(filled.reader, View(state, order=order))
    rows = lists.page(filled.reader, found)
    keys = {
        Order.NEWEST: lambda row: -row.saved_at,
        Order.OLDEST: lambda row: row.saved_at,
        Order.SHORTEST: lambda row: row.minutes,
        Order.LONGEST: lambda row: -row.minutes,
        Order.TITLE: lambda row: row.title.lower(),
        Order.SITE: lambda row: row.site.lower(),
    }

    assert isinstance(found, array)
    assert found.typecode == "q"
    assert len(found) == len(set(found)) == len(rows) > 0
    assert {row.state for row in rows} == ({state} if state else set(State) - {State.TRASH})
    assert [keys[order](row) for row in rows] == sorted(keys[order](row) for row in rows)


def test_counts_agree_with_the_views(filled: Library) -> None:
    sizes = [len(lists.ids(filled.reader, View(state))) for state in State]

    assert lists.counts(filled.reader) == Counts(*sizes, len(lists.ids(filled.reader, View())))
    assert sum(sizes) == 1_000


def test_tags_and_goals_count_what_their_views_show(filled: Library) -> None:
    named = lists.tags(filled.reader)

    assert len(named) > 10
    assert [tag.name for tag in named] == sorted(tag.name for tag in named)
    for tag in named:
        assert tag.count == len(lists.ids(filled.reader, View(tag=tag.name)))
    for goal in lists.goals(filled.reader):
        assert goal.count == len(lists.ids(filled.reader, View(goal=goal.id))) > 0


def test_days_are_counted_as_the_list_shows_them(filled: Library) -> None:
    view = View(State.ARCHIVE)
    day = 24 * 3600 * 1000
    stamps = [NOON - days * day for days in range(0, 900, 30)]
    rows = lists.page(filled.reader, lists.ids(filled.reader, view))
    expected = [
        sum(low <= row.saved_at < high for row in rows)
        for high, low in zip([2**60, *stamps], stamps, strict=False)
    ]

    assert lists.saved_between(filled.reader, view, stamps) == expected
    assert sum(expected) == len(rows)
    assert lists.saved_between(filled.reader, view, []) == []


def test_titles_sites_and_tags_are_found_by_all_their_words(filled: Library) -> None:
    found = lists.find_titles(filled.reader, "PIVOT query-desk", limit=50)

    assert found
    assert all("Pivot" in row.title and "query-desk" in row.site for row in found)
    assert [row.saved_at for row in found] == sorted((row.saved_at for row in found), reverse=True)
    assert {row.state for row in found} <= set(State) - {State.TRASH}
    assert len(lists.find_titles(filled.reader, "e", limit=7)) == 7
    assert all("accessibility" in row.tags for row in lists.find_titles(filled.reader, "accessibility"))
    assert lists.find_titles(filled.reader, "  ") == []
    assert lists.find_titles(filled.reader, "%") == []
    assert lists.find_titles(filled.reader, "_ \\") == []


def test_rows_and_details_of_what_is_gone_are_left_out(filled: Library) -> None:
    assert [row.id for row in lists.page(filled.reader, [7, 5_000, 3])] == [7, 3]
    assert lists.page(filled.reader, []) == []
    assert lists.detail(filled.reader, 5_000) is None
    assert lists.detail(filled.reader, 1, 5_000) is None
    assert lists.source_of(filled.reader, "no such") is None


def test_a_capture_of_another_source_is_no_version_of_this_one(filled: Library) -> None:
    assert lists.detail(filled.reader, 1, 2) is None


def test_the_filled_library_is_whole(filled: Library) -> None:
    assert filled.reader.row("PRAGMA integrity_check") == ("ok",)
    assert filled.reader.rows("PRAGMA foreign_key_check") == []
    rows = lists.page(filled.reader, range(1, 1_001))
    assert {row.versions for row in rows} == {1, 2}
    assert any(row.is_link_only for row in rows)
    assert any(row.why for row in rows)
    for row in rows[:200]:
        detail = lists.detail(filled.reader, row.id, with_markdown=False)
        assert detail is not None
        assert (detail.capture_id, detail.title) == (row.capture_id, row.title)
        assert len(detail.versions) == row.versions
        assert bool(detail.text) is not row.is_link_only


def test_a_change_elsewhere_is_noticed(library: Library, writer: Writer, reader: Reader) -> None:
    before = lists.last_change(reader)
    assert lists.last_change(reader) == before
    captures.add(writer, link())
    assert lists.last_change(reader) != before


def test_trash_counts_for_no_tag(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, page(tags=("one",), goal="Goal"))
    captures.move(writer, [added.source_id], State.TRASH)

    assert lists.tags(reader) == []
    assert [(goal.name, goal.count) for goal in lists.goals(reader)] == [("Goal", 0)]
    assert list(lists.ids(reader, View())) == []
    assert list(lists.ids(reader, View(State.TRASH, tag="one"))) == [added.source_id]


def test_names_without_their_numbers_are_the_same(filled: Library, writer: Writer, reader: Reader) -> None:
    assert lists.tag_names(filled.reader) == [tag.name for tag in lists.tags(filled.reader)] != []
    assert lists.goal_names(filled.reader) == [(one.id, one.name) for one in lists.goals(filled.reader)] != []

    added = captures.add(writer, page(tags=("one",), goal="Goal"))
    captures.move(writer, [added.source_id], State.TRASH)
    assert lists.tag_names(reader) == []
    assert [name for _, name in lists.goal_names(reader)] == ["Goal"]


def test_the_first_page_needs_no_sqlmodel_and_no_extraction(paths: Paths, root: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from desktop.paths import Paths\n"
        "from desktop.library import lists, opening, backups, snapshot\n"
        "from desktop.library.values import View\n"
        "library = opening.open_library(Paths(pathlib.Path(sys.argv[1])), write=True)\n"
        "lists.page(library.reader, lists.ids(library.reader, View()))\n"
        "library.close()\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'trafilatura', 'lxml', 'nh3', 'httpx'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code, str(paths.home)], cwd=root, check=True)
