"""A note as it is read: Markdown as closed HTML in which nothing is trusted, quotations with their bar."""

import re
import time

import pytest
from hypothesis import given, settings, strategies

from desktop.library.note_markdown import citation, quotation
from desktop.library.sense_values import Quotation
from desktop.ui.article.style import Look
from desktop.ui.notes.html import inline, note_html

OPEN, CLOSE = re.compile(r"<([a-z]+)(?: [^<>]*)?>"), re.compile(r"</([a-z]+)>")
EMPTY = {"br", "hr"}
SAFE = EMPTY | {"html", "body", "p", "a", "b", "i", "s", "span", "ul", "ol", "li", "pre", "table", "tr", "td"}


def html_of(body: str, *quotations: Quotation) -> str:
    return note_html(body, quotations, Look(), lambda colour: f"#{colour}")


def quoted(uuid: str, annotation_id: int = 1, source_id: int = 1) -> Quotation:
    return Quotation(uuid, 0, 0, annotation_id, source_id, 1, "Title", "site.example", "", "Words", "sage")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a **b _c_** d", "a <b>b <i>c</i></b> d"),
        ("`<b>` and ``a`b``", "<span class='code'>&lt;b&gt;</span> and <span class='code'>a`b</span>"),
        ("[t](https://e.example/a_(b))", "<a href='https://e.example/a_(b)'>t</a>"),
        ("[t](mailto:a@e.example)", "<a href='mailto:a@e.example'>t</a>"),
        ("[t](kithbook:capture/1-2)", "<a href='kithbook:capture/1-2'>t</a>"),
        ("[t](javascript:alert)", "t"),
        ("[t](file:///etc/passwd)", "t"),
        ("![t](https://e.example/p.png)", "<a href='https://e.example/p.png'>t</a>"),
        ("<https://e.example>", "<a href='https://e.example'>https://e.example</a>"),
        ("snake_case_words stay", "snake_case_words stay"),
        (r"\*not\* \[this\](x)", "*not* [this](x)"),
        ("<script>1</script>", "&lt;script&gt;1&lt;/script&gt;"),
        ("~~gone~~ ***", "<s>gone</s> ***"),
    ],
)
def test_running_text_is_set(markdown: str, html: str) -> None:
    assert inline(markdown) == html


def test_blocks_are_set() -> None:
    html = html_of(
        "# One\n\nline\nline  \nbreak\n\n- a\n  - b\n- c\n\n3. x\n\n> said\n\n---\n```\n<i>\n```\nend"
    )

    assert "<p class='h2'>One</p><p>line line<br>break</p>" in html
    assert "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start='3'><li>x</li></ol>" in html
    assert "<p class='last'>said</p>" in html
    assert "<hr>" in html
    assert "<pre>&lt;i&gt;</pre>" in html
    assert html.endswith("<p>end</p></body></html>")


def test_a_quotation_has_its_bar_and_leads_to_its_highlight() -> None:
    body = quotation("Words *as* they\n\nstand", "A [title]", "u-1", "Mine.")
    html = html_of(body, quoted("u-1"))

    assert "bgcolor='#sage'" in html
    assert "<p>Words *as* they</p><p class='last'>stand</p>" in html
    assert "<p class='label'><a href='kithbook:annotation/u-1'>A [title]</a> · site.example</p>" in html
    assert "<p>Mine.</p>" in html


def test_a_quotation_whose_highlight_is_gone_says_so_and_leads_nowhere() -> None:
    body = quotation("Words", "Title", "u-1")

    assert "its highlight was removed" in html_of(body, quoted("u-1", 0, 1))
    assert "its page is not here any more" in html_of(body, quoted("u-1", 0, 0))
    assert "href" not in html_of(body, quoted("u-1", 0, 0))


def test_a_citation_is_a_link() -> None:
    assert "<a href='kithbook:capture/u-2'>Title</a>" in html_of(f"See {citation('Title', 'u-2')}.")


def test_a_title_stands_above_and_is_never_markup() -> None:
    assert "&lt;b&gt;</p>" in note_html("", (), Look(), str, "<b>")


@settings(max_examples=150, deadline=None)
@given(strategies.text("<>&\"'*_`~[]()!#->\\ \n\t0.ab:/", max_size=120))
def test_whatever_is_written_comes_out_closed_and_safe(body: str) -> None:
    html = html_of(body)
    names = {*OPEN.findall(html), *CLOSE.findall(html)}

    assert names <= SAFE
    for name in names - EMPTY:
        assert len(re.findall(rf"<{name}[ >]", html)) == html.count(f"</{name}>"), name
    assert not re.search(r"<(?!/?[a-z]+[ >])", html)


@pytest.mark.parametrize(
    "sign", ["*", "[", "`", "> ", "[a](", "- ", "**a", "_a", "<http://", "\\", "(", "![a]"]
)
def test_a_long_run_of_signs_is_set_as_well(sign: str) -> None:
    assert html_of(sign * 4000).startswith("<html>")


@pytest.mark.parametrize("sign", ["**a ", " __a", "~~a ", "`a``b"])
def test_runs_that_are_opened_and_never_closed_cost_no_more_than_their_length(sign: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        html_of(sign * times)
        return time.process_time() - start

    assert seconds(8000) < 10 * seconds(2000) + 0.5  # four times the text; its square would be sixteen
