"""The query language: what is read of what is typed, and what is said when it cannot be read."""

from datetime import date

import pytest

from desktop.store.query import And, Dates, Filter, Node, Not, Or, Word, loosened, parse, words_of
from desktop.store.query_terms import FILTERS

TODAY = date(2026, 11, 30)


def read(text: str) -> Node | None:
    asked = parse(text, TODAY)
    assert not asked.wrong, asked.wrong
    return asked.node


def plain(node: Node | None) -> str:
    """A tree as one line."""
    if isinstance(node, Word):
        return f"{node.column + ':' if node.column else ''}{node.text}{'*' if node.is_prefix else ''}"
    if isinstance(node, And | Or):
        return f"({(' & ' if isinstance(node, And) else ' | ').join(map(plain, node.parts))})"
    if isinstance(node, Not):
        return f"!{plain(node.part)}"
    if isinstance(node, Filter):
        return f"[{node.name}={node.value}]"
    return "dates" if isinstance(node, Dates) else "nothing"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("pivot", "pivot"),
        ("pivot table", "(pivot & table)"),
        ('"pivot table" excel', "(pivot table & excel)"),
        ("“pivot table”", "pivot table"),
        ("„pivot table“ x", "(pivot table & x)"),
        ("pivot -excel", "(pivot & !excel)"),
        ("pivot −excel", "(pivot & !excel)"),
        ("pivot NOT excel", "(pivot & !excel)"),
        ("well-known", "well-known"),
        ("a OR b c", "(a | (b & c))"),
        ("a | b", "(a | b)"),
        ("(a OR b) c", "((a | b) & c)"),
        ("a AND b", "(a & b)"),
        ("a or b", "(a & or & b)"),
        ("-(a b)", "!(a & b)"),
        ("-(a OR -b)", "!(a | !b)"),
        ("--a", "a"),
        ("a (b (c d))", "(a & b & c & d)"),
        ("analy*", "analy*"),
        ('"analy*"', "analy*"),
        ("tag:work/sql", "[tag=work/sql]"),
        ("TAG:Work", "[tag=Work]"),
        ('tag:"deep work" x', "([tag=deep work] & x)"),
        ("-tag:old", "![tag=old]"),
        ("title:pivot", "title:pivot"),
        ('why:"for monday"', "why:for monday"),
        ("author:jar*", "author:jar*"),
        ("by:jarche", "author:jarche"),
        ("is:done", "[is=archive]"),
        ("has:comments", "[has=comment]"),
        ("type:PDFs", "[type=pdf]"),
        ("lang:German", "[lang=de]"),
        ("lang:en-GB", "[lang=en]"),
        ("after:march", "dates"),
        ("https://example.org/a", "https://example.org/a"),
        ("10:30", "10:30"),
        ("a-b:c", "a-b:c"),
        ("日本 語", "(日本 & 語)"),
        ("", "nothing"),
        ("   ", "nothing"),
        ("-", "nothing"),
        ("()", "nothing"),
    ],
)
def test_it_is_read_as_meant(text: str, tree: str) -> None:
    assert plain(read(text)) == tree


@pytest.mark.parametrize(
    ("text", "tree", "said"),
    [
        ("tga:sql x", "(tga:sql & x)", "“tga:” is not known. Did you mean “tag:”?"),
        ("tag: x", "x", "“tag:” needs something after it, such as tag:sql."),
        ("is:unred x", "x", "“is:unred” is not known; is: takes inbox, later,"),
        ("type:film", "nothing", "type: takes page, selection, link, video, pdf."),
        ("before:foo x", "x", "“before:” needs a date such as 2025, 2025-03, march"),
        ('"open end', "open end", "The quotation has no end"),
        ("a)", "a", "This bracket closes nothing"),
        ("(a b", "(a & b)", "A bracket is missing: )."),
        ("OR a", "a", "OR needs something on both sides."),
        ("a OR", "a", "OR needs something on both sides."),
        ("++ a", "a", "“++” has no letter or digit"),
        ("title:++", "nothing", "has no letter or digit"),
        ('""', "nothing", "has no letter or digit"),
        ("a -(", "a", "A bracket is missing"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_named(text: str, tree: str, said: str) -> None:
    asked = parse(text, TODAY)

    assert plain(asked.node) == tree
    assert any(said in one.sentence for one in asked.wrong)


def test_the_part_that_is_wrong_is_pointed_at() -> None:
    text = "pivot before:soon table"
    (wrong,) = parse(text, TODAY).wrong

    assert text[wrong.start : wrong.end] == "before:soon"


@pytest.mark.parametrize(
    "text", ["after:last month pivot", "after:3 days ago pivot", 'after:"last month" pivot']
)
def test_a_date_of_several_words_needs_no_quotation_marks(text: str) -> None:
    node = read(text)

    assert isinstance(node, And)
    assert isinstance(node.parts[0], Dates)
    assert plain(node.parts[1]) == "pivot"


def test_after_counts_from_the_first_day_and_before_ends_there() -> None:
    node = read("after:2025 before:2025")

    assert isinstance(node, And)
    first, second = node.parts
    assert isinstance(first, Dates)
    assert isinstance(second, Dates)
    assert first.start == second.stop


@pytest.mark.parametrize(
    ("text", "grows"),
    [("pivot ta", True), ("pivot ", False), ('"pivot"', False), ("tag:sq", False), ("(a", True)],
)
def test_only_a_word_at_the_end_may_still_grow(text: str, grows: bool) -> None:
    assert parse(text, TODAY).is_open is grows


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "a " * 5000,
        '"' * 999,
        "-" * 999,
        "a OR " * 500,
        "tag:" * 500,
        "x" * 100_000,
        "\0\ue000\ud800",
        "*",
        ":::",
    ],
)
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    asked = parse(text, TODAY)

    assert len(words_of(asked.node)) <= 64


def test_every_filter_is_read_from_its_own_example() -> None:
    for example in FILTERS.values():
        assert isinstance(read(example), Filter | Dates), example


def test_some_words_instead_of_all_keep_the_filters() -> None:
    node = read("tag:sql pivot table -excel")

    assert node is not None
    assert plain(loosened(node)) == "((pivot | table) & [tag=sql] & !excel)"


def test_one_word_has_no_looser_question() -> None:
    node = read("tag:sql pivot")

    assert node is not None
    assert loosened(node) is None
