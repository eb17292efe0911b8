"""Open a pack that came from anywhere: sizes first, then the signature, and only then a parser.

Surprising: the readable part of the file is never read for its text. All that is shown and taken in comes
from the block below it; the readable part is only compared with what we would have written ourselves.
"""

import base64
import binascii
import errno
import hashlib
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pyrage

from desktop.errors import BadInput, Refused, UserFixable
from desktop.languages import LANGUAGES, tr
from desktop.share import canonical, pack_html, pack_json, pack_zip, signing
from desktop.share.pack_file import CLOSE, OPEN_PACK, OPEN_SEAL
from desktop.share.values import Pack
from native_host import strict

LARGEST = 80 * 1024 * 1024
"""Bytes of a file that may be opened at all."""
SUFFIXES = (".html", ".zip", ".age")
_LARGEST_SEAL = 1_000
_AGE, _ARMOUR = b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----"
_MOST_WORK = 20
"""Of scrypt, as a power of two: 20 takes a gigabyte of memory, and each more takes twice that."""
_SCRYPT = re.compile(rb"-> scrypt [A-Za-z0-9+/]+ ([0-9]{1,3})\n")
_SHOWN = re.compile(rb'src="data:image/[a-z+]{1,12};base64,([A-Za-z0-9+/]+={0,2})"')


class NeedsKey(UserFixable):
    """The pack is encrypted, and what was given does not open it. ``is_passphrase``: it asks for a phrase."""

    def __init__(self, sentence: str, action: str, *, is_passphrase: bool) -> None:
        super().__init__(sentence, action)
        self.is_passphrase = is_passphrase


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack whose bytes are whole and whose signature, when it has one, is right."""

    pack: Pack
    key: str
    """The Ed25519 public key that signed it, 64 hex digits; empty: unsigned."""
    is_signed: bool
    block: bytes
    """The verified canonical JSON."""
    signature: str
    """128 hex digits; empty: unsigned."""
    does_visible_part_match: bool | None
    """Does the readable part say what the block says? None: another version wrote it, or there is none."""

    @property
    def sha256(self) -> str:
        """Of the block, hex."""
        return hashlib.sha256(self.block).hexdigest()


def open_pack(path: Path, *, passphrase: str = "", identity: str = "") -> Opened:
    """The pack in a file. ``identity``: one's own age key, ``AGE-SECRET-KEY-1…``.

    Raises `NeedsKey` (encrypted), `errors.BadInput` (not there), `errors.Refused` (not a pack, damaged,
    altered, too much of anything). Nothing is written anywhere.
    """
    try:
        with open(path, "rb", opener=_open_file) as file:
            return _open(file, passphrase, identity)
    except OSError as error:
        raise BadInput(
            tr("{place} cannot be read ({reason}).").format(place=path, reason=error.strerror),
            tr("Choose a pack: a file that ends in .html, .zip or .age."),
        ) from error


def open_bytes(data: bytes, *, passphrase: str = "", identity: str = "") -> Opened:
    """As `open_pack`, for a file that is in memory already."""
    return _open(BytesIO(data), passphrase, identity)


def open_block(block: bytes, signature: str, key: str, pictures: Mapping[str, bytes]) -> Opened:
    """A pack that was opened before, from what was kept of it. A picture that is gone is left out."""
    _verify(block, {"key": key, "signature": signature, "sha256": hashlib.sha256(block).hexdigest()})
    given = canonical.loads(block)
    pack = pack_json.from_values(given, pack_json.true_pictures(given, pictures), is_lenient=True)
    return Opened(_by(pack, key), key, bool(key), block, signature, None)


def _open_file(path: str, flags: int) -> int:
    """A handle on a file that lies on a disk. A pipe or a device may never end, and a pipe is waited for."""
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, tr("it is not a file"))
    return handle


def _open(file: IO[bytes], passphrase: str, identity: str) -> Opened:
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST:
        raise Refused(tr("This file is too large to be a pack."))
    start = file.read(64)
    file.seek(0)
    if start.startswith((_AGE, _ARMOUR)):
        file = BytesIO(_decrypted(file.read(LARGEST), passphrase, identity))
        start = file.getvalue()[:64]
    if start.startswith(b"PK"):
        page, pictures = pack_zip.read(file)
        return _opened(page, pictures)
    page = file.read(pack_zip.LARGEST_PAGE + 1)
    if len(page) > pack_zip.LARGEST_PAGE:
        raise Refused(tr("This file is too large to be a pack."))
    return _opened(page, None)


def _opened(page: bytes, beside: Mapping[str, bytes] | None) -> Opened:
    start, block, seal, end = _parts(page)
    _verify(block, seal)
    given = canonical.loads(block)
    pictures = pack_json.true_pictures(given, _shown(page[:start]) if beside is None else beside)
    pack = _by(pack_json.from_values(given, pictures), seal["key"])
    source_of = pack_html.inside if beside is None else pack_html.beside
    matches = _does_match(given, pack, source_of, page[:start], page[end:])
    return Opened(pack, seal["key"], bool(seal["key"]), block, seal["signature"], matches)


def _parts(page: bytes) -> tuple[int, bytes, dict[str, str], int]:
    """Where the data starts, the block, the seal, and where the data ends."""
    if page.count(OPEN_PACK) != 1 or page.count(OPEN_SEAL) != 1:
        raise Refused(
            tr("This file is no pack of Kithbook."),
            tr("A mail program may have taken the data out of it: ask for it as a zip."),
        )
    start = page.index(OPEN_PACK)
    middle, seal_start = page.find(CLOSE, start), page.index(OPEN_SEAL)
    end = page.find(CLOSE, seal_start)
    if middle < 0 or end < 0 or middle + len(CLOSE) != seal_start:
        raise _altered()
    coded = page[start + len(OPEN_PACK) : middle]
    sealed = page[seal_start + len(OPEN_SEAL) : end]
    try:
        block = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _altered() from error
    if base64.b64encode(block) != coded or len(sealed) > _LARGEST_SEAL:
        raise _altered()
    return start, block, _seal(sealed), end + len(CLOSE)


def _seal(sealed: bytes) -> dict[str, str]:
    try:
        seal = strict.loads(sealed)
        is_ours = canonical.dumps(seal) == sealed
    except ValueError as error:
        raise _altered() from error
    names = {"algorithm", "key", "sha256", "signature"}
    if not is_ours or not isinstance(seal, dict) or set(seal) != names:
        raise _altered()
    if not all(isinstance(one, str) for one in seal.values()) or seal["algorithm"] != "Ed25519":
        raise _altered()
    return seal


def _verify(block: bytes, seal: Mapping[str, str]) -> None:
    """The bytes, before anything parses them."""
    if hashlib.sha256(block).hexdigest() != seal["sha256"]:
        raise _altered()
    key, signature = seal["key"], seal["signature"]
    if not key and not signature:
        return
    if not re.fullmatch("[0-9a-f]{64}", key) or not re.fullmatch("[0-9a-f]{128}", signature):
        raise _altered()
    if not signing.is_signed_by(key, block, bytes.fromhex(signature)):
        raise Refused(
            tr("The signature under this pack is wrong: it was altered after it was signed."),
            tr("Ask for it again, on another way."),
        )


def _by(pack: Pack, key: str) -> Pack:
    """The pack, if its sender names the key that signed it."""
    if pack.sender.key != key:
        raise Refused(tr("This pack is signed by another key than it names."), tr("Ask the sender about it."))
    return pack


def _shown(visible: bytes) -> dict[str, bytes]:
    """Pictures of the readable part by their SHA-256, so that it does not matter who put them there."""
    found: dict[str, bytes] = {}
    for match in _SHOWN.finditer(visible):
        try:
            data = base64.b64decode(match[1], validate=True)
        except (binascii.Error, ValueError):
            continue
        found[hashlib.sha256(data).hexdigest()] = data
    return found


def _does_match(
    given: dict[str, Any], pack: Pack, source_of: pack_html.SourceOf, before: bytes, after: bytes
) -> bool | None:
    lang, form = pack_json.page_of(given)
    if form != pack_html.FORM or lang not in LANGUAGES:
        return None
    ours, end = pack_html.draw(pack, lang, source_of)
    return before == ours.encode() and after == end.encode()


def _decrypted(data: bytes, passphrase: str, identity: str) -> bytes:
    if data.startswith(_ARMOUR):
        if len(data) > pack_zip.LARGEST_PAGE:
            raise Refused(tr("This file is too large to be a pack."))
        inner = data.strip().partition(b"\n")[2].rpartition(b"\n")[0]
        try:
            data = base64.b64decode(inner.translate(None, b"\r\n"), validate=True)
        except (binascii.Error, ValueError) as error:
            raise _altered() from error
    work = _SCRYPT.search(data[:400])
    if work and int(work[1]) > _MOST_WORK:
        raise Refused(tr("To try a pass phrase on this file would take more memory than is safe."))
    if not (passphrase if work else identity):
        raise _needs(bool(work), is_wrong=False)
    try:
        if work:
            return bytes(pyrage.passphrase.decrypt(data, passphrase))
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise _needs(bool(work), is_wrong=True) from error


def _needs(is_passphrase: bool, *, is_wrong: bool) -> NeedsKey:
    if not is_passphrase and not is_wrong:
        sentence = tr("This pack is encrypted, and there is no key here to open it.")
    elif not is_passphrase:
        sentence = tr("This pack is damaged, or it was encrypted for somebody else.")
    elif is_wrong:
        sentence = tr("The pass phrase is wrong, or the file is damaged.")
    else:
        sentence = tr("This pack is locked by a pass phrase.")
    action = tr("Type the pass phrase.") if is_passphrase else tr("Ask the sender for another file.")
    return NeedsKey(sentence, action, is_passphrase=is_passphrase)


def _altered() -> Refused:
    return Refused(
        tr("This pack was damaged or altered on its way, so nothing of it is taken in."),
        tr("Ask for it again."),
    )
