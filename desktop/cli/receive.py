"""``kithbook receive FILE``: look at a pack that somebody sent, and take it in.

Surprising: what was thrown away before stays away unless its number is named, and a pack whose sender has
another key than before brings nothing in until ``--accept-new-key`` says so.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.command import Command
from desktop.errors import BadInput, LibraryBusy, Refused
from desktop.languages import mark, tr
from desktop.paths import Paths, of_this_user

if TYPE_CHECKING:
    from desktop.library.opening import Library
    from desktop.share.offer import Offer
    from desktop.share.opening import Opened
    from desktop.store.writer import Writer


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("a pack: .html, .zip or .age"))
    parser.add_argument("--dry-run", action="store_true", help=tr("only say what would happen"))
    parser.add_argument("--items", metavar="N,N", default="", help=tr("only these, by their numbers"))
    parser.add_argument(
        "--pass-phrase-from-stdin", action="store_true", help=tr("the first line of standard input opens it")
    )
    parser.add_argument(
        "--accept-new-key", action="store_true", help=tr("the sender has another key than before, and may")
    )


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened as doors
    from desktop.share import receiving, trust

    paths = of_this_user()
    phrase = sys.stdin.readline().rstrip("\r\n") if arguments.pass_phrase_from_stdin else ""
    pack = _open(paths, arguments.file, phrase)
    with doors.library(paths, write=not arguments.dry_run) as library:
        offer = receiving.look(library.reader, pack)
        if arguments.accept_new_key and offer.verdict.is_blocked and not arguments.dry_run:
            trust.accept(_writer(library), pack.pack.sender)
            offer = receiving.look(library.reader, pack)
        wanted = _wanted(offer, arguments.items)
        _tell(offer, pack)
        if offer.refusal:
            action = tr("Ask them, then say --accept-new-key.") if offer.verdict.is_blocked else ""
            raise Refused(offer.refusal, action)
        if arguments.dry_run:
            return 0
        changes = receiving.take(
            _writer(library), library.reader, paths, pack, wanted,
            file_name=arguments.file.name, size=arguments.file.stat().st_size,
        )  # fmt: skip
    print(changes.label or tr("Nothing new: you have all of it."))
    return 0


def _writer(library: "Library") -> "Writer":
    if library.writer is None:
        raise LibraryBusy(library.notice)
    return library.writer


def _open(paths: Paths, file: Path, phrase: str) -> "Opened":
    from desktop.errors import UserFixable
    from desktop.share import identity
    from desktop.share.opening import NeedsKey, open_pack
    from desktop.share.secrets import Secrets

    try:
        return open_pack(file, passphrase=phrase)
    except NeedsKey as error:
        if error.is_passphrase:
            action = tr("Say it by --pass-phrase-from-stdin.")
            raise NeedsKey(str(error), action, is_passphrase=True) from error
        try:
            own = identity.age_identity(Secrets(paths))
        except UserFixable:
            own = ""
        if not own:
            raise
        return open_pack(file, identity=own)


def _wanted(offer: "Offer", numbers: str) -> tuple[str, ...]:
    """UUIDs of the items that are named by number, or of all that are new. Raises BadInput."""
    if not numbers:
        return offer.wanted
    named = [int(one) for one in re.split(r"[,\s]+", numbers.strip()) if one.isascii() and one.isdigit()]
    if not named or len(named) != len(re.split(r"[,\s]+", numbers.strip())):
        raise BadInput(tr("Items are named by their numbers, as in 1,3."))
    if not all(1 <= one <= len(offer.items) for one in named):
        raise BadInput(tr("This pack has no such item."), tr("--dry-run lists them with their numbers."))
    return tuple(offer.items[one - 1].item.uuid for one in named)


def _tell(offer: "Offer", pack: "Opened") -> None:
    from desktop.share import trust
    from desktop.text.showing import visible

    print(visible(pack.pack.title) or tr("A pack without a title"))
    print(trust.told(offer.verdict))
    if pack.does_visible_part_match is False:
        print(tr("What a browser shows of this file is not what is in it."), file=sys.stderr)
    if offer.answers:
        print(tr("It answers “{title}”.").format(title=visible(offer.answers)))
    for number, one in enumerate(offer.items, start=1):
        print(f"{number:>3}  {visible(one.item.title) or one.item.url}\n     {one.sentence}")


COMMAND = Command("receive", mark("take in a pack that somebody sent"), _add_arguments, _run)
