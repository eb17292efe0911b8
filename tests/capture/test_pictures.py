"""A picture is what its own header says, whatever anybody calls it."""

import base64
import struct

import pytest

from desktop.capture import pictures
from tests.support.spooled import PNG


def jpeg(width: int, height: int) -> bytes:
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\0" * 9
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\0" * 9
    return b"\xff\xd8" + app + frame + b"\xff\xd9"


def webp(chunk: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 12 + len(body)) + b"WEBP" + chunk + struct.pack("<I", len(body)) + body


LOSSY = webp(b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", 40, 30))
LOSSLESS = webp(b"VP8L", b"\x2f" + struct.pack("<I", 39 | 29 << 14))
EXTENDED = webp(b"VP8X", b"\0\0\0\0" + (39).to_bytes(3, "little") + (29).to_bytes(3, "little"))
AVIF = struct.pack(">I", 28) + b"ftypmif1" + b"\0\0\0\0" + b"mif1avifmiaf"


@pytest.mark.parametrize(
    ("data", "ext", "size"),
    [
        (PNG, "png", (8, 8)),
        (jpeg(40, 30), "jpg", (40, 30)),
        (b"GIF89a" + struct.pack("<HH", 40, 30) + b"\0\0\0", "gif", (40, 30)),
        (LOSSY, "webp", (40, 30)),
        (LOSSLESS, "webp", (40, 30)),
        (EXTENDED, "webp", (40, 30)),
        (AVIF, "avif", (0, 0)),
    ],
)
def test_the_five_kinds_are_known_by_their_header(data: bytes, ext: str, size: tuple[int, int]) -> None:
    found = pictures.known(data)

    assert found is not None
    assert (found.ext, (found.width, found.height)) == (ext, size)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\xff\xff" + b"\0" * 20,
        b"GIF89a",
        b"RIFF\0\0\0\0WEBPVP9 ",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypisom\0\0\0\0mp42mp41",
        b"GIF89a" + struct.pack("<HH", 1, 1) + b"\0\0\0",
        jpeg(60_000, 60_000),
        PNG + b"\0" * pictures.LARGEST,
    ],
)
def test_all_else_is_no_picture(data: bytes) -> None:
    assert pictures.known(data) is None


def test_pictures_written_into_a_page_are_parted_from_it() -> None:
    code = base64.b64encode(PNG).decode()

    page, found = pictures.take_inline(f'<p>a<img src="data:image/png;base64,{code}" alt="x">b</p>')

    ((address, data),) = found.items()
    assert data == PNG
    assert page == f'<p>a<img src="{address}" alt="x">b</p>'
    assert address.startswith(pictures.INLINE_HOST)


@pytest.mark.parametrize("code", ["AAAA", "!!!!", base64.b64encode(b"<svg/>").decode()])
def test_a_written_picture_that_is_none_loses_its_source(code: str) -> None:
    page, found = pictures.take_inline(f'<img src="data:image/png;base64,{code}" alt="x">')

    assert not found
    assert "base64" not in page or code == "!!!!"
