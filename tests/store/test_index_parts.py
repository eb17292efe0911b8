"""The index in parts: what comes in stands beside the rest, and is merged while nobody waits."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import index as index_file
from desktop.store.index import Index, IndexRow
from desktop.store.index_reading import IndexReader


def row(number: int, body: str) -> IndexRow:
    texts = dict.fromkeys(("comment", "why", "author", "person", "site", "tags", "quotes"), "")
    return IndexRow(id=number, saved_at=number, title=f"no. {number}", body=body, keys="", **texts)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = Index(tmp_path / "index.db")
    yield made
    made.close()


def parts(index: Index) -> int:
    return int(index._db.execute("SELECT count(DISTINCT segid) FROM ft_body_idx").fetchall()[0][0])


def fill(index: Index, start: int, stop: int) -> None:
    for number in range(start, stop):
        index.put([row(number, f"common word{number} " * 40)], is_new=True)


def tidied(index: Index) -> int:
    """Parts, once nothing is left to tidy."""
    for _ in range(1000):
        if not index.tidy():
            return parts(index)
    raise AssertionError("tidying has no end")


def test_a_few_changes_in_a_row_wait_for_no_merge(index: Index) -> None:
    fill(index, 1, 60)

    assert parts(index) == 59


def test_after_a_pause_everything_is_in_one_part(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_file, "_SMALL", 0)
    fill(index, 1, 120)
    assert parts(index) > 1
    index.put([row(7, "another")], [8])

    assert tidied(index) == 1
    assert not index.tidy()


def test_little_beside_much_is_left_alone(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_file, "_SMALL", 0)
    index.put([row(number, f"w{number} " * 30) for number in range(1, 3000)], is_new=True)
    assert tidied(index) == 1
    index.put([row(5000, "late")], is_new=True)

    assert tidied(index) == 2


def test_the_file_beside_it_stays_short_while_much_comes_in(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_file, "_LONGEST_LOG", 20)
    fill(index, 1, 200)
    log = tmp_path / "index.db-wal"

    assert log.stat().st_size < 100 * 4096
    reader = IndexReader(tmp_path / "index.db")
    assert reader.count('"common"') == 199
    reader.close()
