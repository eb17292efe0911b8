"""The entrance: limits, empty pages, what is counted and what is warned of."""

import pytest

from desktop.errors import Refused
from desktop.text.article import Article, Picture, article_from_html, from_json, to_json
from desktop.text.features import NAMES
from desktop.text.reading import excerpt_of, minutes_of, words_of
from desktop.text.trees import parse_tree, votes_of

URL = "https://a.example/"


@pytest.mark.parametrize(
    "html", ["", " ", "<html>", "<p>", "\x00\x01", "plain words", "<!-- x -->", "<title>t</title>", "\ud800"]
)
def test_a_page_of_nearly_nothing_is_an_article_and_no_error(html: str) -> None:
    article = article_from_html(html, URL)

    assert isinstance(article, Article)
    assert bool(article.text) == bool(article.words)


def test_a_page_with_no_text_says_so() -> None:
    article = article_from_html("<html><body><script>x()</script></body></html>", URL)

    assert article.kind == "empty"
    assert article.warnings == ("No readable text was found on this page.",)
    assert article.minutes == 0


def test_few_words_are_kept_when_there_are_no_others() -> None:
    assert (
        article_from_html("<html><body><div>Closed on Mondays.</div></body></html>", URL).text
        == "Closed on Mondays."
    )


def test_nesting_of_a_hundred_thousand_elements_is_refused() -> None:
    with pytest.raises(Refused):
        article_from_html("<div>" * 100_000 + "x", URL)


def test_a_page_over_fifty_megabytes_is_refused() -> None:
    with pytest.raises(Refused):
        article_from_html("<p>" + "x" * (50 * 1024 * 1024) + "</p>", URL)


def test_an_article_survives_its_way_through_json() -> None:
    article = Article(
        title="t", images=(Picture("https://a.example/1.png", "a"),), left_out=("<p>x</p>",), words=3
    )

    assert from_json(to_json(article)) == article
    assert from_json({**to_json(article), "unknown": 1}) == article
    assert from_json({}) == Article()


def test_words_of_scripts_without_blanks_are_counted_by_two_characters() -> None:
    assert words_of("one two's three-four") == 4
    assert words_of("交接班的五分钟") == 4
    assert words_of("") == minutes_of("") == 0
    assert minutes_of("word " * 460) == 2


def test_an_excerpt_is_the_first_prose_and_ends_at_a_word() -> None:
    text = "Title\n\nShort line\n\n" + "The first sentence is long enough to be an excerpt of this text. " * 9

    found = excerpt_of(text, 100)

    assert found.startswith("The first sentence")
    assert found.endswith("…")
    assert len(found) <= 100
    assert excerpt_of("only this") == "only this"


def test_the_vote_is_read_from_its_table() -> None:
    tree = parse_tree("(first 0.5 (links 0.25 -1.5 0.5) 2)")
    row = [0.0] * len(NAMES)

    assert tree == (NAMES.index("first"), 0.5, (NAMES.index("links"), 0.25, -1.5, 0.5), 2.0)
    assert 0.0 < votes_of([row])[0] < 0.5
    with pytest.raises(ValueError, match="not in"):
        parse_tree("(unheard 0.5 1 2)")
