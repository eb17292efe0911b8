"""Strings that break programs: as texts they are found, as questions they are answered."""

import json
from pathlib import Path

import pytest

from desktop.library import captures
from desktop.library.opening import Library
from desktop.library.search.searching import Searcher
from desktop.library.search.values import Mode
from desktop.store.query import parse, words_of
from desktop.text.folding import has_letters
from tests.support.saving import page

OWN = [
    "a\x00b", "\x00", "\ufeff", "\u202eabc\u202d", "e\u0301 \u00e9", "'; DROP TABLE x; --", '" OR 1=1 --',
    '"""', "NEAR(a b)", "title : x", "{title body} : x", "^start", "a + b", "a AND NOT b", "NOT",
    "AND OR NOT", "(((", ")))", "*", "**", "a**", "-", "--", "tag:*", "tag:%", "tag:_", "tag:'",
    "\ue000t1", "\ue000a", "x" * 100_000, "İıßﬁ", "👨\u200d👩", "🎉", "½ ²", "٣٤", "Z\u0338a\u0337l",
    "ＡＢＣ", "\u200b", "ก็", "가", "a:b:c", ":", "::", "after:", "after:(",
]  # fmt: skip


@pytest.fixture(scope="module")
def naughty(root: Path) -> list[str]:
    """Our own, and the big list of naughty strings when it is beside the project."""
    listed = root.parent / "shared" / "corpora" / "strings" / "blns.json"
    return OWN + (json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else [])


def test_each_is_found_by_itself_and_answered_as_a_question(library: Library, naughty: list[str]) -> None:
    assert library.writer is not None
    ids = {}
    for at in range(0, len(naughty), 8):
        some = naughty[at : at + 8]
        fields = dict.fromkeys(("author", "why", "found_through"), some[0])
        added = captures.add(library.writer, page(f"p{at}", "\n".join(some), title=f"no. {at}", **fields))
        ids |= dict.fromkeys(some, added.source_id)
    searcher = Searcher(library)
    try:
        assert searcher.wait(60)
        missing = []
        for text in naughty:
            for mode in Mode:
                searcher.search(text, mode=mode, passages=2)
            searcher.complete(text, len(text))
            quoted = f'"{text.replace(chr(34), " ")[:1500]}"'
            is_word = has_letters(text) and len(text) < 1500 and words_of(parse(quoted).node)
            if is_word and ids[text] not in searcher.search(quoted, limit=0).ids:
                missing.append(text)
        assert not missing
    finally:
        searcher.close()
