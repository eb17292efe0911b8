"""``kithbook export archive OUT``: everything, in an open format."""

import argparse
import sys
from pathlib import Path

from desktop.cli.command import Command
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=["archive"], help="archive: everything, to be taken in again")
    parser.add_argument("out", type=Path, metavar="OUT", help="a new folder, or a zip when it ends in .zip")


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened, shown
    from desktop.library.archive.export import export
    from native_host.spool import Spool

    paths = of_this_user()
    with opened.library(paths, write=False) as library:
        made = export(library.reader, paths, arguments.out, shown.told)
    print(f"{made.path}: {made.rows:,} rows, {shown.counted(made.files, 'file')}, {shown.size(made.bytes)}.")
    if made.missing:
        lost = shown.counted(len(made.missing), "picture or saved page")
        print(f"Not there any more, or damaged: {lost}; manifest.json names them.", file=sys.stderr)
    waiting = len(Spool(paths.spool).waiting())
    if waiting:
        print(f"Not in it: {shown.counted(waiting, 'capture')} not collected yet.", file=sys.stderr)
    return 0


COMMAND = Command("export", "write everything into an open archive", _add_arguments, _run)
