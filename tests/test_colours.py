"""The five colours of highlights are the same in the window, on live pages, in packs and in exports."""

import re
from pathlib import Path

import pytest

from desktop.library.sense_values import Colour
from desktop.share import page_html
from desktop.share.export import epub_parts
from desktop.text.colours import COLOURS, GROUNDS, STRONG
from desktop.ui.theme import COLOURS as TOKENS
from desktop.ui.theme import HIGHLIGHTS, NAMES

EXTENSION = Path(__file__).parents[1] / "extension"


def test_every_list_of_them_has_the_same_names_in_the_same_order() -> None:
    assert tuple(Colour) == HIGHLIGHTS == tuple(STRONG) == tuple(NAMES) == COLOURS


@pytest.mark.parametrize("name", ["painting.js", "messages.js"])
def test_the_extension_has_the_same_names(name: str) -> None:
    said = re.search(r"COLOURS = (?:Object\.freeze\()?\[(.+?)\]", (EXTENSION / name).read_text("utf-8"))

    assert said is not None
    assert tuple(re.findall(r'"(\w+)"', said[1])) == COLOURS


def test_the_window_paints_them_so_by_day() -> None:
    tokens = TOKENS["light"]

    assert {name: getattr(tokens, f"hl_{name}").lower() for name in COLOURS} == GROUNDS
    assert {name: getattr(tokens, f"mark_{name}").lower() for name in COLOURS} == STRONG


def test_live_pages_are_painted_so() -> None:
    painted = (EXTENSION / "painted.css").read_text("utf-8")
    strip = (EXTENSION / "strip.css").read_text("utf-8").partition("@media")[0]

    grounds = re.findall(r"kithbook-(\w+)\) \{ background-color: (#\w+)", painted)
    assert dict(grounds) == GROUNDS
    assert {name: dict(re.findall(r"--kb-(\w+): (#\w+)", strip))[name] for name in COLOURS} == GROUNDS
    assert dict(re.findall(r"--kb-mark-(\w+): (#\w+)", strip)) == STRONG


def test_books_are_painted_so() -> None:
    style = epub_parts.STYLE

    assert dict(re.findall(r"mark\.(\w+) \{ background: (#\w+)", style)) == GROUNDS
    assert dict(re.findall(r"\.q\.(\w+) \{ border-color: (#\w+)", style)) == STRONG


def test_packs_and_pages_are_painted_so_by_day() -> None:
    by_day = page_html.STYLE.lower().partition("@media")[0]

    assert dict(re.findall(r"--hl-(\w+): (#\w+)", by_day)) == GROUNDS
    assert dict(re.findall(r"--bar-(\w+): (#\w+)", by_day)) == STRONG
