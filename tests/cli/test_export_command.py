"""``kithbook export FORMAT OUT``, as a person types it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.library import captures
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.share.export.formats import FORMATS
from tests.support.saving import page

Run = Callable[..., str]


def save(paths: Paths, *addresses: str, tag: str = "", goal: str = "") -> None:
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        for address in addresses:
            captures.add(
                library.writer, page(address, f"About {address}.", tags=(tag,) if tag else (), goal=goal)
            )


def titles(path: Path) -> list[str]:
    return sorted(json.loads(line)["title"] for line in path.read_text("utf-8").splitlines())


def test_every_format_has_its_name(run: Run, paths: Paths, tmp_path: Path) -> None:
    save(paths, "one")
    for form in FORMATS:
        out = tmp_path / f"out-{form.name}{form.suffix}"
        assert run("export", form.name, str(out)).startswith(f"{out}: 1 page, ")
        assert out.is_dir() is form.is_folder

    names = {form.name for form in FORMATS}
    assert names >= {"markdown", "csv", "jsonl", "bookmarks", "bibtex", "ris", "csl-json", "annotations"}
    assert "wonderful" in run("export", "wonderful", "x", status=2)


def test_a_search_tag_or_goal_chooses(run: Run, paths: Paths, tmp_path: Path) -> None:
    save(paths, "sparrow", tag="work/birds")
    save(paths, "salmon", goal="Fishing")

    chosen = [
        ((), ["salmon", "sparrow"]),
        (("--all",), ["salmon", "sparrow"]),
        (("--query", "sparrow"), ["sparrow"]),
        (("--tag", "work"), ["sparrow"]),
        (("--goal", "fishing"), ["salmon"]),
        (("--goal", "1"), ["salmon"]),
    ]
    for number, (words, expected) in enumerate(chosen):
        run("export", "jsonl", str(tmp_path / f"{number}.jsonl"), *words)
        assert titles(tmp_path / f"{number}.jsonl") == [f"Title of {one}" for one in expected]
    assert "nothing to export" in run("export", "csv", str(tmp_path / "no.csv"), "--query", "heron", status=1)
    assert "no goal" in run("export", "csv", str(tmp_path / "no.csv"), "--goal", "Flying", status=1)
    assert not (tmp_path / "no.csv").exists()


def test_an_older_file_goes_only_when_asked(run: Run, paths: Paths, tmp_path: Path) -> None:
    save(paths, "one")
    out = str(tmp_path / "a.csv")
    run("export", "csv", out)

    assert "there already" in run("export", "csv", out, status=1)
    run("export", "csv", out, "--overwrite")


def test_a_markdown_folder_is_brought_up_to_date(
    run: Run, paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(paths, "one")
    out = tmp_path / "notes"
    run("export", "markdown", str(out))
    (out / "Title of one.md").write_text("mine", "utf-8")
    save(paths, "two")
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        captures.set_why(library.writer, 1, "New")
    capsys.readouterr()

    assert main.run(["export", "markdown", str(out)]) == 0
    said = capsys.readouterr()
    assert "1 file that you edited was left as it is: Title of one.md." in said.err
    assert (out / "Title of one.md").read_text("utf-8") == "mine"
    assert (out / "Title of two.md").exists()


def test_an_archive_takes_no_choice(run: Run, paths: Paths, tmp_path: Path) -> None:
    save(paths, "one")

    assert "everything" in run("export", "archive", str(tmp_path / "a.zip"), "--tag", "x", status=1)


def test_pages_are_cited_in_a_style(run: Run, paths: Paths) -> None:
    save(paths, "one")

    assert run("cite", "1").startswith("Site. (n.d.). Title of one. ")
    assert run("cite", "1", "--style", "ieee", "--html").startswith("<p>[1] ‘Title of one’, ")
    assert "no page 7" in run("cite", "7", "1", status=1)
