"""``kithbook cite NUMBER …``: pages as a list of references in a style."""

import argparse

from desktop.cli.command import Command
from desktop.languages import chosen, mark, tr
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    from desktop.share.citing_styles import BY_NAME

    parser.add_argument("ids", nargs="+", type=int, metavar="NUMBER", help=tr("as “kithbook list” shows it"))
    parser.add_argument("--style", choices=list(BY_NAME), default="apa", help=tr("the style (apa)"))
    parser.add_argument("--html", action="store_true", help=tr("as HTML"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened
    from desktop.errors import BadInput
    from desktop.share import citation
    from desktop.share.export.selection import Items

    paths = of_this_user()
    with opened.library(paths, write=False) as library:
        items = list(Items(library.reader, paths, arguments.ids).without_text())
    missing = sorted(set(arguments.ids) - {one.id for one in items})
    if missing:
        raise BadInput(
            tr("There is no page {number}.").format(number=missing[0]),
            tr("“kithbook list” shows your pages."),
        )
    made = citation.cite(items, arguments.style, chosen())
    print(made.html if arguments.html else made.text)
    return 0


COMMAND = Command("cite", mark("references to pages, in a style"), _add_arguments, _run)
