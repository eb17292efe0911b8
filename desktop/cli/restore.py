"""``kithbook restore NAME``: back to a backup. The library of before is kept beside the backups."""

import argparse
import sys
from pathlib import Path

from desktop.cli.command import Command
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="as “kithbook backup --list” shows it, or a file")


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened, shown
    from desktop.library import backups

    paths = of_this_user()
    place = Path(arguments.name)
    backup = place if place.is_file() else backups.find(paths, arguments.name)
    restored = backups.restore(paths, backup)
    opened.tell_host(paths)
    print(f"Restored from {backup.name}.")
    if restored.aside is not None:
        print(f"The library of before is kept as {restored.aside}.")
    if restored.missing:
        lost = shown.counted(restored.missing, "picture or saved page")
        print(f"Deleted since that backup, so not there: {lost}.", file=sys.stderr)
    return 0


COMMAND = Command("restore", "go back to a backup, keeping the present library aside", _add_arguments, _run)
