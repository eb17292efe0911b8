"""``kithbook share --query Q OUT``: found pages as one file that anybody can open.

Surprising: what is private never goes by this command, and what was meant for a tighter circle goes only when
``--beyond-circles`` says so; single things are chosen in the window's basket.
"""

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.command import Command
from desktop.errors import BadInput, LibraryBusy
from desktop.languages import mark, tr, trn, writing
from desktop.paths import Paths, of_this_user

if TYPE_CHECKING:
    from desktop.share.choice import Choice
    from desktop.share.pack_file import Written
    from desktop.share.values import Pack
    from desktop.store.reader import Reader


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--query", metavar="Q", required=True, help=tr("which pages, as in find"))
    parser.add_argument("--full-text", action="store_true", help=tr("the whole text of each page too"))
    parser.add_argument("--because", metavar="TEXT", default="", help=tr("why the whole text goes along"))
    parser.add_argument("--title", metavar="TEXT", default="", help=tr("what the pack is called"))
    parser.add_argument("--message", metavar="TEXT", default="", help=tr("a covering note"))
    parser.add_argument("--to", metavar="NAME", default="", help=tr("a person or a circle"))
    parser.add_argument("--without-tags", action="store_true", help=tr("your tags stay"))
    parser.add_argument(
        "--beyond-circles", action="store_true", help=tr("also pages that were meant for fewer people")
    )
    parser.add_argument("out", type=Path, metavar="OUT", help=tr("a new file; .html is added to its name"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import find, opened
    from desktop.settings import Settings
    from desktop.share import identity, pack_file
    from desktop.share.gather import gather
    from desktop.share.hosts import listed
    from desktop.share.secrets import Secrets

    paths = of_this_user()
    settings = Settings.load(paths)
    with find.searching(paths) as searcher:
        ids = list(searcher.search(arguments.query, limit=0).ids)
    with opened.library(paths, write=False) as library:
        choice = _choice(library.reader, arguments, ids, listed(settings.text("inside_hosts")))
        ready = identity.ready(library.reader, None, Secrets(paths), settings.text("my_name"))
        pack = gather(library.reader, paths, choice, ready.sender)
        if not pack.items:
            raise BadInput(tr("Nothing was found that may be shared."), tr("Try the query with “find”."))
        _be_new(arguments.out)
        written = pack_file.write(pack, arguments.out, ready.signer)
        _tell(library.reader, pack, choice, written)
    for said in (ready.why_unsigned, _not_noted(_note(paths, pack, written, choice))):
        if said:
            print(said, file=sys.stderr)
    return 0


def _not_noted(is_noted: bool) -> str:
    return "" if is_noted else tr("A window is open, so it was not noted among what you sent.")


def _choice(
    reader: "Reader", arguments: argparse.Namespace, ids: list[int], hosts: tuple[str, ...]
) -> "Choice":
    from desktop.share import circles
    from desktop.share.choice import of_sources

    person_id, circle_id, name = _recipient(reader, arguments.to)
    tight = circles.tighter(reader, ids, person_id, circle_id)
    if tight and not arguments.beyond_circles:
        named = "; ".join(f"{one.title} ({one.circle})" for one in tight[:5])
        number = writing.number(len(tight))
        said = trn(
            "{n} page was meant for fewer people: {named}",
            "{n} pages were meant for fewer people: {named}",
            len(tight),
        )
        raise BadInput(
            said.format(n=number, named=named), tr("Add --beyond-circles to share them all the same.")
        )
    return of_sources(
        ids,
        title=arguments.title,
        message=arguments.message,
        circle=name,
        person_id=person_id,
        circle_id=circle_id,
        full_text=arguments.full_text,
        why_full=arguments.because,
        with_tags=not arguments.without_tags,
        hosts=hosts,
    )


def _recipient(reader: "Reader", name: str) -> tuple[int, int, str]:
    """Person id, circle id and name; zeros when nobody was named. Raises BadInput."""
    from desktop.learning import people
    from desktop.share import circles

    if not name.strip():
        return 0, 0, ""
    if circle := circles.named(reader, name):
        return 0, circle.id, circle.name
    if person := people.named(reader, name):
        return person.id, 0, person.name
    raise BadInput(
        tr("There is no person and no circle called “{name}”.").format(name=name),
        tr("Circles are: {names}.").format(names=", ".join(one.name for one in circles.all_of(reader))),
    )


def _be_new(out: Path) -> None:
    """A file that is there is somebody's: it is not replaced. Raises BadInput."""
    there = next((one for one in (out, Path(f"{out}.html"), Path(f"{out}.zip")) if one.exists()), None)
    if there is not None:
        raise BadInput(tr("“{path}” is there already.").format(path=there), tr("Choose another name."))


def _tell(reader: "Reader", pack: "Pack", choice: "Choice", written: "Written") -> None:
    from desktop.share import leaving

    leaves, stays = leaving.what_leaves(pack), leaving.what_stays(reader, choice)
    print(written.path)
    goes = tr(
        "Goes: pages {pages}, highlights {quotations}, of these with a comment {comments}, full texts {full}."
    )
    print(
        goes.format(
            pages=writing.number(leaves.pages), quotations=writing.number(leaves.quotations),
            comments=writing.number(leaves.comments), full=writing.number(leaves.full_texts),
        )
    )  # fmt: skip
    if stays.private_pages or stays.private_annotations or stays.addresses:
        said = tr("Stays: private pages {pages}, private highlights {marks}, addresses inside {addresses}.")
        print(
            said.format(
                pages=writing.number(stays.private_pages), marks=writing.number(stays.private_annotations),
                addresses=writing.number(stays.addresses),
            )
        )  # fmt: skip
    for long in leaving.long_quotations(reader, pack):
        said = tr("Much is quoted of “{title}”: {n} characters.")
        print(said.format(title=long.title, n=writing.number(long.quoted)), file=sys.stderr)


def _note(paths: Paths, pack: "Pack", written: "Written", choice: "Choice") -> bool:
    """Note what was sent; False when an open window has the pen."""
    from desktop.cli import opened
    from desktop.share import sent

    with suppress(LibraryBusy), opened.library(paths, write=True) as library:
        assert library.writer is not None
        sent.record(
            library.writer, pack, block=written.block, sha256=written.sha256, size=written.size,
            file_name=written.path.name, person_id=choice.person_id, circle_id=choice.circle_id,
        )  # fmt: skip
        return True
    return False


COMMAND = Command("share", mark("puts found pages into one file for others"), _add_arguments, _run)
