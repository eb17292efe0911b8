"""The library that benches and pictures use keeps every rule, and comes back whole from an archive."""

from pathlib import Path

import pytest

from desktop.learning import activities, agenda, evidence, goal_page, goals, levels, portfolio, review
from desktop.library.archive.export import export
from desktop.library.archive.import_ import import_archive
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.store.reader import Reader
from tests.support import many, many_learning, many_marks
from tests.support.generated import differences
from tests.support.saving import statements

NOW = 1_796_000_000_000


@pytest.fixture
def full(paths: Paths) -> Paths:
    many.fill(paths, 60)
    many_marks.mark(paths, 50)
    many_learning.learn(paths, goals=12, activities=60, evidence=240, now=NOW)
    return paths


def test_its_levels_keep_the_rules(full: Paths) -> None:
    with open_library(full, write=False) as library:
        reader = library.reader
        assert reader.rows("PRAGMA foreign_key_check") == []
        found = [goals.read(reader, row.id) for row in goals.all_of(reader)]
        moved = 0
        for goal in found:
            assert goal is not None
            level = goal.level_from
            for step in levels.of_goal(reader, goal.id):
                assert (step.level_before, bool(step.evidence_ids)) == (level, True)
                level, moved = step.level, moved + 1
            assert goal.level == level
        assert moved == 24


def test_a_goal_page_takes_a_handful_of_statements(full: Paths) -> None:
    with open_library(full, write=False) as library:
        reader: Reader = library.reader
        goal_id = max(goals.all_of(reader), key=lambda row: row.evidence).id
        with statements(reader.connection()) as seen:
            page = goal_page.read(reader, goal_id)
        with statements(reader.connection()) as listed:
            rows = activities.all_of(reader)

        assert page is not None
        assert len(page.evidence) == 20
        assert len(seen) <= 8
        assert len(rows) == 60
        assert len(listed) == 1
        assert agenda.due(reader)
        assert review.offers(reader).tool is not None
        assert len(portfolio.of(reader, [goal_id], with_private=True).chapters[0].claims) == 20
        assert len(evidence.of_goal(reader, goal_id, 5)) == 5


def test_it_goes_out_and_comes_in_without_a_difference(full: Paths, tmp_path: Path) -> None:
    with open_library(full, write=False) as library:
        export(library.reader, full, tmp_path / "all.zip")
    other = Paths(tmp_path / "other")
    told = import_archive(other, tmp_path / "all.zip")

    assert (told.cleaned, told.missing, differences(full, other)) == (0, (), [])
