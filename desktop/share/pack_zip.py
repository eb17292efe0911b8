"""A large pack as a zip, and such a zip from anybody: three kinds of names, none read further than it says.

Surprising: Python reads a zip's whole table of contents at once, before anybody can look at it. So the size
of that table is taken from the file's last bytes first, and a long one is refused unread.
"""

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Final

from desktop.errors import Refused
from desktop.languages import tr
from desktop.share.pack_json import MOST_PICTURES

PAGE: Final = "pack.html"
MANIFEST: Final = "manifest-sha256.txt"
LARGEST_PAGE: Final = 20 * 1024 * 1024
LARGEST_PICTURES: Final = 64 * 1024 * 1024
"""All of one pack."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"res/[0-9a-f]{64}\.(?:png|jpg|gif|webp|avif)")
_LARGEST_TABLE = 1 << 20
_LARGEST_MANIFEST = 1 << 20
_RATIO = 100
_TAIL = 65_557
_OPENED = 50
"""A page that packs better than this is stored as it is, so that nobody takes it for a bomb."""
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def zipped(html: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The page, its pictures and a list of their sums; the same input always gives the same bytes."""
    files = {PAGE: html, **dict(sorted(pictures.items()))}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    is_dense = len(html) < _OPENED * len(zlib.compress(html, 1))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in [*files.items(), (MANIFEST, sums.encode())]:
            told = zipfile.ZipInfo(name, _EPOCH)
            told.external_attr, told.create_system = 0o100644 << 16, 3
            told.compress_type = zipfile.ZIP_DEFLATED if name == PAGE and is_dense else zipfile.ZIP_STORED
            made.writestr(told, data)
    return out.getvalue()


def read(file: IO[bytes]) -> tuple[bytes, dict[str, bytes]]:
    """The page and the pictures by name. Raises Refused for whatever is not as we would have written it."""
    _check_table(file)
    try:
        with zipfile.ZipFile(file) as opened:
            members = _members(opened.infolist())
            sums = _sums(_bytes_of(opened, members[MANIFEST]))
            page = _bytes_of(opened, members[PAGE])
            pictures = {
                name: _bytes_of(opened, member)
                for name, member in members.items()
                if name not in (PAGE, MANIFEST)
            }
    except _FAULTS as error:
        raise Refused(tr("This file is damaged: it cannot be unpacked.")) from error
    found = {name: hashlib.sha256(data).hexdigest() for name, data in {PAGE: page, **pictures}.items()}
    if found != sums:
        raise Refused(tr("This file was damaged or altered: its list of contents does not fit."))
    return page, pictures


def _check_table(file: IO[bytes]) -> None:
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) - end < 22 or b"PK\6\7" in tail:
        raise Refused(tr("This file is damaged: it cannot be unpacked."))
    (length,) = struct.unpack_from("<I", tail, end + 12)
    if length > _LARGEST_TABLE:
        raise Refused(tr("This file holds more than a pack may hold."))


def _members(listed: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(listed) > MOST_PICTURES + 2:
        raise Refused(tr("This file holds more than a pack may hold."))
    members: dict[str, zipfile.ZipInfo] = {}
    for member in listed:
        if member.filename in members or not _is_ours(member):
            raise Refused(
                tr("This file is no pack: “{name}” does not belong into one.").format(
                    name=ascii(member.filename[:80])[1:-1]
                )
            )
        members[member.filename] = member
    if PAGE not in members or MANIFEST not in members:
        raise Refused(tr("This file is no pack of Kithbook."))
    sizes = {name: member.file_size for name, member in members.items()}
    pictures = sum(sizes.values()) - sizes[PAGE] - sizes[MANIFEST]
    if sizes[PAGE] > LARGEST_PAGE or sizes[MANIFEST] > _LARGEST_MANIFEST or pictures > LARGEST_PICTURES:
        raise Refused(tr("This pack is too large to be opened."))
    return members


def _is_ours(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    return (
        (member.filename in (PAGE, MANIFEST) or _NAME.fullmatch(member.filename) is not None)
        and member.orig_filename == member.filename
        and kind in (0, stat.S_IFREG)
        and not member.flag_bits & 1
        and member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        and member.file_size <= _RATIO * max(1, member.compress_size)
    )


def _bytes_of(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with opened.open(member) as file:
        data = file.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise EOFError
    return data


def _sums(manifest: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in manifest.decode("ascii").splitlines():
        digest, _, name = line.partition("  ")
        found[name] = digest
    return found
