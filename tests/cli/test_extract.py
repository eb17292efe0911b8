"""``kithbook extract``, by the contract of the extraction benchmark."""

import io
import json
import sys
from collections.abc import Callable

import pytest

from desktop.paths import Paths
from tests.support.spooled import PAGE

Run = Callable[..., str]


def extracted(monkeypatch: pytest.MonkeyPatch, run: Run, data: bytes, *words: str) -> str:
    class Input:
        buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Input)
    return run("extract", *words)


KEYS = {
    "title",
    "byline",
    "published",
    "site",
    "lang",
    "canonical",
    "text",
    "markdown",
    "html",
    "images",
    "warnings",
}


def test_extract_answers_one_page_by_its_contract(
    monkeypatch: pytest.MonkeyPatch, run: Run, paths: Paths
) -> None:
    answer = json.loads(
        extracted(monkeypatch, run, PAGE.encode(), "--url", "https://example.org/a", "--json")
    )

    assert answer.keys() >= KEYS
    assert answer["byline"] == "Miriam Okafor"
    assert "begins with a question" in answer["text"]
    assert not paths.library.exists()
    assert not paths.spool.exists()


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\xff\xfe", b"<div>" * 100_000])
def test_extract_answers_whatever_it_is_given(monkeypatch: pytest.MonkeyPatch, run: Run, data: bytes) -> None:
    answer = json.loads(extracted(monkeypatch, run, data, "--json"))

    assert answer.keys() >= KEYS
    assert answer["warnings"]


def test_extract_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    pages = [
        {"id": 1, "url": "https://example.org/a", "html": PAGE},
        {"id": "x", "url": "", "html": "\ud800"},
    ]
    lines = b"\n".join([*(json.dumps(page).encode() for page in pages), b"", b"nonsense", b"[]"])

    answers = [json.loads(line) for line in extracted(monkeypatch, run, lines, "--batch").splitlines()]

    assert [answer["id"] for answer in answers] == [1, "x", None, None]
    assert all(answer.keys() >= KEYS for answer in answers)
