"""Pictures and raw pages: named by what they hold, whole or not there, and never outside their folders."""

import errno
import os
import time
from pathlib import Path

import pytest

from desktop.errors import BadInput, NoSpace
from desktop.library import assets
from desktop.paths import Paths


def test_a_picture_is_kept_once_under_its_hash(paths: Paths) -> None:
    first = assets.keep(paths, b"bytes", "png", "https://site.example/p.png")
    second = assets.keep(paths, b"bytes", "png")
    path = assets.path_of(paths, first.name)

    assert (first.mime, first.bytes, first.url, first.sha256) == (
        "image/png",
        5,
        "https://site.example/p.png",
        second.sha256,
    )
    assert first.name == f"res/{first.sha256}.png"
    assert path is not None
    assert path.read_bytes() == b"bytes"
    assert [each for each in paths.assets.rglob("*") if each.is_file()] == [path]


def test_a_picture_that_was_cut_short_is_written_anew(paths: Paths) -> None:
    kept = assets.keep(paths, b"bytes", "png")
    path = assets.path_of(paths, kept.name)
    assert path is not None
    path.write_bytes(b"by")
    assets.keep(paths, b"bytes", "png")

    assert path.read_bytes() == b"bytes"


@pytest.mark.parametrize("ext", ["svg", "html", "exe", "", "../png"])
def test_other_kinds_of_files_are_refused(paths: Paths, ext: str) -> None:
    with pytest.raises(BadInput):
        assets.keep(paths, b"bytes", ext)


@pytest.mark.parametrize(
    "name",
    [
        "../library.db",
        "res/../../library.db",
        f"res/{'a' * 64}.html",
        f"res/{'A' * 64}.png",
        f"res/{'a' * 63}.png",
        f"res/{'a' * 64}.png\n",
        f"/res/{'a' * 64}.png",
        f"res/{'a' * 64}.png",
        "",
    ],
)
def test_only_names_of_kept_pictures_lead_to_a_file(paths: Paths, name: str) -> None:
    assets.keep(paths, b"bytes", "png")
    assert assets.path_of(paths, name) is None


def test_a_raw_page_comes_back_byte_by_byte(paths: Paths) -> None:
    raw = bytes(range(256)) * 100
    name, digest = assets.keep_page(paths, raw)

    assert assets.keep_page(paths, raw) == (name, digest)
    assert assets.read_page(paths, name) == raw
    assert (paths.pages / name).stat().st_size < len(raw)


@pytest.mark.parametrize(
    "name", ["", "../library.db", "aa/../../library.db", "/etc/passwd", f"aa/{'a' * 64}.html.gz"]
)
def test_only_names_of_raw_pages_are_read(paths: Paths, name: str) -> None:
    assert assets.read_page(paths, name) is None


def test_a_damaged_raw_page_is_as_none(paths: Paths) -> None:
    name, _ = assets.keep_page(paths, b"page" * 1_000)
    whole = (paths.pages / name).read_bytes()
    for damaged in (whole[:20], b"not gzip", whole[:-4] + b"\0\0\0\0"):
        (paths.pages / name).write_bytes(damaged)
        assert assets.read_page(paths, name) is None


def test_removing_takes_only_what_was_kept(paths: Paths) -> None:
    kept = assets.keep(paths, b"bytes", "png")
    name, _ = assets.keep_page(paths, b"page")
    outside = paths.home / "settings.json"
    outside.write_text("{}")
    assets.remove(paths, [kept.name, name, "../settings.json", str(outside), "res/x", name])

    assert outside.exists()
    assert assets.path_of(paths, kept.name) is None
    assert assets.read_page(paths, name) is None


def test_what_was_kept_again_meanwhile_stays(paths: Paths) -> None:
    kept = assets.keep(paths, b"bytes", "png")
    name, _ = assets.keep_page(paths, b"page")
    began = time.time_ns()
    assets.keep(paths, b"bytes", "png")
    assets.keep_page(paths, b"page")
    assets.remove(paths, [kept.name, name], began)

    assert assets.path_of(paths, kept.name) is not None
    assert assets.read_page(paths, name) == b"page"
    assets.remove(paths, [kept.name, name], time.time_ns() + 1)
    assert assets.path_of(paths, kept.name) is None


def test_sweeping_takes_old_files_that_nothing_names(paths: Paths) -> None:
    named = assets.keep(paths, b"named", "png")
    page, _ = assets.keep_page(paths, b"page")
    assets.keep(paths, b"stray", "png")
    assets.keep_page(paths, b"stray page")
    half = paths.assets / named.sha256[:2] / ".half.part"
    half.write_bytes(b"half")

    assert assets.sweep(paths, {named.name, page}, 0) == 0
    assert assets.sweep(paths, {named.name, page}, time.time_ns() + 10**9) == 3
    assert assets.path_of(paths, named.name) is not None
    assert assets.read_page(paths, page) == b"page"
    assert not half.exists()


def test_a_full_disk_leaves_no_half_file(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoSpace, match="disk is full"):
        assets.keep(paths, b"bytes", "png")

    assert [path for path in paths.assets.rglob("*") if path.is_file()] == []


def test_file_and_folder_are_synced_before_it_returns(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not tell what a handle is")
    monkeypatch.setattr(os, "fsync", fsync)
    kept = assets.keep(paths, b"bytes", "png")

    assert synced[-3:] == ["assets", f".{kept.sha256}.png.{os.getpid()}.part", kept.sha256[:2]]
