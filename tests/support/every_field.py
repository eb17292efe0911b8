"""Strings through every field that a person fills: stored, found, exported, taken in again."""

from pathlib import Path

from desktop.library.archive.export import export
from desktop.library.archive.import_ import import_archive
from desktop.library.opening import Library, open_library
from desktop.library.search.searching import Searcher
from desktop.paths import Paths
from desktop.store.query import parse, words_of
from desktop.store.reader import Reader
from desktop.text.folding import has_letters
from tests.support.generated import differences
from tests.support.own_words import PERSON, TARGET, Written, alias, expected, write

LONGEST_QUESTION = 300


def go_through(library: Library, paths: Paths, folder: Path, strings: list[str]) -> None:
    """Into the fields, found, out into an archive, in again. Raises AssertionError for what differs."""
    texts = list(dict.fromkeys(["", *strings]))  # the first page is what the others are linked with
    assert library.writer is not None
    written = write(library.writer, texts)
    _are_there(library.reader, texts)
    searcher = Searcher(library)
    try:
        assert searcher.wait(60)
        assert [text for text in texts if not _is_found(searcher, text, written[text])] == []
    finally:
        searcher.close()
    export(library.reader, paths, folder / "all.zip")
    other = Paths(folder / "other")
    told = import_archive(other, folder / "all.zip")
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
