"""Two people with a library each, on one machine: what one gathers, the other opens, as through a file."""

import hashlib
import struct
import uuid
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.library import captures
from desktop.library.opening import Library, open_library
from desktop.paths import Paths
from desktop.share import canonical, pack_json, receiving
from desktop.share.opening import Opened
from desktop.share.receiving import Becomes
from desktop.share.values import Item, ItemKind, Pack, Picture, Sender, SharedAnnotation
from desktop.store.changes import Changes
from desktop.text.selectors import describe
from desktop.text.web_annotation import WebAnnotation

ANNA = Sender("Anna Berg", "a1" * 32)
BEN = Sender("Ben Okafor", "b2" * 32)
TEXT = "The first thing that was said. The second thing, which matters. And a third one at the end."
SAID = "The second thing, which matters."


def library(folder: Path) -> Library:
    """A library below a folder, open for writing."""
    return open_library(Paths(folder), write=True)


def sealed(pack: Pack, *, is_signed: bool = True) -> Opened:
    """A pack as it is once its file was opened: written as JSON and read again."""
    block = canonical.dumps(pack_json.to_values(pack, "en", 1))
    read = pack_json.from_values(canonical.loads(block), {one.name: one.data for one in pack.pictures})
    key = pack.sender.key if is_signed else ""
    return Opened(read, key, is_signed, block, "00" * 64 if is_signed else "", True)


def item(address: str = "a", text: str = TEXT, marks: Iterable[SharedAnnotation] = (), **others: Any) -> Item:
    """A page of a pack at ``https://site.example/<address>``, link only; with ``html``, its full text."""
    fields: dict[str, Any] = {
        "uuid": str(uuid.uuid4()), "kind": ItemKind.PAGE, "title": f"Title of {address}",
        "url": f"https://site.example/{address}", "site": "Site", "media": "page", "excerpt": text[:40],
        "annotations": tuple(marks),
    }  # fmt: skip
    return Item(**fields | others)


def marked(words: str = SAID, text: str = TEXT, address: str = "a", **others: Any) -> SharedAnnotation:
    """A highlight in a pack."""
    start = text.index(words)
    reply_to = others.pop("reply_to", "")
    fields: dict[str, Any] = {
        "uuid": str(uuid.uuid4()), "url": f"https://site.example/{address}", "creator": ANNA.name,
        "selectors": describe(text, start, start + len(words), f"<p>{text}</p>"),
        "made_at": 1_790_000_000_000, "changed_at": 1_790_000_000_000,
    }  # fmt: skip
    return SharedAnnotation(WebAnnotation(**fields | others), reply_to)


def pack(*items: Item, sender: Sender = ANNA, **others: Any) -> Pack:
    """A pack of these items."""
    fields: dict[str, Any] = {
        "uuid": str(uuid.uuid4()), "title": "For the migration", "message": "Read the second one first.",
        "made_at": 1_790_000_100_000, "sender": sender, "items": items,
    }  # fmt: skip
    return Pack(**fields | others)


def saved(library: Library, *new: Any) -> list[int]:
    """Save captures; the ids of their sources."""
    assert library.writer is not None
    return [captures.add(library.writer, one).source_id for one in new]


def take(mine: Library, opened: Opened, *uuids: str) -> Changes:
    """Take these items in, or all."""
    assert mine.writer is not None
    wanted = uuids or tuple(one.uuid for one in opened.pack.items)
    return receiving.take(mine.writer, mine.reader, mine.paths, opened, wanted)


def becomes(mine: Library, opened: Opened) -> list[Becomes]:
    """What the items would do."""
    return [one.becomes for one in receiving.look(mine.reader, opened).items]


def png() -> Picture:
    """A small picture that may be kept."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x40\x80" * 8 for _ in range(8))
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return Picture(f"res/{hashlib.sha256(data).hexdigest()}.png", "image/png", data)
