"""Where highlights stand in the shown document, and what is said about them: pure, without a window."""

from dataclasses import replace

from desktop.library.sense_values import Annotation, Colour, How, Place
from desktop.ui.marks import words as mark_words
from desktop.ui.marks.caret import Caret
from desktop.ui.marks.positions import Places
from desktop.ui.marks.spots import Spots, in_text, map_all

TEXT = (
    "# 🎓 Title\n\nFirst words here. Second words there.\n\n- one item\n- another 🎓 item\n\nThe end of it."
)
SHOWN = "🎓 Title\nFirst words here. Second words there.\none item\nanother 🎓 item\nThe end of it."


def annotation(number: int = 1, quote: str = "x", **fields: object) -> Annotation:
    made = Annotation(
        number, f"uuid-{number}", 1, 1, 0, 0, "", Colour.STRAW, "", "", False, 0, 0, quote, "", "", "", "",
        "reader",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def spots_of(*quotes: str) -> Spots:
    pairs = [
        (
            annotation(n + 1, quote),
            Place(n + 1, 1, TEXT.index(quote), TEXT.index(quote) + len(quote), How.EXACT, 100),
        )
        for n, quote in enumerate(quotes)
    ]
    return map_all(pairs, Places(SHOWN, TEXT), lambda start, stop: (start, stop), SHOWN)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def shown(start: int, stop: int) -> str:
    return SHOWN.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def test_a_highlight_stands_on_its_own_words_behind_letters_of_two_units() -> None:
    made = spots_of("First words here.", "another 🎓 item", "end of it.")

    assert [shown(spot.start, spot.stop) for spot in made.all] == [
        "First words here.", "another 🎓 item", "end of it.",
    ]  # fmt: skip


def test_a_highlight_over_two_paragraphs_keeps_both() -> None:
    [spot] = spots_of("words there.\n\n- one item").all

    assert shown(spot.start, spot.stop) == "words there.\none item"


def test_what_is_lost_or_not_shown_is_listed_and_not_painted() -> None:
    lost = (annotation(1), Place(1, 1, 0, 5, How.LOST, 0))
    hidden = (annotation(2), Place(2, 1, 500, 520, How.EXACT, 100))
    made = map_all([lost, hidden], Places(SHOWN, TEXT), lambda _start, _stop: None, SHOWN)

    assert not made.all
    assert [one.id for one in made.unplaced] == [1, 2]


def test_a_place_with_other_words_is_not_trusted() -> None:
    pair = (
        annotation(1, "First words"),
        Place(1, 1, TEXT.index("First"), TEXT.index("here"), How.EXACT, 100),
    )
    other = "🎓 Title\nFirst and quite different words here. Second words there."
    made = map_all([pair], Places(other, TEXT), lambda start, stop: (start, stop), other)

    assert not made.all
    assert len(made.unplaced) == 1


def test_of_two_highlights_over_a_letter_the_shorter_one_is_meant() -> None:
    made = spots_of("First words here. Second words there.", "Second words")
    position = units(SHOWN[: SHOWN.index("Second")]) + 2

    found = made.at(position)
    assert found is not None
    assert found.id == 2
    assert made.at(1) is None


def test_next_and_previous_go_round() -> None:
    made = spots_of("First words", "one item", "The end")

    first = made.beside(0, 0, 1)
    assert first is not None
    assert first.id == 1
    walk = [spot.id for step in (1, 1, 1) if (spot := made.beside(step and 3, 0, 1))]
    assert walk == [1, 1, 1]
    last = made.beside(1, 0, -1)
    assert last is not None
    assert last.id == 3
    assert Spots().beside(0, 0, 1) is None


def test_a_selection_becomes_a_passage_of_the_text_without_blank_edges() -> None:
    start = units(SHOWN[: SHOWN.index("Second")]) - 1
    stop = units(SHOWN[: SHOWN.index("one item")])
    passage = in_text(Places(SHOWN, TEXT), start, stop, SHOWN)

    assert passage is not None
    assert TEXT[passage[0] : passage[1]] == "Second words there."


def test_words_that_are_not_in_the_text_cannot_be_marked() -> None:
    longer = f"{SHOWN}\nWhat is said in the film"

    assert in_text(Places(longer, TEXT), units(SHOWN) + 1, units(longer), longer) is None
    assert in_text(Places(SHOWN, TEXT), 2, 3, SHOWN) is None


def test_sentences_and_words_are_walked_by_keys() -> None:
    caret = Caret(SHOWN)

    def words(range_: tuple[int, int]) -> str:
        return shown(min(range_), max(range_))

    first = caret.first(units(SHOWN[: SHOWN.index("First")]))
    assert first is not None
    assert words(first) == "First words here."
    second = caret.sentence(first, 1)
    assert words(second) == "Second words there."
    assert caret.sentence(second, -1) == first
    both = caret.extend_sentence(first, 1)
    assert words(both) == "First words here. Second words there."
    assert caret.extend_sentence(both, -1) == first
    word = caret.word(first, 1)
    assert words(word) == "First"
    assert words(caret.word(word, 1)) == "words"
    assert words(caret.extend_word(word, 1)) == "First words"
    assert words(caret.word(caret.word(word, 1), -1)) == "First"
    last = caret.first(10_000)
    assert last is not None
    assert words(last) == "The end of it."
    assert caret.sentence(last, 1) == last


def test_an_empty_text_has_nothing_to_choose() -> None:
    caret = Caret("")

    assert caret.first(0) is None
    assert caret.word((0, 0), 1) == (0, 0)
    assert caret.extend_word((0, 0), -1) == (0, 0)


def test_a_comment_is_set_in_few_tags_and_nothing_in_it_loads() -> None:
    html = mark_words.comment_html(
        "**Two** _panels_, `sum(x)`\n- see [here](https://a.example)\n![p](file:///x.png)<img src=y>"
    )

    assert html == ("<b>Two</b> <i>panels</i>, <tt>sum(x)</tt><br>• see here<br>p&lt;img src=y&gt;")
    assert mark_words.plain_comment("**Two** [words](https://a.example)") == "Two words"


def test_own_words_are_found_by_the_last_part_of_a_path_in_any_case() -> None:
    text = "Pivot tables and SQL. More sql, and a pivot-table. Fair interviews matter."
    found = mark_words.own_words(text, ["work/sql", "pivot-table", "charts", "#"], [(7, "fair interviews")])

    assert [(word.name, word.times, word.goal) for word in found] == [
        ("work/sql", 2, 0), ("fair interviews", 1, 7), ("pivot-table", 1, 0),
    ]  # fmt: skip


def test_tags_are_typed_in_one_line() -> None:
    assert mark_words.tags_of(" #one, two  words,, one ,") == ("one", "two words")


def test_the_foot_counts_highlights_and_what_lost_its_place() -> None:
    assert mark_words.foot_line(0, 0) == ""
    assert mark_words.foot_line(1, 0) == "1 highlight on this page"
    assert mark_words.foot_line(2, 1) == "2 highlights on this page, 1 lost its place"
    assert mark_words.foot_line(0, 2) == "0 highlights on this page, 2 lost their place"
