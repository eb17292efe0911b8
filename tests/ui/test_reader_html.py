"""The reader's HTML: a closed vocabulary, safe for any input, with the words of the article."""

import re

import pytest

from desktop.ui.article.html import Emitted, emit, fit
from desktop.ui.article.style import Look, sheet
from desktop.ui.article.tree import DEEPEST, tree

RES = f"res/{'a' * 64}.png"
SMALL = f"res/{'b' * 64}.png"
LOOK = Look()


def size_of(name: str) -> tuple[int, int] | None:
    return {RES: (1280, 640), SMALL: (40, 18)}.get(name)


def emitted(html: str) -> str:
    return emit(html, LOOK, size_of).html.removeprefix("<html><body>").removesuffix("</body></html>")


def balance(html: str) -> list[str]:
    """Tags that were opened and not closed in order."""
    open_tags: list[str] = []
    for slash, name in re.findall(r"<(/?)([a-z0-9]+)", html):
        if name in {"img", "br", "hr"}:
            continue
        if slash:
            assert open_tags
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    return open_tags


def test_paragraphs_keep_their_words_and_emphasis() -> None:
    assert emitted("<p>One <em>two</em>  <strong>three</strong>\n four</p>") == (
        "<p>One <i>two</i> <b>three</b> four</p>"
    )


def test_headings_are_paragraphs_with_a_class_and_stand_in_the_contents() -> None:
    made = emit("<h1>First</h1><p>x</p><h3>Second <em>part</em></h3>", LOOK, size_of)

    assert [(one.level, one.text) for one in made.headings] == [(2, "First"), (3, "Second part")]
    assert "<h1" not in made.html
    assert f"<p class='h3'><a name='{made.headings[1].anchor}'></a>Second <i>part</i></p>" in made.html


def test_lists_keep_their_nesting_and_their_start() -> None:
    html = emitted('<ol start="3"><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ol>')

    assert html == "<ol start='3'><li>a<ul><li>b</li></ul></li><li>c</li></ol>"


def test_a_start_that_is_no_number_is_left_out() -> None:
    assert emitted('<ol start="-1"><li>a</li></ol>') == "<ol><li>a</li></ol>"
    assert emitted("<ol start=\"1' onx='\"><li>a</li></ol>") == "<ol><li>a</li></ol>"


def test_code_keeps_its_lines_and_is_not_markup() -> None:
    html = emitted("<pre><code>if a &lt; b:\n    &lt;b&gt;run&lt;/b&gt;<br>end</code></pre>")

    assert "<pre>if a &lt; b:\n    &lt;b&gt;run&lt;/b&gt;\nend</pre>" in html


def test_a_quotation_gets_a_rule_at_its_side() -> None:
    html = emitted("<blockquote><p>a</p><p>b</p></blockquote>")

    assert f"<td width='3' bgcolor='{LOOK.rule}'></td>" in html
    assert html.endswith("<p>a</p><p class='last'>b</p></td></tr></table>")


def test_tables_keep_cells_heads_spans_and_caption() -> None:
    html = emitted(
        "<table><caption>T</caption><thead><tr><th>A</th></tr></thead>"
        '<tbody><tr><td colspan="2">b</td><td rowspan="9999">c</td></tr></tbody></table>'
    )

    assert "<p class='label'>T</p>" in html
    assert f"<td bgcolor='{LOOK.ground}'><p class='head'>A</p></td>" in html
    assert "<td colspan='2'><p class='cell'>b</p></td><td rowspan='50'>" in html


def test_a_table_inside_a_table_keeps_its_own_rows() -> None:
    html = emitted("<table><tr><td><table><tr><td>in</td></tr></table></td></tr></table>")

    assert html.count("<table") == 2
    assert html.count(">in<") == 1
    assert balance(html) == []


def test_a_picture_is_never_wider_than_the_measure() -> None:
    html = emitted(
        f'<figure><img src="{RES}" alt="A &quot;chart&quot;"><figcaption>Fig</figcaption></figure>'
    )

    assert f"<img src='{RES}' width='640' height='320' alt='A &quot;chart&quot;'>" in html
    assert "<p class='caption'>Fig</p>" in html


def test_a_picture_as_high_as_a_line_stays_in_its_line() -> None:
    assert emitted(f'<p>x <img src="{SMALL}" alt=""> y</p>').startswith(f"<p>x <img src='{SMALL}'")


def test_a_picture_inside_a_link_shows_and_the_link_keeps_its_words() -> None:
    html = emitted(f'<p>before <a href="https://a.example/"><img src="{RES}">words</a></p>')

    assert html.index("before") < html.index(RES) < html.index("words")


def test_a_picture_that_was_not_saved_says_so() -> None:
    assert "[Picture not saved: A town]" in emitted(
        '<p><img data-src="https://a.example/b.png" alt="A town"></p>'
    )
    assert "[Picture not saved]" in emitted(f'<p><img src="res/{"c" * 64}.png"></p>')
    assert emitted('<p>x<img alt="none"></p>') == "<p>x</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "qrc:/x",
        "//a.example/",
        "/path",
        "#top",
        "vbscript:x",
        "java\nscript:alert(1)",
        "https://a.example/ onmouseover=x",
        "res/" + "a" * 64 + ".png",
    ],
)
def test_only_web_and_mail_links_are_links(address: str) -> None:
    assert "href" not in emitted(f'<p><a href="{address}">words</a></p>')
    assert "words" in emitted(f'<p><a href="{address}">words</a></p>')


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    html = emitted("""<p><a href="https://a.example/'onclick='x">w</a></p>""")

    assert "href='https://a.example/&#x27;onclick=&#x27;x'" in html


@pytest.mark.parametrize(
    "source",
    [
        "file:///etc/hostname",
        "https://a.example/x.png",
        "qrc:/x.png",
        f"/{RES}",
        f"{RES}/..",
        f"{RES}\n",
        "res/../x.png",
    ],
)
def test_only_our_own_pictures_are_pictures(source: str) -> None:
    assert "<img" not in emitted(f'<p>x<img src="{source}"></p>')


@pytest.mark.parametrize(
    "html",
    [
        "<link rel='stylesheet' href='x'><p>shown</p>",
        "<p>shown<script>alert(1)</script></p>",
        "<p>shown</p><style>p{display:none}</style>",
        "<p style='background:url(file:///x)' onclick='x' class='h2' id='y'>shown</p>",
        "<svg><image href='file:///x'/></svg><p>shown</p>",
        "<p>shown<iframe src='https://a.example'></iframe>",
        "<form><input value=1><p>shown</p></form>",
        "<div><p>shown",
        "</p></div></table><p>shown</p>",
        "<![CDATA[x]]><p>shown</p>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><p>shown</p>",
        "<p>shown<!-- <p> --></p>",
        "<p>shown</p><!-- never closed",
    ],
)
def test_whatever_comes_in_the_words_are_shown_and_everything_is_closed(html: str) -> None:
    made = emitted(html)

    assert "shown" in made
    assert balance(made) == []
    assert not re.search(r"script|url\(|onclick|iframe|<link|<style|href", made)


def test_a_thousand_nested_quotations_do_not_nest_as_deep_here() -> None:
    html = emitted("<blockquote>" * 1000 + "deep" + "</blockquote>" * 1000)

    assert "deep" in html
    assert html.count("<table") <= DEEPEST
    assert balance(html) == []


def test_control_characters_that_mean_something_to_qt_are_dropped() -> None:
    assert emitted("<p>a\ufdd0b\x00c\ufffcd</p>") == "<p>abcd</p>"


def test_text_from_the_right_says_so() -> None:
    assert emitted("<p>مرحبا بالعالم</p>") == "<p dir='rtl'>مرحبا بالعالم</p>"
    assert "<p>Hello مرحبا</p>" in emitted("<p>Hello مرحبا</p>")
    quote = emitted("<blockquote><p>شيء</p></blockquote>")
    assert quote.index("padding:0 16px 0 0") < quote.index("width='3'")


def test_what_was_left_out_stands_below_under_its_own_heading() -> None:
    made = emit("<p>article</p>", LOOK, size_of, ["<p>menu</p>", "<script>x</script>"])

    assert made.html.index("article") < made.html.index("What was left out") < made.html.index("menu")
    assert made.headings[-1].text == "What was left out"


def test_an_empty_article_is_an_empty_body() -> None:
    assert emit("", LOOK, size_of) == Emitted("<html><body></body></html>", ())


def test_elements_that_html_ends_by_itself_are_ended() -> None:
    assert emitted("<ul><li>a<li>b</ul>") == "<ul><li>a</li><li>b</li></ul>"
    assert emitted("<p>a<p>b") == "<p>a</p><p>b</p>"
    assert emitted("<table><tr><td>a<td>b<tr><td>c</table>").count("<tr>") == 2


def test_words_and_raw_text_of_the_tree() -> None:
    node = tree("<p>a  <b>b</b><br>c</p>")

    assert node.words() == "a b c"
    assert node.raw() == "a  b\nc"


@pytest.mark.parametrize(
    ("size", "fitted"),
    [((100, 50), (100, 50)), ((1280, 640), (640, 320)), ((6400, 1), (640, 1)), ((0, 0), (1, 1))],
)
def test_pictures_are_made_smaller_and_never_larger(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert fit(size, 640) == fitted


def test_lines_are_set_in_pixels_by_the_measures_of_the_look() -> None:
    heights = [Look(size=size).line_height for size in (15, 17, 19, 21, 24)]

    assert heights == [24, 27, 30, 33, 38]
    assert "line-height:27px" in sheet(LOOK)
    assert Look(space="open").line_height > 27 > Look(space="close").line_height


@pytest.mark.parametrize(
    ("title", "is_left_out"),
    [
        ("First  words", True),
        ("FIRST words | The Site", True),
        ("First words of all", False),
        ("Other", False),
        ("", False),
    ],
)
def test_a_first_heading_that_says_the_title_again_is_left_out(title: str, is_left_out: bool) -> None:
    made = emit("<h1>First words</h1><p>x</p><h2>First words</h2>", LOOK, size_of, (), title)

    assert [one.text for one in made.headings] == ["First words"] * (1 if is_left_out else 2)


def test_the_same_missing_picture_twice_in_a_row_is_said_once() -> None:
    missing = '<figure><img data-src="https://a.example/b.png" alt="A town"></figure>'

    assert emitted(missing * 2).count("Picture not saved") == 1
    assert emitted(f"{missing}<p>x</p>{missing}").count("Picture not saved") == 2


def test_links_in_a_plain_listing_can_be_clicked_and_keep_its_columns() -> None:
    html = emitted(
        '<pre>See\t<a href="https://a.example/?a=1&amp;b=2">the\t<i>page</i></a>\t| end\n'
        '<a href="javascript:x">no</a> <a href="file:///etc">nor</a></pre>'
    )

    assert "<pre>See <a href='https://a.example/?a=1&amp;b=2'>the </a>" in html
    assert "<a href='https://a.example/?a=1&amp;b=2'>page</a>    | end\nno nor</pre>" in html
