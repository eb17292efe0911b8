"""``kithbook restore NAME``: back to a backup. The library of before is kept beside the backups."""

import argparse
import sys
from pathlib import Path

from desktop.cli.command import Command
from desktop.languages import mark, tr
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=tr("as “kithbook backup --list” shows it, or a file"))


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened, shown
    from desktop.library import backups

    paths = of_this_user()
    place = Path(arguments.name)
    backup = place if place.is_file() else backups.find(paths, arguments.name)
    restored = backups.restore(paths, backup)
    opened.tell_host(paths)
    print(tr("Restored from {name}.").format(name=backup.name))
    if restored.aside is not None:
        print(tr("The library of before is kept as {aside}.").format(aside=restored.aside))
    if restored.missing:
        lost = shown.pictures(restored.missing)
        print(tr("Deleted since that backup, so not there: {lost}.").format(lost=lost), file=sys.stderr)
    return 0


COMMAND = Command(
    "restore", mark("go back to a backup, keeping the present library aside"), _add_arguments, _run
)
