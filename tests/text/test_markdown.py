"""Text and Markdown of clean HTML: the same words, and nothing of the page becomes markup."""

# ruff: noqa: E501 - markup is read more easily on one line

import re

import pytest
from markdown_it import MarkdownIt

from desktop.text.markdown import markdown_from_html, text_from_html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>Title</h2><p>One <strong>two</strong> <em>three</em>.</p>", "## Title\n\nOne **two** *three*."),
        ("<p>a<strong> b </strong>c</p>", "a **b** c"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<pre><code class="language-py">a\n  b</code></pre>', "```py\na\n  b\n```"),
        ("<pre>a ``` b</pre>", "````\na ``` b\n````"),
        ("<p>use <code>a`b</code></p>", "use ``a`b``"),
        ('<p><code class="language-tex">x_1</code></p>', "$x_1$"),
        ('<pre><code class="language-tex">x_1</code></pre>', "$$\nx_1\n$$"),
        ('<p><a href="https://a.example/b(c)">d</a></p>', "[d](<https://a.example/b(c)>)"),
        ('<p><img data-src="https://a.example/b.png" alt="c"></p>', "![c](https://a.example/b.png)"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1 | 2</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 \\| 2 |  |",
        ),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
    ],
)
def test_structure_becomes_commonmark(html: str, markdown: str) -> None:
    assert markdown_from_html(html) == markdown


@pytest.mark.parametrize(
    "text",
    ["# no heading", "- no item", "+ no item", "1. no number", "1) no number", "> no quote", "*no* _emphasis_ **at** all",
     "[no](link) ![no](picture)", "`no code`", "<b>no tag</b>", "&amp; no entity", "a | b", "---", "===", "5 $ and 6 $",
     "~~no strike~~", "snake_case_name", "back\\slash", "[^1]: no note"],
)  # fmt: skip
def test_what_the_page_wrote_stays_text(text: str) -> None:
    html = "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>"

    shown = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .enable("strikethrough")
        .render(markdown_from_html(html))
    )

    assert text_from_html(html) == text
    assert re.fullmatch(r"<p>[^<]*</p>\n", shown), shown


def test_text_has_a_line_for_each_item_and_a_tab_between_cells() -> None:
    html = (
        "<p>a b</p><ul><li>c</li><li>d</li></ul><table><tr><td>1</td><td>2</td></tr></table><pre>x\n y</pre>"
    )

    assert text_from_html(html) == "a b\n\nc\nd\n\n1\t2\n\nx\n y"


def test_ruby_stands_in_brackets() -> None:
    assert text_from_html("<p><ruby>漢<rt>かん</rt></ruby>字</p>") == "漢 (かん) 字"


def test_nothing_gives_nothing() -> None:
    assert text_from_html("") == markdown_from_html(" ") == ""


def test_a_hundred_quotations_in_each_other_are_written_without_an_error() -> None:
    html = "<blockquote>" * 400 + "deep" + "</blockquote>" * 400

    assert text_from_html(html) == "deep"
    assert markdown_from_html(html).endswith("deep")
