"""``kithbook add``: a page by its address, or a file, on the way of every capture: through the spool."""

import argparse
import re
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.capture import plain_text
from desktop.capture.limits import LARGEST_PDF
from desktop.cli.command import Command
from desktop.errors import BadInput, NoSpace, UserFixable
from desktop.languages import mark, tr
from desktop.library.values import Detail
from desktop.paths import Paths, of_this_user
from desktop.text.urls import canonical_url, url_key
from native_host.spool import Spool

TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", metavar="URL|FILE", help=tr("an address, or an HTML, PDF, text or Markdown file")
    )
    parser.add_argument(
        "--tag", metavar="T", action="append", default=[], help=tr("a tag; may be given again")
    )
    parser.add_argument("--goal", metavar="G", default="", help=tr("the skill it is for"))
    parser.add_argument("--why", metavar="TEXT", default="", help=tr("why it matters, in your own words"))
    parser.add_argument("--found-through", metavar="TEXT", default="", help=tr("who or what led you there"))


def _run(arguments: argparse.Namespace) -> int:
    paths = of_this_user()
    message, payload = read(arguments.what)
    message |= {
        "tags": arguments.tag,
        "goal": arguments.goal,
        "why": arguments.why,
        "found_through": arguments.found_through,
    }
    number = spooled(paths, message, payload)
    return _reported(paths, number)


def read(what: str) -> tuple[dict[str, Any], bytes]:
    """The message for an address or a file, and the file's bytes. Raises `BadInput`."""
    if _ADDRESS.fullmatch(what):
        return {"kind": "link", "url": what, "title": "", "sections": []}, b""
    path = Path(what).expanduser()
    if what and path.is_dir():
        raise BadInput(tr("“{name}” is a folder.").format(name=what), tr("Name a file in it."))
    if not path.is_file():
        raise BadInput(
            tr("There is no file “{what}”.").format(what=what), tr("An address begins with https://.")
        )
    kind = TYPES.get(path.suffix.lower())
    if kind is None:
        raise BadInput(
            tr("Kithbook reads HTML, PDF, text and Markdown files."),
            tr("“{name}” is none of them.").format(name=path.name),
        )
    if path.stat().st_size > LARGEST_PDF:
        raise BadInput(
            tr("“{name}” is larger than {largest_pdf} MB.").format(
                name=path.name, largest_pdf=LARGEST_PDF // 1024 // 1024
            )
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            tr("“{name}” cannot be read ({strerror}).").format(name=path.name, strerror=error.strerror)
        ) from error
    title = "" if kind == "text/html" else path.stem
    if kind == "text/markdown":
        title = plain_text.title_of_markdown(plain_text.text_of(data)) or title
    message = {
        "kind": "pdf" if kind == "application/pdf" else "page",
        "url": path.resolve().as_uri(),
        "title": title,
        "sections": [{"kind": "file", "bytes": len(data), "type": kind}],
    }
    return message, data


def spooled(paths: Paths, message: dict[str, Any], payload: bytes) -> str:
    """Write the message to the spool, durably. Returns its UUID. Raises `NoSpace`."""
    number = str(uuid.uuid4())
    now = time.time_ns() // 1_000_000
    message = {
        **message,
        "captured_at": now,
        "browser": {"name": "kithbook", "version": ""},
        "private": False,
        "note": "",
        "url_key": url_key(canonical_url(message["url"])),
    }
    header = {"op": "capture", "id": number, "received": now, "browser": "kithbook", "message": message}
    try:
        Spool(paths.spool).put(header, [payload] if payload else [])
    except OSError as error:
        raise NoSpace(
            tr("Nothing was saved: {strerror}.").format(strerror=error.strerror or error),
            tr("Free some space, then try again."),
        ) from error
    return number


def _reported(paths: Paths, number: str) -> int:
    from desktop.cli import opened
    from desktop.library import lists

    found = opened.collect_somewhere(paths, number)
    with opened.library(paths, write=False) as library:
        place = lists.source_of(library.reader, number)
        detail = lists.detail(library.reader, *place, with_markdown=False) if place else None
    if detail is None:
        sentences: Sequence[str] = found.set_aside if found else ()
        raise UserFixable(" ".join(sentences) or tr("It could not be taken in."))
    _print(detail)
    return 0


def _print(detail: Detail) -> None:
    print(tr("Saved as {id}: {title}").format(id=detail.id, title=detail.title))
    for sentence in detail.notices:
        print(sentence, file=sys.stderr)


COMMAND = Command("add", mark("save a page by its address, or a file"), _add_arguments, _run)
