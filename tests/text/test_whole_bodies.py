"""A long text that both extractors have lost is kept whole where the vote has most of it."""

import pytest
from lxml import html as lxml_html

from desktop.text.blocks import blocks_of
from desktop.text.choose import VOTE, choose
from desktop.text.dom import body_of
from desktop.text.features import NAMES, Page

WORDS = "one two three four five six seven eight nine ten " * 5


def kept_of(patch: pytest.MonkeyPatch, doubtful: int, voted: float = 0.35) -> list[bool]:
    """Thirty paragraphs of a body, of which from the tenth ``doubtful`` ones have a low vote."""
    paragraphs = [f"<p>{WORDS}{i}</p>" for i in range(30)]
    tree = lxml_html.document_fromstring(
        f"<body><nav><p>Menu of it</p></nav><main>{''.join(paragraphs)}</main></body>"
    )
    blocks = blocks_of(body_of(tree))
    rows = [[0.0] * len(NAMES) for _ in blocks]
    votes = [0.1, *(voted if 10 <= i < 10 + doubtful else VOTE + 0.2 for i in range(30))]
    patch.setattr("desktop.text.choose.votes_of", lambda _rows: votes)
    return choose(blocks, body_of(tree), rows, Page())[1:]


def test_a_gap_that_the_vote_doubts_is_kept_within_a_long_body(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(kept_of(monkeypatch, 8))


def test_a_gap_that_the_vote_is_against_stays_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(kept_of(monkeypatch, 8, voted=0.05)) == 22


def test_a_body_that_is_mostly_left_out_is_left_as_the_vote_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sum(kept_of(monkeypatch, 14)) == 16
