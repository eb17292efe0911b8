"""Sources to be exported, without a library: any field with any text."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop.library.sense_values import Annotation, Colour
from desktop.paths import Paths
from desktop.share.export.selection import Exported, Items
from desktop.store.reader import Reader

NOON = 1_790_000_000_000


def exported(number: int = 1, **fields: Any) -> Exported:
    """A readable page; ``fields`` replace what it says."""
    told: dict[str, Any] = {
        "id": number, "capture_id": number, "content_id": number,
        "uuid": f"{number:08x}-3a5c-4f7f-9d7e-2b1f0e6a9c11", "url": f"https://site.example/{number}",
        "title": f"Title of {number}", "author": "Ana Petrova", "published": "2024-03-05",
        "is_published_approximate": False, "site": "The Site", "lang": "en", "kind": "page",
        "state": "inbox", "is_read": False, "captured_at": NOON, "first_saved": NOON, "words": 2,
        "minutes": 1, "excerpt": "First paragraph.", "why": "", "found_through": "", "is_private": False,
        "selection": "", "html": "<p>First paragraph.</p>", "text": "First paragraph.",
    }  # fmt: skip
    return Exported(**told | fields)


def marked(number: int = 1, **fields: Any) -> Annotation:
    """A highlight; ``fields`` replace what it says."""
    told: dict[str, Any] = {
        "id": number, "uuid": f"{number:08x}-0000-4000-8000-2b1f0e6a9c11", "source_id": 1, "capture_id": 1,
        "made_at": NOON, "changed_at": NOON, "creator": "", "colour": Colour.STRAW, "comment": "", "link": "",
        "is_private": False, "start": 0, "stop": 5, "quote": "First", "prefix": "", "suffix": " paragraph.",
        "range": "", "fragment": "", "origin": "reader",
    }  # fmt: skip
    return Annotation(**told | fields)


class Given(Items):
    """Items that no library holds."""

    def __init__(self, *items: Exported, pictures: Path | None = None) -> None:
        super().__init__(Reader(Path("nowhere")), Paths(Path("nowhere")), [one.id for one in items])
        self._items: Sequence[Exported] = items
        self._pictures = pictures

    def _read(self, text: str) -> Iterator[Exported]:
        yield from self._items

    def still_here(self, uuids: Iterable[str]) -> set[str]:
        return set(uuids)

    def picture(self, name: str) -> Path | None:
        path = self._pictures / name.removeprefix("res/") if self._pictures else None
        return path if path and path.exists() else None


def naughty(shared: Path, every: int = 1) -> list[str]:
    """Strings that break programs (each, or every n-th for slow readers) or formats."""
    told: list[str] = json.loads((shared / "corpora" / "strings" / "blns.json").read_text("utf-8"))
    ours = [
        "}\n@misc{evil, title={x}}", "ER  - \r\nTY  - JOUR", "---\nid: evil\n---", "\u2028title: evil",
        "\x85ER  - ", '"]}, {"id":"evil"', "</A><DT><A HREF=\"javascript:alert(1)\">x", "\\", "\\'", '"', "{",
        "=cmd|' /C calc'!A0", "- item", "12. point", "`code`", "[[link]]", "#tag", "| a | b |",
    ]  # fmt: skip
    return [
        text
        for text in (*told[::every], *ours)
        if text.strip() and text.encode("utf-8", "ignore").decode() == text
    ]
