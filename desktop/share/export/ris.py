"""RIS, for EndNote, Zotero, Citavi and others.

The surprising fact: the format knows no escaping. A value is one line, so every kind of line break in it
becomes a space.
"""

from collections.abc import Iterator
from pathlib import Path

from desktop.share.export import references
from desktop.share.export.references import Keys
from desktop.share.export.selection import Exported, Items
from desktop.share.export.writing import Steps, Stop, Tell, Written, in_silence, never, write_file

_KINDS = {"video": "VIDEO"}


def write(
    items: Items, out: Path, *, tell: Tell = in_silence, stop: Stop = never, overwrite: bool = False
) -> Written:
    """See `writing.Write`."""

    def pieces(steps: Steps) -> Iterator[bytes]:
        keys = Keys()
        for one in items.without_text():
            yield entry(one, keys.of(one)).encode()
            steps.step("ris")

    return write_file(items, out, pieces, tell=tell, stop=stop, overwrite=overwrite)


def entry(one: Exported, key: str) -> str:
    """The source as one entry."""
    lines = [f"{tag}  - {value}" for tag, value in _lines(one, key) if value]
    return "\r\n".join([f"TY  - {_KINDS.get(one.kind, 'ELEC')}", *lines, "ER  - ", "", ""])


def _lines(one: Exported, key: str) -> Iterator[tuple[str, str]]:
    issued, seen = references.issued_of(one), references.seen_of(one)
    yield "ID", key
    for name in references.names_of(one):
        yield "AU", name.inverted
    yield "TI", references.title_of(one)
    yield "T2", references.site_of(one)
    yield "PY", f"{issued[0]:04}" if issued else ""
    yield "DA", "/".join(f"{part:02}" for part in issued)
    yield "UR", references.one_line(one.url)
    yield "Y2", "{}/{:02}/{:02}".format(*seen) if seen else ""
    yield "LA", references.one_line(one.lang)
    for tag in one.tags:
        yield "KW", references.one_line(tag)
    yield "AB", references.excerpt_of(one)
    for line in references.said_of(one):
        yield "N1", line
