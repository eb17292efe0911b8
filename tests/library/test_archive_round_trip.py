"""An archive holds every field of everything, and comes back without a difference."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from desktop.errors import BadInput, LibraryBusy
from desktop.library import captures, tags
from desktop.library.archive.export import Exported, export
from desktop.library.archive.format import LEFT_OUT, TABLES, Progress, Stopped
from desktop.library.archive.import_ import Imported, import_archive
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.store import models
from desktop.store.writer import Writer
from tests.support.generated import contents, differences, generate
from tests.support.many import sample
from tests.support.saving import page


def exported(paths: Paths, out: Path) -> Exported:
    with open_library(paths, write=False) as library:
        return export(library.reader, paths, out)


def round_trip(paths: Paths, folder: Path, name: str = "all.zip") -> tuple[Paths, Imported]:
    exported(paths, folder / name)
    other = Paths(folder / "other")
    return other, import_archive(other, folder / name)


def test_every_table_is_written_or_left_out_for_a_reason() -> None:
    assert models.Source
    known = list(SQLModel.metadata.tables)

    assert set(TABLES) | LEFT_OUT.keys() == set(known)
    assert not set(TABLES) & LEFT_OUT.keys()
    assert list(TABLES) == [name for name in known if name in TABLES], "in glossary order"
    assert all(LEFT_OUT.values())


def test_every_column_of_every_model_is_in_the_archive(paths: Paths, tmp_path: Path) -> None:
    generate(paths, 1, rows=20)
    exported(paths, tmp_path / "all")

    for name in TABLES:
        columns = {column.name for column in SQLModel.metadata.tables[name].columns}
        lines = (tmp_path / "all" / f"{name}.jsonl").read_bytes().splitlines()
        assert lines, name
        assert json.loads(lines[0]).keys() == columns


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["all.zip", "all"])
def test_a_generated_library_comes_back_without_a_difference(
    paths: Paths, tmp_path: Path, seed: int, name: str
) -> None:
    generate(paths, seed * 2 + (name == "all"))
    other, told = round_trip(paths, tmp_path, name)

    assert differences(paths, other) == []
    assert told.cleaned == 0
    assert told.missing == ()
    assert told.rows == sum(len(rows) for table, rows in contents(other).items() if table in TABLES)


def test_naughty_strings_come_back_byte_by_byte(paths: Paths, tmp_path: Path, shared: Path) -> None:
    strings = json.loads((shared / "corpora" / "strings" / "blns.json").read_text("utf-8"))
    generate(paths, 1, strings, len(strings))
    other, _ = round_trip(paths, tmp_path)

    assert differences(paths, other) == []
    found = {row["comment"] for row in contents(other)["annotation"]}
    assert found == set(strings)


def test_the_sample_library_comes_back_and_opens(paths: Paths, tmp_path: Path) -> None:
    sample(paths)
    other, told = round_trip(paths, tmp_path)

    assert differences(paths, other) == []
    assert told.files == 2
    with open_library(other, write=True) as library:
        assert library.writer is not None
        captures.add(library.writer, page())


def test_the_imported_library_has_a_generation_of_its_own_and_an_empty_outbox(
    library: Library, writer: Writer, paths: Paths, tmp_path: Path
) -> None:
    captures.add(writer, page())
    other, _ = round_trip(paths, tmp_path)
    with open_library(other, write=False) as there:
        assert there.reader.rows("SELECT count(*) FROM outbox") == [(0,)]
        mine, theirs = (
            one.reader.rows("SELECT value FROM library_state WHERE name = 'generation'")
            for one in (library, there)
        )
        assert mine != theirs


def test_an_export_is_of_one_moment_while_captures_come_in(
    library: Library, writer: Writer, paths: Paths, tmp_path: Path
) -> None:
    for at in range(5):
        captures.add(writer, page(f"p{at}", tags=("one",)))
    seen: list[Progress] = []

    def told(progress: Progress) -> None:
        if not seen:
            captures.add(writer, page("later", tags=("two",)))
        seen.append(progress)

    made = export(library.reader, paths, tmp_path / "all.zip", told)
    other = Paths(tmp_path / "other")
    import_archive(other, made.path)

    assert len(contents(other)["source"]) == len(contents(other)["capture"]) == 5
    assert [row["name"] for row in contents(other)["tag"]] == ["one"]
    assert len(contents(paths)["source"]) == 6
    assert seen[-1].done == seen[-1].total


def test_a_picture_that_is_gone_is_told_and_not_a_reason_to_refuse(paths: Paths, tmp_path: Path) -> None:
    generate(paths, 5, rows=2)
    gone, damaged = sorted(paths.assets.glob("??/*"))
    gone.unlink()
    damaged.write_bytes(b"not it")
    made = exported(paths, tmp_path / "all.zip")
    other = Paths(tmp_path / "other")
    told = import_archive(other, made.path)

    assert made.missing == told.missing
    assert len(told.missing) == 2
    assert [line for line in differences(paths, other) if not line.startswith("file")] == []


def test_an_export_that_is_stopped_leaves_nothing(library: Library, writer: Writer, paths: Paths) -> None:
    captures.add(writer, page())
    out = paths.home.parent / "out"
    out.mkdir()
    for name in ("all.zip", "all"):
        with pytest.raises(Stopped):
            export(library.reader, paths, out / name, stop=lambda: True)
    assert list(out.iterdir()) == []
    assert tags.tag(writer, [1], ["still"], []).ids


@pytest.mark.parametrize("after", [0, 40, 90])
def test_an_import_that_is_stopped_leaves_nothing(paths: Paths, tmp_path: Path, after: int) -> None:
    generate(paths, 5, rows=12)
    made = exported(paths, tmp_path / "all.zip")
    other = Paths(tmp_path / "other")
    so_far: list[Progress] = []

    with pytest.raises(Stopped):
        import_archive(other, made.path, so_far.append, lambda: len(so_far) > after)

    assert not other.library.exists()
    assert [path for path in other.home.rglob("*") if path.is_file() and path != other.lock] == []


def test_nothing_is_written_over(library: Library, paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("mine")
    for out in (tmp_path / "mine.zip", tmp_path / "absent" / "all.zip", paths.home / "all.zip"):
        with pytest.raises(BadInput):
            export(library.reader, paths, out)
    assert (tmp_path / "mine.zip").read_text() == "mine"


def test_only_an_empty_library_takes_an_archive(paths: Paths, tmp_path: Path) -> None:
    generate(paths, 5, rows=1)
    made = exported(paths, tmp_path / "all.zip")

    with pytest.raises(BadInput, match="not empty"):
        import_archive(paths, made.path)


def test_an_open_library_takes_no_archive(library: Library, paths: Paths, tmp_path: Path) -> None:
    made = exported(paths, tmp_path / "all.zip")

    with pytest.raises(LibraryBusy):
        import_archive(paths, made.path)


def test_the_same_library_makes_the_same_archive(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(paths, 3)
    moment: Callable[[], int] = lambda: 1_790_000_000_000_000_000  # noqa: E731
    monkeypatch.setattr("desktop.library.archive.export.time.time_ns", moment)
    one, two = exported(paths, tmp_path / "1.zip"), exported(paths, tmp_path / "2.zip")

    assert one.path.read_bytes() == two.path.read_bytes()
    with zipfile.ZipFile(one.path) as archive:
        assert archive.testzip() is None
