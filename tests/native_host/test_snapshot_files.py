"""The snapshot: what the host may know while the desktop is closed."""

import os
import random
import threading
from pathlib import Path

import pytest

from native_host import snapshot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "snapshot"


def write(folder: Path, known: list[tuple[str, int]]) -> None:
    snapshot.write(folder, revision=7, tags=["a", "é"], goals=[{"id": 1, "skill": "Debrief"}], known=known)


def test_tags_and_goals_are_read_back(folder: Path) -> None:
    write(folder, [])

    assert snapshot.vocabulary(folder) == {
        "revision": 7,
        "tags": ["a", "é"],
        "goals": [{"id": 1, "skill": "Debrief"}],
    }


def test_every_known_address_is_found_and_no_other(folder: Path) -> None:
    chance = random.Random(3)
    for size in (0, 1, 2, 3, 1000):
        known = [(f"example.org/{n}", chance.randrange(1 << 45)) for n in range(size)]
        write(folder, known)

        assert all(snapshot.look_up(folder, key) == at for key, at in known)
        assert all(snapshot.look_up(folder, f"example.org/no{n}") is None for n in range(100))


def test_of_an_address_named_twice_the_newest_date_counts(folder: Path) -> None:
    write(folder, [("a", 5), ("a", 9), ("a", 7)])

    assert snapshot.look_up(folder, "a") == 9


def test_lone_surrogates_are_keys_too(folder: Path) -> None:
    write(folder, [("a\ud800", 5)])

    assert snapshot.look_up(folder, "a\ud800") == 5


def test_without_a_snapshot_nothing_is_known(folder: Path) -> None:
    assert snapshot.look_up(folder, "a") is None
    assert snapshot.vocabulary(folder) == {"revision": 0, "tags": [], "goals": []}


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"tags":3,"goals":"x","revision":"y"}', b'{"tags":[1],"goals":[2]}']
)
def test_a_damaged_snapshot_is_an_empty_one(folder: Path, raw: bytes) -> None:
    write(folder, [("a", 5)])
    (folder / snapshot.VOCABULARY).write_bytes(raw)
    (folder / snapshot.KNOWN).write_bytes(b"short")

    assert snapshot.vocabulary(folder) == {"revision": 0, "tags": [], "goals": []}
    assert snapshot.look_up(folder, "a") is None


def test_a_reader_never_sees_half_a_snapshot(folder: Path) -> None:
    write(folder, [("a", 1)])
    wrong: list[object] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            if snapshot.look_up(folder, "a") is None or snapshot.vocabulary(folder)["revision"] != 7:
                wrong.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(200):
        write(folder, [("a", n), *((str(i), i) for i in range(n))])
    is_over.set()
    reader.join()

    assert wrong == []
    assert sorted(os.listdir(folder)) == sorted([snapshot.KNOWN, snapshot.VOCABULARY])  # noqa: PTH208
