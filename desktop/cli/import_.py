"""``kithbook import ARCHIVE``: take an archive into an empty library."""

import argparse
import sys
from pathlib import Path

from desktop.cli.command import Command
from desktop.languages import mark, tr, trn, writing
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", type=Path, metavar="ARCHIVE", help=tr("a folder or zip made by export archive")
    )


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened, shown
    from desktop.library.archive.import_ import import_archive

    paths = of_this_user()
    told = import_archive(paths, arguments.source, shown.told)
    opened.tell_host(paths)
    files = shown.files(told.files)
    print(tr("Taken in: {rows} rows, {files}.").format(rows=writing.number(told.rows), files=files))
    if told.cleaned:
        text = trn(
            "Markup that Kithbook does not keep was cleaned in {n} text.",
            "Markup that Kithbook does not keep was cleaned in {n} texts.",
            told.cleaned,
        )
        print(text.format(n=writing.number(told.cleaned)))
    if told.missing:
        lost = shown.pictures(len(told.missing))
        print(tr("Missing in the archive since it was made: {lost}.").format(lost=lost), file=sys.stderr)
    return 0


COMMAND = Command("import", mark("take an archive into an empty library"), _add_arguments, _run)
