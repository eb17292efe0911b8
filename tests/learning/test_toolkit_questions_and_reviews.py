"""The toolkit, questions, the weekly review that can be left, the self-check, and people one learns from."""

from datetime import date, timedelta

import pytest

from desktop.errors import BadInput
from desktop.learning import days, goals, people, questions, review, selfcheck, toolkit, tries
from desktop.learning.values import Verdict
from desktop.library import captures, notes, undo
from desktop.library.opening import open_library
from desktop.library.values import State
from desktop.paths import Paths
from desktop.store.reader import Reader
from desktop.store.writer import Writer
from tests.support.saving import page
from tests.support.sensing import annotate


def test_a_card_asks_to_be_looked_at_again(writer: Writer, reader: Reader) -> None:
    today = days.today()
    source = captures.add(writer, page()).source_id
    one = toolkit.make(writer, "DuckDB", "Joins over large files", level=2, source_ids=[source, 99]).made
    card = toolkit.read(reader, one)

    assert card is not None
    assert (card.days_left, card.sources, card.verdict) == (toolkit.FIRST, (source,), None)
    assert toolkit.due(reader) == []
    assert [each.id for each in toolkit.due(reader, day=today + timedelta(days=toolkit.FIRST))] == [one]
    for verdict, number in toolkit.NEXT.items():
        toolkit.decide(writer, one, verdict)
        card = toolkit.read(reader, one)
        assert card is not None
        assert (card.verdict, card.days_left) == (verdict, number)
    toolkit.decide(writer, one, Verdict.KEEP, "2028-02-29")
    toolkit.used(writer, one, "2026-11-30")
    toolkit.tie(writer, one, remove=[source])
    (card,) = toolkit.all_of(reader, Verdict.KEEP)
    assert (card.review_on, card.last_used, card.sources) == ("2028-02-29", "2026-11-30", ())
    assert toolkit.of_source(reader, source) == []
    undo.undo(writer)
    assert [each.id for each in toolkit.of_source(reader, source)] == [one]


def test_a_tool_has_one_card_whatever_the_case_of_its_name(writer: Writer, reader: Reader) -> None:
    one = toolkit.make(writer, "Zettel Über").made
    other = toolkit.make(writer, "Sheets").made
    for again in (
        lambda: toolkit.make(writer, "zettel ÜBER "),
        lambda: toolkit.edit(writer, other, name="ZETTEL über"),
    ):
        with pytest.raises(BadInput, match="in the toolkit already"):
            again()
    toolkit.edit(writer, one, name="zettel über")
    assert {card.name for card in toolkit.all_of(reader)} == {"zettel über", "Sheets"}


def test_a_look_that_changes_nothing_sets_the_next_one(writer: Writer, reader: Reader) -> None:
    one = toolkit.make(writer, "DuckDB", verdict=Verdict.LEARN, review_on="2020-01-01").made
    other = toolkit.make(writer, "Sheets", review_on="2020-01-01").made
    assert toolkit.count_due(reader) == 2
    for tool_id in (one, other):
        toolkit.reviewed(writer, tool_id)
    found = {card.id: (card.verdict, card.days_left) for card in toolkit.all_of(reader)}

    assert found == {one: (Verdict.LEARN, toolkit.NEXT[Verdict.LEARN]), other: (None, toolkit.FIRST)}
    assert toolkit.count_due(reader) == 0
    undo.undo(writer)
    assert toolkit.count_due(reader) == 1
    with pytest.raises(BadInput, match="not here"):
        toolkit.reviewed(writer, 999)


def test_pages_are_about_tools_by_name_and_a_new_name_makes_a_card(writer: Writer, reader: Reader) -> None:
    sources = [captures.add(writer, page(f"s{number}")).source_id for number in range(2)]
    known = toolkit.make(writer, "DuckDB").made
    done = toolkit.about(writer, sources, ["duckdb", "Score sheet"])

    assert {card.name: card.sources for card in toolkit.all_of(reader)} == {
        "DuckDB": tuple(sources), "Score sheet": tuple(sources),
    }  # fmt: skip
    assert done.label == "About: duckdb and Score sheet"
    assert not toolkit.about(writer, sources, ["DuckDB"])
    toolkit.about(writer, sources[:1], (), ["DUCKDB"])
    card = toolkit.read(reader, known)
    assert card is not None
    assert card.sources == (sources[1],)
    undo.undo(writer)
    undo.undo(writer)
    assert [(card.name, card.sources) for card in toolkit.all_of(reader)] == [("DuckDB", ())]
    with pytest.raises(BadInput, match="name"):
        toolkit.about(writer, sources, [" "])


def test_cards_go_out_as_a_table_and_come_back_when_deleted(writer: Writer, reader: Reader) -> None:
    toolkit.make(writer, "Sheets", "Small tables", verdict=Verdict.REPLACE, review_on="2027-01-01", cost="0")
    other = toolkit.make(writer, "duckdb").made
    head, *rows = toolkit.table(reader)

    assert head[0] == "name"
    assert [row[0] for row in rows] == ["duckdb", "Sheets"]
    assert rows[1][1:7] == ("Small tables", "heard of it", "replace", "", "2027-01-01", "0")
    toolkit.remove(writer, [other])
    assert len(toolkit.all_of(reader)) == 1
    undo.undo(writer)
    assert len(toolkit.all_of(reader)) == 2
    with pytest.raises(BadInput, match="name"):
        toolkit.make(writer, " ")
    with pytest.raises(BadInput, match="0 to 4"):
        toolkit.edit(writer, other, level=5)


def test_a_question_is_open_until_it_is_answered(writer: Writer, reader: Reader) -> None:
    one = questions.ask(writer, "How do I unpivot?").made
    assert questions.ask(writer, "how do i UNPIVOT?").made == one
    source = captures.add(writer, page("unpivot")).source_id
    note = notes.make(writer, "My answer").made
    assert [each.text for each in questions.open_ones(reader)] == ["How do I unpivot?"]
    questions.answer(writer, one, "By melt", source)

    (row,) = questions.all_of(reader)
    assert (row.answer, row.source_id, row.title) == ("By melt", source, "Title of unpivot")
    assert questions.open_ones(reader) == []
    questions.answer(writer, one, note_id=note)
    assert questions.all_of(reader)[0].title == "My answer"
    questions.ask(writer, "How do I unpivot?")
    assert len(questions.open_ones(reader)) == 1
    questions.drop(writer, one)
    assert questions.open_ones(reader) == []
    undo.undo(writer)
    assert len(questions.open_ones(reader)) == 1
    captures.move(writer, [source], State.TRASH)
    captures.delete_for_good(writer, [source])
    assert questions.all_of(reader)[0].source_id == 0
    with pytest.raises(BadInput, match="What is the answer"):
        questions.answer(writer, one)
    with pytest.raises(BadInput, match="no question"):
        questions.ask(writer, " ")


def test_a_review_is_left_and_taken_up_after_a_restart(paths: Paths) -> None:
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        one = review.begin(library.writer).made
        review.leave_step(library.writer, one, "inbox")
        review.leave_step(library.writer, one, "highlights", is_skipped=True, left=3)
    with open_library(paths, write=True) as library:
        assert library.writer is not None
        assert review.begin(library.writer).made == one
        found = review.current(library.reader)
        assert found is not None
        assert (found.step, found.is_open) == ("goals", True)
        assert [(each.step, each.outcome, each.left) for each in found.steps] == [
            ("inbox", "done", 0), ("highlights", "skipped", 3),
        ]  # fmt: skip
        with pytest.raises(BadInput, match="one sentence"):
            review.finish(library.writer, one, " ")
        review.finish(library.writer, one, "A quiet week")
        assert review.current(library.reader) is None
        assert [each.closing for each in review.log(library.reader)] == ["A quiet week"]
        assert review.days_since(library.reader) == 0
        assert review.days_since(library.reader, days.today() - timedelta(days=9)) == 0
        with pytest.raises(BadInput, match="finished"):
            review.leave_step(library.writer, one, "goals")
        undo.undo(library.writer)
        assert review.current(library.reader) is not None
        assert review.begin(library.writer).made == one


def test_a_review_has_no_other_steps(writer: Writer) -> None:
    one = review.begin(writer).made
    for step in ("closing", "lunch", ""):
        with pytest.raises(BadInput, match="no such step"):
            review.leave_step(writer, one, step)
    with pytest.raises(BadInput, match="not here any more"):
        review.go_to(writer, 99, "inbox")
    assert review.go_to(writer, one, "closing")
    assert set(review.NAMES) == set(review.STEPS)


def test_the_review_offers_what_is_left(writer: Writer, reader: Reader, goal: int) -> None:
    inbox = captures.add(writer, page("a")).source_id
    kept = captures.add(writer, page("b", why="Good for the team")).source_id
    secret = captures.add(writer, page("c", why="Mine", is_private=True)).source_id
    captures.move(writer, [kept, secret], State.ARCHIVE)
    wordless, _ = annotate(writer, inbox, "Words")
    annotate(writer, inbox, "Said", comment="Something")
    later = days.today() + timedelta(days=10)
    tries.plan(writer, "Pivot", later.isoformat(), goal)
    tool = toolkit.make(writer, "DuckDB", review_on="2100-01-01").made
    overdue = toolkit.make(writer, "Sheets", review_on="2020-01-01").made
    question = questions.ask(writer, "Why?").made
    found = review.offers(reader, day=later)

    assert (found.inbox, found.wordless) == (1, (wordless,))
    assert [one.what for one in found.tries] == ["Pivot"]
    assert found.tool is not None
    assert found.tool.id == overdue
    assert [one.id for one in found.questions] == [question]
    assert found.worth_sharing == (kept,)
    assert found.still_goals == ()
    assert [found.left(step) for step in review.STEPS] == [1, 1, 0, 1, 1, 1, 1, 0]
    toolkit.remove(writer, [overdue])
    found = review.offers(reader, day=days.today() + timedelta(days=40))
    assert [one.id for one in found.still_goals] == [goal]
    assert found.tool is not None
    assert found.tool.id == tool
    assert found.wordless == ()


def test_the_self_check_stands_beside_the_quarter_before_and_the_log(
    writer: Writer, reader: Reader, goal: int
) -> None:
    today = days.today()
    quarter = days.quarter_of(today)
    before = days.quarter_before(days.quarter_before(quarter))
    selfcheck.write(writer, before, 1, "Little, from Ada")
    selfcheck.write(writer, quarter, 1, " Much, from Ada and Bob ")
    selfcheck.write(writer, quarter, 12, "Share more")
    notes.make(writer, "Note")
    found = selfcheck.read(reader)

    assert len(found) == 12
    assert (found[0].answer, found[0].before, found[0].before_quarter) == (
        "Much, from Ada and Bob", "Little, from Ada", before,
    )  # fmt: skip
    assert found[6].seen == "1 note written."
    assert found[1].seen == "0 levels changed."
    assert selfcheck.quarters(reader) == [quarter, before]
    selfcheck.write(writer, quarter, 1, "")
    assert selfcheck.read(reader)[0].answer == ""
    undo.undo(writer)
    assert selfcheck.read(reader)[0].answer == "Much, from Ada and Bob"
    assert selfcheck.read(reader, "9999-Q4")[0].before == "Much, from Ada and Bob"
    assert goal
    for wrong in ("2026", "2026-Q5", "26-Q1", "2026-q1", "٢٠٢٦-Q1"):
        with pytest.raises(BadInput, match="no such question"):
            selfcheck.write(writer, wrong, 1, "x")
    with pytest.raises(BadInput, match="no such question"):
        selfcheck.write(writer, quarter, 13, "x")


@pytest.mark.parametrize(
    ("day", "quarter", "before"),
    [
        (date(2026, 1, 1), "2026-Q1", "2025-Q4"),
        (date(2028, 2, 29), "2028-Q1", "2027-Q4"),
        (date(2026, 9, 30), "2026-Q3", "2026-Q2"),
        (date(2026, 12, 31), "2026-Q4", "2026-Q3"),
    ],
)
def test_quarters_follow_the_calendar(day: date, quarter: str, before: str) -> None:
    assert days.quarter_of(day) == quarter
    assert days.quarter_before(quarter) == before


def test_people_are_those_who_led_to_pages(writer: Writer, reader: Reader) -> None:
    first = captures.add(writer, page("a", found_through="Ada Lovelace", why="Good")).source_id
    second = captures.add(writer, page("b", found_through="ada lovelace")).source_id
    captures.add(writer, page("c", found_through="Newsletter"))
    people.keep(writer, "Ada Lovelace", note="Knows everything about joins")
    people.keep(writer, "Bob")
    rows = {one.name: one for one in people.all_of(reader)}

    assert next(iter(rows)) == "Ada Lovelace"
    assert (rows["Ada Lovelace"].brought, rows["Ada Lovelace"].kept) == (2, 1)
    assert rows["Ada Lovelace"].note == "Knows everything about joins"
    assert (rows["Bob"].brought, rows["Newsletter"].id) == (0, 0)
    assert set(people.brought(reader, "ADA lovelace")) == {first, second}
    assert people.complete(reader, "ada") == ["Ada Lovelace"]
    assert people.complete(reader, "lov") == ["Ada Lovelace"]
    assert "Site" in people.complete(reader, "si")
    people.rename(writer, "Ada Lovelace", "Ada King")
    assert set(people.brought(reader, "Ada King")) == {first, second}
    with pytest.raises(BadInput, match="already"):
        people.rename(writer, "Ada King", "bob")
    undo.undo(writer)
    assert len(people.brought(reader, "Ada Lovelace")) == 2
    people.remove(writer, [rows["Bob"].id])
    assert "Bob" not in [one.name for one in people.all_of(reader)]
    assert people.sites(reader)[0].brought == 3
    assert goals.all_of(reader) == []
