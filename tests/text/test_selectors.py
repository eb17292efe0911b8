"""One passage by all four selectors, over code points."""

import json

import pytest
from lxml import html as lxml_html

from desktop.text.markdown import text_from_html
from desktop.text.selectors import Quote, describe, fragment_of, trimmed

HTML = "<p>🙂 First words.</p><ul><li>An <b>item</b> here</li></ul><p>Last, not least: co-operate.</p>"
TEXT = text_from_html(HTML)


def test_positions_count_code_points_and_leave_out_white_space_at_the_ends() -> None:
    found = describe(TEXT, TEXT.index("words.") - 1, TEXT.index("An item"))

    assert (found.start, found.stop) == (8, 14)
    assert TEXT[found.start : found.stop] == "words."
    assert found.quote == Quote("words.", "🙂 First ", "\n\nAn item here\n\nLast, not least: "[:32])


def test_the_range_goes_from_block_to_block_of_the_html() -> None:
    start, stop = TEXT.index("item"), TEXT.index(", not")

    found = json.loads(describe(TEXT, start, stop, HTML).range)

    first, last = found["startSelector"], found["endSelector"]
    assert found["type"] == "RangeSelector"
    assert (first["value"], first["refinedBy"]["start"]) == ("/ul/li", 3)
    assert (last["value"], last["refinedBy"]["start"]) == ("/p[2]", 4)
    root = lxml_html.fragment_fromstring(HTML, create_parent="div")
    assert root.xpath("." + first["value"])[0].text_content()[3:7] == "item"


def test_without_html_there_is_no_range() -> None:
    assert describe(TEXT, 0, 5).range == ""


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("Last, not least: co-operate", ":~:text=Last%2C%20not%20least%3A%20co%2Doperate"),
        ("one two\n\nthree four", ":~:text=one%20two,three%20four"),
        ("word " * 80, ":~:text=" + "%20".join(["word"] * 6) + "," + "%20".join(["word"] * 6)),
    ],
)
def test_a_text_fragment_names_the_words_or_the_first_and_last(quote: str, fragment: str) -> None:
    assert fragment_of(Quote(quote)) == fragment


@pytest.mark.parametrize("passage", [(3, 3), (14, 16), (-5, 0), (900, 950), (9, 4)])
def test_a_passage_needs_words(passage: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="empty"):
        trimmed(TEXT, *passage)
