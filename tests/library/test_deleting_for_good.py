"""Deleted for good: no row, no file, no byte of the text stays, and the capture does not come back."""

import os
import time
from pathlib import Path

from desktop.library import assets, captures, lists, undo
from desktop.library.opening import Library
from desktop.library.values import Asset, NewCapture, State, View
from desktop.paths import Paths
from desktop.store.changes import Changes
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import everything, link, page
from tests.support.undoing import next_undo

SECRET = "Nobody should read this sentence again 4711"
DAY = 24 * 3600 * 1000
NUMBERS = ("sqlite_sequence", "event", "outbox", "library_state")


def with_files(paths: Paths, address: str, picture: Asset, raw: bytes, text: str = SECRET) -> NewCapture:
    name, digest = assets.keep_page(paths, raw)
    html = f"<p>{text}</p><img src='{picture.name}'>"
    return NewCapture(
        uuid=f"uuid-{address}", url=f"https://site.example/{address}", captured_at=5, title=f"{SECRET} title",
        html=html, text=text, raw_page=name, raw_sha256=digest, pictures=(picture,), tags=("kept",),
        goal="Goal", why=f"{SECRET} why", left_out=(SECRET,),
    )  # fmt: skip


def a_while_later(paths: Paths) -> None:
    """As if every file had been kept an hour ago."""
    for path in files(paths):
        os.utime(path, (time.time() - 3600,) * 2)


def files(paths: Paths) -> set[Path]:
    return {path for folder in (paths.assets, paths.pages) for path in folder.rglob("*") if path.is_file()}


def test_only_what_is_in_trash_can_be_deleted(writer: Writer, reader: Reader) -> None:
    added = captures.add(writer, page())
    before = everything(reader)

    assert captures.delete_for_good(writer, [added.source_id]) == Changes()
    assert everything(reader) == before


def test_nothing_of_it_stays_but_a_tombstone(library: Library, writer: Writer, reader: Reader) -> None:
    paths = library.paths
    picture = assets.keep(paths, b"only here", "png")
    new = with_files(paths, "a", picture, b"raw")
    added = captures.add(writer, new)
    captures.retitle(writer, added.source_id, SECRET)
    captures.retitle(writer, added.source_id, "")
    captures.set_why(writer, added.source_id, "harmless")
    captures.tag(writer, [added.source_id], add=["one"], remove=["kept"])
    captures.move(writer, [added.source_id], State.TRASH)
    a_while_later(paths)
    changes = captures.delete_for_good(writer, [added.source_id], origin="trash")

    assert (changes.ids, changes.origin, changes.label) == ((added.source_id,), "trash", "Deleted for good")
    left = {name: rows for name, rows in everything(reader, but=NUMBERS).items() if rows}
    assert set(left) == {"tombstone", "tag", "goal", "circle"}
    assert next_undo(reader) == ""
    assert files(paths) == set()
    for path in paths.home.glob("library.db*"):
        assert SECRET.encode() not in path.read_bytes()
    again = captures.add(writer, new)
    assert (again.outcome, again.source_id, again.capture_id, bool(again.changes)) == ("deleted", 0, 0, False)


def test_files_that_came_with_a_deleted_capture_are_removed(
    library: Library, writer: Writer, paths: Paths
) -> None:
    picture = assets.keep(paths, b"picture", "png")
    added = captures.add(writer, with_files(paths, "a", picture, b"raw"))
    captures.move(writer, [added.source_id], State.TRASH)
    a_while_later(paths)
    captures.delete_for_good(writer, [added.source_id])
    picture = assets.keep(paths, b"picture", "png")
    captures.add(writer, with_files(paths, "a", picture, b"raw"))

    assert files(paths) == set()


def test_what_others_still_show_is_kept(writer: Writer, reader: Reader, paths: Paths) -> None:
    shared, own = assets.keep(paths, b"shared", "png"), assets.keep(paths, b"own", "jpg")
    first = captures.add(writer, with_files(paths, "a", shared, b"same raw"))
    second = captures.add(writer, with_files(paths, "b", shared, b"same raw", "Other"))
    third = captures.add(writer, with_files(paths, "c", own, b"own raw", "Third"))
    captures.move(writer, [first.source_id, third.source_id], State.TRASH)
    a_while_later(paths)
    captures.delete_for_good(writer, [first.source_id, third.source_id])

    assert assets.path_of(paths, shared.name) is not None
    assert assets.path_of(paths, own.name) is None
    assert len(files(paths)) == 2
    detail = lists.detail(reader, second.source_id)
    assert detail is not None
    assert assets.read_page(paths, detail.raw_page) == b"same raw"


def test_a_picture_that_another_capture_is_about_to_name_is_kept(writer: Writer, paths: Paths) -> None:
    picture = assets.keep(paths, b"picture", "png")
    first = captures.add(writer, with_files(paths, "a", picture, b"raw"))
    captures.move(writer, [first.source_id], State.TRASH)
    a_while_later(paths)
    picture = assets.keep(paths, b"picture", "png")
    second = with_files(paths, "b", picture, b"other raw", "Other")
    captures.delete_for_good(writer, [first.source_id])
    captures.add(writer, second)

    assert assets.path_of(paths, picture.name) is not None


def test_all_versions_leave_tombstones(writer: Writer, reader: Reader) -> None:
    added = [captures.add(writer, page(uuid=f"u{at}", text=f"Text {at // 2}.")) for at in range(4)]
    captures.move(writer, [added[0].source_id], State.TRASH)
    captures.delete_for_good(writer, [added[0].source_id])

    assert reader.rows("SELECT uuid FROM tombstone ORDER BY uuid") == [(f"u{at}",) for at in range(4)]
    assert captures.add(writer, page(text="Text 1.")).outcome == "new"


def test_the_rest_of_a_bulk_act_can_still_be_undone(writer: Writer, reader: Reader) -> None:
    ids = [captures.add(writer, page(name, text=name)).source_id for name in "abc"]
    captures.move(writer, ids, State.TRASH)
    captures.delete_for_good(writer, ids[:1])

    assert undo.undo(writer).ids == (ids[2], ids[1])
    assert lists.counts(reader).inbox == 2


def test_trash_is_emptied_after_thirty_days(writer: Writer, reader: Reader) -> None:
    ids = [captures.add(writer, link(name)).source_id for name in "abc"]
    captures.move(writer, ids[:2], State.TRASH)
    now = time.time_ns() // 1_000_000

    assert captures.empty_old_trash(writer, now + 29 * DAY) == Changes()
    assert captures.empty_old_trash(writer, now + 31 * DAY).label == "2 deleted for good"
    assert list(lists.ids(reader, View())) == ids[2:]
