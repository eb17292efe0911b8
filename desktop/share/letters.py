"""A mail as a file: a draft that a mail program opens (.eml), the bytes that go to a server, and ``mailto:``.

Surprising: the headers are encoded here and not by `email.message`. What that library is given is read again
before it is written, so a subject with an encoded line break in it (``=?utf-8?q?=0D=0ABcc:…?=``) would become
a header of its own. Every text is one line first, then ASCII.
"""

import re
import uuid
from base64 import encodebytes
from dataclasses import dataclass
from email.header import Header
from email.utils import formatdate
from urllib.parse import quote

from desktop.errors import BadInput
from desktop.languages import tr
from desktop.share.file_names import file_name, one_line

LONGEST_MAILTO = 2000
"""Letters: Windows hands no more to a mail program."""
_LINE = "\r\n"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_NAMED = re.compile(r"[^<>]*<([^<>]+)>\s*")
_PLAIN = re.compile(r"[A-Za-z0-9 .,;:!?()/&'+_-]*")
_MIME = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail."""

    name: str
    data: bytes
    mime: str = "text/html"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is one. Addresses are bare: ``ana@firm.example``."""

    to: tuple[str, ...]
    subject: str
    text: str
    html: str = ""
    """A whole document that says the same; empty: plain text alone."""
    sender: str = ""
    sender_name: str = ""
    enclosures: tuple[Enclosure, ...] = ()


def address_of(text: str) -> str:
    """The bare address in ``ana@firm.example`` or ``Ana <ana@firm.example>``, its host in ASCII.

    Raises BadInput for anything else; so no address can carry a second one or a header.
    """
    named = _NAMED.fullmatch(text) if text.isprintable() else None
    local, _, host = (named[1] if named else text).strip().rpartition("@")
    try:
        wire = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        wire = ""
    address = f"{local}@{wire}"
    if not _ADDRESS.fullmatch(address) or ".." in address or wire.startswith(("-", ".")) or "." not in wire:
        raise BadInput(
            tr("“{address}” is not a mail address.").format(address=one_line(text, 60)),
            tr("Write it like ana@firm.example."),
        )
    return address


def draft(letter: Letter) -> bytes:
    """The mail as ``name.eml``, which a mail program opens for writing (``X-Unsent: 1``), all enclosed."""
    return _whole(letter, ("X-Unsent: 1",))


def message(letter: Letter, message_id: str, at: int) -> bytes:
    """The mail as a server takes it. ``at``: milliseconds since 1970. Raises BadInput without a sender.

    The same Message-ID and time give the same bytes, so that every try sends the same mail.
    """
    if not letter.sender or not letter.to:
        raise BadInput(tr("A mail needs a sender and somebody to go to."))
    stamp = formatdate(at / 1000, usegmt=True)
    return _whole(letter, (f"Date: {stamp}", f"Message-ID: {message_id}"), message_id)


def new_message_id(sender: str) -> str:
    """A name for one mail that no other has: ``<uuid@host of the sender>``."""
    return f"<{uuid.uuid4()}@{address_of(sender).rpartition('@')[2]}>"


def mailto(to: tuple[str, ...], subject: str, body: str) -> str:
    """An address that opens the person's mail program with these words; the body is cut to fit.

    It cannot enclose a file: the folder is shown beside it. Raises BadInput for a wrong address.
    """
    people = ",".join(quote(address_of(one), safe="@") for one in to)
    start = f"mailto:{people}?subject={quote(_harmless(one_line(subject, 200)), safe='')}&body="
    return start + _fitting(body, LONGEST_MAILTO - len(start))


def _harmless(words: str) -> str:
    """Some mail programs read the words once more, and would attach a file of the disk."""
    return re.sub(r"(?i)[&;](?=\s*[\w-]*attach)", "%26", words)


def _fitting(body: str, room: int) -> str:
    whole = "\r\n".join(_harmless(body).replace("\0", "").splitlines())
    coded = quote(whole, safe="", errors="replace")
    if len(coded) <= room:
        return coded
    kept, left = [], room - len(quote("…", safe=""))
    for letter in whole:
        piece = quote(letter, safe="", errors="replace")
        left -= len(piece)
        if left < 0:
            break
        kept.append(piece)
    return "".join(kept) + quote("…", safe="")


def _whole(letter: Letter, headers: tuple[str, ...], name: str = "") -> bytes:
    to = [address_of(one) for one in letter.to]
    top = ["To: " + ",\r\n ".join(to)] if to else []
    if letter.sender:
        sender = address_of(letter.sender)
        called = _coded("From", letter.sender_name)
        top.insert(0, f"From: {called} <{sender}>" if called else f"From: {sender}")
    top += [f"Subject: {_coded('Subject', letter.subject)}", *headers, "MIME-Version: 1.0"]
    seed = uuid.uuid5(uuid.NAMESPACE_URL, name).hex if name else uuid.uuid4().hex
    body = _alternatives(letter, f"=_words_{seed}")
    if letter.enclosures:
        body = _multipart("mixed", f"=_letter_{seed}", [body, *map(_enclosed, letter.enclosures)])
    return "\r\n".join(top).encode("ascii") + b"\r\n" + body


def _alternatives(letter: Letter, boundary: str) -> bytes:
    plain = _part('text/plain; charset="utf-8"', letter.text)
    if not letter.html:
        return plain
    return _multipart("alternative", boundary, [plain, _part('text/html; charset="utf-8"', letter.html)])


def _part(kind: str, text: str, *headers: str) -> bytes:
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return _coded_part(kind, lines.encode("utf-8", "replace"), *headers)


def _coded_part(kind: str, data: bytes, *headers: str) -> bytes:
    top = "\r\n".join((f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *headers, "", ""))
    return top.encode("ascii") + encodebytes(data).replace(b"\n", b"\r\n")


def _enclosed(one: Enclosure) -> bytes:
    stem, dot, ending = one.name.rpartition(".")
    name = file_name(stem, f".{one_line(ending)}") if dot else file_name(one.name, "")
    mime = one.mime if _MIME.fullmatch(one.mime) else "application/octet-stream"
    if re.fullmatch(r"[A-Za-z0-9 ._()-]+", name):
        called, filed = f'name="{name}"', f'filename="{name}"'
    else:
        # As Thunderbird does: the first for old programs, the second by the standard (RFC 2231).
        called = f'name="{Header(name, "utf-8", header_name=" name").encode(linesep=_LINE)}"'
        filed = f"filename*=utf-8''{quote(name, safe='')}"
    return _coded_part(f"{mime};\r\n {called}", one.data, f"Content-Disposition: attachment;\r\n {filed}")


def _multipart(kind: str, boundary: str, parts: list[bytes]) -> bytes:
    # "=_" stands in no base64, so no part can hold the boundary.
    line = f"--{boundary}".encode("ascii")
    top = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return top + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _coded(name: str, text: str) -> str:
    """The text as a header says it: as it is when it is plain and short, else in encoded words."""
    line = one_line(text, 300)
    if name == "Subject" and _PLAIN.fullmatch(line) and len(line) < 60 and "=?" not in line:
        return line
    if re.fullmatch(r"[A-Za-z0-9 ]{0,60}", line):
        return line
    return Header(line, "utf-8", header_name=name).encode(linesep=_LINE)
