"""Marked passages found again: by selectors alone, and carried from the version they were marked on."""

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop.text.alike import Ground, fold
from desktop.text.anchoring import Found, find
from desktop.text.carrying import Carrier
from desktop.text.selectors import Quote, describe

BODY = "\n\n".join(
    [
        "Seek, sense and share are three habits of people who learn at work.",
        "Seeking is finding things out and keeping up to date, from a network of colleagues.",
        "Sensing is how we personalise information and use it: reflecting on what “works” here.",
        "Sharing includes exchanging resources, ideas and experiences – with those who trust us.",
        "None of the three works for long without the other two; that is the whole point of it.",
    ]
)

VERSE = "Row, row, row your boat, gently down the stream.\n\n"
SONG = f"First comes this part.\n\n{VERSE}Then somebody sings another song.\n\n{VERSE}And that is the end."


def passage(text: str, words: str) -> tuple[Quote, int, int]:
    start = text.index(words)
    described = describe(text, start, start + len(words))
    return described.quote, described.start, described.stop


def by_quote(old: str, new: str, words: str) -> tuple[str, Found]:
    quote, start, _ = passage(old, words)
    found = find(Ground(new), quote, start)
    return new[found.start : found.stop], found


def carried(old: str, new: str, words: str) -> tuple[str, Found]:
    _, start, stop = passage(old, words)
    found = Carrier(Ground(old), Ground(new)).carry(start, stop)
    return new[found.start : found.stop], found


WAYS = [by_quote, carried]


@pytest.fixture(scope="module")
def bench(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "bench_anchoring", root / "packaging" / "bench_anchoring.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("way", WAYS)
def test_an_unchanged_text_gives_the_exact_place(way: object) -> None:
    words, found = way(BODY, BODY, "use it: reflecting")  # type: ignore[operator]

    assert (words, found.how, found.certainty) == ("use it: reflecting", "exact", 100)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_added_above_or_removed_before_does_not_matter(way: object) -> None:
    for new in (f"Accept all cookies?\n\n{BODY}", BODY.partition("\n\n")[2]):
        words, found = way(BODY, new, "use it: reflecting")  # type: ignore[operator]

        assert (words, found.how) == ("use it: reflecting", "quote")


@pytest.mark.parametrize("way", WAYS)
def test_typography_does_not_matter(way: object) -> None:
    new = (
        BODY.replace("“works”", '"works"')
        .replace(" – ", "—")
        .replace("per", "per\u00ad")
        .replace(" ", "\u00a0\n")
    )

    words, found = way(BODY, new, "on what “works” here.")  # type: ignore[operator]

    assert found.how == "quote"
    assert words == 'on\u00a0\nwhat\u00a0\n"works"\u00a0\nhere.'


@pytest.mark.parametrize("way", WAYS)
def test_an_edited_word_makes_it_fuzzy_with_a_certainty(way: object) -> None:
    new = BODY.replace("exchanging resources, ideas", "giving away resources, ideas")

    words, found = way(BODY, new, "Sharing includes exchanging resources, ideas and experiences")  # type: ignore[operator]

    assert words == "Sharing includes giving away resources, ideas and experiences"
    assert found.how == "fuzzy"
    assert 70 <= found.certainty < 100


@pytest.mark.parametrize("way", WAYS)
def test_the_same_words_in_a_summary_above_are_not_taken_for_it(way: object) -> None:
    quote = "None of the three works for long without the other two"
    new = f"In short: {quote}. Read on.\n\n{BODY}"

    _, found = way(BODY, new, quote)  # type: ignore[operator]

    assert found.start == new.rindex(quote)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_gone_is_lost(way: object) -> None:
    new = "\n\n".join(part for part in BODY.split("\n\n") if not part.startswith("Sensing"))

    _, found = way(BODY, new, "Sensing is how we personalise information")  # type: ignore[operator]

    assert found == Found(0, 0, "lost", 0)


def test_of_two_that_read_alike_with_context_and_all_neither_is_chosen_blindly() -> None:
    verse = "Row row row your boat gently down the stream, merrily merrily merrily, life is but a dream.\n\n"
    quote = Quote("life is but a dream", verse[-60:-28], "\n\n")

    assert find(Ground("New.\n\n" + verse * 3), quote).how == "lost"


def test_with_the_old_version_the_order_tells_twins_apart() -> None:
    old = SONG
    new = f"A banner above.\n\n{old}"
    second = old.rindex("gently")

    found = Carrier(Ground(old), Ground(new)).carry(second, second + len("gently down"))

    assert (found.start, found.how) == (new.rindex("gently"), "quote")


def test_with_the_old_version_a_removed_twin_is_lost_and_the_other_left_alone() -> None:
    verse, old = VERSE, SONG
    new = old[: old.rindex(verse)] + old[old.rindex(verse) + len(verse) :]

    assert (
        Carrier(Ground(old), Ground(new)).carry(old.rindex("gently"), old.rindex("gently") + 22).how == "lost"
    )


def test_a_moved_paragraph_keeps_its_highlight() -> None:
    parts = BODY.split("\n\n")
    new = "\n\n".join([parts[4], *parts[:4]])

    words, found = carried(BODY, new, "that is the whole point")

    assert (words, found.how) == ("that is the whole point", "quote")


@pytest.mark.parametrize("words", ["", " \n ", "\u00ad"])
def test_nothing_is_found_nowhere(words: str) -> None:
    assert find(Ground(BODY), Quote(words, "Seek", "sense")).how == "lost"
    assert find(Ground(""), Quote("Seek")).how == "lost"


def test_folding_leads_back_to_the_letters_it_came_from() -> None:
    text = "Cafe\u0301 “x” ﬁne — Ｗide\u200b \u1112\u1161\u11ab漢 ẞ"
    folded = fold(text)

    assert folded.text == "café'x'fine-wide한漢ss"
    assert [text[folded.at[at]] for at, sign in enumerate(folded.text) if sign in "cx漢"] == ["C", "x", "漢"]
    ground = Ground(text)
    at = folded.text.index("wide")
    assert text[slice(*ground.back(at, at + 4))] == "Ｗide"


def test_any_text_finds_its_own_passages_whatever_letters_it_has() -> None:
    chance = random.Random(5)
    signs = "abc äß漢字かなไทย\u0301\u00ad\u200d“”'-–—\n\t🙂ﬁ한"
    for _ in range(200):
        text = "".join(chance.choice(signs) for _ in range(120))
        start = chance.randrange(100)
        if not fold(text[start : start + 15]).text:
            continue
        described = describe(text, start, start + 15)
        new = "x\n\n" + text
        found = Carrier(Ground(text), Ground(new)).carry(described.start, described.stop)
        if found.how == "quote":
            assert fold(new[found.start : found.stop]).text in fold(new).text
            assert abs(found.start - described.start - 3) <= 120


def test_the_six_situations_on_real_pages(bench: ModuleType, shared: Path) -> None:
    rows = [row for row in bench.rows(4) if row.is_barred]

    assert len(rows) == 6
    for row in rows:
        assert row.marked >= 15
        assert row.wrong <= 1, (row.name, row.by)
        assert row.lost <= 1, (row.name, row.by)
