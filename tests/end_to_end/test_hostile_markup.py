"""All hostile payloads through the HTML gate, then opened in real browsers: nothing runs, nothing is asked.

The zero is worth something because the same arena counts hundreds of runs among a sample of them uncleaned.
"""

from collections.abc import Callable
from typing import Any

from desktop.text.article import article_from_html
from desktop.text.sanitize import TAGS, clean
from tests.end_to_end.arena import Outcome, Proxy, fight
from tests.end_to_end.hostile import written_out
from tests.end_to_end.pages import Site

BATCH = 100
CONTROL_STEP = 17
ALLOWED = sorted({*TAGS, "section"})
SENTENCE = "Practice needs feedback, and feedback needs a record of what was tried before today."


def body(pieces: list[str]) -> str:
    return "<body>" + "".join(f"<section>{piece}</section>" for piece in pieces)


def assert_harmless(outcome: Outcome, marks: int) -> None:
    assert outcome.executed == []
    assert outcome.left == []
    assert outcome.above == 0
    assert outcome.requests == []
    assert outcome.dangerous == []
    assert outcome.marks == marks, "a piece swallowed its neighbours, so they were not tried"


def test_cleaned_payloads_do_nothing(
    bare: Any, site: Site, proxy: Proxy, payloads: list[str], note: Callable[[str], None]
) -> None:
    pieces = [clean(text) for payload in payloads for text in sorted(written_out(payload))]
    documents = [body(pieces[start : start + BATCH]) for start in range(0, len(pieces), BATCH)]

    outcome = fight(bare, site, proxy, documents, ALLOWED)

    note(f"{bare.version}: {len(payloads)} payloads in {len(pieces)} spellings, cleaned")
    assert_harmless(outcome, len(pieces))


def test_payloads_inside_an_article_do_nothing_once_it_is_extracted(
    bare: Any, site: Site, proxy: Proxy, payloads: list[str]
) -> None:
    documents = []
    marks = 0
    for first in range(0, len(payloads), BATCH):
        paragraphs = "".join(
            f"<p>Note {number}. {SENTENCE}</p>{payload}\n"
            for number, payload in enumerate(payloads[first : first + BATCH])
        )
        head = '<!doctype html><html lang="en"><head><title>Hostile</title></head><body>'
        article = article_from_html(f"{head}<article>{paragraphs}</article>", site.url("/hostile"))
        pieces = [article.html, *article.left_out]
        documents.append(body(pieces))
        marks += len(pieces)

    outcome = fight(bare, site, proxy, documents, ALLOWED)

    assert sum(document.count("Note ") for document in documents) > len(documents)
    assert_harmless(outcome, marks)


def test_the_same_payloads_uncleaned_do_run(
    bare: Any, site: Site, proxy: Proxy, payloads: list[str], note: Callable[[str], None]
) -> None:
    sample = payloads[::CONTROL_STEP]

    outcome = fight(bare, site, proxy, [f"<body>{payload}" for payload in sample], [])

    ran, asked = len(outcome.executed), len(outcome.requests)
    note(f"{bare.version}: of {len(sample)} payloads uncleaned {ran} ran, with {asked} requests")
    assert len(outcome.executed) > 100
    assert outcome.requests
