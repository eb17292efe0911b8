"""Title, author, date, site, language and canonical address of a page."""

# ruff: noqa: E501 - markup is read more easily on one line

import pytest

from desktop.text import dom
from desktop.text.dates import date_in_address, plain_date
from desktop.text.jsonld import read_linked_data
from desktop.text.metadata import Facts, read_metadata

URL = "https://notes.example/2024/a"


def facts_of(head: str, body: str = "<p>x</p>", url: str = URL) -> Facts:
    return read_metadata(dom.parse(f"<html><head>{head}</head><body>{body}</body></html>"), url)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>How to plan | Notes</title><meta property='og:site_name' content='Notes'>",
            "",
            "How to plan",
        ),
        (
            "<title>Notes - How to plan</title><meta property='og:site_name' content='Notes'>",
            "",
            "How to plan",
        ),
        ("<title>How to plan – Notes</title>", "<h1>Notes</h1><h1>How to plan</h1>", "How to plan"),
        ("<title>How to plan</title>", "<h1>Logo Ltd</h1>", "How to plan"),
        ("<title>a</title><meta property='og:title' content='How to plan'>", "", "How to plan"),
        ("", "<h1>How to plan</h1>", "How to plan"),
        ("", "", ""),
    ],
)
def test_a_title_is_without_the_site_and_a_heading_needs_the_head_to_confirm_it(
    head: str, body: str, title: str
) -> None:
    assert facts_of(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        ('<script type="application/ld+json">{"@type":"Article","author":[{"name":"A. Bee"},{"name":"C. Dee"}]}</script>', "", "A. Bee, C. Dee"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"A. Bee"}]}</script>', "", "A. Bee"),
        ("<meta name='author' content='By A. Bee'>", "", "A. Bee"),
        ("<meta property='article:author' content='https://social.example/abee'>", "<span class='byline'>by A. Bee</span>", "A. Bee"),
        ("", "<a rel='author'>A. Bee</a>", "A. Bee"),
        ("", "<div class='comments'><span class='author'>Troll</span></div>", ""),
        ("<meta name='author' content='admin'>", "", ""),
    ],
)  # fmt: skip
def test_an_author_is_a_name(head: str, body: str, byline: str) -> None:
    assert facts_of(head, body).byline == byline


def test_a_declared_date_is_exact_and_a_found_one_is_not() -> None:
    declared = facts_of("<meta property='article:published_time' content='2023-05-06T07:08:09Z'>")
    found = facts_of("", "<h1>x</h1><p>posted 6 May 2023</p>")

    assert (declared.published, declared.is_published_approximate) == ("2023-05-06", False)
    assert (found.published, found.is_published_approximate) == ("2023-05-06", True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29T10:00:00+01:00", "2024-02-29"),
        ("2023-02-29", ""),
        ("2024/3/7", "2024-03-07"),
        ("20240307T100000", "2024-03-07"),
        ("March 7, 2024", "2024-03-07"),
        ("7th Mar 2024", "2024-03-07"),
        ("March 2024", ""),
        ("1709769600", "2024-03-07"),
        ("2999-01-01", ""),
        ("0001-01-01", ""),
        ("yesterday", ""),
    ],
)
def test_a_date_text_is_a_day_or_nothing(text: str, day: str) -> None:
    assert plain_date(text) == day


def test_an_address_may_carry_the_day() -> None:
    assert date_in_address("https://a.example/2024/03/07/title") == "2024-03-07"
    assert date_in_address("https://a.example/2024/13/07/title") == ""


def test_site_language_and_canonical_address_are_read() -> None:
    facts = read_metadata(
        dom.parse(
            '<html lang="de-AT"><head><link rel="canonical" href="/b"><meta property="og:site_name" content="Notes">'
            "</head><body></body></html>"
        ),
        URL,
    )

    assert (facts.site, facts.lang, facts.canonical) == ("Notes", "de", "https://notes.example/b")


@pytest.mark.parametrize(
    "script", ["{", "[1,", "null", '"x"', "NaN", "[" * 20_000, '{"@type":["Article",3],"author":7}']
)
def test_broken_linked_data_is_passed_over(script: str) -> None:
    tree = dom.parse(
        f'<html><head><script type="application/ld+json">{script}</script></head><body></body></html>'
    )

    assert read_linked_data(tree).authors == ()
