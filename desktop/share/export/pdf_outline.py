"""Bookmarks for a PDF that was drawn without any, and its moment of making taken out.

The surprising fact: nothing of the drawn file is written anew. The format lets a file be continued: what
changes (the catalogue) and what is new (the bookmarks) stand behind its end, with a list of where.
"""

import re
from collections.abc import Sequence

from desktop.errors import Bug

_DATES = re.compile(rb'/(?:Creation|Mod)Date \(D:\d{14}Z?\)|xmp:\w+Date="[^"]*"')
_NAME = re.compile(rb"(?<=uuid:)[0-9a-f-]{36}")
_EPOCH = b"20000101" + b"0" * 20
_ID = re.compile(rb"/ID \[ <([0-9a-f]+)> <([0-9a-f]+)> \]")


def finished(drawn: bytes, bookmarks: Sequence[tuple[str, int]]) -> bytes:
    """The PDF with a bookmark for each (title, page from 0), in this order, and always the same bytes."""
    data = _without_moment(drawn)
    if not bookmarks:
        return data
    tail = data[data.rindex(b"trailer") :]
    size, root, start = (
        int(_found(pattern, tail))
        for pattern in (rb"/Size (\d+)", rb"/Root (\d+) 0 R", rb"startxref\s+(\d+)")
    )
    catalogue = _object(data, root)
    pages = re.findall(rb"(\d+) 0 R", _found(rb"/Kids\s*\[([^\]]*)\]", _object(data, int(_pages(catalogue)))))
    changed = {root: catalogue.rstrip()[:-2] + b"/Outlines %d 0 R /PageMode /UseOutlines\n>>" % size}
    count = len(bookmarks)
    changed[size] = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (
        size + 1,
        size + count,
        count,
    )
    for number, (title, page) in enumerate(bookmarks, start=1):
        beside = b"/Prev %d 0 R " % (size + number - 1) if number > 1 else b""
        beside += b"/Next %d 0 R " % (size + number + 1) if number < count else b""
        words = (b"\xfe\xff" + title.encode("utf-16-be", "replace")).hex().encode()
        changed[size + number] = b"<< /Title <%s> /Parent %d 0 R %s/Dest [%s 0 R /XYZ null null null] >>" % (
            words, size, beside, pages[page],
        )  # fmt: skip
    return data + _continued(len(data), changed, tail, start)


def _continued(at: int, changed: dict[int, bytes], tail: bytes, start: int) -> bytes:
    parts, places = [], {}
    for number, content in changed.items():
        places[number] = at
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        at += len(parts[-1])
    listed = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items()))
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % (max(changed) + 1), tail[: tail.index(b"startxref")])
    trailer = trailer.replace(b"<<", b"<<\n/Prev %d" % start, 1)
    return b"".join([*parts, b"xref\n", listed, trailer, b"startxref\n%d\n%%%%EOF\n" % at])


def _without_moment(data: bytes) -> bytes:
    """Dates and the random name, written over in place: no length changes."""

    def fixed(found: re.Match[bytes]) -> bytes:
        digits = iter(_EPOCH)
        return re.sub(rb"\d", lambda _: bytes([next(digits)]), found[0])

    data = _NAME.sub(lambda found: re.sub(rb"[0-9a-f]", b"0", found[0]), _DATES.sub(fixed, data))
    return _ID.sub(lambda found: re.sub(rb"(?<=[<0-9a-f])[0-9a-f]", b"0", found[0]), data)


def _object(data: bytes, number: int) -> bytes:
    """What stands in an object."""
    found = re.search(rb"\n%d 0 obj\s+(.*?)\s*endobj" % number, data, re.DOTALL)
    if found is None:
        raise Bug(f"The PDF has no object {number}.")
    return found[1]


def _pages(catalogue: bytes) -> bytes:
    return _found(rb"/Pages (\d+) 0 R", catalogue)


def _found(pattern: bytes, data: bytes) -> bytes:
    found = re.search(pattern, data)
    if found is None:
        raise Bug("The PDF is not built as it was expected.")
    return found[1]
