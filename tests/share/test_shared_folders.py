"""A shared folder: whole packs of others are found once, and nothing of anybody is ever deleted."""

import errno
import os
from pathlib import Path

import pyrage
import pytest

from desktop.errors import NoSpace, NotReachable
from desktop.share import folder as shared_folder
from desktop.share import opening, pack_file
from desktop.share.folder import Watch, put
from tests.support import packs

WHOLE = b"<!doctype html><title>x</title><script type='application/x-kithbook'>e30=</script></html>\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "shared"
    place.mkdir()
    return place


def nothing_known(_sha256: str) -> bool:
    return False


def looked(watch: Watch) -> list[str]:
    """What two looks find: a file must stand still between them."""
    return [path.name for path in (*watch.poll().packs, *watch.poll().packs)]


def test_a_pack_that_was_put_is_found_by_another_once_and_by_oneself_never(folder: Path) -> None:
    place = put(folder, WHOLE, "Debriefing: 6 pages?", "4f9c")
    theirs, mine = Watch(folder, nothing_known), Watch(folder, lambda _sha256: True)

    assert place.name.startswith("Debriefing 6 pages ")
    assert looked(theirs) == [place.name]
    assert looked(theirs) == []
    assert looked(mine) == []
    assert list(folder.iterdir()) == [place]


def test_the_same_pack_is_written_once_and_another_state_of_it_beside(folder: Path) -> None:
    first = put(folder, WHOLE, "Title", "4f9c")
    again = put(folder, WHOLE, "Title", "4f9c")
    other = put(folder, WHOLE + b" ", "Title", "4f9c")

    assert first == again != other
    assert first.read_bytes() == WHOLE


def test_half_written_hidden_and_conflict_copies_are_passed_over(folder: Path) -> None:
    (folder / "half.html").write_bytes(WHOLE[:40])
    (folder / ".sync.html").write_bytes(WHOLE)
    (folder / "~lock.html").write_bytes(WHOLE)
    (folder / "a (conflicted copy 2026-11-30).html").write_bytes(WHOLE)
    (folder / "a.sync-conflict-20261130-230000-ABCDEFG.html").write_bytes(WHOLE)
    (folder / "other.html").write_bytes(b"<html><p>no pack</p></html>")
    (folder / "letter.docx").write_bytes(WHOLE)
    (folder / "folder.html").mkdir()
    (folder / "link.html").symlink_to("/etc/hostname")
    watch = Watch(folder, nothing_known)

    assert looked(watch) == []
    (folder / "half.html").write_bytes(WHOLE)
    assert looked(watch) == ["half.html"]
    assert len(list(folder.iterdir())) == 9


def test_a_file_that_still_grows_waits_until_it_stands_still(folder: Path) -> None:
    watch = Watch(folder, nothing_known)
    (folder / "new.html").write_bytes(WHOLE)
    assert watch.poll().packs == ()

    (folder / "new.html").write_bytes(WHOLE + b"\n")
    assert watch.poll().packs == ()
    assert [path.name for path in watch.poll().packs] == ["new.html"]


def test_a_folder_that_is_gone_is_said_and_found_again(tmp_path: Path) -> None:
    place = tmp_path / "drive"
    watch = Watch(place, nothing_known)

    assert "is not there" in watch.poll().says
    with pytest.raises(NotReachable, match="is not there"):
        put(place, WHOLE, "Title", "4f9c")
    place.mkdir()
    put(place, WHOLE, "Title", "4f9c")
    assert len(looked(watch)) == 1
    assert watch.poll().says == ""


def test_a_full_disk_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("native_host.durable.os.fsync", full)
    with pytest.raises(NoSpace, match="is full"):
        put(folder, WHOLE, "Title", "4f9c")

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "ending", "whole"),
    [
        (b"PK\x03\x04" + b"x" * 200 + b"PK\x05\x06" + b"\0" * 18, ".zip", True),
        (b"PK\x03\x04" + b"x" * 200, ".zip", False),
        (b"age-encryption.org/v1\n" + b"x" * 200, ".age", True),
        (b"age-encr", ".age", False),
    ],
)
def test_zips_and_encrypted_packs_are_told_whole_by_their_ends(data: bytes, ending: str, whole: bool) -> None:
    assert shared_folder.is_whole(data, ending) is whole


@pytest.mark.parametrize("is_locked", [False, True])
def test_a_real_pack_goes_through_the_folder_and_no_part_of_it_does(
    folder: Path, tmp_path: Path, is_locked: bool
) -> None:
    key = pyrage.x25519.Identity.generate()  # a pass phrase makes the same kind of file, and takes seconds
    to = [str(key.to_public())] if is_locked else []
    written = pack_file.write(packs.readings(), tmp_path / "mine", packs.signer(), to=to)
    data, ending = written.path.read_bytes(), "".join(written.path.suffixes)
    watch = Watch(folder, nothing_known)
    half = folder / f"half{ending}"
    for size in range(0, len(data) - 1, len(data) // 7):
        half.write_bytes(data[:size])
        if not is_locked:  # an encrypted one has no end to be seen: opening refuses a part of it
            assert looked(watch) == []
    half.unlink()

    place = put(folder, data, "Before we rewrite the form", packs.uuid(1), ending)
    (found,) = (*watch.poll().packs, *watch.poll().packs)
    opened = opening.open_pack(found, identity=str(key) if is_locked else "")

    assert found == place
    assert opened.is_signed
    assert opened.pack.items == packs.readings().items
