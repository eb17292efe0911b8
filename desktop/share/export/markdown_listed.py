"""The hidden list in a folder of Markdown files: which file is which source, and what was written into it.

The surprising fact: the folder may come from somebody else, so nothing in the list is a path. A name that is
not a plain file name of the folder makes the list damaged.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import BadInput
from desktop.languages import tr
from native_host import strict
from native_host.durable import write_whole

NAME = ".kithbook-export"
FORMAT, VERSION = "kithbook-markdown", 1
_LARGEST = 256 << 20
_DIGITS = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was written."""

    name: str
    sha256: str


def load(folder: Path) -> dict[str, File] | None:
    """The files by their source's UUID; None when there is no list. Raises BadInput for a damaged one."""
    try:
        if (folder / NAME).stat().st_size > _LARGEST:
            raise ValueError("size")
        lines = (folder / NAME).read_bytes().splitlines()
        head = strict.loads(lines[0])
        if head["format"] != FORMAT or head["version"] != VERSION:
            raise ValueError("another format")
        return dict(_file(strict.loads(line)) for line in lines[1:])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BadInput(
            tr("The list of what was exported into this folder ({name}) is damaged.").format(name=NAME),
            tr("Export into a new folder."),
        ) from error


def save(folder: Path, files: dict[str, File]) -> None:
    """Write the list. OSError passes."""
    lines = [strict.dumps({"format": FORMAT, "version": VERSION})]
    lines += [
        strict.dumps({"id": uuid, "file": one.name, "sha256": one.sha256})
        for uuid, one in sorted(files.items(), key=lambda each: (each[1].name, each[0]))
    ]
    write_whole(str(folder / NAME), b"\n".join(lines) + b"\n", is_durable=False)


def digest(data: bytes) -> str:
    """What the list keeps of a file."""
    return hashlib.sha256(data).hexdigest()


def _file(told: dict[str, str]) -> tuple[str, File]:
    uuid, name, sha256 = told["id"], told["file"], told["sha256"]
    is_plain = name.endswith(".md") and not name.startswith(".") and not set(name) & set("/\\:\x00")
    if not is_plain or len(sha256) != 64 or not _DIGITS.issuperset(sha256):
        raise ValueError("a file")
    return uuid, File(name, sha256)
