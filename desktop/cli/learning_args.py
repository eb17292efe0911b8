"""What the commands of learning share: opening the library for one, finding a goal by its skill, JSON."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import BadInput, LibraryBusy, NoSpace
from desktop.languages import tr
from desktop.paths import of_this_user

if TYPE_CHECKING:
    from desktop.store.reader import Reader
    from desktop.store.writer import Writer


LONGEST_NUMBER = 18
"""Digits: SQLite's numbers have 64 bits."""


@contextmanager
def reading() -> "Iterator[Reader]":
    """The library, to read; also while a window is open."""
    from desktop.cli import opened

    with opened.library(of_this_user(), write=False) as library:
        yield library.reader


@contextmanager
def writing() -> "Iterator[tuple[Writer, Reader]]":
    """The library, to write. Raises LibraryBusy while a window is open, BadInput when it is read-only."""
    from desktop.cli import opened

    try:
        with opened.library(of_this_user(), write=True) as library:
            if library.writer is None:
                raise BadInput(library.notice)
            yield library.writer, library.reader
    except LibraryBusy as error:
        raise LibraryBusy(str(error), tr("Do it in the window, or close that first.")) from error


def goal(reader: "Reader", skill: str) -> int:
    """The goal of this skill; 0 for an empty one. Raises BadInput when there is none."""
    from desktop.learning import goals

    if not skill:
        return 0
    found = goals.by_skill(reader, skill)
    if found is None:
        raise BadInput(
            tr("There is no goal “{skill}”.").format(skill=skill), tr("“kithbook goals” lists them.")
        )
    return found


def is_number(text: str) -> bool:
    """Whether this is the number of a thing, as lists show it: digits, no more than a number can have."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def print_json(rows: Sequence[Any]) -> None:
    """Frozen values as one JSON array."""
    print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))


def line(*parts: str) -> str:
    """The parts that are not empty, two blanks between."""
    return "  ".join(part for part in parts if part)


def save(out: Path, data: bytes) -> None:
    """Write a new file. Raises BadInput when it is there already or its folder is not, NoSpace."""
    try:
        with out.expanduser().open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise BadInput(
            tr("“{name}” is there already.").format(name=out.name), tr("Choose another name.")
        ) from None
    except FileNotFoundError:
        raise BadInput(
            tr("The folder {folder} is not there.").format(folder=out.parent), tr("Choose another place.")
        ) from None
    except OSError as error:
        raise NoSpace(
            tr("The file could not be written ({reason}).").format(reason=error.strerror)
        ) from error


def load(path: Path) -> bytes:
    """Read a file. Raises BadInput."""
    try:
        return path.expanduser().read_bytes()
    except FileNotFoundError:
        raise BadInput(
            tr("There is no file “{what}”.").format(what=path), tr("Look at its name and its folder.")
        ) from None
    except IsADirectoryError:
        raise BadInput(tr("“{name}” is a folder.").format(name=path), tr("Name a file in it.")) from None
    except OSError as error:
        raise BadInput(
            tr("“{name}” cannot be read ({reason}).").format(name=path.name, reason=error.strerror)
        ) from error
