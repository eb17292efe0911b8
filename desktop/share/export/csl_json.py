"""CSL-JSON, for Zotero, Pandoc and everything that cites by the Citation Style Language.

The surprising fact: what the person wrote goes to ``annote`` and not to ``note``, which many styles print.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.share.export import references
from desktop.share.export.references import Keys, Name
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file
from native_host import strict


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        keys, before = Keys(), b"[\n"
        for one in items.without_text():
            yield before + strict.dumps(as_json(one, keys.of(one)))
            before = b",\n"
            steps.step("csl-json")
        yield b"\n]\n" if before != b"[\n" else b"[]\n"

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def as_json(one: Exported, key: str) -> dict[str, Any]:
    """The source as CSL describes a web page."""
    issued, seen = references.issued_of(one), references.seen_of(one)
    found: dict[str, Any] = {
        "id": key,
        "type": "webpage",
        "title": references.title_of(one),
        "author": [_name(name) for name in references.names_of(one)],
        "issued": {"date-parts": [list(issued)]} if issued else None,
        "accessed": {"date-parts": [list(seen)]} if seen else None,
        "container-title": references.site_of(one),
        "URL": references.one_line(one.url),
        "language": references.one_line(one.lang),
        "abstract": references.excerpt_of(one),
        "keyword": ", ".join(references.one_line(tag).replace(",", " ") for tag in one.tags),
        "annote": "\n".join(references.said_of(one)),
    }
    return {name: value for name, value in found.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}
