import re

import pytest
from hypothesis import given, settings, strategies

from desktop.text.markdown_html import to_html
from desktop.text.sanitize import clean


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one two</p><p>three</p>"),
        ("# Head", "<h3>Head</h3>"),
        ("#### Deep", "<h6>Deep</h6>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("3. a", "<ol start='3'><li>a</li></ol>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;</code></pre>"),
        ("`<i>`", "<p><code>&lt;i&gt;</code></p>"),
        ("[t](https://e.example/)", "<p><a href='https://e.example/'>t</a></p>"),
        ("[t](javascript:alert(1))", "<p>t</p>"),
        ("[t](kithbook:capture/1)", "<p>t</p>"),
        ("![t](https://e.example/p.png)", "<p><a href='https://e.example/p.png'>t</a></p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@settings(max_examples=60, deadline=None)
@given(strategies.text(alphabet="ab <>&'\"*_`~#->[](){}!\\\n\t1.:/", max_size=120))
def test_whatever_is_written_comes_out_closed_and_within_the_gate(text: str) -> None:
    html = to_html(text)

    opened: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z0-9]+)[^<>]*>", html):
        if closing:
            assert opened.pop() == tag
        elif tag not in ("br", "hr"):
            opened.append(tag)
    assert not opened
    assert re.sub(r"<[^>]*>", "", clean(html)) == re.sub(
        r"<[^>]*>", "", html.replace("&#x27;", "'").replace("&quot;", '"')
    )


def test_a_long_line_of_openings_is_quick() -> None:
    assert to_html("*_[`" * 5_000)
    assert to_html("\n".join("  " * depth + "- a" for depth in range(400)))
