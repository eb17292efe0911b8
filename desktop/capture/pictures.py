"""Which bytes are a picture that may be kept, told by their own header and never by what a server calls them.

Surprising: pictures of one or two pixels are refused, since they count visitors and show nothing; SVG is
refused, since it is a document that can load and run.
"""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

LARGEST = 5 * 1024 * 1024
"""Bytes of one picture."""
MOST_PIXELS = 60_000_000
"""A picture that unpacks to more would take the window's memory."""
SMALLEST_SIDE = 3

_INLINE = re.compile(
    r"""\bsrc\s*=\s*(["'])\s*data:image/(?:png|jpe?g|gif|webp|avif)[^,"']{0,40};base64,([A-Za-z0-9+/=\s%]+)\1""",
    re.IGNORECASE,
)
INLINE_HOST = "https://inline.invalid/"
"""Stands for a picture that was written into the page itself. ``.invalid`` can never be an address."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a picture's header says. 0 × 0 when the form does not tell its size early (AVIF)."""

    ext: str
    mime: str
    width: int = 0
    height: int = 0


def known(data: bytes) -> Known | None:
    """What picture ``data`` is, or None when it is none that may be kept."""
    if not data or len(data) > LARGEST:
        return None
    for read in (_png, _jpeg, _gif, _webp, _avif):
        try:
            found = read(data)
        except (struct.error, IndexError):
            return None
        if found is not None:
            return found if _is_sensible(found) else None
    return None


def take_inline(html: str) -> tuple[str, dict[str, bytes]]:
    """Part a page from the pictures written into it as ``data:``.

    Returns the page with an address below `INLINE_HOST` for each, and the pictures by that address. One that
    cannot be kept loses its source.
    """
    found: dict[str, bytes] = {}

    def part(match: re.Match[str]) -> str:
        try:
            data = base64.b64decode(re.sub(r"\s|%0[AaDd]", "", match[2]).replace("%3D", "="), validate=True)
        except (binascii.Error, ValueError):
            return ""
        if known(data) is None:
            return ""
        address = INLINE_HOST + hashlib.sha256(data).hexdigest()
        found[address] = data
        return f'src="{address}"'

    return _INLINE.sub(part, html), found


def _is_sensible(picture: Known) -> bool:
    if picture.ext == "avif":
        return True
    sides = (picture.width, picture.height)
    return min(sides) >= SMALLEST_SIDE and sides[0] * sides[1] <= MOST_PIXELS


def _png(data: bytes) -> Known | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR":
        return None
    return Known("png", "image/png", *struct.unpack(">II", data[16:24]))


def _gif(data: bytes) -> Known | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    return Known("gif", "image/gif", *struct.unpack("<HH", data[6:10]))


def _jpeg(data: bytes) -> Known | None:
    """Walk the markers to the frame header, where the size stands."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Known("jpg", "image/jpeg", width, height)
        if marker in (0xD8, 0x01) or 0xD0 <= marker <= 0xD7:
            at += 2
            continue
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def _webp(data: bytes) -> Known | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    reader: Callable[[bytes], tuple[int, int]] | None = {
        b"VP8 ": _webp_lossy,
        b"VP8L": _webp_lossless,
        b"VP8X": _webp_extended,
    }.get(data[12:16])
    return Known("webp", "image/webp", *reader(data)) if reader else None


def _webp_lossy(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _webp_lossless(data: bytes) -> tuple[int, int]:
    bits = struct.unpack("<I", data[21:25])[0]
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _webp_extended(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1


def _avif(data: bytes) -> Known | None:
    if data[4:8] != b"ftyp":
        return None
    brands = data[8 : min(len(data), struct.unpack(">I", data[:4])[0], 256)]
    return Known("avif", "image/avif") if b"avif" in brands or b"avis" in brands else None
