"""BibTeX, RIS and CSL-JSON, read by parsers not ours, whatever pages call themselves."""

import json
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from citeproc.source.json import CiteProcJSON

from desktop.share.export import bibtex, csl_json, references, ris
from desktop.share.export.references import Keys, Name
from tests.support.exporting import Given, exported, marked, naughty

WHOLE = exported(
    title="Pivot tables & 100 % of {what} they_do", author="By Ana Petrova and Tomás del Rey",
    tags=("work/sql", "pay, bands"), why="Ask #1", annotations=(marked(comment="Mine"),),
)  # fmt: skip


def read_bibtex(path: Path) -> list[dict[str, str]]:
    parser = BibTexParser(common_strings=True)
    found: list[dict[str, str]] = bibtexparser.loads(path.read_text("utf-8"), parser).entries
    return found


def test_bibtex_has_all_of_a_page(tmp_path: Path) -> None:
    bibtex.write(Given(WHOLE), tmp_path / "a.bib")

    (entry,) = read_bibtex(tmp_path / "a.bib")
    assert entry["ENTRYTYPE"] == "misc"
    assert entry["ID"] == "petrova2024pivot-0000"
    assert entry["author"] == "Petrova, Ana and del Rey, Tomás"
    assert entry["title"] == r"{Pivot tables \& 100 \% of \textbraceleft{}what\textbraceright{} they\_do}"
    assert entry["year"] == "2024"
    assert entry["month"] == "March"
    assert entry["url"] == "https://site.example/1"
    assert entry["keywords"] == "work/sql, pay bands"
    assert entry["annote"] == r"Ask \#1 \par “First” — Mine"


def test_nothing_a_page_says_becomes_bibtex(shared: Path, tmp_path: Path) -> None:
    texts = naughty(shared, every=9)
    items = [
        exported(number, title=text, author=text, site=text, url=text, excerpt=text, tags=(text,), lang=text)
        for number, text in enumerate(texts, 1)
    ]
    bibtex.write(Given(*items), tmp_path / "a.bib")

    entries = read_bibtex(tmp_path / "a.bib")
    assert len(entries) == len(texts)
    assert len({entry["ID"] for entry in entries}) == len(texts)
    names = {"ENTRYTYPE", "ID", "author", "title", "year", "month", "date", "organization", "howpublished"}
    names |= {"url", "urldate", "language", "keywords", "abstract"}
    assert all(set(entry) <= names for entry in entries)
    text = (tmp_path / "a.bib").read_text("utf-8")
    assert text.count("@misc{") == len(texts)
    assert all(line.count("{") == line.count("}") for line in text.split("\n") if line.startswith("  "))


def test_ris_has_all_of_a_page(tmp_path: Path) -> None:
    ris.write(Given(WHOLE), tmp_path / "a.ris")

    (entry,) = rispy.loads((tmp_path / "a.ris").read_text("utf-8"))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["authors"] == ["Petrova, Ana", "del Rey, Tomás"]
    assert entry["title"] == "Pivot tables & 100 % of {what} they_do"
    assert entry["keywords"] == ["work/sql", "pay, bands"]
    assert entry["notes"] == ["Ask #1", "“First” — Mine"]
    assert entry["date"] == "2024/03/05"


def test_nothing_a_page_says_becomes_ris(shared: Path, tmp_path: Path) -> None:
    texts = naughty(shared)
    items = [
        exported(number, title=text, author=text, site=text, url=text, excerpt=text, why=text)
        for number, text in enumerate(texts, 1)
    ]
    ris.write(Given(*items), tmp_path / "a.ris")

    entries = rispy.loads((tmp_path / "a.ris").read_text("utf-8"))
    assert len(entries) == len(texts)
    assert {entry["type_of_reference"] for entry in entries} == {"ELEC"}
    assert all("unknown_tag" not in entry for entry in entries)


def test_csl_json_is_what_citeproc_reads(shared: Path, tmp_path: Path) -> None:
    texts = naughty(shared)
    items = [exported(number, title=text, author=text, site=text) for number, text in enumerate(texts, 1)]
    csl_json.write(Given(WHOLE, *items), tmp_path / "a.json")

    told: list[dict[str, Any]] = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert len(CiteProcJSON(told)) == len(texts) + 1
    assert [one["title"] for one in told[1:]] == [references.title_of(one) for one in items]
    first = told[0]
    assert first["author"][1] == {"family": "del Rey", "given": "Tomás"}
    assert first["issued"] == {"date-parts": [[2024, 3, 5]]}
    assert first["accessed"] == {"date-parts": [[2026, 9, 21]]}
    assert "note" not in first
    csl_json.write(Given(), tmp_path / "none.json")
    assert json.loads((tmp_path / "none.json").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("", []),
        ("Ana Petrova", [("Petrova", "Ana")]),
        ("By Ana Petrova & Tomás Rey", [("Petrova", "Ana"), ("Rey", "Tomás")]),
        ("Ana Petrova, Tomás Rey und Lea Horn", [("Petrova", "Ana"), ("Rey", "Tomás"), ("Horn", "Lea")]),
        ("Petrova, Ana", [("Petrova", "Ana")]),
        ("Ludwig van Beethoven", [("van Beethoven", "Ludwig")]),
        ("Sammy Davis Jr.", [("Davis Jr.", "Sammy")]),
        ("Plato", [("Plato", "")]),
        ("The Editorial Team", [("The Editorial Team", "")]),
        ("Acme GmbH and Ana Petrova", [("Acme GmbH", ""), ("Petrova", "Ana")]),
        ("夏目漱石", [("夏目漱石", "")]),
        ("\n Ana \t Petrova\u2028", [("Petrova", "Ana")]),
    ],
)  # fmt: skip
def test_authors_are_cut_where_they_are_names(author: str, names: list[tuple[str, str]]) -> None:
    assert list(references.names_of(exported(author=author))) == [Name(*name) for name in names]


@pytest.mark.parametrize(
    ("published", "issued"),
    [("", ()), ("2024", (2024,)), ("2024-03", (2024, 3)), ("2024-03-05", (2024, 3, 5)),
     ("2024-13-01", (2024,)), ("2024-01-99", (2024, 1)), ("soon", ()), ("0000-01-01", ())],
)  # fmt: skip
def test_dates_are_kept_as_far_as_they_are_true(published: str, issued: tuple[int, ...]) -> None:
    assert references.issued_of(exported(published=published)) == issued


def test_keys_are_stable_unique_and_plain() -> None:
    same = [exported(title="The Ärger", author="Jörg Groß", uuid=f"{end * 8}-0000") for end in "aab"]
    keys = Keys()

    assert [keys.of(one) for one in same[:1]] == ["gross2024arger-aaaa"]
    assert [Keys().of(one) for one in same] == ["gross2024arger-aaaa"] * 2 + ["gross2024arger-bbbb"]
    assert keys.of(same[1]) == "gross2024arger-aaaaaaaa"
    assert Keys().of(exported(title="!!!", author="", site="", published="", url="x")) == "page-0000"
