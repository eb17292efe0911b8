"""``kithbook collect``: take what the browser saved into the library while no window is open."""

import argparse
import sys

from desktop.cli.command import Command
from desktop.paths import of_this_user


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def _run(arguments: argparse.Namespace) -> int:
    from desktop.cli import opened

    paths = of_this_user()
    if opened.is_collected_elsewhere(paths):
        print("Kithbook is open and collects by itself.")
        return 0
    found = opened.collect(paths)
    print(_counted(len(found.captures), "page") + " collected.")
    if found.updates:
        print(_counted(len(found.updates), "change") + " made in the browser applied.")
    if found.waiting:
        print(_counted(found.waiting, "change") + " waiting for a page that has not come yet.")
    for sentence in found.set_aside:
        print(f"A damaged file was set aside in {paths.spool / 'damaged'}: {sentence}", file=sys.stderr)
    return 1 if found.set_aside else 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


COMMAND = Command("collect", "take what the browser saved into the library", _add_arguments, _run)
