"""``kithbook import ARCHIVE``: take an archive into an empty library."""

import argparse
import sys
from pathlib import Path

from desktop.cli.command import Command
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="ARCHIVE", help="a folder or zip made by export archive")


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened, shown
    from desktop.library.archive.import_ import import_archive

    paths = of_this_user()
    told = import_archive(paths, arguments.source, shown.told)
    opened.tell_host(paths)
    print(f"Taken in: {told.rows:,} rows, {shown.counted(told.files, 'file')}.")
    if told.cleaned:
        print(f"Markup that Kithbook does not keep was cleaned in {shown.counted(told.cleaned, 'text')}.")
    if told.missing:
        lost = shown.counted(len(told.missing), "picture or saved page")
        print(f"Missing in the archive since it was made: {lost}.", file=sys.stderr)
    return 0


COMMAND = Command("import", "take an archive into an empty library", _add_arguments, _run)
