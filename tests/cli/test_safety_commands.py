"""backup, restore, check, export and import, as a person types them."""

import json
from pathlib import Path

from desktop.library import captures
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.text.urls import url_key
from native_host import snapshot as host
from tests.cli.conftest import Run
from tests.support.generated import differences
from tests.support.saving import page


def save(paths: Paths, address: str) -> None:
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        captures.add(library.writer, page(address, text=address))


def test_a_backup_is_made_listed_and_restored(run: Run, paths: Paths) -> None:
    assert "nothing to back up" in run("backup", status=1)
    assert "no backup yet" in run("backup", "--list")
    save(paths, "one")
    made = run("backup")
    name = made.split()[0]
    save(paths, "two")

    assert "1 page" in made
    assert run("backup", "--list") == made
    assert json.loads(run("backup", "--list", "--json"))["name"] == name
    assert "kept as" in run("restore", name)
    assert "Title of two" not in run("list")
    assert "Title of one" in run("list")
    assert host.look_up(paths.snapshot, url_key("https://site.example/one")) is not None
    assert host.look_up(paths.snapshot, url_key("https://site.example/two")) is None
    assert "no backup" in run("restore", "other", status=1)


def test_restore_and_import_are_refused_while_the_library_is_open(
    run: Run, paths: Paths, tmp_path: Path
) -> None:
    save(paths, "one")
    name = run("backup").split()[0]
    run("export", "archive", str(tmp_path / "all.zip"))
    with open_library(paths, write=True):
        assert "close it first" in run("restore", name, status=1)
        assert "Another Kithbook" in run("import", str(tmp_path / "all.zip"), status=1)


def test_check_says_how_it_stands(run: Run, paths: Paths) -> None:
    save(paths, "one")

    assert "ok      library: The library file is whole: 1 page." in run("check")
    assert {line["name"] for line in json.loads(run("check", "--json"))} >= {"library", "backups"}
    paths.library.write_bytes(b"nonsense" * 1000)
    run("check", status=1)


def test_everything_goes_out_and_comes_back(run: Run, paths: Paths, tmp_path: Path) -> None:
    save(paths, "one")
    for name in ("all.zip", "all"):
        said = run("export", "archive", str(tmp_path / name))
        assert str(tmp_path / name) in said
    assert "there already" in run("export", "archive", str(tmp_path / "all"), status=1)
    assert "not empty" in run("import", str(tmp_path / "all"), status=1)
    before = Paths(tmp_path / "before")
    paths.home.rename(before.home)

    assert "Taken in" in run("import", str(tmp_path / "all"))
    assert differences(before, paths) == []
    assert "Title of one" in run("list")
