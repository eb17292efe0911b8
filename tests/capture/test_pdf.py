"""Text of PDF files, made here by hand."""

import pytest

from desktop.capture import pdf
from desktop.capture.extractor import Extractor
from desktop.errors import BadInput, Refused
from tests.support.pdf_file import pdf_file

LINES = (
    "Debriefing",
    "A good debrief begins with a question and not with a verdict, and the",
    "person who learns speaks first. Then you say what you saw, in plain words,",
    "and wait.",
    "The second paragraph tells what to do when nobody speaks for a while, and",
    "why that is good.",
)


def test_lines_become_paragraphs() -> None:
    found = pdf.read_pdf(pdf_file([LINES], title="On debriefing", author="M. Okafor"))

    assert (found.title, found.author, found.published) == ("On debriefing", "M. Okafor", "2026-03-04")
    paragraphs = found.html.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    assert [text.split()[0] for text in paragraphs] == ["Debriefing", "A", "The"]


def test_running_heads_and_page_numbers_are_not_text() -> None:
    pages = [
        (
            "Ward Notes",
            *(f"Sentence {word} of this page stands here alone." for word in (f"{n}a", f"{n}b")),
            str(n),
        )
        for n in range(1, 6)
    ]

    html = pdf.read_pdf(pdf_file(pages)).html

    assert "Ward Notes" not in html
    assert "Sentence 3b of this page" in html


def test_words_parted_at_a_line_end_are_joined() -> None:
    joined = pdf.paragraphs([["They speak about the hand\u00ad", "over and about long-", "term care, too."]])

    assert joined == ["They speak about the handover and about longterm care, too."]


def test_markup_in_a_pdf_is_text() -> None:
    assert "&lt;script&gt;" in pdf.read_pdf(pdf_file([("Read <script> aloud.",)])).html


def test_a_pdf_without_text_says_so() -> None:
    found = pdf.read_pdf(pdf_file([()]))

    assert found.html == ""
    assert found.warnings == ("The PDF file has no text of its own: its pages are pictures.",)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing", b"\0" * 100])
def test_a_damaged_pdf_is_a_sentence(data: bytes) -> None:
    with pytest.raises(BadInput, match="damaged"):
        pdf.read_pdf(data)


def test_a_pdf_is_read_in_the_worker(extractor: Extractor) -> None:
    article = extractor.pdf(pdf_file([LINES], title="On debriefing"), "https://example.org/a.pdf")

    assert article.title == "On debriefing"
    assert article.is_published_approximate
    assert "speaks first" in article.text
    assert article.text in article.markdown.replace("\\", "") or article.words > 40


def test_a_damaged_pdf_leaves_the_worker_alive(extractor: Extractor) -> None:
    with pytest.raises(Refused, match="damaged"):
        extractor.pdf(b"%PDF-1.4 broken", "https://example.org/a.pdf")

    assert extractor.pdf(pdf_file([LINES]), "https://example.org/a.pdf").text
