"""Blocks of clean HTML, and places carried between what was captured and what is shown."""

import random

import pytest

from desktop.text.block_edits import apply, full_text
from desktop.text.markdown import text_from_html
from desktop.text.outline import Outline

HTML = """<h1>Title</h1><p>Hello <b>big</b> world, <a href="https://e.example/">go<wbr>on</a>.</p>
<figure><img src="res/a.png" alt="x"><figcaption>A caption</figcaption></figure>
<ul>loose<li>one</li><li>two<ul><li>deep</li></ul></li></ul>
<table><caption>Numbers</caption><tr><th>a</th><td>1</td></tr>
<tr><td>b <img src="res/t.png"></td><td>2</td></tr></table>
<blockquote><p>Said <ruby>漢<rt>かん</rt></ruby>字</p></blockquote><pre><code>x = 1
  y</code></pre><dl><dt>term</dt><dd>meaning</dd></dl><p>The end\u00a0.</p>"""
TEXT = text_from_html(HTML)


@pytest.mark.parametrize(
    ("words", "path", "tag"),
    [
        ("Hello", "1", "p"),
        ("on.", "1", "p"),
        ("A caption", "2/1", "figcaption"),
        ("two", "3/1", "li"),
        ("deep", "3/1/0/0", "li"),
        ("Numbers", "4", "table"),
        ("2", "4", "table"),
        ("字", "5/0", "p"),
        ("y", "6", "pre"),
        ("meaning", "7/1", "dd"),
        ("The end", "8", "p"),
    ],
)
def test_a_place_in_the_text_leads_to_its_block(words: str, path: str, tag: str) -> None:
    block = Outline(HTML, TEXT).at(TEXT.rindex(words))

    assert block is not None
    assert (block.path, block.tag) == (path, tag)
    assert words in TEXT[block.start : block.stop]


def test_blocks_know_their_pictures_and_the_block_around_them() -> None:
    outline = Outline(HTML, TEXT)

    figure = outline.of_picture("res/a.png")
    assert figure is not None
    assert (figure.path, figure.tag) == ("2/0", "img")
    assert [one.path if (one := outline.around(path)) else "" for path in ("2/0", "3/1/0/0", "4")] == [
        "2",
        "3/1/0",
        "",
    ]
    table = outline.of_picture("res/t.png")
    assert table is not None
    assert table.path == "4"


def test_there_is_nothing_in_nothing() -> None:
    assert Outline("").blocks == ()
    assert apply("", "", (), ["0"], [0]).text == ""


def test_a_text_of_another_html_has_no_blocks_rather_than_wrong_ones() -> None:
    assert Outline(HTML, TEXT + " more").blocks == ()


def test_removing_an_inner_and_its_outer_block_removes_it_once() -> None:
    edited = apply(HTML, TEXT, (), ["3/1/0/0", "3", "99", "x", ""], [])

    assert [one.path for one in edited.removed] == ["3"]
    assert "two" not in edited.text


def test_paths_of_what_is_shown_lead_to_those_of_the_capture() -> None:
    edited = apply(HTML, TEXT, ("<p>left</p>", "loose words"), ["1", "3/0"], [1, 7])

    block = edited.outline.at(edited.text.index("deep"))
    assert block is not None
    assert edited.paths[block.path] == "3/1/0/0"
    left = edited.outline.at(edited.text.index("loose words"))
    assert left is not None
    assert edited.paths[left.path] == "+1"


def test_every_passage_is_carried_there_and_back_whatever_is_edited() -> None:
    chance = random.Random(7)
    left_out = ("<p>left over</p>", "<ul><li>a</li><li>b</li></ul>")
    full = full_text(TEXT, left_out)
    paths = [block.path for block in Outline(HTML, TEXT).blocks]
    for _ in range(60):
        edited = apply(HTML, TEXT, left_out, chance.sample(paths, 3), chance.sample(range(2), 1))
        for start in range(0, len(full), 5):
            seen = edited.shown(start, start + 7)
            if seen is None:
                continue
            words = "".join(edited.text[slice(*seen)].split())
            own = edited.own(*seen)
            assert own is not None
            assert words
            assert "".join(full[slice(*own)].split()).startswith(words[:1])
            assert edited.shown(*own) == seen
