"""Back to a backup, safely; the list, thinning out beside damaged copies, a look at the whole."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.errors import BadInput, LibraryBusy, LibraryTooNew, NoSpace, UserFixable
from desktop.library import assets, backups, captures, checking, lists, tags
from desktop.library.archive.format import Stopped
from desktop.library.opening import Library, open_library
from desktop.library.search.searching import Searcher
from desktop.library.values import NewCapture, View
from desktop.paths import Paths
from desktop.store import swapping
from desktop.store.own_triggers import restore_own
from tests.support.saving import page

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def saved(paths: Paths, *pages: NewCapture) -> None:
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        for one in pages:
            captures.add(library.writer, one)


def titles(paths: Paths) -> set[str]:
    with open_library(paths, write=False) as library:
        return {row.title for row in lists.page(library.reader, lists.ids(library.reader, View()))}


def generation(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (word,) = connection.execute("SELECT value FROM library_state WHERE name = 'generation'").fetchone()
        return str(word)


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 2 :] = b"\x5a" * (len(data) - 4096 * 2)
    path.write_bytes(data)


@pytest.fixture
def kept(paths: Paths) -> Path:
    """A library with one page, a backup of it, and a second page since."""
    saved(paths, page("one"))
    made = backups.backup(paths, now=NOW)
    saved(paths, page("two", text="Second."))
    return made


def test_a_restore_brings_back_the_backup_and_keeps_what_was_there(paths: Paths, kept: Path) -> None:
    before = generation(paths.library)
    restored = backups.restore(paths, kept, NOW + timedelta(hours=1))

    assert titles(paths) == {"Title of one"}
    assert restored.aside == paths.backups / "library-20261130T130000Z-before-restore.db"
    assert generation(paths.library) not in (before, generation(kept))
    assert kept.exists()

    back = backups.restore(paths, restored.aside, NOW + timedelta(hours=2))
    assert titles(paths) == {"Title of one", "Title of two"}
    assert back.missing == 0


def test_a_file_from_elsewhere_acts_by_our_triggers_alone(paths: Paths, kept: Path) -> None:
    asked = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
    with closing(sqlite3.connect(kept)) as connection:
        right = connection.execute(asked).fetchall()
        connection.execute(
            'CREATE TRIGGER "a""b" AFTER UPDATE ON library_state BEGIN DELETE FROM source; END'
        )
        connection.execute("CREATE VIEW seen AS SELECT 1")
        connection.execute("DROP TRIGGER outbox_content")
        connection.execute("CREATE TRIGGER outbox_content AFTER INSERT ON note BEGIN DELETE FROM source; END")
        connection.commit()
    backups.restore(paths, kept, NOW)
    with closing(sqlite3.connect(paths.library)) as connection:
        assert connection.execute(asked).fetchall() == right
    assert titles(paths) == {"Title of one"}


def test_a_library_as_we_make_it_has_only_our_own_triggers(paths: Paths, kept: Path) -> None:
    assert kept.is_file()
    assert restore_own(paths.library) == 0


def test_search_is_true_after_a_restore(paths: Paths) -> None:
    def found(word: str) -> int:
        with open_library(paths, write=True) as library, closing(Searcher(library)) as searcher:
            assert searcher.wait()
            return searcher.search(word).total

    saved(paths, page("one", text="mango"))
    assert found("mango") == 1
    made = backups.backup(paths)
    saved(paths, page("two", text="papaya"))
    assert found("papaya") == 1
    backups.restore(paths, made)

    assert found("mango") == 1
    assert found("papaya") == 0


def test_a_restored_library_can_be_written_and_has_its_undo(paths: Paths) -> None:
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        added = captures.add(library.writer, page("one"))
        tags.tag(library.writer, [added.source_id], ["kept"], [])
        made = backups.backup(paths)
    backups.restore(paths, made)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        tags.tag(library.writer, [added.source_id], ["more"], [])
        assert lists.page(library.reader, [added.source_id])[0].tags == ("kept", "more")


def test_an_open_library_is_not_replaced(library: Library, paths: Paths) -> None:
    made = backups.backup(paths)

    with pytest.raises(LibraryBusy, match="open") as refused:
        backups.restore(paths, made)
    assert "close" in refused.value.action


def test_a_library_that_is_being_read_is_not_replaced_and_stays_whole(paths: Paths, kept: Path) -> None:
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        reading = sqlite3.connect(paths.library, isolation_level=None)
        try:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM source").fetchone()
            captures.add(library.writer, page("three", text="Third."))
            library.close()
            with pytest.raises(UserFixable):
                backups.restore(paths, kept)
        finally:
            reading.close()
    assert titles(paths) == {"Title of one", "Title of two", "Title of three"}
    assert list(paths.home.glob("library.db.new*")) == []


def test_a_damaged_library_is_kept_byte_by_byte_and_replaced(paths: Paths, kept: Path) -> None:
    damage(paths.library)
    data = paths.library.read_bytes()
    restored = backups.restore(paths, kept, NOW + timedelta(hours=1))

    assert titles(paths) == {"Title of one"}
    assert restored.aside is not None
    assert restored.aside.read_bytes() == data


def test_a_library_that_is_gone_comes_back(paths: Paths, kept: Path) -> None:
    paths.library.unlink()

    assert backups.restore(paths, kept).aside is None
    assert titles(paths) == {"Title of one"}


def test_a_damaged_or_foreign_backup_is_refused_and_nothing_changes(paths: Paths, kept: Path) -> None:
    foreign, newer, no_file = (paths.backups / name for name in ("f.db", "n.db", "x.db"))
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE other (id)")
    newer.write_bytes(kept.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 999")
    damage(kept)

    for backup, kind in (
        (kept, UserFixable),
        (foreign, UserFixable),
        (newer, LibraryTooNew),
        (no_file, UserFixable),
    ):
        with pytest.raises(kind):
            backups.restore(paths, backup)
    assert titles(paths) == {"Title of one", "Title of two"}
    saved(paths, page("three", text="Third."))


def test_a_full_disk_in_the_middle_changes_nothing(
    paths: Paths, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(swapping, "_sync", full)
    with pytest.raises(NoSpace):
        backups.restore(paths, kept)

    assert titles(paths) == {"Title of one", "Title of two"}
    assert list(paths.home.glob("library.db.new*")) == []


def test_pictures_deleted_since_the_backup_are_counted(paths: Paths) -> None:
    picture = assets.keep(paths, b"picture", "png")
    saved(paths, page("one", html=f'<p><img src="{picture.name}"></p>', pictures=(picture,)))
    made = backups.backup(paths)
    assets.remove(paths, [picture.name])

    assert backups.restore(paths, made).missing == 1


def test_the_list_tells_day_size_and_numbers(paths: Paths, kept: Path) -> None:
    backups.backup(paths, "daily", NOW + timedelta(days=1))
    newest, oldest = backups.listing(paths)

    assert (newest.reason, newest.made_at) == ("daily", NOW + timedelta(days=1))
    assert (newest.counts["source"], oldest.counts["source"]) == (2, 1)
    assert oldest.bytes == kept.stat().st_size
    assert oldest.name == kept.name
    assert newest.trouble == ""
    assert backups.find(paths, kept.name) == kept
    assert backups.find(paths, "20261130T120000Z-asked") == kept
    with pytest.raises(BadInput, match="no backup"):
        backups.find(paths, "../library.db")
    kept.write_bytes(b"not a database" * 1000)
    assert "damaged" in backups.listing(paths)[1].trouble


def test_a_damaged_copy_stands_for_nothing(paths: Paths, kept: Path) -> None:
    newer = backups.name_for(paths, "asked", NOW + timedelta(hours=2))
    newer.write_bytes(kept.read_bytes())
    damage(newer)
    backups.thin_out(paths)
    assert kept.exists(), "the newer one of that day is damaged"
    assert newer.exists(), "what is damaged is left for the person to see"

    newest = backups.backup(paths, now=NOW + timedelta(hours=3))
    assert newest.exists()
    assert not kept.exists()


def test_what_was_just_made_stays_though_the_clock_was_set_back(paths: Paths, kept: Path) -> None:
    made = backups.backup(paths, now=NOW - timedelta(hours=1))

    assert made.exists()
    assert kept.exists()


def test_what_a_crash_left_is_swept_a_day_later(paths: Paths, kept: Path) -> None:
    import os

    old, young = paths.backups / "library-1Z-x.db.part", paths.home / "library.db.new"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    backups.thin_out(paths)

    assert not old.exists()
    assert young.exists()


def levels(paths: Paths) -> dict[str, str]:
    return {finding.name: finding.level for finding in checking.check(paths)}


def test_a_whole_library_is_said_to_be_whole(paths: Paths, kept: Path) -> None:
    assert levels(paths) == dict.fromkeys(("library", "references", "files", "backups"), "ok")


def test_no_library_is_no_problem(paths: Paths) -> None:
    assert levels(paths) == {"library": "ok"}


def test_each_kind_of_damage_is_found_with_what_helps(paths: Paths, kept: Path) -> None:
    picture = assets.keep(paths, b"picture", "png")
    saved(paths, page("three", html=f'<p><img src="{picture.name}"></p>', pictures=(picture,)))
    place = assets.path_of(paths, picture.name)
    assert place is not None
    place.write_bytes(b"pictura")
    assert levels(paths)["files"] == "warning"
    damage(kept)
    assert levels(paths)["backups"] == "warning"
    with closing(sqlite3.connect(paths.library)) as connection, connection:
        connection.execute("INSERT INTO address VALUES ('dangling', 999)")
    assert levels(paths)["references"] == "problem"
    damage(paths.library)
    (first, *_) = checking.check(paths)
    assert (first.name, first.level) == ("library", "problem")
    assert "kithbook backup --list" in first.action


def test_a_look_can_be_stopped(paths: Paths, kept: Path) -> None:
    with pytest.raises(Stopped):
        checking.check(paths, stop=lambda: True)
