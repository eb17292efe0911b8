"""``kithbook export archive OUT``: everything, in an open format."""

import argparse
import sys
from pathlib import Path

from desktop.cli.command import Command
from desktop.languages import mark, tr, trn, writing
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=["archive"], help=tr("archive: everything, to be taken in again"))
    parser.add_argument(
        "out", type=Path, metavar="OUT", help=tr("a new folder, or a zip when it ends in .zip")
    )


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened, shown
    from desktop.library.archive.export import export
    from native_host.spool import Spool

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


COMMAND = Command("export", mark("write everything into an open archive"), _add_arguments, _run)
