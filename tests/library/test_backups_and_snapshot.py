"""Backups are verified and thinned out by rule; the host's snapshot tells tags, goals and addresses."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from desktop.errors import NoSpace, UserFixable
from desktop.library import backups, captures, lists, snapshot, tags, upkeep
from desktop.library.opening import Library, open_library
from desktop.library.values import State, View
from desktop.paths import Paths
from desktop.store import copying
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from desktop.text.urls import url_key
from native_host import snapshot as host
from tests.support.many import sample
from tests.support.saving import NOON, page
from tests.support.undoing import next_undo

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def test_a_backup_opens_as_a_library_with_all_in_it(library: Library, writer: Writer, paths: Paths) -> None:
    added = captures.add(writer, page(tags=("one",)))
    made = backups.backup(paths)
    elsewhere = Paths(paths.home.parent / "restored")
    elsewhere.home.mkdir()
    made.rename(elsewhere.library)

    with open_library(elsewhere, write=True) as restored:
        assert [row.tags for row in lists.page(restored.reader, [added.source_id])] == [("one",)]


def test_a_day_has_one_daily_backup(library: Library, paths: Paths) -> None:
    assert library.writer is not None
    first = backups.daily(paths, NOW)
    again = backups.daily(paths, NOW + timedelta(hours=5))
    next_day = backups.daily(paths, NOW + timedelta(days=1))

    assert first is not None
    assert again is None
    assert next_day is not None
    assert first.name == "library-20261130T120000Z-daily.db"
    assert [path for _, path in backups.existing(paths)] == [next_day, first]


def test_a_year_and_a_half_of_daily_backups_leaves_days_weeks_and_months() -> None:
    kept: set[datetime] = set()
    for day in range(550):
        kept = backups.to_keep(kept | {NOW + timedelta(days=day)})
    falling = sorted(kept, reverse=True)
    newest = NOW + timedelta(days=549)

    assert falling[:7] == [newest - timedelta(days=day) for day in range(7)]
    assert len({at.isocalendar()[:2] for at in falling}) >= 4
    months = {(at.year, at.month) for at in falling}
    assert len(months) == 12
    assert 7 <= len(falling) <= 7 + 4 + 12
    for at in falling:  # of each month the newest that was there
        assert at >= newest - timedelta(days=366)


def test_the_rule_is_stable_and_keeps_what_is_newest() -> None:
    made = {NOW - timedelta(hours=7 * at) for at in range(500)}
    kept = backups.to_keep(made)

    assert max(made) in kept
    assert kept <= made
    assert backups.to_keep(kept) == kept
    assert backups.to_keep([]) == set()
    assert backups.to_keep([NOW]) == {NOW}


def test_thinning_out_leaves_files_of_others_alone(library: Library, paths: Paths) -> None:
    for day in range(12):
        backups.backup(paths, "daily", NOW + timedelta(days=day))
    foreign = paths.backups / "my own copy.db"
    foreign.write_text("mine")
    backups.thin_out(paths)

    assert foreign.exists()
    assert len(backups.existing(paths)) < 12


def test_a_bad_copy_never_takes_the_place_of_a_good_one(
    library: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(8):
        backups.backup(paths, "daily", NOW + timedelta(days=day))
    before = backups.existing(paths)

    def damaged(_: object) -> dict[str, int]:
        raise UserFixable("damaged")

    monkeypatch.setattr(copying, "verify", damaged)
    with pytest.raises(UserFixable):
        backups.daily(paths, NOW + timedelta(days=8))

    assert backups.existing(paths) == before
    assert [path for path in paths.backups.iterdir() if path.suffix == ".part"] == []


def test_a_full_disk_is_said_in_a_sentence(
    library: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "sync_folder", full)
    with pytest.raises(NoSpace):
        backups.backup(paths)


def test_a_backup_cannot_be_made_of_a_damaged_library(library: Library, writer: Writer, paths: Paths) -> None:
    for at in range(4):
        captures.add(writer, page(f"p{at}", text="word " * 20_000))
    library.close()
    data = bytearray(paths.library.read_bytes())
    data[4096 * 30 :] = b"\x5a" * (len(data) - 4096 * 30)
    paths.library.write_bytes(data)

    with pytest.raises(UserFixable):
        backups.backup(paths)
    assert backups.existing(paths) == []


def test_the_host_learns_tags_goals_and_addresses(
    library: Library, writer: Writer, reader: Reader, paths: Paths
) -> None:
    captures.add(writer, page("one", tags=("rare", "often"), goal="Fair interviews", captured_at=NOON))
    captures.add(
        writer, page("print/one", tags=("often",), canonical="https://site.example/one", captured_at=NOON + 9)
    )
    gone = captures.add(writer, page("gone", text="Gone.", tags=("gone",)))
    captures.move(writer, [gone.source_id], State.TRASH)
    tags.add_alias(writer, "rare", "seldom")
    snapshot.export(reader, paths)
    told = host.vocabulary(paths.snapshot)

    assert told["tags"] == ["often", "rare", "seldom"]
    assert told["goals"] == [{"id": 1, "skill": "Fair interviews"}]
    assert told["revision"] > 0
    for address in ("one", "print/one", "one?utm_source=x"):
        assert host.look_up(paths.snapshot, url_key(f"https://site.example/{address}")) == NOON + 9
    assert host.look_up(paths.snapshot, url_key("https://site.example/gone")) is None
    assert host.look_up(paths.snapshot, url_key("https://site.example/never")) is None


def test_a_snapshot_that_cannot_be_written_is_said(
    reader: Reader, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(host, "write", full)
    with pytest.raises(NoSpace):
        snapshot.export(reader, paths)


def test_once_a_day_everything_is_kept_in_order(library: Library, writer: Writer, paths: Paths) -> None:
    gone = captures.add(writer, page("gone", text="Gone."))
    kept = captures.add(writer, page("kept", text="Kept."))
    captures.move(writer, [gone.source_id], State.TRASH)
    later = datetime.now(UTC) + timedelta(days=31)

    assert upkeep.keep_in_order(library) == Changes()
    assert upkeep.keep_in_order(library, later).ids == (gone.source_id,)
    assert list(lists.ids(library.reader, View())) == [kept.source_id]
    assert next_undo(library.reader) == ""
    assert len(backups.existing(paths)) == 2
    with open_library(paths, write=False) as reading:
        assert upkeep.keep_in_order(reading) == Changes()


def test_the_sample_library_is_complete(paths: Paths) -> None:
    now = NOON
    sample(paths, now)
    with open_library(paths, write=False) as library:
        rows = lists.page(library.reader, lists.ids(library.reader, View()))
        details = [lists.detail(library.reader, row.id) for row in rows]

        assert len(rows) >= 23
        assert max(row.versions for row in rows) == 2
        assert all(row.saved_at <= now for row in rows)
        assert {row.state for row in rows} == {State.INBOX, State.LATER, State.ARCHIVE}
        assert {row.kind for row in rows} == {"page", "pdf", "link", "video", "selection"}
        assert len({row.saved_at // (24 * 3600 * 1000) for row in rows}) > 8
        html = "".join(detail.html for detail in details if detail)
        for tag in ("<h2>", "<blockquote>", "<table>", "<pre>", "<ul>", "<ol>", "<figure>", '<img src="res/'):
            assert tag in html
        assert lists.goals(library.reader)
        with closing(sqlite3.connect(paths.library)) as connection:
            names = [
                name for (name,) in connection.execute("SELECT 'res/' || sha256 || '.' || ext FROM asset")
            ]
        assert len(names) == 2
