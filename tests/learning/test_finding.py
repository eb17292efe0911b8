"""What is learned is found by words, in the moment it is committed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.learning import activities, finding, questions, toolkit, tries
from desktop.learning.values import ActivityKind, Status
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.store.changes import Noun
from desktop.store.writer import Writer


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Paths(tmp_path / "home"), write=True) as opened:
        yield opened


@pytest.fixture
def writer(library: Library) -> Writer:
    assert library.writer is not None
    return library.writer


def test_every_word_must_be_held_whatever_its_case_or_accent(library: Library, writer: Writer) -> None:
    questions.ask(writer, "Où est le café de la Straße?")

    for text in ("cafe", "CAFÉ OU", "strasse", "straße est"):
        assert [one.noun for one in finding.find(library.reader, text)] == [Noun.QUESTION], text
    assert finding.find(library.reader, "cafe tea") == []
    assert finding.find(library.reader, "  ") == []


def test_what_is_open_comes_before_what_is_over_and_titles_before_notes(
    library: Library, writer: Writer
) -> None:
    done = activities.make(writer, ActivityKind.BOOK, "Joins", status=Status.DONE).made
    noted = activities.make(writer, ActivityKind.BOOK, "Tables", note="about joins").made
    title = activities.make(writer, ActivityKind.BOOK, "Joins again").made

    assert [one.id for one in finding.find(library.reader, "joins")] == [title, noted, done]


def test_a_number_is_not_found_in_the_id_of_a_row(library: Library, writer: Writer) -> None:
    made = [tries.plan(writer, "Ask first").made for _ in range(12)]

    assert finding.find(library.reader, str(made[-1])) == []


def test_a_tool_is_found_by_its_problem_and_shows_it(library: Library, writer: Writer) -> None:
    toolkit.make(writer, "DuckDB", "Joins over large files")
    (found,) = finding.find(library.reader, "large joins")

    assert (found.noun, found.title, found.line) == (Noun.TOOL, "DuckDB", "Joins over large files")


def test_only_a_few_of_each_kind_are_handed_out(library: Library, writer: Writer) -> None:
    for number in range(9):
        questions.ask(writer, f"Question {number}")

    assert len(finding.find(library.reader, "question")) == finding.LIMIT
