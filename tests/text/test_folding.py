"""Letters made equal for search."""

import unicodedata

import pytest

from desktop.text.folding import fold, fold_with_places, has_letters, indexable, searchable


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Crème Brûlée", "creme brulee"),
        ("Straße", "strasse"),
        ("ŁÓDŹ", "lodz"),
        ("Søren Kierkegård", "soren kierkegard"),
        ("ﬁnal ＡＢＣ", "final abc"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Ελλάδας", "ελλαδασ"),
        ("שָׁלוֹם", "שלום"),
        ("exam\u00adple", "example"),
        ("don’t", "don't"),
        ("हिन्दी", "हिन्दी"),
        ("ガ", "ガ"),
    ],
)
def test_case_diacritics_and_widths_do_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("text", ["Crème brûlée", "한국어 책", "Đặng Thị", "がぎぐ"])
def test_both_ways_of_writing_an_accent_are_one(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("text", ["日本語テキスト", "한국어", "汉字", "ຄົນ"])
def test_any_two_neighbours_are_a_word_of_the_index(text: str) -> None:
    words = indexable(text).split()

    assert all(searchable(text[at : at + 2]).split()[0] in words for at in range(len(text) - 1))


def test_thai_is_cut_into_pairs_too() -> None:
    assert "ไท ทย" in indexable("ภาษาไทย")
    assert searchable("ไทย") == "ไท ทย"
    assert searchable("ไทย ไทย!") == "ไท ทย ย ไท ทย !"


def test_a_paired_run_inside_other_letters_stands_for_itself() -> None:
    assert indexable("Python入門").split() == ["Python", "入門", "門"]


def test_private_characters_are_taken_out() -> None:
    assert fold("a\ue000t17") == "a t17"


def test_places_lead_back_to_the_text() -> None:
    text = "Die Straße der ﬁnen Leute"
    folded, places = fold_with_places(text)

    assert places is not None
    at = folded.index("finen")
    assert text[places[at] : places[at + 5]] == "ﬁnen"


def test_places_of_the_same_number_are_not_listed() -> None:
    assert fold_with_places("Crème") == ("creme", None)


@pytest.mark.parametrize(
    ("text", "holds"), [("++", False), ("_", False), ("c++", True), ("語", True), ("", False)]
)
def test_signs_alone_are_no_word(text: str, holds: bool) -> None:
    assert has_letters(text) is holds
