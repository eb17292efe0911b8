"""What becomes of each kind of page."""

import base64
from collections.abc import Callable

import pytest

from desktop.capture.ingest import NO_TEXT, WHY_LINK_ONLY, title_of_address
from desktop.capture.station import Station
from desktop.library import assets
from desktop.library.values import Detail
from desktop.paths import Paths
from tests.support.pdf_file import pdf_file
from tests.support.spooled import PAGE, PNG, Browser

Shown = Callable[[str], Detail]


@pytest.fixture
def collected(browser: Browser, station: Station, shown: Shown) -> Callable[..., Detail]:
    """Save, collect, show."""

    def run(*rest: object, **fields: object) -> Detail:
        number = browser.save(*rest, **fields)  # type: ignore[arg-type]
        assert station.collect().captures == (number,)
        return shown(number)

    return run


Collected = Callable[..., Detail]


@pytest.mark.parametrize("note", sorted(WHY_LINK_ONLY))
def test_a_link_says_why_there_is_no_text(collected: Collected, note: str) -> None:
    url = "chrome://settings/" if note == "internal" else f"https://example.org/{note}/A%20paper.pdf"

    detail = collected("", url, note=note, kind="pdf" if note == "pdf" else "link")

    assert detail.is_link_only
    assert detail.notices[0] == WHY_LINK_ONLY[note]
    assert detail.title == ("A paper.pdf" if note != "internal" else "settings")


def test_a_page_with_no_text_is_a_capture_with_its_raw_page_and_a_sentence(
    collected: Collected, paths: Paths
) -> None:
    html = "<html><head><title>Canvas</title></head><body><canvas></canvas></body></html>"

    detail = collected(html)

    assert (detail.title, detail.text, detail.is_link_only) == ("Canvas", "", False)
    assert detail.notices == (NO_TEXT,)
    assert assets.read_page(paths, detail.raw_page) == html.encode()


def test_a_page_of_fifty_megabytes_is_a_link_with_its_raw_page_and_a_sentence(
    collected: Collected, paths: Paths
) -> None:
    html = b"<html><title>Large</title><body>" + b"<p>word word word</p>\n" * 2_500_000

    detail = collected(html, title="Large")

    assert (detail.is_link_only, detail.text, detail.title) == (True, "", "Large")
    assert "too big" in detail.notices[0]
    raw = assets.read_page(paths, detail.raw_page)
    assert raw is not None
    assert len(raw) == len(html)


def test_a_hundred_thousand_nested_elements_are_a_link_with_a_sentence(collected: Collected) -> None:
    detail = collected("<div>" * 100_000 + "deep")

    assert detail.is_link_only
    assert "deep" in detail.notices[0]
    assert detail.raw_page


def test_hostile_markup_does_not_survive(collected: Collected) -> None:
    bad = (
        "<script>alert(1)</script><img src=x onerror=alert(2)><iframe src='javascript:alert(3)'></iframe>"
        "<a href='javascript:alert(4)'>press here to win the prize</a><svg onload=alert(5)></svg>"
        "<form action='https://evil.example'><input name=a></form><style>*{color:url(//evil.example)}</style>"
    )
    html = PAGE.replace("<figure>", bad + "<figure>").replace("one thing to try", f"one {bad} thing to try")

    detail = collected(html)

    everything = " ".join([detail.html, *detail.left_out]).lower()
    assert "agree on one" in detail.text
    for word in (
        "<script",
        "onerror",
        "onload",
        "javascript:",
        "<iframe",
        "<svg",
        "<form",
        "<style",
        "<input",
    ):
        assert word not in everything


def test_broken_bytes_and_lone_surrogates_do_not_stop_a_page(collected: Collected) -> None:
    html = PAGE.replace("plain words", "plain \ud800 words").encode("utf-8", "surrogatepass")

    assert "Then say what you saw yourself" in collected(html).text


def test_a_picture_that_is_none_is_not_kept(collected: Collected) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"

    detail = collected(sections=[("picture", svg, "image/png", "https://example.org/p.png")])

    assert 'data-src="https://example.org/p.png"' in detail.html
    assert ' src="' not in detail.html


def test_a_picture_that_the_text_does_not_show_is_not_kept(collected: Collected, paths: Paths) -> None:
    collected(sections=[("picture", PNG, "image/png", "https://example.org/advert.png")])

    assert not list(paths.assets.rglob("*.png"))


def test_a_picture_written_into_the_page_is_kept(collected: Collected, paths: Paths) -> None:
    code = base64.b64encode(PNG).decode()

    detail = collected(PAGE.replace("/p.png", f"data:image/png;base64,{code}"))

    assert ' src="res/' in detail.html
    assert "inline.invalid" not in detail.html
    assert list(paths.assets.rglob("*.png"))


def test_a_selection_that_stands_in_the_article_keeps_the_article(collected: Collected) -> None:
    chosen = {
        "html": "<p>Ask what the person saw</p>",
        "quote": "Ask what the person saw",
        "prefix": "verdict. ",
    }

    detail = collected(kind="selection", selection=chosen)

    assert detail.selection == "Ask what the person saw"
    assert "agree on one thing" in detail.text
    assert detail.kind == "selection"


def test_a_selection_that_the_article_left_out_is_itself_the_text(collected: Collected) -> None:
    chosen = {
        "html": '<p>Ring <a href="/who">extension 4711</a> at night</p>',
        "quote": "Ring extension 4711 at night",
    }

    detail = collected(kind="selection", selection=chosen)

    assert detail.text.split() == chosen["quote"].split()
    assert 'href="https://example.org/who"' in detail.html
    assert detail.title.startswith("How to debrief")


def test_a_long_selection_comes_as_the_page_itself(collected: Collected) -> None:
    words = " ".join(f"word{number}" for number in range(9_000))

    detail = collected(
        f"<div><p>{words}</p></div>",
        kind="selection",
        title="Long",
        selection={"html": "", "quote": words[:20_000]},
    )

    assert "word8999" in detail.text
    assert detail.title == "Long"


def test_a_video_keeps_its_place_and_its_captions(collected: Collected) -> None:
    captions = b"WEBVTT\n\n00:01.000 --> 00:03.000\nAsk first.\n"

    detail = collected(
        kind="video", media={"position": 12.5, "duration": 600, "title": "A talk"},
        sections=[("transcript", captions, "text/vtt", "")],
    )  # fmt: skip

    assert detail.media is not None
    assert (detail.media.position, detail.media.duration, detail.media.transcript) == (
        12.5,
        600.0,
        "0:01 Ask first.",
    )


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("notes.txt", b"First line.\n\nSecond & last.", "text/plain", "Second & last."),
        ("notes.md", b"# Notes\n\n- *one*\n- two", "text/markdown", "one"),
        ("page.html", PAGE.encode(), "text/html", "begins with a question"),
        ("paper.pdf", pdf_file([("A paper on debriefing.",)]), "application/pdf", "A paper on debriefing."),
    ],
)
def test_a_file_is_read_by_its_kind(
    collected: Collected, paths: Paths, name: str, data: bytes, kind: str, words: str
) -> None:
    detail = collected(
        "", f"file:///home/x/{name}", kind="page", title=name, sections=[("file", data, kind, "")]
    )

    assert words in detail.text
    assert not detail.is_link_only
    assert assets.read_page(paths, detail.raw_page) == data
    assert (detail.kind == "pdf") == (kind == "application/pdf")


def test_a_damaged_pdf_file_is_kept_with_a_sentence(collected: Collected, paths: Paths) -> None:
    detail = collected(
        "", "file:///home/x/a.pdf", kind="pdf", sections=[("file", b"%PDF-1.4 no", "application/pdf", "")]
    )

    assert detail.is_link_only
    assert "damaged" in detail.notices[0]
    assert assets.read_page(paths, detail.raw_page) == b"%PDF-1.4 no"


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://example.org/a/The%20paper.pdf?x=1", "The paper.pdf"),
        ("https://example.org/", "example.org"),
        ("chrome://settings/", "settings"),
        ("about:blank", "blank"),
    ],
)
def test_a_page_without_a_title_is_called_by_its_address(url: str, title: str) -> None:
    assert title_of_address(url) == title
