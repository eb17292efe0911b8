"""The passage that answers, and near words."""

import pytest

from desktop.library.search.passages import LONGEST, passage, sought
from desktop.library.search.spelling import Spelling
from desktop.store.query import parse, with_last_as_prefix

WORDS = [("pivot", 40), ("pilot", 4), ("table", 90), ("columns", 7), ("tables", 30), ("transformation", 9)]


def marked(text: str, question: str) -> list[str]:
    found = passage(text, sought(parse(question).node))
    return [found.text[start:end] for start, end in found.marks]


@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        ("A pivot table, a Pivot.", "pivot", ["pivot", "Pivot"]),
        ("Pivots and pivot", "pivot", ["pivot"]),
        ("Pivots and pivot", "pivo*", ["Pivo", "pivo"]),
        ("Crème and creme", "creme", ["Crème", "creme"]),
        ("Die Straße", "strasse", ["Straße"]),
        ("A pivot-table of sorts", '"pivot table"', ["pivot-table"]),
        ("東京の図書館", "図書", ["図書"]),
        ("Nothing", "pivot", []),
        ("don’t", "don't", ["don’t"]),
        ("a (b) [c] \\d", "b", ["b"]),
        ("pivot table", "pivot -table", ["pivot"]),
        ("pivot", "tag:pivot", []),
        ("one title", "title:title", ["title"]),
    ],
)
def test_the_words_that_were_asked_for_are_marked(text: str, question: str, words: list[str]) -> None:
    assert marked(text, question) == words


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    text = "pivot. " + "filler words here. " * 60 + "A pivot table at last. " + "and more. " * 60
    found = passage(text, sought(parse("pivot table").node))

    assert found.found == 2
    assert text[found.place :].startswith("pivot table at last")
    assert found.text.startswith("… A pivot table at last.")
    assert found.text.endswith(" …")
    assert len(found.text) <= LONGEST + 4


def test_marks_stay_right_behind_line_breaks_and_letters_that_fold_to_two() -> None:
    text = "Straße\n\nﬁnden\r\nwir den Pivot"
    found = passage(text, sought(parse("pivot finden").node))

    assert [found.text[start:end] for start, end in found.marks] == ["ﬁnden", "Pivot"]


def test_a_growing_word_is_marked_as_far_as_it_goes() -> None:
    node = parse("table pi").node
    assert node is not None
    found = passage("A pivot table", sought(with_last_as_prefix(node)))

    assert [found.text[start:end] for start, end in found.marks] == ["pi", "table"]


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    found = passage("word " * 200, sought(parse("pivot").node))

    assert found.place == -1
    assert found.text.endswith("word …")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("pivto", "pivot"), ("pvot", "pivot"), ("pivott", "pivot"), ("Pibot", "pivot"), ("tabel", "table"),
        ("trnasformatoin", "transformation"), ("zzzzz", ""), ("piv", ""), ("12345", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_slip_of_the_finger_is_seen_through(typed: str, near: str) -> None:
    assert Spelling(lambda: WORDS).nearest(typed) == near


def test_only_words_that_are_common_enough_are_offered() -> None:
    assert Spelling(lambda: WORDS).nearest("pilots", at_least=5) == ""
    assert Spelling(lambda: WORDS).nearest("pilots") == "pilot"


def test_a_vocabulary_that_has_changed_is_loaded_anew() -> None:
    words = [("pivot", 3)]
    spelling = Spelling(lambda: words)
    assert spelling.nearest("tabel") == ""

    words.append(("table", 3))
    spelling.forget()
    assert spelling.nearest("tabel") == "table"
    assert spelling.number("Table") == 3
