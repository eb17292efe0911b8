"""The Markdown folder: front matter by a YAML reader not ours, and what happens when it is exported again."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from desktop.errors import BadInput
from desktop.library import captures
from desktop.library.opening import Library, open_library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.share.export import markdown_folder, markdown_listed, selection
from desktop.share.export.markdown_page import body, front_matter, page, plain
from desktop.share.export.selection import Answer, Items
from desktop.share.export.writing import Stopped
from tests.support.exporting import Given, exported, marked, naughty
from tests.support.saving import page as saved_page

SHA = "ab" * 32


def read(text: str) -> tuple[dict[str, Any], str]:
    """Front matter and body."""
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert found
    told = yaml.safe_load(found[1])
    assert isinstance(told, dict)
    return told, text[found.end() :]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def only(folder: Path) -> Path:
    (path,) = folder.glob("*.md")
    return path


def test_front_matter_says_all_of_it() -> None:
    one = exported(
        tags=("work/sql", "pay bands"), goals=("Fair interviews",), circle="team", found_through="Jonas",
        annotations=(marked(creator="Mira"),), senders=("Lea",),
    )  # fmt: skip
    told, _ = read(page(one, b"Text.").decode())

    assert told == {
        "id": one.uuid, "url": "https://site.example/1", "title": "Title of 1", "author": "Ana Petrova",
        "published": date(2024, 3, 5), "captured": datetime(2026, 9, 21, 14, 13, 20), "site": "The Site",
        "lang": "en", "kind": "page", "state": "inbox", "found_through": "Jonas", "circle": "team",
        "tags": ["work/sql", "pay-bands"], "goals": ["Fair interviews"], "people": ["Jonas", "Lea", "Mira"],
    }  # fmt: skip


def test_any_text_comes_back_from_the_front_matter(shared: Path) -> None:
    for text in naughty(shared):
        one = exported(
            title=text, author=text, url=text, site=text, found_through=text, published=text, goals=(text,),
            tags=(text,), circle=text, lang=text,
        )  # fmt: skip
        told, rest = read(page(one, b"").decode())

        assert [told[key] for key in ("url", "author", "site", "circle", "lang")] == [text] * 5
        assert told["title"] == text.strip() or text
        assert told["goals"] == [text]
        assert told["people"] == [text]
        assert str(told["published"]) == text
        assert set(told) == set(read(front_matter(exported()))[0])
        assert rest.startswith("\n# ")


def test_words_of_pages_and_of_others_are_no_markup() -> None:
    one = exported(
        title="# A [[link]] <b> #tag %%gone%%", why="*mine*\n\n- two",
        annotations=(
            marked(quote="1. one\n\n- two ![x](y)", comment="**mine** <b>"),
            marked(2, creator="Mira", comment="![x](http://x.example/p.png) <img src=x> **hers**"),
        ),
        answers=(Answer("Lea", "<script>x</script>", 1),),
    )  # fmt: skip
    _, text = read(page(one, b"").decode())

    assert "# \\# A \\[\\[link\\]\\] \\<b\\> \\#tag \\%%gone\\%%" in text
    assert "\\*mine\\* - two" in text
    assert "> 1\\. one\n>\n> \\- two \\!\\[x\\](y)" in text
    assert "**mine** <b>" in text
    assert "!\\[x](http://x.example/p.png) \\<img src=x> **hers**" in text
    assert "\\<script>x\\</script>" in text
    assert "— Mira" in text
    assert plain("- a\n# b") == "\\- a \\# b"


def test_a_page_cannot_set_tags_of_the_person() -> None:
    text, _ = body("A #tag here\n\n```sh\n#comment\n```\n\n# Heading\n\nC# and &#35; and [x](y#z)")

    assert (
        text.decode() == "A \\#tag here\n\n```sh\n#comment\n```\n\n# Heading\n\nC# and &#35; and [x](y#z)\n"
    )


def test_pictures_stand_beside(tmp_path: Path) -> None:
    (tmp_path / f"{SHA}.png").write_bytes(b"picture")
    html = f'<p><img src="res/{SHA}.png" alt="x"></p>'
    gone = f'<p><img src="res/{"cd" * 32}.png" alt="x"></p>'
    made = markdown_folder.write(
        Given(exported(html=html), exported(2, html=html), exported(3, html=gone), pictures=tmp_path),
        tmp_path / "out",
    )

    assert f"![x](assets/{SHA}.png)" in (tmp_path / "out" / "Title of 1.md").read_text("utf-8")
    assert (tmp_path / "out" / "assets" / f"{SHA}.png").read_bytes() == b"picture"
    assert made.files == 4
    assert made.said == ("1 picture is not there any more.",)


def test_names_are_safe_unique_and_stable(tmp_path: Path) -> None:
    titles = ["A/B: c?", "a b  C", "CON", "x" * 300, "…", "[[#^]]", "\u202egpj.exe", "a b c", "A b c"]
    items = [exported(number, title=title) for number, title in enumerate(titles, 1)]
    out = tmp_path / "out"
    markdown_folder.write(Given(*items), out)

    found = names(out) - {".kithbook-export"}
    assert len(found) == len({name.casefold() for name in found}) == len(titles)
    assert not [name for name in found if re.search(r'[<>:"/\\|?*\[\]#^\x00-\x1f]', name) or len(name) > 130]
    assert "_CON.md" in found
    assert {"A B c.md", "a b C (00000002).md", "a b c (00000008).md"} <= found
    again = [exported(one.id, title="Another") for one in items]
    markdown_folder.write(Given(*reversed(again)), out)
    assert names(out) - {".kithbook-export"} == found


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    markdown_folder.write(Given(exported(), exported(2)), out)
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.md")}
    made = markdown_folder.write(Given(exported(), exported(2, why="New")), out)

    after = {path.name: path.stat().st_mtime_ns for path in out.glob("*.md")}
    assert made.files == 1
    assert before["Title of 1.md"] == after["Title of 1.md"]
    assert "New" in (out / "Title of 2.md").read_text("utf-8")


def test_what_the_person_edited_is_never_written_over_unasked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    markdown_folder.write(Given(exported()), out)
    file = only(out)
    file.write_text("My own words.", "utf-8")

    assert markdown_folder.write(Given(exported()), out).said == ()
    for _ in range(2):
        made = markdown_folder.write(Given(exported(why="New")), out)
        assert made.said == ("1 file that you edited was left as it is: Title of 1.md.",)
        assert file.read_text("utf-8") == "My own words."
    assert markdown_folder.write(Given(exported(why="New")), out, overwrite=True).files == 1
    assert "New" in file.read_text("utf-8")


def test_what_the_person_took_away_stays_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    markdown_folder.write(Given(exported()), out)
    only(out).unlink()

    made = markdown_folder.write(Given(exported(why="New")), out)
    assert made.said == ("1 file that you moved or deleted was not made again: Title of 1.md.",)
    assert not list(out.glob("*.md"))
    markdown_folder.write(Given(exported(why="New")), out, overwrite=True)
    assert only(out)


def test_files_of_ones_own_are_never_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "Title of 1.md").write_text("mine", "utf-8")
    with pytest.raises(BadInput, match="holds other files"):
        markdown_folder.write(Given(exported()), out)
    (out / "Title of 1.md").unlink()
    markdown_folder.write(Given(exported(2)), out)
    (out / "title of 1.md").write_text("mine", "utf-8")
    markdown_folder.write(Given(exported()), out)

    assert (out / "title of 1.md").read_text("utf-8") == "mine"
    assert (out / "Title of 1 (00000001).md").exists()


@pytest.mark.parametrize(
    "name", ["../evil.md", "a/b.md", "C:evil.md", ".hidden.md", "evil.sh", "\\\\x\\y.md"]
)
def test_a_list_that_names_other_places_is_refused(tmp_path: Path, name: str) -> None:
    markdown_folder.write(Given(exported()), tmp_path / "out")
    markdown_listed.save(tmp_path / "out", {exported().uuid: markdown_listed.File(name, "0" * 64)})

    with pytest.raises(BadInput, match="damaged"):
        markdown_folder.write(Given(exported(why="New")), tmp_path / "out", overwrite=True)
    assert names(tmp_path) == {"out", "home", "run"}


def test_a_stopped_export_goes_on_where_it_stopped(tmp_path: Path) -> None:
    out = tmp_path / "out"
    items = Given(*(exported(number) for number in range(1, 31)))
    with pytest.raises(Stopped):
        markdown_folder.write(items, out, stop=after(7))
    assert not out.exists()
    markdown_folder.write(Given(exported()), out)
    with pytest.raises(Stopped, match="are whole"):
        markdown_folder.write(items, out, stop=after(7))
    assert 1 < len(names(out)) < 31
    assert markdown_folder.write(items, out).said == ()
    assert len(list(out.glob("*.md"))) == 30


def after(times: int) -> Callable[[], bool]:
    """True from the ``times``-th question on."""
    left = iter(range(times))
    return lambda: next(left, None) is None


@pytest.fixture
def library(tmp_path: Path) -> Any:
    with open_library(Paths(tmp_path / "library"), write=True) as opened:
        yield opened


def test_pages_that_are_gone_leave_their_files_and_are_named(library: Library, tmp_path: Path) -> None:
    assert library.writer is not None
    first = captures.add(library.writer, saved_page("one")).source_id
    second = captures.add(library.writer, saved_page("two")).source_id
    everything = lambda: Items(library.reader, library.paths, selection.everything(library.reader))  # noqa: E731
    markdown_folder.write(everything(), tmp_path / "out")
    captures.move(library.writer, [first], State.TRASH)

    made = markdown_folder.write(everything(), tmp_path / "out")
    assert made.said == ("1 page is no longer in your library; its file was left: Title of one.md.",)
    assert (tmp_path / "out" / "Title of one.md").exists()
    captures.move(library.writer, [first], State.INBOX)
    made = markdown_folder.write(Items(library.reader, library.paths, [second]), tmp_path / "out")
    assert made.said == ()  # it is there, and was only not chosen
