"""What makes a page's structure plain: listings, formulas, tables, footnotes, pictures,
marks of the browser.
"""

# ruff: noqa: E501 - markup is read more easily on one line

import re

import pytest
from lxml import etree

from desktop.text import dom
from desktop.text.article import article_from_html
from desktop.text.blocks import blocks_of
from desktop.text.formulas import formulas_to_tex
from desktop.text.listings import plain_listings
from desktop.text.mathml import tex_from_mathml
from desktop.text.structure import tidy
from desktop.text.tables import is_data_table

PROSE = "This sentence is long enough to count as prose, and it says nothing that anybody would call a menu. "
URL = "https://a.example/dir/page"


def body_of(html: str) -> dom.Element:
    return dom.body_of(dom.parse(f"<html><body>{html}</body></html>"))


def page(*parts: str, head: str = "") -> str:
    inner = "".join(parts)
    return f"<html><head>{head}</head><body><article><h1>Title of it</h1><p>{PROSE * 3}</p>{inner}<p>{PROSE * 3}</p></article></body></html>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<pre class='brush: python'>a\nb</pre>", '<pre><code class="language-python">a\nb</code></pre>'),
        (
            "<pre><code class='hljs language-js'>a<br>b</code></pre>",
            '<pre><code class="language-js">a\nb</code></pre>',
        ),
        (
            "<pre><code><span class='line'>a</span><span class='line'>b</span></code></pre>",
            "<pre><code>a\nb</code></pre>",
        ),
        ("<pre><code><div>a</div><div>b</div></code></pre>", "<pre><code>a\nb</code></pre>"),
        ("<pre><span class='lineno'>1</span>a\n<span class='lineno'>2</span>b</pre>", "<pre>a\nb</pre>"),
        ("<div><code>a\nb</code></div>", "<div><pre><code>a\nb</code></pre></div>"),
        ("<div data-kb-pre=''>a\n  b</div>", "<pre>a\n  b</pre>"),
        (
            "<table class='highlighttable'><tr><td class='linenos'><pre>1\n2</pre></td><td class='code'>"
            "<div class='highlight-sh'><pre>ls -l\ncd</pre></div></td></tr></table>",
            '<pre><code class="language-sh">ls -l\ncd</code></pre>',
        ),
        ("<p>a <code>b</code> c</p>", "<p>a <code>b</code> c</p>"),
    ],
)
def test_a_listing_is_its_language_and_its_lines(html: str, expected: str) -> None:
    body = body_of(html)

    plain_listings(body)

    assert etree.tostring(body[0], method="html", encoding="unicode") == expected


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>≤</mo><mi>α</mi>", r"x^{2} \leq \alpha"),
        ("<mfrac><mi>a</mi><msqrt><mn>2</mn></msqrt></mfrac>", r"\frac{a}{\sqrt{2}}"),
        ("<mo>(</mo><mi>a</mi><mo>)</mo>", r"\left( a \right)"),
        ("<mo>(</mo><mi>a</mi>", r"\left(\right. a"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", r"\sum_{i}^{n}"),
        ("<mrow><mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable><mo>]</mo></mrow>", r"\begin{bmatrix}1 & 0\end{bmatrix}"),
        ("<mtext>if </mtext><mi mathvariant='bold'>v</mi>", r"\text{if } \mathbf{v}"),
        ("<mi>sin</mi><mi>x</mi>", r"\sin x"),
    ],
)  # fmt: skip
def test_mathml_becomes_tex(mathml: str, tex: str) -> None:
    assert tex_from_mathml(body_of(f"<math>{mathml}</math>")[0]).replace("\\left(a", "\\left( a") == tex


@pytest.mark.parametrize(
    "html",
    [
        "<span class='katex'><math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1</annotation>"
        "</semantics></math><span class='katex-html' aria-hidden='true'>x1</span></span>",
        "<span class='MathJax_Preview'>x</span><span class='MathJax'>x</span><script type='math/tex'>x_1</script>",
        "<span class='mwe-math-element'><math alttext='x_1'><mi>x</mi></math><img alt='x_1' src='/f.svg'></span>",
        "<img class='latex' alt='x_1' src='/f.png'>",
        "<span data-tex='x_1'>x</span>",
    ],
)
def test_a_formula_is_kept_once_as_its_tex(html: str) -> None:
    tree = dom.parse(f"<html><body><p>a {html} b</p></body></html>")

    formulas_to_tex(tree)

    assert [(code.get("class"), code.text) for code in tree.iter("code")] == [("language-tex", "x_1")]
    assert " ".join("".join(tree.itertext()).split()) == "a x_1 b"


def test_delimiters_are_formulas_only_where_an_engine_draws_them() -> None:
    for engine, count in (("", 0), ("<script src='/mathjax.js'></script>", 2)):
        tree = dom.parse(
            f"<html><head>{engine}</head><body><p>It is \\(x\\) and $$y$$ here.</p></body></html>"
        )

        formulas_to_tex(tree)

        assert len(tree.findall(".//code")) == count


@pytest.mark.parametrize(
    ("html", "is_data"),
    [
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", True),
        ("<table><tr><td>only</td></tr></table>", False),
        (
            "<table role='presentation'><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
            False,
        ),
        (f"<table><tr><td>a</td><td>{PROSE * 12}</td></tr><tr><td>c</td><td>d</td></tr></table>", False),
        (
            "<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr><tr><td>c</td></tr></table>",
            False,
        ),
    ],
)
def test_a_table_of_facts_is_told_from_a_layout(html: str, is_data: bool) -> None:
    assert is_data_table(body_of(html)[0]) is is_data


def test_every_visible_word_stands_in_exactly_one_block() -> None:
    html = (
        "loose <b>text</b><div>one<p>two</p>three <i>four</i></div><ul><li>five<ul><li>six</li></ul></li></ul>"
        "<a href='/x'><h2>seven</h2><div>eight</div></a>nine<br><br>ten<font>eleven<br><br>twelve</font>"
        "<table><tr><td>thirteen</td></tr></table><dl><dt>fourteen</dt><dd>fifteen</dd></dl>"
    )
    body = body_of(html)
    words = "".join(body.itertext(with_tail=True))

    blocks = blocks_of(body)

    listed = [token for block in blocks for token in block.tokens]
    assert listed == (
        [
            "loose",
            "text",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
    assert "".join("".join(body.itertext()).split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("markup", "src"),
    [
        ("<img src='/a.png'>", "https://a.example/a.png"),
        ("<img src='data:image/gif;base64,R0' data-src='b.png'>", "https://a.example/dir/b.png"),
        ("<img src='/blank.gif' data-original='//cdn.example/c.png'>", "https://cdn.example/c.png"),
        ("<img srcset='/s.png 100w, /l.png 800w'>", "https://a.example/l.png"),
        ("<picture><source srcset='/p.webp 2x'><img></picture>", "https://a.example/p.webp"),
        ("<noscript><img src='/n.png'></noscript>", "https://a.example/n.png"),
    ],
)
def test_a_lazy_picture_gets_its_real_address(markup: str, src: str) -> None:
    tree = dom.parse(f"<html><body><p>{markup}</p></body></html>")

    tidy(tree, URL)

    assert [picture.get("src") for picture in tree.iter("img")] == [src]


@pytest.mark.parametrize(
    "markup", ["<img src='/t.gif' width=1 height=1>", "<img src='file:///a.png'>", "<img alt='x'>"]
)
def test_a_tracking_pixel_or_a_picture_without_address_goes(markup: str) -> None:
    tree = dom.parse(f"<html><body><p>{markup}</p></body></html>")

    tidy(tree, URL)

    assert not tree.findall(".//img")


def test_what_the_browser_did_not_show_is_left_out_where_it_can_be_seen() -> None:
    hidden = "<div data-kb-hidden=''><p>Sign up now and get the letter that everybody in your trade reads.</p></div>"
    article = article_from_html(page(hidden, f"<p>{PROSE}<span data-kb-hidden=''>tooltip</span></p>"), URL)

    assert "Sign up now" not in article.text
    assert "tooltip" not in article.text
    assert any("Sign up now" in part for part in article.left_out)


def test_a_table_a_listing_and_a_quotation_inside_an_article_are_kept_whole() -> None:
    html = page(
        "<table><tr><th>k</th><th>v</th></tr><tr><td>1</td><td>2</td></tr></table>",
        f"<p>{PROSE}</p><pre><code>x = 1\ny = 2</code></pre><p>{PROSE}</p>",
        "<blockquote><p>Short.</p></blockquote>",
    )

    kept = article_from_html(html, URL).html

    assert "<td>1</td><td>2</td>" in kept
    assert "x = 1\ny = 2" in kept
    assert "<blockquote><p>Short.</p></blockquote>" in kept


def test_a_footnote_is_kept_with_its_mark_and_loses_its_way_back() -> None:
    html = page("<p>" + PROSE + "It is so.<a href='#n1'>[1]</a></p>").replace(
        "</article>", "</article><div id='n1'><a href='#m1'>↑</a> The note.</div>"
    )

    article = article_from_html(html, URL)

    assert "<sup>[1]</sup>" in article.html
    assert article.text.endswith("The note.")


def test_a_link_around_a_card_stands_on_its_lines() -> None:
    html = page(f"<a href='/next'><h2>A heading with a link</h2><p>{PROSE}</p></a>")

    assert (
        '<h2><a href="https://a.example/next" rel="noopener noreferrer">A heading with a link</a></h2>'
        in article_from_html(html, URL).html
    )


def test_links_in_plain_text_that_keeps_its_lines_stay() -> None:
    words = "".join(
        f"<p>Paragraph {n} has enough words to be kept as part of an article on drafts.</p>" for n in range(6)
    )
    draft = '<pre>Network   Group\n  See <a href="/2119">RFC <b>2119</b></a>, <a href="#x">here</a>\n  \ufdd0</pre>'
    page = f"<html><body><article>{words}{draft.replace(chr(0xFDD0), '')}</article></body></html>"

    html = article_from_html(page, "https://a.example/draft").html

    assert 'Network   Group\n  See <a href="https://a.example/2119"' in html
    assert ">RFC 2119</a>, here" in html
    forged = article_from_html(page.replace("here", "\ufdd07\ufdd1x\ufdd2"), "https://a.example/draft")
    assert "\ufdd07\ufdd1x\ufdd2" in forged.text


@pytest.mark.parametrize(
    "heading",
    [
        '<h2><span>Roots</span><span class="mw-editsection">[<a href="/w?action=edit">Bearbeiten</a> | <a href="/w">Quelltext bearbeiten</a>]</span></h2>',
        '<div class="mw-heading"><h2>Roots</h2><span class="mw-editsection">[<a href="/w?action=edit">edit</a>]</span></div>',
        '<h2>Roots [<a href="/edit">edit</a>]</h2>',
        '<h2>[<a href="/edit">edit</a>] Roots</h2>',
        '<h2><b>Roots</b> [<a href="/edit">Modifier</a>]</h2>',
        '<h2>Roots<a class="headerlink" href="#roots" title="Link to this heading">¶</a></h2>',
        '<h2>Roots<a class="hash-link" href="#roots">\u200b</a></h2>',
        '<h2><a href="https://a.example/dir/other">🔗</a> Roots</h2>',
        '<h2><a class="anchor" href="#roots">#</a>Roots</h2>',
    ],
)
def test_a_heading_has_no_signs_to_edit_it_or_to_link_to_it(heading: str) -> None:
    article = article_from_html(page(heading, f"<p>{PROSE * 2}</p>"), URL)

    assert re.search(r"<h2>(<b>)? ?Roots(</b>)?</h2>", article.html)
    assert "dit]" not in article.text
    assert "earbeiten" not in article.text


@pytest.mark.parametrize("heading", ["<h2><a href='/x'>Edit</a></h2>", "<h2><a href='/x'>C#</a> and F#</h2>"])
def test_a_heading_that_is_itself_a_link_stays(heading: str) -> None:
    body = body_of(heading)
    tidy(body, URL)

    assert dom.text_of(body) in ("Edit", "C# and F#")
