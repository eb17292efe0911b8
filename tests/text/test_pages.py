"""Whole pages, each with what the extraction is to make of it."""

import json
import re
from pathlib import Path

import pytest

from desktop.text.article import Article, article_from_html, from_json, to_json
from desktop.text.markdown import markdown_from_html, text_from_html
from desktop.text.sanitize import clean

PAGES = sorted((Path(__file__).parent.parent / "pages").glob("*/page.html"))


def article_of(page: Path) -> Article:
    return article_from_html(page.read_text("utf-8"), f"https://{page.parent.name}.example/page")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_page_becomes_what_is_expected(page: Path) -> None:
    article = article_of(page)
    expected = json.loads(page.with_name("expected.json").read_text("utf-8"))

    assert article.markdown + "\n" == page.with_name("expected.md").read_text("utf-8")
    assert {
        name: value for name, value in json.loads(json.dumps(to_json(article))).items() if name in expected
    } == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_one_html_is_the_source_of_text_and_markdown(page: Path) -> None:
    article = article_of(page)

    assert clean(article.html) == article.html
    assert article.text == text_from_html(article.html)
    assert article.markdown == markdown_from_html(article.html)
    assert all(clean(part) == part for part in article.left_out)
    assert from_json(json.loads(json.dumps(to_json(article)))) == article


def test_no_address_of_a_hostile_page_but_the_honest_one_is_kept() -> None:
    article = article_of(next(page for page in PAGES if page.parent.name == "hostile"))

    assert re.findall(r'(?:href|src)="([^"]*)"', article.html) == ["https://example.org/ok"]
    assert "alert" not in re.sub(r"&lt;script&gt;alert\(11\)", "", article.html)
