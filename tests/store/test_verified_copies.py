"""A copy is complete also while the library is written, and a bad one never gets its name."""

import sqlite3
import threading
from pathlib import Path

import pytest

from desktop.errors import UserFixable
from desktop.library import captures
from desktop.library.opening import Library
from desktop.store import copying
from desktop.store.writer import Writer
from tests.support.saving import page


def test_copies_made_while_captures_come_in_are_whole(
    library: Library, writer: Writer, tmp_path: Path
) -> None:
    stop = threading.Event()
    saved: list[int] = []

    def save() -> None:
        while not stop.is_set():
            saved.append(captures.add(writer, page(f"p{len(saved)}", text="word " * 500)).capture_id)

    saving = threading.Thread(target=save)
    saving.start()
    try:
        for number in range(4):
            acknowledged = len(saved)
            copy = copying.copy_verified(library.paths.library, tmp_path / f"copy{number}.db")
            rows = copying.verify(copy)
            assert rows["capture"] == rows["source"] == rows["content"] >= acknowledged
    finally:
        stop.set()
        saving.join()


def test_a_copy_that_does_not_match_gets_no_name(
    library: Library, writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    captures.add(writer, page())
    monkeypatch.setattr(copying, "verify", lambda _: {"capture": 0})

    with pytest.raises(UserFixable, match="did not match"):
        copying.copy_verified(library.paths.library, tmp_path / "copies" / "copy.db")

    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_copy_is_refused(library: Library, writer: Writer, tmp_path: Path) -> None:
    for at in range(8):
        captures.add(writer, page(f"p{at}", text="word " * 10_000))
    copy = copying.copy_verified(library.paths.library, tmp_path / "copy.db")
    data = bytearray(copy.read_bytes())
    data[4096 * 20 : 4096 * 40] = b"\xff" * (4096 * 20)
    copy.write_bytes(data)

    with pytest.raises((UserFixable, sqlite3.DatabaseError)):
        copying.verify(copy)
