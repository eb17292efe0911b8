"""``kithbook share``: found pages into one file, what is private and tighter stays."""

from pathlib import Path

from desktop.learning import people
from desktop.library import captures
from desktop.library.marks import annotations
from desktop.library.opening import open_library
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.share import circles, sent
from desktop.share.opening import open_pack
from tests.cli.conftest import Run
from tests.support.saving import page


def fill(paths: Paths) -> int:
    """Two open pages about statistics, one private; the id of the first."""
    paths.home.mkdir(exist_ok=True)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        first = captures.add(library.writer, page("a", text="Statistics for all.", tags=("stats",)))
        captures.add(library.writer, page("b", text="Statistics again."))
        captures.add(library.writer, page("c", text="Statistics of mine.", is_private=True))
        annotations.highlight(library.writer, first.capture_id, 0, 10, comment="Our case")
        annotations.highlight(library.writer, first.capture_id, 11, 18, comment="hush", is_private=True)
        people.keep(library.writer, "Ana", address="ana@firm.example")
        return first.source_id


def test_found_pages_become_one_file_that_opens(run: Run, paths: Paths, tmp_path: Path) -> None:
    fill(paths)
    said = run(
        "share", "--query", "statistics", "--message", "For Thursday", "--to", "ana", str(tmp_path / "s.html")
    )
    opened = open_pack(tmp_path / "s.html")

    assert "Goes: pages 2, highlights 1, of these with a comment 1, full texts 0." in said
    assert "Stays: private pages 1, private highlights 1, addresses inside 0." in said
    assert (opened.pack.message, opened.pack.circle, opened.is_signed) == ("For Thursday", "Ana", False)
    assert sorted(one.title for one in opened.pack.items) == ["Title of a", "Title of b"]
    assert "hush" not in (tmp_path / "s.html").read_text("utf-8")
    with open_library(paths, write=False) as library:
        (row,) = sent.all_of(library.reader, "sent")
        assert (row.file_name, row.items) == ("s.html", 2)
    assert "there already" in run("share", "--query", "statistics", str(tmp_path / "s.html"), status=1)


def test_full_texts_go_with_their_reason_and_tags_may_stay(run: Run, paths: Paths, tmp_path: Path) -> None:
    fill(paths)
    run(
        "share",
        "--query",
        "statistics",
        "--full-text",
        "--because",
        "Offline",
        "--without-tags",
        str(tmp_path / "s"),
    )
    pack = open_pack(tmp_path / "s.html").pack

    assert {one.why_full for one in pack.items} == {"Offline"}
    assert all(one.html and not one.tags for one in pack.items)


def test_an_address_of_a_host_that_counts_as_inside_stays(run: Run, paths: Paths, tmp_path: Path) -> None:
    fill(paths)
    Settings.load(paths).set("inside_hosts", "site.example, other.example")
    run("share", "--query", "statistics", str(tmp_path / "s.html"))

    assert {one.url for one in open_pack(tmp_path / "s.html").pack.items} == {""}
    assert b"site.example" not in (tmp_path / "s.html").read_bytes()


def test_a_page_for_fewer_people_stops_it_until_it_is_said(run: Run, paths: Paths, tmp_path: Path) -> None:
    first = fill(paths)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        circles.set_circle(library.writer, [first], circles.TEAM)
    out = str(tmp_path / "s.html")

    told = run("share", "--query", "statistics", out, status=1)
    assert "meant for fewer people: Title of a (Team)" in told
    assert not list(tmp_path.glob("s*"))
    assert run("share", "--query", "statistics", "--to", "team", out)
    assert run("share", "--query", "statistics", "--beyond-circles", str(tmp_path / "t.html"))


def test_nobody_of_that_name_and_nothing_found_are_said(run: Run, paths: Paths, tmp_path: Path) -> None:
    fill(paths)
    out = str(tmp_path / "s.html")

    assert "no person and no circle" in run("share", "--query", "statistics", "--to", "Zoe", out, status=1)
    assert "Nothing was found" in run("share", "--query", "cooking", out, status=1)
    assert not list(tmp_path.glob("s*"))
