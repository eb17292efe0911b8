"""CSV, JSON Lines, bookmarks and web annotations: read by others, and nothing in them acts."""

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from desktop.share.export import annotations, bookmarks, csv_table, jsonl
from desktop.share.export.selection import Answer
from desktop.text.web_annotation import from_json
from tests.support.exporting import Given, exported, marked, naughty

FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", " =1", "\ufeff=1"]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_no_cell_of_a_table_is_a_formula(shared: Path, tmp_path: Path) -> None:
    texts = [*FORMULAS, *naughty(shared)]
    items = [
        exported(number, title=text, author=text, site=text, why=text, tags=(text,), excerpt=text, url=text,
                 annotations=(marked(quote=text, comment=text),))
        for number, text in enumerate(texts, 1)
    ]  # fmt: skip
    csv_table.write(Given(*items), tmp_path / "a.csv")

    rows = rows_of(tmp_path / "a.csv")
    assert len(rows) == len(texts)
    for row, text in zip(rows, texts, strict=True):
        for cell in row.values():
            assert cell.lstrip(" \ufeff")[:1] not in csv_table.FORMULA
        assert row["Title"] in (text, f"'{text}")


def test_a_table_has_all_of_a_page(tmp_path: Path) -> None:
    one = exported(
        tags=("a", "b"), annotations=(marked(), marked(2, quote="Two", comment="Mine")), circle="team"
    )
    csv_table.write(Given(one, exported(2, excerpt="x" * 40_000)), tmp_path / "a.csv")

    first, second = rows_of(tmp_path / "a.csv")
    assert first["Tags"] == "a; b"
    assert first["Saved"] == "2026-09-21 14:13:20"
    assert first["Highlights"] == "First\n\nTwo"
    assert first["Comments"] == "Mine"
    assert first["Circle"] == "team"
    assert len(second["Excerpt"]) == csv_table.LONGEST_CELL


def test_json_lines_hold_every_text_unchanged(shared: Path, tmp_path: Path) -> None:
    texts = naughty(shared)
    items = [
        exported(number, title=text, html=text, text=text, why=text, answers=(Answer("Lea", text, 1),),
                 annotations=(marked(quote=text, comment=text),))
        for number, text in enumerate(texts, 1)
    ]  # fmt: skip
    jsonl.write(Given(*items), tmp_path / "a.jsonl")

    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len(texts)
    for line, text in zip(lines, texts, strict=True):
        told = json.loads(line)
        assert [told[name] for name in ("title", "html", "text", "why")] == [text] * 4
        assert told["annotations"][0]["comment"] == text
        assert told["answers"][0]["body"] == text
        assert told["people"] == ["Lea"]


class Read(HTMLParser):
    """What a browser finds in a bookmark file."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attrs))


def test_nothing_a_page_says_is_markup_in_bookmarks(shared: Path, tmp_path: Path) -> None:
    texts = naughty(shared)
    items = [
        exported(number, title=text, url=f"https://site.example/?q={text}", tags=(text,), why=text)
        for number, text in enumerate(texts, 1)
    ]
    bookmarks.write(Given(*items), tmp_path / "a.html")

    found = Read()
    found.feed((tmp_path / "a.html").read_text("utf-8"))
    assert len(found.links) == len(texts)
    assert found.tags == {"meta", "title", "h1", "dl", "p", "dt", "h3", "a", "dd"}
    assert all((link["href"] or "").startswith("https://site.example/") for link in found.links)


def test_only_addresses_of_the_web_are_bookmarks(tmp_path: Path) -> None:
    made = bookmarks.write(Given(exported(url="javascript:alert(1)"), exported(2)), tmp_path / "a.html")

    assert made.said == ("1 page has no address of the web and is left out.",)
    assert "javascript" not in (tmp_path / "a.html").read_text("utf-8")


def collection(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_annotations_come_back_as_they_were(shared: Path, tmp_path: Path) -> None:
    texts = naughty(shared)
    marks = tuple(
        marked(number, quote=f"x{text}", comment=text, tags=(text,)) for number, text in enumerate(texts, 1)
    )
    annotations.write(Given(exported(title="T", annotations=marks), exported(2)), tmp_path / "a.jsonld")

    told = collection(tmp_path / "a.jsonld")
    items = told["first"]["items"]
    assert told["total"] == len(items) == len(texts)
    for given, mark in zip(items, marks, strict=True):
        back = from_json(given)
        assert (back.uuid, back.selectors.quote.exact, back.comment) == (
            mark.uuid,
            mark.quote,
            mark.comment.strip(),
        )


@pytest.mark.parametrize("number", [0, 2])
def test_the_collection_is_one_by_the_w3c_model(tmp_path: Path, number: int) -> None:
    marks = tuple(marked(each) for each in range(1, number + 1))
    annotations.write(Given(exported(annotations=marks)), tmp_path / "a.jsonld")

    told = collection(tmp_path / "a.jsonld")
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert told["type"] == "AnnotationCollection"
    assert told["first"]["type"] == "AnnotationPage"
    assert told["first"]["startIndex"] == 0
    assert len({told["id"], told["first"]["id"]}) == 2
    assert told["total"] == number
