"""A hostile, damaged or contradicting archive is refused before anything is written."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import BadInput, LibraryTooNew, Refused, UserFixable
from desktop.library.archive import rows
from desktop.library.archive.export import export
from desktop.library.archive.format import TABLES
from desktop.library.archive.import_ import import_archive
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.store import schema
from desktop.text import sanitize
from tests.support.generated import contents, generate

Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive as a folder; a test changes a copy."""
    folder = tmp_path_factory.mktemp("archive")
    paths = Paths(folder / "kithbook")
    generate(paths, 8, rows=4)
    with open_library(paths, write=False) as library:
        return export(library.reader, paths, folder / "all").path


@pytest.fixture
def archive(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "all"))


def is_refused(paths: Paths, place: Path, words: str = ".", kind: type[UserFixable] = Refused) -> None:
    with pytest.raises(kind, match=words):
        import_archive(paths, place)
    assert not paths.library.exists()
    assert [path for path in paths.home.rglob("*") if path.is_file() and path != paths.lock] == []


def told_anew(archive: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file, and let the manifest agree with it."""
    import hashlib

    data = change((archive / name).read_bytes())
    (archive / name).write_bytes(data)
    manifest = json.loads((archive / "manifest.json").read_bytes())
    for one in manifest["files"]:
        if one["name"] == name:
            one |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (archive / "manifest.json").write_text(json.dumps(manifest))


def changed_row(archive: Path, table: str, **values: Any) -> None:
    def change(data: bytes) -> bytes:
        first, *others = data.splitlines(keepends=True)
        return json.dumps(json.loads(first) | values).encode() + b"\n" + b"".join(others)

    told_anew(archive, f"{table}.jsonl", change)


def changed_manifest(archive: Path, change: Callable[[Manifest], object]) -> None:
    manifest = json.loads((archive / "manifest.json").read_bytes())
    change(manifest)
    (archive / "manifest.json").write_text(json.dumps(manifest))


def zipped(archive: Path, place: Path, also: Callable[[zipfile.ZipFile], object] = lambda _: None) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(archive.rglob("*")):
            if path.is_file():
                made.write(path, str(path.relative_to(archive)))
        also(made)
    return place


def test_the_unchanged_copy_is_taken(paths: Paths, archive: Path) -> None:
    assert import_archive(paths, archive).rows > 50


@pytest.mark.parametrize("is_alone", [True, False])
def test_every_hostile_pack_is_refused(
    paths: Paths, archive: Path, tmp_path: Path, shared: Path, is_alone: bool
) -> None:
    packs = sorted((shared / "corpora" / "packs").glob("*.zip"))
    assert len(packs) == 10
    for pack in packs:
        place = pack
        if not is_alone:  # the same entries behind a good archive
            place = zipped(archive, tmp_path / pack.name, lambda made, pack=pack: _graft(made, pack))
        is_refused(paths, place)
    assert not Path("/tmp/evil.txt").exists()


def _graft(made: zipfile.ZipFile, pack: Path) -> None:
    with zipfile.ZipFile(pack) as hostile:
        for number, member in enumerate(hostile.infolist()[:50]):
            if member.file_size > 1 << 20 or "manifest" in member.filename:
                made.writestr(f"../../evil{number}", b"x")
            else:
                made.writestr(member, hostile.read(member) if member.file_size else b"")


def test_a_doubled_name_is_refused(paths: Paths, archive: Path, tmp_path: Path) -> None:
    def twice(made: zipfile.ZipFile) -> None:
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("tag.jsonl", b"")

    is_refused(paths, zipped(archive, tmp_path / "all.zip", twice), "twice")


def test_a_member_that_unpacks_to_far_too_much_is_refused(
    paths: Paths, archive: Path, tmp_path: Path
) -> None:
    def bomb(made: zipfile.ZipFile) -> None:
        made.writestr("assets/" + "00/" + "0" * 64 + ".png", b"\0" * (20 << 20))

    is_refused(paths, zipped(archive, tmp_path / "all.zip", bomb), "far more")


def test_a_member_that_is_no_plain_file_is_refused(paths: Paths, archive: Path, tmp_path: Path) -> None:
    def linked(made: zipfile.ZipFile) -> None:
        member = zipfile.ZipInfo("assets/00/" + "0" * 64 + ".png")
        member.external_attr = 0o120777 << 16
        made.writestr(member, b"/etc/passwd")

    is_refused(paths, zipped(archive, tmp_path / "all.zip", linked), "no plain file")


def test_a_zip_cut_short_or_changed_is_refused(paths: Paths, archive: Path, tmp_path: Path) -> None:
    data = zipped(archive, tmp_path / "good.zip").read_bytes()
    for number, bad in enumerate((data[: len(data) // 2], data[:100], b"PK", b"", _flipped(data))):
        place = tmp_path / f"bad{number}.zip"
        place.write_bytes(bad)
        is_refused(paths, place)


def _flipped(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[len(data) // 3] ^= 0x55
    return bytes(changed)


def test_a_link_in_a_folder_is_not_followed(paths: Paths, archive: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.jsonl"
    (archive / "tag.jsonl").rename(outside)
    (archive / "tag.jsonl").symlink_to(outside)
    is_refused(paths, archive, "tag.jsonl")


def test_what_a_file_manager_leaves_in_a_folder_does_no_harm(paths: Paths, archive: Path) -> None:
    (archive / ".DS_Store").write_bytes(b"x")
    (archive / "assets").mkdir(exist_ok=True)
    (archive / "assets" / "Thumbs.db").write_bytes(b"x")

    assert import_archive(paths, archive).rows


@pytest.mark.parametrize("name", ["tag.jsonl", "content.jsonl", "asset", "page"])
def test_a_changed_byte_is_found(paths: Paths, archive: Path, name: str) -> None:
    kind = {"asset": "assets/*/*", "page": "pages/*/*"}.get(name, name)
    path = next(iter(sorted(archive.glob(kind))))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    is_refused(paths, archive, "changed or is damaged")


def test_a_picture_under_another_name_is_refused(paths: Paths, archive: Path) -> None:
    path = next(iter(archive.glob("assets/*/*")))
    told_anew(archive, str(path.relative_to(archive)), lambda _: b"something else")

    is_refused(paths, archive, "not what its name says")


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("source", {"state": "elsewhere"}),
        ("source", {"saved_at": "yesterday"}),
        ("source", {"saved_at": 1 << 63}),
        ("source", {"is_read": 2}),
        ("source", {"is_read": True}),
        ("source", {"title": None}),
        ("source", {"title": "\ud800"}),
        ("source", {"more": 1}),
        ("source", {"capture_id": 999}),
        ("capture", {"source_id": 999}),
        ("capture", {"notices": "{}"}),
        ("capture", {"given": "nonsense"}),
        ("content", {"raw_page": "../../../etc/passwd"}),
        ("content", {"left_out": "[1]"}),
        ("asset", {"sha256": "../x"}),
        ("asset", {"ext": "svg"}),
        ("annotation", {"colour": "black"}),
        ("tag", {"id": 2}),
        ("basket", {"note_id": 999}),
    ],
)
def test_a_row_that_cannot_be_is_refused(
    paths: Paths, archive: Path, table: str, values: dict[str, Any]
) -> None:
    changed_row(archive, table, **values)
    is_refused(paths, archive)


@pytest.mark.parametrize("line", [b"[]", b"{", b"NaN", b'{"id": NaN}', b"", b"\xff", b"[" * 100_000])
def test_a_line_that_is_no_row_is_refused(paths: Paths, archive: Path, line: bytes) -> None:
    told_anew(archive, "tag.jsonl", lambda data: line + b"\n" + data)
    is_refused(paths, archive, "tag.jsonl")


def test_a_row_too_many_or_an_unended_line_is_refused(paths: Paths, archive: Path) -> None:
    told_anew(archive, "event.jsonl", lambda data: data[:-1])
    is_refused(paths, archive, "not ended")
    told_anew(archive, "event.jsonl", lambda data: b"".join(data.splitlines(keepends=True)[1:]) + b"\n")
    is_refused(paths, archive)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.update(format="zotero"),
        lambda manifest: manifest.update(version="1"),
        lambda manifest: manifest.update(files={}),
        lambda manifest: manifest.update(schema=-1),
        lambda manifest: manifest.pop("tables"),
        lambda manifest: manifest["tables"].pop("tag"),
        lambda manifest: manifest["tables"].update(sqlite_master=manifest["tables"]["tag"]),
        lambda manifest: manifest["tables"]["tag"].update(rows=99),
        lambda manifest: manifest["tables"]["tag"].update(columns=["id"]),
        lambda manifest: manifest["files"].pop(),
        lambda manifest: manifest["files"].append(manifest["files"][0]),
        lambda manifest: manifest["files"].append(manifest["files"][0] | {"name": "../x"}),
        lambda manifest: manifest["files"][0].update(sha256="0"),
        lambda manifest: manifest.update(missing=["/etc/passwd"]),
        lambda manifest: manifest.clear(),
    ],
)
def test_a_manifest_that_lies_is_refused(
    paths: Paths, archive: Path, change: Callable[[Manifest], object]
) -> None:
    changed_manifest(archive, change)
    is_refused(paths, archive)


def test_an_archive_of_a_newer_program_says_so(paths: Paths, archive: Path) -> None:
    changed_manifest(archive, lambda manifest: manifest.update(schema=999))
    is_refused(paths, archive, "newer", LibraryTooNew)
    changed_manifest(archive, lambda manifest: manifest.update(version=2))
    is_refused(paths, archive, "newer")


def test_an_archive_of_an_older_program_is_taken_in_and_brought_up_to_date(
    paths: Paths, archive: Path
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.STEPS[0](connection)
        old = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in TABLES
        }

    def older(manifest: Manifest) -> None:
        manifest["schema"] = 1
        manifest["tables"] = {
            name: one | {"columns": old[name]} for name, one in manifest["tables"].items() if old[name]
        }
        manifest["files"] = [
            one for one in manifest["files"] if old.get(one["name"].removesuffix(".jsonl"), True)
        ]

    for table in ("source", "tag", "goal", "event"):
        told_anew(archive, f"{table}.jsonl", partial(_with_only, old[table]))
    for table in TABLES:
        if not old[table]:
            (archive / f"{table}.jsonl").unlink()
    changed_manifest(archive, older)
    import_archive(paths, archive)
    before = json.loads((archive / "source.jsonl").read_bytes().splitlines()[0])

    with open_library(paths, write=True) as library:
        assert library.reader.rows("PRAGMA user_version") == [(schema.newest(),)]
        assert library.reader.rows("SELECT count(*) FROM annotation") == [(0,)]
    assert before | {"circle_id": None} in contents(paths)["source"]
    assert [path.name.endswith("before-migration.db") for path in paths.backups.iterdir()] == [True]


def _with_only(columns: list[str], data: bytes) -> bytes:
    rows = [json.loads(line) for line in data.splitlines()]
    kept = [{name: row[name] for name in columns} for row in rows]
    return b"".join(json.dumps(row).encode() + b"\n" for row in kept)


def test_markup_that_is_not_clean_goes_through_the_gate(paths: Paths, archive: Path) -> None:
    evil = "<p onclick='x()'>Hello<script>alert(1)</script><img src=file:///etc/passwd></p>"
    changed_row(archive, "content", html=evil, left_out=json.dumps([evil]))
    told = import_archive(paths, archive)
    row = next(row for row in contents(paths)["content"] if "Hello" in row["html"])

    assert told.cleaned == 1
    assert row["html"] == sanitize.clean(evil)
    assert json.loads(row["left_out"]) == [sanitize.clean(evil)]
    assert "script" not in row["html"]


def test_what_is_not_there_is_said(paths: Paths, tmp_path: Path) -> None:
    is_refused(paths, tmp_path / "absent.zip", "not there", BadInput)
    (tmp_path / "empty").mkdir()
    is_refused(paths, tmp_path / "empty", "manifest")
    (tmp_path / "text.zip").write_text("not a zip")
    is_refused(paths, tmp_path / "text.zip")


def test_the_checked_columns_exist() -> None:
    from sqlalchemy import Boolean
    from sqlmodel import SQLModel

    from desktop.store import models

    assert models.Source
    for table, column in (*rows.CHOICES, *rows.JSON):
        assert column in SQLModel.metadata.tables[table].columns
    flags = {
        column.name
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Boolean) and column.name != "is_undone"
    }
    assert flags == rows.FLAGS
