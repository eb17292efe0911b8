"""``kithbook export FORMAT OUT``: pages taken along into other programs, and ``archive``: everything.

The window offers one format more (PDF), which needs its drawing: it makes its command by `command`, with that
format beside these.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.command import Command
from desktop.errors import BadInput
from desktop.languages import mark, tr, trn, writing
from desktop.paths import Paths, of_this_user
from desktop.share.export.formats import FORMATS, Format

if TYPE_CHECKING:
    from desktop.share.export.selection import Items

ARCHIVE = "archive"


def command(formats: Sequence[Format] = FORMATS) -> Command:
    """The command with these formats, and the archive."""
    by_name = {one.name: one for one in formats}

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        told = [f"{name}: {tr(one.use)}" for name, one in by_name.items()]
        told.append(tr("archive: everything, to be taken in again"))
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "\n".join(told)
        parser.add_argument("format", choices=[*by_name, ARCHIVE], metavar="FORMAT", help=tr("see below"))
        parser.add_argument(
            "out",
            type=Path,
            metavar="OUT",
            help=tr("a new file or folder; an archive is a zip when it ends in .zip"),
        )
        _add_choice(parser)

    def run(arguments: argparse.Namespace) -> int:
        if arguments.format == ARCHIVE:
            return _archive(arguments)
        return _export(arguments, by_name[arguments.format])

    return Command("export", mark("write pages for other programs, or everything"), add_arguments, run)


def _add_choice(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--query", default="", metavar="Q", help=tr("the pages that a search finds"))
    which.add_argument("--tag", default="", help=tr("only pages with this tag"))
    which.add_argument("--goal", default="", metavar="GOAL", help=tr("the pages of a skill goal"))
    which.add_argument("--all", action="store_true", help=tr("all but Trash, as when nothing is chosen"))
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help=tr("an older file goes; in a Markdown folder also what you changed there"),
    )
    parser.add_argument("--no-private", action="store_true", help=tr("without what you keep private"))


def _export(arguments: argparse.Namespace, form: Format) -> int:
    from desktop.cli import opened, shown
    from desktop.share.export.selection import Items

    paths = of_this_user()
    ids = _found(paths, arguments.query) if arguments.query else None
    with opened.library(paths, write=False) as library:
        items = Items(library.reader, paths, (), with_private=not arguments.no_private)
        items.ids = _chosen(items, arguments) if ids is None else ids
        if not items.ids:
            raise BadInput(tr("There is nothing to export."), tr("“kithbook list” shows your pages."))
        made = form.write(items, arguments.out, tell=shown.told, overwrite=arguments.overwrite)
    pages = trn("{n} page", "{n} pages", made.items).format(n=writing.number(made.items))
    files, size = shown.files(made.files), shown.size(made.bytes)
    print(f"{made.path}: {pages}, {files}, {size}.")
    for sentence in made.said:
        print(sentence, file=sys.stderr)
    return 0


def _chosen(items: "Items", arguments: argparse.Namespace) -> Sequence[int]:
    from desktop.cli import learning_args
    from desktop.share.export import selection

    if arguments.tag:
        return selection.of_tag(items.reader, arguments.tag)
    if arguments.goal:
        goal = arguments.goal
        number = int(goal) if learning_args.is_number(goal) else learning_args.goal(items.reader, goal)
        return selection.of_goal(items.reader, number)
    return selection.everything(items.reader)


def _found(paths: Paths, query: str) -> Sequence[int]:
    """Source ids that the search finds; what it has to say goes to standard error."""
    from desktop.cli import find

    with find.searching(paths) as searcher:
        found = searcher.search(query, limit=0)
    for said in found.said:
        print(said.sentence, file=sys.stderr)
    return found.ids


def _archive(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened, shown
    from desktop.library.archive.export import export
    from native_host.spool import Spool

    if arguments.query or arguments.tag or arguments.goal or arguments.no_private or arguments.overwrite:
        raise BadInput(
            tr("An archive always holds everything, in a place of its own."),
            tr("Leave --query, --tag, --goal, --no-private and --overwrite out."),
        )
    paths = of_this_user()
    with opened.library(paths, write=False) as library:
        made = export(library.reader, paths, arguments.out, shown.told)
    rows, files, size = writing.number(made.rows), shown.files(made.files), shown.size(made.bytes)
    print(
        tr("{path}: {rows} rows, {files}, {size}.").format(path=made.path, rows=rows, files=files, size=size)
    )
    if made.missing:
        lost = shown.pictures(len(made.missing))
        print(
            tr("Not there any more, or damaged: {lost}; manifest.json names them.").format(lost=lost),
            file=sys.stderr,
        )
    waiting = len(Spool(paths.spool).waiting())
    if waiting:
        text = trn(
            "Not in it: {n} capture not collected yet.", "Not in it: {n} captures not collected yet.", waiting
        )
        print(text.format(n=writing.number(waiting)), file=sys.stderr)
    return 0


COMMAND = command()
