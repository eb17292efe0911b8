"""The spool: whole or not there, oldest first, damaged files set aside, nothing open to others."""

import errno
import os
import stat
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from native_host import durable, spool
from native_host.spool import Damaged, Spool


def new_id() -> str:
    return str(uuid.uuid4())


def header(capture_id: str, **fields: Any) -> dict[str, Any]:
    return {"op": "capture", "id": capture_id, "received": 5, "browser": "chromium", "message": {}, **fields}


@pytest.fixture
def queue(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "home" / "kithbook" / "spool")


def mode(path: str | Path) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


def test_what_is_put_is_read_back(queue: Spool) -> None:
    one = new_id()
    queue.put(header(one, message={"title": "é \ud800"}), [b"abc", b"", b"def"])
    (path,) = queue.waiting()
    read = queue.read(path)

    assert read.payload == b"abcdef"
    assert read.header["message"] == {"title": "é \ud800"}
    assert read.header["bytes"] == 6
    assert read.header["format"] == 1
    assert queue.holds(one)
    assert not queue.holds(new_id())


def test_a_payload_may_be_empty(queue: Spool) -> None:
    queue.put(header(new_id()))

    assert queue.read(queue.waiting()[0]).payload == b""


def test_folders_and_files_are_closed_to_others_even_under_an_open_umask(queue: Spool) -> None:
    before = os.umask(0)
    try:
        queue.put(header(new_id()), [b"x"])
        queue.hello("firefox", {})
    finally:
        os.umask(before)

    assert mode(queue.folder) == 0o700
    assert mode(Path(queue.folder).parent) == 0o700
    assert mode(queue.waiting()[0]) == 0o600
    assert mode(Path(queue.folder, "browsers", "firefox.json")) == 0o600


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    durable.make_private(folder)

    assert mode(folder) == 0o700
    assert durable.is_private(str(folder))
    assert not durable.is_private(str(tmp_path / "none"))


ANY_ID = "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e"


@pytest.mark.parametrize(
    "bad",
    ["", "../../etc/passwd", "A" * 36, ANY_ID.upper(), ANY_ID + "\n", None, 7, "-" * 36, ANY_ID[:-1] + "g"],
)
def test_only_a_uuid_becomes_a_file_name(queue: Spool, bad: Any) -> None:
    assert not spool.is_id(bad)
    with pytest.raises(ValueError, match="UUID"):
        queue.put(header(bad))
    with pytest.raises(ValueError, match="UUID"):
        queue.holds(bad)


def test_a_header_over_its_limit_is_refused_and_leaves_nothing(queue: Spool) -> None:
    with pytest.raises(ValueError, match="1 MiB"):
        queue.put(header(new_id(), message={"title": "x" * (1 << 20)}))

    assert not list(Path(queue.folder).glob("*"))


def test_waiting_files_come_oldest_first_and_a_capture_before_its_update(queue: Spool) -> None:
    ids = [new_id() for _ in range(4)]
    queue.put(header(ids[0], received=30))
    queue.put(header(ids[1], received=10, op="update"))
    queue.put(header(ids[2], received=10, op="capture"))
    queue.put(header(ids[3], received=20))

    assert [path.stem for path in queue.waiting()] == [ids[2], ids[1], ids[3], ids[0]]


def test_what_cannot_be_read_comes_first(queue: Spool) -> None:
    queue.put(header(new_id(), received=10))
    torn = Path(queue.folder, new_id() + ".spool")
    torn.write_bytes(b"KITH")

    assert queue.waiting()[0] == torn


def test_other_files_in_the_folder_are_passed_over(queue: Spool) -> None:
    queue.put(header(new_id()))
    Path(queue.folder, "notes.txt").write_text("x")
    Path(queue.folder, "not-a-uuid.spool").write_text("x")

    assert len(queue.waiting()) == 1
    assert len(list(queue.headers())) == 1


def test_there_may_be_no_folder_yet(queue: Spool) -> None:
    assert queue.waiting() == []
    assert list(queue.headers()) == []
    assert queue.damaged() == []
    assert queue.hellos() == {}
    assert queue.sweep() == 0


def cut(raw: bytes) -> bytes:
    return raw[:-1]


def grown(raw: bytes) -> bytes:
    return raw + b"x"


def flipped(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (cut, "shorter or longer"),
        (grown, "shorter or longer"),
        (flipped, "changed after it was written"),
        (lambda raw: b"", "does not begin"),
        (lambda raw: raw[:30], "breaks off"),
        (lambda raw: b"KITHBOOK2\n" + raw[10:], "does not begin"),
        (lambda raw: raw.replace(b'"format":1', b'"format":2'), "another version"),
        (lambda raw: raw.replace(b'"format"', b"NaN"), "cannot be read"),
        (lambda raw: raw.replace(b'"id":"', b'"id":"../'), "lacks its number"),
        (lambda raw: b"KITHBOOK1\n[]\nx", "lacks its number"),
    ],
)
def test_a_damaged_file_is_told_apart_with_a_sentence(
    queue: Spool, change: Callable[[bytes], bytes], words: str
) -> None:
    queue.put(header(new_id()), [b"payload"])
    (path,) = queue.waiting()
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(Damaged, match=words):
        queue.read(path)


def test_a_file_under_another_name_is_damaged(queue: Spool) -> None:
    queue.put(header(new_id()))
    (path,) = queue.waiting()
    other = path.rename(path.with_name(new_id() + ".spool"))

    with pytest.raises(Damaged, match="name"):
        queue.read(other)


def test_a_damaged_file_is_set_aside_with_its_reason_and_never_overwritten(queue: Spool) -> None:
    one = new_id()
    kept = []
    for _ in range(2):
        queue.put(header(one), [b"x"])
        kept.append(queue.set_aside(queue.waiting()[0], "It was torn."))

    assert queue.waiting() == []
    assert queue.damaged() == sorted(kept)
    assert len(set(kept)) == 2
    assert all(Path(f"{path}.txt").read_text("utf-8") == "It was torn.\n" for path in kept)


def test_a_collected_file_is_removed_and_removing_it_twice_is_no_error(queue: Spool) -> None:
    queue.put(header(new_id()))
    (path,) = queue.waiting()
    queue.remove(path)
    queue.remove(path)

    assert queue.waiting() == []


def test_a_header_seen_before_is_not_read_again(queue: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.put(header(new_id()))
    queue.put(header(new_id()))
    reads: list[object] = []
    real = spool._read_header
    monkeypatch.setattr(spool, "_read_header", lambda file: reads.append(file) or real(file))

    assert len(list(queue.headers())) == 2
    assert len(list(queue.headers())) == 2
    assert len(reads) == 2
    queue.remove(queue.waiting()[0])
    assert len(list(queue.headers())) == 1
    assert len(queue._known) == 1


def test_hidden_files_of_the_dead_are_swept_and_those_of_the_living_stay(queue: Spool) -> None:
    queue.put(header(new_id()))
    old, young = Path(queue.folder, ".a.1.part"), Path(queue.folder, ".b.2.part")
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (1, 1))

    assert queue.sweep() == 1
    assert not old.exists()
    assert young.exists()
    assert len(queue.waiting()) == 1


def test_a_hello_that_says_nothing_new_is_written_once_a_minute(queue: Spool) -> None:
    for at in (100_000, 100_500, 159_999):
        queue.hello("firefox", {"version": "153", "at": at})
    assert queue.hellos()["firefox"]["at"] == 100_000
    queue.hello("firefox", {"version": "153", "at": 160_000})
    assert queue.hellos()["firefox"]["at"] == 160_000
    queue.hello("firefox", {"version": "154", "at": 160_001})
    assert queue.hellos()["firefox"]["at"] == 160_001


def test_what_browsers_said_is_listed_and_unreadable_notes_are_left_out(queue: Spool) -> None:
    queue.hello("firefox", {"version": "153"})
    queue.hello("firefox", {"version": "154"})
    Path(queue.folder, "browsers", "chrome.json").write_text("{")
    Path(queue.folder, "browsers", "edge.json").write_text("[]")

    assert queue.hellos() == {"firefox": {"version": "154"}}
    with pytest.raises(ValueError, match="browser"):
        queue.hello("../firefox", {})


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("place", ["file", "folder", "rename"])
def test_a_fault_of_the_disk_keeps_nothing(
    queue: Spool, monkeypatch: pytest.MonkeyPatch, number: int, place: str
) -> None:
    queue.put(header(new_id()), [b"before"])

    def fail(*_: object) -> None:
        raise OSError(number, "planted")

    if place == "file":
        monkeypatch.setattr(durable.os, "fsync", fail)
    elif place == "folder":
        monkeypatch.setattr(durable, "sync_folder", fail)
    else:
        monkeypatch.setattr(durable.os, "replace", fail)
    with pytest.raises(OSError, match="planted"):
        queue.put(header(new_id()), [b"now"])
    monkeypatch.undo()

    assert [queue.read(path).payload for path in queue.waiting()] == [b"before"]
    assert not list(Path(queue.folder).glob(".*.part"))


def test_the_file_is_safe_before_its_name_and_the_name_before_the_answer(
    queue: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts: list[str] = []
    sync, replace = os.fsync, os.replace

    def noted_sync(file: int) -> None:
        acts.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "file")
        sync(file)

    def noted_replace(old: Any, new: Any) -> None:
        acts.append("name")
        replace(old, new)

    monkeypatch.setattr(durable.os, "fsync", noted_sync)
    monkeypatch.setattr(durable.os, "replace", noted_replace)
    one = new_id()
    queue.put(header(one), [b"x"])

    assert acts == ["folder"] * 2 + ["file", "name", "folder"]
    acts.clear()
    queue.put(header(new_id()), [b"x"])
    assert acts == ["file", "name", "folder"]
    acts.clear()
    queue.confirm(one)
    assert acts == ["file", "folder"]


def test_home_is_where_it_is_told_to_be(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert spool.home() == own_home / "kithbook"
    monkeypatch.delenv("KITHBOOK_HOME")
    assert spool.home() == own_home / ".local" / "share" / "kithbook"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert spool.home() == Path("/data/kithbook")
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    assert spool.home() == own_home / ".local" / "share" / "kithbook"


def test_home_has_its_place_on_every_system(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KITHBOOK_HOME")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert spool.home_text() == f"{own_home}/Library/Application Support/Kithbook"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert spool.home_text() == "/local/Kithbook"
    assert spool.socket_text("/x").startswith("\\\\.\\pipe\\kithbook-")


def test_the_socket_has_a_short_name_of_its_own_for_every_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 150)
    assert len(os.fsencode(str(spool.socket_path(long)))) < 100
    assert spool.socket_path(tmp_path / "a") != spool.socket_path(tmp_path / "b")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert len(os.fsencode(str(spool.socket_path(long)))) < 100
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert len(os.fsencode(str(spool.socket_path(long)))) < 100
