"""``kithbook undo``: take the last act back, also one of an earlier day."""

import argparse

from desktop.cli.command import Command
from desktop.errors import LibraryBusy
from desktop.languages import mark, tr
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened
    from desktop.library import undo

    with opened.library(of_this_user(), write=True) as library:
        if library.writer is None:
            raise LibraryBusy(library.notice)
        changes = undo.undo(library.writer)
    print(changes.label or tr("There is nothing to undo."))
    return 0


COMMAND = Command("undo", mark("take the last act back"), _add_arguments, _run)
