"""Strings that break programs, through every field of a person: stored, found, exported, taken in again."""

import json
from pathlib import Path

from sqlmodel import SQLModel

from desktop.library.archive.export import export
from desktop.library.archive.format import LEFT_OUT
from desktop.library.archive.import_ import import_archive
from desktop.library.opening import Library, open_library
from desktop.library.search import Searcher
from desktop.paths import Paths
from desktop.store import models
from desktop.store.query import parse, words_of
from desktop.store.reader import Reader
from desktop.text.folding import has_letters
from tests.support.generated import STRINGS, differences
from tests.support.own_words import BY_MACHINE, PERSON, TARGET, Written, alias, expected, write

OWN = [
    *STRINGS,
    "](x)",
    "#",
    "```",
    "~~~",
    "1)",
    "a//b",
    "/",
    "tag:x OR",
    "NEAR(a b)",
    "\ufffe\uffff",
    "x" * 50_000,
]
LONGEST_QUESTION = 300


def test_every_text_column_is_filled_by_a_person_or_says_why_not() -> None:
    assert models.Source
    columns = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if table.name not in LEFT_OUT and column.type.__class__.__name__ in ("AutoString", "String", "Text")
    }
    assert columns == PERSON.keys() | BY_MACHINE.keys()
    assert not PERSON.keys() & BY_MACHINE.keys()
    assert all(BY_MACHINE.values())


def test_our_own_strings_go_through_every_field(library: Library, paths: Paths, tmp_path: Path) -> None:
    _go_through(library, paths, tmp_path, OWN)


def test_the_big_list_goes_through_every_field(
    library: Library, paths: Paths, tmp_path: Path, shared: Path
) -> None:
    strings = json.loads((shared / "corpora" / "strings" / "blns.json").read_text("utf-8"))
    _go_through(library, paths, tmp_path, strings)


def _go_through(library: Library, paths: Paths, tmp_path: Path, strings: list[str]) -> None:
    texts = list(dict.fromkeys(strings))
    assert library.writer is not None
    written = {text: write(library.writer, number, text) for number, text in enumerate(texts)}
    _are_there(library.reader, texts)
    searcher = Searcher(library)
    try:
        assert searcher.wait(60)
        assert [text for text in texts if not _is_found(searcher, text, written[text])] == []
    finally:
        searcher.close()
    export(library.reader, paths, tmp_path / "all.zip")
    other = Paths(tmp_path / "other")
    told = import_archive(other, tmp_path / "all.zip")
    assert (told.cleaned, told.missing, differences(paths, other)) == (0, (), [])
    with open_library(other, write=False) as there:
        _are_there(there.reader, texts)


def _are_there(reader: Reader, texts: list[str]) -> None:
    for table, column in PERSON:
        held = {row[0] for row in reader.rows(f"SELECT {column} FROM {table}")}
        missing = set(expected((table, column), texts)) - held
        assert not missing, f"{table}.{column}"


def _is_found(searcher: Searcher, text: str, where: Written) -> bool:
    """By its words in each field, and by its tag, goal and alias; text without words asks for nothing."""
    asked = text.translate(dict.fromkeys(map(ord, '"“”„«»\0'), " ")).strip()
    if len(asked) > LONGEST_QUESTION or not has_letters(asked) or not words_of(parse(f'"{asked}"').node):
        return True
    questions = [" ".join(f'{name}:"{asked}"' for name in ("title", "why", "person", "comment", "author"))]
    if asked == text.strip():
        questions.append(f'tag:="{asked}" goal:"{asked}"')
        of_alias = searcher.search(f'tag:="{alias(asked)}"', limit=1)
        assert not of_alias.said, (text, TARGET)
    is_source = all(where.source_id in searcher.search(one, limit=0).ids for one in questions)
    notes = searcher.search(f'title:"{asked}"', limit=1).note_ids
    return is_source and (where.note_id in notes or len(notes) == 20)
