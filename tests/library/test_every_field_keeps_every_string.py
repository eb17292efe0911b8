"""Strings that break programs, through every field of a person: stored, found, exported, taken in again."""

import json
from pathlib import Path

from sqlmodel import SQLModel

from desktop.library.archive.format import LEFT_OUT
from desktop.library.opening import Library
from desktop.paths import Paths
from desktop.store import models
from tests.support.every_field import go_through
from tests.support.generated import STRINGS
from tests.support.own_words import BY_MACHINE, PERSON

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
TOGETHER = 6
"""Of the big list, so that it takes seconds; `make torture` plays each alone."""


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
    go_through(library, paths, tmp_path, OWN)


def test_the_big_list_goes_through_every_field(
    library: Library, paths: Paths, tmp_path: Path, shared: Path
) -> None:
    strings = json.loads((shared / "corpora" / "strings" / "blns.json").read_text("utf-8"))
    pieces = ["\n".join(strings[at : at + TOGETHER]) for at in range(0, len(strings), TOGETHER)]

    go_through(library, paths, tmp_path, pieces)
