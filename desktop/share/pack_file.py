"""Write a pack as one file: readable by anyone, and below it the same as signed data.

Surprising: what is written is first read back by the rules of opening, so no file leaves that another
Kithbook would refuse. The same pack, language and key always give the same bytes, unless they are encrypted.
"""

import base64
import errno
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyrage

from desktop.errors import BadInput, NoSpace, UserFixable
from desktop.languages import chosen, tr
from desktop.share import canonical, pack_html, pack_json, pack_zip, signing
from desktop.share.pack_zip import LARGEST_PAGE, LARGEST_PICTURES
from desktop.share.signing import Signer
from desktop.share.values import Pack, Sender
from native_host.durable import write_whole

OPEN_PACK: Final = b'<script type="application/vnd.kithbook.pack+json">'
OPEN_SEAL: Final = b'<script type="application/vnd.kithbook.seal+json">'
CLOSE: Final = b"</script>\n"
ALONE: Final = 15 * 1024 * 1024
"""A page larger than this becomes a zip with its pictures beside it: browsers and mail get slow."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what is worth keeping of it."""

    path: Path
    """Its suffix says the form: ``.html``, ``.zip``, and ``.age`` behind it when it is encrypted."""
    size: int
    """Bytes."""
    sha256: str
    """Of the file."""
    block: bytes
    """The canonical JSON in it."""
    signature: str
    """128 hex digits; empty: unsigned."""


def write(
    pack: Pack,
    out: Path,
    signer: Signer | None = None,
    *,
    to: Sequence[str] = (),
    passphrase: str = "",
    lang: str = "",
    alone: int = ALONE,
) -> Written:
    """The pack as a file named ``out``, whose suffix is set; a file of that name is replaced, in one step.

    ``to``: age recipients, each of whom (and the signer) can open it; or a ``passphrase``. ``lang``: of the
    words around the content; the chosen one. Raises BadInput (too large, not a recipient), NoSpace.
    """
    pack = replace(pack, sender=_sender(pack, signer))
    data, suffix, block, signature = _file(pack, signer, lang or chosen(), alone)
    if to or passphrase:
        own = [signer.age] if signer is not None and signer.age else []
        data, suffix = encrypted(data, [*to, *own] if to else [], passphrase), f"{suffix}.age"
    path = _named(out, suffix)
    _put(path, data)
    return Written(path, len(data), hashlib.sha256(data).hexdigest(), block, signature)


def page(
    pack: Pack,
    signer: Signer | None = None,
    lang: str = "",
    source_of: pack_html.SourceOf = pack_html.inside,
) -> str:
    """The readable part alone, word for word as `write` will put it into the file: the preview."""
    pack = replace(pack, sender=_sender(pack, signer))
    return "".join(pack_html.draw(_read_back(pack, lang or chosen())[0], lang or chosen(), source_of))


def encrypted(data: bytes, to: Sequence[str], passphrase: str) -> bytes:
    """``data`` as an age file. Raises BadInput for what is no recipient."""
    if not to:
        return bytes(pyrage.passphrase.encrypt(data, passphrase))
    try:
        recipients = [pyrage.x25519.Recipient.from_str(one) for one in dict.fromkeys(to)]
    except pyrage.RecipientError as error:
        raise BadInput(
            tr("The key of this person cannot be used to encrypt."), tr("Ask them for a new pack.")
        ) from error
    return bytes(pyrage.encrypt(data, recipients))


def _sender(pack: Pack, signer: Signer | None) -> Sender:
    if signer is None:
        return Sender(pack.sender.name)
    return Sender(signer.name, signer.key, signer.age)


def _read_back(pack: Pack, lang: str) -> tuple[Pack, bytes]:
    """The pack as a receiver will read it, and its block. Raises BadInput when they would refuse it."""
    used = {name for item in pack.items for name in pack_json.PICTURE.findall(item.html)}
    pack = replace(pack, pictures=tuple(one for one in pack.pictures if one.name in used))
    found = {one.name: one.data for one in pack.pictures}
    try:
        given = canonical.loads(canonical.dumps(pack_json.to_values(pack, lang, pack_html.FORM)))
        read = pack_json.from_values(given, pack_json.true_pictures(given, found), is_lenient=True)
        block = canonical.dumps(pack_json.to_values(read, lang, pack_html.FORM))
    except (UserFixable, ValueError, OverflowError) as error:
        raise BadInput(
            tr("This cannot be made into a pack: {reason}").format(reason=error),
            tr("Leave something out, or send it as two packs."),
        ) from error
    if sum(len(one.data) for one in read.pictures) > LARGEST_PICTURES:
        raise BadInput(tr("The pictures are too large for one pack."), tr("Leave out a full text."))
    return read, block


def _file(pack: Pack, signer: Signer | None, lang: str, alone: int) -> tuple[bytes, str, bytes, str]:
    read, block = _read_back(pack, lang)
    signature = signing.sign(signer.seed, block).hex() if signer is not None else ""
    data = _data(block, read.sender.key, signature)
    is_alone = sum(len(one.data) for one in read.pictures) * 4 // 3 + len(data) <= alone
    before, after = pack_html.draw(read, lang, pack_html.inside if is_alone else pack_html.beside)
    html = before.encode() + data + after.encode()
    if len(html) > LARGEST_PAGE:
        raise BadInput(tr("The full texts are too long for one pack."), tr("Leave out a full text."))
    if is_alone:
        return html, ".html", block, signature
    return pack_zip.zipped(html, {one.name: one.data for one in read.pictures}), ".zip", block, signature


def _data(block: bytes, key: str, signature: str) -> bytes:
    digest = hashlib.sha256(block).hexdigest()
    seal = {"algorithm": "Ed25519", "key": key, "sha256": digest, "signature": signature}
    return b"".join(
        (OPEN_PACK, base64.b64encode(block), CLOSE, OPEN_SEAL, canonical.dumps(seal), CLOSE)
    )  # fmt: skip


def _named(out: Path, suffix: str) -> Path:
    """``out`` with this suffix instead of any of ours."""
    name = out.name
    for known in (".age", ".html", ".zip"):
        if name.lower().endswith(known) and len(name) > len(known):
            name = name[: -len(known)]
    return out.with_name(name + suffix)


def _put(path: Path, data: bytes) -> None:
    try:
        write_whole(str(path.absolute()), data)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace(
                tr("The disk is full, so the pack was not written."), tr("Make room and try again.")
            ) from error
        raise NoSpace(
            tr("The pack could not be written to {place} ({reason}).").format(
                place=path.parent, reason=error.strerror
            ),
            tr("Choose another folder."),
        ) from error
