"""What a question finds, and what is said beside it. One library for all tests of this file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.library import captures, notes
from desktop.library.opening import open_library
from desktop.library.search.searching import Searcher
from desktop.library.search.values import Found, Kind, Mode, What
from desktop.library.values import State, View
from desktop.paths import Paths
from tests.support.saving import NOON, page
from tests.support.sensing import annotate, bear

DAY = 24 * 3600 * 1000

PAGES = {
    "pivot": page("pivot", "A pivot table turns rows into columns. It was Excel that made it known. " * 3,
                  title="Summaries", tags=("work/sql", "Spreadsheets"), goal="Debrief well", lang="en",
                  why="For the budget talk on Monday", author="Harold Jarche"),
    "spring": page("spring", "Sales rose in spring. Nobody asked why the pivots were wrong.", lang="en",
                   tags=("work",), captured_at=NOON - 40 * DAY, found_through="Mara Weiß",
                   site="en.wikipedia.org"),
    "creme": page("creme", "Crème brûlée braucht Sahne, Zucker und Geduld. Die Straße ist lang.",
                  lang="de-AT", title="Nachtisch", kind="video"),
    "tokyo": page("tokyo", "東京の図書館では、誰でも本を読むことができます。ภาษาไทยก็มี",
                  title="図書館", lang="ja"),
    "trash": page("trash", "A pivot nobody needs any more."),
    "old": page("old", "Tables of the old kind: rows and columns by hand.", captured_at=NOON - 400 * DAY),
}  # fmt: skip


@pytest.fixture(scope="module")
def ids() -> dict[str, int]:
    return {}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, ids: dict[str, int]) -> Iterator[Searcher]:
    with open_library(Paths(Path(tmp_path_factory.mktemp("search"), "kithbook")), write=True) as library:
        writer = library.writer
        assert writer is not None
        for name, one in PAGES.items():
            ids[name] = captures.add(writer, one).source_id
        captures.move(writer, [ids["trash"]], State.TRASH)
        captures.move(writer, [ids["old"]], State.LATER)
        mark, _ = annotate(writer, ids["spring"], "Sales rose in spring.", comment="Check with **Ines**",
                           creator="Tomas")  # fmt: skip
        bear(writer, mark, "numbers/doubtful")
        ids["note"] = notes.make(writer, "Pivots in the quarter", "My own words about crosstabs.").made
        searcher = Searcher(library)
        assert searcher.wait(60)
        yield searcher
        searcher.close()


def names(found: Found, ids: dict[str, int]) -> set[str]:
    by_id = {number: name for name, number in ids.items() if name != "note"}
    return {by_id[one] for one in found.ids}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pivot", "pivot"),
        ("PIVOT Table", "pivot"),
        ("pivot*", "pivot spring"),
        ('"table turns"', "pivot"),
        ('"turns table"', ""),
        ("rows -excel", "old"),
        ("spring OR excel", "spring pivot"),
        ("(spring OR excel) nobody", "spring"),
        ("-pivot* -tables", "creme tokyo"),
        ("creme brulee", "creme"),
        ("strasse", "creme"),
        ("図書", "tokyo"),
        ("書館", "tokyo"),
        ("本", "tokyo"),
        ("ไท", "tokyo"),
        ("ทย", "tokyo"),
        ("tag:work", "pivot spring"),
        ("tag:=work", "spring"),
        ("tag:WORK/SQL", "pivot"),
        ("tag:sql", "pivot"),
        ("tag:numbers", "spring"),
        ("spreadsheets", "pivot"),
        ('"spreadsheets"', ""),
        ("goal:debrief", "pivot"),
        ('goal:"debrief well" excel', "pivot"),
        ("site:wikipedia.org", "spring"),
        ("site:en.wikipedia.org", "spring"),
        ("author:jarche", "pivot"),
        ("title:summaries", "pivot"),
        ("title:excel", ""),
        ("comment:ines", "spring"),
        ("ines", "spring"),
        ("why:budget", "pivot"),
        ("person:mara", "spring"),
        ("person:weiss", "spring"),
        ("person:tomas", "spring"),
        ("type:video", "creme"),
        ("lang:german", "creme"),
        ("is:later", "old"),
        ("is:trash", "trash"),
        ("is:trash OR is:later", "trash old"),
        ("has:why", "pivot"),
        ("has:comment", "spring"),
        ("has:highlight tag:work", "spring"),
        ("has:goal", "pivot"),
        ("is:unread tables", "old"),
        ("before:2025-10 rows", "old"),
        ("after:2025-10 rows", "pivot"),
        ("rows -before:2025-10", "pivot"),
        ("before:2025-10 OR spring", "old spring"),
    ],
)
def test_it_finds_what_was_meant(searcher: Searcher, ids: dict[str, int], text: str, expected: str) -> None:
    found = searcher.search(text)
    is_as_typed = not any(one.kind in (Kind.CORRECTED, Kind.BEGINNING, Kind.ANY) for one in found.said)

    assert (names(found, ids) if is_as_typed else set()) == set(expected.split())
    assert found.total == len(found.ids)
    assert found.is_exact
    if is_as_typed:
        assert searcher.count(text) == len(expected.split())


def test_nothing_is_found_in_silence(searcher: Searcher) -> None:
    for text in ("zzzz", "tag:nowhere", "goal:fly", "is:link", "before:1999 pivot", "excel spring",
                 "pivot -table", "xyz*", "zzzz tag:work", "type:pdf OR lang:fr"):  # fmt: skip
        assert searcher.search(text).said, text


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("columnz excel", Kind.ANY, "Nothing holds all of these words; these hold some of them."),
        ("summar", Kind.BEGINNING, "Nothing holds the whole word “summar”; these begin with it."),
        ("tag:wrk", Kind.NOTHING, "You have no tag “wrk”."),
        ("tag:w0rk OR tag:wo", Kind.NOTHING, "You have no tag “wo”. You have work and work/sql."),
        ("pivot -table", Kind.NOTHING, "One page holds the words, but none fits the rest of the question."),
        ("zzzz", Kind.NOTHING, "Nothing holds “zzzz”."),
        ("tga:sql excel", Kind.WRONG, "“tga:” is not known. Did you mean “tag:”?"),
    ],
)
def test_what_is_said(searcher: Searcher, text: str, kind: Kind, sentence: str) -> None:
    assert (kind, sentence) in [(one.kind, one.sentence) for one in searcher.search(text).said]


def test_a_list_is_searched_alone_and_the_rest_is_told_of(searcher: Searcher, ids: dict[str, int]) -> None:
    assert names(searcher.search("rows", view=View(state=State.LATER)), ids) == {"old"}
    assert names(searcher.search("pivot", view=View(state=State.TRASH)), ids) == {"trash"}
    assert names(searcher.search("nobody", view=View(tag="work")), ids) == {"spring"}

    (said,) = searcher.search("excel", view=View(state=State.LATER)).said
    assert said.sentence == "Nothing in this list. One page fits elsewhere."


def test_titles_weigh_more_than_texts(searcher: Searcher, ids: dict[str, int]) -> None:
    found = searcher.search("nachtisch OR sahne OR excel")

    assert found.ids[0] == ids["creme"]


def test_the_newest_come_first_when_asked_for(searcher: Searcher) -> None:
    found = searcher.search("rows OR spring OR sahne", mode=Mode.NEWEST)

    assert list(found.ids) == sorted(found.ids, reverse=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s", "pivot"),
        ("pi", "pivot spring"),
        ("pivot ro", "pivot"),
        ("tag:work s", "pivot"),
        ("tag:work pi", "pivot spring"),
        ("cre", "creme"),
        ("図", "tokyo"),
        ("ine", "spring"),
        ("spreadsh", "pivot"),
        ("after:2025-10 row", "pivot"),
        ('"table tu"', ""),
    ],
)
def test_every_key_answers(searcher: Searcher, ids: dict[str, int], text: str, expected: str) -> None:
    found = searcher.search(text, mode=Mode.TYPING)

    assert names(found, ids) >= set(expected.split())
    assert not found.is_exact
    assert found.ids or found.said


def test_the_passage_has_its_marks_and_place(searcher: Searcher) -> None:
    (hit,) = searcher.search("strasse", passages=5).hits

    assert hit.what is What.CAPTURE
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Straße"]
    assert PAGES["creme"].text[hit.place :].startswith("Straße")


def test_the_passage_may_be_a_comment_or_why_it_matters(searcher: Searcher) -> None:
    (comment,) = searcher.search("ines", passages=1).hits
    (why,) = searcher.search("budget", passages=1).hits

    assert (comment.what, comment.snippet) == (What.ANNOTATION, "Check with **Ines**")
    assert (comment.annotation_id, comment.place) == (1, 0)
    assert (why.snippet, why.place) == ("For the budget talk on Monday", -1)


def test_notes_of_the_person_are_found_too(searcher: Searcher, ids: dict[str, int]) -> None:
    found = searcher.search("crosstabs", passages=3)

    assert found.note_ids == (ids["note"],)
    assert found.hits[0].what is What.NOTE
    assert found.hits[0].title == "Pivots in the quarter"
    assert not found.said
    assert not searcher.search("site:crosstabs").note_ids


def test_more_passages_come_as_the_list_scrolls(searcher: Searcher) -> None:
    found = searcher.search("row", mode=Mode.TYPING)
    hits = searcher.hits(found, found.ids)

    assert [hit.row.id for hit in hits if hit.row] == list(found.ids)
    assert all(hit.marks for hit in hits)


def test_similar_captures_say_why(searcher: Searcher, ids: dict[str, int]) -> None:
    found = searcher.similar(ids["pivot"])

    assert ids["pivot"] not in [one.row.id for one in found]
    assert ids["trash"] not in [one.row.id for one in found]
    assert all(one.reason for one in found)
    assert searcher.similar(999) == []


def test_a_later_question_overtakes_an_earlier_one_of_its_channel(searcher: Searcher) -> None:
    assert not searcher.search("pivot", channel="list").is_overtaken
    assert not searcher.search("spring", channel="palette").is_overtaken


def test_completion_offers_what_would_find_something(searcher: Searcher) -> None:
    def offered(text: str) -> list[str]:
        return [
            text[: one.start] + one.insert + text[one.end :] for one in searcher.complete(text, len(text))
        ]

    assert offered("pivot ta") == ["pivot tag:"]
    assert offered("tag:w") == ["tag:work ", "tag:work/sql "]
    assert offered('x goal:"deb') == ['x goal:"Debrief well" ']
    assert offered("site:wiki") == ["site:en.wikipedia.org "]
    assert offered("author:jar") == ['author:"Harold Jarche" ']
    assert offered("is:la") == ["is:later "]
    assert offered("lang:de") == ["lang:de "]
    assert offered("after:last") == ['after:"last week" ', 'after:"last month" ', 'after:"last year" ']
    assert offered("-tag:spr") == ["-tag:Spreadsheets "]
    assert offered('"tag') == []
    assert offered("") == []


def test_no_limit_while_typing_leaves_nothing_out(searcher: Searcher) -> None:
    few = searcher.search("pi", limit=500, mode=Mode.TYPING)

    assert few.ids
    assert searcher.search("pi", limit=0, mode=Mode.TYPING).ids == few.ids
