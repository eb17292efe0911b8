"""The quick ways of the extraction answer what the slow ones answer."""

from urllib.parse import urljoin

import pytest
from lxml import etree

from desktop.errors import Refused
from desktop.text import dom
from desktop.text.features import NAMES
from desktop.text.structure import tidy
from desktop.text.trees import parse_tree, votes_of
from desktop.text.weights import BASE, TREES

BASES = ["https://a.example/x/y.html?q#f", "http://a.example:8080", "https://a.example"]
ADDRESSES = [
    "/", "/a/b", "/a/../b", "/a//b", "//b.example/c", "/.hidden", "/a/.", "/a?b=/../c", "/a?", "/a#", "/a?#",
    "https://b.example", "https://b.example/a/../b", "https://b.example/a?", "https://b.example/?#", "c.html",
    "../c", "?q=1", "https://b.example/a;b", "HTTP://b.example/a", "https://b.example:80/a", "/a:b/c@d",
    "https://b.example/a#b/c", "mailto:a@b.example", "/é", "https://b.example//c//d",
]  # fmt: skip


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_becomes_what_urljoin_makes_of_it(base: str, address: str) -> None:
    tree = dom.parse(f"<html><body><p><a href='{address}'>word</a></p></body></html>")
    tidy(tree, base)
    found = next(tree.iter("a")).get("href")

    assert found == urljoin(base, address) or address.startswith("#")


def test_the_vote_is_the_sum_of_its_trees() -> None:
    def walked(row: list[float]) -> float:
        total = BASE
        for text in TREES:
            node = parse_tree(text)
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        return total

    rows = [[((7 * i + 3 * j) % 11) / 10 for i in range(len(NAMES))] for j in range(20)]
    votes = votes_of(rows)

    assert sorted(range(20), key=lambda i: votes[i]) == sorted(range(20), key=lambda i: walked(rows[i]))
    assert all((vote > 0.5) == (walked(row) > 0) for vote, row in zip(votes, rows, strict=True))


@pytest.mark.parametrize(("levels", "is_refused"), [(510, False), (511, True), (3000, True)])
def test_a_page_is_refused_from_513_levels_on(levels: int, is_refused: bool) -> None:
    html = f"<html><body>{'<div>' * levels}word{'</div>' * levels}</body></html>"
    if is_refused:
        with pytest.raises(Refused):
            dom.parse(html)
    else:
        assert dom.text_of(dom.parse(html)) == "word"


def test_control_characters_become_blanks_as_themselves_and_as_references() -> None:
    tree = dom.parse("<p>a\x00b\x1fc\x7fd\ufffee\uffff&#0;f&#x1F;g&#27;h&#10;i\tj</p>")

    assert dom.text_of(tree) == "a b c d e f g h i j"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a<b>b</b>c</p>", "<p>abc</p>"),
        ("<p><b>b<i>i</i></b>c</p>", "<p>b<i>i</i>c</p>"),
        ("<p><u>u</u>x<b><i>i</i>y</b></p>", "<p><u>u</u>x<i>i</i>y</p>"),
        ("<p><u>u</u><b>b</b></p>", "<p><u>u</u>b</p>"),
        ("<p><b></b></p>", "<p></p>"),
    ],
)
def test_an_unwrapped_element_leaves_all_its_text(before: str, after: str) -> None:
    tree = etree.fromstring(before)
    dom.unwrap(next(tree.iter("b")))

    assert etree.tostring(tree, method="html", encoding="unicode") == after
