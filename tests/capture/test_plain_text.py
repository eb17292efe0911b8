"""Bytes as text, text and Markdown as HTML, captions as lines."""

import codecs

import pytest

from desktop.capture import plain_text, transcript


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Prüfung".encode(), "", "Prüfung"),
        ("Prüfung".encode("cp1252"), "", "Prüfung"),
        ("Prüfung".encode("cp1252"), "iso-8859-1", "Prüfung"),
        (b'<meta charset="windows-1251">' + "Мир".encode("cp1251"), "", '<meta charset="windows-1251">Мир'),
        (codecs.BOM_UTF8 + b"Mir", "latin-1", "Mir"),
        (codecs.BOM_UTF16_LE + "Mir".encode("utf-16-le"), "", "Mir"),
        (b"a\xffb", "utf-8", "a�b"),
        (b"plain", "no-such-charset", "plain"),
        (b"plain", "base64", "plain"),
    ],
)
def test_bytes_are_read_in_their_charset(data: bytes, charset: str, text: str) -> None:
    assert plain_text.text_of(data, charset) == text


def test_text_becomes_paragraphs_that_keep_their_lines() -> None:
    assert (
        plain_text.html_from_text("One <b>\ntwo\n\n\nthree") == "<p>One &lt;b&gt;<br>two</p>\n<p>three</p>\n"
    )


def test_markdown_becomes_html_and_what_it_does_not_know_stays() -> None:
    text = (
        "# Title #\n\nA *word*, **two**, `x < *y*` and [a link](https://example.org/a_b).\nSame paragraph.\n"
        "\n- one\n- two\n  goes on\n\n1. first\n2. second\n\n> said\n> so\n\n"
        "```python\nif a < b:\n    pass\n```\n"
        "\n<script>alert(1)</script> 2 * 3 * 4 [bad](javascript:x)"
    )

    assert plain_text.html_from_markdown(text).split("\n", 2)[0] == "<h1>Title</h1>"
    html = plain_text.html_from_markdown(text)
    assert "<em>word</em>, <strong>two</strong>, <code>x &lt; *y*</code>" in html
    assert '<a href="https://example.org/a_b">a link</a>. Same paragraph.' in html
    assert "<ul><li>one</li><li>two goes on</li></ul>" in html
    assert "<ol><li>first</li><li>second</li></ol>" in html
    assert "<blockquote><p>said so</p></blockquote>" in html
    assert '<pre><code class="language-python">if a &lt; b:\n    pass\n</code></pre>' in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 2 * 3 * 4 [bad](javascript:x)" in html
    assert plain_text.title_of_markdown(text) == "Title"


def test_an_open_code_fence_ends_with_the_text() -> None:
    assert plain_text.html_from_markdown("```\na\n\nb") == "<pre><code>a\n\nb\n</code></pre>"


def test_captions_become_lines_with_their_time_and_no_repeats() -> None:
    captions = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\n<v Miriam>Ask first.</v>\n\n"
        "00:00:03.000 --> 00:00:05.000\nAsk first.\n\n"
        "01:02:03.500 --> 01:02:05.000\nThen <c.x>say</c>\nit &amp; wait.\n\n"
        "NOTE nothing\n"
    )

    assert (
        transcript.readable(captions.encode(), "text/vtt") == "0:01 Ask first.\n1:02:03 Then say it & wait."
    )


def test_a_visible_transcript_stays_as_it_is() -> None:
    assert transcript.readable(b"One.\nTwo.", "text/plain") == "One.\nTwo."
