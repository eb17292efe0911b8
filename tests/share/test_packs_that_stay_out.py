"""A pack that may not come in, or not all of it: nothing is half taken in, and a sentence says why."""

import errno
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import NoSpace, Refused
from desktop.library import assets, lists
from desktop.library.opening import Library
from desktop.share import provenance, receiving, trust
from desktop.share.values import Sender
from tests.support.colleagues import ANNA, TEXT, item, library, marked, pack, png, sealed, take
from tests.support.saving import everything


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Library]:
    with library(tmp_path / "mine") as opened:
        yield opened


def test_a_pack_that_comes_again_with_other_content_is_refused(mine: Library) -> None:
    opened = sealed(pack(item("a")))
    take(mine, opened)
    replayed = sealed(replace(opened.pack, items=(item("b"),)))

    assert "other content" in receiving.look(mine.reader, replayed).refusal
    with pytest.raises(Refused, match="other content"):
        take(mine, replayed)
    assert len(mine.reader.rows("SELECT 1 FROM source")) == 1


def test_a_picture_that_is_not_what_its_name_says_is_left_out(mine: Library) -> None:
    picture = replace(png(), data=b"<svg onload=alert(1)>")
    opened = sealed(pack(item("a", html=f'<p>{TEXT}</p><img src="{picture.name}" alt="A chart">')))
    opened = replace(opened, pack=replace(opened.pack, pictures=(picture,)))

    (source_id,) = take(mine, opened).ids

    detail = lists.detail(mine.reader, source_id)
    assert detail is not None
    assert "<img" not in detail.html
    assert "A chart" in detail.html
    assert not list(mine.paths.assets.rglob("*.png"))


def test_nothing_is_here_when_one_item_cannot_be_taken(mine: Library) -> None:
    opened = sealed(pack(item("a"), item("b")))
    deep = replace(opened.pack.items[1], html="<ul><li>" * 40_000)
    opened = replace(opened, pack=replace(opened.pack, items=(opened.pack.items[0], deep)))
    before = everything(mine.reader)

    with pytest.raises(Refused):
        take(mine, opened)

    assert everything(mine.reader) == before
    assert not [one for one in mine.paths.assets.rglob("*") if one.is_file()]


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_disk_that_is_full_in_the_middle_leaves_nothing(
    mine: Library, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    picture = png()
    opened = sealed(
        pack(item("a", html=f'<p>{TEXT}</p><img src="{picture.name}" alt="A">'), pictures=(picture,))
    )
    before = everything(mine.reader)
    write, left = assets._write_synced, iter(range(written))

    def until_full(path: Path, data: bytes) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, data)

    monkeypatch.setattr(assets, "_write_synced", until_full)
    if written == 2:  # all files are there; the library itself is what has no room
        monkeypatch.setattr("desktop.share.joining.annotations", _full)

    with pytest.raises(NoSpace):
        take(mine, opened)

    assert everything(mine.reader) == before
    assert not [one for one in mine.paths.assets.rglob("*") if one.is_file()]
    monkeypatch.undo()
    assert take(mine, opened)


def _full(*_: object, **__: object) -> int:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


def test_a_known_name_with_another_key_brings_nothing_in_until_it_is_accepted(mine: Library) -> None:
    assert mine.writer is not None
    take(mine, sealed(pack(item("a"))))
    stranger = Sender(ANNA.name, "c3" * 32)
    opened = sealed(pack(item("b"), sender=stranger))

    assert receiving.look(mine.reader, opened).verdict.is_blocked
    with pytest.raises(Refused, match="not the one that you know Anna Berg by"):
        take(mine, opened)
    trust.accept(mine.writer, stranger)

    assert take(mine, opened)
    with pytest.raises(Refused):
        take(mine, sealed(pack(item("c"))))


def test_an_unsigned_pack_makes_nobody_known(mine: Library) -> None:
    opened = sealed(pack(item("a", marks=[marked()])), is_signed=False)

    (source_id,) = take(mine, opened).ids

    assert not mine.reader.rows("SELECT 1 FROM person")
    assert "not signed" in provenance.of_source(mine.reader, source_id)[0].words
