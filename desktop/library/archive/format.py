"""What an open archive holds: its names, its manifest, its limits. `docs/archive.md` describes it for others.

Surprising: no name in an archive is ever a path to write to. Names are told from a list of what may be there,
and where a file goes is worked out from its own bytes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.errors import Refused, UserFixable
from desktop.languages import tr
from native_host import strict

FORMAT, VERSION = "kithbook-archive", 1
MANIFEST = "manifest.json"

TABLES = (
    "source", "address", "capture", "content", "asset", "content_asset", "tag", "alias", "source_tag",
    "goal", "source_goal", "annotation", "anchor", "annotation_tag", "block_edit", "link", "note",
    "note_quote", "note_source", "note_tag", "saved_search", "basket", "tombstone", "applied", "event",
    "tag_goal", "person", "activity", "unit", "study_time", "planned_session", "try", "evidence",
    "level_change", "level_evidence", "tool", "tool_source", "question", "review", "review_step",
    "self_check", "memory_card", "memory_answer", "person_key", "circle", "circle_person", "draft", "pack",
    "pack_item", "pack_annotation", "reply", "identity",
)  # fmt: skip
"""What is written, in glossary order, every column of every row."""

LEFT_OUT = {
    "journal_entry": "Undo ends at an export: its texts are earlier ones that were replaced or deleted.",
    "journal_change": "The same.",
    "mailing": "Mail that waits to be sent waits on this machine: a copy must not send it a second time.",
    "outbox": "What the search index has yet to take over; the index is built anew.",
    "library_state": "What this very file knows of itself, such as its generation; an import gets its own.",
}
"""Tables that are not written, and why."""

LONGEST_MANIFEST = 256 << 20
LONGEST_LINE = 128 << 20
LARGEST_FILE = 256 << 20
"""Bytes of one picture or raw page, also once it is unpacked."""
MOST_FILES = 2_000_000
MOST_BYTES = 256 << 30
RATIO, RATIO_FROM = 500, 16 << 20
"""A member that unpacks to more than so many bytes may not have been packed tighter than this."""

_ROWS = re.compile(r"[a-z_]{1,40}\.jsonl")
_ASSET = re.compile(r"assets/([0-9a-f]{2})/(\1[0-9a-f]{62})\.(png|jpg|gif|webp|avif|pdf|json|eml)")
_PAGE = re.compile(r"pages/([0-9a-f]{2})/(\1[0-9a-f]{62})\.html\.gz")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: rows and files done, of how many, and what is on its way."""

    done: int
    total: int
    what: str


Tell = Callable[[Progress], None]
Stop = Callable[[], bool]


class Stopped(UserFixable):
    """Somebody asked to stop. Nothing was left behind."""


def in_silence(_: Progress) -> None:
    """Tell nobody."""


def never() -> bool:
    """Do not stop."""
    return False


class Count:
    """Counts what is done, tells it at most each hundredth, and raises `Stopped` when it is time."""

    def __init__(self, total: int, told: Tell, stop: Stop) -> None:
        self._total, self._told, self._stop = total, told, stop
        self._done, self._said = 0, -1

    def step(self, what: str, number: int = 1) -> None:
        """So many rows or files more."""
        self._done += number
        if self._stop():
            raise Stopped(tr("Stopped. Nothing was changed, and nothing is left behind."))
        part = self._done * 100 // max(1, self._total)
        if part != self._said:
            self._said = part
            self._told(Progress(self._done, self._total, what))


@dataclass(frozen=True, slots=True)
class File:
    """One file of the archive."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table's rows: how many, their columns, and the highest id ever given (0: it gives none)."""

    rows: int
    columns: tuple[str, ...]
    last_id: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive says of itself."""

    made_at: int
    made_by: str
    schema: int
    """Steps that the library had seen: `store.schema`."""
    tables: dict[str, Table]
    files: tuple[File, ...]
    missing: tuple[str, ...] = ()
    """Files that rows name and that were not there, or damaged, when the archive was made."""

    def to_json(self) -> dict[str, Any]:
        """For `manifest.json`."""
        return {
            "format": FORMAT, "version": VERSION, "made_at": self.made_at, "made_by": self.made_by,
            "schema": self.schema,
            "tables": {
                name: {"rows": table.rows, "columns": list(table.columns), "last_id": table.last_id}
                for name, table in self.tables.items()
            },
            "files": [{"name": one.name, "bytes": one.bytes, "sha256": one.sha256} for one in self.files],
            "missing": list(self.missing),
        }  # fmt: skip


def read_manifest(raw: bytes) -> Manifest:
    """Parse strictly. Raises Refused."""
    try:
        told = strict.loads(raw)
        if told["format"] != FORMAT:
            raise ValueError("format")
        if _whole(told["version"]) > VERSION:
            raise Refused(
                tr("This archive was written by a newer Kithbook."), tr("Install the newer version first.")
            )
        files = tuple(_file(one) for one in _limited(told["files"]))
        if len({one.name for one in files}) < len(files):
            raise ValueError("doubled")
        return Manifest(
            _whole(told["made_at"]),
            _text(told["made_by"]),
            _whole(told["schema"]),
            {_table_name(name): _table(one) for name, one in told["tables"].items()},
            files,
            tuple(_file_name(one) for one in _limited(told["missing"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Refused(
            tr("This is not an archive that Kithbook can read: its manifest is not right.")
        ) from error


def is_allowed(name: str) -> bool:
    """May a file of this name be in an archive?"""
    return name == MANIFEST or table_of(name) in TABLES or bool(digest_of(name))


def table_of(name: str) -> str:
    """The table whose rows a file of that name holds; empty for another file."""
    return name.removesuffix(".jsonl") if _ROWS.fullmatch(name) else ""


def digest_of(name: str) -> str:
    """The SHA-256 that a picture's or raw page's name says; empty for another name."""
    found = _ASSET.fullmatch(name) or _PAGE.fullmatch(name)
    return found[2] if found else ""


def is_page(name: str) -> bool:
    """Is it the name of a raw page?"""
    return bool(_PAGE.fullmatch(name))


def extension_of(name: str) -> str:
    """Of a picture's name, without the dot."""
    return name.rpartition(".")[2]


def _limited(told: Any) -> list[Any]:
    if not isinstance(told, list) or len(told) > MOST_FILES:
        raise ValueError("a list")
    return told


def _file(told: Any) -> File:
    found = File(_file_name(told["name"], with_rows=True), _whole(told["bytes"]), told["sha256"])
    if not _SHA256.fullmatch(found.sha256) or found.bytes > MOST_BYTES:
        raise ValueError("a file")
    return found


def _file_name(told: Any, *, with_rows: bool = False) -> str:
    if not isinstance(told, str) or not (digest_of(told) or (with_rows and table_of(told) in TABLES)):
        raise ValueError("a name")
    return told


def _table_name(told: str) -> str:
    if told not in TABLES:
        raise ValueError("a table")
    return told


def _table(told: Any) -> Table:
    return Table(
        _whole(told["rows"]), tuple(_text(one) for one in _limited(told["columns"])), _whole(told["last_id"])
    )


def _whole(told: Any) -> int:
    if type(told) is not int or not 0 <= told < 1 << 62:
        raise ValueError("a number")
    return told


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise ValueError("a text")
    return told
