"""Citations in published styles, and quotations: true words, no markup of the page's, nothing twice."""

import re
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.share.citation import cite, quotation
from desktop.share.citing_styles import FOLDER, STYLES
from desktop.text.sanitize import clean
from tests.support.exporting import exported, marked, naughty

ONE = exported(title="Pivot tables & why", author="Ana Petrova and Tomás Rey", site="a.example")
BARE = exported(2, title="No author here", author="", published="", site="b.example")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "Petrova, A., & Rey, T. (2024, March 5). Pivot tables & why. a.example. https://site.example/1"),
        ("harvard", "Petrova, A. and Rey, T. (2024) Pivot tables & why, a.example. Available at: "
         "https://site.example/1 (Accessed: 21 September 2026)."),
        ("chicago", "Petrova, A., and T. Rey. 2024. ‘Pivot Tables & Why’. a.example, March 5. "
         "https://site.example/1."),
        ("ieee", "[1] A. Petrova and T. Rey, ‘Pivot tables & why’, a.example. Accessed: Sep. 21, 2026. "
         "[Online]. Available: https://site.example/1"),
        ("mla", "Petrova, A., and T. Rey. ‘Pivot Tables & Why’. a.example, 5 Mar. 2024, https://site.example/1."),
        ("iso690", "PETROVA, Ana and REY, Tomás, 2024. Pivot tables & why. a.example. Online. 5 March 2024. "
         "Available from: https://site.example/1 [Accessed 21 September 2026]."),
    ],
)  # fmt: skip
def test_each_style_writes_as_it_should(style: str, text: str) -> None:
    assert cite([ONE], style).text.replace("\xa0", " ") == text


@pytest.mark.parametrize("style", [style.name for style in STYLES])
@pytest.mark.parametrize("lang", ["en", "de", "fr"])
def test_a_page_without_author_says_nothing_twice(style: str, lang: str) -> None:
    made = cite([ONE, BARE], style, lang)
    entry = next(one for one in made.text.split("\n\n") if "b.example" in one)

    assert len(re.findall("no author here", entry, re.IGNORECASE)) == 1
    assert entry.count("b.example") == 1
    assert clean(made.html) == made.html
    assert made.html.count("<p>") == 2


def test_german_words_stand_around_a_german_title() -> None:
    text = cite([exported(title="wie man liest", lang="de", author="")], "chicago", "de").text

    assert "„wie man liest“" in text
    assert "Zugegriffen 21. September 2026" in cite([BARE], "chicago", "de").text
    assert "Abgerufen 21. September 2026, von" in cite([BARE], "apa", "de").text


def test_no_page_is_markup_in_a_citation(shared: Path) -> None:
    for text in naughty(shared, every=12):
        one = exported(title=f"T {text} T", author="Ana Petrova", site=f"s{text}")
        made = cite([one], "harvard")

        assert clean(made.html) == made.html
        assert not set(re.findall(r"<(\w+)", made.html)) - {"p", "i"}
        assert not re.search("[\ue000-\ue003]", made.text + made.html)


def test_an_unknown_style_is_said() -> None:
    with pytest.raises(BadInput, match="does not know the style"):
        cite([ONE], "vogue")
    with pytest.raises(BadInput, match="nothing to cite"):
        cite([], "apa")


def test_a_quotation_says_where_it_is_from() -> None:
    made = quotation(ONE, marked(quote="One <b>\n\nTwo", comment="Mine"))

    assert made.text == (
        "“One <b>\n\nTwo”\n— Ana Petrova, Tomás Rey: Pivot tables & why, a.example, 2024-03-05\n"
        "https://site.example/1\n\nMine"
    )
    assert made.html == (
        '<blockquote cite="https://site.example/1"><p>One &lt;b&gt;</p><p>Two</p></blockquote>'
        '<p>— Ana Petrova, Tomás Rey: <a href="https://site.example/1">Pivot tables &amp; why</a>, '
        "a.example, 2024-03-05</p><p>Mine</p>"
    )
    assert "href" not in quotation(exported(url="javascript:alert(1)"), marked()).html


def test_the_styles_say_their_licence() -> None:
    files = {file for style in STYLES for _, file in style.files}

    assert {path.stem for path in FOLDER.glob("*.csl")} == files
    assert all("by-sa/3.0" in (FOLDER / f"{file}.csl").read_text("utf-8") for file in files)
    assert "Attribution-ShareAlike" in (FOLDER / "LICENCE.txt").read_text("utf-8")
